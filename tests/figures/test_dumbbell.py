"""Marks on one scale, and several lines over each other: everything at its own value, nothing hidden."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from figures.dumbbell import Mark, Scale, dumbbell
from figures.node import Node
from figures.several import Series, SeveralShape, several
from figures.trend_shape import Point

DAYS = (date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31))


def named(node: Node, name: str) -> list[Node]:
    return [part for part in node.nodes() if name in part.attributes.get("className", "").split()]


def left(node: Node) -> float:
    return float(node["style"]["left"].removesuffix("%"))


def test_the_target_stands_at_ninety_percent_and_marks_at_their_values() -> None:
    drawn = dumbbell([Mark(0, 10), Mark(1, 20)], Scale(30, 15, 100))
    assert [left(each) for each in named(drawn, "pin-spot")] == [30, 60]
    assert left(named(drawn, "bullet-target")[0]) == 90
    assert left(named(drawn, "bullet-glide")[0]) == 45
    between = named(drawn, "dumbbell-between")[0]
    assert (left(between), between["style"]["width"]) == (30, "30%")


def test_without_a_target_the_scale_ends_at_its_top() -> None:
    drawn = dumbbell([Mark(0, 25), Mark(3, 100)], Scale(None, None, 100))
    assert [left(each) for each in named(drawn, "pin-spot")] == [25, 100]
    assert named(drawn, "bullet-target") == named(drawn, "bullet-glide") == []


def test_what_lies_beyond_the_scale_stops_at_its_ends() -> None:
    drawn = dumbbell([Mark(0, -5), Mark(1, 90)], Scale(30, None, 100))
    assert [left(each) for each in named(drawn, "pin-spot")] == [0, 100]
    assert dumbbell([], Scale(None, None, 0)).tag == "span"
    assert Scale(None, None, 0).across(3) == 0


def test_marks_at_one_place_do_not_hide_each_other() -> None:
    drawn = dumbbell([Mark(0, 50), Mark(1, 50), Mark(2, 51), Mark(3, 49)], Scale(None, None, 100))
    shifts = [each["style"]["--shift"] for each in named(drawn, "pin-spot")]
    assert len(set(shifts)) == 4


def shape(*values: tuple[float | None, ...], target: float | None = None) -> SeveralShape:
    series = tuple(
        Series(at, tuple(Point(day, value) for day, value in zip(DAYS, each, strict=True)), f"name {at}")
        for at, each in enumerate(values)
    )
    dates = tuple((day, f"{day:%m/%y}") for day in DAYS)
    return SeveralShape("two lines", series, dates, str, None if target is None else (target, "target"))


def test_every_line_runs_through_its_values_on_one_frame() -> None:
    drawn = several(shape((0, 5, 10), (20, 15, 10), target=40))
    assert [each["d"] for each in named(drawn, "several-line")] == [
        "M0 1000L483.3 875L1000 750",
        "M0 500L483.3 625L1000 750",
    ]
    assert named(drawn, "trend-target")[0]["d"] == "M0 0L1000 0"
    assert [each.text for each in named(drawn, "several-name")] == ["name 0", "name 1", "target"]


def test_a_missing_period_breaks_a_line_and_is_bridged() -> None:
    drawn = several(shape((1, None, 3), (None, None, None)))
    assert len(named(drawn, "several-line")) == 2
    assert len(named(drawn, "several-bridge")) == 1
    assert len(named(drawn, "several-spot")) == 1
    assert [each.text for each in named(drawn, "several-name")] == ["name 0"]


def test_names_of_equal_values_stand_apart() -> None:
    drawn = several(shape((1, 2, 3), (3, 2, 3), (2, 2, 3)))
    tops = sorted(float(each["style"]["top"].removesuffix("%")) for each in named(drawn, "several-name"))
    assert all(later - earlier > 5 for earlier, later in pairwise(tops))


def test_a_chart_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        several(SeveralShape("nothing", (), (), lambda value: str(Decimal(value))))
