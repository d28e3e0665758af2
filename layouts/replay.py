"""Any day: its choice in the header, and the ribbon that says on every screen that another day is shown."""

from datetime import date

from figures.node import Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import change
from layouts.parts import glyph
from layouts.slider import Stop, line
from layouts.words import source_title
from metrics.boards.replay import Replay

#: So many days on which a source spoke are offered.
_OFFERED = 8
#: Names of stops closer together than this, in per cent of the line, would touch.
_CLOSE = 13.0


def day_menu(board: Replay, say: Say) -> Node:
    """The choice of a day: any, or one on which a source spoke."""
    label = say("replay.choose")
    field = html.Label(
        [
            html.Span(say("replay.day")),
            html.Input(
                type="date",
                defaultValue=board.at.isoformat(),
                key=board.at.isoformat(),
                **{"data-goes": "at", "data-drops": "period figure", "data-today": board.clock.isoformat()},
            ),
        ],
        className="replay-field",
    )
    links = [
        html.A(
            [html.B(day(when)), html.Span(source_title(source, say))],
            href=change(at=None if when == board.clock else when.isoformat(), period=None),
            **({"aria-current": "true"} if when == board.at else {}),
        )
        for when, source in board.sources[:_OFFERED]
    ]
    now = html.A(html.B(say("replay.back", day=day(board.clock))), href=change(at=None, period=None))
    return html.Details(
        [
            html.Summary(glyph("day"), title=label, className="replay-open", **{"aria-label": label}),
            html.Div([field, *([now] if board.replayed else []), *links], className="menu-list replay-list"),
        ],
        className="menu menu-day",
    )


def ribbon(board: Replay, say: Say) -> Node | None:
    """The ribbon, where another day than today is shown; its line runs over the days of which anything is known."""
    if not board.replayed:
        return None
    words = html.Div(
        [
            html.B(say("replay.title", day=day(board.at))),
            html.Span(say("replay.future" if board.at > board.clock else "replay.rule")),
        ],
        className="ribbon-words",
    )
    back = html.A(say("replay.return"), href=change(at=None, period=None), className="ribbon-back")
    days = line(_stops(board, say), say("replay.line")) if len(board.stops) > 1 else None
    return html.Div(
        [glyph("stale"), words, html.Div(days, className="slider ribbon-line"), back],
        className="ribbon",
        role="status",
    )


def _stops(board: Replay, say: Say) -> list[Stop]:
    """The stops in proportion to time; a name stands where it does not touch the one before it."""
    first, last = board.stops[0], board.stops[-1]
    span = (last - first).days

    def left(when: date) -> float:
        return 100 * (when - first).days / span

    named: list[date] = [board.at]
    for when in (first, last, *board.stops):
        if all(abs(left(when) - left(other)) >= _CLOSE for other in named):
            named.append(when)
    return [
        Stop(
            left(when),
            change(at=None if when == board.clock else when.isoformat(), period=None),
            say("replay.stop", day=day(when)),
            f"{when:%m/%Y}" if when in named and when != board.at else day(when) if when == board.at else None,
            when == board.at,
        )
        for when in board.stops
    ]
