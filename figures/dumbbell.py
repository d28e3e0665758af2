"""Values of several agencies on one scale: a mark each, a line from lowest to highest, the target and the path."""

from collections.abc import Sequence
from dataclasses import dataclass

from figures.bullet import TARGET_AT
from figures.dots import stack
from figures.node import Node

#: A mark in percent of the narrowest scale, and how far those that would cover another stand up or down, in rem.
_WIDTH = 5.0
_SHIFTS = ("0rem", "-0.5rem", "0.5rem", "-1rem")


@dataclass(frozen=True)
class Mark:
    """One value: its number from 0, which gives it its shape, and the value in the indicator's unit."""

    at: int
    value: float


@dataclass(frozen=True)
class Scale:
    """What the marks stand on. With a `target` it stands at 90 % of the width, as on every bullet, and what is past
    its end stops there; without one the scale ends at `top`. `path` is the glidepath on the day of the values."""

    target: float | None
    path: float | None
    top: float

    def across(self, value: float) -> float:
        """Percent from the left; the scale begins at zero."""
        reach = self.target / TARGET_AT if self.target else self.top
        return 0.0 if reach <= 0 else round(100 * min(1.0, max(0.0, value / reach)), 2)


def dumbbell(marks: Sequence[Mark], scale: Scale) -> Node:
    """The drawing; the values are printed beside it, so it is ornament to a reader without pictures."""
    places = [scale.across(mark.value) for mark in marks]
    parts = []
    if places:
        style = {"left": f"{min(places):g}%", "width": f"{max(places) - min(places):g}%"}
        parts.append(Node("span", className="dumbbell-between", style=style))
    if scale.path is not None:
        parts.append(Node("span", className="bullet-glide", style={"left": f"{scale.across(scale.path):g}%"}))
    if scale.target:
        parts.append(Node("span", className="bullet-target", style={"left": f"{100 * TARGET_AT:g}%"}))
    parts += [
        Node(
            "span",
            className=f"pin-spot pin-spot-{mark.at}",
            style={"left": f"{place:g}%", "--shift": _SHIFTS[row]},
        )
        for mark, place, row in zip(marks, places, stack(places, _WIDTH), strict=True)
    ]
    return Node("span", parts, className="dumbbell", **{"aria-hidden": "true"})
