"""What the ranking says: who stands where in one indicator at one period, in the nation or in a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.facts import Agency, Indicator
from data.periods import Period
from data.scope import Scope
from data.store import Store
from metrics.asked import IMPROVEMENT, LEVEL, Asked
from metrics.boards.agencies import GROUPS, AgencyTable
from metrics.boards.course import Course, national_course
from metrics.boards.fresh import fresh_table
from metrics.boards.groups import PROVINCES, Group, peer_groups, region_groups, whole_groups
from metrics.boards.improvement import Improvement, improvement
from metrics.boards.known import Known, knowing
from metrics.boards.lines import Line, lines_of
from metrics.boards.national import ON_TRACK, National
from metrics.boards.overview import chosen_of, map_of
from metrics.boards.pins import pinned
from metrics.boards.placed import Map, edition_of, map_shown, placed
from metrics.boards.provinces import ProvinceMap
from metrics.boards.punctuality import Punctual, punctuality
from metrics.boards.regions import within
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, limited
from metrics.status import Status

#: What the rows are judged by: the path where anybody has one, else the target, else nothing.
PATH, TARGET, NOTHING = "path", "target", "nothing"
_BY_PATH = frozenset({Status.GOOD, Status.WATCH, Status.BEHIND})
_BY_TARGET = frozenset({Status.EXCEEDED, Status.MET, Status.UNMET, Status.OVERDUE})


@dataclass(frozen=True)
class RankingBoard:
    """The board of `/ranking`. `table` is what is shown, its ranks those of the nation; `whole` is the national table
    of the `group` it was taken from, the same one where no `part` of it is chosen. Both are None, and `lines` is
    empty, where no agency owes the indicator. `lines` holds one line for each row of `table`, then for each without a
    report.

    `groups` are those that owe it, `regions` and `peers` the parts of the provinces that can be chosen. `sort` is how
    rows are ordered; `improvement` is there where they are ranked by it, else None. `reports` says whose report of
    the period came when; empty where nothing tells. `pins` are those to be compared, in the order of their letters.

    `fresh` is how new the figures of `table` are, None where there is none. `shown` is the edition of the map whose
    provinces stand in the tables. `on_track` counts those on their path or at their target by `judged_by`; None
    where nothing is to be judged by. `map` is None where the group is no province or nothing can be drawn; there the
    nation's `course` stands in its place, else None. `own` is whose row stands first, by code, None without one;
    `outside` where agencies owe the indicator whose figures the scope does not see. `unknown` names what was asked
    and does not exist. `empty` is True in a store without a figure."""

    at: date
    indicator: Indicator
    period: Period | None
    periods: tuple[Period, ...]
    choices: tuple[Indicator, ...]
    group: str | None
    groups: tuple[Group, ...]
    part: Group | None
    regions: tuple[Group, ...]
    peers: tuple[Group, ...]
    nation: National
    shown: Map
    table: AgencyTable | None
    whole: AgencyTable | None
    lines: tuple[Line, ...]
    sort: str
    improvement: Improvement | None
    reports: tuple[Punctual, ...]
    pins: tuple[Agency, ...]
    judged_by: str
    on_track: Figure | None
    map: ProvinceMap | None
    course: Course | None
    fresh: Freshness | None
    own: str | None
    outside: bool
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool

    @property
    def region(self) -> Agency | None:
        """The region that is chosen; None for any other part, and for none."""
        return self.part.region if self.part else None

    @property
    def moved(self) -> bool:
        """Whether provinces stand on another ground than their own: there figures are neither held against earlier
        ones nor traced to a report."""
        return self.shown.rebased and self.group == PROVINCES


def ranking(store: Store, scope: Scope, asked: Asked) -> RankingBoard:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        chosen = chosen_of(known, asked)
        indicator, period = chosen.indicator, chosen.period
        of = (indicator, period)
        edition = edition_of(known, asked, period)
        here, shown = placed(known, edition), map_shown(known, edition, indicator, period)
        owing = here.register.owing(indicator, period.end if period else known.at)
        groups = tuple(each for each in whole_groups(owing, of) if here.sees(indicator, period, GROUPS[each.name]))
        has_parts = any(each.name == PROVINCES for each in groups)
        regions = region_groups(here, owing, of) if has_parts else ()
        peers = peer_groups(_day_of(shown, known, period), owing, of) if has_parts else ()
        group, part, unknown = _group((groups, regions, peers), asked)
        if asked.group in GROUPS and not here.sees(indicator, period, GROUPS[asked.group]):
            unknown = [("group_outside", asked.group), *(each for each in unknown if each[0] != "group")]
        whole = here.table(group, indicator, period) if group else None
        table = within(whole, part.part, indicator, period) if whole and part else whole
        inside = part.part if part else None
        moved = shown.rebased and group == PROVINCES
        sort, idle = (LEVEL, [("sort", asked.sort)]) if moved and asked.sort == IMPROVEMENT else (asked.sort, [])
        judged_by = _judged_by(table)
        nation = known.national(indicator.code)
        pins, vain = pinned(here, asked.pins)
        return RankingBoard(
            at=asked.at,
            indicator=indicator,
            period=period,
            periods=chosen.periods,
            choices=tuple(each for each in chosen.choices if set(each.levels) - {"national"}),
            group=group,
            groups=groups,
            part=part,
            regions=regions if group == PROVINCES else (),
            peers=peers if group == PROVINCES else (),
            nation=nation,
            shown=shown,
            table=table,
            whole=whole,
            lines=lines_of(here, table, indicator, period, inside) if table else (),
            sort=sort,
            improvement=improvement(here, whole, inside, of) if whole and sort == IMPROVEMENT else None,
            reports=punctuality(known, indicator, period) if table and not moved else (),
            pins=pins,
            judged_by=judged_by,
            on_track=_on_track(table, part, indicator, period) if table and judged_by != NOTHING else None,
            map=map_of(known, [whole], indicator, asked) if whole and group == PROVINCES else None,
            course=None
            if group == PROVINCES
            else known.once(("course", indicator.code), lambda: national_course(known, indicator)),
            fresh=limited(fresh_table(table, of, known.at), asked.fresh_days),
            own=next((each.code for each in here.own if group and each.kind in GROUPS[group]), None),
            outside=not here.sees(indicator, period),
            unknown=(*chosen.unknown, *unknown, *idle, *vain),
            updated=known.updated,
            simulated=nation.simulated or (whole is not None and whole.simulated),
            empty=not known.measured,
        )


def _day_of(shown: Map, known: Known, period: Period | None) -> tuple[date, date]:
    """The day that decides who is beside whom, and the day as known on: those of the edition where another than that
    of the figures is shown."""
    if shown.rebased:
        return shown.edition.day, max(shown.edition.day, known.at)
    return (period.end if period else known.at), known.at


def _group(
    choices: tuple[Sequence[Group], Sequence[Group], Sequence[Group]], asked: Asked
) -> tuple[str | None, Group | None, list[tuple[str, str]]]:
    """The group that is shown, the part of it, and what was asked and is none; None where nobody owes the indicator,
    and where no part is asked for. `choices` are the groups, the regions, and the peers."""
    groups, regions, peers = choices
    names = [each.name for each in groups]
    part = next((each for each in peers if each.name == asked.group), None)
    known = asked.group is None or asked.group in names or part is not None
    group = PROVINCES if part else asked.group if asked.group in names else names[0] if names else None
    unknown = [] if known else [("group", asked.group or "")]
    if asked.region is not None:
        region = next((each for each in regions if each.name == asked.region), None)
        if region is None or group != PROVINCES or part is not None:
            unknown.append(("region", asked.region))
        else:
            part = region
    return group, part, unknown


def _judged_by(table: AgencyTable | None) -> str:
    found = {row.judgement.status for row in table.rows} if table else set()
    return PATH if found & _BY_PATH else TARGET if found & _BY_TARGET else NOTHING


def _on_track(table: AgencyTable, part: Group | None, indicator: Indicator, period: Period | None) -> Figure:
    count = sum(row.judgement.status in ON_TRACK for row in table.rows)
    return derived(f"on-track/{part.name if part else table.group}/{_of(indicator, period)}", count)


def _of(indicator: Indicator, period: Period | None) -> str:
    """The end of the marks of what is counted of an indicator at a period."""
    return f"{indicator.code}/{period.text if period else ''}"


__all__ = ["NOTHING", "PATH", "TARGET", "Agency", "Group", "Indicator", "Line", "RankingBoard", "ranking"]
