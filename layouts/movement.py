"""Places gained or lost as a shape and a number."""

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.parts import glyph
from layouts.words import printed
from metrics.figure import Figure


def movement(moved: Figure | None, say: Say) -> Node:
    """A triangle and how many places, or a dash and 0; a dash alone where nobody can be said to have moved."""
    if moved is None:
        return html.Span("–", className="ink3")
    places = moved.quantity.number
    way = "up" if places > 0 else "down" if places < 0 else "flat"
    text = printed(moved, say).number
    sign = html.Span(text[:1], className="offscreen") if places else ""
    digits = text[1:] if places else text
    return html.Span(
        [glyph(way, say(f"rank.{way}")), html.Span([sign, digits], **{"data-derived": moved.mark})],
        className=f"move move-{way}",
    )
