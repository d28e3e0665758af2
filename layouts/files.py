"""A board as a file: every figure the page prints, with its digits, unit, source and revision."""

import csv
import io
import json
from datetime import date
from typing import Any, Protocol

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from i18n import Say
from i18n.formats import day
from layouts.words import Named, printed, unit
from metrics.figure import Figure, figures_of

FORMATS = ("xlsx", "csv", "json")
COLUMNS = (
    "mark", "printed", "number", "upper", "qualifier", "unit", "derived", "as_of", "published", "source", "revision",
    "status", "certainty", "numerator", "numerator_qualifier", "denominator", "denominator_qualifier", "divided",
)  # fmt: skip
#: A text cell that begins with one of these could be taken for a formula.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝")
_TEXTS = ("mark", "printed", "qualifier", "unit", "source", "status", "certainty")


class Timed(Protocol):
    """What has a text that names it as files do: a period."""

    @property
    def text(self) -> str: ...


class Board(Protocol):
    """What every board has that can be written: what it is of, when, as known on which day, whether any of it is
    simulated, and what was asked for that does not exist (name, value)."""

    @property
    def indicator(self) -> Named: ...
    @property
    def period(self) -> Timed | None: ...
    @property
    def at(self) -> date: ...
    @property
    def simulated(self) -> bool: ...
    @property
    def unknown(self) -> tuple[tuple[str, str], ...]: ...


def write_board(board: Board, name: str, form: str, say: Say) -> bytes:
    """The board of this name as xlsx, csv (with a byte-order mark, for spreadsheets) or json; KeyError for another
    form."""
    return {"xlsx": _xlsx, "csv": _csv, "json": _json}[form](board, name, say)


def rows_of(board: Board, say: Say) -> list[dict[str, Any]]:
    """One row a figure, each mark once, in the order of the board. Absent is None, never zero."""
    rows: dict[str, dict[str, Any]] = {}
    for figure in figures_of(board):
        rows.setdefault(figure.mark, _row(figure, say))
    return list(rows.values())


def _row(figure: Figure, say: Say) -> dict[str, Any]:
    quantity, trace = figure.quantity, figure.trace
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "mark": figure.mark,
        "printed": printed(figure, say).text,
        "number": quantity.number,
        "upper": quantity.upper,
        "qualifier": str(quantity.qualifier) or None,
        "unit": unit(figure.unit, say).strip() or None,
        "derived": figure.derived,
    }
    if trace is not None:
        row |= {name: getattr(trace, name) for name in ("as_of", "published", "source", "revision", "status")}
        row |= {"certainty": trace.certainty, "divided": trace.divided}
        for name in ("numerator", "denominator"):
            part = getattr(trace, name)
            row[name] = part.number if part else None
            row[f"{name}_qualifier"] = (str(part.qualifier) or None) if part else None
    return row


def _about(board: Board, name: str, say: Say) -> list[tuple[str, str]]:
    """What the file is: board, indicator, period, day as known on, and whether anything in it is simulated."""
    return [
        ("board", name),
        ("indicator", board.indicator.code),
        ("period", board.period.text if board.period else ""),
        ("at", board.at.isoformat()),
        ("label", say("label.partly_simulated") if board.simulated else ""),
    ]


def _json(board: Board, name: str, say: Say) -> bytes:
    document = {**dict(_about(board, name, say)), "language": say.language, "figures": rows_of(board, say)}
    return json.dumps(document, ensure_ascii=False, indent=1, default=str).encode("utf-8")


def _csv(board: Board, _name: str, say: Say) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows_of(board, say):
        writer.writerow({name: _safe(value) if name in _TEXTS else value for name, value in row.items()})
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _xlsx(board: Board, name: str, say: Say) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for row in rows_of(board, say):
        sheet.append([_safe(row[each], ("=",)) if each in _TEXTS else row[each] for each in COLUMNS])
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 34 if column in ("mark", "printed") else 14
    about = book.create_sheet("about")
    for pair in (*_about(board, name, say), ("written", day(board.at))):
        about.append(pair)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _safe(value: Any, risky: tuple[str, ...] = _RISKY) -> Any:
    """The text, marked as one where a spreadsheet could take it for a formula: in a workbook only after "="."""
    return f"'{value}" if isinstance(value, str) and value.startswith(risky) else value
