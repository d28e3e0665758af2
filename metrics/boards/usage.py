"""The usage of services, from the nation down to one procedure: what was received and resolved in a month, by whom,
at which level, what nobody used, and what others reported of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from data.facts import Agency
from data.periods import Period
from data.scope import Scope
from data.store import Store
from data.usage_facts import Procedure, Unused
from metrics.asked import ONLINE, PEOPLE, Asked
from metrics.boards.agencies import GROUPS
from metrics.boards.known import Known, knowing
from metrics.boards.usage_checks import Check, checks
from metrics.boards.usage_levels import HIGHEST, UsageLevel, usage_levels
from metrics.boards.usage_months import MONTHS, UsageMonth, change, usage_months
from metrics.boards.usage_path import UsagePath, usage_path
from metrics.boards.usage_place import UsagePlace, members, own_place, place_of, used_at
from metrics.boards.usage_read import (
    by_agency,
    catalogue,
    delivered_in,
    last_whole,
    month_number,
    offered_on,
    owing_agencies,
    periods_of,
    services_at,
    unused_in,
)
from metrics.boards.usage_rows import UsageRow, usage_rows
from metrics.boards.usage_tally import Rate, Tally, rate
from metrics.figure import Figure, derived


@dataclass(frozen=True)
class UnusedService:
    """A procedure that agencies offered at level 4 all month without a dossier; `places` counts them."""

    procedure: Procedure
    places: Figure
    agencies: tuple[Agency, ...]


@dataclass(frozen=True)
class UsageBoard:
    """The board of usage at one place of the way from the nation to one procedure.

    Usage is shown as last delivered, whatever the day of the board; months that had not begun by then, and one that
    facts of later days belong to, are left out. `period` is None without any month.

    `whole` is None where no agency of the place delivered the month. `change` is what the share online moved by from
    the month before. `rows` are the agencies that delivered, ordered by `measure`, and `absent` those that did not,
    who have neither rank nor zero; both are empty once an agency is chosen. `rows_owing` counts both: to a thousand
    inhabitants only provinces are told of. `reported` and `owing` are of the whole place. `levels` are the services
    offered on the last day of the month. `outside` where the scope does not see the agencies of the nation: the place
    is then one that it sees. `unused_count` counts services (a procedure at an agency), of those at level
    4; None where none is.
    """

    at: date
    place: UsagePlace
    period: Period | None
    periods: tuple[Period, ...]
    measure: str
    whole: Tally | None
    change: Figure | None
    months: tuple[UsageMonth, ...]
    levels: tuple[UsageLevel, ...]
    rows: tuple[UsageRow, ...]
    absent: tuple[Agency, ...]
    rows_owing: Figure
    reported: Figure
    owing: Figure
    unused: tuple[UnusedService, ...]
    unused_count: Rate | None
    checks: tuple[Check, ...]
    path: UsagePath
    pinned: tuple[str, ...]
    outside: bool
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def usage_exists(store: Store, scope: Scope, asked: Asked) -> bool:
    """Whether the path means a place of usage on the day of `asked.at`."""
    with knowing(store, scope, asked.at) as known:
        return place_of(known, asked.place, asked.at) is not None


def usage(store: Store, scope: Scope, asked: Asked) -> UsageBoard | None:
    """The board of one moment of the store, computed once and rendered many ways; None where the path of
    `asked.place` means nothing."""
    with knowing(store, scope, asked.at) as known:
        return usage_asked(known, asked)


def usage_asked(known: Known, asked: Asked) -> UsageBoard | None:
    """The same of what is known already."""
    periods = periods_of(known)
    chosen = next((each for each in periods if each.text == asked.period), None)
    period = chosen or last_whole(known)
    kind = asked.group if asked.group in GROUPS else None
    unknown = (("period", asked.period),) if asked.period and chosen is None else ()
    if asked.group and kind is None:
        unknown = (*unknown, ("group", asked.group))
    level = int(asked.level) if asked.level else None
    place = place_of(known, asked.place or own_place(known), period.end if period else asked.at, kind, level)
    if place is None:
        return None
    measure = asked.measure or (ONLINE if kind == "ministries" else PEOPLE)
    key = ("usage", place, period, measure, asked.pins, unknown)
    return known.once(key, partial(_made, known, place, period, (measure, asked.pins, unknown)))


def _made(
    known: Known,
    place: UsagePlace,
    period: Period | None,
    asked: tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]],
) -> UsageBoard:
    measure, pinned, unknown = asked
    if period is None:
        return _empty(known, place, asked)
    day = min(period.end, known.at)
    periods = periods_of(known)
    shown = [each for each in reversed(periods) if each.end <= period.end][-MONTHS:]
    months = usage_months(known, place, shown)
    here = months[-1]
    owing = owing_agencies(known, period.end)
    among = [each for each in owing if each.code in members(known, UsagePlace(kind=place.kind), period.end)]
    ranked = [each for each in among if measure != PEOPLE or each.kind in GROUPS["provinces"]] if place.whole else []
    delivered = {each.agency: each for each in delivered_in(known, [month_number(period)])}
    used = used_at(known, UsagePlace(kind=place.kind, level=place.level), [period])
    silent = _unused(known, place, period, day)
    return UsageBoard(
        at=known.at,
        place=place,
        period=period,
        periods=periods,
        measure=measure,
        whole=here.tally,
        change=change(months, place),
        months=months,
        levels=usage_levels(known, place, period, day),
        rows=usage_rows(known, ranked, (used, tuple(delivered.values())), place, (period, measure)),
        absent=tuple(each for each in ranked if each.code not in delivered),
        rows_owing=derived(f"usage-ranked/{measure}/{place.mark(period)}", len(ranked)),
        reported=here.reported,
        owing=here.owing,
        unused=silent,
        unused_count=_unused_count(known, place, silent, (period, day)),
        checks=_checks(known, place, (period, day)),
        path=usage_path(known, place, (among, used, delivered), (period, day)),
        pinned=pinned,
        outside=known.scope.agencies is not None,
        unknown=unknown,
        updated=known.updated,
        simulated=here.simulated or any(each.simulated for each in offered_on(known, day)),
        empty=False,
    )


def _empty(
    known: Known, place: UsagePlace, asked: tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
) -> UsageBoard:
    """The board of a store without usage."""
    measure, pinned, unknown = asked
    nothing = derived("usage-reported", 0)
    return UsageBoard(
        at=known.at,
        place=place,
        period=None,
        periods=(),
        measure=measure,
        whole=None,
        change=None,
        months=(),
        levels=(),
        rows=(),
        absent=(),
        rows_owing=nothing,
        reported=nothing,
        owing=nothing,
        unused=(),
        unused_count=None,
        checks=(),
        path=UsagePath((), None),
        pinned=pinned,
        outside=known.scope.agencies is not None,
        unknown=unknown,
        updated=known.updated,
        simulated=False,
        empty=True,
    )


def _checks(known: Known, place: UsagePlace, of: tuple[Period, date]) -> tuple[Check, ...]:
    """Checks are of agencies as a whole; a narrower place has none."""
    if place.group is not None or place.level is not None:
        return ()
    period, day = of
    found = checks(known, by_agency(known, [month_number(period)]), offered_on(known, day), of)
    codes = members(known, place, period.end)
    with_nation = place.whole and place.kind is None
    return tuple(each for each in found if each.agency.code in codes or (with_nation and each.national))


def _unused(known: Known, place: UsagePlace, period: Period, day: date) -> tuple[UnusedService, ...]:
    """The procedures of a place that had no dossier at level 4, most places first; none of one procedure."""
    if place.procedure is not None:
        return ()
    codes = members(known, place, period.end)
    found = []
    for each in unused_in(known, period, day, place.agency.code if place.agency else None):
        where = [code for code in each.agencies if code in codes]
        if where and (place.group is None or each.group == place.group.name):
            found.append(_silent(known, each, where, (place, period)))
    return tuple(sorted(found, key=lambda each: -each.places.quantity.number))


def _silent(known: Known, unused: Unused, where: Sequence[str], of: tuple[UsagePlace, Period]) -> UnusedService:
    place, period = of
    mark = f"unused/{place.mark(period, unused.procedure)}"
    agencies = (known.register.agency(code, period.end) for code in where)
    return UnusedService(
        catalogue(known)[unused.procedure],
        derived(mark, len(where)),
        tuple(each for each in agencies if each is not None),
    )


def _unused_count(
    known: Known, place: UsagePlace, silent: Sequence[UnusedService], of: tuple[Period, date]
) -> Rate | None:
    if place.procedure is not None:
        return None
    period, day = of
    if place.agency is not None and place.group is not None:
        groups = catalogue(known)
        offered = sum(
            each.level == HIGHEST and groups[each.procedure].group == place.group.name
            for each in services_at(known, place.agency.code, day)
        )
    else:
        codes = members(known, place, period.end)
        rows = offered_on(known, day)
        offered = sum(each.services for each in rows if each.level == HIGHEST and each.agency in codes)
    count = sum(len(each.agencies) for each in silent)
    return rate(f"unused/{place.mark(period)}", count, offered) if offered else None
