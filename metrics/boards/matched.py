"""One indicator of several pinned agencies side by side, at a period of which all of them have a figure that can be
held against the others; where there is none, why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from metrics.boards.agencies import AgencyRow
from metrics.boards.known import Known
from metrics.boards.national import difference_unit
from metrics.boards.own_figures import group_of, row_of
from metrics.boards.own_readings import readings_of_agency
from metrics.figure import Figure, derived
from metrics.values import Reading

#: Why a figure cannot be held against the others: the agency does not owe it, did not report it for the period, or
#: its figure is made up of other parts.
OWED, ABSENT, PARTS = "owed", "absent", "parts"
REASONS = (OWED, ABSENT, PARTS)

_By = Mapping[str, Mapping[Period, Reading]]


@dataclass(frozen=True)
class Cell:
    """One agency in one indicator. `row` is its row in the ranking of the period, without figures where it did not
    report; `reported` counts those ranked there, None where the agency does not owe the indicator. `reason` is one of
    REASONS, empty where it can be compared; `last` is its latest period with a figure where it has none of this one.
    `leads` where its figure is the best of all, alone or with others."""

    agency: Agency
    row: AgencyRow
    reported: Figure | None
    reason: str
    last: Period | None
    leads: bool


@dataclass(frozen=True)
class Matched:
    """One indicator of all pinned agencies, at one period. `comparable` where every one of them has a figure made up
    of the same parts. `apart` is what lies between the best and the last of them, None where not comparable. `target`
    and `path` are those of all, None where they differ or there is none. `top` is the greatest figure of the period,
    for a scale. `has_side` is False where no figure is better than another.
    """

    indicator: Indicator
    period: Period
    cells: tuple[Cell, ...]
    comparable: bool
    apart: Figure | None
    target: Figure | None
    path: Figure | None
    top: Decimal
    has_side: bool
    simulated: bool


def matched(known: Known, indicator: Indicator, pins: Sequence[Agency], wanted: str | None = None) -> Matched | None:
    """The indicator of these agencies; None where none of them ever reported it. `wanted` names the period; else it
    is the latest for which all can be compared, and without one the latest for which any of them has a figure."""
    readings: _By = {
        agency.code: readings_of_agency(known, indicator.code, agency) if indicator.owed_by(agency) else {}
        for agency in pins
    }
    periods = sorted({period for each in readings.values() for period in each}, reverse=True)
    if not periods:
        return None
    alike = (period for period in periods if _alike(readings, period))
    named = next((each for each in known.periods(indicator.code) if each.text == wanted), None)
    return _made(known, indicator, (pins, readings), named or next(alike, periods[0]))


def _alike(readings: _By, period: Period) -> bool:
    """Whether all of them have a figure of the period, made up of the same parts."""
    found = [each[period].observation.series for each in readings.values() if period in each]
    return len(found) == len(readings) > 1 and len(set(found)) == 1


def _made(known: Known, indicator: Indicator, of: tuple[Sequence[Agency], _By], period: Period) -> Matched:
    pins, readings = of
    comparable = _alike(readings, period)
    present = [each[period] for each in readings.values() if period in each]
    mixed = len({reading.observation.series for reading in present}) > 1
    numbers = {code: each[period].printed for code, each in readings.items() if period in each}
    has_side = indicator.direction in ("higher", "lower")
    best = (min if indicator.direction == "lower" else max)(numbers.values(), default=None)
    cells = []
    for agency in pins:
        table = known.table(group_of(agency), indicator, period)
        own = readings[agency.code]
        owes = indicator.owed_by(agency)
        reason = OWED if not owes else ABSENT if period not in own else PARTS if mixed else ""
        cells.append(
            Cell(
                agency=agency,
                row=row_of(table, agency),
                reported=table.reported if owes else None,
                reason=reason,
                last=None if period in own else next(iter(own), None),
                leads=comparable and has_side and numbers[agency.code] == best,
            )
        )
    mark = f"{indicator.code}/{'+'.join(agency.code for agency in pins)}/{period.text}"
    goals = {cell.row.target for cell in cells if cell.row.value is not None}
    paths = {cell.row.judgement.expected for cell in cells if cell.row.value is not None}
    spread = max(numbers.values()) - min(numbers.values()) if comparable else None
    return Matched(
        indicator=indicator,
        period=period,
        cells=tuple(cells),
        comparable=comparable,
        apart=None if spread is None else derived(f"apart/{mark}", spread, difference_unit(indicator)),
        target=_common(f"target/{mark}", goals, indicator),
        path=_common(f"path/{mark}", paths, indicator),
        top=max((each.printed for each in known.readings(indicator.code, period.text).values()), default=Decimal(0)),
        has_side=has_side,
        simulated=any(cell.row.simulated for cell in cells),
    )


def _common(mark: str, values: set[Decimal | None], indicator: Indicator) -> Figure | None:
    only = next(iter(values)) if len(values) == 1 else None
    return None if only is None else derived(mark, only, indicator.unit)
