"""How new what a board shows is: of figures, tables, reports, directives and months of usage.

Figures and months of usage stay fresh by their cycle, a plan for a year. Reports stay fresh for the shortest cycle of
the regimes of which one is due, counted from the last arrival of any of them. Directives and systems stay fresh for a
month from the last that was ordered or told of any of them.
"""

from collections.abc import Iterable
from datetime import date

from data.facts import Indicator
from data.periods import CYCLE_MONTHS, Period
from metrics.boards.agencies import AgencyTable
from metrics.boards.coverage import Coverage
from metrics.boards.directive import Directive
from metrics.boards.expected import expected, last_arrival
from metrics.boards.known import Known
from metrics.boards.national import National
from metrics.boards.own_figures import OwnFigure
from metrics.boards.usage_months import UsageMonth
from metrics.figure import Figure
from metrics.freshness import Freshness, fresh_events, fresh_figures, fresh_since, newest
from metrics.periods import stale_after

#: The cycle in which usage is delivered.
_USAGE = "month"


def fresh_nation(nation: National, at: date) -> Freshness | None:
    """The figure of the nation; None where it was never measured."""
    if nation.reading is None:
        return None
    seen = nation.reading.observation
    return fresh_figures(seen.period, nation.indicator.cycle, [seen.published], at)


def fresh_table(table: AgencyTable | None, of: tuple[Indicator, Period | None], at: date) -> Freshness | None:
    """The figures of a table of an indicator at a period; None where nobody reported."""
    indicator, period = of
    if table is None or period is None:
        return None
    return fresh_figures(period, indicator.cycle, _published(row.value for row in table.rows), at)


def fresh_coverage(coverage: Coverage, at: date) -> Freshness | None:
    """The latest figures of all indicators, by the rule of their cells; None where nothing was ever reported."""
    told = ((each.period, each.indicator.cycle) for each in coverage.indicators if each.period is not None)
    return newest(*(Freshness(min(period.end, at), stale_after(period, cycle), at) for period, cycle in told))


def fresh_own(own: Iterable[OwnFigure], at: date) -> Freshness | None:
    """The figures of one agency; None where it never reported."""
    found = (fresh_figures(each.period, each.indicator.cycle, _published([each.row.value]), at) for each in own)
    return newest(*found)


def fresh_months(months: Iterable[UsageMonth], at: date, to: Period | None = None) -> Freshness | None:
    """Months of usage, all of them or those `to` one: they tell of the last day that was delivered, so that a month
    that is over and was not delivered to its end does not look newer than it is. None where nobody delivered any."""
    last = max((each.last_day for each in months if each.last_day is not None), default=None)
    return None if last is None else fresh_since(min(last, to.end) if to else last, _USAGE, at)


def fresh_reports(known: Known) -> Freshness | None:
    """The reports that are due; None where nothing is due, or nothing of it ever came."""
    made = expected(known)
    cycles = [each.regime.periodicity for each in made.owed if each.owing]
    last = last_arrival(known, made) if cycles else None
    return None if last is None else fresh_since(last, min(cycles, key=CYCLE_MONTHS.__getitem__), known.at)


def fresh_directives(directives: Iterable[Directive], at: date) -> Freshness | None:
    """The directives; None without any. An order tells of the day on which it was given."""
    days = (
        day
        for each in directives
        for event in each.events
        for day in (
            *(version.demand.set_on for version in event.versions),
            *(told.checkin.day for told in event.told),
        )
    )
    return fresh_events(days, at)


def _published(values: Iterable[Figure | None]) -> list[date]:
    return [each.trace.published for each in values if each is not None and each.trace is not None]
