"""Other publishers' tables through the command line: what comes out is what stands in them, province by province."""

import csv
import json
import shutil
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import cli
import settings
from data import queries
from data.facts import Agency, Observation
from data.scope import EVERYTHING, Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.agencies import AgencyTable
from metrics.boards.compare import compare
from metrics.boards.overview import overview
from metrics.boards.ranking import ranking
from tests.conftest import ROOT
from tests.engines import dump_hash

AT = date(2021, 12, 31)
MAPPINGS = ROOT / "data" / "sources" / "mappings"
CODEBOOK = "papi_codebook_provinces.csv"
#: Each table with its mapping, the later year of PAPI first: what is known does not depend on the order.
TABLES = (
    ("papi_subcriteria_2020.csv", "papi_2020.toml"),
    ("papi_subcriteria_2018.csv", "papi_2018.toml"),
    ("PCI_2016.xlsx", "pci_2016.toml"),
    ("gso_avg_population_2020.csv", "gso_population_2020.toml"),
)
#: Spellings of the two tables that are no name of a province, written down by hand.
PCI_SPELT = {
    "Tp.HCM": "79",
    "BRVT": "77",
    "TT.Huế": "46",
    "Đăk Lăk": "66",
    "Đăk Nông": "67",
    "Bắc Cạn": "06",
    "Hòa Bình": "17",
    "Thanh Hóa": "38",
    "Khánh Hòa": "56",
}
PEOPLE_SPELT = {
    "WHOLE COUNTRY": "VN",
    "Red River Delta": "R-RRD",
    "Northern midlands and mountain areas": "R-NMM",
    "Northern Central area and Central coastal area": "R-NCC",
    "Central Highlands": "R-CHL",
    "South East": "R-SE",
    "Mekong River Delta": "R-MRD",
    "Thua Thien-Hue": "46",
    "Ba Ria - Vung Tau": "77",
    "Ho Chi Minh city": "79",
}


@dataclass(frozen=True)
class Office:
    """A store, the folder with copies of the tables, and what a call on them says."""

    store: Store
    folder: Path
    capsys: pytest.CaptureFixture[str]

    def ingest(self, table: str | Path, mapping: str, *more: str) -> tuple[int, list[str]]:
        """Exit code and every line of one call."""
        path = self.folder / table
        code = cli.main(["ingest", "observations", str(path), "--mapping", str(MAPPINGS / mapping), *more])
        said = self.capsys.readouterr()
        return code, (said.out + said.err).splitlines()


@pytest.fixture(scope="session")
def real(shared: Path) -> Path:
    """The folder of real tables; the tests that need it skip where it is absent."""
    if not (shared / "real").is_dir():
        pytest.skip("no folder `shared/real` beside the checkout: the real tables are not here")
    return shared / "real"


@pytest.fixture(scope="module")
def loaded(module_store: Store, real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    """A store into which every table was brought, and the folder with the copies they were read from."""
    folder = tmp_path_factory.mktemp("tables")
    for name in (*(table for table, _ in TABLES), CODEBOOK):
        shutil.copyfile(real / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        _settle(patch, module_store)
        for table, mapping in TABLES:
            call = ["ingest", "observations", str(folder / table), "--mapping", str(MAPPINGS / mapping)]
            assert cli.main(call) == 0, table
    yield module_store, folder


@pytest.fixture
def office(
    loaded: tuple[Store, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Office:
    """The store of the tables, with fresh copies of them that a test may spoil."""
    store, tables = loaded
    _settle(monkeypatch, store)
    folder = Path(shutil.copytree(tables, tmp_path / "copies"))
    capsys.readouterr()
    return Office(store, folder, capsys)


def _settle(patch: pytest.MonkeyPatch, store: Store) -> None:
    for known in settings.KNOWN:
        patch.delenv(known.name, raising=False)
    patch.setenv("LANGUAGE", "en")
    patch.setenv("DATABASE_URL", store.url)


def known(store: Store, indicator: str, period: str) -> dict[str, Observation]:
    """What the store knows of one indicator and period, by agency."""
    with store.reading() as snapshot:
        found = queries.known_observations(snapshot, EVERYTHING, indicator, AT, [period])
    assert len({each.agency for each in found}) == len(found)
    return {each.agency: each for each in found}


def provinces(store: Store) -> dict[str, Agency]:
    """The 63 provinces of those years, by code."""
    with store.reading() as snapshot:
        agencies = queries.register(snapshot, EVERYTHING).agencies
    found = {each.code: each for each in agencies if each.kind == "province" and each.valid_on(AT)}
    assert len(found) == 63
    return found


def table_of(store: Store, indicator: str, period: str | None = None) -> AgencyTable:
    (table,) = overview(store, EVERYTHING, Asked(AT, indicator, period)).tables
    return table


def number_of(observation: Observation) -> Decimal:
    assert observation.value is not None
    return observation.value.number


def plain(name: str) -> str:
    """A name without marks, white space and capitals, so that `Thai  Nguyen` is `Thái Nguyên`."""
    bare = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter) and not letter.isspace())


def exported(office: Office, indicator: str) -> dict[str, str]:
    """What the command line writes of the board in Vietnamese: the digits of every figure by its mark."""
    to = office.folder / "board.json"
    call = ["export", "overview", "--indicator", indicator, "--at", AT.isoformat(), "--lang", "vi", "--to", str(to)]
    assert cli.main(call) == 0
    document: dict[str, Any] = json.loads(to.read_bytes())
    return {row["mark"]: row["printed"] for row in document["figures"]}


def test_papi_2020_has_63_provinces_and_the_same_first_five(office: Office) -> None:
    table = table_of(office.store, "PAPI08")
    assert (table.group, len(table.rows), table.unreported) == ("provinces", 63, ())
    assert {row.agency.code for row in table.rows} == set(provinces(office.store))
    printed = exported(office, "PAPI08")
    first = [
        (
            printed[f"rank/PAPI08/{row.agency.code}/2020"],
            row.agency.code,
            printed[f"PAPI08/{row.agency.code}/2020"].split("\u00a0")[0],
        )
        for row in table.rows[:5]
    ]
    # Đà Nẵng; TP. Hồ Chí Minh and Thái Nguyên, equal as printed; Bắc Ninh; Hải Phòng.
    assert first[0] == ("1", "48", "3,60")
    assert set(first[1:3]) == {("2", "79", "3,46"), ("2", "19", "3,46")}
    assert first[3:] == [("4", "27", "3,45"), ("5", "31", "3,30")]


def test_papi_of_two_compositions_moves_nobody(office: Office) -> None:
    table = table_of(office.store, "PAPI08")
    assert table.before_period == "2018"
    assert table.series_break
    assert [row.agency.code for row in table.rows if row.moved is not None] == []
    assert (table.risen, table.fallen) == (None, None)
    assert not [mark for mark in exported(office, "PAPI08") if mark.startswith(("moved/", "risen/", "fallen/"))]
    earlier = table_of(office.store, "PAPI08", "2018")
    assert (len(earlier.rows), earlier.unreported) == (63, ())
    compositions = {
        period: {each.composition for each in known(office.store, "PAPI08", period).values()}
        for period in ("2018", "2020")
    }
    assert compositions == {"2018": {"SC81+SC82"}, "2020": {"SC81+SC82+SC83"}}


@pytest.mark.parametrize(
    ("year", "parts"), [("2018", ("SC81", "SC82")), ("2020", ("SC81", "SC82", "SC83"))], ids=["2018", "2020"]
)
def test_papi_is_the_sum_of_its_parts(year: str, parts: tuple[str, ...], office: Office) -> None:
    """The keys of the publisher are not the codes of the statistics office: P01 is Hanoi, P63 Ca Mau."""
    with (office.folder / CODEBOOK).open(encoding="utf-8-sig", newline="") as file:
        names = {row["Variable_Code"]: row["Variable_Name"] for row in csv.DictReader(file)}
    with (office.folder / f"papi_subcriteria_{year}.csv").open(encoding="utf-8-sig", newline="") as file:
        sums = {
            names[row["Province"]]: sum((Decimal(row[part]) for part in parts), Decimal(0))
            for row in csv.DictReader(file)
        }
    assert len(sums) == 63
    by_code = {code: number_of(each) for code, each in known(office.store, "PAPI08", year).items()}
    assert sorted(by_code.values()) == sorted(sums.values())
    by_name = {plain(agency.name_en): by_code[code] for code, agency in provinces(office.store).items()}
    same = {name: value for name, value in sums.items() if plain(name) in by_name}
    assert len(same) >= 55
    assert {name: by_name[plain(name)] for name in same} == same
    assert by_code["01"] == sums["Hanoi"]
    assert by_code["96"] == sums["Ca Mau"]


@pytest.mark.parametrize("period", ["2018", "2020"])
def test_papi_ranks_within_regions_cities_and_bands_of_people(office: Office, period: str) -> None:
    nation = ranking(office.store, EVERYTHING, Asked(AT, "PAPI08", period))
    values = {code: number_of(each) for code, each in known(office.store, "PAPI08", period).items()}
    # Printed with two decimals, as the indicator says: that is what ranks are decided on.
    printed = {code: value.quantize(Decimal("0.01"), "ROUND_HALF_UP") for code, value in values.items()}
    parts = (*nation.regions, *nation.peers)
    assert sum(len(part.part.codes) for part in nation.peers if part.band) == 63
    for part in parts:
        name = {"region": part.name} if part.region else {"group": part.name}
        board = ranking(office.store, EVERYTHING, Asked(AT, "PAPI08", period, **name))  # type: ignore[arg-type]
        inside = {code: printed[code] for code in part.part.codes}
        places = {line.code: line.place and int(line.place.quantity.number) for line in board.lines}
        assert places == {code: 1 + sum(other > value for other in inside.values()) for code, value in inside.items()}
        assert board.table is not None
        ranks = {row.agency.code: row.rank and int(row.rank.quantity.number) for row in board.table.rows}
        assert ranks == {code: 1 + sum(other > printed[code] for other in printed.values()) for code in inside}


@pytest.mark.parametrize(("indicator", "period"), [("PAPI08", "2020"), ("PAPI08", "2018"), ("PCI", "2016")])
def test_nobody_improves_across_compositions_or_from_one_period(office: Office, indicator: str, period: str) -> None:
    board = ranking(office.store, EVERYTHING, Asked(AT, indicator, period, sort="improvement"))
    assert board.improvement is not None
    assert (board.improvement.since, board.improvement.changes) == (None, ())
    assert board.table is not None and len(board.table.rows) == 63


def test_papi_of_two_compositions_is_compared_in_one_period_and_not_drawn_over_the_break(office: Office) -> None:
    board = compare(office.store, EVERYTHING, Asked(AT, "PAPI08", pins=("48", "79", "19")))
    (line,) = [each for each in board.lines if each.indicator.code == "PAPI08"]
    assert (line.period.text, line.comparable) == ("2020", True)
    assert [cell.leads for cell in line.cells] == [True, False, False]
    assert board.chosen == line
    for course in board.courses:
        assert course.broken
        assert [point.period.text for point in course.points if point.value] == ["2020"]


def test_the_63_scores_of_pci_are_those_of_its_sheet(office: Office) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Unknown extension is not supported")
        sheet = load_workbook(office.folder / "PCI_2016.xlsx")["Summary_VN"]
    assert sheet["W1"].value == "PCI 2016"
    spelt = {agency.name_vi: code for code, agency in provinces(office.store).items()} | PCI_SPELT
    scores = {}
    for name, score in sheet["V2:W64"]:
        scores[spelt[unicodedata.normalize("NFC", str(name.value))]] = score.value
    assert len(scores) == 63
    stored = {code: number_of(each) for code, each in known(office.store, "PCI", "2016").items()}
    assert set(stored) == set(scores)
    assert {code: float(value) for code, value in stored.items()} == scores
    assert sheet["W67"].value.startswith("=")  # below the mapped range, and of no concern


def test_pci_is_printed_with_two_decimals(office: Office) -> None:
    printed = exported(office, "PCI")
    assert printed["PCI/48/2016"].split("\u00a0")[0] == "70,00"
    assert printed["rank/PCI/48/2016"] == "1"
    assert len([mark for mark in printed if mark.startswith("PCI/")]) == 63


def test_the_population_has_63_provinces_six_regions_and_the_country(office: Office) -> None:
    spelt = {plain(agency.name_en): code for code, agency in provinces(office.store).items()}
    spelt |= {plain(name): code for name, code in PEOPLE_SPELT.items()}
    with (office.folder / "gso_avg_population_2020.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row][1:]
    people = {spelt[plain(name)]: value for name, value in rows}
    assert len(people) == 70
    stored = {code: str(number_of(each)) for code, each in known(office.store, "DS01", "2020").items()}
    assert stored == people
    table = table_of(office.store, "DS01")
    assert (len(table.rows), table.unreported) == (63, ())
    assert {row.agency.kind for row in table.rows} == {"province"}
    assert exported(office, "DS01")["DS01/VN/2020"].startswith("97.582,7")


def test_the_periods_that_were_reported_are_those_of_the_tables(office: Office) -> None:
    def reported(indicator: str, at: date = AT, scope: Scope = EVERYTHING) -> list[tuple[str, bool]]:
        with office.store.reading() as snapshot:
            found = queries.reported_periods(snapshot, scope, indicator, at)
        return [(period.text, below) for period, below in found]

    assert reported("PAPI08") == [("2020", True), ("2018", True)]
    assert reported("PAPI08", date(2021, 4, 13)) == [("2018", True)]
    assert reported("PAPI08", date(2019, 4, 1)) == []
    assert reported("DS01", scope=Scope(frozenset({"VN"}))) == [("2020", False)]
    assert reported("PAPI08", scope=Scope(frozenset({"VN"}))) == []


def test_the_same_table_again_is_nothing_to_do(office: Office) -> None:
    before = dump_hash(office.store)
    for table, mapping in TABLES:
        code, said = office.ingest(table, mapping)
        assert code == 0
        assert [line for line in said if "delivered before" in line] == said != []
    assert dump_hash(office.store) == before


def spoil(path: Path, old: str, new: str) -> None:
    """Change one place in a text file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def refused(office: Office, table: str, mapping: str) -> list[str]:
    """What is said of a table that is refused, the store being as it was."""
    before = dump_hash(office.store)
    code, said = office.ingest(table, mapping)
    assert code == 1
    assert said[-1].startswith("Refused, ")
    assert dump_hash(office.store) == before
    return said[:-1]


def test_a_misspelt_province_is_refused_with_the_nearest_name(office: Office) -> None:
    table = "gso_avg_population_2020.csv"
    spoil(office.folder / table, "Soc Trang", "Soc Tang")
    (line,) = refused(office, table, "gso_population_2020.toml")
    assert ", line 69, column 'Cities, provincies': 'Soc Tang' " in line
    assert "Sóc Trăng" in line
    assert line.endswith("[E_CODE]")


def test_a_formula_inside_the_range_is_refused(office: Office) -> None:
    table = office.folder / "PCI_2016.xlsx"
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Unknown extension is not supported")
        book = load_workbook(table)
    book["Summary_VN"]["W10"] = "=1+1"
    book.save(table)
    (said,) = refused(office, table.name, "pci_2016.toml")
    assert ", line 10, column 'PCI 2016'" in said
    assert said.endswith("[E_FORMULA]")


def test_a_codebook_of_something_else_is_refused(office: Office, real: Path) -> None:
    shutil.copyfile(real / "papi_codebook_criteria.csv", office.folder / CODEBOOK)
    said = refused(office, "papi_subcriteria_2020.csv", "papi_2020.toml")
    assert len(said) == 63
    assert all(CODEBOOK in line and line.endswith("[E_CODE]") for line in said)
    assert ", line 2, column 'Province': " in said[0]
    assert "'P01'" in said[0]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Variable_Code,", "Key,", "[E_HEADER]"),
        ("P02,Ha Giang", "P01,Ha Giang", "[E_DUPLICATE]"),
        ("P02,Ha Giang", "P02,", "[E_MISSING]"),
        ("P02,Ha Giang\n", "", "[E_CODE]"),
        ("P02,Ha Giang", "P02,Ha Gian", "[E_CODE]"),
    ],
    ids=["header", "twice", "nameless", "absent", "misspelt"],
)
def test_a_spoilt_codebook_is_refused(old: str, new: str, code: str, office: Office) -> None:
    spoil(office.folder / CODEBOOK, old, new)
    said = refused(office, "papi_subcriteria_2020.csv", "papi_2020.toml")
    assert len(said) == 1
    assert said[0].endswith(code)


def test_a_missing_codebook_is_named(office: Office) -> None:
    (office.folder / CODEBOOK).unlink()
    before = dump_hash(office.store)
    code, said = office.ingest("papi_subcriteria_2020.csv", "papi_2020.toml")
    assert code == 1
    assert CODEBOOK in said[0]
    assert "No such file" in said[0]
    assert dump_hash(office.store) == before


@pytest.mark.parametrize(
    ("table", "mapping", "code"),
    [
        ("papi_subcriteria_2020.csv", "papi_2018.toml", "[E_HEADER]"),
        ("papi_subcriteria_2018.csv", "papi_2020.toml", "[E_MISSING]"),
        ("gso_avg_population_2020.csv", "papi_2020.toml", "[E_HEADER]"),
        ("PCI_2016.xlsx", "papi_2020.toml", "[E_HEADER]"),
    ],
)
def test_the_mapping_of_another_table_is_refused(table: str, mapping: str, code: str, office: Office) -> None:
    said = refused(office, table, mapping)
    assert {line[-len(code) :] for line in said} == {code}
