"""Reported beside computed: shares that agencies report, held against those that their services add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from data.usage_facts import Offered, Used
from metrics.boards.agencies import readings_at
from metrics.boards.known import Known
from metrics.boards.national import COUNTRY, POINTS
from metrics.boards.usage_read import offered_on
from metrics.boards.usage_tally import Rate, rate
from metrics.figure import Figure, derived, figure_of
from metrics.usage import added, sums_of
from metrics.values import Reading

#: The share of services at level 4, and that of dossiers that came online.
LEVEL_4, ONLINE = CHECKED = ("DVC01", "DVC07")
#: From so many points on a difference is to be looked into; the word is "cần xác minh", never a verdict.
POINTS_TO_VERIFY = Decimal(1)
_HIGHEST = 4


@dataclass(frozen=True)
class Check:
    """One share as reported and as computed from services and dossiers; the difference in points, reported less
    computed, both as printed. `to_verify` from one point on, either way, never of a figure that its source gives as a
    bound or roughly. `on` is the day that services were counted on. `simulated` where either side is."""

    indicator: Indicator
    agency: Agency
    reported: Figure
    computed: Rate
    difference: Figure
    on: date
    to_verify: bool
    simulated: bool

    @property
    def national(self) -> bool:
        """Whether it is of all agencies."""
        return self.agency.code == COUNTRY


def checks(
    known: Known, here: Sequence[Used], offered: Iterable[Offered], of: tuple[Period, date]
) -> tuple[Check, ...]:
    """Every share that was reported for the month and can be computed: the nation's first, then the greatest
    differences.

    Level 4 is computed from the catalogue on the last day of the month, which is what is reported for a month's end;
    that of the nation on the day that its latest figure speaks of.
    """
    period, day = of
    counted = {LEVEL_4: _at_level_4(offered), ONLINE: _online(here)}
    simulated = {each.agency for each in offered if each.simulated}
    found = []
    for code in CHECKED:
        indicator = known.register.indicators.get(code)
        if indicator is None or code not in known.measured:
            continue
        seen = known.observations_at(code, period)
        for agency, reading in readings_at(seen, period.text, indicator, known.register).items():
            whom = known.register.agency(agency, period.end)
            if whom is None or agency not in counted[code] or (code == LEVEL_4 and agency == COUNTRY):
                continue
            check = _check(indicator, whom, reading, counted[code][agency], day)
            found += [_doubted(check, simulated)] if check else []
    nation = _nation(known)
    found += [nation] if nation else []
    return tuple(sorted(found, key=lambda each: (not each.national, -abs(each.difference.quantity.number))))


def _at_level_4(offered: Iterable[Offered]) -> dict[str, tuple[int, int]]:
    """Services at level 4, of all, by agency; the nation's are those of all agencies."""
    found: dict[str, tuple[int, int]] = {}
    for each in offered:
        for code in (each.agency, COUNTRY):
            highest, every = found.get(code, (0, 0))
            found[code] = highest + (each.services if each.level == _HIGHEST else 0), every + each.services
    return found


def _online(here: Sequence[Used]) -> dict[str, tuple[int, int]]:
    """Dossiers received online, of all, by agency; the nation's are those of the agencies that delivered."""
    found = {code: (each.received_online, each.received) for code, each in sums_of(here).items()}
    whole = added(each.dossiers for each in here)
    return found if whole is None else {**found, COUNTRY: (whole.received_online, whole.received)}


def _nation(known: Known) -> Check | None:
    """The nation's share at level 4, computed on the day that its latest figure speaks of."""
    indicator = known.register.indicators.get(LEVEL_4)
    if indicator is None:
        return None
    reading = known.national(LEVEL_4).reading
    whom = known.register.agency(COUNTRY, known.at)
    if reading is None or whom is None:
        return None
    day = reading.observation.period.end
    offered = offered_on(known, day)
    counted = _at_level_4(offered).get(COUNTRY)
    check = _check(indicator, whom, reading, counted, day) if counted else None
    return _doubted(check, {COUNTRY} if any(each.simulated for each in offered) else set()) if check else None


def _doubted(check: Check, simulated: set[str]) -> Check:
    return replace(check, simulated=check.simulated or check.agency.code in simulated)


def _check(
    indicator: Indicator, agency: Agency, reading: Reading, counted: tuple[int, int], day: date
) -> Check | None:
    mark = f"{indicator.code}/{agency.code}/{reading.observation.period.text}"
    computed = rate(f"computed/{mark}", *counted)
    if computed.share is None:
        return None
    difference = reading.printed - computed.share.quantity.number
    rough = bool(reading.quantity.qualifier) or reading.quantity.upper is not None
    return Check(
        indicator,
        agency,
        figure_of(reading),
        computed,
        derived(f"difference/{mark}", difference, POINTS, signed=True),
        on=day,
        to_verify=abs(difference) >= POINTS_TO_VERIFY and not rough,
        simulated=reading.observation.status == "simulated",
    )
