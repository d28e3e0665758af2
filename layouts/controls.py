"""What is shown, and as of when: every choice is a link, so that the address stays the state."""

from collections.abc import Sequence
from typing import Any

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import change
from layouts.parts import glyph
from layouts.words import Named, period_of, title_of


def indicator_menu(choices: Sequence[Named], chosen: Named, say: Say) -> Node:
    """The indicators that can be shown; another one is shown at its own latest period."""
    links = [
        choice(title_of(each, say), here=each.code == chosen.code, indicator=each.code, period=None)
        for each in choices
    ]
    return menu(say("control.indicator"), title_of(chosen, say), links)


def period_menu(periods: Sequence[Any], chosen: Any, say: Say) -> Node | None:
    """The periods that can be shown, the latest first; None without any."""
    if chosen is None:
        return None
    links = [choice(period_of(each.text, say), here=each == chosen, period=each.text) for each in periods]
    return menu(say("control.period"), period_of(chosen.text, say), links)


def choice(words: Child, *, here: bool, **changes: str | None) -> Node:
    """A link that chooses something; the one that is chosen is marked."""
    return html.A(words, href=change(**changes), **({"aria-current": "true"} if here else {}))


def menu(name: str, chosen: str, links: Sequence[Node]) -> Node:
    """A choice that folds out of its name."""
    return html.Div(
        [
            html.Span(name, className="control-name"),
            html.Details(
                [
                    html.Summary(
                        [html.Span(chosen, className="menu-chosen"), glyph("chevron-down")],
                        **{"aria-label": f"{name}: {chosen}"},
                    ),
                    html.Div(links, className="menu-list"),
                ],
                className="menu",
            ),
        ],
        className="control",
    )


def segment(links: Sequence[Node], name: str) -> Node:
    """A choice of few, all of them in sight."""
    return html.Div(links, className="segment", role="group", **{"aria-label": name})
