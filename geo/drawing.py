"""The map as the browser draws it: paths of whole numbers on a grid of a quarter of a kilometre."""

import json
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from geo.boundaries import Boundaries, Shape, merged
from geo.editions import Edition
from geo.features import Point
from geo.islands import Archipelago

#: Kilometres from one line of the grid to the next; a point moves by 0.18 km at most.
GRID_KM = 0.25
#: Width and height of the frame of an archipelago, and the room left free on each side of its islands. Frames are not
#: to the scale of the map, nor to that of each other.
FRAME = (1000, 900)
MARGIN = 100

#: Degrees east: beyond lie the two archipelagos alone, which have frames of their own.
_FAR_EAST = 110.2
_PER_DEGREE = 111.195 / GRID_KM
_SHRINK = math.cos(math.radians(16))

Spot: TypeAlias = tuple[int, int]


def drawings_of(boundaries: Boundaries, archipelagos: Sequence[Archipelago]) -> dict[Edition, bytes]:
    """The drawing of each edition as the bytes of a JSON file; `boundaries` are those of the 63. An archipelago is of
    the province that its own went into, which has kept the code."""
    each = {Edition.OF_63: boundaries, Edition.OF_34: merged(boundaries)}
    return {edition: written(drawing_of(found, archipelagos)) for edition, found in each.items()}


def drawing_of(boundaries: Boundaries, archipelagos: Iterable[Archipelago]) -> dict[str, Any]:
    """The drawing as plain values for JSON.

    `size` is width and height of the country without the archipelagos, in steps of the grid, y down. `provinces` maps
    each code, in order, to an SVG path; `outline` is the path around all; `at` maps each code to a point inside, for
    focus and tooltips. `islands` lists the archipelagos with province, frame size and a dot for each island.
    Neighbours are rounded alike, so their paths share the border exactly. A part too small for the grid is left out,
    and so are polygons of the archipelagos, should the file have them.
    """
    near = {code: _near(shape) for code, shape in boundaries.provinces.items()}
    points = [_plane(point) for shape in near.values() for part in shape for ring in part for point in ring]
    west, north = min(x for x, _ in points), min(y for _, y in points)

    def spot(point: Point) -> Spot:
        x, y = _plane(point)
        return round(x) - round(west), round(y) - round(north)

    def path(shape: Shape) -> str:
        return _path([[spot(point) for point in ring] for part in shape for ring in part])

    return {
        "size": [round(max(x for x, _ in points)) - round(west), round(max(y for _, y in points)) - round(north)],
        "provinces": {code: path(shape) for code, shape in near.items()},
        "outline": path(_near(boundaries.outline)),
        "at": {code: list(spot(point)) for code, point in boundaries.inside.items()},
        "islands": [_frame(each) for each in archipelagos],
    }


def written(drawing: dict[str, Any]) -> bytes:
    """The drawing as the bytes of a JSON file, the same for the same drawing."""
    return json.dumps(drawing, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _near(shape: Shape) -> Shape:
    return tuple(part for part in shape if min(lon for lon, _ in part[0]) < _FAR_EAST)


def _plane(point: Point) -> Point:
    """Steps of the grid east and south; true to scale at latitude 16, in the middle of the country."""
    lon, lat = point
    return lon * _SHRINK * _PER_DEGREE, -lat * _PER_DEGREE


def _path(rings: Iterable[Sequence[Spot]]) -> str:
    """Closed rings as relative commands; each begins where the one before it began."""
    parts, start = [], (0, 0)
    for ring in rings:
        corners = [spot for spot, last in zip(ring, [None, *ring[:-1]], strict=True) if spot != last]
        if _doubled_area(corners) == 0:
            continue
        steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(corners[:-1])]
        first = (corners[0][0] - start[0], corners[0][1] - start[1])
        parts.append(f"m{_numbers([first])}l{_numbers(steps)}z")
        start = corners[0]
    return "".join(parts)


def _doubled_area(ring: Sequence[Spot]) -> int:
    return sum(a * y - x * b for (a, b), (x, y) in pairwise(ring))


def _numbers(spots: Iterable[Spot]) -> str:
    """The numbers with what parts them: a space, or the minus sign."""
    return " ".join(f"{x} {y}" for x, y in spots).replace(" -", "-")


def _frame(archipelago: Archipelago) -> dict[str, Any]:
    """The islands in the middle of a frame, with one scale for both directions."""
    points = [_plane((island.lon, island.lat)) for island in archipelago.islands]
    low = [min(point[axis] for point in points) for axis in (0, 1)]
    high = [max(point[axis] for point in points) for axis in (0, 1)]
    scale = min((FRAME[axis] - 2 * MARGIN) / (high[axis] - low[axis]) for axis in (0, 1))
    dots = [
        [round(FRAME[axis] / 2 + (point[axis] - (low[axis] + high[axis]) / 2) * scale) for axis in (0, 1)]
        for point in points
    ]
    return {"code": archipelago.code, "province": archipelago.province, "size": list(FRAME), "dots": dots}
