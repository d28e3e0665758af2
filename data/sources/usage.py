"""Usage files of any length, a part at a time: CSV, Parquet, and workbooks as long as they can be.

A part holds each column as its distinct texts and, for each row, which of them stands there: a text is looked at
once, however often it stands. A plain block of CSV is read by Arrow; one that holds anything else goes through the
reader of all other files, which takes it or says what is wrong and where.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from data.refusal import Problems, Refusal, refuse
from data.sheet import Sheet
from data.sources.delimited import read_delimited
from data.sources.kinds import USAGE
from data.sources.tables import as_sheet, note_header, read_grid, refuse_kind
from data.sources.text import LONGEST_CELL, is_classified, is_suspect, normal, refuse_cells, refuse_classified

COLUMNS = (*USAGE.required, *USAGE.optional)
#: A block of CSV; some ninety thousand rows.
_BLOCK = 4 * 1024 * 1024
#: So many rows of Parquet are read at once.
_ROWS = 100_000
_HEAD = 64 * 1024
#: The columns that are texts in every file.
_TEXTS = ("agency_code", "procedure_code", "status")
_TEXT = pa.dictionary(pa.int32(), pa.string())
Places = NDArray[np.int32]


@dataclass(frozen=True)
class Cells:
    """One column of a part: its distinct texts, and for each row the place of its text among them."""

    texts: Sequence[str]
    at: Places


@dataclass(frozen=True)
class Part:
    """Rows of a file that follow each other. `first_line` is the line of the first; every column is there, one that
    the file does not have with the empty text in each row."""

    first_line: int
    rows: int
    cells: dict[str, Cells]


@dataclass(frozen=True)
class Survey:
    """What a file is, before it is read: the hash of its bytes, and about how many rows it has."""

    digest: str
    rows: int


def survey(path: Path, name: str) -> Survey:
    """Look over a file of any length. Raises E_CONTENT_TYPE for a file that cannot be read, E_EMPTY_FILE for none."""
    digest, lines, size = sha256(), 0, 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                lines += block.count(b"\n")
                size += len(block)
    except OSError as trouble:
        raise refuse(name, "E_CONTENT_TYPE", "unreadable", why=str(trouble.strerror)) from trouble
    if not size:
        raise refuse(name, "E_EMPTY_FILE", "empty")
    rows = _metadata(path, name).num_rows if _suffix(name) == ".parquet" else lines
    return Survey(digest.hexdigest(), rows)


def parts(path: Path, name: str) -> Iterator[Part]:
    """The rows of a file, a part at a time; `name` is the file's name as the user gave it.

    Raises Refusal for whatever is not a table in plain text, as other files are refused; how many rows or bytes there
    are does not matter.
    """
    suffix = _suffix(name)
    if suffix == ".parquet":
        yield from _parquet(path, name)
    elif suffix == ".csv":
        yield from _delimited(path, name)
    else:
        sheet = as_sheet(read_grid(path, name, limit=False), USAGE.required, USAGE.optional)
        yield _of_sheet(sheet, int(sheet.frame.index[0]))


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


# CSV


def _delimited(path: Path, name: str) -> Iterator[Part]:
    with path.open("rb") as file:
        start = file.read(_HEAD)
        refuse_kind(start, name, ".csv")
        whole_lines = start[: start.rfind(b"\n") + 1] if len(start) == _HEAD else start
        header = read_delimited(whole_lines or start, name, limit=False)
        problems = Problems(name)
        note_header(problems, header.rows[0], USAGE.required, USAGE.optional, header.lines[0])
        problems.stop()
        file.seek(0)
        head = file.readline()
        line, found = header.lines[0] + 1, 0
        for block in _blocks(file):
            rows = _plain(block, header.rows[0], line) or _strict(head, block, name, line)
            if rows is not None:
                found += rows.rows
                yield rows
            line += block.count(b"\n")
    if not found:
        raise refuse(name, "E_NO_ROWS", "header_alone", line=header.lines[0])


def _blocks(file: Any) -> Iterator[bytes]:
    """The rest of a file in blocks of whole lines."""
    left = b""
    while block := file.read(_BLOCK):
        cut = block.rfind(b"\n") + 1
        if not cut:
            left += block
            continue
        yield left + block[:cut]
        left = block[cut:]
    if left:
        yield left


def _plain(block: bytes, header: list[str], line: int) -> Part | None:
    """The rows of a block without quotes, blank lines and doubtful texts; None for any other block."""
    if b'"' in block or b"\n\n" in block or b"\n\r\n" in block or block[:1] in (b"\n", b"\r"):
        return None
    strange: list[Any] = []

    def note(row: Any) -> str:
        strange.append(row)
        return "skip"

    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(block),
            arrow_csv.ReadOptions(column_names=header, block_size=len(block) + 1, use_threads=False),
            arrow_csv.ParseOptions(quote_char=False, ignore_empty_lines=False, invalid_row_handler=note),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(header, _TEXT), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    if strange or table.num_rows != block.count(b"\n") + (not block.endswith(b"\n")):
        return None
    cells = {column: _of_array(table.column(column).combine_chunks()) for column in header}
    if any(_doubtful(each.texts) for each in cells.values()):
        return None
    return _part(line, table.num_rows, cells)


def _strict(head: bytes, block: bytes, name: str, line: int) -> Part | None:
    """The rows of a block as the reader of all files takes them; None where it holds blank lines only."""
    if not block.strip():
        return None
    shift = line - 2
    try:
        sheet = as_sheet(read_delimited(head + block, name, limit=False), USAGE.required, USAGE.optional)
    except Refusal as trouble:
        moved = [
            replace(problem, line=problem.line + shift if problem.line and problem.line > 1 else problem.line)
            for problem in trouble.problems
        ]
        raise Refusal(moved, trouble.total) from None
    return _of_sheet(sheet, line)


# Parquet


def _metadata(path: Path, name: str) -> Any:
    try:
        return parquet.read_metadata(path)
    except (pa.ArrowInvalid, OSError):
        raise refuse(name, "E_CONTENT_TYPE", "broken_parquet") from None


def _parquet(path: Path, name: str) -> Iterator[Part]:
    there = set(_metadata(path, name).schema.names)
    line = 2
    try:
        file = parquet.ParquetFile(path, read_dictionary=[column for column in _TEXTS if column in there])
        problems = Problems(name)
        note_header(problems, list(file.schema_arrow.names), USAGE.required, USAGE.optional, 1)
        problems.stop()
        for batch in file.iter_batches(_ROWS):
            cells = {column: _of_array(batch.column(column)) for column in batch.schema.names}
            for column, each in cells.items():
                _refuse_texts(name, column, each, line)
            yield _part(line, batch.num_rows, cells)
            line += batch.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError):
        raise refuse(name, "E_CONTENT_TYPE", "broken_parquet") from None
    if line == 2:
        raise refuse(name, "E_NO_ROWS", "header_alone", line=1)


def _refuse_texts(name: str, column: str, cells: Cells, line: int) -> None:
    """Raise for texts that no cell of any file may hold."""
    if not _doubtful(cells.texts):
        return
    firsts = [line + int(np.argmax(cells.at == place)) for place in range(len(cells.texts))]
    refuse_classified(name, zip(firsts, cells.texts, strict=True), [column], line)
    rows = [[column], *([text] for text in cells.texts)]
    refuse_cells(name, rows, [1, *firsts], is_suspect("\n".join(cells.texts)))


# Columns


def _part(line: int, rows: int, cells: dict[str, Cells]) -> Part:
    empty = Cells([""], np.zeros(rows, dtype=np.int32))
    return Part(line, rows, {column: cells.get(column, empty) for column in COLUMNS})


def _of_sheet(sheet: Sheet, line: int) -> Part:
    cells = {column: _of_array(pa.array(sheet.frame[column].tolist(), pa.string())) for column in sheet.frame.columns}
    return _part(line, len(sheet.frame), cells)


def _of_array(column: Any) -> Cells:
    """An Arrow array as distinct texts; what is null there is the empty text."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    texts = [_text(value) for value in column.dictionary.to_pylist()]
    indices = column.indices
    if indices.null_count:
        indices = indices.fill_null(len(texts))
        texts.append("")
    at: Places = np.asarray(indices, dtype=np.int32)
    return Cells(texts, at)


def _text(value: object) -> str:
    """A value of Parquet as a CSV would write it; a moment at midnight is its day."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time(0):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return normal(str(value))


def _doubtful(texts: Sequence[str]) -> bool:
    """Whether any text has to be looked at more closely."""
    joined = "\n".join(texts)
    if joined.isascii():
        return any(len(text) > LONGEST_CELL for text in texts) or is_suspect(joined)
    return any(
        len(text) > LONGEST_CELL or is_classified(text) or text != normal(text) for text in texts
    ) or is_suspect(joined)
