"""The course of one indicator: what was measured period by period, the path, the target and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.breaks import Break, act_of, breaks_of
from data.facts import Agency, Indicator, Observation
from data.periods import Period
from data.quantity import Quantity
from metrics.boards.agencies import agency_sum
from metrics.boards.known import Known
from metrics.boards.national import COUNTRY, difference_unit, readings_of
from metrics.figure import Figure, derived, figure_of, mark_of
from metrics.forecast import band, outlook, within
from metrics.status import Judgement, judge
from metrics.targets import path_points
from metrics.values import Reading, printed


@dataclass(frozen=True)
class CoursePoint:
    """One period: the figure, None where nothing was reported, and whether it is simulated. No line joins points of
    two `series`."""

    period: Period
    value: Figure | None
    simulated: bool
    series: str = ""


@dataclass(frozen=True)
class Course:
    """The course of an indicator, of the nation or of one agency, as known at the end of a day.

    `points` come in order of time; the last one that holds a figure is the one judged. `breaks` are the acts between
    the first and the last of them that changed what is measured. `summed` is True where they
    are sums of agencies ("Suy ra") but for the last. `path` is empty without one; `target`, `due`, `projection` and
    `band` (its lower and upper end) are None where there is none, `gap` and `path_value` without a path on that day.
    """

    indicator: Indicator
    points: tuple[CoursePoint, ...]
    breaks: tuple[Break, ...]
    summed: bool
    judgement: Judgement
    path: tuple[tuple[date, Decimal], ...]
    path_value: Figure | None
    gap: Figure | None
    target: Figure | None
    due: date | None
    projection: Figure | None
    band: tuple[Decimal, Decimal] | None
    simulated: bool

    @property
    def last(self) -> CoursePoint | None:
        """The latest period with a figure; None where nothing was ever reported."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


def national_course(known: Known, indicator: Indicator) -> Course:
    """The nation's course: its published figures; with fewer than two of them the sums of the agencies lead there."""
    nation = known.register.agency(COUNTRY, known.at)
    assert nation is not None  # every register has the country
    published = _own_points(known, indicator, nation)
    reading = known.national(indicator.code).reading
    if len(published) >= 2 or indicator.unit_kind != "share":
        return _course(known, indicator, COUNTRY, (published, reading, False))
    until = reading.observation.period.end if reading else known.at
    sums = [point for point in _sums(known, indicator) if point.period.end < until or reading is None]
    return _course(known, indicator, COUNTRY, ([*sums, *published], reading, bool(sums)))


def agency_course(known: Known, indicator: Indicator, agency: Agency) -> Course:
    """The course of one agency; periods for which others reported and it did not are points without a figure."""
    own = {point.period: point for point in _own_points(known, indicator, agency)}
    periods = sorted(known.periods(indicator.code))
    points = [own.get(period, CoursePoint(period, None, simulated=False)) for period in periods]
    valid = (period for period in reversed(periods) if agency.valid_on(period.end))
    readings = (known.readings(indicator.code, period.text).get(agency.code) for period in valid)
    reading = next((each for each in readings if each is not None), None)
    return _course(known, indicator, agency.code, (points, reading, False))


def _own_points(known: Known, indicator: Indicator, agency: Agency) -> list[CoursePoint]:
    """The figures of one agency or of the nation, one a period; those of another that bore its code are not among
    them."""
    by_period: dict[Period, list[Observation]] = {}
    for each in known.observations(indicator.code):
        if each.agency == agency.code and agency.valid_on(each.period.end):
            by_period.setdefault(each.period, []).append(each)
    found = []
    for period in sorted(by_period):
        readings = readings_of(by_period[period], indicator, known.register)
        if readings:
            simulated = readings[0].observation.status == "simulated"
            found.append(CoursePoint(period, figure_of(readings[0]), simulated, readings[0].observation.series))
    return found


def _sums(known: Known, indicator: Indicator) -> list[CoursePoint]:
    """The sums of the agencies, one a period in which all that reported gave both terms and may be seen."""
    found = []
    for period in sorted(known.periods(indicator.code)):
        if not known.sees(indicator, period):
            continue
        owing = known.register.owing(indicator, period.end)
        added = agency_sum(known.readings(indicator.code, period.text), owing, indicator, period.text)
        if added is not None and added.share is not None:
            found.append(CoursePoint(period, added.share, added.simulated, act_of(indicator.code, period.end)))
    return found


def _course(
    known: Known, indicator: Indicator, code: str, measured: tuple[Sequence[CoursePoint], Reading | None, bool]
) -> Course:
    points, reading, summed = measured
    owed = code == COUNTRY or any(agency.code == code for agency in known.register.owing(indicator, known.at))
    period = reading.observation.period if reading else None
    target = known.judging(indicator.code, code, period) if owed else None
    judgement = judge(reading, target, indicator, known.at)
    leads = outlook(reading, target, indicator, known.at)
    mark = mark_of(reading) if reading else f"{indicator.code}/{code}/none"
    unit = difference_unit(indicator)
    due = target.due.end if target and target.due else None
    return Course(
        indicator=indicator,
        points=tuple(points),
        breaks=_breaks(indicator, points),
        summed=summed,
        judgement=judgement,
        path=path_points(target) if target else (),
        path_value=None
        if judgement.expected is None
        else derived(f"path/{mark}", judgement.expected, indicator.unit),
        gap=None if judgement.gap is None else derived(f"gap/{mark}", judgement.gap, unit, signed=True),
        target=None
        if target is None
        else derived(
            f"target/{indicator.code}/{target.agency}/{target.due.text if target.due else 'none'}/{target.source}",
            Quantity(target.value, upper=target.upper),
            indicator.unit,
        ),
        due=due,
        projection=None
        if leads.projected is None
        else derived(f"projection/{mark}", Quantity(leads.projected, leads.qualifier), indicator.unit),
        band=_band(points, reading, due, indicator) if leads.projected is not None else None,
        simulated=any(point.simulated for point in points),
    )


def _breaks(indicator: Indicator, points: Sequence[CoursePoint]) -> tuple[Break, ...]:
    days = [point.period.end for point in points if point.value is not None]
    return tuple(each for each in breaks_of(indicator.code) if days and days[0] < each.day <= days[-1])


def _band(
    points: Sequence[CoursePoint], reading: Reading | None, due: date | None, indicator: Indicator
) -> tuple[Decimal, Decimal] | None:
    if reading is None or due is None or reading.observation.period.end >= due:
        return None
    own = reading.observation.series
    series = [
        (point.period.end, point.value.quantity.number)
        for point in points
        if point.value is not None and point.series == own
    ]
    ends = band(series, (reading.observation.period.end, reading.printed), due)
    return None if ends is None else (_limited(ends[0], indicator), _limited(ends[1], indicator))


def _limited(number: Decimal, indicator: Indicator) -> Decimal:
    return printed(within(number, indicator), indicator.decimals)


__all__ = ["Break", "Course", "CoursePoint", "agency_course", "national_course"]
