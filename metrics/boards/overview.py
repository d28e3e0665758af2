"""What the overview says: are we on target, who is behind, what changed; as known at the end of one day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.facts import Indicator
from data.periods import Period
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.agencies import GROUPS, AgencySum, AgencyTable, agency_sum
from metrics.boards.changes import Changes, changes, since_of
from metrics.boards.course import Course, national_course
from metrics.boards.fresh import fresh_nation, fresh_table
from metrics.boards.known import Known, knowing
from metrics.boards.laggards import Laggards, known_laggards, laggards_fresh
from metrics.boards.national import HEADLINE, ON_TRACK, National, distance
from metrics.boards.placed import Map, edition_of, map_shown, placed
from metrics.boards.provinces import ProvinceMap, province_map
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, limited
from metrics.status import Status
from metrics.targets import ALL as EVERYBODY
from metrics.targets import governing

#: Which failing is told in the title, the gravest first.
_GRAVITY = (Status.OVERDUE, Status.BEHIND, Status.UNMET, Status.WATCH)


@dataclass(frozen=True)
class Answer:
    """The title: how many of the headline targets are on track, of how many, the one that stands worst, and by how
    much: its distance to the path, or to the target where it has no path any more; without its sign. `unjudged`
    counts those of which neither can be said, by their status; by None where nothing was ever measured."""

    on_track: Figure
    of: Figure
    measured: Figure
    worst: National | None
    amount: Figure | None
    unjudged: tuple[tuple[Status | None, Figure], ...]


@dataclass(frozen=True)
class Chosen:
    """What an address chose, once it was looked up: `period` is None where nothing was reported; `periods` are those
    that can be chosen, the latest first; `choices` are the indicators. `unknown` names what does not exist."""

    indicator: Indicator
    period: Period | None
    periods: tuple[Period, ...]
    choices: tuple[Indicator, ...]
    unknown: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OverviewFresh:
    """How new it is: each of the headline figures in their order, the table and map of the provinces, and the list of
    those who must be named; None where nothing is known of it."""

    headline: tuple[Freshness | None, ...]
    table: Freshness | None
    laggards: Freshness | None


@dataclass(frozen=True)
class Overview:
    """The board of `/`. `tables` and `sum_beside` are of `indicator` at `period`; without any report they are empty
    and None. `tables` and `map` are of the edition of the map `shown`. `unknown` names what was asked and does not
    exist. `own` are the codes of whose province or ministry the scope is; `outside` where agencies owe the indicator
    whose figures it does not see: what they add up to is left out. `empty` is True in a store without any figure."""

    at: date
    answer: Answer
    headline: tuple[National, ...]
    indicator: Indicator
    chosen: National
    period: Period | None
    periods: tuple[Period, ...]
    choices: tuple[Indicator, ...]
    shown: Map
    tables: tuple[AgencyTable, ...]
    map: ProvinceMap | None
    course: Course
    laggards: Laggards
    sum_beside: AgencySum | None
    changes: Changes
    fresh: OverviewFresh
    own: frozenset[str]
    outside: bool
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def overview(store: Store, scope: Scope, asked: Asked) -> Overview:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        chosen = chosen_of(known, asked)
        indicator, period = chosen.indicator, chosen.period
        headline = tuple(known.national(code) for code in HEADLINE)
        edition = edition_of(known, asked, period)
        tables = tables_of(placed(known, edition), indicator, period)
        since = since_of(known.at, chosen.periods, asked.since)
        return Overview(
            at=asked.at,
            answer=_answer(headline),
            headline=headline,
            indicator=indicator,
            chosen=known.national(indicator.code),
            period=period,
            periods=chosen.periods,
            choices=chosen.choices,
            shown=map_shown(known, edition, indicator, period),
            tables=tables,
            map=map_of(known, tables, indicator, asked),
            course=known.once(("course", indicator.code), lambda: national_course(known, indicator)),
            laggards=known_laggards(known),
            sum_beside=sum_beside(known, indicator, period),
            changes=changes(known, indicator, None, since),
            fresh=OverviewFresh(
                tuple(limited(fresh_nation(each, known.at), asked.fresh_days) for each in headline),
                limited(fresh_table(tables[0] if tables else None, (indicator, period), known.at), asked.fresh_days),
                limited(laggards_fresh(known), asked.fresh_days),
            ),
            own=frozenset(each.code for each in known.own),
            outside=not known.sees(indicator, period),
            unknown=(*chosen.unknown, *since.unknown),
            updated=known.updated,
            simulated=any(nation.simulated for nation in headline) or any(table.simulated for table in tables),
            empty=not known.measured,
        )


def chosen_of(known: Known, asked: Asked) -> Chosen:
    """What was asked, where it exists, else what the screen chooses: the first target, its latest period."""
    unknown = []
    indicator = known.register.indicators.get(asked.indicator or HEADLINE[0])
    if indicator is None:
        unknown.append(("indicator", asked.indicator or ""))
        indicator = known.register.indicators[HEADLINE[0]]
    periods = known.periods(indicator.code)
    period, vain = period_of(periods, asked)
    return Chosen(indicator, period, periods, _choices(known), (*unknown, *vain))


def period_of(periods: Sequence[Period], asked: Asked) -> tuple[Period | None, list[tuple[str, str]]]:
    """The period that was asked where it is one of `periods`, else the first of them; and what was asked in vain."""
    found = next((each for each in periods if each.text == asked.period), None)
    vain = [("period", asked.period)] if asked.period is not None and found is None else []
    return found or (periods[0] if periods else None), vain


def tables_of(known: Known, indicator: Indicator, period: Period | None) -> tuple[AgencyTable, ...]:
    """The groups of agencies that owe the indicator, each ranked at the period; one of which the scope sees but a
    part is left out, since nobody is ranked in it."""
    owing = known.register.owing(indicator, period.end if period else known.at)
    return tuple(
        known.table(group, indicator, period)
        for group, kinds in GROUPS.items()
        if any(agency.kind in kinds for agency in owing) and known.sees(indicator, period, kinds)
    )


def map_of(known: Known, tables: Sequence[AgencyTable], indicator: Indicator, asked: Asked) -> ProvinceMap | None:
    """The map of the provinces; None where they do not owe the indicator, or nothing can be drawn of it."""
    table = next((each for each in tables if each.group == "provinces"), None)
    if table is None:
        return None
    target = governing(known.targets(indicator.code), EVERYBODY, known.at, known.ranks)
    return province_map(table, indicator, target, asked)


def sum_beside(known: Known, indicator: Indicator, period: Period | None) -> AgencySum | None:
    """The sum of all agencies that reported for the period; None where nobody did, or some are not to be seen."""
    if period is None or not known.sees(indicator, period):
        return None
    owing = known.register.owing(indicator, period.end)
    readings = known.readings(indicator.code, period.text)
    key = ("sum", indicator.code, period)
    return known.once(key, lambda: agency_sum(readings, owing, indicator, period.text)) if owing else None


def _answer(headline: Sequence[National]) -> Answer:
    by_gravity = sorted(
        (nation for nation in headline if nation.judgement.status in _GRAVITY),
        key=lambda nation: (_GRAVITY.index(nation.judgement.status), -(nation.judgement.shortfall or 0)),
    )
    worst = by_gravity[0] if by_gravity else None
    unjudged = Counter(
        nation.judgement.status if nation.value else None
        for nation in headline
        if nation.judgement.status not in ON_TRACK and nation not in by_gravity
    )
    return Answer(
        on_track=derived("on-track", sum(nation.judgement.status in ON_TRACK for nation in headline)),
        of=derived("targets", len(headline)),
        measured=derived("measured", sum(nation.value is not None for nation in headline)),
        worst=worst,
        amount=distance(worst) if worst else None,
        unjudged=tuple((status, derived(f"unjudged/{status or 'never'}", n)) for status, n in unjudged.items()),
    )


def _choices(known: Known) -> tuple[Indicator, ...]:
    """The indicators of e-Government that have a figure or a target by then."""
    wanted = known.measured | known.targeted()
    return tuple(
        indicator
        for code, indicator in known.register.indicators.items()
        if indicator.theme == "egov" and code in wanted
    )
