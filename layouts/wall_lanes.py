"""A directive on its days, as the wall draws it: its stretches and dates, and how it stands in a few words."""

from datetime import date

from figures.lanes import DaysAxis, LaneDrawn, LaneMark, Stretch, lanes
from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.directive import SHAPES
from layouts.parts import agency_mark, glyph, number, sentence
from layouts.words import begun, name_of
from metrics.boards.directive import Directive, Version
from metrics.boards.systems import NationalSystem
from metrics.boards.tasks import Came, Lane
from metrics.obligations import FINISHED, Standing

_ROMAN = ("I", "II", "III", "IV")


def lanes_drawn(shown: tuple[Lane, ...], at: date, say: Say, letter: float) -> Node:
    """The lanes under one axis that holds every day of them, and today; `letter` is how much of it a letter needs."""
    days = [at, *(lane.given for lane in shown), *(each.on for lane in shown for each in lane.dates)]
    given = sorted({version.demand.set_on for lane in shown for version in _versions(lane.directive)})
    firsts = {min(on for on in given if on.year == year) for year in {on.year for on in given}}
    documents = [(on, day(on) if on in firsts else day(on)[:5]) for on in given]
    axis = DaysAxis(min(days), max(days), at, say("wall.tasks_today"), documents, letter)

    def quarter(first: date, with_year: bool) -> str:
        words = say("wall.tasks_quarter", n=_ROMAN[(first.month - 1) // 3])
        return say("wall.tasks_quarter_of", quarter=words, year=first.year) if with_year else words

    return lanes([_lane(each, at, say) for each in shown], axis, quarter, say("wall.tasks_lanes_title"))


def short_name(directive: Directive, say: Say) -> str:
    """The name of a directive, as short as there is one."""
    key = f"wall.tasks_name_{directive.code}"
    return say(key) if say.knows(key) else name_of(directive, say)


def short_system(each: NationalSystem, say: Say) -> str:
    """The name of a national system, as short as there is one."""
    key = f"wall.tasks_system_{each.system.code}"
    return say(key) if say.knows(key) else name_of(each.system, say)


def owner_name(directive: Directive, say: Say) -> str:
    """Who leads, and that this is inferred or not confirmed; that nobody is named where no source names anybody."""
    if directive.owner is None:
        return begun(say("wall.tasks_everybody") if directive.everybody else say("wall.tasks_no_owner"))
    name, certainty = name_of(directive.owner, say), directive.owner_certainty
    if certainty == "sourced":
        return name
    return say("wall.tasks_owner_doubtful", owner=name, doubt=say(f"wall.tasks_doubt_{certainty}"))


def _owner_and_date(directive: Directive, say: Say) -> list[Child]:
    """Who leads, which may be cut short, and what is doubtful of that and of the date, which may not."""
    doubt, certainty = doubt_words(directive.lead, say), directive.owner_certainty
    rest = f"; {doubt}" if doubt else ""
    if directive.owner is None or certainty == "sourced":
        return [html.Span(owner_name(directive, say)), rest]
    key = "wall.tasks_owner_doubtful"
    if certainty == directive.lead.demand.due_certainty:
        key, rest = "wall.tasks_both_doubtful", ""
    name = html.Span(name_of(directive.owner, say))
    return [*sentence(say, key, owner=name, doubt=say(f"wall.tasks_doubt_{certainty}")), rest]


def doubt_words(version: Version, say: Say) -> str | None:
    """That the date of a version is inferred or not confirmed; None where its source gives it."""
    certainty = version.demand.due_certainty
    return None if certainty == "sourced" else say(f"wall.tasks_due_{certainty}")


def _versions(directive: Directive) -> list[Version]:
    return [version for event in directive.events for version in event.versions]


def _lane(lane: Lane, at: date, say: Say) -> LaneDrawn:
    each = lane.directive
    shape = SHAPES[each.standing]
    owner = html.Small(_owner_and_date(each, say))
    head = [glyph(shape, say(f"standing.{each.standing}")), html.B(short_name(each, say)), owner]
    return LaneDrawn(
        head,
        list(_stretches(lane, at)),
        _marks(lane, at),
        _words(lane, say),
        {"data-directive": each.code, "data-status": shape, "data-standing": str(each.standing)}
        | agency_mark(each.owner),
    )


def _stretches(lane: Lane, at: date) -> list[Stretch]:
    """Slate from the first document on to the date it was given, or to today; what is known of it after that date."""
    last = max(each.on for each in lane.dates)
    first = min(each.on for each in lane.dates)
    ends = lane.done[-1] if lane.finished and lane.done else min(first, at)
    found = [Stretch(lane.given, max(lane.given, lane.missed.on if lane.missed else ends), "given")]
    if lane.missed is not None and lane.open_until is not None:
        found.append(Stretch(lane.missed.on, lane.open_until, "late"))
        if lane.reset is not None and not lane.finished:
            found.append(Stretch(lane.open_until, lane.reset, "again"))
    elif first < at and not lane.finished:
        found.append(Stretch(first, at, "silent"))
    if lane.reset is None and not lane.finished and last > at:
        found.append(Stretch(max(at, lane.given), last, "ahead"))
    return found


def _marks(lane: Lane, at: date) -> list[LaneMark]:
    marks = [LaneMark(each.on, str(each.came)) for each in lane.dates if each.on <= at or each.came is not Came.KEPT]
    return [*dict.fromkeys(marks), *(LaneMark(on, "done") for on in lane.done)]


def _words(lane: Lane, say: Say) -> Child:
    """How it stands by the date that counts; a missed date that was set again stays told."""
    lead = lane.directive.lead
    days = number(lead.days, say) if lead.days else None
    standing = lane.directive.standing
    if standing in FINISHED:
        told = lead.verdict.told
        on = day(told.day) if told else ""
        if standing is Standing.DONE_LATE and days is None:
            # Only the day of a later event is known: it bounds how late this one was.
            most = number(lead.at_most, say) if lead.at_most else None
            return html.Span(sentence(say, "wall.tasks_done_at_most", days=most), className="days-late")
        if standing is Standing.DONE_LATE:
            return html.Span(sentence(say, "wall.tasks_done_late", day=on, days=days), className="days-late")
        if lane.missed is not None and lane.missed.version.days is not None:
            late = number(lane.missed.version.days, say)
            return sentence(say, "wall.tasks_done_first_missed", day=on, days=late)
        return say("wall.tasks_done", day=on)
    if standing is Standing.OVERDUE and days is not None:
        return html.Span(sentence(say, "wall.tasks_overdue_open", days=days), className="inv")
    if lane.missed is not None and lane.missed.version.days is not None:
        late = number(lane.missed.version.days, say)
        certainty = lane.missed.version.demand.due_certainty
        if certainty == "sourced":
            return sentence(say, "wall.tasks_first_missed", days=late)
        return sentence(say, "wall.tasks_first_doubtful", days=late, doubt=say(f"wall.tasks_doubt_{certainty}"))
    event = say(f"event.{lead.demand.event}")
    if standing is Standing.UNKNOWN:
        return sentence(say, "wall.tasks_silent", days=days)
    due = day(lead.due) if lead.due else ""
    return [event, " ", due] if days is None else sentence(say, "wall.tasks_ahead", event=event, due=due, days=days)
