"""Rows of the ledger of figures as facts."""

from decimal import Decimal
from typing import Any

from sqlalchemy.engine import Row

from data.facts import Observation
from data.periods import Period, parse_period
from data.quantity import Qualifier, Quantity


def observation_of(row: Row[Any]) -> Observation:
    """One revision of a figure. Unit: the indicator's; absent numbers are None."""
    named = parse_period(row.period)
    assert named is not None, f"period {row.period!r} stands in the store"
    return Observation(
        indicator=row.indicator_code,
        agency=row.agency_code,
        period=Period(row.period_end, row.period_start, row.period, named.cycle),
        source=row.source,
        value=_quantity(row.value, row.qualifier, row.value_max),
        numerator=_quantity(row.numerator, row.numerator_qualifier),
        denominator=_quantity(row.denominator, row.denominator_qualifier),
        unit=row.unit,
        status=row.status,
        certainty=row.certainty,
        source_ref=row.source_ref,
        phrase=row.phrase,
        note=row.note,
        composition=row.composition,
        published=row.published,
        revision=row.revision,
        reason=row.reason,
        recorded_at=row.recorded_at,
    )


def _quantity(number: Decimal | None, qualifier: str, upper: Decimal | None = None) -> Quantity | None:
    return None if number is None else Quantity(number, Qualifier(qualifier), upper)
