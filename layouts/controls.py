"""What is shown, and as of when: every choice is a link, so that the address stays the state."""

from collections.abc import Sequence
from typing import Any

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import change
from layouts.parts import glyph
from layouts.words import Named, period_of, title_of
from metrics.asked import EGOV, THEMES


def indicator_menu(chosen: Named, say: Say) -> Node:
    """The choice of an indicator; its links are the part `indicators`, which is the same whatever is chosen."""
    return menu(say("control.indicator"), title_of(chosen, say), html.Part("indicators"), chosen=chosen.code)


def indicator_links(choices: Sequence[Named], say: Say) -> Child:
    """The indicators that can be shown, each at its own latest period; the page's script marks the chosen one."""
    return [
        html.A(title_of(each, say), href=change(indicator=each.code, period=None), **{"data-choice": each.code})
        for each in choices
    ]


def period_menu(periods: Sequence[Any], chosen: Any, say: Say) -> Node | None:
    """The periods that can be shown, the latest first; None without any."""
    if chosen is None:
        return None
    links = [choice(period_of(each.text, say), here=each == chosen, period=each.text) for each in periods]
    return menu(say("control.period"), period_of(chosen.text, say), links)


def choice(words: Child, *, here: bool, **changes: str | None) -> Node:
    """A link that chooses something; the one that is chosen is marked."""
    return html.A(words, href=change(**changes), **({"aria-current": "true"} if here else {}))


def menu(name: str, words: str, links: Child, *, chosen: str | None = None) -> Node:
    """A choice that folds out of its name; `chosen` is the code of the link to mark, where no link marks itself."""
    return html.Div(
        [
            html.Span(name, className="control-name"),
            html.Details(
                [
                    html.Summary(
                        [html.Span(words, className="menu-chosen"), glyph("chevron-down")],
                        **{"aria-label": f"{name}: {words}"},
                    ),
                    html.Div(links, className="menu-list"),
                ],
                className="menu",
                **{"data-chosen": chosen},
            ),
        ],
        className="control",
    )


def theme_segment(theme: str, say: Say) -> Node:
    """The choice of what the overview is of; what was chosen of the one means nothing in the other."""
    links = [
        choice(
            say(f"economy.theme_{each}"),
            here=each == theme,
            theme=None if each == EGOV else each,
            indicator=None,
            period=None,
        )
        for each in THEMES
    ]
    return html.Div(segment(links, say("economy.theme")), className="theme-choice")


def segment(links: Sequence[Node], name: str) -> Node:
    """A choice of few, all of them in sight."""
    return html.Div(links, className="segment", role="group", **{"aria-label": name})
