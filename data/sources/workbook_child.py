"""The cells of one sheet, read in a process of its own: `python -m data.sources.workbook_child ASKED < BOOK`.

Every XML part is looked through before openpyxl sees any: no DTD, well-formed, no mark of classification.
ASKED is JSON: sheet (or null), area [first column, first row, last column, last row] (or null), and rows and
columns at most. The answer is JSON lines: [row, cells, indexes of formulas, indexes of percentages] for each
row that has a cell, then {"end": number of rows}; or, as the last line, {"refused": [code, rule, line, hints]}.
A process that ends with neither ran into a limit.
"""

import json
import math
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import iterparse
from xml.parsers import expat

from data.sources.text import is_classified

MEMORY = 280 * 1024 * 1024
CPU_SECONDS = 10
ANSWER = 128 * 1024 * 1024
#: Some half a million cells: more cannot be read within the seconds allowed, so they are not begun.
MOST_TAGS = 2_500_000

# How any XML begins, whatever the part is called: a byte order mark, white space, a tag.
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
# A mark of classification in the bytes of a part: its one rare letter composed, decomposed or as a number; or a
# part whose bytes are not UTF-8.
_MARK_BYTES = (b"\xe1\xba\xac", b"\xe1\xba\xad", b"\xcc\x82", b"\xcc\xa3", b"&#")
_NOT_UTF8 = re.compile(rb"\xff\xfe|\xfe\xff|<\0|\0<|<\?xml[^>]*encoding=.(?!utf-8)", re.IGNORECASE)
_DEEPEST = 100
_BLOCKS = ("si", "is", "p", "text")

Row = tuple[int, list[str], list[int], list[int]]


class _RefusedError(Exception):
    """A sheet that is not taken; the arguments are code, rule, line and hints."""


def main() -> None:
    """Set the limits, then answer on stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER, ANSWER))
    warnings.simplefilter("ignore", UserWarning)
    # openpyxl would load numpy for types that no file holds.
    sys.modules["numpy"] = None  # type: ignore[assignment]  # the import system's own way to forbid one
    count = 0
    try:
        _look_through()
        for row in _rows(json.loads(sys.argv[1])):
            sys.stdout.write(json.dumps(row, separators=(",", ":")) + "\n")
            count += 1
        last: dict[str, Any] = {"end": count}
    except MemoryError:
        sys.exit(1)
    except _RefusedError as refused:
        last = {"refused": refused.args}
    except Exception:
        # Parts that contradict each other; openpyxl lets whatever error arises pass.
        last = {"refused": ["E_ZIP", "unreadable", None, {}]}
    sys.stdout.write(json.dumps(last) + "\n")


def _look_through() -> None:
    tags = 0
    with zipfile.ZipFile(sys.stdin.buffer) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if _XML.match(content):
                tags += content.count(b"<")
                if tags > MOST_TAGS:
                    raise _RefusedError("E_ZIP_RATIO", "too_heavy", None, {})
                _look_at(content, name)


def _look_at(content: bytes, name: str) -> None:
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise _RefusedError("E_XML", "dtd", None, {"part": name})

    parser.StartDoctypeDeclHandler = doctype
    parser.buffer_text = True
    marks = _Marks() if _may_hold_mark(content) else None
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        # Each level costs memory until its end, so that a few megabytes can fill any machine.
        if depth > _DEEPEST:
            raise _RefusedError("E_XML", "deep", None, {"part": name, "most": str(_DEEPEST)})
        if marks:
            marks.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if marks:
            marks.end(tag)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if marks:
        parser.CharacterDataHandler = marks.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from None
        # Drawings of old comments are often no XML at all, and nobody reads them.
        if not name.casefold().endswith(".vml"):
            raise _RefusedError("E_XML", "malformed", None, {"part": name}) from None


def _may_hold_mark(content: bytes) -> bool:
    return any(mark in content for mark in _MARK_BYTES) or bool(_NOT_UTF8.match(content))


class _Marks:
    """Looks for marks of classification in the texts of an XML part, the runs of one text taken together."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._block = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self._block:
            self._text.clear()
            if name.rpartition(":")[2] in _BLOCKS:
                self._block = name
        for value in attributes.values():
            self._refuse(value)

    def text(self, text: str) -> None:
        """Text within the element."""
        self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends; raises for a mark in its text."""
        if self._block and name != self._block:
            return
        self._block = ""
        for line in "".join(self._text).splitlines():
            self._refuse(line)
        self._text.clear()

    def _refuse(self, text: str) -> None:
        if text.isascii():
            return
        # A header or footer says where it stands before its text: &L, &C, &R.
        if any(map(is_classified, re.split("&[LCR]", text) if "&" in text else (text,))):
            raise _RefusedError("E_CLASSIFIED", "mark", None, {})


def _rows(asked: dict[str, Any]) -> Iterator[Row]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only after the limits are set
    from openpyxl.reader import strings  # noqa: PLC0415 - as above
    from openpyxl.worksheet import _read_only, _reader  # noqa: PLC0415 - as above

    # defusedxml's iterparse takes six times as long; in these two parts, the large ones, it would find nothing
    # that _look_at has not refused. All other parts openpyxl still reads through defusedxml.
    for module in (strings, _reader):
        vars(module)["iterparse"] = iterparse
    # It would read every sheet to its end to learn of a size that nothing here asks for.
    _read_only.ReadOnlyWorksheet._get_size = lambda _: None  # type: ignore[attr-defined]  # not in the stubs

    sys.stdin.buffer.seek(0)
    book: Any = load_workbook(sys.stdin.buffer, read_only=True, keep_links=False)
    sheet = _sheet(book, asked["sheet"])
    left, top, right, bottom = asked["area"] or (1, 1, None, None)
    percents = _percent_styles(book)
    with sheet._get_source() as source:
        # Not iter_rows: it invents a cell for every gap, and one far cell makes a thousand million of them.
        parser = _reader.WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        previous = 0
        for number, found in parser.parse():
            parser.row_dimensions.clear()
            if number <= previous:
                raise _RefusedError("E_ZIP", "unreadable", number, {})
            previous = number
            if bottom is not None and number > bottom:
                break
            cells = [
                cell
                for cell in found
                if number >= top
                and cell["column"] >= left
                and (right is None or cell["column"] <= right)
                and cell["value"] not in (None, "")
            ]
            if cells:
                if number - top >= asked["rows"]:
                    raise _RefusedError("E_TOO_MANY_ROWS", "rows", number, {"most": str(asked["rows"] - 1)})
                if cells[-1]["column"] - left >= asked["columns"]:
                    raise _RefusedError("E_COLUMNS", "too_wide", number, {"most": str(asked["columns"])})
                yield _row(number, cells, left, percents)


def _row(number: int, cells: list[dict[str, Any]], left: int, percents: set[int]) -> Row:
    texts = [""] * (max(cell["column"] for cell in cells) - left + 1)
    formulas: list[int] = []
    shares: list[int] = []
    for cell in cells:
        index = cell["column"] - left
        texts[index] = _text(cell["value"])
        if cell["data_type"] == "f":
            formulas.append(index)
        elif cell["data_type"] == "n" and cell["style_id"] in percents:
            shares.append(index)
    return number, texts, formulas, shares


def _text(value: object) -> str:
    """A cell as text: numbers without exponent, days as YYYY-MM-DD, errors as the sheet shows them."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if not math.isfinite(value):
            return repr(value)
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    # An array formula and a data table are objects; only the first has a text.
    return str(value) if isinstance(value, str | int) else str(getattr(value, "text", None) or value)


def _sheet(book: Any, name: str | None) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if name is None and sheets:
        return next(iter(sheets.values()))
    if name not in sheets:
        raise _RefusedError("E_HEADER", "no_sheet", None, {"sheet": name or "", "names": ", ".join(sheets)})
    return sheets[name]


def _percent_styles(book: Any) -> set[int]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE  # noqa: PLC0415 - openpyxl is imported only under the limits

    def code(number: int) -> str:
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return BUILTIN_FORMATS.get(number, "")
        own = number - BUILTIN_FORMATS_MAX_SIZE
        return str(book._number_formats[own]) if own < len(book._number_formats) else ""

    return {index for index, style in enumerate(book._cell_styles) if _is_percent(code(style.numFmtId))}


def _is_percent(code: str) -> bool:
    """Whether a number format multiplies by a hundred: a % that is neither quoted nor escaped."""
    unquoted = "".join(code.split('"')[::2])
    return "%" in unquoted.replace("\\%", "").replace("_%", "").replace("*%", "")


if __name__ == "__main__":
    main()
