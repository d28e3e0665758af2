"""One figure ready to be judged and printed."""

from dataclasses import dataclass
from decimal import Decimal

from data.facts import Indicator, Observation
from data.quantity import Qualifier, Quantity, decimals_of, rounded, share


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one agency and period. Unit: the indicator's.

    `quantity` is the unrounded number with its qualifier, `decimals` is how many are printed, `derived` is True
    where the number was divided from its two terms and not stated by the source ("Suy ra").
    """

    quantity: Quantity
    decimals: int
    derived: bool
    observation: Observation

    @property
    def printed(self) -> Decimal:
        """The number as printed, the lower end where the source gives a range."""
        return printed(self.quantity.number, self.decimals, self.quantity.qualifier)

    @property
    def printed_upper(self) -> Decimal | None:
        """The upper end as printed; None where the source gives one number."""
        upper = self.quantity.upper
        return None if upper is None else printed(upper, self.decimals, self.quantity.qualifier)


def reading_of(observation: Observation, indicator: Indicator) -> Reading | None:
    """The figure of an observation; None where it holds neither a value nor a share of two terms.

    A stated value prints the decimals of its source, at most those of the indicator (50%, not 50,0%; a sum of
    nine decimals prints two). A share of the two terms prints the decimals of the indicator; a bound is rounded
    outward. Over a denominator of zero there is no figure.
    """
    value = observation.value
    if value is not None:
        written = max(decimals_of(value.number), 0 if value.upper is None else decimals_of(value.upper))
        return Reading(value, min(written, indicator.decimals), False, observation)
    if observation.numerator is None or observation.denominator is None:
        return None
    scale = 100 if indicator.unit == "%" else 1
    divided = share(observation.numerator, observation.denominator, scale=scale)
    return None if divided is None else Reading(divided, indicator.decimals, True, observation)


def printed(number: Decimal, decimals: int, qualifier: Qualifier = Qualifier.EXACT) -> Decimal:
    """The number rounded as printed; what rounds to zero has no minus sign."""
    result = rounded(number, decimals, qualifier)
    return result if result else abs(result)
