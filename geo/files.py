"""Where the files of this room lie; nothing here needs a geometry library."""

from pathlib import Path

from geo.editions import Edition

_OSM = Path(__file__).parent / "osm"
#: The borders that come with the product, and the drawing of each edition made of them.
OWN_FILE = _OSM / "provinces63.geojson"
OWN_DRAWINGS = {edition: _OSM / f"map{edition}.json" for edition in Edition}
