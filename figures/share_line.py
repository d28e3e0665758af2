"""A share over months as a line over the same axis as columns: where it breaks, the month that runs, and an aim."""

from collections.abc import Sequence
from dataclasses import dataclass

from figures.axis import apart
from figures.columns import Grid
from figures.lines import Place, drawing, path, percent, runs
from figures.node import Child, Node

#: The highest value leaves this much of the plot, in percent.
_HEADROOM = 6.0


@dataclass(frozen=True)
class SharePoint:
    """The share of one month, None where nothing was told. `label` stands over it; `whole` is False where its month
    is not over."""

    value: float | None
    label: Child = None
    whole: bool = True


@dataclass(frozen=True)
class Beside:
    """Words at the right end of the plot, as high as `value`; `height` is how much of the plot they take, in
    percent."""

    value: float
    words: Child
    height: float
    name: str = ""


def share_line(
    points: Sequence[SharePoint],
    grid: Sequence[Grid],
    goal: float | None,
    beside: Sequence[Beside],
    description: str,
) -> Node:
    """The drawing, as high as its box, each month in the middle of its column. A month of which nothing was told is a
    gap with a hatch; the way to one that is not over is dashed."""
    values = [each.value for each in points if each.value is not None]
    top = max([*values, *(line.value for line in grid), goal or 0.0], default=0.0) or 1.0
    scale = (100.0 - _HEADROOM) / top

    def down(value: float) -> float:
        return 100.0 - value * scale

    places: list[Place | None] = [
        None if each.value is None else (100.0 * (at + 0.5) / len(points), down(each.value))
        for at, each in enumerate(points)
    ]
    marks = [_ruled(line, line.value * scale) for line in grid]
    marks += [_absent(at, len(points)) for at, place in enumerate(places) if place is None]
    marks.append(drawing("share-drawing", _lines(points, places, None if goal is None else down(goal)), description))
    marks += [_spot(each, place) for each, place in zip(points, places, strict=True) if place is not None]
    middles = apart([down(each.value) for each in beside], [each.height for each in beside], (0.0, 100.0))
    marks += [
        Node("div", each.words, className=f"share-beside {each.name}".strip(), style={"top": percent(middle)})
        for each, middle in zip(beside, middles, strict=True)
    ]
    return Node("div", marks, className="share-plot")


def _ruled(line: Grid, height: float) -> Node:
    return Node("span", Node("span", line.word), className="columns-line", style={"bottom": percent(height)})


def _lines(points: Sequence[SharePoint], places: Sequence[Place | None], goal: float | None) -> list[Node]:
    found = [] if goal is None else [path("share-goal", [(0.0, goal), (100.0, goal)])]
    told = [place if each.whole else None for each, place in zip(points, places, strict=True)]
    for span in runs([None if place is None else place[1] for place in told]):
        found.append(path("share-actual", [place for place in (told[at] for at in span) if place is not None]))
    for at, each in enumerate(points[1:], start=1):
        before, here = places[at - 1], places[at]
        if not each.whole and before is not None and here is not None:
            found.append(path("share-running", [before, here]))
    return found


def _spot(each: SharePoint, place: Place) -> Node:
    name = "share-spot" if each.whole else "share-spot share-part"
    words = Node("span", each.label, className="share-label") if each.label else None
    return Node("span", words, className=name, style={"left": percent(place[0]), "top": percent(place[1])})


def _absent(at: int, count: int) -> Node:
    style = {"left": percent(100.0 * at / count), "width": percent(100.0 / count)}
    return Node("span", className="hatch share-absent", style=style)
