"""Every report that is expected on a day and where it stands: of each regime the one that was due last."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import TypeAlias, TypeVar

from data import reports as asked_of
from data.clock import VIETNAM
from data.facts import Agency
from data.periods import Period
from data.report_facts import Arrived, Regime
from data.scope import Scope
from data.store import Snapshot
from metrics.boards.agencies import GROUPS
from metrics.boards.known import Known
from metrics.figure import Figure, derived
from metrics.reporting import TROUBLED, Standing, State, current_period, stand

#: The cycles in the order of the columns.
CYCLES = ("month", "quarter", "half", "year")
_DAYS = "ngày"

Row = TypeVar("Row")
#: What is asked of some periods.
Question: TypeAlias = Callable[[Snapshot, Scope, date, Sequence[str]], list[Row]]


@dataclass(frozen=True, slots=True)
class Owed:
    """A regime with the report that was due last (its days and due day) and those who owe it."""

    regime: Regime
    period: Period
    due: date
    owing: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One expected report that has to be looked after. `came_at` is when it was taken, or last refused; None where
    nothing came. `days` as in metrics.reporting; None where it counts none."""

    regime: Regime
    agency: Agency
    period: Period
    due: date
    state: State
    days: Figure | None
    came_at: datetime | None
    refusals: int
    simulated: bool


@dataclass(frozen=True)
class AgencyReports:
    """One agency: how many of its reports stand how, and which columns of the matrix (from 0) hold which state.

    `folded` for a province of which nothing is missing or refused: the matrix only counts it.
    """

    agency: Agency
    due: Figure
    counts: tuple[tuple[State, Figure], ...]
    columns: tuple[tuple[State, tuple[int, ...]], ...]
    folded: bool

    def count(self, state: State) -> Figure:
        """How many of its reports stand so."""
        return dict(self.counts)[state]

    def number(self, state: State) -> int:
        """The same as a plain number."""
        return int(self.count(state).quantity.number)


@dataclass(frozen=True)
class Expected:
    """Every expected report of a day: how many stand how, those to be looked after, the agencies by what they miss.
    `waiting` counts the reports that are still waited for on their due day, and whose they are."""

    owed: tuple[Owed, ...]
    states: Mapping[State, int]
    troubled: tuple[Report, ...]
    agencies: tuple[AgencyReports, ...]
    waiting: tuple[int, int]
    simulated: bool


def expected(known: Known) -> Expected:
    """The reports of a day, made once."""
    return known.once("reports", partial(_made, known))


def _made(known: Known) -> Expected:
    owed = _owed(known)
    came = arrivals(known, owed)
    moment = end_of(known.at)
    counted: dict[str, Counter[State]] = {}
    columns: dict[str, dict[State, list[int]]] = {}
    named: dict[str, Agency] = {}
    troubled: list[Report] = []
    for at, each in enumerate(owed):
        code, absent = each.regime.code, stand(each.due, None, None, moment)
        for agency in each.owing:
            key = (code, agency.code)
            if key in came.in_time:
                state = State.ON_TIME
            else:
                found = came.others.get(key)
                stands = stand(each.due, found.taken_at, found.refused_at, moment) if found else absent
                state = stands.state
                if state in TROUBLED:
                    troubled.append(_report(each, agency, stands, found))
            named[agency.code] = agency
            counted.setdefault(agency.code, Counter())[state] += 1
            columns.setdefault(agency.code, {}).setdefault(state, []).append(at)
    order = {agency.code: at for at, agency in enumerate(known.register.agencies)}
    rows = [_row(named[code], counts, columns[code]) for code, counts in counted.items()]
    waiting = [counts[State.WAITING] for counts in counted.values() if counts[State.WAITING]]
    return Expected(
        owed,
        sum(counted.values(), Counter()),
        tuple(sorted(troubled, key=partial(_urgency, order))),
        tuple(sorted(rows, key=lambda row: (*(-row.number(each) for each in TROUBLED), order[row.agency.code]))),
        (sum(waiting), len(waiting)),
        any(each.regime.status == "simulated" for each in owed) or came.simulated,
    )


@dataclass(frozen=True)
class Arrivals:
    """What arrived of some reports, by regime and agency: those taken `in_time`, and what is known of `others`."""

    in_time: frozenset[tuple[str, str]]
    others: Mapping[tuple[str, str], Arrived]
    simulated: bool


def arrivals(known: Known, owed: Sequence[Owed]) -> Arrivals:
    """What arrived of these reports by the end of the day."""
    periods = tuple(sorted({each.period.text for each in owed}))
    came = known.ask(("came", periods), partial(_asked, asked_of.came, periods))
    details = known.ask(("came late", periods), partial(_asked, asked_of.came_late, periods))
    since = known.ask(("came since", periods), partial(_asked, asked_of.came_since, periods))
    by_regime = {each.regime.code: each for each in owed}
    return Arrivals(
        frozenset(
            (code, each.agency)
            for each in came
            if each.state == State.ON_TIME
            for code in each.regimes
            if code in by_regime and by_regime[code].period.text == each.period
        ),
        {(each.regime, each.agency): each for each in (*details, *since) if _is_of(by_regime, each)},
        any(each.simulated for each in came) or any(each.simulated for each in since),
    )


def last_arrival(known: Known, made: Expected) -> date | None:
    """The last day on which anything arrived of the expected reports, taken or refused; None where nothing did."""
    periods = tuple(sorted({each.period.text for each in made.owed}))
    ask = asked_of.last_came
    return known.ask(("last came", periods), lambda snapshot, scope, at: ask(snapshot, scope, at, periods))


def _asked(question: Question[Row], periods: Sequence[str], snapshot: Snapshot, scope: Scope, at: date) -> list[Row]:
    return question(snapshot, scope, at, periods)


def end_of(day: date) -> datetime:
    """The last moment of a day at UTC+7: what was known by its end."""
    return datetime.combine(day, time.max, VIETNAM)


def _owed(known: Known) -> tuple[Owed, ...]:
    """The regimes that hold on the day, by cycle, each with the report that was due last; those that nobody owes who
    may be seen are left out."""
    found = []
    for regime in known.register.regimes.values():
        period = current_period(regime, known.at)
        if period is not None:
            owing = known.register.reporting(regime, period.end)
            visible = tuple(each for each in owing if known.scope.covers(each.code))
            if visible or known.scope.agencies is None:
                found.append(Owed(regime, period, regime.due(period), visible))
    return tuple(sorted(found, key=lambda each: CYCLES.index(each.regime.periodicity)))


def _is_of(by_regime: Mapping[str, Owed], arrived: Arrived) -> bool:
    return arrived.regime in by_regime and by_regime[arrived.regime].period.text == arrived.period


def _report(owed: Owed, agency: Agency, stands: Standing, arrived: Arrived | None) -> Report:
    mark = f"days/{owed.regime.code}/{agency.code}/{owed.period.text}"
    return Report(
        owed.regime,
        agency,
        owed.period,
        owed.due,
        stands.state,
        None if stands.days is None else derived(mark, stands.days, _DAYS),
        (arrived.taken_at or arrived.refused_at) if arrived else None,
        arrived.refusals if arrived else 0,
        owed.regime.status == "simulated" or (arrived is not None and arrived.simulated),
    )


def _row(agency: Agency, counts: Counter[State], columns: Mapping[State, Sequence[int]]) -> AgencyReports:
    return AgencyReports(
        agency,
        derived(f"reports/{agency.code}", counts.total()),
        tuple(
            (state, derived(f"reports/{agency.code}/{state}", counts[state])) for state in (*TROUBLED, State.ON_TIME)
        ),
        tuple((state, tuple(columns[state])) for state in State if state in columns),
        agency.kind in GROUPS["provinces"] and not counts[State.MISSING] and not counts[State.REJECTED],
    )


def _urgency(order: Mapping[str, int], report: Report) -> tuple[int, int, int, str]:
    days = int(report.days.quantity.number) if report.days else 0
    return TROUBLED.index(report.state), -days, order[report.agency.code], report.regime.code
