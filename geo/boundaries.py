"""Boundaries of the 63 provinces out of a GeoJSON file: the one that comes with the product, or a ministry's own; and
those of the 34 that they were merged into.

The geometry library is imported here and in nothing that a web worker loads; it costs more memory than the pages do.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.editions import Edition, formed_of
from geo.features import CONVERT, BoundaryError, Known, Point, geometries_by_code, known_provinces

__all__ = ["BOX", "OVERLAP_KM2", "Boundaries", "BoundaryError", "Ring", "Shape", "merged", "read_boundaries"]

#: Degrees west, south, east, north of Viet Nam; the east and the south are those of Trường Sa.
BOX = (102.0, 6.4, 118.0, 23.5)
#: Two provinces may share this much ground: a border that was digitised twice shares less, a wrong polygon more.
OVERLAP_KM2 = 1.0
#: Borders are thinned to corners of about this size in degrees (0.2 km), which the drawing does not show. The file of
#: the product has none smaller; a file of survey detail would be too large to draw.
_DETAIL = 0.002
#: A chief town stands in its province, or this many degrees (2 km) off a coast that is drawn a little otherwise.
_NEAR = 0.02
#: Equal-area, in metres, with its parallels in the north and the south of the country.
_EQUAL_AREA = "+proj=aea +lat_1=10 +lat_2=22 +lat_0=16 +lon_0=106 +datum=WGS84"
_KM_PER_DEGREE = 111.2

Ring: TypeAlias = tuple[Point, ...]
#: Polygons, each as its outer ring (clockwise) and its holes. A ring ends on the point it began with.
Shape: TypeAlias = tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True)
class Boundaries:
    """The provinces of one edition as plain values, points as (lon, lat) in degrees of WGS 84.

    `provinces` holds each by its code, in order of code; neighbours share their points where the file has them so.
    `outline` is the outer border of all of them. `inside` is a point well within the largest part of each province.
    """

    file: str
    provinces: Mapping[str, Shape]
    outline: Shape
    inside: Mapping[str, Point]


def read_boundaries(path: Path) -> Boundaries:
    """The boundaries in a GeoJSON file: 63 features, each with its statistical code as `code` or `gso_code`.

    Raises BoundaryError where the file cannot be read, is not in degrees, has other than the 63 codes once each, or
    where a province is not valid, not in Viet Nam, not where its chief town is, not of its size, or on the ground of
    another. There is no map with a province absent.
    """
    file = str(path)
    held = geometries_by_code(path)
    shapes = [_geometry(geometry, known_provinces()[code], file) for code, geometry in held.items()]
    frame = gpd.GeoSeries(shapes, index=list(held), crs="EPSG:4326")
    _check_places(frame, file)
    _check_sizes(frame, file)
    _check_overlaps(frame, file)
    thinned = dict(zip(held, shapely.coverage_simplify(frame.to_numpy(), _DETAIL), strict=True))
    # No land inside the country is another's, so a hole in the whole is a seam between two borders.
    whole = [shapely.polygons(part.exterior) for part in shapely.get_parts(shapely.union_all(list(thinned.values())))]
    return Boundaries(
        file,
        {code: _shape(each) for code, each in thinned.items()},
        _shape(shapely.multipolygons(whole)),
        {code: _inside(each) for code, each in thinned.items()},
    )


def merged(boundaries: Boundaries) -> Boundaries:
    """The 34 provinces that the 63 were merged into, each whole: the borders between its parts are gone, and so are
    the seams they may leave."""
    shapes = {
        code: _without_seams(shapely.union_all([_polygons(boundaries.provinces[part]) for part in parts]))
        for code, parts in formed_of(Edition.OF_34).items()
    }
    return Boundaries(
        boundaries.file,
        {code: _shape(each) for code, each in shapes.items()},
        boundaries.outline,
        {code: _inside(each) for code, each in shapes.items()},
    )


def _polygons(shape: Shape) -> BaseGeometry:
    return shapely.multipolygons([shapely.Polygon(outer, holes) for outer, *holes in shape])


def _without_seams(shape: BaseGeometry) -> BaseGeometry:
    """No province lies within another, so a hole is a seam between two borders."""
    return shapely.union_all([shapely.polygons(part.exterior) for part in shapely.get_parts(shape)])


def _geometry(held: object, known: Known, file: str) -> BaseGeometry:
    """A valid polygon or several, in two dimensions."""
    kind = held.get("type") if isinstance(held, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        what = "has no geometry" if kind is None else f"is a {str(kind)[:40]}"
        raise BoundaryError(file, "kind", f"{known} {what}; give a Polygon or a MultiPolygon")
    try:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(held)))
    except shapely.errors.GEOSException as trouble:
        raise BoundaryError(
            file, "invalid", f"{known} has broken coordinates ({trouble}); give closed rings of four points or more"
        ) from None
    if shape.is_empty or not shape.is_valid:
        why = "is empty" if shape.is_empty else f"is not valid ({shapely.is_valid_reason(shape)})"
        raise BoundaryError(file, "invalid", f"{known} {why}; repair it, for instance with `ogr2ogr -makevalid`")
    return shape


def _check_places(frame: gpd.GeoSeries, file: str) -> None:
    """Each province lies in Viet Nam and where its chief town is; a code given to the wrong polygon is seen here."""
    for code, shape in frame.items():
        known = known_provinces()[code]
        west, south, east, north = shape.bounds
        if west < BOX[0] or south < BOX[1] or east > BOX[2] or north > BOX[3]:
            metres = max(abs(west), abs(south), abs(east), abs(north)) > 360
            mend = (
                f"the numbers look like metres, perhaps of VN-2000; {CONVERT}"
                if metres
                else "give degrees, the longitude first, then the latitude"
            )
            raise BoundaryError(
                file,
                "outside",
                f"{known} reaches from {west:.6g}, {south:.6g} to {east:.6g}, {north:.6g}, which is not in Viet Nam"
                f" (longitude {BOX[0]:g} to {BOX[2]:g}, latitude {BOX[1]:g} to {BOX[3]:g}); {mend}",
            )
        if shape.distance(shapely.Point(known.seat)) > _NEAR:
            lon, lat = known.seat
            raise BoundaryError(
                file,
                "misplaced",
                f"{known} is not where its chief town is, at longitude {lon:g}, latitude {lat:g}; correct the code",
            )


def _check_sizes(frame: gpd.GeoSeries, file: str) -> None:
    for code, area in (frame.to_crs(_EQUAL_AREA).area / 1e6).items():
        known = known_provinces()[code]
        if abs(area / known.area - 1) * 100 > known.tolerance:
            raise BoundaryError(
                file,
                "area",
                f"{known} covers {area:.0f} km2 where {known.area:.0f} are expected, within {known.tolerance:g}%;"
                " correct the boundary, or the code",
            )


def _check_overlaps(frame: gpd.GeoSeries, file: str) -> None:
    ones, others = frame.sindex.query(frame, predicate="intersects")
    for one, other in sorted((int(one), int(other)) for one, other in zip(ones, others, strict=True) if one < other):
        shared = frame.iloc[one].intersection(frame.iloc[other])
        if not shared.area:
            continue
        at = shared.centroid
        area = shared.area * _KM_PER_DEGREE**2 * math.cos(math.radians(at.y))
        if area > OVERLAP_KM2:
            first, second = (known_provinces()[frame.index[each]] for each in (one, other))
            raise BoundaryError(
                file,
                "overlap",
                f"{first} and {second} share {area:.1f} km2 near longitude {at.x:.2f}, latitude {at.y:.2f};"
                " draw their border once",
            )


def _shape(shape: BaseGeometry) -> Shape:
    """Plain values; where a ring begins and which part comes first does not depend on the file."""
    clockwise = shapely.orient_polygons(shapely.normalize(shape), exterior_cw=True)
    return tuple(
        tuple(_ring(ring) for ring in (part.exterior, *part.interiors)) for part in shapely.get_parts(clockwise)
    )


def _ring(ring: BaseGeometry) -> Ring:
    return tuple((float(lon), float(lat)) for lon, lat in ring.coords)


def _inside(shape: BaseGeometry) -> Point:
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    lon, lat = shapely.maximum_inscribed_circle(largest, tolerance=_DETAIL).coords[0]
    return float(lon), float(lat)
