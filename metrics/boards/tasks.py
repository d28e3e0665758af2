"""The directives that carry a date, each on a lane of days, how many stand how, and what became known since a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data.facts import Agency
from data.periods import parse_day
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.changes import newly_late
from metrics.boards.directive import Directive, Event, Version, known_directives
from metrics.boards.directives import DirectivesBoard, directives_of
from metrics.boards.fresh import fresh_directives
from metrics.boards.known import Known, knowing
from metrics.boards.laggard import Laggard, OfDirective, Rule
from metrics.boards.systems import known_systems
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, limited
from metrics.obligations import FINISHED, Standing

_COMING = frozenset({Standing.AT_RISK, Standing.IN_TIME, Standing.NOT_DUE})


class Came(StrEnum):
    """What became of a date: still ahead, kept, missed on evidence, or passed with nothing known."""

    AHEAD = "ahead"
    KEPT = "kept"
    MISSED = "missed"
    SILENT = "silent"


_CAME = {
    Standing.OVERDUE: Came.MISSED,
    Standing.DONE_LATE: Came.MISSED,
    Standing.UNKNOWN: Came.SILENT,
    Standing.DONE: Came.KEPT,
    Standing.DONE_IN_TIME: Came.KEPT,
    **dict.fromkeys(_COMING, Came.AHEAD),
}


@dataclass(frozen=True)
class DateOf:
    """One date of an event by one source, and what became of it."""

    on: date
    came: Came
    version: Version


@dataclass(frozen=True)
class Lane:
    """A directive on its days. `given` is the day of the first document that orders it, `dates` are those of every
    version, the first before the others; `done` are the days on which an event was told done.

    `missed` is the first date that was missed on evidence, `open_until` the last day up to which its event is known
    to have been open; a date that was set again later (`reset`) never clears it. Each is None without one.
    """

    directive: Directive
    given: date
    dates: tuple[DateOf, ...]
    done: tuple[date, ...]
    missed: DateOf | None
    open_until: date | None
    reset: date | None

    @property
    def finished(self) -> bool:
        """Whether its most urgent event is done."""
        return self.directive.standing in FINISHED


@dataclass(frozen=True)
class TaskChanges:
    """What became known after the end of `since`: directives whose date passed, that were given, that were done;
    check-ins and milestones that were told. `last` is the last day of anything told; None where nothing was.
    `simulated` where any of the check-ins is."""

    since: date
    newly_late: Figure
    given: Figure
    done: Figure
    told: Figure
    milestones: Figure
    last: date | None
    simulated: bool


@dataclass(frozen=True)
class TasksBoard:
    """The directives of a day: `lanes` are those with a date, the most urgent first; `dated` counts them, `reset`
    those of which a date was missed and set again. `named` are the agencies that are overdue on evidence, the longest
    first, with the entry that is worst. `fresh` is how new what is told of directives is, None without any."""

    directives: DirectivesBoard
    lanes: tuple[Lane, ...]
    dated: Figure
    reset: Figure
    named: tuple[tuple[Agency, Laggard], ...]
    agencies: Figure
    withheld: Figure
    changes: TaskChanges
    fresh: Freshness | None
    simulated: bool


def tasks(store: Store, scope: Scope, asked: Asked) -> TasksBoard:
    """The board of one moment of the store; changes are told since `asked.since`, else since the day before."""
    with knowing(store, scope, asked.at) as known:
        board = directives_of(known, asked)
        lanes = tuple(sorted(_lanes(board.directives), key=_urgency))
        named: dict[str, tuple[Agency, Laggard]] = {}
        for entry in board.laggards.entries:
            if entry.rule is Rule.OVERDUE and isinstance(entry.matter, OfDirective):
                named.setdefault(entry.agency.code, (entry.agency, entry))
        since = parse_day(asked.since) if asked.since else None
        return TasksBoard(
            directives=board,
            lanes=lanes,
            dated=derived("directives/dated", len(lanes)),
            reset=derived("directives/reset", sum(each.reset is not None for each in lanes)),
            named=tuple(named.values()),
            agencies=derived("directives/agencies-overdue", len(named)),
            withheld=derived("directives/withheld", len(board.laggards.withheld)),
            changes=_changes(known, board.directives, since or asked.at - timedelta(days=1)),
            fresh=limited(fresh_directives(known_directives(known), asked.at), asked.fresh_days),
            simulated=board.simulated,
        )


def _lanes(directives: Iterable[Directive]) -> Iterator[Lane]:
    for each in directives:
        dates = [
            DateOf(version.due, _CAME[version.verdict.standing], version)
            for event in each.events
            for version in event.versions
            if version.due is not None
        ]
        if dates:
            yield _lane(each, sorted(dates, key=lambda found: found.on))


def _lane(directive: Directive, dates: Sequence[DateOf]) -> Lane:
    missed = next((each for each in dates if each.came is Came.MISSED), None)
    told = missed.version.verdict.told if missed else None
    return Lane(
        directive=directive,
        given=min(version.demand.set_on for event in directive.events for version in event.versions),
        dates=tuple(dates),
        done=tuple(sorted(day for day in map(_done, directive.events) if day is not None)),
        missed=missed,
        open_until=told.day if told else None,
        reset=_reset(directive, missed) if missed else None,
    )


def _done(event: Event) -> date | None:
    """The day on which the event was told done, as the rule takes it: the first."""
    return min((told.checkin.day for told in event.told if told.checkin.state == "done"), default=None)


def _reset(directive: Directive, missed: DateOf) -> date | None:
    """The later date that a later text gives the same event; None where there is none."""
    for event in directive.events:
        governing = event.governing
        if governing is not None and missed.version in event.versions and governing.due is not None:
            return governing.due if governing.due > missed.on else None
    return None


def _urgency(lane: Lane) -> tuple[int, int, str]:
    """Overdue, the most days first; missed and set again; passed with nothing known; the nearest date; done."""
    days, standing = lane.directive.lead.verdict.days or 0, lane.directive.standing
    code = lane.directive.code
    if standing is Standing.OVERDUE:
        return 0, -days, code
    if lane.reset is not None and not lane.finished:
        return 1, -(lane.missed.version.verdict.days or 0) if lane.missed else 0, code
    if standing is Standing.UNKNOWN:
        return 2, -days, code
    if standing in _COMING:
        return 3, days, code
    return (4, -days, code) if standing is Standing.DONE_LATE else (5, days, code)


# What became known since


def _changes(known: Known, directives: Sequence[Directive], since: date) -> TaskChanges:
    then = known.on(since)
    before = {each.code: each for each in known_directives(then)}
    systems, earlier = known_systems(known), known_systems(then)
    milestones = {(one.system.code, step.milestone) for one in systems for step in one.steps}
    heard = {(each.code, told.checkin) for each in directives for event in each.events for told in event.told}
    heard_then = {
        (each.code, told.checkin) for each in before.values() for event in each.events for told in event.told
    }
    done = [
        each
        for each in directives
        if each.standing in FINISHED and each.code in before and before[each.code].standing not in FINISHED
    ]
    days = [*(told.day for _, told in heard), *(each.day for _, each in milestones if each.day is not None)]
    new = milestones - {(one.system.code, step.milestone) for one in earlier for step in one.steps}
    of = since.isoformat()
    return TaskChanges(
        since=since,
        newly_late=derived(f"tasks/newly-late/{of}", len(list(newly_late(known, then, None)))),
        given=derived(f"tasks/given/{of}", sum(each.code not in before for each in directives)),
        done=derived(f"tasks/done/{of}", len(done)),
        told=derived(f"tasks/told/{of}", len(heard - heard_then)),
        milestones=derived(f"tasks/milestones/{of}", len(new)),
        last=max(days, default=None),
        simulated=any(told.status == "simulated" for _, told in heard - heard_then),
    )
