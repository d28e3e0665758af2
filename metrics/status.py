"""How a figure stands: the rule of the screen, decided on the values as printed.

First, in this order:

stale      `at` lies after one cycle from the end of the figure's period: nothing else is said
nr         no figure
na         no target
exceeded   beyond the target on its good side
met        at the target, or between its two ends
overdue    not met, and the figure's as-of date (the end of its period) lies after the due date

Else, short of the target with the due date not yet passed:

due date           path on the as-of date   band    status
any                known                    given   good: at the path or better; watch: worse by less than the
                                                    band; behind: worse by the band or more
any                known                    none    unmet
after the as-of    none                     any     na
the as-of date     none                     any     unmet
none               none                     given   na
none               none                     none    unmet

What is beyond, at and short of, by shape (`value` to `upper`; one number is both ends):

at_least   above the upper end is beyond, below the lower end is short
at_most    below the lower end is beyond, above the upper end is short
range      outside on the indicator's good side is beyond, on the other side short; where the direction is
           `range` or `none` either side is short
about      the same, after rounding the printed value to the decimals of the target

`strict` (at_least, at_most): the bound itself is short. So a strict bound is exceeded or missed, never just met;
assessments by others may say "Đạt" there, which is their own wording.

Bounds are decided on the printed number; only where it equals a bound does "over" count as above it and "under"
as below it (except `about`). A figure with two ends is judged at the end that stands worse.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from data.facts import Indicator, Target
from data.quantity import Qualifier, decimals_of, rounded
from metrics.freshness import freshness
from metrics.targets import expected
from metrics.values import Reading, printed


class Status(StrEnum):
    """How a figure stands; the values are those of the mark `data-status`."""

    EXCEEDED = "exceeded"
    MET = "met"
    UNMET = "unmet"
    GOOD = "good"
    WATCH = "watch"
    BEHIND = "behind"
    OVERDUE = "overdue"
    NR = "nr"
    NA = "na"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a figure stands and by how much; all numbers as printed, in the indicator's unit (shares: points).

    `expected` is the glidepath on the as-of date and `gap` the value minus it (below the path is negative),
    both None without a path. `shortfall` is what is still missing to the target, above zero, None where nothing
    is. `days_overdue` counts from the due date to the as-of date, the last day known, and is None unless overdue.
    All are None for stale, nr and where there is no target.
    """

    status: Status
    expected: Decimal | None = None
    gap: Decimal | None = None
    shortfall: Decimal | None = None
    days_overdue: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a figure stands to its target, whatever the dates: `order` is 1 beyond, 0 at, -1 short.

    `number` is the printed end of the figure that decided. Short of the target, `bound` is the end of the target
    to be reached and `needed` the way there (1 up, -1 down); else they are None and 0.
    """

    order: int
    number: Decimal
    needed: int = 0
    bound: Decimal | None = None

    @property
    def shortfall(self) -> Decimal | None:
        """What is still missing, above zero; None where nothing is (nor where the printed number equals a bound that
        its qualifier or `strict` keeps it short of)."""
        return None if self.bound is None else abs(self.bound - self.number) or None


def judge(reading: Reading | None, target: Target | None, indicator: Indicator, at: date) -> Judgement:
    """How a figure stands against a target, as seen at the end of `at`; the rule is told above."""
    if reading is None:
        return Judgement(Status.NR)
    as_of = reading.observation.period.end
    if freshness(reading.observation.period, indicator, at).stale:
        return Judgement(Status.STALE)
    if target is None:
        return Judgement(Status.NA)
    stands = standing(reading, target, indicator.direction)
    path = expected(target, as_of)
    path = None if path is None else printed(path, indicator.decimals)
    gap = None if path is None else stands.number - path
    if stands.order < 0 and target.due is not None and as_of > target.due.end:
        return Judgement(Status.OVERDUE, path, gap, stands.shortfall, (as_of - target.due.end).days)
    if stands.order >= 0:
        status = Status.EXCEEDED if stands.order else Status.MET
    elif path is None:
        is_open = indicator.band is not None if target.due is None else as_of < target.due.end
        status = Status.NA if is_open else Status.UNMET
    else:
        status = _on_path(stands, reading.quantity.qualifier, path, indicator.band)
    return Judgement(status, path, gap, stands.shortfall)


def standing(reading: Reading, target: Target, direction: str) -> Standing:
    """Where a figure stands to its target on the values as printed; of two ends, the worse one decides."""
    lower = _standing(reading.printed, reading.quantity.qualifier, target, direction)
    if reading.printed_upper is None:
        return lower
    upper = _standing(reading.printed_upper, reading.quantity.qualifier, target, direction)
    return min(lower, upper, key=lambda stands: (stands.order, -(stands.shortfall or 0)))


def _on_path(stands: Standing, qualifier: Qualifier, path: Decimal, band: Decimal | None) -> Status:
    if band is None:
        return Status.UNMET
    if stands.needed * _side(stands.number, qualifier, path) >= 0:
        return Status.GOOD
    edge = path - stands.needed * band
    return Status.WATCH if stands.needed * _side(stands.number, qualifier, edge) > 0 else Status.BEHIND


def _standing(number: Decimal, qualifier: Qualifier, target: Target, direction: str) -> Standing:
    low, high = target.value, target.value if target.upper is None else target.upper
    compared = number
    if target.shape == "about":
        compared = rounded(number, max(decimals_of(low), decimals_of(high)))
        qualifier = Qualifier.EXACT
    good = {"at_least": 1, "at_most": -1}.get(target.shape, {"higher": 1, "lower": -1}.get(direction, 0))
    if _side(compared, qualifier, high) > 0:
        return Standing(1, number) if good > 0 else Standing(-1, number, -1, high)
    if _side(compared, qualifier, low) < 0:
        return Standing(1, number) if good < 0 else Standing(-1, number, 1, low)
    strict_bound = {"at_least": low, "at_most": high}.get(target.shape) if target.strict else None
    if strict_bound is not None and _side(compared, qualifier, strict_bound) == 0:
        return Standing(-1, number, good, strict_bound)
    return Standing(0, number)


def _side(number: Decimal, qualifier: Qualifier, bound: Decimal) -> int:
    """1 above the bound, -1 below it, 0 at it; at the bound, "over" is above and "under" below."""
    if number != bound:
        return 1 if number > bound else -1
    return {Qualifier.OVER: 1, Qualifier.UNDER: -1}.get(qualifier, 0)
