"""The frame of every screen: header, the places of its parts, foot; and what stands there before and instead."""

from collections.abc import Callable, Sequence
from typing import Any

from figures.node import Child, Node
from i18n import LANGUAGES, Say, speaker
from layouts import html, ids
from layouts.address import HOME, Moment, Visit, only, to
from layouts.navigation import SCREENS, current, links_to, navigation
from layouts.parts import glyph, notice, sentence
from layouts.screen import Page, Screen, written
from layouts.twin import file_link
from layouts.words import clock_text

#: Where the borders' makers and licence are found; the licence asks for its address.
_LICENCES = {
    "osm": "https://www.openstreetmap.org/copyright",
    "odbl": "https://opendatacommons.org/licenses/odbl/1-0/",
}
#: What is said of figures from a standby that its primary no longer reaches.
STANDBY = ("cut_off", "complete", "complete_unknown", "again_cut_off")
#: What is said on a screen that is trusted no more, and where a token was not taken.
OF_SCREENS = ("revoked", "revoked_text", "not_taken")
#: What is said where a session is over.
OF_SESSIONS = (
    *("over", "over_at", "over_idle", "over_expired", "over_ended", "over_cleared", "over_account", "over_page"),
    *("over_draft", "over_kept", "over_again", "over_out", "over_figures"),
)


def shell(say: Say, root: str, *, signed: bool = False) -> Screen:
    """What is served before anything is asked; it holds no figure. `root` is where the files of the page lie;
    `signed` says that people sign in, so that which screens there are for them is not known yet."""
    trees = {"frame": plain(skeleton(say, () if signed else SCREENS))}
    answer = {"number": 0, "prints": {"frame": "skeleton"}, "trees": trees}
    return Screen(ids.SCREEN, root, written(answer))


def plain(tree: Child) -> list[Any]:
    """A tree as it is sent: one node as a list, several as a list of lists, none as an empty list."""
    nodes = Node("several", tree).children
    sent = [node.plain() if isinstance(node, Node) else ["span", {}, node] for node in nodes]
    return sent[0] if len(sent) == 1 else sent


def frame(name: str, say: Say, body: Child, choice: Child = None) -> Child:
    """The frame of a screen: `body` holds the places of its parts between the answer and the foot. `choice` stands
    before what can be done with it."""
    tools = [html.Part("day"), html.Part("search")]
    return [
        skip(say),
        _header(say, html.Part("freshness"), html.Part("nav"), tools, html.Part("account")),
        html.Part("ribbon"),
        main(name, say, [_top(say, choice), html.Part("waits"), html.Part("notices"), body]),
        foot(say),
        html.Part("twin"),
        html.Part("panel"),
    ]


def _top(say: Say, choice: Child) -> Node:
    """The answer, and what can be done with the whole screen."""
    paper = html.Button(
        [glyph("print"), html.Span(say("twin.print"), className="action-word")],
        className="button",
        type="button",
        title=say("twin.print"),
        **{"data-print": "true", "aria-label": say("twin.print")},
    )
    return html.Div(
        [html.Part("answer"), html.Div([choice, html.Part("file"), paper], className="actions")],
        className="answer-row",
    )


def whole_file(page: Page, say: Say) -> Node | None:
    """The link to the file of every table of a screen; None where the screen has none."""
    if page.board is None:
        return None
    words = [glyph("table"), html.Span(say("twin.board"), className="action-word")]
    return file_link("board.xlsx", words, say("twin.board"))


def foot(say: Say) -> Node:
    """What holds for every figure of a screen, and whose borders its maps show."""
    places = {name: html.A(say(f"map.{name}"), href=address) for name, address in _LICENCES.items()}
    return html.Footer(
        [
            html.Span(say("foot.rule")),
            html.Span(say("foot.data")),
            html.A(say("methods.link"), href=to("/methods")),
            html.Span(sentence(say, "map.notice", **places)),
            html.Part("label"),
            html.Part("open"),
        ],
        className="page-foot",
    )


def freshness(visit: Visit, say: Say) -> Node:
    """When the screen was pulled, and the day of the product."""
    moment = visit.moment
    return _freshness(say("shell.updated", at=clock_text(moment.pulled, moment.clock)), moment)


def _freshness(words: str, moment: Moment | None, state: str = "fresh") -> Node:
    """`data-drawn` is the state as the server drew it, since `assets/alive.js` writes over `data-freshness`;
    `data-at` is of when the figures on screen are, absent where there is none."""
    pulled = None if moment is None else moment.pulled.isoformat(timespec="seconds")
    sign = glyph({"fresh": "good", "lost": "watch"}[state])
    at = clock_text(moment.pulled, moment.clock) if moment and state == "fresh" else None
    marks = {"data-freshness": state, "data-drawn": state, "data-pulled": pulled, "data-at": at}
    return html.Span([sign, html.Span(words)], className="freshness", **marks)


def watch_words() -> dict[str, str]:
    """What `assets/alive.js` and `assets/enrol.js` say, by language; it has to be in the document before."""
    names = (
        *("gone", "silent", "minutes", "hours", "figures", "no_figures", "again", "tries"),
        *(*STANDBY, *OF_SCREENS, *OF_SESSIONS),
    )
    return {
        say.language: written(
            {name: say.words[f"alive.{name}"] for name in names}
            | {"not_enrolled": say("gate.not_enrolled"), "not_enrolled_text": say("gate.not_enrolled_text")}
            | {"centre": centre_name(say)}
        )
        for say in map(speaker, LANGUAGES)
    }


def centre_name(say: Say) -> str:
    """The full name of the centre, on one line."""
    return f"{say('shell.name')} {say('shell.of')}"


def _header(say: Say, freshness: Node, links: Child, tools: Sequence[Node] = (), account: Child = None) -> Node:
    """Brand, navigation, the hour of the last pull and the day of the product, the tools, the two languages, and who
    is signed in."""
    return html.Header(
        [
            html.A(
                [
                    html.Span(className="brand-flag", role="img", **{"aria-label": say("shell.flag")}),
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
                href=to(HOME, indicator=None, at=None, theme=None),
            ),
            html.Nav(links, className="nav", **{"aria-label": say("shell.navigation")}),
            html.Div(
                [
                    *(freshness, *tools),
                    html.Span([_language(code, say, only(lang=code)) for code in ("vi", "en")], className="lang"),
                    account,
                ],
                className="topbar-end",
            ),
        ],
        className="topbar",
    )


def plain_header(say: Say, address: Callable[[str], str]) -> Node:
    """The brand, and the languages with where the page is in each: all there is over a page that needs no script."""
    brand = [
        html.Span(className="brand-flag", role="img", **{"aria-label": say("shell.flag")}),
        html.Span(
            [
                html.Span(say("shell.name"), className="brand-name"),
                html.Span(say("shell.of"), className="brand-of"),
            ]
        ),
    ]
    languages = html.Span([_language(code, say, address(code)) for code in LANGUAGES], className="lang")
    return html.Header(
        [html.Span(brand, className="brand"), html.Div(languages, className="topbar-end")],
        className="topbar topbar-plain",
    )


def _language(code: str, say: Say, href: str) -> Node:
    marks = {"aria-label": say(f"shell.lang_{code}")}
    return html.A(code.upper(), href=href, lang=code, **marks, **current(code == say.language))


def skip(say: Say) -> Node:
    """For the keyboard: past the header."""
    return html.A(say("shell.skip"), href="#main", className="skip")


def main(screen: str, say: Say, children: Child) -> Node:
    """The screen itself, with the marks that programs and the page's own script read."""
    return html.Main(children, id="main", lang=say.language, **{"data-screen": screen})


def titled(title: Child, facts: Child, say: Say) -> Node:
    """The answer as the title of screen and window, and what supports it."""
    heading = html.H1(title)
    return html.Div(
        [heading, facts], className="answer", **{"data-title": f"{heading.text} – {say('shell.name_short')}"}
    )


def skeleton(say: Say, screens: Sequence[tuple[str, str]]) -> Child:
    """The layout of the screen before its figures are there, with links to these screens."""

    def line(width: str) -> Node:
        return html.Span(className="skeleton", style={"width": width})

    def tile() -> Node:
        return html.Div(
            [line("60%"), html.Span(className="skeleton skeleton-gauge"), line("80%")], className="card tile"
        )

    def card() -> Node:
        return html.Div([line("40%"), *(line("100%") for _ in range(12))], className="card")

    waiting = {"data-title": f"{say('shell.loading')} – {say('shell.name_short')}"}
    return [
        _header(say, _freshness(say("shell.loading"), None), links_to(screens, say)),
        main(
            "loading",
            say,
            [
                html.Div(
                    line("24rem"),
                    className="answer",
                    role="status",
                    **{"aria-label": say("shell.loading")},
                    **waiting,
                ),
                html.Div([tile() for _ in range(4)], className="grid-tiles"),
                html.Div([card() for _ in range(3)], className="grid-three"),
            ],
        ),
    ]


def nowhere(name: str, words: str, say: Say) -> Page:
    """A screen whose path names what is not there on its day: `words` say so."""
    home = html.A(say("not_found.home"), href=to(HOME))
    return Page(
        {
            "frame": lambda: frame(name, say, None),
            "answer": lambda: titled(say("not_found.title"), None, say),
            "notices": lambda: notice([words, " ", home], shape="over"),
        }
    )


def failure(say: Say, visit: Visit, reference: str) -> Child:
    """What stands in place of a screen that could not be made: what failed, its number, how to try again."""
    at = clock_text(visit.moment.pulled, visit.moment.clock)
    again = html.A(say("failure.retry"), href=visit.address.whole, **{"data-reload": "true"})
    return [
        skip(say),
        _header(say, _freshness(at, visit.moment, "lost"), navigation(visit, say)),
        main(
            "failure",
            say,
            [
                titled(say("failure.title"), None, say),
                notice([say("failure.text", reference=reference), " ", again], shape="over"),
            ],
        ),
    ]
