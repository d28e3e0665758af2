"""Where a figure leads, and the pace that is needed: straight lines only, and the method is said on screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from data.facts import Indicator, Target
from data.quantity import Qualifier
from metrics.status import Status, judge, standing
from metrics.values import Reading, printed

#: Days of a mean month (365,25 over 12): a pace is told by the month.
MONTH_DAYS = Decimal("30.4375")

#: Days between two values that are about three months apart.
_QUARTER_DAYS = range(80, 101)

_OPEN = frozenset({Status.GOOD, Status.WATCH, Status.BEHIND, Status.NA, Status.UNMET})


@dataclass(frozen=True)
class Outlook:
    """Where a figure leads, as printed. A pace is in the indicator's unit by the month, negative for a fall.

    `projected` is the value on the due date if the pace since the start of the path goes on, with the
    `qualifier` of the figure; `pace_so_far` is that pace, `pace_needed` the one that reaches the target on the
    due date. None where it means nothing: see `outlook`.
    """

    projected: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    pace_so_far: Decimal | None = None
    pace_needed: Decimal | None = None


def projection(first: tuple[date, Decimal], last: tuple[date, Decimal], due: date) -> Decimal:
    """The value on `due` of the straight line through two (day, value) points; unrounded.

    Raises ValueError where the two days are the same or out of order.
    """
    (from_day, from_value), (to_day, to_value) = first, last
    if to_day <= from_day:
        raise ValueError(f"a line needs two days in order, not {from_day} and {to_day}")
    return from_value + (to_value - from_value) * (due - from_day).days / (to_day - from_day).days


def pace(first: tuple[date, Decimal], last: tuple[date, Decimal]) -> Decimal:
    """Change by the mean month between two (day, value) points; unrounded. ValueError as `projection`."""
    (from_day, from_value), (to_day, to_value) = first, last
    if to_day <= from_day:
        raise ValueError(f"a pace needs two days in order, not {from_day} and {to_day}")
    return (to_value - from_value) * MONTH_DAYS / (to_day - from_day).days


def pace_needed(value: Decimal, as_of: date, target: Decimal, due: date) -> Decimal:
    """Change by the mean month that brings `value` to `target` on `due`; unrounded, negative for a fall."""
    return pace((as_of, value), (due, target))


def outlook(reading: Reading | None, target: Target | None, indicator: Indicator, at: date) -> Outlook:
    """Where a figure leads under a target, as seen at the end of `at`.

    Empty where there is no figure or no target, the figure is stale, the target is met, has no due date or its
    due date has come, the path is flat (annual rates), or the unit is a rank. Projection and pace so far need
    a path with a start before the as-of date, besides. A projection stays within the natural limits.
    """
    if reading is None or target is None or target.due is None:
        return Outlook()
    as_of, due = reading.observation.period.end, target.due.end
    status = judge(reading, target, indicator, at).status
    if status not in _OPEN or as_of >= due or target.path.kind == "flat" or indicator.unit_kind == "rank":
        return Outlook()
    decimals = max(1, indicator.decimals)
    stands = standing(reading, target, indicator.direction)
    assert stands.bound is not None  # every open status is short of a bound
    needed = printed(pace_needed(stands.number, as_of, stands.bound, due), decimals)
    start_on, start_value = target.path.start_on, target.path.start_value
    if start_on is None or start_value is None or start_on >= as_of or target.path.kind == "none":
        return Outlook(pace_needed=needed)
    start, last = (start_on, start_value), (as_of, stands.number)
    line = within(projection(start, last, due), indicator)
    qualifier = reading.quantity.qualifier
    return Outlook(
        printed(line, indicator.decimals, qualifier), qualifier, printed(pace(start, last), decimals), needed
    )


def band(
    series: Sequence[tuple[date, Decimal]], last: tuple[date, Decimal], due: date
) -> tuple[Decimal, Decimal] | None:
    """The lower and the upper end of a projection on `due`; unrounded, in the indicator's unit.

    Straight lines from the last value, with the slowest and the fastest pace seen between any two values about three
    months apart (80 to 100 days). `series` is (day, value) in any order, one value a day; days after the last one do
    not count, and the last one counts whether or not it is in it. None with fewer than two such paces. The caller
    keeps both ends `within` the natural limits. A straight line from the start of a path may end outside the band.
    Raises ValueError where `due` is not after the last day.
    """
    last_day, last_value = last
    if due <= last_day:
        raise ValueError(f"a band needs a due day after the last one, not {due} after {last_day}")
    known = sorted({day: value for day, value in [*series, last] if day <= last_day}.items())
    ends = [
        last_value + (value - earlier) * (due - last_day).days / (day - earlier_day).days
        for (earlier_day, earlier), (day, value) in combinations(known, 2)
        if (day - earlier_day).days in _QUARTER_DAYS
    ]
    return None if len(ends) < 2 else (min(ends), max(ends))


def within(number: Decimal, indicator: Indicator) -> Decimal:
    """The number, kept within the natural limits of the indicator; one without limits leaves it as it is."""
    low, high = indicator.natural_min, indicator.natural_max
    number = number if low is None else max(number, low)
    return number if high is None else min(number, high)
