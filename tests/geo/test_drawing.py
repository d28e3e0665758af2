"""The drawing: derived from the committed boundaries byte for byte, without gaps, with both archipelagos."""

import json
import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from geo.boundaries import Boundaries, read_boundaries
from geo.drawing import FRAME, GRID_KM, MARGIN, drawing_of, drawings_of, written
from geo.editions import Edition
from geo.features import known_provinces
from geo.files import OWN_DRAWINGS, OWN_FILE
from geo.islands import archipelagos
from tests.geo.ministry_file import feature_of, moved, own_collection, written_to

Spot = tuple[int, int]
OWN_DRAWING = OWN_DRAWINGS[Edition.OF_63]


@pytest.fixture(scope="module")
def boundaries() -> Boundaries:
    return read_boundaries(OWN_FILE)


@pytest.fixture(scope="module")
def drawing() -> dict[str, Any]:
    drawn: dict[str, Any] = json.loads(OWN_DRAWING.read_bytes())
    return drawn


def rings_of(path: str) -> list[list[Spot]]:
    """The corners of each ring of a path, the first one again at the end."""
    assert re.fullmatch(r"(m-?\d+[ -]\d+l(-?\d+[ -]?)+z)+", path)
    rings, start = [], (0, 0)
    for part in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        start = spot = (start[0] + numbers[0], start[1] + numbers[1])
        ring = [spot]
        for east, south in zip(numbers[2::2], numbers[3::2], strict=True):
            spot = (spot[0] + east, spot[1] + south)
            ring.append(spot)
        rings.append([*ring, start])
    return rings


def doubled_area(path: str) -> int:
    return sum(a * y - x * b for ring in rings_of(path) for (a, b), (x, y) in pairwise(ring))


def holds(path: str, x: float, y: float) -> bool:
    """Whether a point is inside a path, by the even-odd rule."""
    inside = False
    for ring in rings_of(path):
        for (a, b), (c, d) in pairwise(ring):
            if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
                inside = not inside
    return inside


def test_the_committed_drawings_are_made_from_the_committed_boundaries(boundaries: Boundaries) -> None:
    made = drawings_of(boundaries, archipelagos())
    assert made == {edition: path.read_bytes() for edition, path in OWN_DRAWINGS.items()}


def test_there_is_a_path_and_a_point_for_each_of_the_63_in_order(drawing: dict[str, Any]) -> None:
    assert list(drawing["provinces"]) == list(drawing["at"]) == list(known_provinces())
    assert len(drawing["provinces"]) == 63


def test_the_drawing_fits_its_size_exactly(drawing: dict[str, Any]) -> None:
    spots = [spot for path in drawing["provinces"].values() for ring in rings_of(path) for spot in ring]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    assert [min(xs), min(ys), max(xs), max(ys)] == [0, 0, *drawing["size"]]


def test_neighbours_share_each_step_of_their_border_and_the_outline_has_the_rest(drawing: dict[str, Any]) -> None:
    # Rings run one way round, so a step that two provinces share is walked both ways and cancels out.
    steps: Counter[tuple[Spot, Spot]] = Counter()
    for path, sign in [(path, 1) for path in drawing["provinces"].values()] + [(drawing["outline"], -1)]:
        for ring in rings_of(path):
            for one, other in pairwise(ring):
                steps[one, other] += sign
                steps[other, one] -= sign
    assert len(steps) > 5_000
    assert {step: count for step, count in steps.items() if count} == {}


def test_the_areas_of_the_provinces_add_up_to_that_of_the_outline(drawing: dict[str, Any]) -> None:
    areas = [doubled_area(path) for path in drawing["provinces"].values()]
    assert all(area > 0 for area in areas) or all(area < 0 for area in areas)
    assert sum(areas) == doubled_area(drawing["outline"])


def test_a_province_is_drawn_as_large_as_it_is(drawing: dict[str, Any]) -> None:
    # The plane is true to scale at latitude 16 and stretches the north, so each is measured at its own latitude.
    for code, path in drawing["provinces"].items():
        known = known_provinces()[code]
        stretch = math.cos(math.radians(16)) / math.cos(math.radians(known.seat[1]))
        area = abs(doubled_area(path)) / 2 * GRID_KM**2 / stretch
        assert abs(area / known.area - 1) * 100 < known.tolerance, known


def test_no_point_moves_by_more_than_three_tenths_of_a_kilometre(
    boundaries: Boundaries, drawing: dict[str, Any]
) -> None:
    shrink, west = (
        math.cos(math.radians(16)),
        min(x for shape in boundaries.provinces.values() for p in shape for x, _ in p[0]),
    )
    north = max(y for shape in boundaries.provinces.values() for p in shape for _, y in p[0])
    for code, shape in boundaries.provinces.items():
        spots = {spot for ring in rings_of(drawing["provinces"][code]) for spot in ring}
        for lon, lat in (point for part in shape for ring in part for point in ring):
            x, y = (lon - west) * shrink * 111.195 / GRID_KM, (north - lat) * 111.195 / GRID_KM
            near = min(math.hypot(x - a, y - b) for a in _around(x) for b in _around(y) if (a, b) in spots)
            assert near * GRID_KM < 0.3


def _around(number: float) -> range:
    return range(math.floor(number) - 1, math.ceil(number) + 2)


def test_the_point_of_a_province_is_in_it_and_in_no_other(drawing: dict[str, Any]) -> None:
    for code, (x, y) in drawing["at"].items():
        # Half a step off the grid, where no corner stands.
        found = [each for each, path in drawing["provinces"].items() if holds(path, x + 0.5, y + 0.5)]
        assert found == [code]


def test_chief_towns_stand_in_their_province(boundaries: Boundaries, drawing: dict[str, Any]) -> None:
    xs = [x for shape in boundaries.provinces.values() for part in shape for x, _ in part[0]]
    ys = [y for shape in boundaries.provinces.values() for part in shape for _, y in part[0]]
    width, height = drawing["size"]
    for code, known in known_provinces().items():
        x = (known.seat[0] - min(xs)) / (max(xs) - min(xs)) * width
        y = (max(ys) - known.seat[1]) / (max(ys) - min(ys)) * height
        assert holds(drawing["provinces"][code], x, y), known


def test_both_archipelagos_are_drawn_with_all_their_islands(drawing: dict[str, Any]) -> None:
    found = [(each["code"], each["province"], len(each["dots"])) for each in drawing["islands"]]
    assert found == [("hoang-sa", "48", 12), ("truong-sa", "56", 12)]


def test_islands_stay_within_the_margin_of_their_frame_with_one_scale_both_ways(drawing: dict[str, Any]) -> None:
    for frame, archipelago in zip(drawing["islands"], archipelagos(), strict=True):
        assert frame["size"] == list(FRAME)
        low = [min(dot[axis] for dot in frame["dots"]) for axis in (0, 1)]
        high = [max(dot[axis] for dot in frame["dots"]) for axis in (0, 1)]
        free = [(low[axis], FRAME[axis] - high[axis]) for axis in (0, 1)]
        assert min(min(sides) for sides in free) == MARGIN
        assert all(abs(one - other) <= 1 for one, other in free)
        first, last = archipelago.islands[0], archipelago.islands[1]
        (a, b), (c, d) = frame["dots"][:2]
        across, down = (last.lon - first.lon) * math.cos(math.radians(16)), first.lat - last.lat
        assert (c - a) / (d - b) == pytest.approx(across / down, rel=0.02)


def test_the_file_is_small_enough_to_be_sent_with_a_page() -> None:
    assert OWN_DRAWING.stat().st_size < 70_000


def test_a_ministrys_own_file_is_drawn(tmp_path: Path, drawing: dict[str, Any]) -> None:
    collection = own_collection()
    for feature in collection["features"]:
        feature["properties"] = {"gso_code": feature["properties"]["code"]}
    read = read_boundaries(written_to(tmp_path, collection))
    assert drawing_of(read, archipelagos()) == drawing


def test_a_file_with_polygons_of_the_archipelagos_is_drawn_with_the_frames_alone(
    tmp_path: Path, drawing: dict[str, Any]
) -> None:
    collection = own_collection()
    for code, lon, lat in (("48", 112.338, 16.834), ("56", 111.92, 8.645)):
        geometry = feature_of(collection, code)["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        corners = [[lon, lat], [lon, lat + 0.02], [lon + 0.02, lat + 0.02], [lon + 0.02, lat], [lon, lat]]
        feature_of(collection, code)["geometry"] = {"type": "MultiPolygon", "coordinates": [*parts, [corners]]}
    assert drawing_of(read_boundaries(written_to(tmp_path, collection)), archipelagos()) == drawing


def test_a_file_of_more_detail_gives_a_drawing_of_the_same_size(tmp_path: Path, drawing: dict[str, Any]) -> None:
    collection = own_collection()
    for feature in collection["features"]:
        geometry = feature["geometry"]
        for part in geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]:
            for ring in part:
                ring[:] = [*(point for edge in pairwise(ring) for point in _bent(edge)), ring[-1]]
    read = read_boundaries(written_to(tmp_path, collection))
    drawn = drawing_of(read, archipelagos())
    assert len(written(drawn)) < OWN_DRAWING.stat().st_size * 1.02
    areas = [doubled_area(path) for path in drawn["provinces"].values()]
    assert sum(areas) == doubled_area(drawn["outline"])
    assert sum(areas) == pytest.approx(doubled_area(drawing["outline"]), rel=0.001)


def _bent(edge: tuple[list[float], list[float]]) -> list[list[float]]:
    """The beginning of an edge and four points on the way, off it by a metre, the same for both provinces."""
    low, high = sorted(edge)
    way = [
        [low[0] + (high[0] - low[0]) * part / 5 + 0.00001 * (part % 2), low[1] + (high[1] - low[1]) * part / 5]
        for part in (1, 2, 3, 4)
    ]
    return [edge[0], *(way if edge[0] == low else way[::-1])]


def test_a_part_too_small_for_the_grid_is_left_out(tmp_path: Path, drawing: dict[str, Any]) -> None:
    collection = own_collection()
    geometry = feature_of(collection, "22")["geometry"]
    at = [107.9, 20.9]
    geometry["coordinates"].append([[at, [at[0], at[1] + 0.0004], [at[0] + 0.0004, at[1]], at]])
    assert drawing_of(read_boundaries(written_to(tmp_path, collection)), archipelagos()) == drawing


def test_a_border_that_moves_is_drawn_where_it_went(tmp_path: Path, drawing: dict[str, Any]) -> None:
    collection = own_collection()
    for feature in collection["features"]:
        moved(feature, lambda lon, lat: (lon, 12 + (lat - 12) * 0.999))
    drawn = drawing_of(read_boundaries(written_to(tmp_path, collection)), archipelagos())
    assert drawn["size"][0] == drawing["size"][0]
    assert drawn["size"][1] == pytest.approx(drawing["size"][1] * 0.999, abs=1)
