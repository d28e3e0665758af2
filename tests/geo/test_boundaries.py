"""The committed boundaries are those of the 63 provinces; files that are not are refused with a reason."""

import ast
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from geo.boundaries import Boundaries, BoundaryError, read_boundaries
from geo.features import known_provinces
from geo.files import OWN_FILE
from tests.conftest import ROOT
from tests.geo.ministry_file import Collection, feature_of, moved, own_collection, written_to

Alter = Callable[[Collection], object]


@pytest.fixture(scope="module")
def own() -> Boundaries:
    return read_boundaries(OWN_FILE)


def refused(path: Path) -> BoundaryError:
    with pytest.raises(BoundaryError) as raised:
        read_boundaries(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)
    return raised.value


def doubled_area(ring: list[list[float]]) -> float:
    return sum(a * y - x * b for (a, b), (x, y) in pairwise(ring))


# The committed file


def test_the_file_has_the_63_provinces_in_order_with_their_names() -> None:
    named = [(each["properties"]["code"], each["properties"]["name"]) for each in own_collection()["features"]]
    assert named == [(known.code, known.name) for known in known_provinces().values()]
    assert len(named) == 63


def test_the_63_provinces_are_those_of_the_agencies_until_june_2025() -> None:
    lines = (ROOT / "data" / "reference" / "agencies.csv").read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines if ",province," in line]
    valid = {row[0]: row[1] for row in rows if row[5] < "2025-07-01" and row[6] in ("", "2025-06-30")}
    assert {known.code: known.name for known in known_provinces().values()} == valid


def test_areas_are_those_of_the_reference(shared: Path) -> None:
    lines = (shared / "reference" / "provinces63.csv").read_text("utf-8-sig").splitlines()
    at = lines[0].split(",").index("area_km2")
    assert {row[0]: float(row[at]) for row in (line.split(",") for line in lines[1:])} == {
        known.code: known.area for known in known_provinces().values()
    }


def test_coordinates_have_four_decimals_at_most() -> None:
    numbers = re.findall(r"-?\d+\.(\d+)", OWN_FILE.read_text("utf-8"))
    assert len(numbers) > 10_000
    assert max(map(len, numbers)) == 4


def test_outer_rings_run_clockwise() -> None:
    for feature in own_collection()["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for outer, *holes in parts:
            assert doubled_area(outer) < 0
            assert all(doubled_area(hole) > 0 for hole in holes)


@pytest.mark.parametrize(
    ("code", "lon", "lat"), [("31", 107.72, 20.13), ("45", 107.34, 17.16)], ids=["Bạch Long Vĩ", "Cồn Cỏ"]
)
def test_islands_far_from_the_coast_are_in_their_province(own: Boundaries, code: str, lon: float, lat: float) -> None:
    def holds(ring: tuple[tuple[float, float], ...]) -> bool:
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        return min(xs) < lon < max(xs) and min(ys) < lat < max(ys) and max(xs) - min(xs) < 0.02

    assert [holder for holder, shape in own.provinces.items() if any(holds(part[0]) for part in shape)] == [code]


def test_neighbours_have_each_point_of_their_border_in_common(own: Boundaries) -> None:
    edges: dict[frozenset[tuple[float, float]], int] = {}
    for shape in (*own.provinces.values(), own.outline):
        for part in shape:
            for ring in part:
                for edge in pairwise(ring):
                    edges[frozenset(edge)] = edges.get(frozenset(edge), 0) + 1
    # Every edge is that of two provinces, or of one and the outline.
    assert set(edges.values()) == {2}


def test_areas_may_differ_widely_only_along_bays_and_where_an_archipelago_is_counted() -> None:
    assert {known.tolerance for known in known_provinces().values()} == {5, 10, 30}
    assert sorted(known.code for known in known_provinces().values() if known.tolerance == 30) == [
        "22", "31", "48", "56",
    ]  # fmt: skip


# A ministry's own file


def with_gso_code(collection: Collection) -> None:
    for feature in collection["features"]:
        feature["properties"] = {"gso_code": feature["properties"]["code"], "dien_tich": 1}


def turned_round(collection: Collection) -> None:
    for feature in collection["features"]:
        geometry = feature["geometry"]
        for part in geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]:
            for ring in part:
                ring.reverse()


def with_heights(collection: Collection) -> None:
    for feature in collection["features"]:
        moved(feature, lambda lon, lat: (lon, lat, 12.5))


def in_another_order(collection: Collection) -> None:
    collection["features"].reverse()
    collection["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


@pytest.mark.parametrize("alter", [with_gso_code, turned_round, with_heights, in_another_order])
def test_the_same_geometry_written_otherwise_is_read_alike(own: Boundaries, tmp_path: Path, alter: Alter) -> None:
    collection = own_collection()
    alter(collection)
    read = read_boundaries(written_to(tmp_path, collection))
    assert list(read.provinces) == list(own.provinces)
    assert (read.provinces, read.outline, read.inside) == (own.provinces, own.outline, own.inside)


def test_a_seam_between_two_borders_leaves_no_line_in_the_outline(own: Boundaries, tmp_path: Path) -> None:
    collection = own_collection()
    moved(feature_of(collection, "40"), lambda lon, lat: (lon - 0.00001, lat))
    read = read_boundaries(written_to(tmp_path, collection))
    assert len(read.outline) == len(own.outline)
    assert all(len(part) == 1 for part in read.outline)


# Refusals


def one_missing(collection: Collection) -> None:
    del collection["features"][7]


def code_twice(collection: Collection) -> None:
    feature_of(collection, "02")["properties"]["code"] = "01"


def code_unknown(collection: Collection) -> None:
    feature_of(collection, "02")["properties"]["code"] = "03"


def code_as_number(collection: Collection) -> None:
    feature_of(collection, "01")["properties"]["code"] = 1


def code_absent(collection: Collection) -> None:
    feature_of(collection, "96")["properties"] = {"name": "Cà Mau"}


def codes_exchanged(collection: Collection) -> None:
    one, other = feature_of(collection, "25"), feature_of(collection, "89")
    one["properties"], other["properties"] = other["properties"], one["properties"]


def too_small(collection: Collection) -> None:
    lon, lat = known_provinces()["01"].seat
    moved(feature_of(collection, "01"), lambda x, y: (lon + (x - lon) * 0.9, lat + (y - lat) * 0.9))


def on_a_neighbour(collection: Collection) -> None:
    moved(feature_of(collection, "40"), lambda lon, lat: (lon, lat + 0.03))


def crossing_itself(collection: Collection) -> None:
    ring = feature_of(collection, "35")["geometry"]["coordinates"][0]
    ring[10], ring[40] = ring[40], ring[10]


def of_three_points(collection: Collection) -> None:
    ring = feature_of(collection, "35")["geometry"]["coordinates"][0]
    del ring[2:-1]


def left_open(collection: Collection) -> None:
    del feature_of(collection, "35")["geometry"]["coordinates"][0][-1]


def of_words(collection: Collection) -> None:
    feature_of(collection, "35")["geometry"]["coordinates"][0][3] = ["105,9", "20,5"]


def empty(collection: Collection) -> None:
    feature_of(collection, "35")["geometry"]["coordinates"] = []


def a_point(collection: Collection) -> None:
    feature_of(collection, "35")["geometry"] = {"type": "Point", "coordinates": [105.9, 20.5]}


def without_geometry(collection: Collection) -> None:
    feature_of(collection, "35")["geometry"] = None


def named_metres(collection: Collection) -> None:
    collection["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}
    unnamed_metres(collection)


def unnamed_metres(collection: Collection) -> None:
    for feature in collection["features"]:
        moved(feature, lambda lon, lat: (500_000 + (lon - 105) * 105_000, lat * 110_600))


def latitude_first(collection: Collection) -> None:
    for feature in collection["features"]:
        moved(feature, lambda lon, lat: (lat, lon))


def another_kind(collection: Collection) -> None:
    collection["type"] = "Topology"


@pytest.mark.parametrize(
    ("alter", "rule", "told"),
    [
        (one_missing, "count", ["has 62 features", "give 63"]),
        (code_twice, "twice", ["feature 2", "01 (Hà Nội)", "MultiPolygon"]),
        (code_unknown, "unknown_code", ["feature 2", "'03'", "two digits"]),
        (code_as_number, "unknown_code", ["feature 1", "'1'", '"01"']),
        (code_absent, "no_code", ["feature 63", "`code` or `gso_code`"]),
        (codes_exchanged, "misplaced", ["25 (Phú Thọ)", "longitude 105.4", "correct the code"]),
        (too_small, "area", ["01 (Hà Nội)", "km2 where 3359 are expected", "5%"]),
        (on_a_neighbour, "overlap", ["38 (Thanh Hóa) and province 40 (Nghệ An)", "km2 near", "once"]),
        (crossing_itself, "invalid", ["35 (Hà Nam)", "Self-intersection[", "-makevalid"]),
        (of_three_points, "invalid", ["35 (Hà Nam)", "Too few points", "-makevalid"]),
        (left_open, "invalid", ["35 (Hà Nam)", "closed rings of four points"]),
        (of_words, "invalid", ["35 (Hà Nam)", "broken coordinates"]),
        (empty, "invalid", ["35 (Hà Nam)", "is empty"]),
        (a_point, "kind", ["35 (Hà Nam) is a Point", "MultiPolygon"]),
        (without_geometry, "kind", ["35 (Hà Nam) has no geometry"]),
        (named_metres, "crs", ["EPSG::3405", "WGS 84", "ogr2ogr -t_srs EPSG:4326"]),
        (unnamed_metres, "outside", ["01 (Hà Nội)", "VN-2000", "ogr2ogr -t_srs EPSG:4326"]),
        (latitude_first, "outside", ["01 (Hà Nội)", "not in Viet Nam", "longitude first"]),
        (another_kind, "geojson", ["FeatureCollection"]),
    ],
)
def test_a_wrong_file_is_refused_by_name_place_and_remedy(
    tmp_path: Path, alter: Alter, rule: str, told: list[str]
) -> None:
    collection = own_collection()
    alter(collection)
    trouble = refused(written_to(tmp_path, collection))
    assert trouble.rule == rule
    assert [words for words in told if words not in str(trouble)] == []


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "json"),
        (b"code,name\n01,\xc4\x90\n", "json"),
        (b"\x00\x00\x27\x0a\xff\xfe", "json"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "json"),
        (b"[" * 200_000, "json"),
        (b"[]", "geojson"),
        (b'{"type": "FeatureCollection"}', "count"),
        (b'{"type": "FeatureCollection", "crs": [1], "features": []}', "crs"),
        (json.dumps({"type": "FeatureCollection", "features": [None] * 63}).encode(), "no_code"),
    ],
)
def test_what_is_no_collection_of_provinces_is_refused(tmp_path: Path, content: bytes, rule: str) -> None:
    path = tmp_path / "ranh_gioi.geojson"
    path.write_bytes(content)
    assert refused(path).rule == rule


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    trouble = refused(tmp_path / "ranh_gioi.geojson")
    assert trouble.rule == "unreadable"
    assert refused(tmp_path).rule == "unreadable"


# What a web worker loads


def imported(path: Path) -> set[str]:
    """The modules that a file imports as it is loaded; what a function imports when it is called does not count."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_only_two_modules_load_the_geometry_library_and_no_page_loads_them() -> None:
    rooms = ("app.py", "callbacks", "layouts", "figures", "metrics", "geo", "access", "data", "i18n")
    paths = [
        path for room in rooms for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py"))
    ]
    loading = {
        path.name
        for path in paths
        if any(name.split(".")[0] in ("geopandas", "shapely", "pyproj") for name in imported(path))
    }
    assert loading == {"boundaries.py", "build_boundaries.py"}
    by_hand = {"geo.boundaries", "geo.build_boundaries", "geo.drawing"}
    assert [path.name for path in paths if path.parent.name != "geo" and imported(path) & by_hand] == []
