"""A report as a DOCX: A4, margins and type of Nghị định 30/2020/NĐ-CP, one sheet a page."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as Line

from i18n import official
from layouts.paper import Grid, Paper, Paragraph, Runs, Sheet, Signing
from layouts.paper_head import date_line, drafted_line, hash_line

_FONT = "Times New Roman"
#: Points of each kind of line, its place, and the room before it. Body is what a line is without a style of its own.
_BODY = 13
_STYLES: dict[str, tuple[float, ALIGN, float]] = {
    "Head": (12, ALIGN.CENTER, 0),
    "Title": (_BODY, ALIGN.CENTER, 0),
    "Point": (_BODY, ALIGN.JUSTIFY, 4),
    "Cell": (11, ALIGN.LEFT, 0),
    "Cell Middle": (11, ALIGN.CENTER, 0),
    "Recipient": (11, ALIGN.LEFT, 0),
    "Note": (8.5, ALIGN.LEFT, 0),
}
#: Between the margins, in millimetres.
_WIDE = 165
_GREY, _SIMULATED = RGBColor(0x4B, 0x55, 0x63), RGBColor(0x5B, 0x3A, 0x8C)


def paper_docx(paper: Paper, signing: Signing) -> bytes:
    """The paper with what is known of its signing, as a file."""
    document = Document()
    _set_up(document, paper, signing)
    for at, sheet in enumerate(paper.sheets):
        if at == 1:
            # What follows the list is of one page each, and bears no number.
            document.add_section(WD_SECTION.NEW_PAGE).different_first_page_header_footer = False
            document.sections[-1].header.is_linked_to_previous = False
        _sheet(document, sheet, paper, signing, anew=at > 1)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, paper: Paper, signing: Signing) -> None:
    say, section = official(), document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    body = document.styles["Normal"]
    body.font.name, body.font.size = _FONT, Pt(_BODY)
    body.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    body.paragraph_format.space_after = Pt(0)
    for name, (size, place, before) in _STYLES.items():
        style = document.styles.add_style(f"Report {name}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = body, Pt(size)
        style.paragraph_format.alignment, style.paragraph_format.space_before = place, Pt(before)
    document.styles["Report Point"].paragraph_format.first_line_indent = Mm(10)
    document.styles["Report Note"].font.color.rgb = _GREY
    told, day = document.core_properties, signing.day or paper.at
    told.title, told.author, told.comments, told.language = (
        say("official.about.list"),
        say("official.head.issuer"),
        "",
        "vi-VN",
    )
    told.created = told.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    told.last_modified_by = signing.signed_by or signing.drafted_by or ""
    section.different_first_page_header_footer = True
    for foot in (section.first_page_footer.paragraphs[0], section.footer.paragraphs[0]):
        foot.style = document.styles["Report Note"]
        foot.add_run(f"{drafted_line(signing, say)}\n{hash_line(signing, say)}")
        _border(foot, "top")
    _number(section.header.paragraphs[0])


def _number(head: Line) -> None:
    """The number of the page, in the middle of the upper margin."""
    head._p.style = _style_id("Title")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    head._p.append(field)


def _sheet(document: Any, sheet: Sheet, paper: Paper, signing: Signing, *, anew: bool) -> None:
    """One sheet; `anew` begins a page."""
    say = official()
    head = _table(document, (66, 99))
    _head(head, paper, signing)
    if anew:
        head.rows[0].cells[0].paragraphs[0].paragraph_format.page_break_before = True
    _line(document, "Title", say("official.head.kind"), bold=True, before=8)
    _line(document, "Title", sheet.about, bold=True)
    _rule(document, 55)
    _line(document, "Title", say("official.head.to"), before=4)
    for block in sheet.blocks:
        if isinstance(block, Paragraph):
            line = document.add_paragraph()
            line._p.style = _style_id("Point")
            _runs(line, block.runs)
            # Who signs what is not left alone on a page.
            line.paragraph_format.keep_with_next = block is sheet.blocks[-1]
        else:
            _grid(document, block)
    _foot(document, sheet, signing)
    note = document.add_paragraph()
    note._p.style = _style_id("Note")
    note.paragraph_format.space_before = Pt(4)
    if sheet.sources:
        note.add_run(say("official.foot.sources", sources=sheet.sources) + " ")
    if sheet.simulated:
        mark = note.add_run(say("label.partly_simulated"))
        mark.font.bold, mark.font.color.rgb = True, _SIMULATED


def _head(table: Table, paper: Paper, signing: Signing) -> None:
    """Who reports and under which number; the state, place and date."""
    say = official()
    left, right = table.rows[0].cells
    _line(left, "Head", say("official.head.issuer"), bold=True, anew=False)
    _rule(left, 22)
    _line(left, "Head", say("official.head.number"), before=2)
    if signing.signed_by is None:
        box = _line(left, "Head", say("official.head.draft"), bold=True, before=6)
        box.paragraph_format.left_indent = box.paragraph_format.right_indent = Mm(18)
        _border(box, "top", "left", "bottom", "right")
    _line(right, "Head", say("official.head.country"), bold=True, anew=False)
    _line(right, "Title", say("official.head.motto"), bold=True)
    _rule(right, 20)
    _line(right, "Title", date_line(paper, signing, say), italic=True, before=2)


def _foot(document: Any, sheet: Sheet, signing: Signing) -> None:
    """Who gets it, and who signs."""
    say = official()
    row = _table(document, (85, 80)).rows[0]
    _uncut(row)
    left, right = row.cells
    _line(left, "Recipient", say("official.foot.recipients"), bold=True, italic=True, before=8, anew=False)
    for recipient in sheet.recipients:
        _line(left, "Recipient", recipient)
    _line(right, "Title", say("official.foot.post"), bold=True, before=8, anew=False)
    signed = say("official.foot.signed" if signing.signed_by else "official.foot.unsigned")
    _line(right, "Head", signed, italic=True, before=10)
    if signing.signed_by:
        _line(right, "Title", signing.signed_by, bold=True, before=10)


def _uncut(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _grid(document: Any, block: Grid) -> None:
    table = _table(document, [_WIDE * width / sum(block.widths) for width in block.widths], "Table Grid")
    first = table.rows[0]
    for cell, text in zip(first.cells, block.heads, strict=True):
        _line(cell, "Cell Middle", text, bold=True, anew=False)
    first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    styles = [_style_id("Cell Middle" if at in block.centred else "Cell") for at in range(len(block.heads))]
    for row in block.rows:
        added = table.add_row()  # type: ignore[no-untyped-call]  # the library has not typed it
        _uncut(added)
        for cell, runs, style in zip(added._tr.tc_lst, row, styles, strict=True):
            cell.p_lst[0].style = style
            _runs(Line(cell.p_lst[0], table), runs)


def _table(document: Any, widths: Iterable[float], style: str | None = None) -> Table:
    """A table of one row with columns so many millimetres wide."""
    sizes = list(widths)
    table: Table = document.add_table(rows=1, cols=len(sizes))
    if style:
        table.style = style
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, cell, width in zip(table.columns, table.rows[0].cells, sizes, strict=True):
        column.width = cell.width = Mm(width)
    return table


def _line(
    into: Any,
    style: str,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float | None = None,
    anew: bool = True,
) -> Line:
    """A line of its own, in a new paragraph or in the first one of a cell."""
    line: Line = into.add_paragraph() if anew else into.paragraphs[0]
    line._p.style = _style_id(style)
    if before is not None:
        line.paragraph_format.space_before = Pt(before)
    run = line.add_run(text)
    if bold:
        run.font.bold = True
    if italic:
        run.font.italic = True
    return line


def _style_id(name: str) -> str:
    """How a paragraph names a style of ours; asking the library by name would look through all of them each time."""
    return f"Report{name.replace(' ', '')}"


def _runs(line: Line, runs: Runs) -> None:
    """The runs; those that look alike and stand side by side become one."""
    texts: list[tuple[str, bool]] = []
    for run in runs:
        if texts and texts[-1][1] == run.bold:
            texts[-1] = (texts[-1][0] + run.text, run.bold)
        else:
            texts.append((run.text, run.bold))
    for text, bold in texts:
        run_of = line.add_run(text)
        if bold:
            run_of.font.bold = True


def _rule(into: Any, indent: float) -> None:
    """A short line across the middle: a border over a paragraph that is indented from both sides."""
    line: Line = into.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(indent)
    line.paragraph_format.space_before, line.paragraph_format.line_spacing = Pt(1), Pt(4)
    _border(line, "top")


def _border(line: Line, *sides: str) -> None:
    """Lines along these sides, which the format wants in the order top, left, bottom, right."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "auto")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    line._p.get_or_add_pPr().append(borders)
