"""Quantities: approximate stays approximate, a bound stays true, and absent is not zero."""

from decimal import Decimal

import pytest

from data.quantity import Qualifier, Quantity, decimals_of, rounded, share, together, total

EXACT, APPROX, OVER, UNDER = Qualifier.EXACT, Qualifier.APPROX, Qualifier.OVER, Qualifier.UNDER


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (EXACT, EXACT, EXACT),
        (EXACT, APPROX, APPROX),
        (EXACT, OVER, OVER),
        (EXACT, UNDER, UNDER),
        (OVER, OVER, OVER),
        (UNDER, UNDER, UNDER),
        (OVER, UNDER, APPROX),
        (APPROX, OVER, APPROX),
        (APPROX, UNDER, APPROX),
        (APPROX, APPROX, APPROX),
    ],
)
def test_what_two_qualifiers_make(first: Qualifier, second: Qualifier, expected: Qualifier) -> None:
    assert together(first, second) is expected
    assert together(second, first) is expected


def test_a_sum_adds_and_stays_approximate() -> None:
    parts = [Quantity(Decimal(1700)), Quantity(Decimal(1800), UNDER), Quantity(Decimal(5))]
    assert total(parts) == Quantity(Decimal(3505), UNDER)
    assert total(iter([Quantity(Decimal("0.1")), Quantity(Decimal("0.2"))])) == Quantity(Decimal("0.3"))


def test_a_sum_of_nothing_is_nothing_and_not_zero() -> None:
    assert total([]) is None
    assert total([Quantity(Decimal(0))]) == Quantity(Decimal(0))


def test_fifty_of_nearly_1800_is_over_27_per_thousand() -> None:
    found = share(Quantity(Decimal(50)), Quantity(Decimal(1800), UNDER))
    assert found is not None
    assert found.qualifier is OVER
    assert rounded(found.number, 1, found.qualifier) == Decimal("2.7")
    assert rounded(found.number, 1) == Decimal("2.8")


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (EXACT, EXACT, EXACT),
        (EXACT, UNDER, OVER),
        (EXACT, OVER, UNDER),
        (EXACT, APPROX, APPROX),
        (OVER, EXACT, OVER),
        (OVER, UNDER, OVER),
        (OVER, OVER, APPROX),
        (UNDER, OVER, UNDER),
        (UNDER, UNDER, APPROX),
        (APPROX, EXACT, APPROX),
    ],
)
def test_a_bound_below_the_line_turns_round(
    numerator: Qualifier, denominator: Qualifier, expected: Qualifier
) -> None:
    found = share(Quantity(Decimal(1), numerator), Quantity(Decimal(4), denominator))
    assert found == Quantity(Decimal(25), expected)


def test_a_share_has_its_scale_and_none_over_zero() -> None:
    assert share(Quantity(Decimal(1)), Quantity(Decimal(4)), scale=1) == Quantity(Decimal("0.25"))
    assert share(Quantity(Decimal(1)), Quantity(Decimal(0))) is None
    assert share(Quantity(Decimal(0)), Quantity(Decimal(4))) == Quantity(Decimal(0))


@pytest.mark.parametrize(
    ("number", "qualifier", "expected"),
    [
        ("2.75", EXACT, "2.8"),
        ("2.85", EXACT, "2.9"),
        ("2.75", APPROX, "2.8"),
        ("2.79", OVER, "2.7"),
        ("2.71", UNDER, "2.8"),
        ("2.7", OVER, "2.7"),
        ("2.7", UNDER, "2.7"),
        ("-2.75", EXACT, "-2.8"),
        ("-2.71", OVER, "-2.8"),
        ("-2.79", UNDER, "-2.7"),
    ],
)
def test_a_number_rounds_half_up_and_a_bound_outward(number: str, qualifier: Qualifier, expected: str) -> None:
    assert str(rounded(Decimal(number), 1, qualifier)) == expected


@pytest.mark.parametrize(("text", "expected"), [("10.70", 2), ("10.7", 1), ("1800", 0), ("1E+3", 0), ("0.000", 3)])
def test_decimals_are_those_it_was_written_with(text: str, expected: int) -> None:
    assert decimals_of(Decimal(text)) == expected


def test_the_words_of_the_contract_are_its_qualifiers() -> None:
    assert [str(each) for each in Qualifier] == ["", "approx", "over", "under"]
