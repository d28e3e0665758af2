"""The usage of services: what was received and resolved in a month, by whom, at which level, and what nobody used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from data import usage_queries
from data.facts import OWING_KINDS, Agency
from data.peers import CENSUS, peers
from data.periods import Period, parse_period
from data.scope import Scope
from data.store import Store
from data.usage.days import day_of, month_of, number_of
from data.usage_facts import Delivered, Offered, Procedure, Unused, Used
from metrics.asked import Asked
from metrics.boards.known import Known, knowing
from metrics.boards.national import COUNTRY
from metrics.boards.usage_checks import Check, checks
from metrics.boards.usage_tally import Rate, Tally, rate, tally
from metrics.figure import Figure, derived
from metrics.usage import added, per_thousand

#: The levels of services by NĐ 43/2011/NĐ-CP that dossiers are told of.
LEVELS = (1, 2, 3, 4)
_HIGHEST = 4
_MONTHS = 12
_OWING = OWING_KINDS["ministry"] | OWING_KINDS["province"]


@dataclass(frozen=True)
class UsageMonth:
    """One month of the nation. `agencies` counts those that delivered any day of it, of `owing`; `whole` is False
    where the month was not over by the day of the board."""

    period: Period
    tally: Tally
    agencies: Figure
    owing: Figure
    whole: bool
    simulated: bool


@dataclass(frozen=True)
class UsageLevel:
    """Services of one level: how many are offered, and what was received of them. None where no dossier was told."""

    level: int
    offered: Figure
    tally: Tally | None


@dataclass(frozen=True)
class UsageRow:
    """One agency in the month. `rank` and `per_thousand` (dossiers received online to a thousand inhabitants) are
    None for ministries, which have none. `last_day` is the last that it delivered, of `days`."""

    agency: Agency
    tally: Tally
    per_thousand: Figure | None
    rank: Figure | None
    days: Figure
    last_day: date
    simulated: bool


@dataclass(frozen=True)
class UnusedService:
    """A procedure that agencies offered at level 4 all month without a dossier; `places` counts them."""

    procedure: Procedure
    places: Figure
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class UsageBoard:
    """The board of usage. Usage is shown as last delivered, whatever the day of the board; months that had not begun
    by then, and one that facts of later days belong to, are left out. `period` is None without any month.

    `rows` are those who delivered, provinces by dossiers online to a thousand inhabitants, then ministries by the
    share online; `absent` are those who did not, who have neither rank nor zero. `levels` are the services offered on
    the last day of the month. `unused_count` counts services (a procedure at an agency), of those at level 4.
    """

    at: date
    period: Period | None
    periods: tuple[Period, ...]
    nation: Tally | None
    months: tuple[UsageMonth, ...]
    levels: tuple[UsageLevel, ...]
    rows: tuple[UsageRow, ...]
    absent: tuple[Agency, ...]
    reported: Figure
    owing: Figure
    unused: tuple[UnusedService, ...]
    unused_count: Rate | None
    checks: tuple[Check, ...]
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def usage(store: Store, scope: Scope, asked: Asked) -> UsageBoard:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        periods = _periods(known)
        chosen = next((each for each in periods if each.text == asked.period), None)
        unknown = (("period", asked.period),) if asked.period and chosen is None else ()
        period = chosen or next((each for each in periods if each.end <= asked.at), periods[0] if periods else None)
        return known.once(("usage", period, unknown), partial(_made, known, period, periods, unknown))


def _periods(known: Known) -> tuple[Period, ...]:
    """The months that can be shown, the latest first."""
    months = known.ask("usage-months", lambda snapshot, scope, _: usage_queries.delivered_months(snapshot, scope))
    last: dict[int, int] = {}
    for each in _delivered(known, months):
        last[each.month] = max(last.get(each.month, 0), each.last_day)
    found = []
    for month in months:
        period = parse_period(f"{month // 100}-{month % 100:02}")
        assert period is not None  # months are those of days that were read
        if period.end <= known.at or (period.start <= known.at and last[month] <= number_of(known.at)):
            found.append(period)
    return tuple(reversed(found))


def _delivered(known: Known, months: Sequence[int]) -> list[Delivered]:
    ask = usage_queries.deliveries_of_usage
    return known.ask(("usage-delivered", tuple(months)), lambda snapshot, scope, _: ask(snapshot, scope, months))


def _made(
    known: Known, period: Period | None, periods: tuple[Period, ...], unknown: tuple[tuple[str, str], ...]
) -> UsageBoard:
    if period is None:
        nothing = derived("usage/reported", 0)
        return UsageBoard(known.at, None, (), None, (), (), (), (), nothing, derived("usage/owing", 0), (), None, (),
                          unknown, known.updated, simulated=False, empty=True)  # fmt: skip
    shown = [each for each in reversed(periods) if each.end <= period.end][-_MONTHS:]
    months = [_month(each) for each in shown]
    used = known.ask(
        ("usage-agencies", tuple(months)),
        lambda snapshot, scope, _: usage_queries.usage_by_agency(snapshot, scope, months),
    )
    delivered = _delivered(known, months)
    owing = [each for each in known.register.agencies if each.kind in _OWING and each.valid_on(period.end)]
    here = [each for each in used if each.month == _month(period)]
    of_month = {each.agency: each for each in delivered if each.month == _month(period)}
    day = min(period.end, known.at)
    offered = known.ask(
        ("services-offered", day),
        lambda snapshot, scope, _: usage_queries.services_offered(snapshot, scope, number_of(day)),
    )
    span = number_of(period.start), number_of(day)
    unused = known.ask(
        ("services-unused", span),
        lambda snapshot, scope, _: usage_queries.services_unused(snapshot, scope, [_month(period)], span),
    )
    rows = _rows(known, owing, here, of_month, period)
    whole = added(each.dossiers for each in here)
    return UsageBoard(
        at=known.at,
        period=period,
        periods=periods,
        nation=tally(f"{COUNTRY}/{period.text}", whole) if whole else None,
        months=tuple(_month_of(known, each, used, delivered) for each in shown),
        levels=tuple(_level(each, offered, here, period) for each in LEVELS if _told(each, offered, here)),
        rows=rows,
        absent=tuple(each for each in owing if each.code not in of_month),
        reported=derived(f"usage/reported/{period.text}", len(rows)),
        owing=derived(f"usage/owing/{period.text}", len(owing)),
        unused=tuple(_unused(known, each, period) for each in unused),
        unused_count=_unused_count(unused, offered, period),
        checks=checks(known, here, offered, (period, day)),
        unknown=unknown,
        updated=known.updated,
        simulated=any(each.simulated for each in of_month.values()) or any(each.simulated for each in offered),
        empty=False,
    )


def _rows(
    known: Known, owing: Sequence[Agency], here: Sequence[Used], of_month: Mapping[str, Delivered], period: Period
) -> tuple[UsageRow, ...]:
    census = peers(CENSUS, period.end, known.at)
    found: list[tuple[Decimal, UsageRow]] = []
    for agency in owing:
        dossiers = added(each.dossiers for each in here if each.of == agency.code)
        if dossiers is None or agency.code not in of_month:
            continue
        told, of = of_month[agency.code], f"{agency.code}/{period.text}"
        people = census[agency.code].people if agency.code in census else None
        each_thousand = None if people is None else per_thousand(dossiers.received_online, people)
        summed = tally(of, dossiers)
        row = UsageRow(
            agency,
            summed,
            None if each_thousand is None else derived(f"per-thousand/{of}", each_thousand),
            None,
            derived(f"days/{of}", told.days),
            day_of(told.last_day),
            told.simulated,
        )
        share = summed.online.share.quantity.number if summed.online.share else Decimal(0)
        found.append((share if each_thousand is None else each_thousand, row))
    provinces = sorted((each for each in found if each[1].per_thousand), key=_value, reverse=True)
    others = sorted((each for each in found if not each[1].per_thousand), key=_value, reverse=True)
    values = [value for value, _ in provinces]
    ranked = tuple(_with_rank(row, values.index(value) + 1, period) for value, row in provinces)
    return (*ranked, *(row for _, row in others))


def _value(entry: tuple[Decimal, UsageRow]) -> Decimal:
    return entry[0]


def _with_rank(row: UsageRow, place: int, period: Period) -> UsageRow:
    return replace(row, rank=derived(f"usage-rank/{row.agency.code}/{period.text}", place))


def _month_of(known: Known, period: Period, used: Iterable[Used], delivered: Iterable[Delivered]) -> UsageMonth:
    dossiers = added(each.dossiers for each in used if each.month == _month(period))
    assert dossiers is not None  # only months of which something was delivered are shown
    told = [each for each in delivered if each.month == _month(period)]
    owing = sum(each.kind in _OWING and each.valid_on(period.end) for each in known.register.agencies)
    return UsageMonth(
        period,
        tally(f"{COUNTRY}/{period.text}", dossiers),
        derived(f"usage/reported/{period.text}", len(told)),
        derived(f"usage/owing/{period.text}", owing),
        whole=period.end <= known.at,
        simulated=any(each.simulated for each in told),
    )


def _told(level: int, offered: Iterable[Offered], here: Iterable[Used]) -> bool:
    return any(each.level == level for each in offered) or any(each.level == level for each in here)


def _level(level: int, offered: Iterable[Offered], here: Iterable[Used], period: Period) -> UsageLevel:
    dossiers = added(each.dossiers for each in here if each.level == level)
    of = f"level-{level}/{period.text}"
    services = sum(each.services for each in offered if each.level == level)
    return UsageLevel(level, derived(f"offered/{of}", services), tally(of, dossiers) if dossiers else None)


def _unused(known: Known, unused: Unused, period: Period) -> UnusedService:
    every = known.ask("procedures", lambda snapshot, scope, _: usage_queries.procedures(snapshot, scope))
    mark = f"unused/{unused.procedure}/{period.text}"
    return UnusedService(every[unused.procedure], derived(mark, len(unused.agencies)), unused.agencies)


def _unused_count(unused: Iterable[Unused], offered: Iterable[Offered], period: Period) -> Rate | None:
    services = sum(each.services for each in offered if each.level == _HIGHEST)
    silent = sum(len(each.agencies) for each in unused)
    return rate(f"unused/{period.text}", silent, services) if services else None


def _month(period: Period) -> int:
    return month_of(number_of(period.start))
