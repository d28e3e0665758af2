"""What is due on the day, what is owed from before, who owes it, and what is due next: of the reports last due."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.clock import VIETNAM
from data.facts import Agency
from data.periods import parse_day
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.changes import Changes, changes, since_of
from metrics.boards.coverage import Cover, coverage
from metrics.boards.expected import CYCLES, Expected, Report, expected
from metrics.boards.fresh import fresh_coverage, fresh_reports
from metrics.boards.known import Known, knowing
from metrics.boards.laggard import Letter, OfReports
from metrics.boards.laggards import known_laggards
from metrics.boards.reports import ReportsBoard, reports_of
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, limited
from metrics.reporting import State, next_period

_DAYS = "ngày"


@dataclass(frozen=True)
class DueDay:
    """The reports of one due day, and how many of them stand how by now; a state without any is left out."""

    on: date
    count: Figure
    states: tuple[tuple[State, Figure], ...]

    def number(self, state: State) -> int:
        """How many stand so."""
        return next((int(count.quantity.number) for each, count in self.states if each is state), 0)


@dataclass(frozen=True)
class Debt:
    """What was owed when the day began: taken on the day, refused and not sent again, still missing; and all."""

    count: Figure
    cleared: Figure
    refused: Figure
    missing: Figure


@dataclass(frozen=True)
class Owing:
    """An agency of which reports are missing: how many, and for how many days the oldest of them is. `reminders` are
    the letters about them, the latest first, which `reminded` counts."""

    agency: Agency
    missing: Figure
    days: Figure
    reminded: Figure
    reminders: tuple[Letter, ...]


@dataclass(frozen=True)
class CycleDue:
    """The regimes of one cycle, how many of their reports are due on the day, and when they are due next; None where
    they end before that."""

    name: str
    regimes: Figure
    due: Figure
    next_due: date | None


@dataclass(frozen=True)
class TodayBoard:
    """The reports of a day. `due` are those due on it, `days` those of every due day, the first before the others.
    `owing` are the agencies that owe from before: the oldest debt first, then the most, then by their table.

    `next_due` is the next day on which reports are due, with how many; None where nothing is due any more. `covered`
    counts the indicators that stand since `changes.since`, by the codes in `newly_covered`; `simulated_only` those of
    which every figure of the period is simulated. `fresh` is how new the reports are, `fresh_covered` the figures of
    the indicators; None where none is known.
    """

    at: date
    reports: ReportsBoard
    due: DueDay
    days: tuple[DueDay, ...]
    debt: Debt
    owing: tuple[Owing, ...]
    cycles: tuple[CycleDue, ...]
    next_due: tuple[date, Figure] | None
    changes: Changes
    newly_covered: frozenset[str]
    covered: Figure
    simulated_only: Figure
    fresh: Freshness | None
    fresh_covered: Freshness | None
    simulated: bool


def today(store: Store, scope: Scope, asked: Asked) -> TodayBoard:
    """The board of one moment of the store; changes are told since `asked.since`, else since the day before."""
    with knowing(store, scope, asked.at) as known:
        board, made = reports_of(known, asked), expected(known)
        since = parse_day(asked.since) if asked.since else None
        told = since_of(asked.at, (), (since or asked.at - timedelta(days=1)).isoformat())
        days = _days(made)
        none = DueDay(asked.at, derived(f"reports/due/{asked.at}", 0), ())
        shown = [each for each in board.coverage.indicators if each.state is Cover.SHOWN]
        then = {each.indicator.code: each.state for each in coverage(known.on(told.day)).indicators}
        new = frozenset(
            each.indicator.code for each in shown if then.get(each.indicator.code, Cover.SHOWN) is not Cover.SHOWN
        )
        return TodayBoard(
            at=asked.at,
            reports=board,
            due=next((each for each in days if each.on == asked.at), none),
            days=days,
            debt=_debt(made, asked.at),
            owing=_owing(known, made),
            cycles=_cycles(known, made, asked.at),
            next_due=_next_due(known, asked.at),
            changes=changes(known, None, None, told),
            newly_covered=new,
            covered=derived(f"coverage/new/{told.day}", len(new)),
            simulated_only=derived("coverage/simulated", sum(each.simulated for each in shown)),
            fresh=limited(fresh_reports(known), asked.fresh_days),
            fresh_covered=limited(fresh_coverage(board.coverage, known.at), asked.fresh_days),
            simulated=board.simulated or board.coverage.simulated,
        )


def _days(made: Expected) -> tuple[DueDay, ...]:
    """Every due day of the reports that were due last."""
    counted: dict[date, Counter[State]] = {each.due: Counter() for each in made.owed}
    for row in made.agencies:
        for state, columns in row.columns:
            for at in columns:
                counted[made.owed[at].due][state] += 1
    return tuple(_day(on, states) for on, states in sorted(counted.items()) if states.total())


def _day(on: date, states: Mapping[State, int]) -> DueDay:
    found = tuple((state, derived(f"reports/due/{on}/{state}", states[state])) for state in State if states[state])
    return DueDay(on, derived(f"reports/due/{on}", sum(states.values())), found)


def _debt(made: Expected, at: date) -> Debt:
    cleared = sum(each.state is State.LATE and _came_on(each, at) for each in made.troubled)
    refused = sum(each.state is State.REJECTED and each.due < at for each in made.troubled)
    missing = made.states.get(State.MISSING, 0)
    return Debt(
        derived("debt", cleared + refused + missing),
        derived("debt/cleared", cleared),
        derived("debt/refused", refused),
        derived("debt/missing", missing),
    )


def _came_on(report: Report, at: date) -> bool:
    return report.came_at is not None and report.came_at.astimezone(VIETNAM).date() == at


def _owing(known: Known, made: Expected) -> tuple[Owing, ...]:
    missing: dict[str, list[Report]] = {}
    for report in made.troubled:
        if report.state is State.MISSING:
            missing.setdefault(report.agency.code, []).append(report)
    if not missing:
        return ()
    entries = known_laggards(known).entries
    letters = {each.agency.code: each for each in entries if isinstance(each.matter, OfReports)}
    found = []
    for code, reports in missing.items():
        entry = letters[code]
        days = derived(f"owing/{code}/days", (known.at - min(each.due for each in reports)).days, _DAYS)
        count = derived(f"owing/{code}", len(reports))
        found.append(Owing(reports[0].agency, count, days, entry.reminded, entry.reminders))
    order = {agency.code: at for at, agency in enumerate(known.register.agencies)}
    return tuple(sorted(found, key=lambda each: (*_longest(each), order[each.agency.code])))


def _longest(owing: Owing) -> tuple[int, int]:
    return -int(owing.days.quantity.number), -int(owing.missing.quantity.number)


def _cycles(known: Known, made: Expected, at: date) -> tuple[CycleDue, ...]:
    found = []
    for name in CYCLES:
        owed = [each for each in made.owed if each.regime.periodicity == name]
        if owed:
            coming = [
                each.regime.due(period) for each in owed if (period := next_period(each.regime, at)) is not None
            ]
            due = sum(len(each.owing) for each in owed if each.due == at)
            regimes = derived(f"regimes/{name}", len(owed))
            found.append(CycleDue(name, regimes, derived(f"regimes/{name}/due", due), min(coming, default=None)))
    return tuple(found)


def _next_due(known: Known, at: date) -> tuple[date, Figure] | None:
    counted: Counter[date] = Counter()
    for regime in known.register.regimes.values():
        period = next_period(regime, at)
        if period is not None:
            visible = _visible(known, known.register.reporting(regime, period.end))
            counted[regime.due(period)] += len(visible)
    if not counted:
        return None
    on = min(counted)
    return on, derived(f"reports/next/{on}", counted[on])


def _visible(known: Known, agencies: Iterable[Agency]) -> Sequence[Agency]:
    return [each for each in agencies if known.scope.covers(each.code)]
