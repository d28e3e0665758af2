"""The bins of a map: fixed, one for every value, and the shade of the target says met."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.facts import Target
from metrics.bins import MOST_EDGES, Bins, even_bins, gap_bins, met_bins, value_bins
from metrics.status import judge
from tests.metrics.sample_facts import indicator_of, reading_of, target_of

LOWER: dict[str, Any] = {"direction": "lower"}


def edges(bins: Bins | None) -> str | None:
    return None if bins is None else " ".join(map(str, bins.edges))


def numbers(*given: float | str) -> list[Decimal]:
    return [Decimal(str(number)) for number in given]


def test_the_edges_of_the_indicator_come_first() -> None:
    level4 = indicator_of(bins=tuple(numbers(5, 10, 15, 20, 30)))
    assert edges(value_bins(level4, target_of("at_least 60"))) == "5 10 15 20 30"
    assert edges(value_bins(level4, None)) == "5 10 15 20 30"


@pytest.mark.parametrize(
    ("target", "other", "expected"),
    [
        ("at_least 30", {}, "5 10 15 20 30"),
        ("at_least 100", {}, "17 33 50 67 100"),
        ("at_least 97.5", {}, "16 33 49 65 97.5"),
        ("at_least 10..15", {}, "2 3 5 7 10"),
        ("at_least 5", {}, "1 2 3 4 5"),
        ("at_least 4", {}, "1 2 3 4"),
        ("at_least 2", {}, "0.3 0.7 1 1.3 2"),
        ("at_least 0.5", {"decimals": 4, "natural_max": Decimal(1)}, "0.08 0.17 0.25 0.33 0.5"),
        ("at_least 1", {"decimals": 0}, "1"),
        ("about 6.8", {}, "1 2 3 5 6.8"),
        ("at_most 5", LOWER, "5 8 10 15 30"),
        ("at_most 30", LOWER, "30 45 60 90"),
        ("at_most 50", LOWER, "50 75"),
        ("at_most 1", LOWER, "1 1.5 2 3 6"),
        ("range 3..6", LOWER, "6 9 12 18 36"),
    ],
)
def test_other_edges_are_parts_of_the_target_or_times_it(target: str, other: dict[str, Any], expected: str) -> None:
    assert edges(value_bins(indicator_of(**other), target_of(target))) == expected


@pytest.mark.parametrize("target", [None, target_of("at_most 0"), target_of("at_least -2")])
def test_without_edges_and_without_a_target_above_zero_there_are_no_bins_of_values(target: Target | None) -> None:
    assert value_bins(indicator_of(), target) is None


def test_a_bin_holds_its_lower_end_and_not_its_upper_one() -> None:
    bins = value_bins(indicator_of(), target_of("at_least 30"))
    assert bins is not None
    assert [bins.place(value) for value in numbers(0, "4.9", 5, "9.9", 10, "29.9", 30, 100)] == [
        0,
        0,
        1,
        1,
        2,
        4,
        5,
        5,
    ]


def test_a_limit_that_may_be_reached_lies_in_the_bin_that_meets_it() -> None:
    bins = value_bins(indicator_of(**LOWER), target_of("at_most 5"))
    assert bins is not None
    assert [bins.place(value) for value in numbers("4.9", 5, "5.1", 8, "8.1")] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("text", ["at_least 30", "at_least strict 30", "at_most 30", "at_most strict 30", "about 30"])
@pytest.mark.parametrize("value", ["0", "5", "29.9", "30", "30.1", "45", "100"])
def test_a_bin_that_is_called_met_holds_only_what_meets_the_target(text: str, value: str) -> None:
    target = target_of(text)
    indicator = indicator_of(direction="lower" if "most" in text else "higher")
    bins = value_bins(indicator, target)
    assert bins is not None
    reading = reading_of(value)
    is_met = judge(reading, target, indicator, reading.observation.period.end).status in ("met", "exceeded")
    said = met_bins(bins, target)[bins.place(reading.printed)]
    assert said is (is_met and target.shape != "about")


def test_a_target_inside_a_bin_leaves_that_bin_unmet() -> None:
    level4 = indicator_of(bins=tuple(numbers(10, 20, 30)))
    bins = value_bins(level4, target_of("at_least 25"))
    assert bins is not None
    assert met_bins(bins, target_of("at_least 25")) == (False, False, False, True)


@pytest.mark.parametrize(
    ("text", "opens", "met"),
    [
        ("at_most 10", False, (True, False)),
        ("at_most 10", True, (True, False)),
        ("at_most strict 10", False, (False, False)),
        ("at_most strict 10", True, (True, False)),
        ("at_least 10", False, (False, True)),
        ("at_least 10", True, (False, True)),
        ("at_least strict 10", True, (False, False)),
        ("at_least strict 10", False, (False, True)),
        ("at_most 5..10", False, (True, False)),
        ("range 0..10", False, (False, False)),
    ],
)
def test_a_bin_is_met_only_where_the_target_itself_allows_its_ends(
    text: str, opens: bool, met: tuple[bool, bool]
) -> None:
    assert met_bins(Bins((Decimal(10),), (opens,)), target_of(text)) == met


def test_spans_say_which_ends_they_hold() -> None:
    low, between, high = Bins(tuple(numbers(5, 10)), (True, False)).spans
    assert (low.low, low.high, low.with_high) == (None, Decimal(5), False)
    assert (between.low, between.with_low, between.high, between.with_high) == (Decimal(5), True, Decimal(10), True)
    assert (high.low, high.with_low, high.high) == (Decimal(10), False, None)


@pytest.mark.parametrize(
    ("other", "seen", "expected"),
    [
        ({}, [], "20 40 60 80"),
        ({"natural_max": Decimal(1), "decimals": 4}, [], "0.2 0.4 0.6 0.8"),
        ({"natural_max": None}, ["53.2", "73.4"], "55 60 65 70"),
        ({"natural_max": None}, ["300", "9000"], "2000 4000 6000 8000"),
        ({"natural_max": None, "decimals": 0}, ["0", "3"], "1 2 3"),
        ({"natural_max": None, "decimals": 2}, ["2.1", "3.9"], "2.5 3 3.5"),
        ({"natural_max": None, "natural_min": None}, ["-6", "4"], "-4 -2 0 2 4"),
        ({"natural_max": None, "decimals": 0}, ["3", "3"], "1 2 3"),
    ],
)
def test_even_bins_have_one_round_width(other: dict[str, Any], seen: list[str], expected: str) -> None:
    assert edges(even_bins(indicator_of(**other), numbers(*seen))) == expected


def test_even_bins_need_limits_or_values() -> None:
    open_ended = indicator_of(natural_max=None)
    assert even_bins(open_ended, []) is None
    assert even_bins(open_ended, numbers(0, 0)) is None


def test_even_bins_stay_while_values_move_inside_them() -> None:
    scores = indicator_of(natural_max=None, decimals=2)
    assert even_bins(scores, numbers("53.2", 60, "73.4")) == even_bins(scores, numbers("54.9", 71, "74.8"))


def test_gaps_have_seven_bins_with_edges_in_the_one_nearer_to_zero() -> None:
    gaps = gap_bins()
    placed = [gaps.place(value) for value in numbers("-10.1", -10, -5, "-2.1", -2, 0, 2, "2.1", 5, 10, "10.1")]
    assert placed == [0, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6]


@pytest.mark.parametrize(("given_edges", "opens"), [((1, 1), (True, True)), ((2, 1), (True, True)), ((1,), ())])
def test_edges_that_do_not_rise_or_have_no_side_are_refused(
    given_edges: tuple[int, ...], opens: tuple[bool, ...]
) -> None:
    with pytest.raises(ValueError, match="edges"):
        Bins(tuple(map(Decimal, given_edges)), opens)


values = st.decimals(-200, 20000, places=2)
kinds = st.tuples(
    st.sampled_from(["at_least", "at_least strict", "at_most", "at_most strict", "about"]),
    st.decimals("0.1", 5000, places=1),
    st.integers(0, 2),
    st.sampled_from([Decimal(100), Decimal(1), None]),
)


@given(kinds, st.lists(values, max_size=63))
def test_every_value_has_exactly_one_bin_and_the_counts_add_up(
    kind: tuple[str, Decimal, int, Decimal | None], seen: list[Decimal]
) -> None:
    shape, aim, decimals, limit = kind
    indicator = indicator_of(decimals=decimals, natural_max=limit)
    for bins in (value_bins(indicator, target_of(f"{shape} {aim}")), even_bins(indicator, seen), gap_bins()):
        if bins is None:
            continue
        assert all(low < high for low, high in pairwise(bins.edges))
        counts = bins.counts(seen)
        assert (len(counts), sum(counts)) == (len(bins.edges) + 1, len(seen))
        for value in seen:
            holding = [
                at
                for at, span in enumerate(bins.spans)
                if (span.low is None or value > span.low or (span.with_low and value == span.low))
                and (span.high is None or value < span.high or (span.with_high and value == span.high))
            ]
            assert holding == [bins.place(value)]


@given(kinds)
def test_the_target_itself_is_an_edge_and_there_are_never_more_than_five(
    kind: tuple[str, Decimal, int, Decimal | None],
) -> None:
    shape, aim, decimals, limit = kind
    bins = value_bins(indicator_of(decimals=decimals, natural_max=limit), target_of(f"{shape} {aim}"))
    assert bins is not None
    assert aim in bins.edges
    assert 1 <= len(bins.edges) <= MOST_EDGES


@given(st.lists(values, min_size=2, max_size=63))
def test_even_bins_cover_the_values_with_two_to_six_shades(seen: list[Decimal]) -> None:
    assume(max(seen) - min(seen) >= 1)
    bins = even_bins(indicator_of(natural_min=None, natural_max=None), seen)
    assert bins is not None
    assert 1 <= len(bins.edges) <= MOST_EDGES
    assert min(seen) < bins.edges[0]
    assert bins.edges[-1] <= max(seen)
    assert len({high - low for low, high in pairwise(bins.edges)}) <= 1


@given(st.decimals(-50, 50, places=1))
def test_gap_bins_are_the_same_from_either_end(gap: Decimal) -> None:
    assert gap_bins().place(-gap) == 6 - gap_bins().place(gap)
