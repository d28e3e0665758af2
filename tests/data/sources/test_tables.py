"""Which kind of file it is, and tables under a known header."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.grid import Grid
from data.refusal import Problem, Refusal
from data.sources.tables import as_sheet, read_grid

REQUIRED = ("code", "value")
OPTIONAL = ("note",)


def _written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _problems(grid: Grid) -> list[Problem]:
    with pytest.raises(Refusal) as caught:
        as_sheet(grid, REQUIRED, OPTIONAL)
    return list(caught.value.problems)


def _csv(*rows: list[str]) -> Grid:
    return Grid("a.csv", list(rows), list(range(1, len(rows) + 1)))


def test_a_table_comes_out_in_the_order_asked() -> None:
    sheet = as_sheet(_csv(["value", "code"], ["1", "x"], ["2", "y"]), REQUIRED, OPTIONAL)
    assert list(sheet.frame.columns) == ["code", "value", "note"]
    assert sheet.frame.to_dict("list") == {"code": ["x", "y"], "value": ["1", "2"], "note": ["", ""]}
    assert list(sheet.frame.index) == [2, 3]
    assert sheet.frame.index.name == "line"


@pytest.mark.parametrize(
    ("header", "rules"),
    [
        (["code"], ["missing"]),
        (["code", "value", "note "], ["unknown_near"]),
        (["code", "Value"], ["unknown_near", "missing"]),
        (["code", "value", "zzz"], ["unknown"]),
        (["code", "value", ""], ["unknown"]),
        (["code", "value", "code"], ["twice"]),
    ],
)
def test_names_of_columns_are_exact(header: list[str], rules: list[str]) -> None:
    problems = _problems(_csv(header, ["1"] * len(header)))
    assert [problem.rule for problem in problems] == rules
    assert {(problem.code, problem.line) for problem in problems} == {("E_HEADER", 1)}


def test_the_nearest_name_is_a_hint() -> None:
    assert dict(_problems(_csv(["code", "value", "notes"], ["1", "2", "3"]))[0].hints) == {"nearest": "note"}


@pytest.mark.parametrize(("row", "rule"), [(["1"], "few"), (["1", "2", "3"], "many"), ([], "blank"), ([" "], "few")])
def test_a_row_has_as_many_cells_as_the_header(row: list[str], rule: str) -> None:
    problem = _problems(_csv(["code", "value"], ["x", "1"], row, ["y", "2"]))[0]
    assert (problem.code, problem.rule, problem.line) == ("E_COLUMNS", rule, 3)


def test_a_cut_last_row_is_refused(tmp_path: Path) -> None:
    grid = read_grid(_written(tmp_path, "a.csv", b"code,value\nx,1\ny"), "a.csv")
    assert [(problem.code, problem.line) for problem in _problems(grid)] == [("E_COLUMNS", 3)]


def test_a_header_alone_is_refused() -> None:
    assert _problems(_csv(["code", "value"]))[0].code == "E_NO_ROWS"


def test_an_empty_sheet_is_refused() -> None:
    assert _problems(Grid("a.xlsx", [], []))[0].code == "E_EMPTY_FILE"


def test_a_workbook_may_end_in_empty_cells_and_rows() -> None:
    rows = [["code", "value", "", ""], ["x", "1", "", ""], ["y", "", "", ""], ["", "", "", ""]]
    sheet = as_sheet(Grid("a.xlsx", rows, [1, 2, 3, 4]), REQUIRED, OPTIONAL)
    assert sheet.frame["value"].to_list() == ["1", ""]


def test_a_cell_beyond_the_header_of_a_workbook_is_refused() -> None:
    problem = _problems(Grid("a.xlsx", [["code", "value", ""], ["x", "1", "9"]], [1, 2]))[0]
    assert (problem.code, problem.rule, problem.line) == ("E_COLUMNS", "many", 2)


def test_a_formula_and_a_percentage_are_refused() -> None:
    rows = [["code", "value"], ["x", "=1+1"], ["y", "0.107"]]
    grid = Grid("a.xlsx", rows, [1, 2, 3], frozenset({(1, 1)}), frozenset({(2, 1)}))
    assert [(p.code, p.rule, p.line, p.column, p.value) for p in _problems(grid)] == [
        ("E_FORMULA", "formula", 2, "value", "=1+1"),
        ("E_AMBIGUOUS_NUMBER", "percent_format", 3, "value", "0.107"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "code", "rule"),
    [
        ("a.csv", b"", "E_EMPTY_FILE", "empty"),
        ("a.xlsx", b"", "E_EMPTY_FILE", "empty"),
        ("a.csv", b"<!DOCTYPE html><html><table>", "E_CONTENT_TYPE", "html"),
        ("a.csv", b"\xef\xbb\xbf\r\n<table border=1>", "E_CONTENT_TYPE", "html"),
        ("a.xlsx", b"<html></html>", "E_CONTENT_TYPE", "html"),
        ("a.csv", b"%PDF-1.7", "E_CONTENT_TYPE", "pdf"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E_CONTENT_TYPE", "ole"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "E_CONTENT_TYPE", "ole"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "E_ZIP",
            "encrypted",
        ),
        ("a.xlsx", b"code,value\nx,1\n", "E_CONTENT_TYPE", "not_workbook"),
        ("a.csv", b"\x1f\x8b\x08", "E_CONTENT_TYPE", "binary"),
        ("a.xls", b"x", "E_CONTENT_TYPE", "ole"),
        ("a.xlsm", b"x", "E_CONTENT_TYPE", "macros"),
        ("a.txt", b"code,value\nx,1\n", "E_CONTENT_TYPE", "suffix"),
        ("a", b"code,value\nx,1\n", "E_CONTENT_TYPE", "suffix"),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str, content: bytes, code: str, rule: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_grid(_written(tmp_path, name, content), name)
    assert [(problem.file, problem.code, problem.rule) for problem in caught.value.problems] == [(name, code, rule)]


def test_archives_named_csv_are_refused(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    Workbook().save(tmp_path / "book.xlsx")
    (tmp_path / "book.xlsx").rename(book)
    plain = tmp_path / "plain.csv"
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.csv", "code,value\n")
    for path, rule in ((book, "workbook_as_csv"), (plain, "zip_as_csv")):
        with pytest.raises(Refusal) as caught:
            read_grid(path, path.name)
        assert (caught.value.problems[0].code, caught.value.problems[0].rule) == ("E_CONTENT_TYPE", rule)


def test_a_part_of_a_text_file(tmp_path: Path) -> None:
    path = _written(tmp_path, "a.csv", b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n")
    grid = read_grid(path, "a.csv", cells="B2:C3")
    assert (grid.rows, grid.lines) == ([["2", "3"], ["5", "6"]], [2, 3])


@pytest.mark.parametrize("cells", ["B", "B2", "C2:B3", "B3:C2", "b2:c3", "B0:C3"])
def test_a_part_that_is_none_is_refused(tmp_path: Path, cells: str) -> None:
    path = _written(tmp_path, "a.csv", b"a,b\n1,2\n")
    with pytest.raises(Refusal) as caught:
        read_grid(path, "a.csv", cells=cells)
    assert (caught.value.problems[0].code, caught.value.problems[0].rule) == ("E_HEADER", "area")


def test_two_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    rows = "".join(f"{number % 96:02},{number}\n" for number in range(200_000))
    grid = read_grid(_written(tmp_path, "a.csv", f"code,value\n{rows}".encode()), "a.csv")
    frame = as_sheet(grid, REQUIRED, OPTIONAL).frame
    assert len(frame) == 200_000
    assert frame["value"].iloc[-1] == "199999"
    assert frame.index[-1] == 200_001


def test_the_real_tables_are_read(shared: Path) -> None:
    for path in sorted((shared / "real").glob("*.csv")):
        assert len(read_grid(path, path.name).rows) > 1
