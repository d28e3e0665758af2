"""What came in on one day: one mark for each report at its hour, and a ring for each that is still waited for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from figures.lines import percent
from figures.node import Child, Node

#: The hours that are always shown; more where something came before or after.
_FROM, _TO = 7, 18
#: Minutes of one column, the height of the field in marks, and the most rings that are drawn.
_STEP, _ROWS, _RINGS = 15, 12, 40
#: Hours from the last mark on that are left to the rings.
_ROOM = 4


@dataclass(frozen=True)
class IntakeMark:
    """One report: the minute of the day it came in, and the shape that says how."""

    minute: int
    shape: str


@dataclass(frozen=True)
class Hours:
    """The hours on the line, whole ones, the first and the last."""

    first: int
    last: int

    def across(self, minute: float) -> float:
        """Where a minute of the day lies, in percent of the line."""
        return 100 * (minute - 60 * self.first) / (60 * (self.last - self.first))


def hours_of(marks: Sequence[IntakeMark], waiting: int) -> Hours:
    """The hours that hold every mark, with room after the last one where reports are waited for."""
    hours = [mark.minute // 60 for mark in marks]
    room = _ROOM if waiting else 1
    return Hours(min([_FROM, *hours]), min(24, max([_TO, *(hour + room for hour in hours)])))


def intake_line(
    marks: Sequence[IntakeMark], shapes: Sequence[str], waiting: int, description: str, within: Child = None
) -> Node:
    """The line. `shapes` orders the shapes of a column from its foot; columns higher than the field draw together.
    `waiting` rings stand after the last mark, forty at most. `within` is drawn over the field."""
    hours = hours_of(marks, waiting)
    columns = Counter((mark.minute // _STEP, mark.shape) for mark in marks)
    heights = Counter(mark.minute // _STEP for mark in marks)
    pitch = 1 / max([_ROWS, *heights.values()])
    field: list[Node] = []
    for at in sorted(heights):
        foot = 0
        for shape in shapes:
            count = columns[at, shape]
            if count:
                field.append(_stack(hours.across((at + 0.5) * _STEP), foot * pitch, count, pitch, shape))
                foot += count
    begin = max((hours.across((at + 1.5) * _STEP) for at in heights), default=2.0)
    rings = min(waiting, _RINGS)
    begin = min(begin, 90.0)
    field += [
        Node("span", className="intake-ring", style={"left": percent(begin + (98 - begin) * (at + 0.5) / rings)})
        for at in range(rings)
    ]
    ticks = [
        Node("span", f"{hour:02}:00", className="intake-hour", style={"left": percent(hours.across(60 * hour))})
        for hour in range(hours.first, hours.last + 1)
    ]
    return Node(
        "div",
        [
            Node("div", [field, within], className="intake-field", role="img", **{"aria-label": description}),
            Node("div", ticks, className="intake-axis", **{"aria-hidden": "true"}),
        ],
        className="intake",
    )


def _stack(left: float, foot: float, count: int, pitch: float, shape: str) -> Node:
    """So many marks over each other: one element, whose mask repeats the shape."""
    style = {
        "left": percent(left),
        "bottom": percent(100 * foot),
        "height": percent(100 * pitch * count),
        "--share": percent(100 / count),
    }
    return Node("span", className=f"intake-stack intake-{shape}", style=style, **{"data-count": str(count)})
