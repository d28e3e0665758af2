"""Quantities as sources state them: a number that may be approximate, and the share of two such numbers.

Approximate stays approximate: "gần 1.800" is below 1.800, so 50 of it is above 2,7 %.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum


class Qualifier(StrEnum):
    """How exact a number is: exact, khoảng (approx), trên (over: a lower bound), gần (under: an upper one)."""

    EXACT = ""
    APPROX = "approx"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its qualifier; `upper` is the other end where the source gives a range."""

    number: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    upper: Decimal | None = None


_OPPOSITE = {
    Qualifier.EXACT: Qualifier.EXACT,
    Qualifier.APPROX: Qualifier.APPROX,
    Qualifier.OVER: Qualifier.UNDER,
    Qualifier.UNDER: Qualifier.OVER,
}
_ROUNDING = {
    Qualifier.EXACT: ROUND_HALF_UP,
    Qualifier.APPROX: ROUND_HALF_UP,
    Qualifier.OVER: ROUND_FLOOR,
    Qualifier.UNDER: ROUND_CEILING,
}


def together(first: Qualifier, second: Qualifier) -> Qualifier:
    """The qualifier of a sum: bounds of one direction stay a bound, mixed ones leave only "about"."""
    if Qualifier.EXACT in (first, second):
        return second if first is Qualifier.EXACT else first
    return first if first is second else Qualifier.APPROX


def total(parts: Iterable[Quantity]) -> Quantity | None:
    """The sum of the parts, qualified as they are; None where there are none (absent is not zero)."""
    parts = list(parts)
    if not parts:
        return None
    qualifier = Qualifier.EXACT
    for part in parts:
        qualifier = together(qualifier, part.qualifier)
    return Quantity(sum((part.number for part in parts), Decimal(0)), qualifier)


def share(numerator: Quantity, denominator: Quantity, *, scale: int = 100) -> Quantity | None:
    """Numerator over denominator, times `scale` (100: per cent); None over a denominator of zero.

    An upper bound below the line makes a lower bound of the share, and the other way round.
    """
    if denominator.number == 0:
        return None
    qualifier = together(numerator.qualifier, _OPPOSITE[denominator.qualifier])
    return Quantity(numerator.number * scale / denominator.number, qualifier)


def rounded(number: Decimal, decimals: int, qualifier: Qualifier = Qualifier.EXACT) -> Decimal:
    """The number as printed: half up, a bound outward (over down, under up), so that it stays true."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=_ROUNDING[qualifier])


def decimals_of(number: Decimal) -> int:
    """How many decimals a number was written with: 10.70 has two, 1800 has none."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
