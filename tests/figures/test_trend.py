"""The course of a figure: what is drawn for what is known, and words that never cover each other or leave the box."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.node import Node
from figures.trend import Glide, Goal, Point, TrendShape, trend
from figures.trend_words import PLOT_REM

CSS = Path(__file__).resolve().parents[2] / "assets" / "charts.css"
START, SEEN, DUE = date(2020, 1, 1), date(2020, 7, 1), date(2020, 12, 31)
SHAPE = TrendShape(
    description="10 on 1 July against a path of 20",
    series=(Point(START, 5), Point(date(2020, 4, 1), 7, simulated=True), Point(SEEN, 10)),
    dates=((START, "01/20"), (SEEN, "07/20"), (DUE, "12/20")),
    say_tick=str,
    last=Node("a", "10%", **{"data-figure": "value"}),
    as_of="01/07/2020",
    glide=Glide(((START, 5), (DUE, 30)), "path", 20, "−10 points"),
    target=Goal(30, DUE, "Target", "30%"),
    projection=Goal(15, DUE, "Projection", "15%", (12, 18)),
)
#: Heights of one and of two lines of words, in percent of the plot.
LINE, TWO_LINES = 110 / PLOT_REM, 220 / PLOT_REM


def named(node: Node, name: str) -> list[Node]:
    return [part for part in node.nodes() if name in part.attributes.get("className", "").split()]


def drawn(shape: TrendShape, name: str) -> list[str]:
    return [part["d"] for part in named(trend(shape), name)]


def number(part: Node, name: str) -> float:
    return float(part["style"][name].removesuffix("%"))


def test_every_line_is_drawn_once_and_in_its_place() -> None:
    assert drawn(SHAPE, "trend-target") == ["M0 0L1000 0"]
    assert drawn(SHAPE, "trend-glide") == ["M0 833.3L1000 0"]
    assert drawn(SHAPE, "trend-actual") == ["M0 833.3L249.3 766.7L498.6 666.7"]
    assert drawn(SHAPE, "trend-projection") == ["M498.6 666.7L1000 500"]
    assert drawn(SHAPE, "trend-band") == ["M498.6 666.7L1000 600L1000 400Z"]


def test_the_value_axis_starts_at_zero() -> None:
    assert drawn(SHAPE, "trend-grid")[0] == "M0 1000L1000 1000"
    assert [tick.text for tick in named(trend(SHAPE), "trend-tick")] == ["0", "10", "20", "30"]


def test_a_value_below_zero_lowers_the_axis() -> None:
    falling = replace(SHAPE, series=(Point(START, -30), Point(SEEN, 10)))
    assert number(named(trend(falling), "trend-tick")[0], "top") == 100
    assert named(trend(falling), "trend-tick")[0].text == "-30"


def test_a_missing_period_breaks_the_line_and_is_bridged_by_dashes() -> None:
    broken = replace(SHAPE, series=(Point(START, 5), Point(date(2020, 4, 1), None), Point(SEEN, 10)))
    assert drawn(broken, "trend-actual") == ["M0 833.3L0 833.3", "M498.6 666.7L498.6 666.7"]
    assert drawn(broken, "trend-bridge") == ["M0 833.3L498.6 666.7"]
    assert drawn(SHAPE, "trend-bridge") == []


def test_a_missing_last_period_leaves_the_last_value_where_it_was_measured() -> None:
    later = replace(SHAPE, series=(*SHAPE.series, Point(date(2020, 8, 1), None)))
    assert number(named(trend(later), "trend-last")[0], "left") == pytest.approx(49.86, abs=0.01)


def test_simulated_periods_alone_have_a_ring() -> None:
    assert drawn(SHAPE, "trend-ring") == drawn(SHAPE, "trend-ring-inside") == ["M249.3 766.7h0"]
    plain = replace(SHAPE, series=tuple(replace(point, simulated=False) for point in SHAPE.series))
    assert drawn(plain, "trend-ring") == []


def test_the_gap_runs_from_the_value_to_the_path() -> None:
    gap = named(trend(SHAPE), "trend-between")[0]
    assert (number(gap, "top"), number(gap, "height")) == (33.33, 33.33)
    assert gap["data-status"] == named(trend(SHAPE), "trend-gap")[0]["data-status"] == "behind"
    assert number(named(trend(SHAPE), "trend-on-path")[0], "top") == 33.33


def test_the_gap_is_named_between_the_value_and_the_path() -> None:
    assert 33.33 + LINE / 2 < number(named(trend(SHAPE), "trend-gap")[0], "top") < 66.67 - LINE / 2


def test_the_drawing_carries_the_sentence_and_the_labels_their_figures() -> None:
    chart = trend(SHAPE)
    drawing = named(chart, "trend-drawing")[0]
    assert (drawing["role"], drawing["aria-label"]) == ("img", SHAPE.description)
    assert [part["data-figure"] for part in chart.nodes() if "data-figure" in part.attributes] == ["value"]
    assert not [part for part in drawing.nodes() if part.text]


def test_a_missed_target_stands_on_its_day_and_within_the_axes() -> None:
    missed = replace(SHAPE, missed=((date(2020, 4, 1), 60, "60% by 1 April missed"),))
    (mark,) = named(trend(missed), "trend-missed")
    assert (round(number(mark, "left"), 1), number(mark, "top")) == (24.9, 0.0)
    assert mark.attributes["aria-label"] == "60% by 1 April missed"
    assert drawn(missed, "trend-target") == ["M0 500L1000 500"]
    before = replace(SHAPE, missed=((date(2019, 7, 1), 20, "missed"),))
    assert before.frame.first == date(2019, 7, 1)
    assert named(trend(SHAPE), "trend-missed") == []


def test_lines_keep_their_width_when_the_plot_is_stretched() -> None:
    drawing = named(trend(SHAPE), "trend-drawing")[0]
    assert drawing["preserveAspectRatio"] == "none"
    assert {part["vectorEffect"] for part in drawing.nodes() if part.tag == "path"} == {"non-scaling-stroke"}


def test_without_path_target_and_projection_nothing_is_drawn_for_them() -> None:
    bare = trend(replace(SHAPE, glide=None, target=None, projection=None))
    for name in ("glide", "on-path", "between", "gap", "along", "target", "projection", "band"):
        assert named(bare, f"trend-{name}") == [], name
    assert [end.text for end in named(bare, "trend-end")] == ["10%"]


def test_a_path_without_a_value_on_the_day_has_no_gap() -> None:
    before = replace(SHAPE, glide=Glide(((START, 5), (DUE, 30)), "path", None, "−10 points"))
    assert named(trend(before), "trend-gap") == named(trend(before), "trend-between") == []


def test_without_any_value_the_way_ahead_is_still_drawn() -> None:
    empty = trend(replace(SHAPE, series=()))
    assert named(empty, "trend-last") == named(empty, "trend-as-of") == named(empty, "trend-projection") == []
    assert len(named(empty, "trend-glide")) == len(named(empty, "trend-target")) == 1


def test_one_point_alone_is_a_chart() -> None:
    alone = TrendShape("one", (Point(SEEN, 50),), ((SEEN, "07/20"),), str, last="50%")
    chart = trend(alone)
    assert number(named(chart, "trend-last")[0], "left") == 50
    assert named(chart, "trend-value")[0].text == "50%"


def test_a_chart_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        trend(TrendShape("none", (), (), str))


def test_a_chart_of_zeros_stands_on_the_ground() -> None:
    flat = replace(SHAPE, series=(Point(START, 0), Point(SEEN, 0)), glide=None, target=None, projection=None)
    assert drawn(flat, "trend-actual") == ["M0 1000L1000 1000"]


def test_days_outside_the_chart_are_not_named() -> None:
    far = replace(SHAPE, dates=(*SHAPE.dates, (date(2021, 6, 1), "06/21")))
    assert [day.text for day in named(trend(far), "trend-day")] == ["01/20", "07/20", "12/20"]


def test_a_target_at_the_natural_maximum_is_named_beside_its_line() -> None:
    ends = named(trend(SHAPE), "trend-end")
    assert [end.text for end in ends] == ["Target30%", "Projection15%"]
    assert number(ends[0], "top") == pytest.approx((TWO_LINES - LINE) / 2, abs=0.01)


@pytest.mark.parametrize(("target", "ahead"), [(30, 30), (30, 29), (30, 31), (100, 0), (0.2, 0.1), (30, 28)])
def test_target_and_projection_do_not_cover_each_other(target: float, ahead: float) -> None:
    shape = replace(SHAPE, target=Goal(target, DUE, "T", "t"), projection=Goal(ahead, DUE, "P", "p"))
    tops = sorted(number(end, "top") for end in named(trend(shape), "trend-end"))
    assert tops[1] - tops[0] >= TWO_LINES - 0.02
    assert tops[1] + TWO_LINES / 2 <= 100.01


def test_a_value_far_right_is_named_outside_the_plot_and_clear_of_the_goals() -> None:
    late = replace(SHAPE, series=(*SHAPE.series, Point(date(2020, 12, 1), 24)))
    chart = trend(late)
    assert named(chart, "trend-value") == []
    tops = {end.text: number(end, "top") for end in named(chart, "trend-end")}
    assert set(tops) == {"Target30%", "Projection15%", "10%"}
    assert all(abs(tops["10%"] - tops[name]) >= (LINE + TWO_LINES) / 2 - 0.02 for name in tops if name != "10%")


def test_a_value_behind_is_named_under_its_point_and_one_ahead_over_it() -> None:
    behind = named(trend(SHAPE), "trend-value")[0]
    assert number(behind, "top") > 66.67
    ahead = replace(SHAPE, series=(Point(START, 5), Point(SEEN, 25)))
    assert number(named(trend(ahead), "trend-value")[0], "top") < 16.67


def test_a_short_gap_is_named_beyond_the_path() -> None:
    close = replace(SHAPE, series=(Point(START, 5), Point(SEEN, 19)))
    gap = named(trend(close), "trend-gap")[0]
    assert number(gap, "top") < 33.33
    assert "right" in gap["style"]


def test_the_word_of_the_path_is_off_the_measured_line() -> None:
    assert "trend-over" in named(trend(SHAPE), "trend-along")[0]["className"].split()
    ahead = replace(SHAPE, series=(Point(START, 12), Point(date(2020, 4, 1), 20), Point(SEEN, 28)))
    assert "trend-under" in named(trend(ahead), "trend-along")[0]["className"].split()


@given(
    st.integers(0, 365),
    st.floats(0, 100),
    st.floats(0, 100),
    st.floats(1, 100),
    st.floats(0, 100),
)
def test_words_never_leave_the_plot_or_cover_each_other(
    days: int, value: float, on_path: float, target: float, ahead: float
) -> None:
    seen = START + timedelta(days=days)
    shape = replace(
        SHAPE,
        series=(Point(START - timedelta(days=1), 5), Point(seen, value)),
        glide=Glide(((START, 5), (DUE, target)), "path", on_path, "gap"),
        target=Goal(target, DUE, "T", "t"),
        projection=Goal(ahead, DUE, "P", "p"),
    )
    chart = trend(shape)
    beside = named(chart, "trend-beside")
    for side in ("trend-left", "trend-right"):
        tops = sorted(number(word, "top") for word in beside if side in word["className"].split())
        assert all(second - first >= LINE - 0.02 for first, second in pairwise(tops))
    for word in beside:
        assert LINE / 2 - 0.01 <= number(word, "top") <= 100 - LINE / 2 + 0.01
    ends = sorted(
        (number(end, "top"), TWO_LINES if len(end.children) > 1 else LINE) for end in named(chart, "trend-end")
    )
    assert all(low - high >= (tall + taller) / 2 - 0.02 for (high, tall), (low, taller) in pairwise(ends))
    assert ends[-1][0] + ends[-1][1] / 2 <= 100.01
    along = named(chart, "trend-along")[0]
    assert 0 <= number(along, "left") <= 100
    assert 0 <= number(along, "top") <= 100


def test_the_date_over_the_plot_leans_inward_at_its_edges() -> None:
    lean = []
    for seen in (START, SEEN, DUE):
        shape = replace(SHAPE, series=(Point(START, 5), Point(seen, 10)) if seen > START else (Point(START, 5),))
        lean.append(named(trend(shape), "trend-as-of")[0].children[0]["style"]["transform"])  # type: ignore[index]  # a node
    assert lean == ["translateX(-0%)", "translateX(-50%)", "translateX(-100%)"]


def test_the_style_sheet_gives_the_plot_the_height_that_the_words_count_on() -> None:
    assert f"minmax({PLOT_REM}rem, 1fr)" in CSS.read_text(encoding="utf-8")


def test_the_style_sheet_knows_every_class_that_is_drawn_and_no_colour_of_its_own() -> None:
    sheet = CSS.read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgb\(", sheet)
    full = replace(SHAPE, missed=((SEEN, 20.0, "missed"),))
    used = {name for part in trend(full).nodes() for name in part.attributes.get("className", "").split()}
    unstyled = {name for name in used if f".{name}" not in sheet} - {"trend-over", "glyph-missed"}
    assert unstyled == set()
