"""How many more things reach a target, with the bounds of what the source says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.quantity import Qualifier, Quantity
from metrics import values
from metrics.remaining import by_month, remaining
from metrics.values import Reading
from tests.metrics.sample_facts import indicator_of, observation_of, quantity_of, target_of


def share_of(numerator: str, denominator: str) -> Reading:
    seen = replace(observation_of(), numerator=quantity_of(numerator), denominator=quantity_of(denominator))
    found = values.reading_of(seen, indicator_of())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("numerator", "denominator", "missing"),
    [
        ("50", "1800", Quantity(Decimal(490))),
        # Of fewer than 1.800 at most 540 are wanted.
        ("50", "<1800", Quantity(Decimal(490), Qualifier.UNDER)),
        ("50", ">1800", Quantity(Decimal(490), Qualifier.OVER)),
        ("50", "≈1800", Quantity(Decimal(490), Qualifier.APPROX)),
        # More than 50 are there already, so fewer are missing.
        (">50", "1800", Quantity(Decimal(490), Qualifier.UNDER)),
        (">50", "<1800", Quantity(Decimal(490), Qualifier.UNDER)),
        (">50", ">1800", Quantity(Decimal(490), Qualifier.APPROX)),
        # A third of a thing is a whole one.
        ("1", "11", Quantity(Decimal(3))),
    ],
)
def test_what_is_missing_keeps_the_bound_of_its_terms(numerator: str, denominator: str, missing: Quantity) -> None:
    assert remaining(share_of(numerator, denominator), target_of(), indicator_of()) == missing


def test_the_count_reaches_the_target_and_one_less_does_not() -> None:
    for there, every in ((1, 11), (50, 1800), (45, 1769), (0, 7)):
        missing = remaining(share_of(str(there), str(every)), target_of(), indicator_of())
        assert missing is not None
        count = there + missing.number
        assert 100 * count / every >= 30 > 100 * (count - 1) / every


def test_a_strict_target_wants_one_more_where_the_count_would_just_meet_it() -> None:
    found = remaining(share_of("1", "10"), target_of("at_least strict 30"), indicator_of())
    assert found == Quantity(Decimal(3))
    assert remaining(share_of("1", "10"), target_of("at_least 30"), indicator_of()) == Quantity(Decimal(2))


def test_nothing_is_missing_where_the_target_is_met_or_nothing_can_be_counted() -> None:
    assert remaining(share_of("30", "100"), target_of(), indicator_of()) is None
    assert remaining(share_of("5", "100"), target_of("at_most 4"), indicator_of(direction="lower")) is None
    assert remaining(share_of("1", "100"), target_of(), indicator_of(unit="bậc")) is None
    stated = values.reading_of(observation_of("2.7"), indicator_of())
    assert stated is not None
    assert remaining(stated, target_of(), indicator_of()) is None


def test_a_month_takes_whole_things_and_enough_of_them() -> None:
    known, due = date(2020, 2, 12), date(2020, 12, 31)
    assert by_month(Quantity(Decimal(490), Qualifier.UNDER), known, due) == Quantity(Decimal(47), Qualifier.UNDER)
    assert by_month(Quantity(Decimal(490)), known, due) == Quantity(Decimal(47))
    # 46,2 a month: "trên 47" would say more than is known.
    assert by_month(Quantity(Decimal(490), Qualifier.OVER), known, due) == Quantity(Decimal(46), Qualifier.OVER)
    assert by_month(Quantity(Decimal(490)), due, due) is None
