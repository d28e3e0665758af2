"""One figure ready to be judged and printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.quantity import Qualifier
from metrics.values import printed, reading_of
from tests.metrics.sample_facts import indicator_of, observation_of


@pytest.mark.parametrize(
    ("stated", "at_most", "text"),
    [
        ("50", 1, "50"),
        ("10.7", 1, "10.7"),
        ("10.76", 1, "10.8"),
        ("10.70", 2, "10.70"),
        ("1.123456789", 2, "1.12"),
        (">2.77", 1, "2.7"),
        ("<2.71", 1, "2.8"),
        ("-0.04", 1, "0.0"),
        ("1E+3", 0, "1000"),
    ],
)
def test_a_stated_value_prints_the_decimals_of_its_source(stated: str, at_most: int, text: str) -> None:
    reading = reading_of(observation_of(stated), indicator_of(decimals=at_most))
    assert reading is not None
    assert str(reading.printed) == text
    assert not reading.derived


def test_a_range_prints_both_ends_alike() -> None:
    reading = reading_of(observation_of("1..1.5"), indicator_of(decimals=2))
    assert reading is not None
    assert (str(reading.printed), str(reading.printed_upper)) == ("1.0", "1.5")


@pytest.mark.parametrize(
    ("terms", "text", "qualifier"),
    [
        (("50", "200"), "25.0", Qualifier.EXACT),
        (("50", "<1800"), "2.7", Qualifier.OVER),
        (("<50", "1800"), "2.8", Qualifier.UNDER),
        (("≈1", "3"), "33.3", Qualifier.APPROX),
        (("0", "8"), "0.0", Qualifier.EXACT),
    ],
)
def test_a_share_of_two_terms_is_derived(terms: tuple[str, str], text: str, qualifier: Qualifier) -> None:
    reading = reading_of(observation_of(terms=terms), indicator_of())
    assert reading is not None
    assert str(reading.printed) == text
    assert reading.quantity.qualifier is qualifier
    assert reading.derived


def test_a_ratio_in_another_unit_is_not_per_cent() -> None:
    reading = reading_of(observation_of(terms=("6", "4")), indicator_of(unit="giường"))
    assert reading is not None
    assert str(reading.printed) == "1.5"


@pytest.mark.parametrize("terms", [("", ""), ("5", ""), ("", "5"), ("0", "0"), ("5", "0")])
def test_what_cannot_be_divided_is_absent(terms: tuple[str, str]) -> None:
    assert reading_of(observation_of(terms=terms), indicator_of()) is None


def test_a_stated_value_stands_before_its_terms() -> None:
    reading = reading_of(observation_of("33", terms=("1", "3")), indicator_of())
    assert reading is not None
    assert (str(reading.printed), reading.derived) == ("33", False)


numbers = st.decimals(-10_000, 10_000, places=6)


@given(numbers, st.integers(0, 4))
def test_a_bound_stays_true_when_printed(number: Decimal, decimals: int) -> None:
    assert printed(number, decimals, Qualifier.OVER) <= number <= printed(number, decimals, Qualifier.UNDER)
    assert not str(printed(number * 0, decimals)).startswith("-")


@given(numbers, st.integers(0, 4))
def test_printing_twice_changes_nothing(number: Decimal, decimals: int) -> None:
    once = printed(number, decimals)
    assert printed(once, decimals) == once
    assert abs(once - number) <= Decimal("0.5").scaleb(-decimals)
