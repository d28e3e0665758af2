"""What the page of one province says: where it stands in one indicator, what is missing, and all else it reported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from data.facts import Agency, Indicator, Source
from data.periods import Period
from data.scope import Scope
from data.store import Store
from geo.editions import Edition, edition_on, formed_of
from metrics.asked import Asked
from metrics.boards.agencies import GROUPS, AgencyRow, AgencyTable
from metrics.boards.breakdown import Breakdown, breakdown, shown_beside
from metrics.boards.changes import Changes, changes, since_of
from metrics.boards.course import Course, CoursePoint, agency_course
from metrics.boards.duties import Duties, duties_of
from metrics.boards.fresh import fresh_months, fresh_own, fresh_table
from metrics.boards.known import Known, knowing
from metrics.boards.laggards import laggards_fresh
from metrics.boards.national import HEADLINE
from metrics.boards.overview import map_of, period_of
from metrics.boards.own_figures import AgencyFresh, OwnFigure, group_of, own_figures, row_of
from metrics.boards.own_readings import readings_of_agency
from metrics.boards.placed import Kin, kin_of, placed
from metrics.boards.provinces import ProvinceMap
from metrics.boards.regions import of_region, places, within
from metrics.boards.units import Units, units_of
from metrics.boards.usage_card import UsageCard, usage_card
from metrics.boards.way import Way, way_of
from metrics.figure import Figure, figure_of, mark_of, term
from metrics.freshness import limited
from metrics.status import Judgement, Status
from metrics.values import Reading


@dataclass(frozen=True)
class Place:
    """The rank in the country and in the region, each of those that reported; ranks are None without a report of its
    own, and those of the region where the province belongs to none. `series_break` as in the table."""

    rank: Figure | None
    reported: Figure
    region_rank: Figure | None
    region_reported: Figure | None
    moved: Figure | None
    before_period: str | None
    series_break: bool


@dataclass(frozen=True)
class ProvinceBoard:
    """The board of `/province/<gso>`, as known at the end of `at`.

    `row` is the province's row in the ranking of `indicator` at `period`; without a report for the period its
    figures are None and `last` is its latest figure of another one, None where there is none, with both terms where
    its source gives them; `source` is that of the one shown. `course` without any figure has no last point.
    `breakdown` is None but for indicators of online services. `provinces` are those of the day, `choices` the
    indicators it has a figure of. `duties` is None where the place is none of those that have any on the day.
    `units` are its districts and departments, None where none of them ever reported. `kin` are its former provinces,
    or what it was merged into. `fresh` is how new its place, usage, figures and duties are. `usage` is None without
    any of it. `unknown` names what was asked and does not exist."""

    at: date
    agency: Agency
    region: Agency | None
    provinces: tuple[Agency, ...]
    indicator: Indicator
    choices: tuple[Indicator, ...]
    period: Period | None
    periods: tuple[Period, ...]
    row: AgencyRow
    last: Figure | None
    last_terms: tuple[Figure, ...]
    source: Source | None
    path_status: str
    place: Place
    way: Way
    course: Course
    breakdown: Breakdown | None
    map: ProvinceMap | None
    own: tuple[OwnFigure, ...]
    duties: Duties | None
    changes: Changes | None
    units: Units | None
    usage: UsageCard | None
    kin: Kin
    fresh: AgencyFresh
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool


def province_exists(store: Store, scope: Scope, code: str, asked: Asked) -> bool:
    """Whether the code means a province on the edition of the map that was asked for, else on the day."""
    with knowing(store, scope, asked.at) as known:
        return _province(placed(known, _edition(asked)), code) is not None


def province(store: Store, scope: Scope, code: str, asked: Asked) -> ProvinceBoard | None:
    """The board of one moment of the store; None where the code means no province (see `province_exists`)."""
    with knowing(store, scope, asked.at) as known:
        agency = _province(placed(known, _edition(asked)), code)
        return None if agency is None else _board(known, agency, asked)


def _edition(asked: Asked) -> Edition:
    """The edition of the map in which the code is understood."""
    return Edition(asked.edition) if asked.edition else edition_on(asked.at)


def _usage(plain: Known, agency: Agency) -> UsageCard | None:
    """Usage is told of who delivered it: a province of another edition of the map than the day's has none."""
    return usage_card(plain, agency) if plain.register.agency(agency.code, plain.at) == agency else None


def _province(known: Known, code: str) -> Agency | None:
    agency = known.register.agency(code, known.at)
    return agency if agency is not None and agency.kind == "province" else None


def _board(plain: Known, agency: Agency, asked: Asked) -> ProvinceBoard:
    edition = _edition(asked)
    known = placed(plain, edition)
    own = known.once(("own", agency.code), lambda: own_figures(known, agency))
    indicator, unknown = _chosen(known, own, asked)
    periods = known.periods(indicator.code)
    period, vain = period_of(periods, asked)
    table = known.table(group_of(agency), indicator, period)
    whole = known.sees(indicator, period, GROUPS[table.group])
    row = row_of(table, agency)
    readings = readings_of_agency(known, indicator.code, agency)
    reading = readings.get(period) if period else None
    shown = reading or next(iter(readings.values()), None)
    target = known.judging(indicator.code, agency.code, shown.observation.period if shown else None)
    levels = breakdown(known, agency) if shown_beside(indicator) else None
    region = known.register.agency(agency.parent, known.at) if agency.parent else None
    since = since_of(known.at, periods, asked.since)
    region = region if region is not None and region.kind == "region" else None
    usage = _usage(plain, agency)
    return ProvinceBoard(
        at=known.at,
        agency=agency,
        region=region,
        provinces=tuple(
            each
            for each in known.register.agencies
            if each.kind == "province" and each.valid_on(known.at) and known.scope.covers(each.code)
        ),
        indicator=indicator,
        choices=tuple(each.indicator for each in own),
        period=period,
        periods=periods,
        row=row,
        last=figure_of(shown) if shown and not reading else None,
        last_terms=_terms(shown) if shown and not reading else (),
        source=known.register.sources[shown.observation.source] if shown else None,
        path_status=target.path.status if target else "",
        place=_place(known, table, row, region if whole else None, (indicator, period)),
        way=way_of(known, indicator, reading, row) if reading else Way(),
        course=_course(known, indicator, agency, readings),
        breakdown=levels,
        map=map_of(known, (table,), indicator, asked) if whole else None,
        own=own,
        duties=_duties(plain, agency, edition),
        changes=changes(plain, indicator, agency, since) if edition_on(plain.at) is edition else None,
        units=units_of(plain, agency, indicator, period) if edition_on(plain.at) is edition else None,
        usage=usage,
        kin=kin_of(plain, agency, edition),
        fresh=AgencyFresh(
            limited(fresh_table(table, (indicator, period), known.at), asked.fresh_days),
            limited(fresh_months(usage.months if usage else (), plain.at), asked.fresh_days),
            limited(fresh_own(own, known.at), asked.fresh_days),
            limited(laggards_fresh(plain), asked.fresh_days),
        ),
        unknown=(*unknown, *vain, *since.unknown),
        updated=known.updated,
        simulated=any(each.row.simulated for each in own) or table.simulated,
    )


def _duties(plain: Known, agency: Agency, edition: Edition) -> Duties | None:
    """What the agency has to do that is the same place on the day; None where there is none."""
    same = edition_on(plain.at) is edition or agency.code in formed_of(Edition.OF_63)
    found = plain.register.agency(agency.code, plain.at) if same else None
    return None if found is None else duties_of(plain, found)


def _terms(reading: Reading) -> tuple[Figure, ...]:
    seen, mark = reading.observation, mark_of(reading)
    if seen.numerator is None or seen.denominator is None:
        return ()
    return term(f"numerator/{mark}", seen.numerator), term(f"denominator/{mark}", seen.denominator)


def _chosen(known: Known, own: Sequence[OwnFigure], asked: Asked) -> tuple[Indicator, list[tuple[str, str]]]:
    """The indicator that was asked where the province has a figure of it, else the first of the country's targets or
    else the first of all; what was asked in vain."""
    has = {each.indicator.code: each.indicator for each in own}
    unknown = [] if asked.indicator is None or asked.indicator in has else [("indicator", asked.indicator)]
    wanted = (asked.indicator, *HEADLINE, *has)
    code = next((each for each in wanted if each in has), HEADLINE[0])
    assert code is not None  # it is a key of `has`, or of the headline
    return known.register.indicators[code], unknown


def _place(
    known: Known, table: AgencyTable, row: AgencyRow, region: Agency | None, of: tuple[Indicator, Period | None]
) -> Place:
    """Where the province stands; ranks in the region are counted anew among its own."""
    indicator, period = of
    part = of_region(table, region) if region else None
    near = within(table, part, indicator, period) if part else None
    ranks = {}
    if near and part:
        readings = known.readings(indicator.code, period.text if period else None)
        ranks = places(near, part, readings, indicator.direction)
    return Place(
        rank=row.rank,
        reported=table.reported,
        region_rank=ranks.get(row.agency.code),
        region_reported=near.reported if near and (near.rows or near.unreported) else None,
        moved=row.moved,
        before_period=table.before_period,
        series_break=table.series_break,
    )


def _course(known: Known, indicator: Indicator, agency: Agency, readings: dict[Period, Reading]) -> Course:
    """The course of the province alone. The path starts where the nation stood, so a line from there through the
    province's figure would lead nowhere: there is no projection. Figures of another agency that bore the same code
    are left out."""
    whole = known.once(("course", indicator.code, agency.code), lambda: agency_course(known, indicator, agency))
    points = tuple(
        point if point.period in readings else CoursePoint(point.period, None, simulated=False)
        for point in whole.points
    )
    course = replace(
        whole,
        points=points,
        projection=None,
        band=None,
        simulated=any(point.simulated for point in points),
    )
    if whole.last is None or whole.last.period in readings:
        return course
    return replace(course, judgement=Judgement(Status.NR), path_value=None, gap=None)


__all__ = ["ProvinceBoard", "Way", "province", "province_exists"]
