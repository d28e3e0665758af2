"""The course of a row: own scale, last point marked, what is missing dashed."""

from figures.node import Node
from figures.sparkline import sparkline


def lines(node: Node) -> list[tuple[str, str]]:
    return [(part["className"], part["d"]) for part in node.nodes() if part.tag == "path"]


def last(node: Node) -> dict[str, str] | None:
    found = [part["style"] for part in node.nodes() if part.attributes.get("className") == "spark-last"]
    return found[0] if found else None


def test_the_lowest_value_is_at_the_foot_and_the_highest_at_the_top() -> None:
    assert lines(sparkline([2, 4, 3])) == [("spark-line", "M0 1000L500 0L1000 500")]


def test_the_last_point_is_marked_at_its_place() -> None:
    assert last(sparkline([2, 4, 3])) == {"left": "100%", "top": "50%"}


def test_every_row_has_its_own_scale() -> None:
    assert lines(sparkline([1, 2])) == lines(sparkline([100, 900]))


def test_values_that_are_all_the_same_run_through_the_middle() -> None:
    assert lines(sparkline([0, 0])) == [("spark-line", "M0 500L1000 500")]


def test_a_missing_period_is_bridged_by_dashes_and_not_by_the_line() -> None:
    assert lines(sparkline([0, 2, None, 4, 2])) == [
        ("spark-gap", "M250 500L750 0"),
        ("spark-line", "M0 1000L250 500"),
        ("spark-line", "M750 0L1000 500"),
    ]


def test_a_lone_value_between_two_gaps_is_a_dot() -> None:
    drawn = lines(sparkline([0, None, 4, None, 2]))
    assert ("spark-line", "M500 0L500 0") in drawn


def test_missing_periods_at_the_end_run_flat_and_have_no_last_point() -> None:
    row = sparkline([0, 4, 2, None, None])
    assert lines(row) == [("spark-line", "M0 1000L250 0L500 500"), ("spark-gap", "M500 500L1000 500")]
    assert last(row) is None


def test_missing_periods_at_the_beginning_draw_nothing() -> None:
    assert lines(sparkline([None, None, 0, 4])) == [("spark-line", "M666.7 1000L1000 0")]


def test_fewer_than_two_values_give_no_line() -> None:
    assert lines(sparkline([])) == lines(sparkline([None, None])) == lines(sparkline([None, 3])) == []
    assert lines(sparkline([3, None, None])) == []
    assert last(sparkline([None, 3])) is not None
    assert last(sparkline([None, None])) is None


def test_lines_keep_their_width_when_the_box_is_stretched() -> None:
    drawing = next(part for part in sparkline([1, 2]).nodes() if part.tag == "svg")
    assert (drawing["viewBox"], drawing["preserveAspectRatio"]) == ("0 0 1000 1000", "none")
    assert all(part["vectorEffect"] == "non-scaling-stroke" for part in drawing.nodes() if part.tag == "path")
