"""The way from the nation to one procedure: at each step its parts, which add up to what they are parts of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.facts import Agency
from data.periods import Period
from data.usage.days import day_of
from data.usage_facts import Delivered, Dossiers, Procedure, Service, Used
from metrics.boards.known import Known
from metrics.boards.usage_place import ServiceGroup, UsagePlace, groups_of
from metrics.boards.usage_read import by_group, by_procedure, catalogue, month_number, services_at
from metrics.boards.usage_tally import Rate, Tally, tally
from metrics.figure import Figure, derived
from metrics.usage import NOTHING, sums_of

#: What one step leads to.
Thing = Agency | ServiceGroup | Procedure


@dataclass(frozen=True)
class UsagePart:
    """One part of a step: an agency, a group of services or a procedure, and what was received of it. `path` is its
    place as addresses have it; `here` where the reader chose it. None of its figures is there where its agency did
    not deliver; what is offered and had no dossier has zeros."""

    thing: Thing
    path: tuple[str, ...]
    received: Figure | None
    online: Rate | None
    here: bool


@dataclass(frozen=True)
class UsageStep:
    """The parts of one place, most dossiers first; `received` is their sum, None where its agency did not deliver."""

    parts: tuple[UsagePart, ...]
    count: Figure
    received: Figure | None

    @property
    def chosen(self) -> UsagePart | None:
        """The part that the reader chose."""
        return next((each for each in self.parts if each.here), None)


@dataclass(frozen=True)
class UsageProcedure:
    """One procedure of one agency in the month: None in `tally` where the agency did not deliver; at which level it
    was offered on the last day and since when, None where it was not."""

    procedure: Procedure
    tally: Tally | None
    level: int | None
    since: date | None


@dataclass(frozen=True)
class UsagePath:
    """The steps that were taken and the one that can be: agencies, groups, procedures; at its end the procedure."""

    steps: tuple[UsageStep, ...]
    procedure: UsageProcedure | None


def usage_path(
    known: Known,
    place: UsagePlace,
    agencies: tuple[Sequence[Agency], Sequence[Used], Mapping[str, Delivered]],
    of: tuple[Period, date],
) -> UsagePath:
    """The steps to a place. `agencies` are those of the first step, what they sum to in the month, and their
    deliveries; `of` the month and the last day of it that is looked at."""
    period, day = of
    owing, used, delivered = agencies
    owing = [each for each in owing if known.scope.covers(each.code)]
    level, agency, group = place.level, place.agency, place.group
    first = [(each, UsagePlace(each, level=level), each.code, each.code in delivered) for each in owing]
    # What one agency adds up to is not told under the name of the nation.
    whole = known.scope.agencies is None
    above = UsagePlace(kind=place.kind, level=level) if whole else UsagePlace(agency, level=level)
    steps = [_step("agencies", above, first, used, (place, period))]
    if agency is None:
        return UsagePath(tuple(steps), None)
    there, month = agency.code in delivered, [month_number(period)]
    services = [each for each in services_at(known, agency.code, day) if level in (None, each.level)]
    groups, procedures = groups_of(known), catalogue(known)
    sums = _at_level(by_group(known, agency.code, month), level)
    names = dict.fromkeys([*(procedures[each.procedure].group for each in services), *(each.of for each in sums)])
    parts = [(groups[name], UsagePlace(agency, groups[name], level=level), name, there) for name in names]
    steps.append(_step("groups", UsagePlace(agency, level=level), parts, sums, (place, period)))
    if group is None:
        return UsagePath(tuple(steps), None)
    every = _at_level(by_procedure(known, agency.code, month), level)
    inside = [each for each in every if procedures[each.of].group == group.name]
    codes = dict.fromkeys([*(each.procedure for each in services), *(each.of for each in inside)])
    found = [procedures[code] for code in codes if procedures[code].group == group.name]
    below = [(each, UsagePlace(agency, group, each, level=level), each.code, there) for each in found]
    steps.append(_step("procedures", UsagePlace(agency, group, level=level), below, inside, (place, period)))
    if place.procedure is None:
        return UsagePath(tuple(steps), None)
    return UsagePath(tuple(steps), _procedure(place, services, inside, period, there=there))


def _step(
    name: str,
    whole: UsagePlace,
    parts: Sequence[tuple[Thing, UsagePlace, str, bool]],
    used: Sequence[Used],
    of: tuple[UsagePlace, Period],
) -> UsageStep:
    """The parts of a place. Each has the name by which sums know it, and whether its agency delivered."""
    place, period = of
    sums = sums_of(used)
    found = [
        _part(thing, below, sums.get(key, NOTHING) if there else None, (place, period))
        for thing, below, key, there in parts
    ]
    told = [each.received.quantity.number for each in found if each.received is not None]
    mark = whole.mark(period)
    return UsageStep(
        tuple(sorted(found, key=_received, reverse=True)),
        derived(f"{name}/{mark}", len(found)),
        derived(f"received/{mark}", sum(told, Decimal(0))) if told else None,
    )


def _received(part: UsagePart) -> Decimal:
    """Who did not deliver stands after those who have none."""
    return Decimal(-1) if part.received is None else part.received.quantity.number


def _part(thing: Thing, below: UsagePlace, dossiers: Dossiers | None, of: tuple[UsagePlace, Period]) -> UsagePart:
    place, period = of
    here = below.path == place.path[: len(below.path)]
    if dossiers is None:
        return UsagePart(thing, below.path, None, None, here)
    summed = tally(below.mark(period), dossiers)
    return UsagePart(thing, below.path, summed.received, summed.online, here)


def _at_level(used: Iterable[Used], level: int | None) -> list[Used]:
    return [each for each in used if level in (None, each.level)]


def _procedure(
    place: UsagePlace, services: Sequence[Service], used: Sequence[Used], period: Period, *, there: bool
) -> UsageProcedure:
    assert place.procedure is not None  # the caller is at the end
    code = place.procedure.code
    dossiers = sums_of(used).get(code, NOTHING)
    offered = next((each for each in services if each.procedure == code), None)
    return UsageProcedure(
        procedure=place.procedure,
        tally=tally(place.mark(period), dossiers) if there else None,
        level=offered.level if offered else None,
        since=day_of(offered.first_day) if offered else None,
    )


__all__ = ["UsagePart", "UsagePath", "UsageProcedure", "UsageStep", "usage_path"]
