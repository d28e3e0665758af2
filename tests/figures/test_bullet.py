"""The scale of bullets: zero-based, target at 90 %, no bar without a value."""

import pytest

from figures.bullet import BulletMarks, bullet_marks, place


def test_target_stands_at_ninety_percent_and_the_rest_is_in_proportion() -> None:
    assert bullet_marks(10, 30, 20) == BulletMarks(bar_pct=30.0, target_pct=90.0, glide_pct=60.0)
    assert bullet_marks(30, 30).bar_pct == 90.0


def test_no_value_is_no_bar_and_zero_is_a_bar_of_no_length() -> None:
    assert bullet_marks(None, 30, 20) == BulletMarks(bar_pct=None, target_pct=90.0, glide_pct=60.0)
    assert bullet_marks(0, 30).bar_pct == 0.0


def test_marks_stay_inside_the_width() -> None:
    assert bullet_marks(31, 30).bar_pct == 93.0
    assert bullet_marks(400, 30, 500) == BulletMarks(bar_pct=100.0, target_pct=90.0, glide_pct=100.0)
    assert bullet_marks(-5, 30, -1) == BulletMarks(bar_pct=0.0, target_pct=90.0, glide_pct=0.0)


def test_without_a_path_there_is_no_path_mark() -> None:
    assert bullet_marks(10, 30).glide_pct is None


@pytest.mark.parametrize("target", [0, -3])
def test_a_target_of_zero_or_less_has_no_scale(target: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        place(1, target)
