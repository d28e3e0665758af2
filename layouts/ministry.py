"""The page of one ministry: what it has to do, what it must be named for, and every figure it reported."""

from datetime import date

from figures.node import Child, Node
from i18n import Say
from i18n.collation import vietnamese_order
from i18n.formats import day
from layouts import html
from layouts.address import HOME, Visit, agency_path, to
from layouts.agency_twins import own_twin
from layouts.changes import changes_parts, changes_twin
from layouts.controls import menu
from layouts.duties import duties_card
from layouts.notices import notices
from layouts.own_table import own_card
from layouts.parts import card, footer, head, number, plain_source, sentence, state
from layouts.pins import compare_link
from layouts.screen import Page
from layouts.shell import frame, nowhere, titled
from layouts.task_twins import duties_twin
from layouts.usage_card import usage_card, usage_card_twin
from layouts.words import name_of
from metrics.boards.ministry import MinistryBoard

NAME = "ministry"


def page(board: MinistryBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    names = ("duties", "usage", "own", "changes")
    body = html.Div([html.Part(name) for name in names], className="stack")
    return Page(
        {
            "frame": lambda: frame(NAME, say, body),
            "answer": lambda: _head(board, say),
            "ministries": lambda: _links(board, say),
            "notices": lambda: notices(visit, say),
            "duties": lambda: duties_card(board.duties, say),
            "usage": lambda: usage_card(board.usage, say) if board.usage else None,
            "own": lambda: _own(board, say),
            **changes_parts(board.changes, say),
        },
        {
            "duties": lambda: duties_twin(board.duties, say),
            "usage": lambda: usage_card_twin(board.usage, say) if board.usage else None,
            "own": lambda: own_twin(board.own, "ministries", say),
            "changes": lambda: changes_twin(board.changes, say),
        },
        board,
    )


def unknown(code: str, at: date, say: Say) -> Page:
    """What stands there where the code means no ministry on the day `at`."""
    return nowhere(NAME, say("ministry.unknown", code=code, day=day(at)), say)


def _head(board: MinistryBoard, say: Say) -> Node:
    crumbs = [
        html.A(say("nav.overview"), href=to(HOME)),
        html.Span("/", **{"aria-hidden": "true"}),
        html.A(say("ministry.all"), href=to("/ranking", group="ministries")),
    ]
    duties = board.duties
    answer: list[Child] = []
    if board.judged.quantity.number:
        counts = {"n": number(board.on_track, say), "of": number(board.judged, say)}
        answer += [*sentence(say, "ministry.on_track", **counts), "; "]
    answer += sentence(
        say, "ministry.answer", own=number(duties.own_count, say), named=number(duties.named_count, say)
    )
    choices = menu(
        say("ministry.menu"), name_of(board.agency, say), html.Part("ministries"), chosen=board.agency.code
    )
    shown = [
        html.Span(answer, className="answer-line"),
        html.Div([choices, compare_link(board.agency.code, say)], className="controls"),
    ]
    return html.Div(
        [
            html.Nav(crumbs, className="crumbs", **{"aria-label": say("province.crumbs")}),
            titled(name_of(board.agency, say), shown, say),
        ],
        className="province-head",
    )


def _links(board: MinistryBoard, say: Say) -> list[Child]:
    """Every ministry of the day in the order of a list of names."""
    return [
        html.A(name_of(each, say), href=agency_path(each.kind, each.code), **{"data-choice": each.code})
        for each in sorted(board.ministries, key=lambda each: vietnamese_order(name_of(each, say)))
    ]


def _own(board: MinistryBoard, say: Say) -> Node:
    if board.own:
        return own_card(board.own, "ministries", None, say)
    text = state(say("ministry.no_figures_title"), say("ministry.no_figures"))
    return card([head(say("own.title")), text, footer(plain_source(say("province.no_source")))])
