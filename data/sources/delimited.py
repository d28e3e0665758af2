"""CSV in the one dialect taken: UTF-8, comma, double quotes, every quote closed."""

import csv
import io
import re

from data.grid import Grid
from data.refusal import refuse
from data.sources.text import classified, classified_line, decoded, is_classified_column, is_suspect, refuse_cells

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 200_000

_LONGEST_LINE = 64 * 1024
# Text whose quotes all open and close a whole cell, as far as that is so; and a cell up to its closing quote.
_QUOTED = re.compile(r'(?:[^"]*+(?<![^,\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^,\r\n]))*+[^"]*+')
_OPENED = re.compile(r'(?<![^,\r\n])"[^"]*+(?:""[^"]*+)*+')
#: How many different cells are kept once for all rows; more would cost more memory than they save.
_KEPT = 100_000


def read_delimited(raw: bytes, file: str, *, limit: bool = True) -> Grid:
    """The cells of a CSV file, rows as long as they are written; blank lines at the end are left out.

    `limit` False reads any number of rows. Raises E_EMPTY_FILE, E_ENCODING, E_CLASSIFIED, E_TOO_MANY_ROWS,
    E_TOO_LONG, E_DELIMITER, E_QUOTE, E_LEGACY_FONT, E_CONTROL_CHAR.
    """
    if limit:
        refuse_bytes(len(raw), file)
    text = decoded(raw, file)
    marked = classified_line(text)
    if marked is not None:
        raise classified(file, marked)
    _refuse_long_line(raw, file)
    del raw
    _refuse_delimiter(text, file)
    _refuse_quotes(text, file)
    rows, lines = _rows(text, file, MOST_ROWS + 1 if limit else None)
    if any(map(is_classified_column, rows[0])):
        raise classified(file, lines[0], "column")
    refuse_cells(file, rows, lines, is_suspect(text))
    return Grid(file, rows, lines)


def refuse_bytes(size: int, file: str) -> None:
    """Raise E_TOO_MANY_ROWS for a file above 10 MiB."""
    if size > MOST_BYTES:
        raise refuse(file, "E_TOO_MANY_ROWS", "bytes", size=str(size), most=str(MOST_BYTES))


def _rows(text: str, file: str, most: int | None) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    kept: dict[str, str] = {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for row in reader:
            if len(kept) < _KEPT:
                row = [kept.setdefault(cell, cell) for cell in row]
            else:
                row = [kept.get(cell, cell) for cell in row]
            rows.append(row)
            lines.append(begins)
            begins = reader.line_num + 1
            if most is not None and len(rows) > most:
                raise refuse(file, "E_TOO_MANY_ROWS", "rows", line=lines[-1], most=str(MOST_ROWS))
    except csv.Error:
        # Quotes are known to be right; what is left is a cell above the reader's own limit.
        raise refuse(file, "E_TOO_LONG", "cell", line=begins) from None
    while rows and not "".join(rows[-1]).strip() and len(rows[-1]) <= 1:
        del rows[-1], lines[-1]
    return rows, lines


def _refuse_long_line(raw: bytes, file: str) -> None:
    for number, line in enumerate(io.BytesIO(raw), start=1):
        if len(line) > _LONGEST_LINE:
            raise refuse(file, "E_TOO_LONG", "line", line=number, most=str(_LONGEST_LINE))


def _refuse_delimiter(text: str, file: str) -> None:
    number, header = next((n, line) for n, line in enumerate(io.StringIO(text), start=1) if line.strip())
    bare = "".join(header.split('"')[::2])
    for mark, rule in ((";", "semicolon"), ("\t", "tab"), ("|", "bar")):
        if bare.count(mark) > bare.count(","):
            raise refuse(file, "E_DELIMITER", rule, line=number, value=header.rstrip("\r\n"))


def _refuse_quotes(text: str, file: str) -> None:
    """The csv module takes a quote in the middle of a cell as it stands, even when strict."""
    right = _QUOTED.match(text)
    position = right.end() if right else 0
    if position == len(text):
        return
    opened = _OPENED.match(text, position)
    if opened and opened.end() == len(text):
        raise _quote("open", text, position, file)
    raise _quote("bare", text, opened.end() if opened else position, file)


def _quote(rule: str, text: str, position: int, file: str) -> Exception:
    line = len(io.StringIO(text[:position] + "x", newline="").readlines())
    return refuse(file, "E_QUOTE", rule, line=line, value=text[position : position + 40].splitlines()[0])
