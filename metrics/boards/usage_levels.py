"""Usage by level of service: how many services are offered, how many had any dossier, and what was received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.periods import Period
from metrics.asked import SERVICE_LEVELS
from metrics.boards.known import Known
from metrics.boards.usage_place import UsagePlace, members, used_at
from metrics.boards.usage_read import by_procedure, catalogue, month_number, offered_on, services_at, used_in
from metrics.boards.usage_tally import Rate, Tally, rate, tally
from metrics.figure import Figure, derived
from metrics.usage import added

#: At this level somebody can pay online and has the answer sent.
HIGHEST = 4


@dataclass(frozen=True)
class UsageLevel:
    """Services of one level: how many are offered on the last day of the month, of how many of them any dossier was
    received in it, and what was received. `tally` is None where none was."""

    level: int
    offered: Figure
    used: Rate
    tally: Tally | None


def usage_levels(known: Known, place: UsagePlace, period: Period, day: date) -> tuple[UsageLevel, ...]:
    """Each level at which anything is offered or was received; empty for one procedure, which has one level."""
    if place.procedure is not None:
        return ()
    every = UsagePlace(place.agency, place.group, kind=place.kind)
    received = used_at(known, every, [period])
    offered, used = _counted(known, every, period, day)
    found = []
    for level in map(int, SERVICE_LEVELS):
        dossiers = added(each.dossiers for each in received if each.level == level)
        if not offered.get(level) and dossiers is None:
            continue
        mark = UsagePlace(place.agency, place.group, kind=place.kind, level=level).mark(period)
        number = offered.get(level, 0)
        found.append(
            UsageLevel(
                level,
                derived(f"offered/{mark}", number),
                rate(f"with-dossiers/{mark}", used.get(level, 0), number),
                tally(mark, dossiers) if dossiers else None,
            )
        )
    return tuple(found)


def _counted(
    known: Known, place: UsagePlace, period: Period, day: date
) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Services offered and those with dossiers, by level."""
    offered: dict[int, int] = {}
    used: dict[int, int] = {}
    if place.agency is not None and place.group is not None:
        groups = catalogue(known)
        for service in services_at(known, place.agency.code, day):
            if groups[service.procedure].group == place.group.name:
                offered[service.level] = offered.get(service.level, 0) + 1
        for sums in by_procedure(known, place.agency.code, [month_number(period)]):
            if groups[sums.of].group == place.group.name and sums.dossiers.received:
                used[sums.level] = used.get(sums.level, 0) + 1
        return offered, used
    codes = members(known, place, period.end)
    only = place.agency.code if place.agency else None
    for counts, rows in ((offered, offered_on(known, day)), (used, used_in(known, period, only))):
        for each in rows:
            if each.agency in codes:
                counts[each.level] = counts.get(each.level, 0) + each.services
    return offered, used
