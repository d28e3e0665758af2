"""The middle of those that reported: half of them stand at it or over it. Shares are never averaged; this is none."""

from decimal import Decimal

from data.facts import Indicator
from data.periods import Period
from data.quantity import Qualifier, Quantity, rounded
from metrics.boards.agencies import AgencyTable
from metrics.figure import Figure, derived

#: Of fewer a middle says nothing that the rows do not.
_LEAST = 3


def median(table: AgencyTable, found: Indicator, period: Period | None) -> Figure | None:
    """The median of a group at a period, from the values as printed; half way between the two in the middle where
    their number is even. None of fewer than three, and where a value is a range."""
    values = sorted(row.value.quantity.number for row in table.rows if row.value is not None)
    ranges = any(row.value is not None and row.value.quantity.upper is not None for row in table.rows)
    if period is None or len(values) < _LEAST or ranges:
        return None
    decimals = max(row.value.decimals for row in table.rows if row.value is not None)
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / Decimal(2)
    number = Quantity(rounded(middle, decimals), Qualifier.EXACT)
    return derived(f"median/{found.code}/{table.group}/{period.text}", number, found.unit)
