"""The table twin of a card: its very numbers as rows and columns, drawn over the screen and written to a file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import only
from layouts.parts import fact, figure_link, glyph, labels, number, plain_source, simulated
from layouts.sheet import Sheet
from layouts.words import printed, unit
from metrics.figure import Figure

#: A figure, a day, or words; None where there is nothing, which is no zero.
Cell: TypeAlias = Figure | date | str | None
Row: TypeAlias = tuple[Cell, ...]
#: What a source says of its figure, a column each.
_TRACED = ("as_of", "published", "source", "revision", "kind")
#: More columns than these stand beside each other on wide screens alone.
_MANY = 11
#: The forms of the files, with the word of each link.
FORMS = ("xlsx", "csv")


@dataclass(frozen=True)
class Twin:
    """A table: `columns` are the names of its heads, `rows` have a cell for each; the first one names the row.

    `traced` is the column of whose figures the sources are told in columns of their own. `beside` are figures of the
    card that belong to no row, with their names. `note` is what the card says at its foot.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    traced: str | None = None
    beside: tuple[tuple[str, Figure], ...] = ()
    simulated: bool = False


#: The twins of a screen by the name of their part, each made when it is asked for.
Twins: TypeAlias = Mapping[str, Callable[[], Twin | None]]


@dataclass(frozen=True)
class _Column:
    """A column as it is drawn; the unit of its figures stands in the head, or in a column of its own."""

    head: str
    cells: tuple[Cell, ...]


def text_of(words: Child) -> str:
    """Words that were made for a page as plain text."""
    return Node("span", words).text.strip()


def told(*pairs: tuple[str, Figure | None]) -> tuple[tuple[str, Figure], ...]:
    """Those of the named figures that are there."""
    return tuple((name, figure) for name, figure in pairs if figure is not None)


def _columns(twin: Twin, say: Say) -> list[_Column]:
    """The columns that hold anything, with those of the sources after the others."""
    found = []
    for at, name in enumerate(twin.columns):
        found += _with_unit(say(f"column.{name}"), tuple(row[at] for row in twin.rows), say)
    if twin.traced is not None:
        figures = [row[twin.columns.index(twin.traced)] for row in twin.rows]
        for name in _TRACED:
            cells = tuple(_trace(each, name, say) for each in figures)
            found.append(_Column(say(f"column.{name}"), cells))
    return [each for each in found if any(cell is not None and cell != "" for cell in each.cells)]


def _with_unit(head: str, cells: tuple[Cell, ...], say: Say) -> list[_Column]:
    """A column; figures of one unit have it in their head, those of several in a column beside."""
    units = [unit(each.unit, say).strip() if isinstance(each, Figure) else None for each in cells]
    named = {each for each in units if each is not None}
    if len(named) > 1:
        return [_Column(head, cells), _Column(say("column.unit", of=head), tuple(units))]
    shared = named.pop() if named else ""
    return [_Column(f"{head} ({shared})" if shared else head, cells)]


def _trace(cell: Cell, name: str, say: Say) -> Cell:
    trace = cell.trace if isinstance(cell, Figure) else None
    if trace is None:
        return None
    if name == "kind":
        return say(f"data_status.{trace.status}")
    found = getattr(trace, name)
    return str(found) if name == "revision" else found


def twin_panel(twin: Twin, name: str, at: date, say: Say) -> Node:
    """The table over the screen, with what copies it and the two files of the same rows."""
    columns = _columns(twin, say)
    heads = [html.Th(each.head, scope="col", className=_kind(each.cells)) for each in columns]
    rows = [
        html.Tr([_cell(column, line, first=not place, say=say) for place, column in enumerate(columns)])
        for line in range(len(twin.rows))
    ]
    table = html.Table(
        [
            html.Caption([html.Span(twin.title, className="offscreen"), html.Span(say("twin.known", day=day(at)))]),
            html.Thead(html.Tr(heads)),
            html.Tbody(rows),
        ],
        className="plain twin-table" + (" twin-many" if len(columns) > _MANY else ""),
    )
    facts = [fact(words, number(figure, say)) for words, figure in twin.beside]
    beside = html.Dl(facts, className="twin-beside") if facts else None
    region = {"role": "region", "tabIndex": 0, "aria-label": twin.title}
    scrolled = html.Div([beside, table], className="twin-scroll", **region)
    foot = html.Footer(
        [
            plain_source(twin.note) if twin.note else None,
            labels(simulated(say, partly=True) if twin.simulated else None),
        ],
        className="provenance",
    )
    return _panel(name, twin.title, [_actions(name, say), scrolled, foot], say, simulated_=twin.simulated)


def no_twin(name: str, say: Say) -> Node:
    """What stands there where the screen has no such table, or nothing to put into it."""
    return _panel(name, say("twin.none_title"), [html.P(say("twin.none", name=name[:40]))], say)


def _panel(name: str, title: str, body: Child, say: Say, *, simulated_: bool = False) -> Node:
    close = html.A(
        glyph("close"), className="panel-close", href=only(table=None), **{"aria-label": say("twin.close")}
    )
    head = html.Header([html.H2(title, className="panel-title", id="twin-title"), close], className="panel-head")
    marks = {"data-simulated": "true"} if simulated_ else {}
    shown = html.Div(
        [head, body],
        className="twin",
        role="dialog",
        lang=say.language,
        **{"data-twin": name, "aria-labelledby": "twin-title", "aria-modal": "true"},
        **marks,
    )
    return html.Div(shown, className="twin-over")


def _actions(name: str, say: Say) -> Node:
    copied = html.Span("", className="twin-copied", role="status", **{"data-said": say("twin.copied")})
    copy = html.Button(say("twin.copy"), className="button", type="button", **{"data-copy": "true"})
    files = [file_link(f"{name}.{form}", say(f"twin.{form}")) for form in FORMS]
    return html.Div([copy, *files, copied], className="twin-actions")


def file_link(file: str, words: Child, name: str | None = None) -> Node:
    """A link to a file of what the screen shows; `assets/twin.js` completes it with where the reader is."""
    marks = {"data-file": file, "data-reload": "true", "aria-label": name, "title": name}
    return html.A(words, href=f"/table/{file}", className="button", download=True, **marks)


def _kind(cells: Iterable[Cell]) -> str | None:
    return "number" if any(isinstance(cell, Figure) for cell in cells) else None


def _cell(column: _Column, line: int, *, first: bool, say: Say) -> Node:
    cell = column.cells[line]
    shown: Child = cell if isinstance(cell, str) else None
    name = None
    if isinstance(cell, Figure):
        draw = number if cell.derived else figure_link
        shown, name = draw(cell, say, unit=False), "number"
    elif isinstance(cell, date):
        shown, name = day(cell), "nowrap"
    if first:
        return html.Th(shown, scope="row", className=name)
    blank = shown is None or shown == ""
    return html.Td(
        "–" if blank else shown,
        className=f"{name or ''}{' blank' if blank else ''}".strip() or None,
        **{"data-head": column.head},
    )


def sheet_of(twin: Twin, name: str, say: Say) -> Sheet:
    """The same rows as a table of a file: numbers are numbers, days are days; a qualifier and the upper end of a
    range have columns of their own where any figure has one."""
    columns: dict[str, list[date | Decimal | str | None]] = {}
    texts = []
    for each in _columns(twin, say):
        head = _free(each.head, columns)
        columns[head] = [cell.quantity.number if isinstance(cell, Figure) else cell for cell in each.cells]
        if not any(isinstance(cell, Figure) for cell in each.cells):
            texts.append(head)
            continue
        quantities = [cell.quantity if isinstance(cell, Figure) else None for cell in each.cells]
        uppers = [one.upper if one else None for one in quantities]
        words = [say(f"qualifier.{one.qualifier}") if one and one.qualifier else None for one in quantities]
        for found, of in ((uppers, say("column.upper", of=head)), (words, say("column.qualifier", of=head))):
            if any(one is not None for one in found):
                columns[of] = list(found)
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return Sheet(name, tuple(columns), tuple(texts), rows)


def _free(head: str, taken: Iterable[str]) -> str:
    """A head that no column bears yet: two may be called alike, cells of a file are found by it."""
    found, at = head, 2
    while found in taken:
        found, at = f"{head} {at}", at + 1
    return found


def notes_of(twin: Twin, at: date, say: Say) -> list[tuple[str, object]]:
    """What stands beside the rows in a file: title, day, foot, label, and the figures that belong to no row."""
    label = say("label.partly_simulated") if twin.simulated else ""
    rows: list[tuple[str, object]] = [
        ("", twin.title),
        ("", say("twin.known", day=day(at))),
        ("", twin.note),
        ("", label),
    ]
    rows += [_noted(name, figure, say) for name, figure in twin.beside]
    return [(name, value) for name, value in rows if value != ""]


def _noted(name: str, figure: Figure, say: Say) -> tuple[str, object]:
    """A figure beside the rows: a number under its unit; as it is printed where it is a bound or a range."""
    if figure.quantity.qualifier or figure.quantity.upper is not None:
        return name, printed(figure, say).text
    words = unit(figure.unit, say).strip()
    return (f"{name} ({words})" if words else name), figure.quantity.number
