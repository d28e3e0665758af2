"""What has to be reported, what came in on the day and what did not: of every regime the report that was due last."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from data.facts import Agency
from data.periods import Period
from data.quantity import rounded
from data.report_facts import Regime
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.coverage import Coverage, coverage
from metrics.boards.expected import CYCLES, AgencyReports, Owed, Report, expected
from metrics.boards.intake import Intake, intake
from metrics.boards.known import Known, knowing
from metrics.boards.national import TargetVersion, national
from metrics.figure import Figure, derived
from metrics.reporting import TROUBLED, State

#: The indicator whose target is that every regime is digitised.
DIGITISED = "BC01"
#: So many reports a page lists, and so many where one agency or regime was asked for.
_LISTED, _LISTED_OF_ONE = 24, 120


@dataclass(frozen=True)
class Cycle:
    """The regimes of one cycle whose report of these days was due last."""

    name: str
    regimes: Figure
    period: Period


@dataclass(frozen=True)
class ReportsBoard:
    """The board of `/reports`. `owed` are the regimes in the order of the columns; `counts` of every report.

    `share` is in time of those that came or whose due day is over, None without any. `listed` are the reports to be
    looked after that were asked for, `shown` the first of them, `more` counts the others. `digitised` is (yes, told),
    None where nobody told. `folded` counts the agencies that the matrix folds, and their late reports.
    `scoped` where the reports are those of some agencies alone.
    """

    at: date
    owed: tuple[Owed, ...]
    cycles: tuple[Cycle, ...]
    regimes: Figure
    expected: Figure
    counts: tuple[tuple[State, Figure], ...]
    agencies_missing: Figure
    share: Figure | None
    digitised: tuple[Figure, Figure] | None
    digitising: TargetVersion | None
    intake: Intake
    listed: tuple[Report, ...]
    shown: tuple[Report, ...]
    more: Figure
    folded: tuple[Figure, Figure]
    agencies: tuple[AgencyReports, ...]
    coverage: Coverage
    agency: Agency | None
    regime: Regime | None
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    scoped: bool
    empty: bool

    def count(self, state: State) -> Figure:
        """How many expected reports stand so."""
        return dict(self.counts)[state]


def reports(store: Store, scope: Scope, asked: Asked) -> ReportsBoard:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        return reports_of(known, asked)


def reports_of(known: Known, asked: Asked) -> ReportsBoard:
    """The board of what is known of a day."""
    made = expected(known)
    unknown: list[tuple[str, str]] = []
    agency = next((each.agency for each in made.agencies if each.agency.code == asked.agency), None)
    regime = next((each.regime for each in made.owed if each.regime.code == asked.regime), None)
    if asked.agency and agency is None:
        unknown.append(("agency_outside" if known.hides(asked.agency) else "agency", asked.agency))
    if asked.regime and regime is None:
        unknown.append(("regime", asked.regime))
    listed = tuple(
        each
        for each in made.troubled
        if (agency is None or each.agency == agency) and (regime is None or each.regime.code == regime.code)
    )
    most = _LISTED if agency is None and regime is None else _LISTED_OF_ONE
    folded = [each for each in made.agencies if each.folded]
    states = made.states
    told = [each.regime for each in made.owed if each.regime.digitised is not None]
    return ReportsBoard(
        at=asked.at,
        owed=made.owed,
        cycles=_cycles(made.owed),
        regimes=derived("regimes", len(made.owed)),
        expected=derived("reports", sum(states.values())),
        counts=tuple((state, derived(f"reports/{state}", states[state])) for state in State),
        agencies_missing=derived("agencies/missing", sum(bool(each.number(State.MISSING)) for each in made.agencies)),
        share=_share(states),
        digitised=(
            derived("regimes/digitised", sum(bool(each.digitised) for each in told)),
            derived("regimes/told", len(told)),
        )
        if told
        else None,
        digitising=known.once("digitising", partial(_digitising, known)),
        intake=known.once("intake", partial(intake, known, made.waiting)),
        listed=listed,
        shown=listed[:most],
        more=derived("reports/more", max(0, len(listed) - most)),
        folded=(
            derived("agencies/folded", len(folded)),
            derived("reports/folded/late", sum(each.number(State.LATE) for each in folded)),
        ),
        agencies=made.agencies,
        # Which figure of the nation's stands is told to all; it names nobody.
        coverage=known.whole.once("coverage", partial(coverage, known.whole)),
        agency=agency,
        regime=regime,
        unknown=tuple(unknown),
        updated=known.updated,
        simulated=made.simulated,
        scoped=known.scope.agencies is not None,
        empty=not made.owed,
    )


def _share(states: Mapping[State, int]) -> Figure | None:
    """Per cent of the reports that came or whose due day is over."""
    due = sum(states[state] for state in (*TROUBLED, State.ON_TIME))
    return derived("reports/share", rounded(Decimal(100 * states[State.ON_TIME]) / due, 1), "%") if due else None


def _cycles(owed: Iterable[Owed]) -> tuple[Cycle, ...]:
    """The cycles in their order, each once for every period that was due last, the latest first."""
    found = []
    for name in CYCLES:
        periods = Counter(each.period for each in owed if each.regime.periodicity == name)
        found += [
            Cycle(name, derived(f"regimes/{name}/{period.text}/{period.start}", periods[period]), period)
            for period in sorted(periods, reverse=True)
        ]
    return tuple(found)


def _digitising(known: Known) -> TargetVersion | None:
    indicator = known.register.indicators.get(DIGITISED)
    if indicator is None:
        return None
    found = known.observations(DIGITISED)
    return national(indicator, found, known.targets(DIGITISED), known.register, known.at).governing
