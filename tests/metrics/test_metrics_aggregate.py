"""Sums of agencies: terms are added and divided once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.quantity import Qualifier, total
from metrics import values
from metrics.aggregate import Sum, sum_of
from metrics.values import Reading
from tests.metrics.sample_facts import indicator_of, observation_of, reading_of

SHARE = indicator_of()


def share_of(numerator: str, denominator: str, agency: str = "40", status: str = "official") -> Reading:
    seen = observation_of(terms=(numerator, denominator), agency=agency, status=status)
    reading = values.reading_of(seen, SHARE)
    assert reading is not None
    return reading


def added(readings: list[Reading], owing: int = 63) -> Sum:
    result = sum_of(readings, SHARE, owing)
    assert result is not None
    return result


def test_terms_are_added_and_divided_once() -> None:
    result = added([share_of("1", "10"), share_of("30", "90", "48")])
    assert str(result.printed) == "31.0"  # the mean of 10,0 and 33,3 would be 21,7
    assert (result.reported, result.owing, result.simulated, result.without_terms) == (2, 63, False, ())


def test_one_simulated_term_makes_the_sum_simulated() -> None:
    assert added([share_of("1", "2"), share_of("1", "2", "48", "simulated")]).simulated


def test_a_share_without_terms_makes_the_sum_not_comparable() -> None:
    bare = [reading_of("50", agency="79"), reading_of("60", agency="01")]
    result = added([*bare, share_of("1", "2")])
    assert result.without_terms == ("01", "79")
    assert (result.numerator, result.denominator, result.share, result.printed) == (None, None, None, None)
    assert not result.comparable
    assert result.reported == 3


def test_a_stated_share_with_its_terms_is_added_by_them() -> None:
    stated = values.reading_of(observation_of("33", terms=("1", "3")), SHARE)
    assert stated is not None
    assert str(added([stated, share_of("2", "3", "48")]).printed) == "50.0"


def test_bounds_stay_bounds() -> None:
    result = added([share_of("50", "<1800"), share_of("50", "200", "48")])
    assert result.share is not None
    assert result.share.qualifier is Qualifier.OVER
    assert str(result.printed) == "5.0"
    assert result.denominator is not None
    assert result.denominator.qualifier is Qualifier.UNDER


@pytest.mark.parametrize("other", [{"unit": "điểm"}, {"unit": "điểm", "unit_kind": "score"}, {"unit_kind": "rate"}])
def test_only_shares_in_per_cent_are_added(other: dict[str, str]) -> None:
    assert sum_of([share_of("1", "2")], indicator_of(**other), 63) is None


def test_nothing_reported_or_nothing_to_divide_by_is_absent() -> None:
    assert sum_of([], SHARE, 63) is None
    assert sum_of([reading_of("0", terms=("0", "0"))], SHARE, 63) is None


pairs = st.tuples(st.sampled_from(["", "<", ">", "≈"]), st.integers(0, 500), st.integers(1, 500))


@given(st.lists(pairs, min_size=1, max_size=10), st.data())
def test_the_sum_of_the_parts_is_the_whole_in_any_order(
    rows: list[tuple[str, int, int]], data: st.DataObject
) -> None:
    readings = [share_of(str(n), f"{mark}{d}", f"{i:02}") for i, (mark, n, d) in enumerate(rows)]
    whole = added(readings)
    assert added(data.draw(st.permutations(readings))) == whole
    cut = data.draw(st.integers(0, len(readings)))
    parts = [added(part) for part in (readings[:cut], readings[cut:]) if part]
    assert total(part.numerator for part in parts if part.numerator) == whole.numerator
    assert total(part.denominator for part in parts if part.denominator) == whole.denominator
    assert sum(part.reported for part in parts) == whole.reported


@given(st.lists(pairs, min_size=1, max_size=10), st.integers(0, 20))
def test_an_absent_agency_changes_n_only(rows: list[tuple[str, int, int]], absent: int) -> None:
    readings = [share_of(str(n), f"{mark}{d}", f"{i:02}") for i, (mark, n, d) in enumerate(rows)]
    full, partial = added(readings, len(rows)), added(readings, len(rows) + absent)
    assert partial.owing == full.owing + absent
    assert (partial.share, partial.printed, partial.reported) == (full.share, full.printed, full.reported)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=10))
def test_a_sum_lies_between_the_lowest_and_the_highest_share(rows: list[tuple[int, int]]) -> None:
    result = added([share_of(str(n), str(d), f"{i:02}") for i, (n, d) in enumerate(rows)])
    shares = [Decimal(100 * n) / d for n, d in rows]
    assert result.share is not None
    tolerance = Decimal("1e-20")
    assert min(shares) - tolerance <= result.share.number <= max(shares) + tolerance
