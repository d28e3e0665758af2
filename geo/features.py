"""A GeoJSON file of provinces as far as its text goes: one feature for each of the 63 codes, geometry unread."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

_AREAS = Path(__file__).parent / "osm" / "areas.csv"
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326")
#: How a file in another system of coordinates is mended.
CONVERT = "convert it, for instance with `ogr2ogr -t_srs EPSG:4326 NEW.geojson OLD.geojson`"

Point: TypeAlias = tuple[float, float]


class BoundaryError(Exception):
    """A file of boundaries that cannot be used. `rule` is one word for what is wrong; the message says file, place,
    what is wrong and how to mend it."""

    def __init__(self, file: str, rule: str, trouble: str) -> None:
        self.file = file
        self.rule = rule
        super().__init__(f"{file}: {' '.join(trouble.split())}")


@dataclass(frozen=True)
class Known:
    """What is known of a province without its boundary: its area in km2, by how many percent a boundary may miss it
    (islets and shallows are counted differently along the coast), and a point (lon, lat) in its chief town."""

    code: str
    name: str
    area: float
    tolerance: float
    seat: Point

    def __str__(self) -> str:
        return f"province {self.code} ({self.name})"


@cache
def known_provinces() -> dict[str, Known]:
    """The 63 provinces by code, in order of code. Source: osm/areas.csv."""
    with _AREAS.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Known(
                row["code"],
                row["name"],
                float(row["area_km2"]),
                float(row["tolerance_percent"]),
                (float(row["seat_lon"]), float(row["seat_lat"])),
            )
            for row in csv.DictReader(file)
        }


def geometries_by_code(path: Path) -> dict[str, object]:
    """The GeoJSON geometry of each of the 63 provinces, unread, in order of code.

    Raises BoundaryError where the file cannot be read, is no GeoJSON in degrees, or has other than 63 features with
    the 63 codes once each, as text in the property `code` or `gso_code`.
    """
    file, found = str(path), dict[str, object]()
    for number, feature in enumerate(_features(path, file), 1):
        known = _province(feature, number, file)
        if known.code in found:
            raise BoundaryError(
                file,
                "twice",
                f"feature {number} is {known} a second time; join both into one MultiPolygon, or correct the code",
            )
        found[known.code] = feature.get("geometry")
    return {code: found[code] for code in sorted(found)}


def _features(path: Path, file: str) -> list[Any]:
    held = _json(path, file)
    if not isinstance(held, dict) or held.get("type") != "FeatureCollection":
        raise BoundaryError(
            file, "geojson", "is not a GeoJSON FeatureCollection; give one with a feature for each province"
        )
    if held.get("crs") is not None:
        system = _system(held["crs"])
        if not system.endswith(_DEGREES):
            raise BoundaryError(file, "crs", f"is in {system}, not in degrees of WGS 84 (EPSG:4326); {CONVERT}")
    features = held.get("features")
    count, wanted = len(features) if isinstance(features, list) else 0, len(known_provinces())
    if not isinstance(features, list) or count != wanted:
        raise BoundaryError(file, "count", f"has {count} features; give {wanted}, one for each province")
    return features


def _json(path: Path, file: str) -> object:
    try:
        return json.loads(path.read_text("utf-8-sig"), parse_constant=_no_number)
    except OSError as trouble:
        raise BoundaryError(
            file, "unreadable", f"cannot be read ({trouble.strerror}); name a file that can"
        ) from None
    except (ValueError, RecursionError) as trouble:
        raise BoundaryError(
            file, "json", f"is not JSON ({trouble}); give a GeoJSON file in UTF-8, not a shapefile or a workbook"
        ) from None


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _system(named: Any) -> str:
    """The name of a system of coordinates, as GeoJSON of before 2016 gives it."""
    try:
        return str(named["properties"]["name"])
    except (KeyError, TypeError):
        return json.dumps(named)[:80]


def _province(feature: Any, number: int, file: str) -> Known:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    given = properties if isinstance(properties, dict) else {}
    code = given.get("code", given.get("gso_code"))
    if code is None:
        raise BoundaryError(file, "no_code", f"feature {number} has no property `code` or `gso_code`; add it")
    if not isinstance(code, str) or code not in known_provinces():
        raise BoundaryError(
            file,
            "unknown_code",
            f"feature {number} has the code {str(code)[:40]!r}, which is none of the 63; give the statistical code of"
            ' the province as text of two digits, such as "01" for Hà Nội',
        )
    return known_provinces()[code]
