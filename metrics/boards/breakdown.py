"""The online services of one agency by level, beside the total its source states."""

from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from data.quantity import total
from metrics.boards.known import Known
from metrics.boards.own_readings import readings_of_agency
from metrics.figure import Figure, figure_of, term

TOTAL = "DVC08"
#: The levels of online services (NĐ 43/2011/NĐ-CP), with the indicators that count them.
LEVELS = {"1": "DVC08_1", "2": "DVC08_2", "3": "DVC08_3", "4": "DVC08_4"}
#: The indicators beside which the levels are shown: their share, their total, and themselves.
FAMILY = frozenset({"DVC01", TOTAL, *LEVELS.values()})


@dataclass(frozen=True)
class Level:
    """One level: its count as its source states it, and that count as a plain number for a drawing."""

    level: str
    value: Figure
    number: Decimal


@dataclass(frozen=True)
class Breakdown:
    """The levels of which a count is known at one period, the lowest first.

    `added` is their sum with the qualifier of a sum (derived), `stated` the total of the source, None where it gives
    none. `differs` is -1 where the sum is below the total, 1 above it, 0 where they agree or there is no total.
    `unnamed` are the levels of which no count is known: they are not zero.
    """

    period: Period
    levels: tuple[Level, ...]
    added: Figure
    stated: Figure | None
    differs: int
    unnamed: tuple[str, ...]
    simulated: bool


def breakdown(known: Known, agency: Agency) -> Breakdown | None:
    """The latest breakdown of an agency; None where fewer than two levels are known of it."""
    periods = {period for code in LEVELS.values() for period in readings_of_agency(known, code, agency)}
    if not periods:
        return None
    period = max(periods)
    readings = {level: readings_of_agency(known, code, agency).get(period) for level, code in LEVELS.items()}
    found = {level: reading for level, reading in readings.items() if reading is not None}
    added = total(reading.quantity for reading in found.values())
    if len(found) < 2 or added is None:
        return None
    stated = readings_of_agency(known, TOTAL, agency).get(period)
    every = [*found.values(), *([stated] if stated else [])]
    apart = Decimal(0) if stated is None else added.number - stated.quantity.number
    return Breakdown(
        period=period,
        levels=tuple(Level(level, figure_of(each), each.printed) for level, each in found.items()),
        added=term(f"levels/{agency.code}/{period.text}", added),
        stated=figure_of(stated) if stated else None,
        differs=int(apart.compare(Decimal(0))),
        unnamed=tuple(level for level in LEVELS if level not in found),
        simulated=any(each.observation.status == "simulated" for each in every),
    )


def shown_beside(indicator: Indicator) -> bool:
    """Whether the levels belong to what an indicator counts."""
    return indicator.code in FAMILY
