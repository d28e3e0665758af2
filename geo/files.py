"""Where the files of this room lie; nothing here needs a geometry library."""

from pathlib import Path

_OSM = Path(__file__).parent / "osm"
#: The borders that come with the product, and the drawing made of them.
OWN_FILE = _OSM / "provinces63.geojson"
OWN_DRAWING = _OSM / "map63.json"
