"""What a row of the ranking has beside its rank in the nation: its place in the part shown, and its last periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.known import Known
from metrics.boards.national import difference_unit
from metrics.boards.regions import Part, places
from metrics.figure import Figure, derived, mark_of
from metrics.values import Reading

#: So many periods are drawn beside a row, the one shown included.
PERIODS = 12


@dataclass(frozen=True)
class Line:
    """One row's own course. `place` is its rank among those of the part shown, None without one or a
    rank.

    `series` holds the figures as printed, oldest first, one a period; None where the agency did not report, or its
    figure was made up of other parts than the latest. `change` is what lies between the first of them and that of
    the period shown, and `since` the period of the first; None without two comparable figures.
    """

    code: str
    place: Figure | None
    series: tuple[Decimal | None, ...]
    change: Figure | None
    since: str | None


def lines_of(
    known: Known, table: AgencyTable, indicator: Indicator, period: Period | None, part: Part | None
) -> tuple[Line, ...]:
    """A line for each row of the table, then for each without a report, in the table's order."""
    periods = _periods(known, indicator, period)
    rows = table.members
    readings = known.readings(indicator.code, period.text if period else None)
    own = places(table, part, readings, indicator.direction) if part else {}

    def make() -> dict[str, tuple[Reading | None, ...]]:
        by_period = [(each, known.readings(indicator.code, each.text)) for each in periods]
        return {
            row.agency.code: tuple(reading_of_same(known, row.agency, each, found) for each, found in by_period)
            for row in rows
        }

    key = ("lines", indicator.code, period, table.group, part.name if part else None)
    series = known.once(key, make)
    return tuple(_line(row, own.get(row.agency.code), series[row.agency.code], (indicator, periods)) for row in rows)


def _periods(known: Known, indicator: Indicator, period: Period | None) -> list[Period]:
    """The last periods up to the one shown, oldest first."""
    if period is None:
        return []
    return sorted(each for each in known.periods(indicator.code) if each <= period)[-PERIODS:]


def reading_of_same(known: Known, agency: Agency, period: Period, found: Mapping[str, Reading]) -> Reading | None:
    """The figure of a period, where its code meant the same agency then."""
    then = known.register.agency(agency.code, period.end)
    return found.get(agency.code) if then is not None and then.valid_from == agency.valid_from else None


def _line(
    row: AgencyRow,
    place: Figure | None,
    readings: Sequence[Reading | None],
    among: tuple[Indicator, Sequence[Period]],
) -> Line:
    indicator, periods = among
    ends = span(readings)
    change = since = None
    if ends is not None:
        first, last = ends
        since = periods[readings.index(first)].text
        amount = last.printed - first.printed
        change = derived(f"change/{since}/{mark_of(last)}", amount, difference_unit(indicator), signed=True)
    return Line(
        code=row.agency.code,
        place=place,
        series=tuple(None if each is None else each.printed for each in alike(readings)),
        change=change,
        since=since,
    )


def alike(readings: Sequence[Reading | None]) -> tuple[Reading | None, ...]:
    """The readings made up of the same parts as the latest of them; None in place of the others."""
    latest = next((each for each in reversed(readings) if each is not None), None)
    return tuple(each if each and latest and _parts(each) == _parts(latest) else None for each in readings)


def span(readings: Sequence[Reading | None]) -> tuple[Reading, Reading] | None:
    """The first and the last of them, between which a change can be told; None where the last period has none, there
    is only one, or they are not all made up of the same parts."""
    seen = [each for each in readings if each is not None]
    if len(seen) < 2 or readings[-1] is None or len({_parts(each) for each in seen}) > 1:
        return None
    return seen[0], seen[-1]


def _parts(reading: Reading) -> str:
    return reading.observation.series
