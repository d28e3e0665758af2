"""Two cards of usage on the wall: the provinces by their share online, and who offers what nobody used."""

from collections.abc import Sequence

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.movement import movement
from layouts.parts import agency_mark, glyph, number, sentence
from layouts.wall_age import age
from layouts.wall_scene import part_simulated, wall_card
from layouts.wall_usage_cards import absent
from layouts.words import name_of, period_of, printed
from metrics.boards.wall_usage import UnusedAt, UsagePlaced, WallUsage

#: So many from the top, from the end, of those without a report, and of those that offer what nobody used.
_FIRST, _LAST, _MOST_ABSENT, _OWNERS = 5, 5, 2, 4
_COLUMNS = ("no", "unit", "bar", "value", "move")


def rank_card(board: WallUsage, say: Say) -> Node:
    """The first and the last provinces; a line across the bars is the share of the whole nation."""
    usage, title = board.board, say("usage.ranking_online")
    if usage.period is None or not board.placed:
        return wall_card("wall-usage-rank", title, absent(usage, say), "")
    table = html.Table(
        [html.Thead(html.Tr(_heads(say))), html.Tbody(_rows(board, say))],
        className="rank usage-share-rank",
    )
    return wall_card(
        "wall-usage-rank",
        title,
        html.Div(table, className="rank-short"),
        _rank_foot(board, say),
        label=part_simulated(usage.simulated, say),
        age=age(board.fresh.month, say),
    )


def lowest_card(board: WallUsage, say: Say) -> Node:
    """The last provinces alone, for a panel that is seen from far."""
    usage, title = board.board, say("wall.usage_lowest")
    if usage.period is None or not board.placed:
        return wall_card("wall-usage-rank", title, absent(usage, say), "")
    top, mark = _scale(board)
    rows = [_row(each, top, mark, say) for each in board.placed[-_LAST:]]
    table = html.Table([html.Thead(html.Tr(_heads(say))), html.Tbody(rows)], className="rank usage-share-rank")
    body, label = html.Div(table, className="rank-short"), part_simulated(usage.simulated, say)
    aged = age(board.fresh.month, say)
    return wall_card("wall-usage-rank", title, body, _rank_foot(board, say), label=label, age=aged)


def _scale(board: WallUsage) -> tuple[float, float | None]:
    """The greatest share, which fills a row, and how far along the share of the whole nation stands, in percent."""
    top = max((_share(each) for each in board.placed), default=1.0) or 1.0
    whole = board.board.whole.online.share if board.board.whole else None
    return top, None if whole is None else min(100.0, 100 * float(whole.quantity.number) / top)


def _heads(say: Say) -> list[Node]:
    words: dict[str, Child] = {
        "no": say("rank.rank"),
        "unit": say("rank.head_provinces"),
        "bar": html.Span(say("usage.bar"), className="offscreen"),
        "value": "%",
        "move": say("rank.moved"),
    }
    return [html.Th(words[name], scope="col", className=f"rank-{name}") for name in _COLUMNS]


def _rank_foot(board: WallUsage, say: Say) -> list[Child]:
    usage = board.board
    found: list[Child] = []
    if usage.whole is not None and usage.whole.online.share is not None:
        found += [*sentence(say, "wall.usage_line", share=number(usage.whole.online.share, say)), "; "]
    counted = {"n": number(board.reported, say), "of": number(board.owing, say)}
    found += sentence(say, "wall.reported", **counted)
    return found


def _rows(board: WallUsage, say: Say) -> list[Node]:
    placed, (top, mark) = board.placed, _scale(board)
    absents = [_absent(name_of(each, say), each.code, say) for each in board.absent[:_MOST_ABSENT]]
    left = len(board.absent) - _MOST_ABSENT
    if left > 0:
        absents.append(_line(say("rank.more_absent", count=left)))
    if len(placed) <= _FIRST + _LAST + 1:
        return [*(_row(each, top, mark, say) for each in placed), *absents]
    first = _FIRST - len(absents)  # their lines are those of the first
    between = placed[first:-_LAST]
    return [
        *(_row(each, top, mark, say) for each in placed[:first]),
        _line(_fold(between, say)),
        *(_row(each, top, mark, say) for each in placed[-_LAST:]),
        *absents,
    ]


def _share(each: UsagePlaced) -> float:
    return float(each.row.measured.quantity.number) if each.row.measured else 0.0


def _row(each: UsagePlaced, top: float, mark: float | None, say: Say) -> Node:
    row = each.row
    width = 100 * _share(each) / top
    bar = [html.Span(className="usage-bar", style={"width": f"{width:.1f}%"})]
    if mark is not None:
        bar.append(html.Span(className="usage-whole-mark", style={"left": f"{mark:.1f}%"}))
    cells: dict[str, Child] = {
        "no": number(row.rank, say) if row.rank else "–",
        "bar": html.Span(bar, className="usage-track"),
        "value": number(row.measured, say, unit=False) if row.measured else "–",
        "move": movement(each.moved, say),
    }
    name = html.Span(name_of(row.agency, say), className="rank-name")
    marks = {"data-simulated": "true"} if row.simulated else {}
    return html.Tr(
        [
            html.Th(name, scope="row", className="rank-unit")
            if column == "unit"
            else html.Td(cells[column], className=f"rank-{column}")
            for column in _COLUMNS
        ],
        **{"data-agency": row.agency.code},
        **marks,
    )


def _fold(rows: Sequence[UsagePlaced], say: Say) -> str:
    first, last = rows[0].row.rank, rows[-1].row.rank
    assert first is not None and last is not None  # only those that have a rank are placed
    ends = {"first": printed(first, say).text, "last": printed(last, say).text}
    return say("rank.fold_ranks_provinces", count=len(rows), **ends)


def _line(words: str) -> Node:
    return html.Tr([html.Td(), html.Td(words, colSpan=len(_COLUMNS) - 1)], className="rank-note")


def _absent(name: str, code: str, say: Say) -> Node:
    return html.Tr(
        [
            html.Td("–", className="rank-no"),
            html.Th([glyph("nr", say("status.nr")), " ", name], scope="row", className="rank-unit"),
            html.Td(html.Span(className="hatch"), className="rank-bar"),
            html.Td(say("rank.absent"), colSpan=2, className="rank-absent"),
        ],
        className="unreported",
        **{"data-agency": code},
    )


def unused_card(board: WallUsage, say: Say) -> Node:
    """How many services at level 4 nobody used, and who offers most of them; no fault is told, they want a look."""
    usage, title = board.board, say("usage.tile_unused")
    count = usage.unused_count
    if usage.period is None:
        return wall_card("wall-unused", title, absent(usage, say), "")
    label, aged = part_simulated(usage.simulated, say), age(board.fresh.month, say)
    if count is None:
        words = html.P(say("usage.no_level_4"), className="method")
        return wall_card("wall-unused", title, words, "", label=label, age=aged)
    terms = {"under": number(count.under, say), "period": period_of(usage.period.text, say)}
    body: list[Child] = [
        html.P(
            [
                html.B(number(count.over, say), className="unused-count"),
                html.Span(sentence(say, "wall.usage_unused", **terms)),
            ],
            className="unused-head",
        )
    ]
    if not board.owners:
        body.append(html.P(say("usage.unused_none"), className="method"))
    else:
        most = max(float(each.rate.under.quantity.number) for each in board.owners[:_OWNERS]) or 1.0
        body.append(html.Div([_owner(each, most, say) for each in board.owners[:_OWNERS]], className="unused-rows"))
    foot: list[Child] = [say("wall.usage_unused_note")]
    rest = len(board.owners) - _OWNERS
    if rest > 0:
        foot = [sentence(say, "wall.usage_more_owners", count=str(rest)), "; ", *foot]
    return wall_card("wall-unused", title, html.Div(body, className="unused-body"), foot, label=label, age=aged)


def _owner(each: UnusedAt, most: float, say: Say) -> Node:
    offered, silent = (float(one.quantity.number) for one in (each.rate.under, each.rate.over))
    part = html.Span(className="hatch", style={"width": f"{100 * silent / offered if offered else 0:.1f}%"})
    whole = html.Span(part, className="unused-whole", style={"width": f"{100 * offered / most:.1f}%"})
    words = [html.B(number(each.rate.over, say)), " / ", number(each.rate.under, say)]
    return html.Div(
        [
            html.Span(name_of(each.agency, say)),
            html.Span(whole, className="unused-track", **{"aria-hidden": "true"}),
            html.Span(words, className="num"),
        ],
        className="unused-row",
        **agency_mark(each.agency),
    )
