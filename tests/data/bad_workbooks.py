"""Workbooks that must be refused: (code, rule, line, column, bytes). One thing is wrong with each."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import Workbook

from tests.deliveries import figure

_ROW = figure("50", period="2019-11", note="Hà Nội")


def workbook(*rows: list[Any], mend: Callable[[Any], None] = lambda sheet: None) -> bytes:
    """A workbook of one sheet; `mend` may change the sheet before it is saved."""
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    mend(sheet)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def repacked(
    raw: bytes, *added: tuple[str, bytes], replaced: Mapping[str, tuple[bytes, bytes]] | None = None
) -> bytes:
    """The archive with members added, and a text replaced in some of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            if replaced and member in replaced:
                before, after = replaced[member]
                assert before in content
                content = content.replace(before, after, 1)
            new.writestr(member, content)
        for name, content in added:
            new.writestr(name, content)
    return packed.getvalue()


def _cell(place: str, value: object, number_format: str = "General") -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[place] = value
        sheet[place].number_format = number_format

    return change


_GOOD = workbook(list(_ROW), list(_ROW.values()))
_VALUE = "F2"
_NOTE = "H2"
_FIRST_TEXT = b't="inlineStr"><is><t>indicator_code</t></is>'
_SHEET = "xl/worksheets/sheet1.xml"


def _good(mend: Callable[[Any], None]) -> bytes:
    return workbook(list(_ROW), list(_ROW.values()), mend=mend)


WORKBOOKS: tuple[tuple[str, str, int | None, str | None, bytes], ...] = (
    ("E_FORMULA", "formula", 2, "value", _good(_cell(_VALUE, "=1+1"))),
    ("E_AMBIGUOUS_NUMBER", "percent_format", 2, "value", _good(_cell(_VALUE, 0.5, "0%"))),
    ("E_NUMBER", "not_a_number", 2, "value", _good(_cell(_VALUE, "63,5"))),
    ("E_CLASSIFIED", "mark", None, None, _good(_cell(_NOTE, "Tuyệt mật"))),
    ("E_EMPTY_FILE", "no_cells", None, None, workbook()),
    ("E_NO_ROWS", "header_alone", 1, None, workbook(list(_ROW))),
    ("E_HEADER", "missing", 1, None, workbook(list(_ROW)[1:], list(_ROW.values())[1:])),
    ("E_COLUMNS", "too_wide", 2, None, _good(_cell("ALM2", "x"))),
    ("E_ZIP", "broken", None, None, _GOOD[: len(_GOOD) // 2]),
    ("E_ZIP", "members", None, None, repacked(_GOOD, *((f"xl/media/{n}.png", b"") for n in range(200)))),
    ("E_ZIP", "twice", None, None, repacked(_GOOD, ("XL/workbook.xml", b"<workbook/>"))),
    ("E_ZIP", "unreadable", None, None, repacked(_GOOD, replaced={_SHEET: (_FIRST_TEXT, b't="s"><v>9</v>')})),
    ("E_ZIP_RATIO", "ratio", None, None, repacked(_GOOD, ("xl/media/a.xml", b"\0" * 2_000_000))),
    ("E_ZIP_PATH", "outside", None, None, repacked(_GOOD, ("../../etc/cron.d/x", b"x"))),
    ("E_ZIP_PATH", "outside", None, None, repacked(_GOOD, ("/etc/x", b"x"))),
    (
        "E_XML",
        "dtd",
        None,
        None,
        repacked(_GOOD, replaced={_SHEET: (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')}),
    ),
    ("E_XML", "malformed", None, None, repacked(_GOOD, replaced={_SHEET: (b"</sheetData>", b"")})),
    ("E_CONTENT_TYPE", "macros", None, None, repacked(_GOOD, ("xl/vbaProject.bin", b"x"))),
    ("E_CONTENT_TYPE", "external_links", None, None, repacked(_GOOD, ("xl/externalLinks/a.xml", b"<a/>"))),
)
