"""Where the places of a country stand: one dot each, none over another, names that do not cover each other."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.dots import Dot, DotShape, Tick, dot_plot, levels, stack
from figures.node import Node
from metrics.status import Status

SCALE = (Tick(0, "0%"), Tick(10, "10%"), Tick(20, "20%"))
SHAPE = DotShape(
    "61 places",
    (Dot("01", 5, "Hà Nội: 5%"), Dot("48", 10, "Đà Nẵng: 10%"), Dot("40", 10, "Nghệ An: 10%", "first", "Nghệ An")),
    SCALE,
    path=Tick(18, "path"),
    target=Tick(20, "target"),
)


def named(node: Node, name: str) -> list[Node]:
    return [part for part in node.nodes() if name in part.attributes.get("className", "").split()]


def test_every_place_has_a_dot_with_its_code_and_title() -> None:
    found = {dot["data-code"]: dot["title"] for dot in named(dot_plot(SHAPE), "dot")}
    assert found == {"01": "Hà Nội: 5%", "40": "Nghệ An: 10%", "48": "Đà Nẵng: 10%"}


def test_a_dot_stands_at_its_own_value() -> None:
    assert {dot["data-code"]: dot["style"]["left"] for dot in named(dot_plot(SHAPE), "dot")} == {
        "01": "25%",
        "40": "50%",
        "48": "50%",
    }


def test_dots_of_one_value_are_stacked_with_the_pair_at_the_foot() -> None:
    found = {dot["data-code"]: dot["style"]["bottom"] for dot in named(dot_plot(SHAPE), "dot")}
    assert found == {"01": "0%", "40": "0%", "48": "50%"}


def test_highlighted_dots_are_drawn_last() -> None:
    dots = named(dot_plot(SHAPE), "dot")
    assert [dot["data-code"] for dot in dots][-1] == "40"
    assert dots[-1]["className"] == "dot dot-first"


def test_path_and_target_are_marked_where_they_are() -> None:
    plot = dot_plot(SHAPE)
    assert [stem["style"]["left"] for stem in named(plot, "dots-stem")] == ["50%", "90%", "100%"]
    assert [flag.text for flag in named(plot, "dots-flag")] == ["Nghệ An", "path", "target"]
    bare = dot_plot(replace(SHAPE, path=None, target=None))
    assert [flag.text for flag in named(bare, "dots-flag")] == ["Nghệ An"]


def test_names_that_are_close_stand_on_lines_of_their_own() -> None:
    flags = named(dot_plot(SHAPE), "dots-flag")
    assert [flag["style"]["--level"] for flag in flags] == ["0", "0", "1"]


def test_the_scale_starts_at_zero_and_ends_at_the_greatest_mark() -> None:
    high = replace(SHAPE, dots=(*SHAPE.dots, Dot("31", 40, "Hải Phòng: 40%")))
    plot = dot_plot(high)
    assert [tick["style"]["left"] for tick in named(plot, "dots-tick")] == ["0%", "25%", "50%"]
    assert next(dot for dot in named(plot, "dot") if dot["data-code"] == "31")["style"]["left"] == "100%"


def test_a_plot_of_nobody_has_its_scale_and_no_dots() -> None:
    plot = dot_plot(DotShape("none", (), ()))
    assert named(plot, "dot") == []
    assert named(plot, "dots-field")[0]["aria-label"] == "none"


def test_many_dots_of_one_value_do_not_make_the_plot_grow_without_end() -> None:
    zeros = tuple(Dot(str(code), 0, "0%") for code in range(61))
    plot = dot_plot(DotShape("61 places", zeros, SCALE))
    assert named(plot, "dots-plot")[0]["style"]["--rows"] == "10"
    assert len({dot["style"]["bottom"] for dot in named(plot, "dot")}) == 61


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="loud"):
        Dot("01", 1, "1%", tone="loud")


@given(st.lists(st.floats(0, 100), max_size=63))
def test_no_dot_covers_another_of_its_row(places: list[float]) -> None:
    rows = stack(places, 2)
    for at, (place, row) in enumerate(zip(places, rows, strict=True)):
        others = (other for other, its in zip(places[:at], rows[:at], strict=True) if its == row)
        assert all(abs(place - other) >= 2 for other in others)


@given(st.lists(st.tuples(st.floats(0, 80), st.floats(1, 20)), max_size=6))
def test_no_name_covers_another_of_its_line(given_spans: list[tuple[float, float]]) -> None:
    spans = [(start, start + length) for start, length in given_spans]
    found = levels(spans)
    for at, (start, end) in enumerate(spans):
        for (first, last), level in zip(spans[:at], found[:at], strict=True):
            assert level != found[at] or end < first or last < start


def test_a_mark_in_the_shape_of_its_status_is_no_dot() -> None:
    shaped = replace(
        SHAPE,
        dots=(Dot("01", 5, "Hà Nội: 5%", status=Status.BEHIND), Dot("48", 20, "Đà Nẵng: 20%", status=Status.MET)),
        middle=Tick(10, "median"),
    )
    plot = dot_plot(shaped)
    assert [dot["className"] for dot in named(plot, "dot")] == [
        "dot dot-shape glyph-behind",
        "dot dot-shape glyph-met",
    ]
    assert named(plot, "dots-shaped") and not named(dot_plot(SHAPE), "dots-shaped")
    (notch,), (label,) = named(plot, "dots-notch"), named(plot, "dots-middle")
    assert (notch["style"]["left"], label.text) == ("50%", "median")
    assert not named(dot_plot(SHAPE), "dots-under")
