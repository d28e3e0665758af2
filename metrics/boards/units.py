"""The districts and departments of one province: where each stands in one indicator, and whether they add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency, Indicator
from data.periods import Period
from metrics.boards.known import Known
from metrics.figure import Figure, derived, figure_of, mark_of, term
from metrics.values import Reading

#: The kinds of units, in the order they are shown.
KINDS = ("department", "district")
#: So many of the latest periods make a course.
_COURSE = 12


@dataclass(frozen=True)
class Unit:
    """One district or department. Without a report all but the agency is None or empty. `rest` is what the numerator
    lacks to the denominator; `series` are its last values, oldest first, None where it did not report."""

    agency: Agency
    value: Figure | None
    terms: tuple[Figure, ...]
    rest: Figure | None
    number: Decimal | None
    series: tuple[Decimal | None, ...]
    simulated: bool


@dataclass(frozen=True)
class UnitGroup:
    """The units of one kind, the highest value first, then those that did not report. `reaching` counts those at the
    target of the province or above; None without one."""

    kind: str
    units: tuple[Unit, ...]
    reported: Figure
    owing: Figure
    reaching: Figure | None


@dataclass(frozen=True)
class Units:
    """The units of a province in `indicator` at `period`.

    `own` is the province's own figure, None where it did not report; `added` are the sums of numerators and of
    denominators of the units that reported, `lacking` what of the province's terms no unit has told, None where
    either is not known. `target` is the province's, None without one. `heaviest` are those with most left to do.
    """

    agency: Agency
    indicator: Indicator
    period: Period
    groups: tuple[UnitGroup, ...]
    heaviest: tuple[Unit, ...]
    own: Figure | None
    target: Figure | None
    added: tuple[Figure, Figure] | None
    lacking: tuple[Figure, Figure] | None
    reported: Figure
    owing: Figure
    simulated: bool


def units_of(known: Known, agency: Agency, indicator: Indicator, period: Period | None) -> Units | None:
    """The units of a province in the indicator where they have figures of it, else in the first one they have; at the
    period shown where they reported for it, else at their latest. None where no unit ever reported anything."""
    members = [
        each
        for each in known.register.agencies
        if each.parent == agency.code and each.kind in KINDS and each.valid_on(known.at)
    ]
    if not members or not agency.valid_on(known.at):
        return None
    chosen = _chosen(known, members, indicator, period)
    return None if chosen is None else _units(known, agency, members, chosen)


def _chosen(
    known: Known, members: Sequence[Agency], indicator: Indicator, period: Period | None
) -> tuple[Indicator, Period] | None:
    codes = {each.code for each in members}
    wanted = (indicator.code, *(code for code in known.register.indicators if code != indicator.code))
    for code in wanted:
        if code not in known.measured:
            continue
        periods = known.periods(code)
        for each in sorted(periods, key=lambda one: (one != period, -one.end.toordinal())):
            if codes & known.readings(code, each.text).keys():
                return known.register.indicators[code], each
    return None


def _units(known: Known, agency: Agency, members: Sequence[Agency], chosen: tuple[Indicator, Period]) -> Units:
    indicator, period = chosen
    readings = known.readings(indicator.code, period.text)
    target = known.judging(indicator.code, agency.code, period)
    every = [_unit(known, each, readings.get(each.code), chosen) for each in members]
    groups = tuple(_group(kind, every, chosen, target.value if target else None) for kind in KINDS)
    told = [unit for unit in every if unit.value is not None]
    own = readings.get(agency.code)
    mark = f"units/{indicator.code}/{agency.code}/{period.text}"
    added = _added(mark, told)
    return Units(
        agency=agency,
        indicator=indicator,
        period=period,
        groups=tuple(group for group in groups if group.units),
        heaviest=tuple(sorted((u for u in told if u.rest), key=lambda u: -u.rest.quantity.number if u.rest else 0)),
        own=figure_of(own) if own else None,
        target=None
        if target is None
        else derived(f"target/{indicator.code}/{target.agency}/{target.source}", target.value, indicator.unit),
        added=added,
        lacking=_lacking(mark, own, added),
        reported=derived(f"reported-{mark}", len(told)),
        owing=derived(f"owing-{mark}", len(every)),
        simulated=any(unit.simulated for unit in every),
    )


def _unit(known: Known, agency: Agency, reading: Reading | None, chosen: tuple[Indicator, Period]) -> Unit:
    if reading is None:
        return Unit(agency, None, (), None, None, _series(known, agency, chosen), simulated=False)
    seen, mark = reading.observation, mark_of(reading)
    terms: tuple[Figure, ...] = ()
    rest = None
    if seen.numerator and seen.denominator:
        terms = (term(f"numerator/{mark}", seen.numerator), term(f"denominator/{mark}", seen.denominator))
        rest = derived(f"rest/{mark}", seen.denominator.number - seen.numerator.number)
    return Unit(
        agency=agency,
        value=figure_of(reading),
        terms=terms,
        rest=rest,
        number=reading.printed,
        series=_series(known, agency, chosen),
        simulated=seen.status == "simulated",
    )


def _series(known: Known, agency: Agency, chosen: tuple[Indicator, Period]) -> tuple[Decimal | None, ...]:
    indicator, period = chosen
    periods = sorted(each for each in known.periods(indicator.code) if each <= period)[-_COURSE:]
    found = (known.readings(indicator.code, each.text).get(agency.code) for each in periods)
    return tuple(reading.printed if reading else None for reading in found)


def _group(kind: str, every: Iterable[Unit], chosen: tuple[Indicator, Period], target: Decimal | None) -> UnitGroup:
    indicator, period = chosen
    units = [unit for unit in every if unit.agency.kind == kind]
    told = sorted((unit for unit in units if unit.number is not None), key=lambda unit: -(unit.number or 0))
    mark = f"{kind}/{indicator.code}/{period.text}"
    reaching = None
    if target is not None and indicator.direction == "higher":
        reaching = derived(
            f"reaching/{mark}", sum(unit.number is not None and unit.number >= target for unit in told)
        )
    return UnitGroup(
        kind=kind,
        units=(*told, *(unit for unit in units if unit.number is None)),
        reported=derived(f"reported/{mark}", len(told)),
        owing=derived(f"owing/{mark}", len(units)),
        reaching=reaching,
    )


def _added(mark: str, told: Sequence[Unit]) -> tuple[Figure, Figure] | None:
    """Both terms added over the units; None where one of them told no terms."""
    if not told or not all(unit.terms for unit in told):
        return None
    over, under = (sum((unit.terms[at].quantity.number for unit in told), Decimal(0)) for at in (0, 1))
    return derived(f"added-numerator/{mark}", over), derived(f"added-denominator/{mark}", under)


def _lacking(mark: str, own: Reading | None, added: tuple[Figure, Figure] | None) -> tuple[Figure, Figure] | None:
    if own is None or added is None or own.observation.numerator is None or own.observation.denominator is None:
        return None
    over = own.observation.numerator.number - added[0].quantity.number
    under = own.observation.denominator.number - added[1].quantity.number
    return derived(f"lacking-numerator/{mark}", over), derived(f"lacking-denominator/{mark}", under)
