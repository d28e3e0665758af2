"""Borders of another file: drawn once by a process of its own, refused in one line."""

import json
import sys
from pathlib import Path

import pytest

from geo.draw import drawing_files
from geo.files import OWN_DRAWINGS
from settings import SettingError
from tests.geo.ministry_file import feature_of, own_collection, written_to


def test_without_a_file_the_maps_show_the_borders_of_the_product(tmp_path: Path) -> None:
    assert drawing_files(None, tmp_path / "kept") == OWN_DRAWINGS
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    borders = written_to(tmp_path, own_collection())
    drawn = drawing_files(borders, tmp_path / "kept")
    assert {edition: len(json.loads(path.read_bytes())["provinces"]) for edition, path in drawn.items()} == {
        "63": 63,
        "34": 34,
    }
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {path.name for path in drawn.values()}
    monkeypatch.setattr(sys, "executable", "/nothing")
    assert drawing_files(borders, tmp_path / "kept") == drawn


def test_a_file_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    collection = own_collection()
    collection["features"].remove(feature_of(collection, "40"))
    borders = written_to(tmp_path, collection)
    with pytest.raises(SettingError, match=r"^BOUNDARIES: .*ministry\.geojson: has 62 features") as caught:
        drawing_files(borders, tmp_path / "kept")
    assert "\n" not in str(caught.value)
    assert not list((tmp_path / "kept").iterdir())


def test_a_file_that_takes_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    borders = written_to(tmp_path, own_collection())
    monkeypatch.setattr("geo.draw._SECONDS", 0.01)
    with pytest.raises(SettingError, match=r"^BOUNDARIES: .*ministry\.geojson was not drawn within 0\.01 seconds"):
        drawing_files(borders, tmp_path / "kept")
    assert not list((tmp_path / "kept").glob("*.json"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"^BOUNDARIES: .*absent\.geojson cannot be read"):
        drawing_files(tmp_path / "absent.geojson", tmp_path / "kept")
