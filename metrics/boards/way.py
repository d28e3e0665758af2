"""The way of one agency to its target: what is missing, the pace that takes, and the pace that was seen."""

from dataclasses import dataclass

from data.facts import Agency, Indicator
from data.quantity import rounded
from metrics.boards.agencies import AgencyRow
from metrics.boards.known import Known
from metrics.boards.national import difference_unit
from metrics.boards.own_readings import readings_of_agency
from metrics.figure import Figure, derived, mark_of
from metrics.forecast import outlook, pace
from metrics.remaining import by_month, remaining
from metrics.status import Status
from metrics.values import Reading

#: Shares of things that stand and add up. The others are shares of what a period brings, where the things of one
#: period do not add to those of the next, so that "so many more" would mislead.
STANDING = frozenset({"DVC01", "DVC03", "DVC06"})
#: A pace is counted over at least so many days: a shorter stretch tells of single reports.
_PACE_DAYS = 80


@dataclass(frozen=True)
class Way:
    """The way to the target from the figure of the period; each is None where it means nothing.

    `path` is the glidepath on the as-of date, `shortfall` what is missing to the target in points. `missing` is how
    many more of the numerator's things reach the target on the same denominator where such things add up (STANDING),
    `missing_by_month` that by the mean month until the due day. `pace_needed` is in points by the month, and so is
    `pace_seen`: since `seen_since`, the province's latest figure at least 80 days older.
    """

    path: Figure | None = None
    shortfall: Figure | None = None
    missing: Figure | None = None
    missing_by_month: Figure | None = None
    pace_needed: Figure | None = None
    pace_seen: Figure | None = None
    seen_since: str | None = None
    seen_simulated: bool = False


def way_of(known: Known, indicator: Indicator, reading: Reading, row: AgencyRow) -> Way:
    """The way of one agency from its figure; empty without a target, or where the figure is stale."""
    agency, as_of = row.agency, reading.observation.period.end
    target = known.judging(indicator.code, agency.code, reading.observation.period)
    mark, judged, unit = mark_of(reading), row.judgement, difference_unit(indicator)
    if target is None or judged.status is Status.STALE:
        return Way()
    missing = remaining(reading, target, indicator) if indicator.code in STANDING else None
    monthly = by_month(missing, as_of, target.due.end) if missing and target.due else None
    needed = outlook(reading, target, indicator, known.at).pace_needed
    seen = _seen(known, indicator, agency, reading)
    return Way(
        path=None if judged.expected is None else derived(f"path/{mark}", judged.expected, indicator.unit),
        shortfall=None if judged.shortfall is None else derived(f"shortfall/{mark}", judged.shortfall, unit),
        missing=None if missing is None else derived(f"remaining/{mark}", missing),
        missing_by_month=None if monthly is None else derived(f"remaining-by-month/{mark}", monthly),
        pace_needed=None if needed is None else derived(f"pace/{mark}", needed, f"{unit}/tháng", signed=True),
        pace_seen=seen[0] if seen and needed is not None else None,
        seen_since=seen[1] if seen else None,
        seen_simulated=seen is not None and seen[2],
    )


def _seen(known: Known, indicator: Indicator, agency: Agency, reading: Reading) -> tuple[Figure, str, bool] | None:
    """The change by the mean month since the latest figure at least 80 days older, its period, and whether either of
    the two is simulated; None without one of the same parts."""
    now = reading.observation
    for period, each in readings_of_agency(known, indicator.code, agency).items():
        if (now.period.end - period.end).days < _PACE_DAYS:
            continue
        if each.observation.series != now.series:
            return None
        change = pace((period.end, each.printed), (now.period.end, reading.printed))
        number = rounded(change, max(1, indicator.decimals))
        unit = f"{difference_unit(indicator)}/tháng"
        simulated = "simulated" in (now.status, each.observation.status)
        figure = derived(f"pace-seen/{mark_of(reading)}", number if number else abs(number), unit, signed=True)
        return figure, period.text, simulated
    return None
