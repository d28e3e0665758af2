"""Hoàng Sa and Trường Sa: always there, whole, and of their province."""

import csv

from geo.islands import archipelagos
from tests.conftest import ROOT

ISLANDS = ROOT / "geo" / "islands.csv"


def test_there_are_two_archipelagos_each_of_its_province_and_district() -> None:
    assert [(each.code, each.province, each.district) for each in archipelagos()] == [
        ("hoang-sa", "48", "498"),
        ("truong-sa", "56", "576"),
    ]


def test_each_has_twelve_islands_with_names_of_their_own() -> None:
    for archipelago in archipelagos():
        assert len(archipelago.islands) == 12
        assert len({island.name for island in archipelago.islands}) == 12
        assert len({(island.lat, island.lon) for island in archipelago.islands}) == 12


def test_the_islands_that_give_the_names_are_among_them() -> None:
    hoang_sa, truong_sa = archipelagos()
    assert hoang_sa.islands[0].name == "Hoàng Sa"
    assert truong_sa.islands[0].name == "Trường Sa"


def test_every_island_lies_in_the_waters_of_its_archipelago() -> None:
    hoang_sa, truong_sa = archipelagos()
    assert all(15.7 < island.lat < 17.2 and 111.0 < island.lon < 113.0 for island in hoang_sa.islands)
    assert all(6.4 < island.lat < 12.0 and 111.3 < island.lon < 117.9 for island in truong_sa.islands)


def test_every_position_is_marked_as_still_to_be_confirmed() -> None:
    with ISLANDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    assert all("cần xác nhận theo bản đồ chính thức" in row["source"] for row in rows)
