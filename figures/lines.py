"""Lines through measured points: where they run, where they break, and the path of an SVG that draws them.

Both axes of a drawing run from 0 to 1000 and are stretched over its box, so a line keeps its width and text its size.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

from figures.node import Node

#: A place in a box: percent of its width from the left, percent of its height from the top.
Place: TypeAlias = tuple[float, float]
#: A line keeps its width however its picture is stretched.
_STAYS = "non-scaling-stroke"


def runs(values: Sequence[float | None]) -> list[range]:
    """The stretches of consecutive values, as ranges of their positions; a missing value ends a stretch."""
    found = []
    for present, group in groupby(range(len(values)), key=lambda at: values[at] is not None):
        if present:
            positions = list(group)
            found.append(range(positions[0], positions[-1] + 1))
    return found


def path(name: str, places: Iterable[Place]) -> Node:
    """A line through the places. One place alone is a line of no length, which its round ends make a dot."""
    places = list(places)
    return _path(name, [*places, *places] if len(places) == 1 else places)


def dots(name: str, places: Iterable[Place]) -> Node:
    """A dot at each place: lines of no length, which round ends make dots, round however the picture is stretched."""
    return Node("path", className=name, d="".join(f"M{_point(at)}h0" for at in places), vectorEffect=_STAYS)


def area(name: str, places: Iterable[Place]) -> Node:
    """A filled shape with its corners at the places."""
    return _path(name, places, "Z")


def broken_line(names: tuple[str, str], places: Sequence[Place | None]) -> list[Node]:
    """A line through what was measured, solid, and a bridge over each gap between; two classes, solid and bridge.

    Before the first place and after the last one nothing is drawn.
    """
    solid, bridge = names
    spans = runs([None if place is None else place[1] for place in places])
    bridges = [path(bridge, _known(places, (before[-1], after[0]))) for before, after in pairwise(spans)]
    return [*bridges, *(path(solid, _known(places, span)) for span in spans)]


def drawing(name: str, marks: Iterable[Node], description: str | None = None) -> Node:
    """An SVG that fills its box. With a description it is an image with that name, without one it is ornament."""
    said = {"aria-hidden": "true"} if description is None else {"role": "img", "aria-label": description}
    return Node("svg", marks, className=name, viewBox="0 0 1000 1000", preserveAspectRatio="none", **said)


def percent(number: float) -> str:
    """A measure of CSS: 12.345 is `12.35%`."""
    return f"{round(number, 2):g}%"


def _known(places: Sequence[Place | None], positions: Iterable[int]) -> list[Place]:
    return [place for place in (places[at] for at in positions) if place is not None]


def _path(name: str, places: Iterable[Place], end: str = "") -> Node:
    corners = "L".join(map(_point, places))
    return Node("path", className=name, d=f"M{corners}{end}", vectorEffect=_STAYS)


def _point(place: Place) -> str:
    return f"{round(10 * place[0], 1):g} {round(10 * place[1], 1):g}"
