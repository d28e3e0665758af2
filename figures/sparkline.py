"""A row's own course as a small line: its own scale, no axis, the last point marked."""

from collections.abc import Sequence

from figures.lines import Place, broken_line, drawing, path, percent
from figures.node import Node


def sparkline(values: Sequence[float | None]) -> Node:
    """One value a period, oldest first; None where nothing was reported. It is ornament to a reader without
    pictures: the change is printed beside it.

    The lowest value stands at the foot of the box and the highest at its top; values that are all the same run
    through the middle. A missing period is bridged by a dashed line, missing ones at the end by a flat one without a
    last point. Fewer than two values give no line.
    """
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        return Node("span", className="spark")
    places = _places(values)
    marks = broken_line(("spark-line", "spark-gap"), places) if len(known) > 1 else []
    last = places[known[-1]]
    assert last is not None  # it is one of the known
    parts: list[Node] = []
    if known[-1] == len(values) - 1:
        left, top = map(percent, last)
        parts.append(Node("span", className="spark-last", style={"left": left, "top": top}))
    elif marks:
        marks.append(path("spark-gap", [last, (100.0, last[1])]))
    picture = [drawing("spark-drawing", marks)] if marks else []
    return Node("span", [*picture, *parts], className="spark", **{"aria-hidden": "true"})


def _places(values: Sequence[float | None]) -> list[Place | None]:
    present = [value for value in values if value is not None]
    low, high = min(present), max(present)
    width = max(1, len(values) - 1)
    return [
        None if value is None else (100 * at / width, 50.0 if low == high else 100 * (high - value) / (high - low))
        for at, value in enumerate(values)
    ]
