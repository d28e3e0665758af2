"""The four tiles of usage: received online, both shares on time, level 4 without dossiers, and satisfaction."""

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import card, footer, head, number, plain_source, sentence, simulated, state, table_link
from metrics.boards.usage import UsageBoard
from metrics.boards.usage_tally import Rate, Tally
from metrics.figure import Figure


def tiles(board: UsageBoard, say: Say) -> Node:
    """The tiles of a place; one whose agencies did not deliver says so in each."""
    third = _unused(board, say) if board.place.procedure is None else _level(board, say)
    return html.Div(
        [_online(board, say), _on_time(board, say), third, _satisfied(board, say)], className="grid-usage-tiles"
    )


def _tile(name: str, body: Child, note: Child, rule: str, board: UsageBoard, say: Say) -> Node:
    is_simulated = board.simulated
    return card(
        [
            head(say(f"usage.tile_{name}")),
            html.Div(body, className="usage-tile"),
            footer(plain_source(note, rule), simulated(say) if is_simulated else None, table_link("tiles", say)),
        ],
        simulated=is_simulated,
        name=f"card card-usage-tile tile-{name}",
    )


def _large(figure: Figure | None, say: Say) -> Node:
    """A share in large; a dash where it is over nothing."""
    shown: Child = number(figure, say) if figure is not None else html.Span("–", className="ink3")
    return html.P(shown, className="usage-value")


def _bar(share: Figure | None) -> Node | None:
    """A share as a part of the whole."""
    if share is None:
        return None
    width = min(100.0, float(share.quantity.number))
    return html.Span(
        html.Span(className="usage-part", style={"width": f"{width:g}%"}),
        className="usage-whole",
        **{"aria-hidden": "true"},
    )


def _terms(key: str, rate: Rate, say: Say) -> Node:
    """Both terms of a share in words."""
    words = sentence(say, key, over=html.B(number(rate.over, say)), under=html.B(number(rate.under, say)))
    return html.P(words, className="usage-terms")


def _absent(say: Say) -> Node:
    return state(say("usage.absent_title"), say("usage.absent"))


def _online(board: UsageBoard, say: Say) -> Node:
    tally = board.whole
    body: Child = _absent(say)
    if tally is not None:
        body = [
            html.Div([_large(tally.online.share, say), _terms("usage.online_terms", tally.online, say)],
                     className="usage-pair"),
            _bar(tally.online.share),
        ]  # fmt: skip
    return _tile("online", body, say("usage.online_note"), "online", board, say)


def _on_time(board: UsageBoard, say: Say) -> Node:
    tally = board.whole
    body: Child = _absent(say)
    if tally is not None:
        body = html.Div(
            [
                on_time_half("received", tally.on_time_of_received, say),
                on_time_half("resolved", tally.on_time_of_resolved, say),
            ],
            className="usage-halves",
        )
    return _tile("on_time", body, say("usage.on_time_note"), "on_time", board, say)


def on_time_half(of: str, rate: Rate, say: Say) -> Node:
    """One of the two shares on time, with whose way of counting it is and its denominator."""
    return html.Div(
        [
            _large(rate.share, say),
            html.P(html.B(say(f"usage.on_time_{of}")), className="usage-terms"),
            html.P(
                sentence(say, f"usage.on_time_{of}_terms", under=number(rate.under, say)), className="usage-terms"
            ),
        ],
        className=f"usage-half half-{of}",
    )


def _unused(board: UsageBoard, say: Say) -> Node:
    count = board.unused_count
    if count is None:
        body: Child = state(say("usage.no_level_4_title"), say("usage.no_level_4"), shape="na")
    else:
        share = count.share
        body = [
            html.Div(
                [html.P(number(count.over, say), className="usage-value"),
                 html.P(sentence(say, "usage.unused_terms", under=html.B(number(count.under, say))),
                        className="usage-terms")],
                className="usage-pair",
            ),
            _bar(share),
            html.P(number(share, say), className="usage-under") if share is not None else None,
        ]  # fmt: skip
    return _tile("unused", body, say("usage.unused_unit"), "unused", board, say)


def _level(board: UsageBoard, say: Say) -> Node:
    """At which level the one procedure is offered."""
    found = board.path.procedure
    if found is None or found.level is None or found.since is None:
        body: Child = state(say("usage.not_offered_title"), say("usage.not_offered"), shape="na")
    else:
        body = html.Div(
            [
                html.P(str(found.level), className="usage-value"),
                html.P(say("usage.level_since", day=day(found.since)), className="usage-terms"),
            ],
            className="usage-pair",
        )
    return _tile("level", body, say("usage.level_note"), "dossier", board, say)


def _satisfied(board: UsageBoard, say: Say) -> Node:
    tally = board.whole
    body: Child = _absent(say)
    if tally is not None and tally.satisfied is None:
        body = state(say("usage.unrated_title"), say("usage.unrated"))
    elif tally is not None and tally.satisfied is not None:
        body = [
            html.Div([_large(tally.satisfied.share, say), _terms("usage.satisfied_terms", tally.satisfied, say)],
                     className="usage-pair"),
            _bar(tally.satisfied.share),
        ]  # fmt: skip
    pending = _pending(tally, say) if tally is not None else None
    shown = [*body, pending] if isinstance(body, list) else [body, pending]
    return _tile("satisfied", shown, say("usage.satisfied_note"), "satisfied", board, say)


def _pending(tally: Tally, say: Say) -> Node | None:
    """What was still open at the end of the month, and of that past its due date."""
    if tally.pending is None:
        return None
    if tally.pending_late is None:
        return html.P(sentence(say, "usage.pending", count=number(tally.pending, say)), className="usage-under")
    words = {"count": number(tally.pending, say), "late": number(tally.pending_late, say)}
    return html.P(sentence(say, "usage.pending_late", **words), className="usage-under")
