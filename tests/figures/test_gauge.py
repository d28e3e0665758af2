"""The gauge as a picture: which marks are there, where they end, and in which colour."""

import re
from math import atan2, pi
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from figures.gauge import GaugeShape, as_data_uri, gauge_svg
from figures.theme import DARK, LIGHT, Palette

TOKENS = Path(__file__).resolve().parents[2] / "assets" / "tokens.css"


def marks(shape: GaugeShape, palette: Palette = LIGHT) -> dict[str, ET.Element]:
    root = ET.fromstring(gauge_svg(shape, palette))
    return {path.attrib["class"]: path for path in root}


def sweep(path: ET.Element) -> tuple[float, float]:
    """Where an arc begins and ends, as fractions of the half circle."""
    x1, y1, x2, y2 = (
        float(number)
        for pair in re.fullmatch(r"M(\S+ \S+?)A.* 0 0 1 (\S+ \S+)", path.attrib["d"]).groups()  # type: ignore[union-attr]  # a miss must fail
        for number in pair.split()
    )
    return tuple(round(1 - atan2(100 - y, x - 100) / pi, 3) for x, y in ((x1, y1), (x2, y2)))  # type: ignore[return-value]  # two points


def test_value_target_path_and_shortfall() -> None:
    drawn = marks(GaugeShape(value=10, target=30, glide=20, status="behind"))
    assert list(drawn) == ["track", "overshoot", "value", "shortfall", "glide-halo", "glide", "glide-mark", "target"]
    assert sweep(drawn["track"]) == (0, 0.9)
    assert sweep(drawn["overshoot"]) == (0.9, 1)
    assert sweep(drawn["value"]) == (0, 0.3)
    assert sweep(drawn["shortfall"]) == (0.3, 0.6)
    assert drawn["value"].attrib["stroke"] == drawn["shortfall"].attrib["stroke"] == LIGHT.behind


def test_target_tick_does_not_move_with_the_target() -> None:
    assert marks(GaugeShape(1, 5))["target"].attrib["d"] == marks(GaugeShape(80, 90))["target"].attrib["d"]


def test_no_value_leaves_track_and_target() -> None:
    assert list(marks(GaugeShape(value=None, target=100, status="nr", ceiling=100))) == ["track", "target"]


def test_zero_is_no_arc_but_its_shortfall_is_drawn() -> None:
    drawn = marks(GaugeShape(value=0, target=30, glide=10, status="behind"))
    assert "value" not in drawn
    assert sweep(drawn["shortfall"]) == (0, 0.3)


def test_a_target_at_the_natural_maximum_has_nothing_past_it() -> None:
    drawn = marks(GaugeShape(value=100, target=100, status="met", ceiling=100))
    assert "overshoot" not in drawn
    assert sweep(drawn["value"]) == (0, 0.9)


def test_above_111_percent_of_the_target_the_arc_is_full() -> None:
    assert sweep(marks(GaugeShape(value=150, target=100, status="exceeded"))["value"]) == (0, 1)
    assert sweep(marks(GaugeShape(value=110, target=100, status="exceeded"))["value"]) == (0, 0.99)


def test_on_or_above_the_path_there_is_no_shortfall() -> None:
    assert "shortfall" not in marks(GaugeShape(value=20, target=30, glide=20, status="good"))
    assert "shortfall" not in marks(GaugeShape(value=25, target=30, glide=20, status="good"))


def test_where_lower_is_better_the_shortfall_is_above_the_path() -> None:
    above = GaugeShape(value=4, target=5, glide=3, status="watch", lower_is_better=True)
    assert sweep(marks(above)["shortfall"]) == (0.54, 0.72)
    below = GaugeShape(value=2, target=5, glide=3, status="good", lower_is_better=True)
    assert "shortfall" not in marks(below)
    on_it = GaugeShape(value=3, target=5, glide=3, status="good", lower_is_better=True)
    assert "shortfall" not in marks(on_it)


def test_stale_is_grey_and_says_nothing_of_a_path() -> None:
    drawn = marks(GaugeShape(value=10, target=30, glide=20, status="stale"))
    assert list(drawn) == ["track", "overshoot", "value", "target"]
    assert drawn["value"].attrib["stroke"] == LIGHT.old


def test_the_picture_holds_no_words() -> None:
    root = ET.fromstring(gauge_svg(GaugeShape(10, 30, 20, "behind")))
    assert "".join(root.itertext()) == ""


def test_unknown_status_and_target_of_zero_are_refused() -> None:
    with pytest.raises(KeyError):
        gauge_svg(GaugeShape(1, 2, status="late"))
    with pytest.raises(ValueError, match="above zero"):
        gauge_svg(GaugeShape(1, 0))


def test_data_uri_holds_the_same_picture() -> None:
    svg = gauge_svg(GaugeShape(10, 30))
    uri = as_data_uri(svg)
    assert uri.startswith("data:image/svg+xml,")
    assert not set('<>"#') & set(uri)
    assert unquote(uri.removeprefix("data:image/svg+xml,")) == svg


@pytest.mark.parametrize(("selector", "palette"), [(":root", LIGHT), (".dark", DARK)])
def test_palettes_are_the_tokens_of_the_stylesheet(selector: str, palette: Palette) -> None:
    block = TOKENS.read_text(encoding="utf-8").split(f"{selector} {{", 1)[1].split("}", 1)[0]
    tokens = dict(re.findall(r"--([\w-]+): (#\w{6})", block))
    names = {
        "surface": "surface",
        "ink": "ink",
        "track": "track",
        "bar": "bar",
        "good": "good-f",
        "watch": "watch-f",
        "behind": "behind-f",
        "over": "over-f",
        "absent": "nr-f",
        "old": "line-2",
    }
    assert {name: getattr(palette, name) for name in names} == {n: tokens[t] for n, t in names.items()}
