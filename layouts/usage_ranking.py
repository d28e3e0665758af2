"""The agencies ranked by usage: the first, the last, those pinned with their neighbours, who did not report."""

from collections.abc import Sequence

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import usage_path
from layouts.controls import choice, segment
from layouts.parts import card, footer, glyph, number, plain_source, sentence, simulated, table_link
from layouts.words import name_of, printed
from metrics.asked import MEASURES, ONLINE, PEOPLE
from metrics.boards.usage import UsageBoard
from metrics.boards.usage_rows import UsageRow

#: So many from the top, from the end, and of those without a report.
_FIRST, _LAST, _MOST_ABSENT = 9, 4, 4
#: Columns for which a phone has no room.
_HIDDEN = ("bar", "on_time")
_COLUMNS = ("no", "unit", "bar", "value", "online", "on_time", "received")


def ranking_card(board: UsageBoard, say: Say) -> Node:
    """Who used what is offered, by the measure that the reader chose."""
    shown = any(each.simulated for each in board.rows)
    measures = [each for each in MEASURES if each != PEOPLE or board.place.kind != "ministries"]
    default = measures[0]
    links = [
        choice(say(f"usage.measure_{each}"), here=board.measure == each, measure=None if each == default else each)
        for each in measures
    ]
    return card(
        [
            html.Div(
                [
                    html.H2(say(f"usage.ranking_{board.measure}"), className="card-title"),
                    segment(links, say("usage.measure")),
                ],
                className="card-head",
            ),
            _table(board, say),
            footer(
                plain_source(_note(board, say), "per_thousand" if board.measure == PEOPLE else "rank"),
                simulated(say) if shown else None,
                table_link("ranking", say),
            ),
        ],
        simulated=shown,
        name="card card-usage-ranking",
    )


def _note(board: UsageBoard, say: Say) -> list[Child]:
    counts = {"n": html.Span(str(len(board.rows))), "owing": number(board.rows_owing, say)}
    return [*sentence(say, "usage.ranking_note", **counts), " ", say(f"usage.ranking_note_{board.measure}")]


def _table(board: UsageBoard, say: Say) -> Node:
    words = {name: say(f"usage.head_{name}") for name in ("online_share", "on_time_share", "received")}
    heads: dict[str, Child] = {
        "no": say("rank.rank"),
        "unit": say(f"usage.head_{'province' if board.measure == PEOPLE else 'agency'}"),
        "bar": html.Span(say("usage.bar"), className="offscreen"),
        "value": say(f"usage.unit_{board.measure}"),
        "online": words["online_share"],
        "on_time": words["on_time_share"],
        "received": words["received"],
    }
    columns = [name for name in _COLUMNS if name != ("online" if board.measure == ONLINE else board.measure)]
    row = [html.Th(heads[name], scope="col", className=f"rank-{name}") for name in columns]
    return html.Table([html.Thead(html.Tr(row)), html.Tbody(_rows(board, columns, say))], className="rank usage-rank")


def _rows(board: UsageBoard, columns: Sequence[str], say: Say) -> list[Node]:
    ranked = [row for row in board.rows if row.rank is not None]
    kept = _kept(ranked, board.pinned)
    most = max((float(row.measured.quantity.number) for row in ranked if row.measured), default=1.0) or 1.0
    found: list[Node] = []
    left: list[UsageRow] = []
    for at, row in enumerate(ranked):
        if at not in kept:
            left.append(row)
            continue
        found += [_fold(left, columns, say)] if left else []
        left = []
        found.append(_row(row, most, columns, board, say))
    found += [_fold(left, columns, say)] if left else []
    found += [_row(row, most, columns, board, say) for row in board.rows if row.rank is None]
    found += [_absent(each.code, name_of(each, say), columns, say) for each in board.absent[:_MOST_ABSENT]]
    rest = len(board.absent) - _MOST_ABSENT
    return [*found, _line(say("rank.more_absent", count=rest), columns)] if rest > 0 else found


def _kept(rows: Sequence[UsageRow], pinned: Sequence[str]) -> set[int]:
    """The places that are shown; a fold of one row is that row."""
    last = len(rows) - _LAST
    kept = {at for at in range(len(rows)) if at < _FIRST or at >= last}
    for at, row in enumerate(rows):
        if row.agency.code in pinned:
            kept |= {max(0, at - 1), at, min(len(rows) - 1, at + 1)}
    alone = {at for at in range(1, len(rows) - 1) if at - 1 in kept and at + 1 in kept}
    return kept | alone


def _row(row: UsageRow, most: float, columns: Sequence[str], board: UsageBoard, say: Say) -> Node:
    name = html.A(name_of(row.agency, say), href=usage_path(row.agency.code), className="rank-name")
    width = 0.0 if row.measured is None else 100 * float(row.measured.quantity.number) / most
    share = row.tally.online.share
    on_time = row.tally.on_time_of_received.share
    nothing = html.Span(say("usage.no_dossier"), className="ink2")
    measured = number(row.measured, say, unit=False) if row.measured else "–"
    cells: dict[str, Child] = {
        "no": number(row.rank, say) if row.rank else "–",
        "bar": html.Span(html.Span(className="usage-bar", style={"width": f"{width:.1f}%"}), className="usage-track")
        if row.measured
        else nothing,
        "value": measured,
        "online": number(share, say) if share else "–",
        "on_time": number(on_time, say) if on_time else "–",
        "received": number(row.tally.received, say),
    }
    shown = [
        html.Th(name, scope="row", className="rank-unit")
        if each == "unit"
        else html.Td(cells[each], className=f"rank-{each}")
        for each in columns
    ]
    marks = {"data-simulated": "true"} if row.simulated else {}
    pinned = {"data-pinned": "true"} if row.agency.code in board.pinned else {}
    return html.Tr(shown, **{"data-agency": row.agency.code}, **marks, **pinned)


def _fold(rows: Sequence[UsageRow], columns: Sequence[str], say: Say) -> Node:
    first, last = rows[0].rank, rows[-1].rank
    assert first is not None and last is not None  # only ranked rows are folded
    ends = {"first": printed(first, say).text, "last": printed(last, say).text}
    return _line(say("usage.fold", count=len(rows), **ends), columns)


def _line(words: str, columns: Sequence[str]) -> Node:
    return html.Tr([html.Td(), html.Td(words, colSpan=_span(columns) + 1)], className="rank-note")


def _span(columns: Sequence[str]) -> int:
    """How many columns stand beside rank and name in every window: more would make a phone's table wider."""
    return len([name for name in columns if name not in ("no", "unit", *_HIDDEN)])


def _absent(code: str, name: str, columns: Sequence[str], say: Say) -> Node:
    link = html.A([glyph("nr", say("status.nr")), " ", name], href=usage_path(code), className="rank-name")
    return html.Tr(
        [
            html.Td("–", className="rank-no"),
            html.Th(link, scope="row", className="rank-unit"),
            html.Td(html.Span(className="hatch"), className="rank-bar"),
            html.Td(say("usage.not_reported"), colSpan=_span(columns), className="rank-absent"),
            html.Td(className="rank-on_time"),
        ],
        className="unreported",
        **{"data-agency": code},
    )
