"""Every indicator of which one province or ministry has a figure: the latest one, where it stands, its course."""

from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from metrics.boards.agencies import GROUPS, AgencyRow, AgencyTable
from metrics.boards.known import Known
from metrics.boards.national import difference_unit
from metrics.figure import Figure, derived, mark_of
from metrics.status import Judgement, Status, freshness
from metrics.values import Reading

#: So many of the latest periods make a course of one row.
COURSE = 12


@dataclass(frozen=True)
class OwnFigure:
    """The latest figure of one indicator.

    `row` is that of the ranking of its period, `reported` how many were ranked there. `awaited` is a later period for
    which others reported and this agency did not, None where there is none. `age` counts days from the end of the
    period where the figure is stale, else None. `series` are the values of the latest periods of all, oldest first,
    None where this agency did not report; `change` is the last of them minus the first, None with fewer than two
    or where they are made up of other parts.
    """

    indicator: Indicator
    period: Period
    row: AgencyRow
    reported: Figure
    awaited: Period | None
    age: Figure | None
    series: tuple[Decimal | None, ...]
    change: Figure | None


def group_of(agency: Agency) -> str:
    """The group it is ranked in. Raises StopIteration for who is ranked in none: the country, a region."""
    return next(group for group, kinds in GROUPS.items() if agency.kind in kinds)


def readings_of_agency(known: Known, code: str, agency: Agency) -> dict[Period, Reading]:
    """Its figures of one indicator by period, the latest first. A figure of another agency that bore the same code on
    its day is none of them."""
    found: dict[Period, Reading] = {}
    if code not in known.measured:
        return found
    for period in known.periods(code):
        reading: Reading | None = known.readings(code, period.text).get(agency.code)
        if reading is not None and known.register.agency(agency.code, period.end) == agency:
            found[period] = reading
    return found


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
    mark = mark_of(readings[period])
    return OwnFigure(
        indicator=indicator,
        period=period,
        row=row_of(table, agency),
        reported=table.reported,
        awaited=periods[0] if periods[0] > period else None,
        age=derived(f"age/{mark}", fresh.age_days) if fresh.stale else None,
        series=tuple(readings[each].printed if each in readings else None for each in reversed(periods[:COURSE])),
        change=_change({each: readings[each] for each in periods[:COURSE] if each in readings}, indicator),
    )


def _change(readings: dict[Period, Reading], indicator: Indicator) -> Figure | None:
    """The latest minus the earliest of a series; `readings` come latest first."""
    if len(readings) < 2 or len({each.observation.composition for each in readings.values()}) > 1:
        return None
    (_, last), *_, (since, first) = readings.items()
    mark = f"change/{since.text}/{mark_of(last)}"
    return derived(mark, last.printed - first.printed, difference_unit(indicator), signed=True)
