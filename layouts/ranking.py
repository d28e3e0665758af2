"""The ranking on a page: the answer, what is shown, every agency in its rank, where all stand on map and scale."""

from collections.abc import Callable
from typing import Any

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit
from layouts.agency_twins import board_twin, positions_twin
from layouts.controls import choice, indicator_links, indicator_menu, menu, period_menu, segment
from layouts.course import course_card
from layouts.distribution import distribution_card
from layouts.edition import codes_card, edition_control, edition_notice
from layouts.map import map_card, map_twin
from layouts.nation import nation_card
from layouts.nation_twins import course_twin, nation_twin
from layouts.notices import empty_store, notices, outside
from layouts.part_words import part_name
from layouts.parts import card, figure_link, head, number, sentence, simulated, state
from layouts.pins import pins_control
from layouts.ranking_table import table_card
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.twin import Twins
from layouts.words import in_sentence, name_of, period_of, period_words, tiny_of, title_of
from metrics.boards.ranking import NOTHING, Group, RankingBoard
from metrics.status import Status


def page(board: RankingBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say), _facts(board, say), say),
        "notices": lambda: [*notices(visit, say), *edition_notice(board.shown, say)],
    }
    if board.empty:
        parts["empty"] = lambda: empty_store(say)
        return Page({"frame": lambda: frame("ranking", say, [html.Part("empty")]), **parts})
    side = _side(board, say)
    parts |= {
        "controls": lambda: _controls(board, say),
        "indicators": lambda: indicator_links(board.choices, say),
        "table": lambda: table_card(board, say) if board.table else _nobody(board, say),
        **side,
    }
    body = [
        html.Part("controls"),
        html.Div(
            [
                html.Div([html.Part("table")], className="ranking-main"),
                html.Div([html.Part(name) for name in side], className="stack ranking-side"),
            ],
            className="grid-ranking",
        ),
    ]
    twins = {name: make for name, make in _twins(board, say).items() if name in parts}
    return Page({"frame": lambda: frame("ranking", say, body), **parts}, twins, board)


def _twins(board: RankingBoard, say: Say) -> Twins:
    """The tables of the cards."""
    period, course = board.period.text if board.period else None, board.course
    return {
        "table": lambda: board_twin(board, say),
        "map": lambda: map_twin(board.map, board.indicator, period, say),
        "positions": lambda: positions_twin(board.whole, board.indicator, period, say),
        "nation": lambda: nation_twin(board.nation, None, period or "", say),
        "course": lambda: course_twin(course, say) if course else None,
    }


def _side(board: RankingBoard, say: Say) -> dict[str, Callable[[], Child]]:
    """What stands beside the table: the map or the nation's course, and the scale; without a table the nation."""
    period, course = board.period.text if board.period else None, board.course
    side: dict[str, Callable[[], Child]] = {}
    if board.group == "provinces":
        title = html.H2(say("ranking.map"), className="card-title")
        side["map"] = lambda: map_card(board.map, title, period, None, say)
        if board.shown.reused:
            side["codes"] = lambda: codes_card(board.shown, say)
    if board.table is not None:
        side["positions"] = lambda: distribution_card(board, say)
    else:
        side["nation"] = lambda: nation_card(board.nation, None, period or "", say)
    if course is not None:
        side["course"] = lambda: course_card(course, say)
    return side


def _nobody(board: RankingBoard, say: Say) -> Node:
    if board.outside:
        return outside(title_of(board.indicator, say), say)
    text = state(say("rank.nobody_title"), say("rank.nobody"), shape="na")
    return card([head(title_of(board.indicator, say)), text], name="card card-rank")


def _who(board: RankingBoard, say: Say) -> str:
    """Those who are counted: "địa phương", "địa phương vùng Tây Nguyên", "bộ, cơ quan"."""
    if board.region is not None:
        return say("ranking.who_region", region=name_of(board.region, say))
    if board.part is not None:
        return say("ranking.who_part", part=in_sentence(part_name(board.part, say)))
    return say(f"ranking.who_{board.group}")


def _answer(board: RankingBoard, say: Say) -> list[Any]:
    title = title_of(board.indicator, say)
    if board.table is None:
        return sentence(say, f"ranking.answer_{'outside' if board.outside else 'nobody'}", name=title)
    who, reported = _who(board, say), board.table.reported
    if not reported.quantity.number:
        return sentence(say, "ranking.answer_absent", who=who, name=title)
    if board.on_track is None:
        counts = {"n": number(reported, say), "of": number(board.table.owing, say)}
        return sentence(say, f"ranking.answer_{NOTHING}", who=who, name=title, **counts)
    counts = {"n": number(board.on_track, say), "of": number(reported, say)}
    name = tiny_of(board.indicator, say)
    of = "" if name != title else "_of"
    return sentence(say, f"ranking.answer_{board.judged_by}{of}", who=who, name=name, **counts)


def _facts(board: RankingBoard, say: Say) -> list[Any]:
    facts: list[Any] = []

    def add(key: str, **parts: Any) -> None:
        facts.append(html.Span(sentence(say, key, **parts), className="answer-fact"))

    table = board.table
    if board.nation.value is not None:
        day = html.Span(period_words(board.nation.value, say))
        add("ranking.fact_nation", value=html.B(figure_link(board.nation.value, say)), as_of=day)
    if table and table.risen and table.fallen and table.before_period:
        since = html.Span(period_of(table.before_period, say))
        add("ranking.fact_moved", since=since, risen=number(table.risen, say), fallen=number(table.fallen, say))
    absent = dict(table.counts).get(Status.NR) if table and table.rows else None
    if absent is not None:
        add("ranking.fact_absent", n=number(absent, say))
    if board.simulated:
        facts.append(html.Span(simulated(say, partly=True), className="label"))
    return facts


def _controls(board: RankingBoard, say: Say) -> Node:
    shown = [
        indicator_menu(board.indicator, say),
        period_menu(board.periods, board.period, say),
        edition_control(board.shown, say) if board.group == "provinces" else None,
        _groups(board, say),
        _parts(board, say),
        pins_control(board.pins, board.shown.named_on(board.at), say),
    ]
    return html.Div([each for each in shown if each is not None], className="controls")


def _groups(board: RankingBoard, say: Say) -> Node | None:
    """All provinces, or the ministries; the first group is the one an address without a group means."""
    if not board.groups:
        return None
    links = [
        choice(
            html.Span(sentence(say, f"ranking.group_{each.name}", n=number(each.owing, say))),
            here=each.name == board.group and board.part is None,
            group=None if each is board.groups[0] else each.name,
            region=None,
        )
        for each in board.groups
    ]
    name = html.Span(say("ranking.group"), className="control-name")
    return html.Div([name, segment(links, say("ranking.group"))], className="control")


def _parts(board: RankingBoard, say: Say) -> Node | None:
    """The regions, the cities run by the centre and the bands of people, each with how many provinces it has; also a
    way back to all of them."""
    if not board.regions and not board.peers:
        return None
    links: list[Node] = []
    if board.part is not None:
        links.append(choice(say("ranking.all_parts"), here=False, region=None, group=None))
    links += [html.Span(say("ranking.regions"), className="menu-name")] if board.regions else []
    links += [_part(each, board, say) for each in board.regions]
    links += [html.Span(say("ranking.peers"), className="menu-name")] if board.peers else []
    links += [_part(each, board, say) for each in board.peers]
    words = part_name(board.part, say) if board.part else say("ranking.any_part")
    marks = {"data-chosen": "true"} if board.part else {}
    return html.Div(menu(say("ranking.part"), words, links), className="ranking-parts", **marks)


def _part(each: Group, board: RankingBoard, say: Say) -> Node:
    words = sentence(say, "ranking.part_choice", part=part_name(each, say), n=number(each.owing, say))
    chosen = {"region": each.name, "group": None} if each.region else {"region": None, "group": each.name}
    return choice(words, here=each == board.part, **chosen)
