"""The periods as stops on a line: a link each, for pointer and keys, and a button that plays them in order."""

from collections.abc import Sequence
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


def slider(periods: Sequence[Any], chosen: Any, say: Say) -> Node | None:
    """A stop for each period, the oldest first; None where there is nothing to choose."""
    stops = sorted(periods, key=lambda each: (each.end, each.start))[-_MOST:]
    if len(stops) < 2 or chosen not in stops:
        return None
    last = len(stops) - 1
    every = max(1, -(-last // (_NAMED - 1)))
    named = {last} | {at for at in range(0, last, every) if last - at >= every}
    links = [_stop(each, 100 * at / last, each == chosen, at in named, say) for at, each in enumerate(stops)]
    play = html.Button(
        [glyph("play"), glyph("pause")],
        className="slider-play",
        type="button",
        **{"aria-label": say("slider.play"), "data-play": "off"},
    )
    line = html.Div(links, className="slider-line", role="group", **{"aria-label": say("control.period")})
    return html.Div([play, line], className="slider")


def _stop(period: Any, left: float, here: bool, named: bool, say: Say) -> Node:
    words = period_of(period.text, say)
    marks: dict[str, Any] = {"aria-current": "true"} if here else {"tabIndex": -1}
    name = html.Span(short_period(period.text), className="slider-name") if named or here else None
    return html.A(
        [html.Span(className="slider-dot"), name],
        href=change(period=period.text),
        className="slider-stop",
        title=words,
        style={"left": f"{left:.2f}%"},
        **{"aria-label": words, "data-to": change(period=period.text)},
        **marks,
    )
