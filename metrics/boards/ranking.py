"""What the ranking says: who stands where in one indicator at one period, in the nation or in one region."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.facts import Agency, Indicator
from data.periods import Period
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.agencies import GROUPS, AgencyTable
from metrics.boards.course import Course, national_course
from metrics.boards.known import Known, knowing
from metrics.boards.lines import Line, lines_of
from metrics.boards.national import ON_TRACK, National
from metrics.boards.overview import chosen_of, map_of
from metrics.boards.provinces import ProvinceMap
from metrics.boards.regions import within
from metrics.figure import Figure, derived
from metrics.status import Status

#: What the rows are judged by: the path where anybody has one, else the target, else nothing.
PATH, TARGET, NOTHING = "path", "target", "nothing"
_BY_PATH = frozenset({Status.GOOD, Status.WATCH, Status.BEHIND})
_BY_TARGET = frozenset({Status.EXCEEDED, Status.MET, Status.UNMET, Status.OVERDUE})


@dataclass(frozen=True)
class Group:
    """A group that can be chosen: "provinces", "ministries" or the code of a region, and how many owe a report.
    `region` is None where it is no region."""

    name: str
    region: Agency | None
    owing: Figure


@dataclass(frozen=True)
class RankingBoard:
    """The board of `/ranking`. `table` is the group shown, its ranks those of the nation; `whole` is the national
    table it was taken from, the same one where no region is chosen. Both are None, and `lines` is empty, where no
    agency owes the indicator. `lines` holds one line for each row of `table`, then for each without a report.

    `on_track` counts those on their path or at their target by `judged_by`; None where nothing is to be judged by.
    `map` is None where the group is no province or nothing can be drawn; there the nation's `course` stands in its
    place, else None. `unknown` names what was asked and does not exist. `empty` is True in a store without a figure.
    """

    at: date
    indicator: Indicator
    period: Period | None
    periods: tuple[Period, ...]
    choices: tuple[Indicator, ...]
    group: str | None
    groups: tuple[Group, ...]
    region: Agency | None
    regions: tuple[Group, ...]
    nation: National
    table: AgencyTable | None
    whole: AgencyTable | None
    lines: tuple[Line, ...]
    judged_by: str
    on_track: Figure | None
    map: ProvinceMap | None
    course: Course | None
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def ranking(store: Store, scope: Scope, asked: Asked) -> RankingBoard:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        chosen = chosen_of(known, asked)
        indicator, period = chosen.indicator, chosen.period
        owing = known.register.owing(indicator, period.end if period else known.at)
        groups = _groups(owing, indicator, period)
        group, unknown = _group(groups, asked.group)
        regions = _regions(known, owing, indicator, period) if group == "provinces" else ()
        region = next((each.region for each in regions if each.name == asked.region), None)
        if asked.region is not None and region is None:
            unknown.append(("region", asked.region))
        whole = known.table(group, indicator, period) if group else None
        table = within(whole, region, indicator, period) if whole and region else whole
        judged_by = _judged_by(table)
        nation = known.national(indicator.code)
        return RankingBoard(
            at=asked.at,
            indicator=indicator,
            period=period,
            periods=chosen.periods,
            choices=tuple(each for each in chosen.choices if set(each.levels) - {"national"}),
            group=group,
            groups=groups,
            region=region,
            regions=regions,
            nation=nation,
            table=table,
            whole=whole,
            lines=lines_of(known, table, indicator, period, region) if table else (),
            judged_by=judged_by,
            on_track=_on_track(table, region, indicator, period) if table and judged_by != NOTHING else None,
            map=map_of(known, [whole], indicator, asked) if whole and group == "provinces" else None,
            course=None
            if group == "provinces"
            else known.once(("course", indicator.code), lambda: national_course(known, indicator)),
            unknown=(*chosen.unknown, *unknown),
            updated=known.updated,
            simulated=nation.simulated or (whole is not None and whole.simulated),
            empty=not known.measured,
        )


def _groups(owing: Sequence[Agency], indicator: Indicator, period: Period | None) -> tuple[Group, ...]:
    """The groups that owe the indicator, with how many are in each."""
    sizes = {name: sum(agency.kind in kinds for agency in owing) for name, kinds in GROUPS.items()}
    return tuple(
        Group(name, None, derived(f"owing/{name}/{_of(indicator, period)}", size))
        for name, size in sizes.items()
        if size
    )


def _group(groups: Sequence[Group], wanted: str | None) -> tuple[str | None, list[tuple[str, str]]]:
    """The name of the group that is shown, and what was asked and is none; None where nobody owes the indicator."""
    names = [each.name for each in groups]
    unknown = [] if wanted is None or wanted in names else [("group", wanted)]
    return (wanted if wanted in names else names[0] if names else None), unknown


def _regions(known: Known, owing: Iterable[Agency], indicator: Indicator, period: Period | None) -> tuple[Group, ...]:
    """The regions that hold provinces owing the indicator, in the order of the agencies' table."""
    on = period.end if period else known.at
    parents = [agency.parent for agency in owing if agency.kind == "province"]
    return tuple(
        Group(
            agency.code, agency, derived(f"owing/{agency.code}/{_of(indicator, period)}", parents.count(agency.code))
        )
        for agency in known.register.agencies
        if agency.kind == "region" and agency.valid_on(on) and agency.code in parents
    )


def _judged_by(table: AgencyTable | None) -> str:
    found = {row.judgement.status for row in table.rows} if table else set()
    return PATH if found & _BY_PATH else TARGET if found & _BY_TARGET else NOTHING


def _on_track(table: AgencyTable, region: Agency | None, indicator: Indicator, period: Period | None) -> Figure:
    count = sum(row.judgement.status in ON_TRACK for row in table.rows)
    return derived(f"on-track/{region.code if region else table.group}/{_of(indicator, period)}", count)


def _of(indicator: Indicator, period: Period | None) -> str:
    """The end of the marks of what is counted of an indicator at a period."""
    return f"{indicator.code}/{period.text if period else ''}"


__all__ = ["NOTHING", "PATH", "TARGET", "Group", "Line", "RankingBoard", "ranking"]
