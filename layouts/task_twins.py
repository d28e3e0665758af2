"""The table twins of what has to be done: directives, those who must be named, duties of one agency, systems."""

from collections.abc import Iterator

from i18n import Say
from layouts.directive import owner_words
from layouts.laggards import group_title, matter_words
from layouts.system import owner_words as owners_of
from layouts.system import step_name, when
from layouts.twin import Row, Twin, text_of, told
from layouts.words import name_of, source_title
from metrics.boards.directive import Directive
from metrics.boards.directives import DirectivesBoard
from metrics.boards.duties import Duties
from metrics.boards.laggard import Laggard, OfDirective, OfIndicator, OfReports
from metrics.boards.laggards import Laggards
from metrics.boards.systems import Linked, NationalSystem, SystemsBoard

#: So many of the last reports of an entry are its evidence.
_EVIDENCE = 3
_DUTY = (
    "directive",
    "code",
    "owner",
    "event",
    "due",
    "set_by",
    "set_on",
    "applies",
    "days",
    "at_most",
    "told",
    "standing",
)
_NAMED = (
    "agency",
    "code",
    "rule",
    "matter",
    "overdue_since",
    "days",
    "gap",
    "missing_reports",
    "evidence",
    "evidence_2",
    "evidence_3",
    "reminders",
    "replied",
)
_SYSTEM = ("system", "code", "owner", "stage", "milestone", "when", "days", "at_most", "value", "set_by")


def register_twin(board: DirectivesBoard, say: Say) -> Twin | None:
    """Every date of every source of the directives that are shown; None without any."""
    if not board.shown:
        return None
    return Twin(
        title=say("directives.title"),
        columns=_DUTY,
        rows=tuple(row for each in board.shown for row in _demands(each, say)),
        note=say("directives.note"),
        simulated=board.simulated,
    )


def _demands(each: Directive, say: Say) -> Iterator[Row]:
    owner = text_of(owner_words(each, say))
    for event in each.events:
        heard = max((one.checkin.day for one in event.told), default=None)
        for version in event.versions:
            applies = say(
                "twin.governs" if version.governs else "twin.replaced" if version.replaced else "twin.listed"
            )
            yield (
                name_of(each, say),
                each.code,
                owner,
                say(f"event.{event.name}"),
                version.due,
                source_title(version.source, say),
                version.demand.set_on,
                applies,
                version.days,
                version.at_most,
                heard,
                say(f"standing.{version.verdict.standing}"),
            )


def laggards_twin(found: Laggards, say: Say) -> Twin | None:
    """Everybody who must be named, a row for each entry; None where there is nobody and nothing to come."""
    rows = tuple(_entry(entry, say) for entry in found.entries)
    next_one = found.coming[0] if found.coming else None
    days = told((name_of(next_one, say), next_one.lead.days)) if next_one else ()
    if not rows and not days:
        return None
    counts = [(text_of(group_title(group, say)), group.count) for group in found.groups]
    among = [(say("column.owing"), group.of) for group in found.groups if group.of]
    return Twin(
        title=say("laggards.title"),
        columns=_NAMED,
        rows=rows,
        note=say("laggards.basis"),
        beside=((say("twin.entries"), found.count), *counts, *among, *days),
        simulated=found.simulated,
    )


def _entry(entry: Laggard, say: Say) -> Row:
    matter = entry.matter
    gap = matter.gap if isinstance(matter, OfIndicator) else None
    count = matter.count if isinstance(matter, OfReports) else None
    reported = [figure for _, figure in matter.reported] if isinstance(matter, OfIndicator) else []
    evidence = [*reported, *([None] * _EVIDENCE)][:_EVIDENCE]
    words = name_of(matter.directive, say) if isinstance(matter, OfDirective) else text_of(matter_words(matter, say))
    return (
        name_of(entry.agency, say),
        entry.agency.code,
        say(f"laggards.{entry.rule}"),
        words,
        entry.since,
        entry.days,
        gap,
        count,
        *evidence,
        entry.reminded,
        entry.reply.day if entry.reply else None,
    )


def duties_twin(duties: Duties, say: Say) -> Twin | None:
    """What one agency must be named for and has to do, every date of it; None where it has nothing."""
    rows = [
        *(_named(entry, say) for entry in duties.named),
        *(row for each in (*duties.own, *duties.shared) for row in _demands(each, say)),
    ]
    if not rows:
        return None
    names = {"named": "twin.entries", "own": "twin.own_duties", "shared": "twin.shared_duties"}
    return Twin(
        title=f"{say('duties.title')}: {name_of(duties.agency, say)}",
        columns=(*_DUTY, "gap", "missing_reports", "reminders"),
        rows=tuple((*row, *([None] * (len(_DUTY) + 3 - len(row)))) for row in rows),
        note=say("duties.note"),
        beside=tuple((say(key), getattr(duties, f"{name}_count")) for name, key in names.items()),
        simulated=duties.simulated,
    )


def _named(entry: Laggard, say: Say) -> Row:
    """An entry in the columns of the directives: what it is about, since when, by how much."""
    matter = entry.matter
    words = (
        text_of(matter_words(matter, say)) if not isinstance(matter, OfDirective) else name_of(matter.directive, say)
    )
    gap = matter.gap if isinstance(matter, OfIndicator) else None
    count = matter.count if isinstance(matter, OfReports) else None
    return (
        words,
        None,
        name_of(entry.agency, say),
        None,
        entry.since,
        None,
        None,
        None,
        entry.days,
        None,
        None,
        say(f"laggards.{entry.rule}"),
        gap,
        count,
        entry.reminded,
    )


def systems_twin(board: SystemsBoard, say: Say) -> Twin | None:
    """Every milestone of every system, and the figures that speak of it; None without any."""
    if not board.systems:
        return None
    return Twin(
        title=say("systems.title"),
        columns=_SYSTEM,
        rows=tuple(row for each in board.systems for row in _system(each, say)),
        note=say("systems.note"),
        traced="value",
        beside=((say("systems.history"), board.milestones),),
        simulated=board.simulated,
    )


def _system(each: NationalSystem, say: Say) -> Iterator[Row]:
    begun: Row = (
        name_of(each.system, say),
        each.system.code,
        text_of(owners_of(each, say)),
        say(f"stage.{each.stage}"),
    )
    for step in each.steps:
        told_of = (
            step_name(step, say),
            when(step, say),
            step.days,
            step.at_most,
            None,
            source_title(step.source, say),
        )
        yield (*begun, *told_of)
    for linked in (*each.connects, *each.linked):
        yield (*begun, name_of(linked.indicator, say), None, None, None, linked.value, None)
    if not each.steps and not each.connects and not each.linked:
        yield (*begun, *([None] * (len(_SYSTEM) - len(begun))))


def connections_twin(board: SystemsBoard, say: Say) -> Twin | None:
    """Who is connected, as far as a source says; None where nothing is known."""
    rows = [
        (name_of(each.system, say), name_of(linked.indicator, say), linked.value, linked.target, linked.due)
        for each in sorted(board.systems, key=lambda one: one.system.code)
        for linked in each.connects
    ]
    linked_ones: list[Linked] = [linked for each in board.systems for linked in each.connects]
    return Twin(
        title=say("systems.connections"),
        columns=("system", "indicator", "value", "target", "due"),
        rows=tuple(rows),
        note=say("systems.no_list"),
        traced="value",
        simulated=any(each.simulated for each in linked_ones),
    ) if rows else None  # fmt: skip


def shared_twin(board: SystemsBoard, say: Say) -> Twin | None:
    """The platforms that are to be shared; None without any."""
    if not board.shared:
        return None
    rows = [
        (name_of(each.system, say), each.system.code, say(f"systems.shared_{each.system.shared_as}"),
         say(f"stage.{each.stage}"), source_title(each.source, say) if each.source else None)
        for each in board.shared
    ]  # fmt: skip
    return Twin(
        title=say("systems.shared_title"),
        columns=("system", "code", "shared_as", "stage", "set_by"),
        rows=tuple(rows),
        note=say("systems.shared_note"),
        beside=((say("twin.shared"), board.shared_count), (say("stage.running"), board.shared_running)),
    )
