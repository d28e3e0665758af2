"""The script that makes the committed boundaries, as far as it goes without a network."""

from pathlib import Path

import pytest

from geo import build_boundaries
from geo.build_boundaries import CODES, MEMBER, PACKAGE, SHA256, BuildError, collection_of
from geo.features import known_provinces
from tests.conftest import ROOT

OSM = ROOT / "geo" / "osm"


def test_every_name_of_the_package_leads_to_another_of_the_63() -> None:
    assert sorted(CODES.values()) == list(known_provinces())


def test_ha_tinh_keeps_the_second_half_of_its_name() -> None:
    assert known_provinces()[CODES["Ha Tinh province"]].name == "Hà Tĩnh"


def test_another_file_than_the_one_that_was_checked_is_not_taken() -> None:
    with pytest.raises(BuildError, match=SHA256):
        collection_of(b'{"type":"FeatureCollection","features":[]}')


def test_steps_are_decoded_with_their_sign_in_the_lowest_bit() -> None:
    # A = 1 is a step of -1, B = 2 of +1, @ = 0 of none, D = 4 of +2: in parts of 1/1024 degree.
    assert list(build_boundaries._ring("@@BDA@", 1024, 2048)) == [(1.0, 2.0), (1.001, 2.002), (1.0, 2.002)]


def test_without_npm_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = {path: path.read_bytes() for path in OSM.iterdir()}
    assert build_boundaries.main() == 1
    assert "npm is not installed" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in OSM.iterdir()} == before


def test_the_notice_names_the_package_and_the_licence_stands_beside_it() -> None:
    notice = (OSM / "NOTICE").read_text("utf-8")
    assert SHA256 in notice and MEMBER in notice
    assert all(part in notice for part in PACKAGE.split("@"))
    assert "Open Database License (ODbL) 1.0" in notice
    licence = (OSM / "LICENSE").read_text("utf-8")
    assert licence.startswith("## ODC Open Database License (ODbL)")
    assert [number for number in range(1, 11) if f"\n### {number}.0 " not in licence] == []
