"""Two cards of usage on the wall: what was on time, by both ways of counting, and the levels of services."""

from collections.abc import Iterator, Sequence

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import glyph, number, sentence, state
from layouts.usage_tiles import on_time_half
from layouts.wall_age import age
from layouts.wall_scene import part_simulated, wall_card
from layouts.words import begun, period_of
from metrics.boards.usage import UsageBoard
from metrics.boards.usage_levels import HIGHEST
from metrics.boards.usage_tally import Rate, Tally
from metrics.boards.wall_usage import LevelUsed, WallUsage
from metrics.figure import Figure

#: From this level on a dossier can be filed online.
_FIRST_ONLINE = 3


def absent(usage: UsageBoard, say: Say) -> Node:
    """What a card says where nobody delivered the month."""
    if usage.period is None:
        return state(say("usage.empty_title"), say("wall.usage_empty"), shape="nr")
    return state(say("usage.absent_title"), say("usage.absent"))


def on_time_card(board: WallUsage, say: Say) -> Node:
    """Both shares on time with their denominators, what was late, what is open; no status, as no target is set."""
    usage, title = board.board, say("wall.usage_on_time")
    if usage.whole is None or usage.period is None:
        return wall_card("wall-on-time", title, absent(usage, say), "")
    whole = usage.whole
    body = html.Div(
        [
            html.Div(
                [
                    on_time_half("received", whole.on_time_of_received, say),
                    on_time_half("resolved", whole.on_time_of_resolved, say),
                ],
                className="usage-halves",
            ),
            _resolved(whole, board.late, say),
            *(html.P(words, className="on-time-line") for words in _open(whole, say)),
        ],
        className="wall-on-time-body",
    )
    foot: list[Child] = [begun(period_of(usage.period.text, say)), "; ", glyph("na"), " ", say("wall.usage_no_aim")]
    label, aged = part_simulated(usage.simulated, say), age(board.fresh.month, say)
    return wall_card("wall-on-time", title, body, foot, label=label, age=aged)


def _resolved(whole: Tally, late: Rate | None, say: Say) -> Node | None:
    """What was resolved, as one bar in two parts: by the promised day, and after it."""
    share = whole.on_time_of_resolved.share
    if late is None or late.share is None or share is None:
        return None
    first, second = (float(each.quantity.number) for each in (share, late.share))
    bar = html.Div(
        [
            html.Span(className="resolved-in-time", style={"flexGrow": f"{first:g}"}),
            html.Span(className="resolved-late", style={"flexGrow": f"{second:g}"}),
        ],
        className="resolved-bar",
        **{"aria-hidden": "true"},
    )
    words = html.P(
        [
            html.Span(say("wall.usage_in_time")),
            html.Span(
                [glyph("overdue"), html.B(number(late.share, say)), " ", say("wall.usage_late"), " (",
                 number(late.over, say), ")"]
            ),
        ],
        className="resolved-words",
    )  # fmt: skip
    return html.Div([bar, words], className="resolved")


def _open(whole: Tally, say: Say) -> Iterator[Child]:
    """What was open at the end of the month, and of that past its day."""
    if whole.pending is not None:
        late: list[Child] = []
        if whole.pending_late is not None:
            late = [glyph("overdue"), html.B(number(whole.pending_late, say)), " ", say("wall.usage_late")]
        yield [html.Span(sentence(say, "wall.usage_open", n=html.B(number(whole.pending, say)))), html.Span(late)]


def levels_card(board: WallUsage, say: Say) -> Node:
    """Three groups of bars: services with dossiers of those offered, dossiers online, and those to a service."""
    usage, title = board.board, say("usage.levels_title")
    if usage.period is None or not board.levels:
        return wall_card("wall-levels", title, absent(usage, say), "")
    online = [each for each in board.levels if each.level.level >= _FIRST_ONLINE]
    with_dossiers = [each for each in online if each.level.tally is not None]
    body = html.Div(
        [
            *_group("wall.usage_with", [_used(each, board.levels, say) for each in board.levels], say),
            *_group("wall.usage_online", _bars(with_dossiers, [_online(each) for each in with_dossiers], say), say),
            *_group("wall.usage_per_service", _bars(online, [each.per_service for each in online], say), say),
        ],
        className="level-groups",
    )
    note = say("wall.usage_catalogue", day=day(min(usage.period.end, usage.at)))
    foot = [note, "; ", say("wall.usage_low")] if len(online) < len(board.levels) else note
    label, aged = part_simulated(usage.simulated, say), age(board.fresh.month, say)
    return wall_card("wall-levels", title, body, foot, label=label, age=aged)


def _group(key: str, rows: Sequence[Node], say: Say) -> list[Node]:
    return [html.H3(say(key)), html.Div(rows, className="level-rows")] if rows else []


def _online(each: LevelUsed) -> Figure | None:
    return each.level.tally.online.over if each.level.tally else None


def _used(each: LevelUsed, levels: Sequence[LevelUsed], say: Say) -> Node:
    """What is offered as the bar, and of it what had any dossier."""
    most = max((float(one.level.offered.quantity.number) for one in levels), default=1.0) or 1.0
    offered, used = (float(one.quantity.number) for one in (each.level.offered, each.level.used.over))
    bar = html.Span(
        html.Span(className="level-bar", style={"width": f"{100 * used / offered if offered else 0:.1f}%"}),
        className="level-whole",
        style={"width": f"{100 * offered / most:.1f}%"},
    )
    words: list[Child] = [html.B(number(each.level.used.over, say)), " / ", number(each.level.offered, say)]
    return _row(each, bar, words, say)


def _bars(levels: Sequence[LevelUsed], figures: Sequence[Figure | None], say: Say) -> list[Node]:
    """A bar for each level that has a figure, from zero; the longest fills its row."""
    most = max((float(each.quantity.number) for each in figures if each), default=1.0) or 1.0
    return [
        _row(
            each,
            html.Span(className="level-bar", style={"width": f"{100 * float(figure.quantity.number) / most:.1f}%"}),
            html.B(number(figure, say)),
            say,
        )
        for each, figure in zip(levels, figures, strict=True)
        if figure is not None
    ]


def _row(each: LevelUsed, bar: Node, words: Child, say: Say) -> Node:
    level = each.level.level
    name = html.Span(say("usage.of_level", level=level))
    highest = " level-highest" if level == HIGHEST else ""
    return html.Div(
        [name, html.Span(bar, className="level-track", **{"aria-hidden": "true"}), html.Span(words, className="num")],
        className=f"level-row{highest}",
    )
