"""Rows of the ledger of figures as facts."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any

from sqlalchemy.engine import Row

from data.facts import Observation
from data.periods import Period, parse_period
from data.quantity import Qualifier, Quantity


def observation_of(row: Row[Any]) -> Observation:
    """One revision of a figure. Unit: the indicator's; absent numbers are None. Rows share what they have in common:
    thousands are kept, of few codes, sources and periods.

    `number` is the place of the row among the revisions that are seen. Where it is the first of them and corrects one
    that is under embargo, there is nothing it could give a reason for.
    """
    return Observation(
        indicator=intern(row.indicator_code),
        agency=intern(row.agency_code),
        period=_period(row.period_end, row.period_start, row.period),
        source=intern(row.source),
        value=_quantity(row.value, row.qualifier, row.value_max),
        numerator=_quantity(row.numerator, row.numerator_qualifier),
        denominator=_quantity(row.denominator, row.denominator_qualifier),
        unit=intern(row.unit),
        status=intern(row.status),
        certainty=intern(row.certainty),
        source_ref=intern(row.source_ref),
        phrase=intern(row.phrase),
        note=intern(row.note),
        composition=intern(row.composition),
        published=row.published,
        revision=row.number,
        reason=intern("" if row.number == 1 < row.revision else row.reason),
        recorded_at=row.recorded_at,
    )


@lru_cache(maxsize=4096)
def _period(end: date, start: date, text: str) -> Period:
    named = parse_period(text)
    assert named is not None, f"period {text!r} stands in the store"
    return Period(end, start, text, named.cycle)


def _quantity(number: Decimal | None, qualifier: str, upper: Decimal | None = None) -> Quantity | None:
    return None if number is None else Quantity(number, Qualifier(qualifier), upper)
