"""The provinces of one indicator and period as a map shows them: each in its bin, and how many there are in each."""

from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency, Indicator, Target
from geo.editions import Edition
from metrics.asked import Asked
from metrics.bins import Bins, Span, even_bins, gap_bins, met_bins, value_bins
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.figure import Figure, derived
from metrics.status import Status

#: Shades of a map: of one colour from few to much, and from far below the path to far above it.
VALUE_SHADES = ("s1", "s2", "s3", "s4", "s5", "s6")
GAP_SHADES = ("d1", "d2", "d3", "d4", "d5", "d6", "d7")


@dataclass(frozen=True)
class Bin:
    """One shade: what it holds, how many provinces, and whether what it holds meets the target."""

    shade: str
    span: Span
    count: Figure
    met: bool


@dataclass(frozen=True)
class Mark:
    """One province on the map. `shade` is None where it did not report, or has no gap where gaps are shown; `value`
    is None where it did not report."""

    agency: Agency
    shade: str | None
    value: Figure | None
    gap: Figure | None
    status: Status
    simulated: bool


@dataclass(frozen=True)
class ProvinceMap:
    """The map of one indicator and period: `shown` is value or gap, `bins` come highest first. `unshaded` counts
    those that did not report, or have no gap where gaps are shown, `incomparable` those of which no figure can be
    made on this `edition`; with both the counts add up to all that owe a report. `unit` is that of the bins."""

    shown: str
    bins: tuple[Bin, ...]
    unshaded: Figure
    incomparable: Figure
    reported: Figure
    owing: Figure
    marks: tuple[Mark, ...]
    has_gaps: bool
    unit: str
    simulated: bool
    edition: Edition


def province_map(table: AgencyTable, indicator: Indicator, target: Target | None, asked: Asked) -> ProvinceMap | None:
    """The map of a table of provinces; None where there are no bins, or they are not all the provinces of an
    edition."""
    rows = table.members
    edition = next((each for each in Edition if each.size == len(rows)), None)
    if edition is None:
        return None
    has_gaps = any(row.gap is not None for row in rows)
    shown = "gap" if asked.map == "gap" and has_gaps else "value"
    numbers = {row.agency.code: _number(row, shown) for row in rows}
    seen = [number for number in numbers.values() if number is not None]
    bins = gap_bins() if shown == "gap" else value_bins(indicator, target) or even_bins(indicator, seen)
    if bins is None:
        return None
    shades = _shades(bins, shown, indicator)
    counts = bins.counts(seen)
    met = met_bins(bins, target) if target and shown == "value" else (False,) * len(bins.spans)
    period = table.rows[0].value.mark.rsplit("/", 1)[-1] if table.rows and table.rows[0].value else "none"
    mark = f"{shown}/{indicator.code}/{period}"
    unit = table.rows[0].gap.unit if shown == "gap" and table.rows[0].gap else indicator.unit
    return ProvinceMap(
        shown=shown,
        bins=tuple(
            Bin(shades[at], span, derived(f"bin-{at}/{mark}", counts[at]), met[at])
            for at, span in reversed(list(enumerate(bins.spans)))
        ),
        unshaded=derived(f"unshaded/{mark}", len(rows) - len(seen) - len(table.incomparable)),
        incomparable=derived(f"incomparable/{mark}", len(table.incomparable)),
        reported=table.reported,
        owing=table.owing,
        marks=tuple(
            Mark(
                row.agency,
                None if number is None else shades[bins.place(number)],
                row.value,
                row.gap,
                row.judgement.status,
                row.simulated,
            )
            for row in sorted(rows, key=lambda each: each.agency.code)
            for number in (numbers[row.agency.code],)
        ),
        has_gaps=has_gaps,
        unit=unit,
        simulated=table.simulated,
        edition=edition,
    )


def _number(row: AgencyRow, shown: str) -> Decimal | None:
    """The printed number that decides the shade."""
    figure = row.gap if shown == "gap" else row.value
    return None if figure is None else figure.quantity.number


def _shades(bins: Bins, shown: str, indicator: Indicator) -> tuple[str, ...]:
    """The shade of each bin, lowest first; the darkest is the better side, for a count the higher one."""
    every = GAP_SHADES if shown == "gap" else VALUE_SHADES
    wanted = len(bins.edges) + 1
    spread = [every[round(at * (len(every) - 1) / max(1, wanted - 1))] for at in range(wanted)]
    return tuple(reversed(spread)) if indicator.direction == "lower" else tuple(spread)
