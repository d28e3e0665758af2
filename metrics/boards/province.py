"""What the page of one province says: where it stands in one indicator, what is missing, and all else it reported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from data.facts import Agency, Indicator, Source
from data.periods import Period
from data.quantity import rounded
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.breakdown import Breakdown, breakdown, shown_beside
from metrics.boards.course import Course, CoursePoint, agency_course
from metrics.boards.duties import Duties, duties_of
from metrics.boards.known import Known, knowing
from metrics.boards.national import HEADLINE, difference_unit
from metrics.boards.overview import map_of, period_of
from metrics.boards.own_figures import OwnFigure, group_of, own_figures, readings_of_agency, row_of
from metrics.boards.provinces import ProvinceMap
from metrics.boards.regions import places, within
from metrics.figure import Figure, derived, figure_of, mark_of, term
from metrics.forecast import outlook, pace
from metrics.remaining import by_month, remaining
from metrics.status import Judgement, Status
from metrics.values import Reading

#: Shares of things that stand and add up. The others are shares of what a period brings, where the things of one
#: period do not add to those of the next, so that "so many more" would mislead.
STANDING = frozenset({"DVC01", "DVC03", "DVC06"})
#: A pace is counted over at least so many days: a shorter stretch tells of single reports.
_PACE_DAYS = 80


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
class Way:
    """The way to the target from the figure of the period; each is None where it means nothing.

    `path` is the glidepath on the as-of date, `shortfall` what is missing to the target in points. `missing` is how
    many more of the numerator's things reach the target on the same denominator where such things add up (STANDING),
    `missing_by_month` that by the mean month until the due day. `pace_needed` is in points by the month, and so is
    `pace_seen`: since `seen_since`, the province's latest figure at least 80 days older.
    """

    path: Figure | None = None
    shortfall: Figure | None = None
    missing: Figure | None = None
    missing_by_month: Figure | None = None
    pace_needed: Figure | None = None
    pace_seen: Figure | None = None
    seen_since: str | None = None
    seen_simulated: bool = False


@dataclass(frozen=True)
class ProvinceBoard:
    """The board of `/province/<gso>`, as known at the end of `at`.

    `row` is the province's row in the ranking of `indicator` at `period`; without a report for the period its figures
    are None and `last` is its latest figure of another one, None where there is none, with both terms where its
    source gives them; `source` is that of the one shown. `course` without any figure has no last point. `breakdown`
    is None but for indicators of online services. `provinces` are those of the day, `choices` the indicators it has a
    figure of. `unknown` names what was asked and does not exist.
    """

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
    duties: Duties
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool


def province_exists(store: Store, scope: Scope, code: str, at: date) -> bool:
    """Whether the code means a province on that day."""
    with knowing(store, scope, at) as known:
        return _province(known, code) is not None


def province(store: Store, scope: Scope, code: str, asked: Asked) -> ProvinceBoard | None:
    """The board of one moment of the store; None where the code means no province on the day of `asked.at`."""
    with knowing(store, scope, asked.at) as known:
        agency = _province(known, code)
        return None if agency is None else _board(known, agency, asked)


def _province(known: Known, code: str) -> Agency | None:
    agency = known.register.agency(code, known.at)
    return agency if agency is not None and agency.kind == "province" else None


def _board(known: Known, agency: Agency, asked: Asked) -> ProvinceBoard:
    own = known.once(("own", agency.code), lambda: own_figures(known, agency))
    indicator, unknown = _chosen(known, own, asked)
    periods = known.periods(indicator.code)
    period, vain = period_of(periods, asked)
    table = known.table(group_of(agency), indicator, period)
    row = row_of(table, agency)
    readings = readings_of_agency(known, indicator.code, agency)
    reading = readings.get(period) if period else None
    shown = reading or next(iter(readings.values()), None)
    target = known.judging(indicator.code, agency.code, shown.observation.period if shown else None)
    levels = breakdown(known, agency) if shown_beside(indicator) else None
    region = known.register.agency(agency.parent, known.at) if agency.parent else None
    region = region if region is not None and region.kind == "region" else None
    return ProvinceBoard(
        at=known.at,
        agency=agency,
        region=region,
        provinces=tuple(
            each for each in known.register.agencies if each.kind == "province" and each.valid_on(known.at)
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
        place=_place(known, table, row, region, (indicator, period)),
        way=_way(known, indicator, reading, row) if reading else Way(),
        course=_course(known, indicator, agency, readings),
        breakdown=levels,
        map=map_of(known, (table,), indicator, asked),
        own=own,
        duties=duties_of(known, agency),
        unknown=(*unknown, *vain),
        updated=known.updated,
        simulated=any(each.row.simulated for each in own) or table.simulated,
    )


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
    near = within(table, region, indicator, period) if region else None
    ranks = {}
    if near and region:
        readings = known.readings(indicator.code, period.text if period else None)
        ranks = places(near, region, readings, indicator.direction)
    return Place(
        rank=row.rank,
        reported=table.reported,
        region_rank=ranks.get(row.agency.code),
        region_reported=near.reported if near and (near.rows or near.unreported) else None,
        moved=row.moved,
        before_period=table.before_period,
        series_break=table.series_break,
    )


def _way(known: Known, indicator: Indicator, reading: Reading, row: AgencyRow) -> Way:
    agency, as_of = row.agency, reading.observation.period.end
    target = known.judging(indicator.code, agency.code, reading.observation.period)
    mark, judged, unit = mark_of(reading), row.judgement, difference_unit(indicator)
    if target is None or judged.status is Status.STALE:
        return Way()
    missing = remaining(reading, target, indicator) if indicator.code in STANDING else None
    monthly = by_month(missing, as_of, target.due.end) if missing and target.due else None
    needed = outlook(reading, target, indicator, known.at).pace_needed
    seen = _seen(known, indicator, agency, reading)
    return Way(
        path=None if judged.expected is None else derived(f"path/{mark}", judged.expected, indicator.unit),
        shortfall=None if judged.shortfall is None else derived(f"shortfall/{mark}", judged.shortfall, unit),
        missing=None if missing is None else derived(f"remaining/{mark}", missing),
        missing_by_month=None if monthly is None else derived(f"remaining-by-month/{mark}", monthly),
        pace_needed=None if needed is None else derived(f"pace/{mark}", needed, f"{unit}/tháng", signed=True),
        pace_seen=seen[0] if seen and needed is not None else None,
        seen_since=seen[1] if seen else None,
        seen_simulated=seen is not None and seen[2],
    )


def _seen(known: Known, indicator: Indicator, agency: Agency, reading: Reading) -> tuple[Figure, str, bool] | None:
    """The change by the mean month since the latest figure at least 80 days older, its period, and whether either of
    the two is simulated; None without one of the same parts."""
    now = reading.observation
    for period, each in readings_of_agency(known, indicator.code, agency).items():
        if (now.period.end - period.end).days < _PACE_DAYS:
            continue
        if each.observation.composition != now.composition:
            return None
        change = pace((period.end, each.printed), (now.period.end, reading.printed))
        number = rounded(change, max(1, indicator.decimals))
        unit = f"{difference_unit(indicator)}/tháng"
        simulated = "simulated" in (now.status, each.observation.status)
        figure = derived(f"pace-seen/{mark_of(reading)}", number if number else abs(number), unit, signed=True)
        return figure, period.text, simulated
    return None


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
