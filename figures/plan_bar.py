"""A target of a plan as a bar: the side on which it is reached, the figure, and where the next plan stands."""

from dataclasses import dataclass

from figures.lines import percent
from figures.node import Child, Node

#: Where the upper end of the target stands, in percent of the width: room on both sides for those that pass it.
_HIGH_AT = 73.5


@dataclass(frozen=True)
class PlanShape:
    """The ends of a target (one number is both), the side of it that is good (1 above, -1 below, 0 between), whether
    it is only "about", the two ends of the figure, None without one, and those of the next plan."""

    low: float
    high: float
    good: int
    about: bool = False
    value: tuple[float, float] | None = None
    following: tuple[float, float] | None = None


def plan_bar(shape: PlanShape, label: Child, description: str) -> Node:
    """The bar, zero-based; `label` is the target in words, over its ends. No figure gives no bar, which is not a bar
    of zero. What lies beyond the scale stops at its edge. Raises ValueError where the upper end is zero or less."""
    if shape.high <= 0:
        raise ValueError(f"target {shape.high!r}: the scale starts at zero, so a target must be above zero")

    def across(number: float) -> float:
        return min(100.0, max(0.0, _HIGH_AT * number / shape.high))

    low, high = across(shape.low), across(shape.high)
    begin, end = (low, 100.0) if shape.good > 0 else (0.0, high) if shape.good < 0 else (low, high)
    kind = " plan-about" if shape.about else ""
    parts = [Node("span", className="plan-good", style=_span(begin, end))]
    if shape.value is not None:
        first, last = (across(each) for each in shape.value)
        parts.append(Node("span", className="plan-value", style=_span(0, first)))
        if last > first:
            parts.append(Node("span", className="plan-value plan-more", style=_span(first, last)))
    parts += [
        Node("span", className=f"plan-edge{kind}", style={"left": percent(each)}) for each in sorted({low, high})
    ]
    if shape.good:
        side = "up" if shape.good > 0 else "down"
        parts.append(Node("span", className=f"plan-arrow plan-{side}", style=_span(begin, end)))
    if shape.following is not None:
        middle = across(sum(shape.following) / 2)
        parts.append(Node("span", className="plan-next", style={"left": percent(middle)}))
    return Node(
        "div",
        [
            Node("span", label, className="plan-label", style={"left": percent((low + high) / 2)}),
            Node("span", parts, className="plan-track", role="img", **{"aria-label": description}),
        ],
        className="plan-bar",
    )


def _span(begin: float, end: float) -> dict[str, str]:
    return {"left": percent(begin), "width": percent(end - begin)}
