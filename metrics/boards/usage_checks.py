"""Reported beside computed: shares that agencies report, held against those that their services add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from data.usage_facts import Offered, Used
from metrics.boards.known import Known
from metrics.boards.national import COUNTRY, POINTS
from metrics.boards.usage_tally import Rate, rate
from metrics.figure import Figure, derived, figure_of
from metrics.usage import added
from metrics.values import Reading

#: The share of services at level 4, and that of dossiers that came online.
LEVEL_4, ONLINE = CHECKED = ("DVC01", "DVC07")
#: From so many points on a difference is to be looked into; the word is "cần xác minh", never a verdict.
POINTS_TO_VERIFY = Decimal(1)
_HIGHEST = 4


@dataclass(frozen=True)
class Check:
    """One share as reported and as computed from services and dossiers; the difference in points, reported less
    computed, both as printed. `to_verify` from one point on, either way."""

    indicator: Indicator
    agency: Agency
    reported: Figure
    computed: Rate
    difference: Figure
    to_verify: bool
    simulated: bool


def checks(
    known: Known, here: Sequence[Used], offered: Iterable[Offered], of: tuple[Period, date]
) -> tuple[Check, ...]:
    """Every share that was reported for the month and can be computed, the greatest differences first.

    Level 4 is computed from the catalogue on the last day of the month, which is what is reported for a month's end.
    """
    period, _ = of
    counted: dict[str, dict[str, tuple[int, int]]] = {LEVEL_4: {}, ONLINE: {}}
    services: dict[str, list[Offered]] = {}
    for each in offered:
        services.setdefault(each.agency, []).append(each)
    for code, rows in services.items():
        highest = sum(each.services for each in rows if each.level == _HIGHEST)
        counted[LEVEL_4][code] = highest, sum(each.services for each in rows)
    for code in {each.of for each in here}:
        dossiers = added(each.dossiers for each in here if each.of == code)
        if dossiers is not None:
            counted[ONLINE][code] = dossiers.received_online, dossiers.received
    found = []
    for code in CHECKED:
        indicator = known.register.indicators.get(code)
        if indicator is None or code not in known.measured:
            continue
        for agency, reading in known.readings(code, period.text).items():
            whom = known.register.agency(agency, period.end)
            if whom is not None and agency != COUNTRY and agency in counted[code]:
                check = _check(indicator, whom, reading, counted[code][agency], period)
                found += [check] if check else []
    return tuple(sorted(found, key=lambda each: -abs(each.difference.quantity.number)))


def _check(
    indicator: Indicator, agency: Agency, reading: Reading, counted: tuple[int, int], period: Period
) -> Check | None:
    mark = f"{indicator.code}/{agency.code}/{period.text}"
    computed = rate(f"computed/{mark}", *counted)
    if computed.share is None:
        return None
    difference = reading.printed - computed.share.quantity.number
    return Check(
        indicator,
        agency,
        figure_of(reading),
        computed,
        derived(f"difference/{mark}", difference, POINTS, signed=True),
        to_verify=abs(difference) >= POINTS_TO_VERIFY,
        simulated=reading.observation.status == "simulated",
    )
