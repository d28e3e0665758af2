"""The register of directives on a page: the answer, who it may be narrowed to, every directive, and one in full."""

from collections.abc import Callable, Iterator
from typing import Any

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import Visit, change, indicator_path
from layouts.controls import menu
from layouts.directive import SHAPES, days_words, detail_card, due_words, owner_words
from layouts.laggards import laggard_list
from layouts.notices import notices
from layouts.parts import card, footer, glyph, head, number, plain_source, sentence, simulated, state, table_link
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.task_twins import laggards_twin, register_twin
from layouts.words import begun, name_of, source_title
from metrics.boards.directive import EVERYBODY, Directive
from metrics.boards.directives import DirectivesBoard
from metrics.obligations import Standing

_COLUMNS = ("task", "owner", "due", "days", "indicator", "told")


def page(board: DirectivesBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say), _facts(board, say), say),
        "notices": lambda: notices(visit, say),
    }
    if board.empty:
        text = state(say("directives.empty_title"), say("directives.empty"), shape="na")
        parts["empty"] = lambda: card([text])
        return Page({"frame": lambda: frame("directives", say, [html.Part("empty")]), **parts})
    parts |= {
        "filters": lambda: _filters(board, say),
        "register": lambda: _register(board, say),
        "detail": lambda: detail_card(board.chosen, board.at, visit, say) if board.chosen else None,
        "laggards": lambda: laggard_list(board.laggards, say),
    }
    body = [
        html.Div([html.Part(name) for name in ("filters", "register", "detail")], className="grid-directives"),
        html.Part("laggards"),
    ]
    twins = {"register": lambda: register_twin(board, say), "laggards": lambda: laggards_twin(board.laggards, say)}
    return Page({"frame": lambda: frame("directives", say, body), **parts}, twins, board)


def _answer(board: DirectivesBoard, say: Say) -> Child:
    if board.empty:
        return say("directives.answer_none")
    no_date = dict(board.counts)[Standing.NO_DATE]
    counts = {"count": board.count, "overdue": board.overdue, "silent": board.silent, "no_date": no_date}
    return sentence(say, "directives.answer", **{name: number(figure, say) for name, figure in counts.items()})


def _facts(board: DirectivesBoard, say: Say) -> list[Node]:
    if board.empty:
        return []
    done = sentence(say, "directives.fact_done", in_time=number(board.in_time, say), late=number(board.late, say))
    phrases = sentence(say, "directives.fact_phrases", phrases=number(board.phrases, say))
    facts = [html.Span(each, className="answer-fact") for each in (done, phrases)]
    return [*facts, html.Span(simulated(say, partly=True), className="label")] if board.simulated else facts


def _filters(board: DirectivesBoard, say: Say) -> list[Node]:
    """Every standing and every owner with its count, as lists where there is room for them, else as menus."""
    groups = (
        (say("directives.standing"), _chosen_standing(board, say), list(_standings(board, say))),
        (say("directives.owner"), _chosen_owner(board, say), list(_owners(board, say))),
    )
    lists: list[Child] = []
    for name, _, links in groups:
        lists += [html.H2(name, className="card-title"), html.Ul(map(html.Li, links), className="filter-list")]
    menus = [menu(*group) for group in groups]
    return [
        card(lists, name="card card-filters long-only"),
        html.Div(menus, className="controls short-only"),
    ]


def _chosen_standing(board: DirectivesBoard, say: Say) -> str:
    return say(f"standing.{board.standing}") if board.standing else say("directives.any_standing")


def _chosen_owner(board: DirectivesBoard, say: Say) -> str:
    if board.everybody:
        return begun(say("directives.everybody"))
    return name_of(board.owner, say) if board.owner else say("directives.any_owner")


def _standings(board: DirectivesBoard, say: Say) -> Iterator[Node]:
    yield _choice(say("directives.any_standing"), board.count, board.standing is None, say, standing=None)
    for each, count in board.counts:
        if count.quantity.number:
            words = [glyph(SHAPES[each]), html.Span(say(f"standing.{each}"))]
            yield _choice(words, count, board.standing is each, say, standing=each)


def _owners(board: DirectivesBoard, say: Say) -> Iterator[Node]:
    nobody = board.owner is None and not board.everybody
    yield _choice(say("directives.any_owner"), board.count, nobody, say, owner=None)
    for each, count in board.owners:
        if each is None:
            yield _choice(begun(say("directives.everybody")), count, board.everybody, say, owner=EVERYBODY)
        else:
            yield _choice(name_of(each, say), count, each == board.owner, say, owner=each.code)


def _choice(words: Child, count: Any, here: bool, say: Say, **changes: str | None) -> Node:
    mark = {"aria-current": "true"} if here else {}
    counted = number(count, say) if count is not None else None
    return html.A([html.Span(words, className="filter-name"), counted], href=change(**changes), **mark)


def _register(board: DirectivesBoard, say: Say) -> Node:
    if not board.shown:
        body: Node = state(say("directives.none_title"), say("directives.none"), shape="na")
    else:
        heads = [html.Th(say(f"directives.head_{name}"), scope="col", className=f"task-{name}") for name in _COLUMNS]
        rows = list(_rows(board, say))
        body = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="tasks")
    return card(
        [
            head(say("directives.title"), say("directives.order")),
            body,
            footer(
                plain_source(say("directives.note")),
                simulated(say, partly=True) if board.simulated else None,
                table_link("register", say) if board.shown else None,
            ),
        ],
        simulated=board.simulated,
        name="card card-register",
    )


def _rows(board: DirectivesBoard, say: Say) -> Iterator[Node]:
    """Every directive that is shown; a line before those without a date says why they are never late."""
    dateless = [each for each in board.shown if each.standing is Standing.NO_DATE]
    for each in board.shown:
        if dateless and each is dateless[0]:
            words = say("directives.dateless", count=len(dateless))
            yield html.Tr(html.Td(words, colSpan=len(_COLUMNS)), className="task-note")
        yield _row(each, board, say)


def _row(each: Directive, board: DirectivesBoard, say: Say) -> Node:
    lead, here = each.lead, board.chosen is not None and each.code == board.chosen.code
    shape = SHAPES[each.standing]
    name = html.A(name_of(each, say), href=change(directive=each.code), className="task-name")
    given = say("directives.set_by", source=source_title(lead.source, say), day=day(lead.demand.set_on))
    sign, dated = glyph(shape, say(f"standing.{each.standing}")), each.standing is not Standing.NO_DATE
    task = html.Span([sign, name, html.Small(given, title=given) if dated else None], className="task-cell")
    told = max((told.checkin.day for event in each.events for told in event.told), default=None)
    words = {
        "owner": owner_words(each, say),
        "due": due_words(each, say) if dated else None,
        "days": days_words(lead, say),
        "indicator": _indicators(each, say),
        "told": day(told) if told else None,
    }
    cells = [html.Th(task, scope="row", className="task-task")]
    for column in _COLUMNS[1:]:
        empty = "" if words[column] else " blank"
        cells.append(html.Td(words[column] or "–", className=f"task-{column}{empty}"))
    marks = {"aria-current": "true"} if here else {}
    return html.Tr(cells, **{"data-directive": each.code, "data-status": shape, "data-standing": str(each.standing)},
                   **marks)  # fmt: skip


def _indicators(each: Directive, say: Say) -> Child:
    links: list[Child] = []
    for indicator in each.indicators:
        links += [" "] if links else []
        links.append(html.A(indicator.code, href=indicator_path(indicator.code), title=name_of(indicator, say)))
    return links
