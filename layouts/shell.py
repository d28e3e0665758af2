"""The frame of every screen: the address, the place for a screen, the place for a provenance panel."""

from typing import Any

from dash import dcc, html

from i18n import Say
from layouts import ids
from layouts.address import Address
from layouts.parts import glyph

#: The screens there are, in the order of the navigation: (key of the word, path).
SCREENS = (("overview", "/"),)


def shell(say: Say) -> html.Div:
    """What is served before anything is asked; it holds no figure."""
    return html.Div(
        [
            dcc.Location(id=ids.ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.SHOWN),
            html.Div(skeleton(say), id=ids.SCREEN),
            html.Div(id=ids.PANEL),
        ]
    )


def header(say: Say, address: Address, updated: str, *, fresh: bool = True) -> html.Header:
    """Brand, navigation, the hour of the last pull and the day of the product, and the two languages."""
    return html.Header(
        [
            html.A(
                [
                    html.Img(src="/assets/glyphs/flag.svg", className="brand-flag", alt=say("shell.flag")),
                    html.Span(
                        [
                            html.Span(
                                [
                                    html.Span(say("shell.name"), className="long-only"),
                                    html.Span(say("shell.name_short"), className="short-only"),
                                ],
                                className="brand-name",
                            ),
                            html.Span(say("shell.of"), className="brand-of"),
                        ]
                    ),
                ],
                className="brand",
                href=Address(lang=address.lang).href(),
            ),
            html.Nav(
                [html.A(say(f"nav.{name}"), href=path, **{"aria-current": "page"}) for name, path in SCREENS],
                className="nav",
                **{"aria-label": say("shell.navigation")},
            ),
            html.Div(
                [
                    html.Span(
                        [glyph("good" if fresh else "watch"), updated],
                        className="freshness",
                        **{"data-freshness": "fresh" if fresh else "lost"},
                    ),
                    html.Span([_language(code, say, address) for code in ("vi", "en")], className="lang"),
                ],
                className="topbar-end",
            ),
        ],
        className="topbar",
    )


def _language(code: str, say: Say, address: Address) -> html.A:
    current: dict[str, Any] = {"aria-current": "true"} if code == say.language else {}
    return html.A(
        code.upper(),
        href=address.href(lang=code, figure=address.figure),
        lang=code,
        **{"aria-label": say(f"shell.lang_{code}")},
        **current,
    )


def skip(say: Say) -> html.A:
    """For the keyboard: past the header."""
    return html.A(say("shell.skip"), href="#main", className="skip")


def main(screen: str, title: str, say: Say, children: list[Any]) -> html.Main:
    """The screen itself, with the marks that programs and the page's own script read."""
    marks = {"data-screen": screen, "data-title": f"{title} – {say('shell.name_short')}"}
    return html.Main(children, id="main", lang=say.language, **marks)


def skeleton(say: Say) -> list[Any]:
    """The layout of the screen before its figures are there."""

    def line(width: str) -> html.Span:
        return html.Span(className="skeleton", style={"width": width})

    def tile() -> html.Div:
        return html.Div(
            [line("60%"), html.Span(className="skeleton skeleton-gauge"), line("80%")], className="card tile"
        )

    return [
        header(say, Address(), say("shell.loading")),
        main(
            "loading",
            say("shell.loading"),
            say,
            [
                html.Div([line("24rem")], className="answer", role="status", **{"aria-label": say("shell.loading")}),
                html.Div([tile() for _ in range(4)], className="grid-tiles"),
                html.Div(
                    [
                        html.Div([line("40%"), *(line("100%") for _ in range(12))], className="card"),
                        html.Div([line("40%"), *(line("100%") for _ in range(12))], className="card"),
                    ],
                    className="grid-main",
                ),
            ],
        ),
    ]


def failure(say: Say, address: Address, reference: str, clock: str) -> list[Any]:
    """What stands in place of a screen that could not be made: what failed, its number, how to try again."""
    return [
        skip(say),
        header(say, address, clock, fresh=False),
        main(
            "failure",
            say("failure.title"),
            say,
            [
                html.Div([html.H1(say("failure.title"))], className="answer"),
                html.Div(
                    [
                        glyph("overdue"),
                        html.Span(
                            [
                                say("failure.text", reference=reference),
                                " ",
                                html.A(say("failure.retry"), href=address.href(), **{"data-reload": "true"}),
                            ]
                        ),
                    ],
                    className="notice notice-over",
                    role="alert",
                ),
            ],
        ),
    ]
