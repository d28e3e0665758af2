"""The demonstration's services and usage: simulated row by row, the same at each run, in step with what is told."""

import csv
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pyarrow.compute as compute
import pyarrow.parquet as parquet
import pytest

from data.sample.series import level_4_terms, months, online_terms
from data.sample.services import _FEWER, services, write_services
from data.sample.standing import MINISTRIES, PROVINCES
from data.sample.usage import _LESS_ONLINE, LAST_DAY, write_usage

JANUARY = months().index(date(2020, 1, 1))
#: Where the figures of a month stand: a service is a third of a point of a province's share.
NEAR = Fraction(1, 3) / 100
#: Whole dossiers of a few services a day; the greatest difference by chance is that of a ministry.
NEAR_ONLINE = Fraction(3, 2) / 100


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_usage(tmp_path_factory.mktemp("usage"))


def test_there_are_a_million_rows_and_each_says_that_it_is_simulated(written: list[Path]) -> None:
    assert [path.name for path in written][:2] == ["usage_2019-02.parquet", "usage_2019-03.parquet"]
    assert len(written) == 13
    assert 950_000 < sum(parquet.read_metadata(path).num_rows for path in written) < 1_050_000
    for path in written:
        table = parquet.read_table(path)
        assert compute.unique(table.column("status")).to_pylist() == ["simulated"]
        assert compute.max(table.column("date")).as_py() <= LAST_DAY


def test_it_is_the_same_at_each_run(written: list[Path], tmp_path: Path) -> None:
    for one, other in zip(written, write_usage(tmp_path), strict=True):
        assert parquet.read_table(one).equals(parquet.read_table(other))


def test_dossiers_came_online_as_often_as_agencies_report_but_for_a_few(written: list[Path]) -> None:
    (path,) = (each for each in written if each.name == "usage_2020-01.parquet")
    table = parquet.read_table(path)
    columns = ("received_online", "received_other")
    sums = table.group_by("agency_code").aggregate([(name, "sum") for name in columns])
    for code, online, other in zip(*(sums.column(name).to_pylist() for name in _summed(columns)), strict=True):
        told, of = online_terms(code, JANUARY)
        difference = Fraction(told, of) - Fraction(online, online + other)
        assert (difference > NEAR_ONLINE) == (code in _LESS_ONLINE), (code, float(difference))
        assert difference > -NEAR_ONLINE


def _summed(columns: tuple[str, ...]) -> tuple[str, ...]:
    return ("agency_code", *(f"{name}_sum" for name in columns))


def test_level_4_in_the_catalogue_is_as_reported_but_for_a_few() -> None:
    found = services()
    for code in (*PROVINCES, *MINISTRIES):
        own = [each for each in found if each.agency == code]
        told, of = level_4_terms(code, JANUARY)
        share = Fraction(sum(each.level_on(date(2020, 1, 31)) == 4 for each in own), len(own))
        difference = Fraction(told, of) - share
        near = NEAR if code in PROVINCES else Fraction(2, 100)
        assert (abs(difference) <= near) == (code not in _FEWER), (code, float(difference))


def test_nothing_falls_in_its_level(tmp_path: Path) -> None:
    rows = [row for path in write_services(tmp_path) for row in csv.DictReader(path.read_text("utf-8").splitlines())]
    assert {row["status"] for row in rows} == {"simulated"}
    last: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda row: row["valid_from"]):
        key = row["procedure_code"], row["agency_code"]
        assert last.get(key, "0") < row["level"]
        last[key] = row["level"]
    # Every province offers the same procedures, each of them under one name.
    assert set(Counter(agency for _, agency in last).values()) == {360, 60}
    assert len({row["procedure_code"] for row in rows}) == len({(row["procedure_code"], row["name"]) for row in rows})
