"""The 63 and the 34: which went into which, the codes that mean another place, and the map of the 34."""

import csv
import json
from datetime import date
from pathlib import Path

import shapely

from geo.boundaries import Boundaries, Shape, merged, read_boundaries
from geo.drawing import drawing_of
from geo.editions import Edition, act, changed, edition_on, formed_of, mergers, successor
from geo.features import known_provinces
from geo.files import OWN_DRAWINGS, OWN_FILE
from geo.islands import archipelagos


def test_each_of_the_63_went_into_one_of_the_34() -> None:
    assert [each.old for each in mergers()] == list(known_provinces())
    assert len({each.new for each in mergers()}) == 34
    assert sorted(part for parts in formed_of(Edition.OF_34).values() for part in parts) == sorted(known_provinces())
    assert {each.act for each in mergers()} == {"202/2025/QH15"} == {act()}


def test_the_table_is_that_of_the_reference(shared: Path) -> None:
    with (shared / "reference" / "crosswalk_63_34.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["old_gso_code"], row["new_gso_code"]) for row in csv.DictReader(file)]
    assert [(each.old, each.new) for each in mergers()] == rows


def test_eleven_were_kept_whole() -> None:
    kept = {code for code, parts in formed_of(Edition.OF_63).items() if parts == (code,)}
    assert kept == set(formed_of(Edition.OF_63)) == {
        *("01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"),
    }  # fmt: skip
    assert sum(len(parts) > 1 for parts in formed_of(Edition.OF_34).values()) == 23


def test_a_code_alone_does_not_say_which_place() -> None:
    assert formed_of(Edition.OF_34)["24"] == ("24", "27")
    assert successor("27") == successor("24") == "24"
    assert successor("68") == "68"
    assert "68" not in formed_of(Edition.OF_63)


def test_the_day_decides_the_edition() -> None:
    assert changed() == date(2025, 7, 1)
    assert [edition_on(day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [Edition.OF_63, Edition.OF_34]
    assert all(edition_on(edition.day) is edition for edition in Edition)


def test_the_map_of_the_34_has_their_paths_and_both_archipelagos() -> None:
    drawn = json.loads(OWN_DRAWINGS[Edition.OF_34].read_bytes())
    assert list(drawn["provinces"]) == list(drawn["at"]) == list(formed_of(Edition.OF_34))
    assert len(drawn["provinces"]) == 34
    assert {each["code"]: each["province"] for each in drawn["islands"]} == {"hoang-sa": "48", "truong-sa": "56"}
    before = json.loads(OWN_DRAWINGS[Edition.OF_63].read_bytes())
    assert {name: drawn[name] for name in ("size", "outline", "islands")} == {
        name: before[name] for name in ("size", "outline", "islands")
    }


def test_merging_keeps_the_ground_and_every_province_whole() -> None:
    before = read_boundaries(OWN_FILE)
    after = merged(before)
    grounds = {code: polygons(shape) for code, shape in after.provinces.items()}
    for code, parts in formed_of(Edition.OF_34).items():
        parted = sum(polygons(before.provinces[part]).area for part in parts)
        assert abs(grounds[code].area - parted) < 1e-9
        assert grounds[code].is_valid
        assert grounds[code].contains(shapely.Point(after.inside[code]))


def test_a_seam_between_two_parts_is_closed() -> None:
    def ring(*points: tuple[float, float]) -> Shape:
        return (((*points, points[0]),),)

    notched = ring((0, 0), (0, 1), (1, 1), (1, 0.8), (0.9, 0.5), (1, 0.2), (1, 0))
    straight = ring((1, 0), (1, 0.2), (1, 0.8), (1, 1), (2, 1), (2, 0))
    shapes = dict.fromkeys(known_provinces(), straight) | {"24": notched, "27": straight}
    ground = merged(Boundaries("by hand", shapes, (), {})).provinces["24"]
    assert len(ground) == 1
    assert len(ground[0]) == 1
    assert polygons(ground).area == 2


def test_a_drawing_of_the_34_is_drawn_like_that_of_the_63() -> None:
    drawn = drawing_of(merged(read_boundaries(OWN_FILE)), archipelagos())
    assert drawn["provinces"]["40"] == json.loads(OWN_DRAWINGS[Edition.OF_63].read_bytes())["provinces"]["40"]


def polygons(shape: Shape) -> shapely.Geometry:
    return shapely.multipolygons([shapely.Polygon(outer, holes) for outer, *holes in shape])
