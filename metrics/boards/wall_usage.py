"""Usage of services as the wall tells it: the board of the nation, and beside it the target that each agency owes,
the provinces ranked by the share online, who offers what nobody used, and the portal."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from data.facts import Agency, Indicator, Source
from data.periods import Period
from data.quantity import Quantity
from data.scope import Scope
from data.store import Store
from metrics.asked import ONLINE, Asked
from metrics.boards.agencies import GROUPS
from metrics.boards.fresh import fresh_months, fresh_nation
from metrics.boards.known import Known, knowing
from metrics.boards.national import COUNTRY
from metrics.boards.systems import NationalSystem, known_systems
from metrics.boards.usage import UsageBoard, usage_asked
from metrics.boards.usage_levels import HIGHEST, UsageLevel
from metrics.boards.usage_months import MONTHS, UsageMonth, usage_months
from metrics.boards.usage_place import UsagePlace, used_at
from metrics.boards.usage_read import delivered_in, last_whole, month_number, offered_on, owing_agencies, periods_of
from metrics.boards.usage_rows import UsageRow, usage_rows
from metrics.boards.usage_tally import Rate, Tally, rate
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, fresh_events, limited, newest
from metrics.status import Status
from metrics.usage import per_service

#: The share of dossiers handled online, for which NQ 17/NQ-CP sets each agency a target; the share received online,
#: which agencies' portals tell, has none.
AIMED = "DVC02"
PORTAL = "SYS06"
#: What is counted of the portal: accounts, visits, services.
COUNTED = ("DVC10", "DVC11", "DVC04")
_REACHED = frozenset({Status.MET, Status.EXCEEDED})


@dataclass(frozen=True)
class UsageAim:
    """The target of the share handled online that every agency owes: `reached` of those that `reported` it for the
    month met it. Those two are None where nobody reported it. Of figures that are too old (`stale`) nothing is said.
    """

    indicator: Indicator
    value: Figure
    source: Source
    due: date | None
    reached: Figure | None
    reported: Figure | None
    stale: bool
    simulated: bool

    @property
    def status(self) -> Status:
        """Met where all that reported met it; else nothing can be said before its date, which has no path."""
        if self.reached is None or self.reported is None:
            return Status.NR
        if self.stale:
            return Status.STALE
        return Status.MET if self.reached.quantity.number == self.reported.quantity.number else Status.NA


@dataclass(frozen=True)
class UsagePlaced:
    """A province by its share online; `moved` are the places gained since the month before, None where that cannot be
    told."""

    row: UsageRow
    moved: Figure | None


@dataclass(frozen=True)
class UnusedAt:
    """How many of the level-4 services of one agency had no dossier in the month."""

    agency: Agency
    rate: Rate


@dataclass(frozen=True)
class LevelUsed:
    """A level of services, and how many dossiers were received online to a service of it; None without a service."""

    level: UsageLevel
    per_service: Figure | None


@dataclass(frozen=True)
class Portal:
    """The national portal: what was told of it, and what is counted of it, None where no figure is known."""

    system: NationalSystem
    counted: tuple[tuple[Indicator, Figure | None], ...]


@dataclass(frozen=True)
class UsageFresh:
    """How new usage is: its months with the one that runs, the month of the board, and what is told of the portal;
    None where nothing is known of it."""

    months: Freshness | None
    month: Freshness | None
    portal: Freshness | None


@dataclass(frozen=True)
class WallUsage:
    """The scene's board. `board` is that of the nation, `months` its latest, of which the last need not be over, and
    `before` the month before that of the board.

    `late` is the share resolved after the promised day, of those resolved. `placed` are the provinces that have a
    rank, the greatest share first, `absent` those that did not deliver; `reported` of `owing` did. `owners` offer
    services that nobody used, the most first. Without usage all but `board`, `aim` and `portal` are empty, zero or
    None; `portal` is None where no source names it."""

    board: UsageBoard
    months: tuple[UsageMonth, ...]
    before: Period | None
    aim: UsageAim | None
    late: Rate | None
    levels: tuple[LevelUsed, ...]
    placed: tuple[UsagePlaced, ...]
    absent: tuple[Agency, ...]
    reported: Figure
    owing: Figure
    owners: tuple[UnusedAt, ...]
    portal: Portal | None
    fresh: UsageFresh
    simulated: bool

    @property
    def at(self) -> date:
        """The day as known on."""
        return self.board.at


def wall_usage(store: Store, scope: Scope, asked: Asked) -> WallUsage:
    """The board of one moment of the store, of the latest month that is over."""
    with knowing(store, scope, asked.at) as known:
        board, days = known.once("wall-usage", partial(_made, known)), asked.fresh_days
        fresh = board.fresh
        shown = UsageFresh(limited(fresh.months, days), limited(fresh.month, days), limited(fresh.portal, days))
        return replace(board, fresh=shown)


def _made(known: Known) -> WallUsage:
    board = usage_asked(known, Asked(known.at))
    assert board is not None  # the nation is a place
    period = last_whole(known)
    aim, portal = _aim(known, period), _portal(known)
    fresh_portal = _fresh_portal(known, portal) if portal else None
    if period is None:
        nobody = derived("usage-reported", 0)
        fresh = UsageFresh(None, None, fresh_portal)
        return WallUsage(
            *(board, (), None, aim, None, (), (), (), nobody, nobody, (), portal, fresh),
            simulated=False,
        )
    before = next((each for each in periods_of(known) if each.end < period.end), None)
    shown = list(reversed(periods_of(known)))[-MONTHS:]
    rows = _provinces(known, period)
    delivered = {row.agency.code for row in rows}
    owing = [each for each in owing_agencies(known, period.end) if each.kind in GROUPS["provinces"]]
    months = usage_months(known, UsagePlace(), shown)
    provinces = UsagePlace(kind="provinces")
    return WallUsage(
        board=board,
        months=months,
        before=before,
        aim=aim,
        late=_late(board.whole, period) if board.whole else None,
        levels=tuple(_level(each, period) for each in board.levels),
        placed=tuple(_placed(rows, _provinces(known, before) if before else (), period)),
        absent=tuple(each for each in owing if each.code not in delivered),
        reported=derived(f"usage-reported/{provinces.mark(period)}", len(delivered)),
        owing=derived(f"usage-owing/{provinces.mark(period)}", len(owing)),
        owners=_owners(known, board, (period, min(period.end, known.at))),
        portal=portal,
        fresh=UsageFresh(
            fresh_months(months, known.at),
            fresh_months(months, known.at, period),
            fresh_portal,
        ),
        simulated=board.simulated or any(each.simulated for each in months),
    )


def _aim(known: Known, period: Period | None) -> UsageAim | None:
    """The target in force; None where none was set by then."""
    indicator = known.register.indicators.get(AIMED)
    target = known.judging(AIMED, COUNTRY, period) if indicator is not None else None
    if indicator is None or target is None:
        return None
    tables = [known.table(group, indicator, period) for group in GROUPS] if period else []
    reported = sum(int(table.reported.quantity.number) for table in tables)
    reached = sum(
        int(count.quantity.number) for table in tables for status, count in table.counts if status in _REACHED
    )
    mark = f"{AIMED}/{period.text}" if period else AIMED
    due = target.due
    return UsageAim(
        indicator=indicator,
        value=derived(
            f"target/{AIMED}/{target.agency}/{due.text if due else 'none'}/{target.source}",
            Quantity(target.value, upper=target.upper),
            indicator.unit,
        ),
        source=known.register.sources[target.source],
        due=due.end if due else None,
        reached=derived(f"reached/{mark}", reached) if reported else None,
        reported=derived(f"all-reported/{mark}", reported) if reported else None,
        stale=any(status is Status.STALE for table in tables for status, _ in table.counts),
        simulated=any(table.simulated for table in tables),
    )


def _late(whole: Tally, period: Period) -> Rate:
    resolved = whole.on_time_of_resolved
    late = int(resolved.under.quantity.number - resolved.over.quantity.number)
    made = rate(f"late-of-resolved/{UsagePlace().mark(period)}", late, int(resolved.under.quantity.number))
    return replace(made, under=resolved.under)


def _level(each: UsageLevel, period: Period) -> LevelUsed:
    online = int(each.tally.online.over.quantity.number) if each.tally else 0
    number = per_service(online, int(each.offered.quantity.number))
    mark = f"per-service/{UsagePlace(level=each.level).mark(period)}"
    return LevelUsed(each, None if number is None else derived(mark, number))


def _provinces(known: Known, period: Period) -> tuple[UsageRow, ...]:
    """The provinces that delivered the month, by their share online."""
    place = UsagePlace(kind="provinces")
    owing = [each for each in owing_agencies(known, period.end) if each.kind in GROUPS["provinces"]]
    told = used_at(known, place, [period]), delivered_in(known, [month_number(period)])
    return usage_rows(known, owing, told, place, (period, ONLINE))


def _placed(now: Sequence[UsageRow], before: Sequence[UsageRow], period: Period) -> list[UsagePlaced]:
    """Those that have a rank, with how far each moved; a code that meant another agency then did not move."""
    then = {row.agency: row.rank for row in before}
    found = []
    for row in now:
        if row.rank is None:
            continue
        earlier = then.get(row.agency)
        moved = None if earlier is None else earlier.quantity.number - row.rank.quantity.number
        mark = f"usage-moved/{row.agency.code}/{period.text}"
        found.append(UsagePlaced(row, None if moved is None else derived(mark, moved, signed=True)))
    return found


def _owners(known: Known, board: UsageBoard, of: tuple[Period, date]) -> tuple[UnusedAt, ...]:
    """Who offers services that nobody used, the most first, then in the order of the agencies' table."""
    period, day = of
    offered: Counter[str] = Counter()
    for each in offered_on(known, day):
        if each.level == HIGHEST:
            offered[each.agency] += each.services
    silent = Counter(agency.code for unused in board.unused for agency in unused.agencies)
    owing = sorted(owing_agencies(known, period.end), key=lambda each: -silent[each.code])
    return tuple(
        UnusedAt(each, rate(f"unused/{UsagePlace(each).mark(period)}", silent[each.code], offered[each.code]))
        for each in owing
        if silent[each.code]
    )


def _portal(known: Known) -> Portal | None:
    found = next((each for each in known_systems(known) if each.system.code == PORTAL), None)
    if found is None:
        return None
    indicators = (known.register.indicators[code] for code in COUNTED if code in known.register.indicators)
    return Portal(found, tuple((each, known.national(each.code).value) for each in indicators))


def _fresh_portal(known: Known, portal: Portal) -> Freshness | None:
    told = fresh_events((step.on for step in portal.system.told), known.at)
    return newest(told, *(fresh_nation(known.national(each.code), known.at) for each, _ in portal.counted))
