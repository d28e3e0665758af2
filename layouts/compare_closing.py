"""What each of the pinned agencies lacks to the best of them, to its path, to its target, and the pace that takes."""

from collections.abc import Callable, Iterator, Mapping

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import agency_path
from layouts.compare_sheet import pin_heads, why_not
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    head,
    labels,
    number,
    plain_source,
    simulated,
    table_link,
    told,
)
from layouts.words import name_of, period_of, standing_word, title_of, unit
from metrics.boards.compare import Closing, CompareBoard
from metrics.figure import Figure

#: What is told of each of them, a line each; what nobody has is left out.
_LINES: Mapping[str, Callable[[Closing], Figure | None]] = {
    "value": lambda each: each.cell.row.value,
    "behind": lambda each: each.behind,
    "gap": lambda each: each.cell.row.gap,
    "shortfall": lambda each: each.way.shortfall,
    "pace": lambda each: each.way.pace_needed,
    "seen": lambda each: each.way.pace_seen,
    "missing": lambda each: each.way.missing,
    "monthly": lambda each: each.way.missing_by_month,
}


def closing_card(board: CompareBoard, say: Say) -> Node:
    """The table of the chosen indicator, a column for each agency."""
    chosen = board.chosen
    assert chosen is not None  # the caller asked
    first = html.Th(period_of(chosen.period.text, say), scope="col", className="closing-line")
    rows = [_standing(board, say), *_rows(board, say)]
    seen = any(each.way.seen_simulated and each.way.pace_seen for each in board.closings)
    is_simulated = chosen.simulated or seen
    since = sorted({each.way.seen_since for each in board.closings if each.way.seen_since and each.way.pace_seen})
    notes = [say("compare.closing_note")]
    if since:
        notes.append(say("compare.seen_since", periods=", ".join(period_of(each, say) for each in since)))
    reason = None
    if not chosen.comparable:
        reason = html.P([glyph("na"), html.Span(why_not(chosen, say))], className="sheet-why")
    return card(
        [
            head(say("compare.closing", indicator=title_of(chosen.indicator, say))),
            reason,
            html.Table(
                [html.Thead(html.Tr([first, *pin_heads(board.pins, say)])), html.Tbody(rows)], className="closing"
            ),
            footer(
                plain_source("; ".join(notes)),
                labels(told(say("label.derived")), simulated(say, partly=True) if is_simulated else None),
                table_link("closing", say),
            ),
        ],
        simulated=is_simulated,
        name="card card-closing",
    )


def _standing(board: CompareBoard, say: Say) -> Node:
    """How each stands in a word; its name leads to its page."""
    cells = []
    for each in board.closings:
        row, agency = each.cell.row, each.cell.agency
        status = str(row.judgement.status)
        word = standing_word(status, say, aimed=row.target is not None)
        page = html.A(name_of(agency, say), href=agency_path(agency.kind, agency.code))
        cells.append(html.Td([page, html.Small([glyph(status), word])], **{"data-status": status}))
    return html.Tr([html.Th(say("compare.line_standing"), scope="row", className="closing-line"), *cells])


def _rows(board: CompareBoard, say: Say) -> Iterator[Node]:
    for name, of in _LINES.items():
        figures = [of(each) for each in board.closings]
        units = {figure.unit for figure in figures if figure is not None}
        if not units:
            continue
        words = unit(units.pop(), say).strip()
        head = html.Th([say(f"compare.line_{name}"), html.Small(words)], scope="row", className="closing-line")
        cells = [html.Td(_shown(name, each, say), className=f"closing-{name}") for each in board.closings]
        yield html.Tr([head, *cells])


def _shown(name: str, each: Closing, say: Say) -> Child:
    figure = _LINES[name](each)
    if figure is not None:
        return number(figure, say, unit=False) if figure.derived else figure_link(figure, say, unit=False)
    if name == "behind" and each.cell.leads:
        return html.Span(say("compare.best"), className="ink3")
    return html.Span("–", className="ink3")
