"""The overview on a page: the answer, four targets, the agencies, and what they are measured by."""

from collections.abc import Callable
from typing import Any

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit
from layouts.agency_twins import ranking_twin
from layouts.changes import changes_parts, changes_twin
from layouts.controls import indicator_links, indicator_menu, theme_segment
from layouts.course import course_card
from layouts.edition import edition_notice
from layouts.laggards import laggards_card
from layouts.map import map_card, map_twin, names
from layouts.nation import nation_card
from layouts.nation_twins import course_twin, nation_twin, targets_twin, versions_twin
from layouts.notices import empty_store, notices
from layouts.parts import card, head, number, sentence, simulated, state
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.short_rank import short_card
from layouts.slider import slider
from layouts.task_twins import laggards_twin
from layouts.tile import tile
from layouts.twin import Twins
from layouts.versions import versions_card
from layouts.words import name_of, period_of, tiny_of
from metrics.asked import EGOV
from metrics.boards.overview import Overview
from metrics.status import Status


def page(board: Overview, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    theme = theme_segment(EGOV, say)
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say), _facts(board, say), say),
        "notices": lambda: [*notices(visit, say), *edition_notice(board.shown, say, duties=True)],
        "tiles": lambda: html.Div([tile(nation, say) for nation in board.headline], className="grid-tiles"),
    }
    if board.empty:
        parts["empty"] = lambda: empty_store(say)
        nothing = [html.Part("tiles"), html.Part("empty")]
        return Page({"frame": lambda: frame("overview", say, nothing, choice=theme), **parts})
    period = board.period.text if board.period else None
    parts |= _agencies(board, period, say) | {
        "course": lambda: course_card(board.course, say),
        "laggards": lambda: laggards_card(board.laggards, say),
        "indicators": lambda: indicator_links(board.choices, say),
        "names": lambda: names(board.map, say),
        **changes_parts(board.changes, say),
        "versions": lambda: versions_card(board.chosen, say),
        "nation": lambda: nation_card(board.chosen, board.sum_beside, period or "", say),
    }
    body = [
        html.Part("tiles"),
        *_middle(board),
        html.Part("changes"),
        html.Div([html.Part("versions"), html.Part("nation")], className="grid-main"),
        html.Part("names"),
    ]
    return Page(
        {"frame": lambda: frame("overview", say, body, choice=theme), **parts}, _twins(board, period, say), board
    )


def _is_nations(board: Overview) -> bool:
    """Whether of no agency anything may be seen here: what there is of the nation takes the whole width."""
    return board.outside and board.map is None and not board.tables


def _agencies(board: Overview, period: str | None, say: Say) -> dict[str, Callable[[], Child]]:
    """The parts that show agencies beside each other, and the choice of what they show."""
    if _is_nations(board):
        return {"choice": lambda: html.Div(_chooser(board, say), className="choice-row")}
    return {
        "map": lambda: map_card(board.map, _chooser(board, say), period, html.Part("periods"), say),
        "periods": lambda: slider(board.periods, board.period, say),
        "ranking": lambda: _ranking(board, period, say),
    }


def _middle(board: Overview) -> list[Node]:
    """The places under the tiles."""
    beside = [html.Part("course"), html.Part("laggards")]
    if _is_nations(board):
        return [html.Part("choice"), html.Div(beside, className="grid-two")]
    places = [html.Part("map"), html.Part("ranking"), html.Div(beside, className="stack")]
    return [html.Div(places, className="grid-three")]


def _twins(board: Overview, period: str | None, say: Say) -> Twins:
    """The tables of the cards."""
    return {
        "tiles": lambda: targets_twin(board.headline, say),
        "map": lambda: map_twin(board.map, board.indicator, period, say),
        "ranking": lambda: ranking_twin(board.tables[0], board.indicator, period, say) if board.tables else None,
        "course": lambda: course_twin(board.course, say),
        "laggards": lambda: laggards_twin(board.laggards, say),
        "changes": lambda: changes_twin(board.changes, say),
        "versions": lambda: versions_twin(board.chosen, say),
        "nation": lambda: nation_twin(board.chosen, board.sum_beside, period or "", say),
    }


def _chooser(board: Overview, say: Say) -> Node:
    """The title of the map's card is the choice of what the three cards show."""
    return indicator_menu(board.indicator, say)


def _ranking(board: Overview, period: str | None, say: Say) -> Node:
    """The first group that owes the indicator; where only the nation reports, that."""
    if board.tables:
        return short_card(board.tables[0], board.chosen, period, say, own=board.own)
    text = state(say("rank.nobody_title"), say("rank.nobody"), shape="na")
    return card([head(name_of(board.indicator, say)), text], name="card card-rank")


def _answer(board: Overview, say: Say) -> list[Any]:
    answer = board.answer
    counts = {
        "n": number(answer.on_track, say),
        "of": number(answer.of, say),
        "measured": number(answer.measured, say),
    }
    if not answer.measured.quantity.number:
        return sentence(say, "answer.nothing", **counts)
    worst = answer.worst
    if worst is None:
        return sentence(say, "answer.on_track" if answer.on_track.quantity.number else "answer.too_little", **counts)
    if answer.amount is None:
        return sentence(say, "answer.on_track", **counts)
    name = html.Span(tiny_of(worst.indicator, say))
    return sentence(say, f"answer.{worst.judgement.status}", **counts, name=name, amount=number(answer.amount, say))


def _facts(board: Overview, say: Say) -> list[Any]:
    facts: list[Any] = []

    def add(key: str, **parts: Any) -> None:
        facts.append(html.Span(sentence(say, key, **parts), className="answer-fact"))

    for table in board.tables[:1]:
        counts = dict(table.counts)
        behind = counts.get(Status.BEHIND) or counts.get(Status.OVERDUE)
        if behind:
            add(f"answer.fact_behind_{table.group}", n=number(behind, say), of=number(table.reported, say))
        if table.risen and table.fallen and table.before_period:
            since = html.Span(period_of(table.before_period, say))
            add("answer.fact_moved", since=since, risen=number(table.risen, say), fallen=number(table.fallen, say))
    if board.simulated:
        facts.append(html.Span(simulated(say, partly=True), className="label"))
    return facts
