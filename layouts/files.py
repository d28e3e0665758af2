"""A board as a file: every figure the page prints, with its digits, unit, source and revision; before them the rows
of the board's own register, where it has one."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from i18n import Say
from i18n.formats import day
from layouts.compare_rows import compare_sheet
from layouts.correction_rows import correction_sheet
from layouts.directive_rows import directive_sheet
from layouts.laggard_rows import laggard_sheet
from layouts.plan_rows import plan_sheet
from layouts.report_rows import report_sheet
from layouts.sheet import Board, Sheet
from layouts.system_rows import system_sheet
from layouts.words import Named, Timed, printed, unit
from metrics.boards.compare import CompareBoard
from metrics.boards.directives import DirectivesBoard
from metrics.boards.dossier import DossierBoard
from metrics.boards.economy import Economy
from metrics.boards.indicator import IndicatorBoard
from metrics.boards.reports import ReportsBoard
from metrics.boards.systems import SystemsBoard
from metrics.figure import Figure, figures_of

FORMATS = ("xlsx", "csv", "json")
#: What the label of a file is called in it.
CLASSIFICATION = "classification"
COLUMNS = (
    "mark", "printed", "number", "upper", "qualifier", "unit", "derived", "as_of", "published", "source", "revision",
    "status", "certainty", "numerator", "numerator_qualifier", "denominator", "denominator_qualifier", "divided",
)  # fmt: skip
#: A text cell that begins with one of these could be taken for a formula.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝")
_WIDE = ("mark", "printed", "name", "phrase")
#: What makes the rows of a board that has a register of its own.
_REGISTERS: Mapping[type, Callable[[Any, Say], Sheet]] = {
    CompareBoard: compare_sheet,
    DirectivesBoard: directive_sheet,
    DossierBoard: laggard_sheet,
    IndicatorBoard: correction_sheet,
    ReportsBoard: report_sheet,
    SystemsBoard: system_sheet,
    Economy: plan_sheet,
}
#: A page of a workbook takes no longer name.
_LONGEST_NAME = 31
_TEXTS = ("mark", "printed", "qualifier", "unit", "source", "status", "certainty")


@runtime_checkable
class Measured(Protocol):
    """A board that is of one indicator, at one period or none."""

    @property
    def indicator(self) -> Named: ...
    @property
    def period(self) -> Timed | None: ...


def write_board(board: Board, name: str, form: str, say: Say, label: str) -> bytes:
    """The board of this name as xlsx, csv (with a byte-order mark, for spreadsheets) or json; KeyError for another
    form. Every board has a row for each figure; one with a register has its rows before, a csv those alone. `label`
    is that of its classification."""
    sheets = [make(board, say) for kind, make in _REGISTERS.items() if isinstance(board, kind)]
    sheets.append(Sheet("figures", COLUMNS, _TEXTS, rows_of(board, say)))
    return {"xlsx": _xlsx, "csv": _csv, "json": _json}[form](board, (name, label), sheets, say)


def write_sheets(
    board: Board, sheets: Sequence[Sheet], named: tuple[str, str], say: Say, seen: tuple[Callable[[str], bool], str]
) -> bytes:
    """The tables of a screen as one workbook, and behind them every figure of its board. `named` is its name and the
    label of its classification. `seen` says of which agency, by its code, it is told what stands behind a figure, and
    in words whose rows there are; empty words for all."""
    covers, told = seen
    figures = Sheet("figures", COLUMNS, _TEXTS, rows_of(board, say, covers))
    about = (*_about(board, named, say), ("written", day(board.at)), *([("scope", told)] if told else []))
    return workbook([*sheets, figures], about, named[1])


def rows_of(board: Board, say: Say, covers: Callable[[str], bool] = lambda _code: True) -> list[dict[str, Any]]:
    """One row a figure, each mark once, in the order of the board. Absent is None, never zero; so is what stands
    behind the figure of an agency that is not covered."""
    rows: dict[str, dict[str, Any]] = {}
    for figure in figures_of(board):
        rows.setdefault(figure.mark, _row(figure.bare(covers), say))
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


def _about(board: Board, named: tuple[str, str], say: Say) -> list[tuple[str, str]]:
    """What the file is: board, classification, indicator, period, day as known on, and whether anything in it is
    simulated."""
    of = []
    if isinstance(board, Measured):
        of = [("indicator", board.indicator.code), ("period", board.period.text if board.period else "")]
    return [
        *zip(("board", CLASSIFICATION), named, strict=True),
        *of,
        ("at", board.at.isoformat()),
        ("label", say("label.partly_simulated") if board.simulated else ""),
    ]


def _json(board: Board, named: tuple[str, str], sheets: list[Sheet], say: Say) -> bytes:
    document: dict[str, Any] = {**dict(_about(board, named, say)), "language": say.language}
    document |= {sheet.name: sheet.rows for sheet in sheets}
    return json.dumps(document, ensure_ascii=False, indent=1, default=str).encode("utf-8")


def _csv(_board: Board, named: tuple[str, str], sheets: list[Sheet], _say: Say) -> bytes:
    return comma_separated(sheets[0], (CLASSIFICATION, named[1]))


def comma_separated(sheet: Sheet, label: tuple[str, str]) -> bytes:
    """One table, with a byte-order mark for spreadsheets. `label` is the name of the last column and what every row
    has there: a line before the head would be taken for it. Without a row the name itself tells it."""
    name = label[0] if sheet.rows else ": ".join(label)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, (*sheet.columns, name), lineterminator="\r\n")
    writer.writeheader()
    for row in sheet.rows:
        cells = {name: _safe(value) if name in sheet.texts else value for name, value in row.items()}
        writer.writerow(cells | dict([label]))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _xlsx(board: Board, named: tuple[str, str], sheets: list[Sheet], say: Say) -> bytes:
    pages = [replace(sheets[0], name=named[0]), *sheets[1:]]
    return workbook(pages, (*_about(board, named, say), ("written", day(board.at))), named[1])


def workbook(sheets: Sequence[Sheet], about: Iterable[tuple[str, object]], label: str) -> bytes:
    """The tables as a workbook, a page each, and what there is to say of them on the last; `label` is printed at the
    head and foot of every page."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name[:_LONGEST_NAME]), sheet)
    last = book.create_sheet("about")
    for name, value in about:
        last.append((name, _safe(value)))
    for page in book.worksheets:
        for edge in (page.oddHeader, page.oddFooter):
            assert edge is not None  # a new page has both, empty
            edge.right.text = label
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    page.append(sheet.columns)
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    for row in sheet.rows:
        page.append([_safe(row[each]) if each in sheet.texts else row[each] for each in sheet.columns])
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.number_format = _number_format(cell.value)
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = 34 if column in _WIDE else 14


def _number_format(value: Any) -> str:
    """Numbers show the digits they have, thousands apart; days are written as on the page."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return "dd/mm/yyyy"
    if not isinstance(value, Decimal):
        return "General"
    exponent = value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"#,##0.{'0' * places}" if places else "#,##0"


def _safe(value: Any) -> Any:
    """The text, marked as one where a spreadsheet could take it for a formula, or would once it is saved as CSV."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value
