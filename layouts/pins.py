"""Pins: the agencies that are to be held against each other, each with its letter, shape and colour."""

from collections.abc import Sequence

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import change, to
from layouts.parts import glyph
from layouts.words import name_of
from metrics.asked import MOST_PINS
from metrics.boards.ranking import Agency

#: The letters of the pins in their order; the style sheet gives each its shape and colour.
LETTERS = "ABCD"


def pin_mark(at: int) -> Node:
    """The letter of a pin in its shape; the name it stands for is told beside it."""
    return html.Span(LETTERS[at], className=f"pin pin-{at}")


def pin_button(agency: Agency, pins: Sequence[Agency], say: Say) -> Node:
    """What pins an agency, or takes the pin away; once all are taken the others can only be told so."""
    codes = tuple(each.code for each in pins)
    name = name_of(agency, say)
    if agency in pins:
        rest = tuple(code for code in codes if code != agency.code)
        words = say("pins.remove", name=name)
        marks = {"aria-label": words, "title": words, "data-pinned": "true"}
        return html.A(pin_mark(codes.index(agency.code)), href=change(pin=rest), className="pin-button", **marks)
    if len(codes) >= MOST_PINS:
        words = say("pins.full", most=MOST_PINS)
        return html.Span("+", className="pin-button", title=words, role="img", **{"aria-label": words})
    words = say("pins.add", name=name)
    return html.A("+", href=change(pin=(*codes, agency.code)), className="pin-button", title=words,
                  **{"aria-label": words})  # fmt: skip


def pin_names(pins: Sequence[Agency], say: Say) -> Node:
    """Every pinned agency with its letter, each to be taken away."""
    codes = [each.code for each in pins]
    names: list[Child] = []
    for at, each in enumerate(pins):
        words = say("pins.remove", name=name_of(each, say))
        rest = tuple(code for code in codes if code != each.code)
        close = html.A(glyph("close"), href=change(pin=rest), className="pin-close", title=words,
                       **{"aria-label": words})  # fmt: skip
        names.append(html.Li([pin_mark(at), html.Span(name_of(each, say), className="pin-name"), close]))
    return html.Ul(names, className="pin-names")


def pin_key(pins: Sequence[Agency], say: Say) -> Node:
    """Which shape stands for whom, under a drawing."""
    marks = [html.Span([pin_mark(at), name_of(each, say)], className="pin-of") for at, each in enumerate(pins)]
    return html.P(marks, className="pin-key")


def pins_control(pins: Sequence[Agency], edition: str | None, say: Say) -> Node | None:
    """Who is pinned and the way to hold them against each other, on the `edition` of the map that tells what their
    codes mean where that is not the day's own; None as long as nobody is."""
    if not pins:
        return None
    name = html.Span(say("pins.pinned", n=len(pins), most=MOST_PINS), className="control-name")
    path = to("/compare", pin=tuple(each.code for each in pins), edition=edition)
    compare = html.A(say("pins.compare"), href=path, className="button button-compare")
    return html.Div([name, pin_names(pins, say), compare], className="control control-end control-pins")


def compare_link(code: str, say: Say) -> Node:
    """From the page of an agency to a comparison that begins with it."""
    return html.A(say("pins.compare"), href=to("/compare", pin=code), className="button")
