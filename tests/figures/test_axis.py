"""The axes of a chart: round ticks, which labels show, and labels that move apart."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.axis import Frame, apart, ticks, tiers


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (30, "0 10 20 30"),
        (31.2, "0 10 20 30"),
        (100, "0 50 100"),
        (90, "0 30 60 90"),
        (60, "0 20 40 60"),
        (15, "0 5 10 15"),
        (8, "0 4 8"),
        (1, "0.0 0.5 1.0"),
        (1234567, "0 400000 800000 1200000"),
        (0, "0"),
    ],
)
def test_ticks_are_round_and_start_at_zero(top: float, expected: str) -> None:
    assert " ".join(map(str, ticks(top))) == expected


def test_ticks_go_below_zero_only_for_values_below_zero() -> None:
    assert [int(tick) for tick in ticks(8, -20)] == [-20, -10, 0]
    assert [int(tick) for tick in ticks(20, -3)] == [0, 10, 20]


@given(st.floats(0.001, 1e9))
def test_there_are_three_or_four_ticks_and_none_above_the_top(top: float) -> None:
    found = ticks(top)
    assert found[0] == 0
    assert found[-1] <= Decimal(str(top))
    assert len(found) in (3, 4)
    assert len({second - first for first, second in pairwise(found)}) == 1


def test_a_frame_of_one_day_has_it_in_the_middle() -> None:
    day = date(2020, 2, 12)
    assert Frame(day, day, 0, 10).across(day) == 50
    assert Frame(day, day, -10, 10).down(0) == 50


def test_the_first_and_last_label_show_in_any_width_and_the_others_where_they_have_room() -> None:
    assert tiers([0, 27, 45, 72, 100]) == [0, 3, 1, 2, 0]


def test_of_many_labels_those_that_show_are_spread_evenly() -> None:
    months = [4.5 * month for month in range(22)] + [100.0]
    shown = tiers(months)
    for tier, most in ((1, 51), (2, 28)):
        kept = [place for place, its in zip(months, shown, strict=True) if its is not None and its <= tier]
        assert max(second - first for first, second in pairwise(kept)) <= most


def test_a_label_too_near_to_the_first_never_shows() -> None:
    assert tiers([0, 4, 100]) == [0, None, 0]
    assert tiers([0, 3]) == [0, None]
    assert tiers([50]) == [0]
    assert tiers([]) == []


def test_longer_labels_need_a_wider_chart() -> None:
    assert tiers([0, 26, 100], letters=5) == [0, 2, 0]
    assert tiers([0, 26, 100], letters=7) == [0, 3, 0]


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert apart([10, 50], [20, 20], (0, 100)) == [10, 50]


def test_labels_that_touch_move_apart_by_the_same_way() -> None:
    assert apart([50, 52], [20, 20], (0, 100)) == [41, 61]


def test_labels_at_an_edge_stay_inside_the_box() -> None:
    assert apart([0, 0], [20, 20], (0, 100)) == [10, 30]
    assert apart([100, 98], [20, 20], (0, 100)) == [90, 70]


def test_labels_without_room_draw_together() -> None:
    assert apart([0, 0, 0], [60, 60, 60], (0, 90)) == [15, 45, 75]
    assert apart([], [], (0, 1)) == []


labels = st.lists(st.tuples(st.floats(-20, 120), st.floats(1, 30)), min_size=1, max_size=5)


@given(labels)
def test_no_label_covers_another_or_leaves_the_box(wanted: list[tuple[float, float]]) -> None:
    heights = [height for _, height in wanted]
    squeeze = min(1, 100 / sum(heights))
    placed = sorted(zip(apart([middle for middle, _ in wanted], heights, (0, 100)), heights, strict=True))
    for (first, high), (second, higher) in pairwise(placed):
        assert second - first >= squeeze * (high + higher) / 2 - 1e-6
    assert placed[0][0] - squeeze * placed[0][1] / 2 >= -1e-6
    assert placed[-1][0] + squeeze * placed[-1][1] / 2 <= 100 + 1e-6
