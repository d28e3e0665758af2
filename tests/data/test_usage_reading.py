"""Usage files as they come: wherever a block is cut and however a cell is quoted, the same rows, or a refusal."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from data.refusal import Refusal
from data.sources import usage
from data.sources.usage import COLUMNS, parts, survey
from tests.data.usage_files import used
from tests.deliveries import Row, written

ROWS = [
    used(date=f"2020-01-{day:02}", received_online=str(day), rated="" if day % 3 else "9") for day in range(1, 29)
]
PLAIN = written(*ROWS)


def read(path: Path) -> list[tuple[int, Row]]:
    """Line and cells of every row."""
    return [
        (part.first_line + at, {name: part.cells[name].texts[part.cells[name].at[at]] for name in COLUMNS})
        for part in parts(path, path.name)
        for at in range(part.rows)
    ]


def told(rows: list[Row]) -> list[tuple[int, Row]]:
    """What should be read of these rows."""
    return [(line, dict.fromkeys(COLUMNS, "") | row) for line, row in enumerate(rows, start=2)]


WRITTEN = {
    "plain": PLAIN,
    "CRLF": PLAIN.replace(b"\n", b"\r\n"),
    "BOM": b"\xef\xbb\xbf" + PLAIN,
    "quoted": PLAIN.replace(b",01,", b',"01",'),
    "blank lines at the end": PLAIN + b"\n\n",
    "no newline at the end": PLAIN.rstrip(b"\n"),
}


@pytest.mark.parametrize("case", WRITTEN)
@pytest.mark.parametrize("block", [60, 200, 777, 4_000_000])
def test_rows_are_the_same_wherever_blocks_are_cut(
    case: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "_BLOCK", block)
    path = tmp_path / "in.csv"
    path.write_bytes(WRITTEN[case])
    assert read(path) == told(ROWS)


def test_a_plain_file_never_needs_the_slow_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(usage, "_strict")
    for case in ("plain", "CRLF", "BOM", "no newline at the end"):
        path = tmp_path / "in.csv"
        path.write_bytes(WRITTEN[case])
        assert read(path) == told(ROWS)
    path.write_bytes(WRITTEN["quoted"])
    with pytest.raises(NameError):
        read(path)


def test_an_accent_of_its_own_is_composed(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(written(used(agency_code="BKHĐT".replace("Đ", "Đ"), procedure_code="Thu\u0309")))
    ((_, row),) = read(path)
    assert row["procedure_code"] == "Thủ"


def _changed(line: int, text: bytes) -> bytes:
    lines = PLAIN.split(b"\n")
    lines[line - 1] = text
    return b"\n".join(lines)


WRONG = {
    "few cells": (_changed(20, b"2020-01-19,01,P1"), "E_COLUMNS", 20),
    "many cells": (_changed(20, PLAIN.split(b"\n")[19] + b",1"), "E_COLUMNS", 20),
    "blank line": (_changed(20, b""), "E_COLUMNS", 20),
    "open quote": (_changed(20, b'"2020-01-19,01,P1,3,1,1,1,1,1,1,1,1'), "E_QUOTE", 20),
    "not UTF-8": (_changed(20, PLAIN.split(b"\n")[19].replace(b"P1", b"\xff")), "E_ENCODING", 20),
    "a line that is a mark": (_changed(20, "Tuyệt mật".encode()), "E_CLASSIFIED", 20),
    "semicolons": (PLAIN.replace(b",", b";"), "E_DELIMITER", 1),
    "a column missing": (PLAIN.replace(b"level", b"levels"), "E_HEADER", 1),
    "header alone": (PLAIN.split(b"\n")[0] + b"\n", "E_NO_ROWS", 1),
    "web page": (b"<!doctype html><p>no</p>", "E_CONTENT_TYPE", None),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("block", [300, 4_000_000])
def test_a_file_that_is_no_table_is_refused_with_its_line(
    case: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "_BLOCK", block)
    monkeypatch.setattr(usage, "_HEAD", 200)
    raw, code, line = WRONG[case]
    path = tmp_path / "in.csv"
    path.write_bytes(raw)
    with pytest.raises(Refusal) as caught:
        read(path)
    problem = caught.value.problems[0]
    assert (problem.code, problem.line) == (code, line)


def test_a_file_of_another_kind_than_its_name_says_is_refused(tmp_path: Path) -> None:
    table = pa.table({name: [row.get(name) for row in ROWS] for name in COLUMNS})
    parquet.write_table(table, tmp_path / "parquet.csv")
    (tmp_path / "csv.parquet").write_bytes(PLAIN)
    (tmp_path / "book.xls").write_bytes(PLAIN)
    for name, look in (("parquet.csv", read), ("csv.parquet", _surveyed), ("book.xls", read)):
        with pytest.raises(Refusal) as caught:
            look(tmp_path / name)
        assert [problem.code for problem in caught.value.problems] == ["E_CONTENT_TYPE"]


def _surveyed(path: Path) -> object:
    return survey(path, path.name)


def test_an_empty_file_and_a_missing_one_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    for name, code in (("empty.csv", "E_EMPTY_FILE"), ("missing.csv", "E_CONTENT_TYPE")):
        with pytest.raises(Refusal) as caught:
            survey(tmp_path / name, name)
        assert [problem.code for problem in caught.value.problems] == [code]


def test_parquet_of_days_moments_and_fractions(tmp_path: Path) -> None:
    names = [name for name in COLUMNS if name in ROWS[0]]
    columns = {name: pa.array([row[name] or None for row in ROWS]) for name in names}
    columns["date"] = columns["date"].cast(pa.timestamp("ns"))
    columns["received_online"] = columns["received_online"].cast(pa.float64())
    path = tmp_path / "in.parquet"
    parquet.write_table(pa.table(columns), path)
    found = read(path)
    assert [row["date"] for _, row in found] == [row["date"] for row in ROWS]
    # A program that writes counts as fractions is told so by the checks, as a text of a CSV would be.
    assert found[0][1]["received_online"] == "1.0"
