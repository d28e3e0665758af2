"""How many more of the things counted above the line bring a share to its target, with today's denominator."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from data.facts import Indicator, Target
from data.quantity import Qualifier, Quantity, together
from metrics.forecast import MONTH_DAYS
from metrics.status import standing
from metrics.values import Reading

_TURNED = {Qualifier.OVER: Qualifier.UNDER, Qualifier.UNDER: Qualifier.OVER}


def remaining(reading: Reading, target: Target, indicator: Indicator) -> Quantity | None:
    """Whole things still missing in the numerator: the least count that reaches the target, minus the numerator.

    50 of "gần 1.800" under a target of 30 %: 30 % of 1.800 is 540, so 490 are missing. The denominator lies below
    1.800, so they are at most 490, and the result is an upper bound as the denominator is ("gần 490"). A bound of the
    numerator turns round, since it is taken away. Two bounds that differ leave only "about".

    None where the share is not short of the target, gives no terms or is not in per cent, or the target is no
    `at_least`. A strict target wants one more where the count would just meet it.
    """
    seen = reading.observation
    if target.shape != "at_least" or indicator.unit != "%" or seen.numerator is None or seen.denominator is None:
        return None
    if standing(reading, target, indicator.direction).order >= 0:
        return None
    wanted = target.value * seen.denominator.number / 100
    count = wanted.to_integral_value(ROUND_CEILING)
    if target.strict and count == wanted:
        count += 1
    missing = count - seen.numerator.number
    turned = _TURNED.get(seen.numerator.qualifier, seen.numerator.qualifier)
    return Quantity(missing, together(seen.denominator.qualifier, turned)) if missing > 0 else None


def by_month(missing: Quantity, as_of: date, due: date) -> Quantity | None:
    """How many of them a mean month takes to be there on the due day: whole ones, rounded up, since fewer would come
    too late; a lower bound down, so that it stays true. None on the due day and after it."""
    if as_of >= due:
        return None
    rounding = ROUND_FLOOR if missing.qualifier is Qualifier.OVER else ROUND_CEILING
    number = missing.number * MONTH_DAYS / Decimal((due - as_of).days)
    return Quantity(number.to_integral_value(rounding), missing.qualifier)
