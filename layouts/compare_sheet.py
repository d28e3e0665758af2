"""Every indicator of the pinned agencies on one sheet: a line each, its marks on one scale, its values beside."""

from collections.abc import Sequence

from figures.dumbbell import Mark, Scale, dumbbell
from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import change
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    head,
    number,
    plain_source,
    sentence,
    simulated,
    table_link,
)
from layouts.pins import LETTERS, pin_mark
from layouts.words import begun, name_of, period_of, standing_word, title_of, unit
from metrics.boards.compare import Agency, Cell, CompareBoard, Matched
from metrics.boards.matched import REASONS


def sheet_card(board: CompareBoard, say: Say) -> Node:
    """The sheet; each name chooses the indicator that is shown in full beside it."""
    chosen = board.chosen.indicator.code if board.chosen else None
    simulations = [line.simulated for line in board.lines]
    label = simulated(say, partly=True) if any(simulations) else None
    heads = [
        html.Th(say("compare.head_indicator"), scope="col", className="sheet-name"),
        html.Th(say("compare.head_scale"), scope="col", className="sheet-scale"),
        *pin_heads(board.pins, say),
        html.Th(say("compare.head_apart"), scope="col", className="sheet-apart"),
    ]  # fmt: skip
    counted = sentence(say, "compare.counted", n=number(board.comparable, say), of=html.Span(str(len(board.lines))))
    rows = [_row(line, line.indicator.code == chosen, say) for line in board.lines if line.comparable]
    apart = [_row(line, line.indicator.code == chosen, say) for line in board.lines if not line.comparable]
    if rows and apart:
        rows.append(html.Tr(html.Td(say("compare.below"), colSpan=len(heads)), className="sheet-below"))
    rows += apart
    return card(
        [
            head(say("compare.sheet"), counted),
            html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className=f"sheet sheet-{len(board.pins)}"),
            footer(plain_source(say("compare.sheet_note")), label, table_link("sheet", say)),
        ],
        simulated=any(simulations),
        name="card card-sheet",
    )


def pin_heads(pins: Sequence[Agency], say: Say) -> list[Node]:
    """The heads of the columns of the pinned agencies: their letters, and their names for who hears the page."""
    return [
        html.Th([pin_mark(at), html.Span(name_of(each, say), className="offscreen")], scope="col", className="of-pin")
        for at, each in enumerate(pins)
    ]


def _row(line: Matched, here: bool, say: Say) -> Node:
    words = unit(line.indicator.unit, say).strip()
    told: list[Child] = [period_of(line.period.text, say), f", {words}" if words != "%" else None]
    if line.target is not None:
        told += [", ", html.Span(sentence(say, "ranking.target", value=number(line.target, say)), className="nowrap")]
    name = html.A(
        begun(title_of(line.indicator, say)),
        href=change(indicator=line.indicator.code, period=None),
        **({"aria-current": "true"} if here else {}),
    )
    apart: Child = number(line.apart, say) if line.apart else html.Span("–", className="ink3")
    return html.Tr(
        [
            html.Th([name, html.Small(told)], scope="row", className="sheet-name"),
            html.Td(_scale(line, say), className="sheet-scale"),
            *(
                html.Td(
                    [html.Span(pin_mark(at), className="sheet-letter"), *_value(cell, at, say)], className="of-pin"
                )
                for at, cell in enumerate(line.cells)
            ),
            html.Td(apart, className="sheet-apart"),
        ],
        **{
            "data-indicator": line.indicator.code,
            "data-comparable": "true" if line.comparable else "false",
            "data-simulated": "true" if line.simulated else None,
        },
    )


def _scale(line: Matched, say: Say) -> Child:
    """The marks on their scale; in its place why a line cannot be compared."""
    if not line.comparable:
        return html.Span([glyph("na"), html.Span(why_not(line, say))], className="sheet-why")
    target = float(line.target.quantity.number) if line.target else None
    path = float(line.path.quantity.number) if line.path else None
    limit = line.indicator.natural_max
    top = float(limit if limit is not None and line.indicator.unit == "%" else line.top)
    marks = [Mark(at, float(cell.row.number)) for at, cell in enumerate(line.cells) if cell.row.number is not None]
    return dumbbell(marks, Scale(target if target and target > 0 else None, path, top))


def why_not(line: Matched, say: Say) -> str:
    """Why the agencies of a line cannot be compared, agency by agency."""
    reasons = []
    for reason in REASONS:
        letters = [LETTERS[at] for at, cell in enumerate(line.cells) if cell.reason == reason]
        if letters:
            reasons.append(say(f"compare.why_{reason}", who=", ".join(letters)))
    return say("compare.why", reasons="; ".join(reasons))


def _value(cell: Cell, at: int, say: Say) -> list[Child]:
    """The figure with its status and its rank; without one a dash, and of which period the last is."""
    if cell.row.value is None:
        last = say("compare.last", period=period_of(cell.last.text, say)) if cell.last else None
        dash = html.Span("–", className="ink3 sheet-none" if last is None else "ink3")
        return [dash, html.Small(last) if last else None]
    status = str(cell.row.judgement.status)
    word = standing_word(status, say, aimed=cell.row.target is not None)
    value = html.Span(
        [glyph(status, word), figure_link(cell.row.value, say, unit=cell.row.value.unit == "%")],
        className=f"sheet-figure pin-text-{at}" + (" sheet-leads" if cell.leads else ""),
    )
    if cell.row.rank is None or cell.reported is None:
        return [value]
    return [value, html.Small(sentence(say, "compare.rank", rank=number(cell.row.rank, say),
                                       n=number(cell.reported, say)))]  # fmt: skip
