"""The national figure of one indicator: where it stands, where it leads, which targets it has and had."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.facts import Indicator, Observation, Source, Target
from data.quantity import Quantity
from data.register import Register
from metrics.figure import Figure, derived, figure_of, term
from metrics.forecast import outlook
from metrics.freshness import freshness
from metrics.status import Judgement, Status, judge
from metrics.targets import answers, judging, versions
from metrics.values import Reading, reading_of

COUNTRY = "VN"
POINTS = "điểm %"
#: The four national targets, in the order of the screens.
HEADLINE = ("DVC01", "VB01", "HL01", "DL01")
#: Under what a figure counts as on its way.
ON_TRACK = frozenset({Status.GOOD, Status.MET, Status.EXCEEDED})


@dataclass(frozen=True)
class TargetVersion:
    """One version of a target and how it fared.

    `governs` marks the one in force. `reached` is the national figure at its due date, or the first one after it
    where none ends on it or within a cycle before (`reached_after`); None before the due date, or where nothing
    is known. `rivals` holds the sources that name the same value for another due date, with that date. `periodic` is
    True for the plan of one period of the indicator: that of the next neither replaces nor contradicts it.
    """

    target: Target
    source: Source
    value: Figure
    governs: bool
    due_passed: bool
    reached: Figure | None
    reached_after: bool
    judgement: Judgement | None
    missing: Figure | None
    rivals: tuple[tuple[str, date], ...]
    periodic: bool


@dataclass(frozen=True)
class National:
    """One indicator as the nation stands in it, as known on one day. Absent figures are None, never zero.

    `others` are figures of the same period by other sources; `before` is the figure of the period before. `aim` is
    the version of the target that the figure is judged by; None without any.
    """

    indicator: Indicator
    value: Figure | None
    source: Source | None
    others: tuple[tuple[Figure, Source], ...]
    before: Figure | None
    before_period: str | None
    terms: tuple[Figure, ...]
    judgement: Judgement
    age: Figure | None
    path_value: Figure | None
    gap: Figure | None
    missing: Figure | None
    projection: Figure | None
    pace_needed: Figure | None
    versions: tuple[TargetVersion, ...]
    aim: TargetVersion | None
    simulated: bool
    reading: Reading | None

    @property
    def governing(self) -> TargetVersion | None:
        """The version of the target in force; None where none was set yet."""
        return self.versions[0] if self.versions else None


def preferred(found: Sequence[Observation], register: Register) -> list[Observation]:
    """Figures of one agency and period, the one to show first: delivered before simulated, then the better source."""
    return sorted(
        found, key=lambda each: (each.status == "simulated", register.sources[each.source].rank, -each.revision)
    )


def readings_of(found: Sequence[Observation], indicator: Indicator, register: Register) -> list[Reading]:
    """The figures of one agency and period, the one to show first; empty where no row holds a figure."""
    read = (reading_of(each, indicator) for each in preferred(found, register))
    return [reading for reading in read if reading is not None]


def difference_unit(indicator: Indicator) -> str:
    """The unit of a difference: points for percentages, else the indicator's own."""
    return POINTS if indicator.unit == "%" else indicator.unit


def national(
    indicator: Indicator, found: Sequence[Observation], targets: Sequence[Target], register: Register, at: date
) -> National:
    """Where the nation stands at the end of `at`; `found` are the observations of the indicator known by then."""
    own = [each for each in found if each.agency == COUNTRY]
    periods = sorted({each.period for each in own})
    readings = (
        readings_of([each for each in own if each.period == periods[-1]], indicator, register) if periods else []
    )
    reading = readings[0] if readings else None
    earlier = _reading_at(own, periods[-2], indicator, register) if len(periods) > 1 else None
    ranks = {code: source.rank for code, source in register.sources.items()}
    known = versions([each for each in targets if each.indicator == indicator.code], COUNTRY, at, ranks)
    aim = judging(known, reading.observation.period if reading else None)
    judgement = judge(reading, aim, indicator, at)
    leads = outlook(reading, aim, indicator, at)
    told = tuple(_version(target, known, (indicator, own, register, at)) for target in known)
    mark = f"{indicator.code}/{COUNTRY}/{reading.observation.period.text}" if reading else ""
    unit = difference_unit(indicator)
    numerator = reading.observation.numerator if reading else None
    denominator = reading.observation.denominator if reading else None
    return National(
        indicator=indicator,
        value=figure_of(reading) if reading else None,
        source=register.sources[reading.observation.source] if reading else None,
        others=tuple((figure_of(each), register.sources[each.observation.source]) for each in readings[1:]),
        before=figure_of(earlier) if earlier else None,
        before_period=earlier.observation.period.text if earlier else None,
        terms=(term(f"numerator/{mark}", numerator), term(f"denominator/{mark}", denominator))
        if numerator and denominator
        else (),
        judgement=judgement,
        age=derived(f"age/{mark}", freshness(reading.observation.period, indicator, at).age_days)
        if reading
        else None,
        path_value=_maybe(f"path/{mark}", judgement.expected, indicator.unit),
        gap=_maybe(f"gap/{mark}", judgement.gap, unit, signed=True),
        missing=_maybe(f"missing/{mark}", judgement.shortfall, unit),
        projection=None
        if leads.projected is None
        else derived(f"projection/{mark}", Quantity(leads.projected, leads.qualifier), indicator.unit),
        pace_needed=_maybe(f"pace/{mark}", leads.pace_needed, f"{unit}/tháng", signed=True),
        versions=told,
        aim=next((version for version in told if version.target is aim), None),
        simulated=reading is not None and reading.observation.status == "simulated",
        reading=reading,
    )


def distance(nation: National) -> Figure | None:
    """How far it stands from its path where it is below it, else from its target where it is short of it: without
    a sign; None where it does neither."""
    status = nation.judgement.status
    by_path = status in (Status.WATCH, Status.BEHIND)
    far = nation.gap if by_path else nation.missing if status in (Status.UNMET, Status.OVERDUE) else None
    return None if far is None else derived(f"answer/{far.mark}", abs(far.quantity.number), far.unit)


def _maybe(mark: str, number: Decimal | None, unit: str, *, signed: bool = False) -> Figure | None:
    return None if number is None else derived(mark, number, unit, signed=signed)


def _reading_at(
    found: Sequence[Observation], period: object, indicator: Indicator, register: Register
) -> Reading | None:
    at_once = readings_of([each for each in found if each.period == period], indicator, register)
    return at_once[0] if at_once else None


def _version(
    target: Target, known: Sequence[Target], among: tuple[Indicator, Sequence[Observation], Register, date]
) -> TargetVersion:
    indicator, own, register, at = among
    own = [each for each in own if answers(target, known, each.period)]
    reading, after = _result(target, indicator, own, register, at)
    # A result does not age: it is judged as of its own day.
    judged = judge(reading, target, indicator, reading.observation.period.end) if reading else None
    due_text = target.due.text if target.due else "none"
    mark = f"{indicator.code}/{target.agency}/{due_text}/{target.source}"
    return TargetVersion(
        target=target,
        source=register.sources[target.source],
        value=derived(f"target/{mark}", Quantity(target.value, upper=target.upper), indicator.unit),
        governs=target is known[0],
        due_passed=target.due is not None and target.due.end < at,
        reached=figure_of(reading) if reading else None,
        reached_after=after,
        judgement=judged,
        missing=_maybe(f"missed/{mark}", judged.shortfall if judged else None, difference_unit(indicator)),
        rivals=tuple(sorted(set(_rivals(target, known, indicator)))),
        periodic=_periodic(target, indicator),
    )


def _periodic(target: Target, indicator: Indicator) -> bool:
    """Whether the target is that of one period in which the indicator is measured."""
    return target.due is not None and target.due.cycle == indicator.cycle


def _rivals(target: Target, known: Sequence[Target], indicator: Indicator) -> Iterator[tuple[str, date]]:
    """Who names another due date for the same value, and which; plans of two periods may well be equal."""
    for other in known:
        same = other.due and target.due and other.due != target.due and other.value == target.value
        if same and other.due and not (_periodic(target, indicator) and _periodic(other, indicator)):
            yield other.source, other.due.end


def _result(
    target: Target, indicator: Indicator, own: Sequence[Observation], register: Register, at: date
) -> tuple[Reading | None, bool]:
    """The national figure at the due date of a target, and whether it is of a later day."""
    if target.due is None or target.due.end >= at:
        return None, False
    due = target.due.end
    ended = [each for each in own if each.period.end <= due and not freshness(each.period, indicator, due).stale]
    later = [each for each in own if each.period.end > due]
    if ended:
        return _reading_at(ended, max(each.period for each in ended), indicator, register), False
    if later:
        return _reading_at(later, min(each.period for each in later), indicator, register), True
    return None, False
