"""XLSX files, those that are made to harm included."""

import io
import random
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.grid import Grid
from data.refusal import Problem, Refusal
from data.sources.tables import as_sheet, read_grid

SHEET = "xl/worksheets/sheet1.xml"


def _book(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Số liệu"
    for row in rows:
        sheet.append(row)
    path = folder / "a.xlsx"
    book.save(path)
    return path


def _changed(path: Path, changes: dict[str, bytes], *, drop: str = "") -> Path:
    """The same archive with members put in place of others, or added."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != drop}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (members | changes).items():
            archive.writestr(name, content)
    return path


def _sheet_xml(rows: str) -> bytes:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def _problem(path: Path, **asked: str) -> Problem:
    with pytest.raises(Refusal) as caught:
        read_grid(path, path.name, **asked)  # type: ignore[arg-type]  # texts only
    return caught.value.problems[0]


def _rule(path: Path, **asked: str) -> tuple[str, str]:
    problem = _problem(path, **asked)
    return problem.code, problem.rule


def _cells(path: Path) -> Grid:
    return read_grid(path, path.name)


def test_cells_come_out_as_text(tmp_path: Path) -> None:
    path = _book(
        tmp_path,
        ["Hà Nội", 30, 10.7, 0.0000001, 30.0, 1e21],
        [True, False, date(2020, 2, 12), datetime.fromisoformat("2020-02-12 10:38"), None, "#N/A"],
    )
    grid = _cells(path)
    assert grid.rows == [
        ["Hà Nội", "30", "10.7", "0.0000001", "30", "1000000000000000000000"],
        ["TRUE", "FALSE", "2020-02-12", "2020-02-12 10:38:00", "", "#N/A"],
    ]
    assert grid.lines == [1, 2]


def test_a_number_without_end_stays_no_number(tmp_path: Path) -> None:
    path = _changed(_book(tmp_path, ["x"]), {SHEET: _sheet_xml('<row r="1"><c r="A1"><v>1e999</v></c></row>')})
    assert _cells(path).rows == [["inf"]]


def test_formulas_and_percentages_are_marked(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["code", "value"], ["x", "=1+1"], ["y", 0.107], ["z", 5]):
        sheet.append(row)
    sheet["B3"].number_format = "0.0%"
    sheet["B4"].number_format = '0" %"'
    path = tmp_path / "a.xlsx"
    book.save(path)
    grid = _cells(path)
    assert (grid.formulas, grid.percents) == (frozenset({(1, 1)}), frozenset({(2, 1)}))
    assert grid.rows[1] == ["x", "=1+1"]


def test_rows_are_as_wide_as_the_widest_and_gaps_stay(tmp_path: Path) -> None:
    grid = _cells(_book(tmp_path, ["a", "b"], [], ["1"], ["2", "3", "4"]))
    assert grid.rows == [["a", "b", ""], ["", "", ""], ["1", "", ""], ["2", "3", "4"]]


def test_a_part_of_a_sheet(tmp_path: Path) -> None:
    path = _book(tmp_path, ["a", "b", "c"], ["1", "=2", "3"], ["4", "5", "=6"])
    grid = read_grid(path, "a.xlsx", sheet="Số liệu", cells="B2:D9")
    assert (grid.rows, grid.lines) == ([["=2", "3", ""], ["5", "=6", ""]], [2, 3])
    assert grid.formulas == {(0, 0), (1, 1)}


def test_a_missing_sheet_is_told_with_those_there_are(tmp_path: Path) -> None:
    problem = _problem(_book(tmp_path, ["a"]), sheet="Summary")
    assert (problem.code, problem.rule) == ("E_HEADER", "no_sheet")
    assert dict(problem.hints) == {"sheet": "Summary", "names": "Số liệu"}


def test_a_table_is_read_from_a_workbook(tmp_path: Path) -> None:
    sheet = as_sheet(_cells(_book(tmp_path, ["code", "value"], ["x", 1], ["y", 2.5])), ("code", "value"), ())
    assert sheet.frame["value"].to_list() == ["1", "2.5"]


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
def test_a_far_cell_is_refused(tmp_path: Path, cell: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet[cell] = "a", "b"
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert _problem(path).code == ("E_COLUMNS" if cell == "XFD1" else "E_TOO_MANY_ROWS")


def test_a_sheet_spread_wide_and_long_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A199999"], sheet["ALL1"] = "a", "b"
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert _rule(path) == ("E_TOO_MANY_ROWS", "cells")


def test_an_archive_that_grows_too_much_is_refused(tmp_path: Path) -> None:
    assert _rule(_changed(_book(tmp_path, ["a"]), {"xl/media/a.bin": b"\0" * 2_000_000})) == ("E_ZIP_RATIO", "ratio")
    assert _rule(_changed(_book(tmp_path, ["a"]), {"xl/media/a.bin": b"\0" * 990_000})) == ("E_ZIP_RATIO", "ratio")


def test_an_archive_above_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    noise = random.Random(1)
    filler = b"".join(noise.randbytes(60) + bytes(940) for _ in range(51_000))
    path = _changed(_book(tmp_path, ["a"]), {"xl/media/a.bin": filler})
    assert _rule(path) == ("E_ZIP_RATIO", "size")


def test_a_size_that_is_untrue_does_not_help(tmp_path: Path) -> None:
    path = _changed(_book(tmp_path, ["a"]), {"xl/media/a.bin": b"\0" * 2_000_000})
    raw = bytearray(path.read_bytes())
    raw = raw.replace(struct.pack("<I", 2_000_000), struct.pack("<I", 2_000))
    path.write_bytes(bytes(raw))
    assert _rule(path) == ("E_ZIP", "broken")


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "xl/../../a.xml", "..\\a.xml", "C:/a.xml"])
def test_a_member_outside_is_refused(tmp_path: Path, name: str) -> None:
    assert _rule(_changed(_book(tmp_path, ["a"]), {name: b"<a/>"})) == ("E_ZIP_PATH", "outside")


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = _changed(_book(tmp_path, ["a"]), {f"xl/media/{number}": b"" for number in range(200)})
    assert _rule(path) == ("E_ZIP", "members")


def test_a_huge_directory_is_refused(tmp_path: Path) -> None:
    path = _changed(_book(tmp_path, ["a"]), {f"xl/media/{number}": b"" for number in range(6_000)})
    assert _rule(path) == ("E_ZIP", "members")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = _book(tmp_path, ["a"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET, b"<a/>")
    assert _rule(path) == ("E_ZIP", "twice")


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = _book(tmp_path, ["a"])
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))
    assert _rule(path) == ("E_ZIP", "encrypted")


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_cut_archive_is_refused(tmp_path: Path, kept: float) -> None:
    path = _book(tmp_path, ["a"])
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * kept)])
    assert _rule(path) == ("E_ZIP", "broken")


def test_a_changed_byte_is_refused(tmp_path: Path) -> None:
    path = _book(tmp_path, ["a"])
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as archive:
        start = archive.getinfo("xl/styles.xml").header_offset
    raw[start + 120] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert _rule(path) == ("E_ZIP", "broken")


def test_parts_that_are_missing_are_refused(tmp_path: Path) -> None:
    path = _changed(_book(tmp_path, ["a"]), {}, drop="xl/_rels/workbook.xml.rels")
    assert _rule(path) == ("E_ZIP", "unreadable")
    path = _changed(_book(tmp_path, ["a"]), {}, drop="xl/workbook.xml")
    assert _rule(path) == ("E_CONTENT_TYPE", "not_workbook")


@pytest.mark.parametrize(
    ("name", "rule"),
    [("xl/vbaProject.bin", "macros"), ("xl/externalLinks/externalLink1.xml", "external_links")],
)
def test_active_parts_are_refused(tmp_path: Path, name: str, rule: str) -> None:
    assert _rule(_changed(_book(tmp_path, ["a"]), {name: b"<a/>"})) == ("E_CONTENT_TYPE", rule)


def test_entities_are_refused(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "x">{levels}]><worksheet>&e9;</worksheet>'.encode()
    problem = _problem(_changed(_book(tmp_path, ["a"]), {SHEET: bomb}))
    assert (problem.code, problem.rule, problem.hints) == ("E_XML", "dtd", (("part", SHEET),))
    assert _rule(_changed(_book(tmp_path, ["a"]), {SHEET: "<!DOCTYPE a><a/>".encode("utf-16")})) == ("E_XML", "dtd")


def test_xml_that_is_not_well_formed_is_refused(tmp_path: Path) -> None:
    assert _rule(_changed(_book(tmp_path, ["a"]), {SHEET: b"<worksheet><sheetData>"})) == ("E_XML", "malformed")


def test_a_sheet_too_deep_is_refused(tmp_path: Path) -> None:
    deep = b"<a>" * 101 + b"</a>" * 101
    assert _rule(_changed(_book(tmp_path, ["a"]), {"xl/a.xml": deep})) == ("E_XML", "deep")
    assert _cells(_changed(_book(tmp_path, ["a"]), {"xl/a.xml": deep[3:-4]})).rows == [["a"]]


def test_a_sheet_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    cells = "".join(f'<c s="{number * 7919 % 9_973}"/>' for number in range(2_600_000))
    path = _changed(_book(tmp_path, ["a"]), {SHEET: _sheet_xml(f"<row>{cells}</row>")})
    assert _rule(path) == ("E_ZIP_RATIO", "too_heavy")


def test_a_part_under_another_name_is_looked_through(tmp_path: Path) -> None:
    path = _changed(_book(tmp_path, ["a"]), {"xl/media/a.png": b"\xef\xbb\xbf <!DOCTYPE a><a/>"})
    assert _rule(path) == ("E_XML", "dtd")


def test_old_drawings_need_not_be_well_formed(tmp_path: Path) -> None:
    path = _changed(_book(tmp_path, ["a"]), {"xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>"})
    assert _cells(path).rows == [["a"]]


def test_rows_out_of_order_are_refused(tmp_path: Path) -> None:
    rows = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    assert _rule(_changed(_book(tmp_path, ["a"]), {SHEET: _sheet_xml(rows)})) == ("E_ZIP", "unreadable")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("Hµ Néi", "E_LEGACY_FONT"), ("Hà\u200bNội", "E_CONTROL_CHAR"), ("x" * 501, "E_TOO_LONG")],
)
def test_bad_cells_are_refused_where_they_stand(tmp_path: Path, cell: str, code: str) -> None:
    problem = _problem(_book(tmp_path, ["name", "value"], [cell, 1]))
    assert (problem.code, problem.line, problem.column) == (code, 2, "name")


def _mark_in_cell(path: Path) -> Path:
    return _book(path.parent, ["a"], ["Tối mật"])


def _mark_on_another_sheet(path: Path) -> Path:
    book = Workbook()
    other = book.create_sheet("Khác")
    other["B9"] = "Độ mật: Mật"
    book.save(path)
    return path


def _mark_in_header(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "a"
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = "TUYỆT MẬT"
    book.save(path)
    return path


def _mark_inline(path: Path) -> Path:
    runs = "<is><r><t>Tối </t></r><r><t>m&#7853;t</t></r></is>"
    rows = f'<row r="1"><c r="A1" t="inlineStr">{runs}</c></row>'
    return _changed(_book(path.parent, ["a"]), {SHEET: _sheet_xml(rows)})


def _mark_in_utf16(path: Path) -> Path:
    rows = _sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>Mật</t></is></c></row>').decode()
    return _changed(_book(path.parent, ["a"]), {SHEET: rows.removeprefix('<?xml version="1.0"?>').encode("utf-16")})


def _mark_as_title(path: Path) -> Path:
    book = Workbook()
    book.properties.title = "Mật"
    book.save(path)
    return path


def _mark_as_column(path: Path) -> Path:
    return _book(path.parent, ["a", "Độ mật"], [1, "thường"])


@pytest.mark.parametrize(
    "made",
    [
        _mark_in_cell,
        _mark_on_another_sheet,
        _mark_in_header,
        _mark_inline,
        _mark_in_utf16,
        _mark_as_title,
        _mark_as_column,
    ],
)
def test_a_classified_workbook_is_refused_without_a_word_of_it(tmp_path: Path, made: object) -> None:
    assert callable(made)
    problem = _problem(made(tmp_path / "a.xlsx"))
    assert problem.code == "E_CLASSIFIED"
    assert (problem.value, problem.column, problem.hints) == (None, None, ())


def test_words_that_contain_the_mark_are_taken(tmp_path: Path) -> None:
    rows: list[list[object]] = [["bảo mật"], ["bí mật nhà nước"], ["Mật độ dân số"]]
    assert _cells(_book(tmp_path, *rows)).rows == rows


def test_a_workbook_above_ten_mebibytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(10 * 1024 * 1024))
    assert _rule(path) == ("E_TOO_MANY_ROWS", "bytes")


def test_the_scores_of_2016(shared: Path) -> None:
    path = shared / "real" / "PCI_2016.xlsx"
    if not path.is_file():
        pytest.skip("the workbook of 2016 is not beside the checkout")
    grid = read_grid(path, path.name, sheet="Summary_VN", cells="V2:W64")
    assert len(grid.rows) == 63
    assert grid.rows[0] == ["Đà Nẵng", "70.00139617919922"]
    assert not grid.formulas
