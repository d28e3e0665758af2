"""Usage of services on a page: the answer and how far it is narrowed, the tiles, months, levels, agencies, checks,
and the way to one procedure."""

from collections.abc import Callable

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import Visit, agency_path, usage_path
from layouts.controls import choice, period_menu, segment
from layouts.notices import notices
from layouts.parts import card, number, sentence, simulated, state
from layouts.screen import Page
from layouts.shell import frame, nowhere, titled
from layouts.usage_cards import checks_card, levels_card, unused_card
from layouts.usage_months import months_card
from layouts.usage_ranking import ranking_card
from layouts.usage_steps import steps_card, thing_name
from layouts.usage_tiles import tiles
from layouts.usage_twins import usage_twins
from layouts.words import name_of, period_of
from metrics.asked import SERVICE_LEVELS
from metrics.boards.agencies import GROUPS
from metrics.boards.usage import UsageBoard

NAME = "usage"
#: The parts of the screen in its order: of the nation, and once an agency was chosen.
_OF_NATION = ("tiles", "months", "levels", "ranking", "unused", "checks", "steps")
_OF_AGENCY = ("tiles", "steps", "months", "levels", "unused", "checks")


def page(board: UsageBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: _head(board, say),
        "notices": lambda: notices(visit, say),
    }
    if board.empty:
        key = "scope.outside" if board.outside else "usage.empty"
        text = state(say(f"{key}_title"), say(key), shape="na")
        parts["empty"] = lambda: card([text])
        return Page({"frame": lambda: frame(NAME, say, [html.Part("empty")]), **parts})
    parts |= {
        "tiles": lambda: tiles(board, say),
        "months": lambda: months_card(board, say),
        "levels": lambda: levels_card(board, say),
        "ranking": lambda: ranking_card(board, say),
        "unused": lambda: unused_card(board, say) if board.unused_count else None,
        "checks": lambda: checks_card(board, say) if board.checks else None,
        "steps": lambda: steps_card(board, say),
    }
    shown = _OF_NATION if board.place.whole else _OF_AGENCY
    depth = len(board.place.path)
    body = html.Div([html.Part(name) for name in shown], className=f"grid-usage usage-{min(depth, 2)}")
    kept = {name: draw for name, draw in parts.items() if name in ("answer", "notices", *shown)}
    return Page({"frame": lambda: frame(NAME, say, body), **kept}, usage_twins(board, say), board)


def unknown(path: str, say: Say) -> Page:
    """What stands there where the path means no place of usage."""
    return nowhere(NAME, say("usage.unknown", path=path), say)


def _head(board: UsageBoard, say: Say) -> Node:
    """Where one stands, the answer, and what can be chosen."""
    return html.Div(
        [_crumbs(board, say), titled(_answer(board, say), _facts(board, say), say), _controls(board, say)],
        className="usage-head",
    )


def _crumbs(board: UsageBoard, say: Say) -> Node | None:
    """The steps that were taken, each a link back to it."""
    place = board.place
    if place.agency is None:
        return None
    steps: list[tuple[Child, str]] = [] if board.outside else [(say("usage.nation"), usage_path())]
    steps.append((name_of(place.agency, say), usage_path(place.agency.code)))
    if place.group is not None:
        steps.append((thing_name(place.group, say), usage_path(*place.path[:2])))
    if place.procedure is not None:
        steps.append((thing_name(place.procedure, say), usage_path(*place.path)))
    links: list[Child] = []
    for at, (words, path) in enumerate(steps):
        last = at == len(steps) - 1
        links += [html.Span("/", **{"aria-hidden": "true"})] if at else []
        links.append(html.Span(words, **{"aria-current": "page"}) if last else html.A(words, href=path))
    own = html.A(say("usage.own_page"), href=agency_path(place.agency.kind, place.agency.code), className="crumb-own")
    return html.Nav([*links, own], className="crumbs", **{"aria-label": say("usage.crumbs")})


def _answer(board: UsageBoard, say: Say) -> Child:
    """The answer in one line; of a narrower place its name stands before it."""
    if board.empty:
        return say("usage.answer_outside" if board.outside else "usage.answer_none")
    place = board.place
    name: Child = None
    if place.procedure is not None:
        name = thing_name(place.procedure, say)
    elif place.group is not None:
        name = thing_name(place.group, say)
    elif place.agency is not None:
        name = html.Span(name_of(place.agency, say))
    before: list[Child] = [name, ": "] if name is not None else []
    if board.whole is None:
        return [*before, say("usage.answer_absent")]
    if board.whole.online.share is None:
        return [*before, say("usage.answer_nothing")]
    share = number(board.whole.online.share, say)
    if board.unused_count is None:
        received = number(board.whole.received, say)
        return [*before, *sentence(say, "usage.answer_share", share=share, received=received)]
    return [*before, *sentence(say, "usage.answer", share=share, unused=number(board.unused_count.over, say))]


def _facts(board: UsageBoard, say: Say) -> list[Node]:
    """Until when a month that is not over is told, what the share moved by, and that figures are simulated."""
    if board.period is None:
        return []
    here = board.months[-1]
    found = []
    if not here.whole and here.last_day is not None:
        words = say("usage.until", period=period_of(board.period.text, say), day=day(here.last_day))
        found.append(html.Span(words, className="answer-fact"))
    if board.change is not None:
        moved = html.B(number(board.change, say))
        found.append(html.Span(sentence(say, "usage.change", change=moved), className="answer-fact"))
    return [*found, html.Span(simulated(say), className="label")] if board.simulated else found


def _controls(board: UsageBoard, say: Say) -> Node:
    """The month, whose usage, and of which level."""
    place = board.place
    kinds = [
        choice(say(f"usage.kind_{name or 'all'}"), here=place.kind == name, group=name, measure=None)
        for name in (None, *GROUPS)
    ]
    levels = [
        choice(level or say("usage.level_all"), here=str(place.level or "") == (level or ""), level=level)
        for level in (None, *SERVICE_LEVELS[1:])
    ]
    whose = (
        html.Div([html.Span(say("usage.kind"), className="control-name"), segment(kinds, say("usage.kind"))],
                 className="control")
        if place.whole
        else None
    )  # fmt: skip
    level = html.Div(
        [html.Span(say("usage.level"), className="control-name"), segment(levels, say("usage.level"))],
        className="control",
    )
    return html.Div([period_menu(board.periods, board.period, say), whose, level], className="controls")
