"""Periods, or days, as stops on a line: a link each, for pointer and keys, and a button that plays them in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.address import change
from layouts.parts import glyph
from layouts.words import period_of, short_period

#: So many periods stand on the line; older ones are in the menu.
_MOST = 24
_NAMED = 5


@dataclass(frozen=True)
class Stop:
    """One stop: where it lies in per cent of the line, its link, its words, its short name where it has room for one,
    and whether it is the one chosen."""

    left: float
    link: str
    words: str
    name: str | None
    here: bool


def slider(periods: Sequence[Any], chosen: Any, say: Say) -> Node | None:
    """A stop for each period, the oldest first; None where there is nothing to choose."""
    stops = sorted(periods, key=lambda each: (each.end, each.start))[-_MOST:]
    if len(stops) < 2 or chosen not in stops:
        return None
    last = len(stops) - 1
    every = max(1, -(-last // (_NAMED - 1)))
    named = {last} | {at for at in range(0, last, every) if last - at >= every}
    shown = [
        Stop(
            100 * at / last,
            change(period=each.text),
            period_of(each.text, say),
            short_period(each.text) if at in named or each == chosen else None,
            each == chosen,
        )
        for at, each in enumerate(stops)
    ]
    play = html.Button(
        [glyph("play"), glyph("pause")],
        className="slider-play",
        type="button",
        **{"aria-label": say("slider.play"), "data-play": "off"},
    )
    return html.Div([play, line(shown, say("control.period"))], className="slider")


def line(stops: Sequence[Stop], label: str) -> Node:
    """The line with its stops; the arrow keys move along it from the one chosen."""
    return html.Div([_stop(each) for each in stops], className="slider-line", role="group", **{"aria-label": label})


def _stop(stop: Stop) -> Node:
    marks: dict[str, Any] = {"aria-current": "true"} if stop.here else {"tabIndex": -1}
    name = html.Span(stop.name, className="slider-name") if stop.name else None
    return html.A(
        [html.Span(className="slider-dot"), name],
        href=stop.link,
        className="slider-stop",
        title=stop.words,
        style={"left": f"{stop.left:.2f}%"},
        **{"aria-label": stop.words, "data-to": stop.link},
        **marks,
    )
