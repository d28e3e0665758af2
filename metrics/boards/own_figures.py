"""Every indicator of which one province or ministry has a figure: the latest one, where it stands, its course."""

from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from metrics.boards.agencies import GROUPS, AgencyRow, AgencyTable
from metrics.boards.known import Known
from metrics.boards.national import difference_unit
from metrics.boards.own_readings import readings_of_agency
from metrics.boards.regions import of_region, places, within
from metrics.boards.way import way_of
from metrics.figure import Figure, derived, mark_of
from metrics.freshness import Freshness, freshness
from metrics.status import Judgement, Status
from metrics.values import Reading

#: So many of the latest periods make a course of one row.
COURSE = 12


@dataclass(frozen=True)
class OwnFigure:
    """The latest figure of one indicator.

    `row` is that of the ranking of its period, `reported` how many were ranked there; `place` is its rank among those
    of its region, `place_of` how many of them reported, both None where it is in none. `pace_needed` is what takes it
    to its target in time by the mean month; None where that means nothing. `awaited` is a later period for
    which others reported and this agency did not, None where there is none. `age` counts days from the end of the
    period where the figure is stale, else None. `series` are the values of the latest periods of all, oldest first,
    None where this agency did not report or what is measured was another; `change` is the last of them minus the
    first, None with fewer than two or where they are made up of other parts.
    """

    indicator: Indicator
    period: Period
    row: AgencyRow
    reported: Figure
    place: Figure | None
    place_of: Figure | None
    pace_needed: Figure | None
    awaited: Period | None
    age: Figure | None
    series: tuple[Decimal | None, ...]
    change: Figure | None


@dataclass(frozen=True)
class AgencyFresh:
    """How new the scene of one agency is: where it lies among the others, None of a ministry, which lies nowhere; its
    usage; its own figures; and what it has to do. None where nothing is known of it."""

    place: Freshness | None
    usage: Freshness | None
    own: Freshness | None
    duties: Freshness | None


def group_of(agency: Agency) -> str:
    """The group it is ranked in. Raises StopIteration for who is ranked in none: the country, a region."""
    return next(group for group, kinds in GROUPS.items() if agency.kind in kinds)


def own_figures(known: Known, agency: Agency) -> tuple[OwnFigure, ...]:
    """The latest figure of every indicator the agency owes and ever reported, in the order of the indicators."""
    found = []
    for code in known.register.indicators:
        indicator = known.register.indicators[code]
        readings = readings_of_agency(known, code, agency) if indicator.owed_by(agency) else {}
        if readings:
            found.append(_own(known, indicator, agency, readings))
    return tuple(found)


def row_of(table: AgencyTable, agency: Agency) -> AgencyRow:
    """The row of an agency; one without a report where the table is of days before it was there."""
    absent = AgencyRow(agency, None, None, (), None, None, Judgement(Status.NR), None, None, simulated=False)
    return next((row for row in table.members if row.agency == agency), absent)


def _own(known: Known, indicator: Indicator, agency: Agency, readings: dict[Period, Reading]) -> OwnFigure:
    periods = known.periods(indicator.code)
    period = next(iter(readings))
    table = known.table(group_of(agency), indicator, period)
    fresh = freshness(period, indicator, known.at)
    mark, row = mark_of(readings[period]), row_of(table, agency)
    place, place_of = _place(known, table, agency, (indicator, period))
    return OwnFigure(
        indicator=indicator,
        period=period,
        row=row,
        reported=table.reported,
        place=place,
        place_of=place_of,
        pace_needed=way_of(known, indicator, readings[period], row).pace_needed,
        awaited=periods[0] if periods[0] > period else None,
        age=derived(f"age/{mark}", fresh.age_days) if fresh.stale else None,
        series=_series(readings, tuple(reversed(periods[:COURSE]))),
        change=_change({each: readings[each] for each in periods[:COURSE] if each in readings}, indicator),
    )


def _place(
    known: Known, table: AgencyTable, agency: Agency, of: tuple[Indicator, Period]
) -> tuple[Figure | None, Figure | None]:
    """The rank among those of its region, and how many of them reported; None twice for who is in no region, and
    where the others of its group are not to be seen."""
    indicator, period = of
    if not known.sees(indicator, period, GROUPS[table.group]):
        return None, None
    region = known.register.agency(agency.parent, period.end) if agency.parent else None
    if region is None or region.kind != "region":
        return None, None
    part = of_region(table, region)
    near = within(table, part, indicator, period)
    ranks = places(near, part, known.readings(indicator.code, period.text), indicator.direction)
    return ranks.get(agency.code), near.reported


def _series(readings: dict[Period, Reading], periods: tuple[Period, ...]) -> tuple[Decimal | None, ...]:
    own = next(iter(readings.values())).observation.series
    found = (readings.get(each) for each in periods)
    return tuple(each.printed if each and each.observation.series == own else None for each in found)


def _change(readings: dict[Period, Reading], indicator: Indicator) -> Figure | None:
    """The latest minus the earliest of a series; `readings` come latest first."""
    if len(readings) < 2 or len({each.observation.series for each in readings.values()}) > 1:
        return None
    (_, last), *_, (since, first) = readings.items()
    mark = f"change/{since.text}/{mark_of(last)}"
    return derived(mark, last.printed - first.printed, difference_unit(indicator), signed=True)
