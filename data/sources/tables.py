"""Tables as files hold them: which kind a file is, and a table with a header of known names."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from data.grid import Grid
from data.refusal import Problems, refuse
from data.sheet import Sheet
from data.sources.area import Area, read_area
from data.sources.delimited import MOST_ROWS, read_delimited, refuse_bytes
from data.sources.text import column_name
from data.sources.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_KINDS = (
    (b"%PDF", "pdf"),
    (_OLE, "ole"),
    (b"PAR1", "binary"),
    (b"\x1f\x8b", "binary"),
    (b"7z\xbc\xaf", "binary"),
    (b"Rar!", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"SQLite format 3", "binary"),
    (b"{\\rtf", "binary"),
)
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!|\?xml|/?[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)
_LAST_ROW = 1_048_576


def read_grid(
    path: Path, name: str, *, sheet: str | None = None, cells: str | None = None, limit: bool = True
) -> Grid:
    """The cells of a CSV or XLSX file; `name` is the file's name as the user gave it.

    `sheet` picks a sheet of a workbook (else its first), `cells` a part such as `V2:W64`. `limit` False takes
    more than 200,000 rows or 10 MiB. Raises Refusal for whatever is not a table in plain text, and OSError where
    the file cannot be read.
    """
    area = _area(cells, name)
    suffix = Path(name).suffix.lower()
    if suffix == ".xlsm":
        raise refuse(name, "E_CONTENT_TYPE", "macros")
    if suffix == ".xls":
        raise refuse(name, "E_CONTENT_TYPE", "ole")
    if suffix not in (".csv", ".xlsx"):
        raise refuse(name, "E_CONTENT_TYPE", "suffix", value=suffix)
    if limit:
        refuse_bytes(path.stat().st_size, name)
    raw = path.read_bytes()
    if not raw:
        raise refuse(name, "E_EMPTY_FILE", "empty")
    refuse_kind(raw, name, suffix)
    if suffix == ".xlsx":
        return read_workbook(raw, name, sheet, area, MOST_ROWS if limit else _LAST_ROW)
    grid = read_delimited(raw, name, limit=limit)
    return _part(grid, area) if area else grid


def as_sheet(grid: Grid, required: tuple[str, ...], optional: tuple[str, ...]) -> Sheet:
    """The table under a header of exactly these names, in any order; an optional column may be absent.

    Columns come out as required + optional, all of text; a column or cell that is absent is the empty text.
    Raises E_NO_ROWS, E_HEADER, E_COLUMNS, E_FORMULA, E_AMBIGUOUS_NUMBER (a cell shown as a percentage).
    """
    rows, lines = grid.rows, grid.lines
    if _is_workbook(grid):
        rows, lines = _trimmed(rows, lines)
    if not rows:
        raise refuse(grid.file, "E_EMPTY_FILE", "no_cells")
    header, problems = rows[0], Problems(grid.file)
    note_header(problems, header, required, optional, lines[0])
    problems.stop()
    _note_columns(problems, rows, lines)
    _note_marks(problems, grid)
    problems.stop()
    if len(rows) == 1:
        raise refuse(grid.file, "E_NO_ROWS", "header_alone", line=lines[0])
    columns = dict(zip(header, zip(*rows[1:], strict=True), strict=True))
    absent = ("",) * (len(rows) - 1)
    frame = pd.DataFrame(
        {name: columns.get(name, absent) for name in required + optional},
        index=pd.Index(lines[1:], name="line"),
        dtype="str",
    )
    return Sheet(grid.file, frame)


def note_header(
    problems: Problems, header: list[str], required: tuple[str, ...], optional: tuple[str, ...], line: int
) -> None:
    """Note columns that are missing, unknown or there twice."""
    known = required + optional
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            problems.add("E_HEADER", "twice", line=line, value=name)
        if name not in known:
            missing = [one for one in known if one not in header]
            near = get_close_matches(name.strip().casefold(), missing or known, n=1, cutoff=0.6)
            if near:
                problems.add("E_HEADER", "unknown_near", line=line, value=name, nearest=near[0])
            else:
                problems.add("E_HEADER", "unknown", line=line, value=name, known=", ".join(known))
    for name in required:
        if name not in header:
            problems.add("E_HEADER", "missing", line=line, value=name)


def _note_columns(problems: Problems, rows: list[list[str]], lines: list[int]) -> None:
    wanted = len(rows[0])
    for row, line in zip(rows, lines, strict=True):
        if len(row) != wanted:
            rule = "blank" if not row else "few" if len(row) < wanted else "many"
            problems.add("E_COLUMNS", rule, line=line, wanted=str(wanted), found=str(len(row)))


def _note_marks(problems: Problems, grid: Grid) -> None:
    for places, code, rule in (
        (grid.formulas, "E_FORMULA", "formula"),
        (grid.percents, "E_AMBIGUOUS_NUMBER", "percent_format"),
    ):
        for row, column in sorted(places):
            problems.add(
                code,
                rule,
                line=grid.lines[row],
                column=column_name(grid.rows, column),
                value=grid.rows[row][column],
            )


def _trimmed(rows: list[list[str]], lines: list[int]) -> tuple[list[list[str]], list[int]]:
    """A workbook's rows without empty ones at the end, as wide as the header unless a cell stands beyond it."""
    last = next((n for n in range(len(rows), 0, -1) if any(rows[n - 1])), 0)
    wanted = _filled(rows[0]) if last else 0
    return [_fitted(row, wanted) for row in rows[:last]], lines[:last]


def _fitted(row: list[str], wanted: int) -> list[str]:
    row = row[: max(wanted, _filled(row))]
    return row + [""] * (wanted - len(row))


def _filled(row: Sequence[str]) -> int:
    return next((n for n in range(len(row), 0, -1) if row[n - 1]), 0)


def _is_workbook(grid: Grid) -> bool:
    return Path(grid.file).suffix.lower() == ".xlsx"


def refuse_kind(raw: bytes, name: str, suffix: str) -> None:
    """Raise E_CONTENT_TYPE or E_ZIP where the content is of another kind than the name says."""
    if suffix == ".xlsx" and raw.startswith(_OLE) and _ENCRYPTED in raw:
        raise refuse(name, "E_ZIP", "encrypted")
    rule = next((rule for mark, rule in _KINDS if raw.startswith(mark)), None)
    if rule is None and _HTML.match(raw):
        rule = "html"
    if rule is None and raw.startswith((b"PK\x03\x04", b"PK\x05\x06")) and suffix == ".csv":
        rule = "workbook_as_csv" if b"xl/workbook.xml" in raw else "zip_as_csv"
    if rule is None and suffix == ".xlsx" and not raw.startswith(b"PK"):
        rule = "not_workbook"
    if rule:
        raise refuse(name, "E_CONTENT_TYPE", rule)


def _area(cells: str | None, name: str) -> Area | None:
    if cells is None:
        return None
    area = read_area(cells)
    if area is None:
        raise refuse(name, "E_HEADER", "area", value=cells)
    return area


def _part(grid: Grid, area: Area) -> Grid:
    """The part of a text file that an area names, rows counted as a spreadsheet would."""
    left, top, right, bottom = area
    return Grid(
        grid.file,
        [row[left - 1 : right] for row in grid.rows[top - 1 : bottom]],
        grid.lines[top - 1 : bottom],
    )
