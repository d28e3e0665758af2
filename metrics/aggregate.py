"""Sums of agencies: numerators and denominators are added and divided once; shares are never averaged."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from data.facts import Indicator
from data.quantity import Quantity, share, total
from metrics.values import Reading, printed


@dataclass(frozen=True)
class Sum:
    """A share over several agencies, derived ("Suy ra"). Shares are in per cent.

    `reported` of `owing` agencies reported; `simulated` where any figure is. `without_terms` are the codes of
    agencies that reported a share without its two terms: then nothing can be added, `numerator`, `denominator`
    and `share` are None and the screen says "not comparable".
    """

    numerator: Quantity | None
    denominator: Quantity | None
    share: Quantity | None
    decimals: int
    reported: int
    owing: int
    simulated: bool
    without_terms: tuple[str, ...]

    @property
    def comparable(self) -> bool:
        """Whether there is a share to print."""
        return self.share is not None

    @property
    def printed(self) -> Decimal | None:
        """The share as printed, a bound rounded outward; None where not comparable."""
        return None if self.share is None else printed(self.share.number, self.decimals, self.share.qualifier)


def sum_of(readings: Iterable[Reading], indicator: Indicator, owing: int) -> Sum | None:
    """The share over the agencies that reported, one reading each, of one indicator and period.

    An agency that did not report is neither zero nor the mean of the others: it counts in `owing` only.
    None where nobody reported, the indicator is not a share in per cent, or the denominators add up to zero.
    """
    readings = list(readings)
    if not readings or indicator.unit != "%" or indicator.unit_kind != "share":
        return None
    terms = [_terms(reading) for reading in readings]
    added = [term for term in terms if term is not None]
    without = sorted(r.observation.agency for r, term in zip(readings, terms, strict=True) if term is None)
    simulated = any(reading.observation.status == "simulated" for reading in readings)
    if without:
        return Sum(None, None, None, indicator.decimals, len(readings), owing, simulated, tuple(without))
    numerator = total(numerator for numerator, _ in added)
    denominator = total(denominator for _, denominator in added)
    divided = None if numerator is None or denominator is None else share(numerator, denominator)
    if divided is None:
        return None
    return Sum(numerator, denominator, divided, indicator.decimals, len(readings), owing, simulated, ())


def _terms(reading: Reading) -> tuple[Quantity, Quantity] | None:
    numerator, denominator = reading.observation.numerator, reading.observation.denominator
    return None if numerator is None or denominator is None else (numerator, denominator)
