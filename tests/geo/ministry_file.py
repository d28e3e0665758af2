"""Files of boundaries as a ministry might hand them in: those of the product, altered."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geo.files import OWN_FILE

Feature = dict[str, Any]
Collection = dict[str, Any]
Move = Callable[[float, float], tuple[float, ...]]


def own_collection() -> Collection:
    """The committed boundaries, to be altered."""
    collection: Collection = json.loads(OWN_FILE.read_text("utf-8"))
    return collection


def feature_of(collection: Collection, code: str) -> Feature:
    """The feature of one province."""
    found: Feature
    (found,) = [each for each in collection["features"] if each["properties"]["code"] == code]
    return found


def moved(feature: Feature, move: Move) -> None:
    """Put every point of a feature elsewhere."""
    geometry = feature["geometry"]
    several = geometry["type"] == "MultiPolygon"
    for part in geometry["coordinates"] if several else [geometry["coordinates"]]:
        for ring in part:
            ring[:] = [list(move(*point)) for point in ring]


def written_to(folder: Path, collection: object, name: str = "ministry.geojson") -> Path:
    """The collection as a file."""
    path = folder / name
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path
