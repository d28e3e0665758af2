"""The bar of a plan: which side is shaded, where figure and marks stand, what is not drawn."""

import pytest

from figures.node import Node
from figures.plan_bar import PlanShape, plan_bar


def spans(shape: PlanShape) -> dict[str, list[dict[str, str]]]:
    """The style of every mark, by its class."""
    found: dict[str, list[dict[str, str]]] = {}
    for node in plan_bar(shape, "dưới 4%", "").nodes():
        if isinstance(node, Node) and "style" in node.attributes:
            found.setdefault(node["className"], []).append(node["style"])
    return found


@pytest.mark.parametrize(
    ("shape", "good", "arrow"),
    [
        (PlanShape(4, 4, -1), {"left": "0%", "width": "73.5%"}, "plan-arrow plan-down"),
        (PlanShape(4, 4, 1), {"left": "73.5%", "width": "26.5%"}, "plan-arrow plan-up"),
        (PlanShape(2, 4, 1), {"left": "36.75%", "width": "63.25%"}, "plan-arrow plan-up"),
        (PlanShape(2, 4, 0), {"left": "36.75%", "width": "36.75%"}, None),
    ],
)
def test_the_side_that_meets_the_target_is_shaded(shape: PlanShape, good: dict[str, str], arrow: str | None) -> None:
    found = spans(shape)
    assert found["plan-good"] == [good]
    assert [name for name in found if name.startswith("plan-arrow")] == ([arrow] if arrow else [])
    assert len(found["plan-edge"]) == (1 if shape.low == shape.high else 2)


def test_no_figure_is_no_bar_and_one_of_two_ends_shows_both() -> None:
    assert "plan-value" not in spans(PlanShape(4, 4, -1))
    found = spans(PlanShape(60, 62, 1, value=(61, 62)))
    assert found["plan-value"] == [{"left": "0%", "width": "72.31%"}]
    assert found["plan-value plan-more"] == [{"left": "72.31%", "width": "1.19%"}]


def test_about_is_dashed_the_next_plan_is_marked_and_the_scale_ends() -> None:
    found = spans(PlanShape(4, 4, -1, about=True, value=(40, 40), following=(3, 5)))
    assert found["plan-edge plan-about"] == [{"left": "73.5%"}]
    assert found["plan-value"] == [{"left": "0%", "width": "100%"}]
    assert found["plan-next"] == [{"left": "73.5%"}]


def test_a_scale_needs_a_target_above_zero() -> None:
    with pytest.raises(ValueError, match="above zero"):
        plan_bar(PlanShape(-1, 0, 1), "", "")
