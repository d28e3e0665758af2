"""The page of one province: where it stands, its course, where it lies, and every figure it reported."""

from dataclasses import replace
from datetime import date

from figures.node import Child, Node
from i18n import Say
from i18n.collation import vietnamese_order
from i18n.formats import day
from layouts import html
from layouts.address import HOME, Visit, to
from layouts.agency_twins import own_twin
from layouts.changes import changes_parts, changes_twin
from layouts.controls import indicator_links, indicator_menu, menu, period_menu
from layouts.course import course_card, course_title
from layouts.duties import duties_card
from layouts.edition import kin_notice
from layouts.hero import hero_card, things_of
from layouts.map import drawing
from layouts.movement import movement
from layouts.nation_twins import course_twin
from layouts.notices import notices
from layouts.own_table import own_card
from layouts.parts import (
    card,
    chip,
    facts,
    figure_link,
    footer,
    head,
    notice,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
)
from layouts.pins import compare_link
from layouts.province_twins import hero_twin, place_twin
from layouts.screen import Page
from layouts.shell import frame, nowhere, titled
from layouts.task_twins import duties_twin
from layouts.twin import Twins
from layouts.unit_twins import units_twin
from layouts.units import units_card
from layouts.usage_card import usage_card, usage_card_twin
from layouts.words import begun, name_of, period_of, period_words, standing_word, tiny_of, title_of
from metrics.boards.province import ProvinceBoard
from metrics.status import Status

NAME = "province"


def page(board: ProvinceBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    body = html.Div(
        [html.Part(name) for name in ("hero", "course", "place", "units", "usage", "own", "changes", "duties")],
        className="grid-province",
    )
    return Page(
        {
            "frame": lambda: frame(NAME, say, body),
            "answer": lambda: _head(board, say),
            "provinces": lambda: _province_links(board, say),
            "indicators": lambda: indicator_links(board.choices, say),
            "notices": lambda: _notices(board, visit, say),
            "hero": lambda: hero_card(board, say),
            "course": lambda: _course(board, say),
            "place": lambda: _place(board, say),
            "units": lambda: units_card(board.units, say) if board.units else None,
            "usage": lambda: usage_card(board.usage, say) if board.usage else None,
            "own": lambda: own_card(board.own, "provinces", board.indicator.code, say) if board.own else None,
            **(changes_parts(board.changes, say) if board.changes else {}),
            "duties": lambda: duties_card(board.duties, say) if board.duties else None,
        },
        _twins(board, say),
        board,
    )


def _twins(board: ProvinceBoard, say: Say) -> Twins:
    """The tables of the cards."""
    return {
        "hero": lambda: hero_twin(board, say),
        "course": lambda: course_twin(board.course, say),
        "place": lambda: place_twin(board, say),
        "units": lambda: units_twin(board.units, say),
        "usage": lambda: usage_card_twin(board.usage, say) if board.usage else None,
        "own": lambda: own_twin(board.own, "provinces", say),
        "changes": lambda: changes_twin(board.changes, say) if board.changes else None,
        "duties": lambda: duties_twin(board.duties, say) if board.duties else None,
    }


def unknown(code: str, at: date, say: Say) -> Page:
    """What stands there where the code means no province on the day `at`."""
    return nowhere(NAME, say("province.unknown", code=code, day=day(at)), say)


def _head(board: ProvinceBoard, say: Say) -> Node:
    """Where one is, the name with how it stands, the answer, and what can be chosen."""
    crumbs: list[Child] = [html.A(say("nav.overview"), href=to(HOME))]
    if board.region is not None:
        region = html.A(name_of(board.region, say), href=to("/ranking", region=board.region.code))
        crumbs += [html.Span("/", **{"aria-hidden": "true"}), region]
    status = board.row.judgement.status
    if board.row.value is None and board.last is None:
        word = say("status.never")
    else:
        word = standing_word(status, say, aimed=board.row.target is not None)
    controls = [
        _province_menu(board, say),
        indicator_menu(board.indicator, say) if board.choices else None,
        period_menu(board.periods, board.period, say),
        compare_link(board.agency.code, say),
    ]
    shown = [
        chip(status, word),
        html.Span(_answer(board, say), className="answer-line"),
        html.Div(controls, className="controls"),
    ]
    return html.Div(
        [
            html.Nav(crumbs, className="crumbs", **{"aria-label": say("province.crumbs")}),
            titled(name_of(board.agency, say), shown, say),
        ],
        className="province-head",
    )


def _province_menu(board: ProvinceBoard, say: Say) -> Node:
    """The choice of a province; its links are the part `provinces`, which is the same whichever is chosen."""
    words = name_of(board.agency, say)
    choices = menu(say("province.menu"), words, html.Part("provinces"), chosen=board.agency.code)
    return html.Div(choices, className="menu-provinces")


def _province_links(board: ProvinceBoard, say: Say) -> list[Child]:
    """Every province of the day in the order of a Vietnamese list; what else was chosen is kept."""
    return [
        html.A(name_of(each, say), href=to(f"/province/{each.code}"), **{"data-choice": each.code})
        for each in sorted(board.provinces, key=lambda each: vietnamese_order(name_of(each, say)))
    ]


def _answer(board: ProvinceBoard, say: Say) -> list[Child]:
    """The answer in one line; where it is not known how much is missing it says less."""
    name = html.Span(begun(tiny_of(board.indicator, say)))
    value, last, way = board.row.value, board.last, board.way
    if value is None:
        if last is None or board.period is None:
            return sentence(say, "province.answer_never", name=name)
        period, since = html.Span(period_of(board.period.text, say)), html.Span(period_words(last, say))
        return sentence(
            say, "province.answer_absent", name=name, period=period, value=figure_link(last, say), last=since
        )
    parts: dict[str, Child] = {"name": name, "value": figure_link(value, say)}
    if board.row.judgement.status is Status.STALE:
        return sentence(say, "province.answer_stale", **parts, period=html.Span(period_words(value, say)))
    target, due = board.course.target, board.course.due
    if target is None or due is None:
        return sentence(say, "province.answer_value", **parts)
    parts |= {"target": number(target, say), "due": html.Span(day(due))}
    things = things_of(board.indicator.code, say)
    if board.row.judgement.status is Status.OVERDUE and way.shortfall:
        return sentence(say, "province.answer_overdue", **parts, missing=html.B(number(way.shortfall, say)))
    if way.missing and things:
        missing = html.B([number(way.missing, say), "\u00a0", things])
        return sentence(say, "province.answer_remaining", **parts, missing=missing)
    if way.shortfall:
        return sentence(say, "province.answer_short", **parts, missing=html.B(number(way.shortfall, say)))
    return sentence(say, "province.answer_met", **parts)


def _notices(board: ProvinceBoard, visit: Visit, say: Say) -> list[Child]:
    """What could not be used of the address, an indicator of which the province has no figure among it, and that it
    does not show today."""
    asked = [value for name, value in visit.unknown if name == "indicator" and board.own]
    others = tuple((name, value) for name, value in visit.unknown if name != "indicator" or not board.own)
    names = {"name": name_of(board.agency, say), "shown": title_of(board.indicator, say)}
    return [
        *(notice(say("province.unknown_indicator", value=value, **names)) for value in asked),
        *notices(replace(visit, unknown=others), say),
        *kin_notice(board.kin, say),
    ]


def _course(board: ProvinceBoard, say: Say) -> Node:
    if board.course.last is None:
        body = state(say("course.none_title"), say("province.never"))
        shown = [head(course_title(board.course, say)), body, footer(plain_source(say("province.no_source")))]
        return card(shown, name="card card-course")
    return course_card(board.course, say)


def _place(board: ProvinceBoard, say: Say) -> Node:
    """Where the province lies among the others, and its ranks."""
    period = board.period.text if board.period else None
    on_map = board.map is not None and any(mark.agency == board.agency for mark in board.map.marks)
    if board.map is not None and on_map:
        shown: Node = drawing(board.map, period, say, here=board.agency.code)
    else:
        shown = state(say("province.no_map_title"), say("province.no_map"), shape="na")
    source = say("map.source", period=period_of(period, say)) if period and on_map else say("map.source_none")
    is_simulated = board.map is not None and on_map and board.map.simulated
    return card(
        [
            head(say("province.place")),
            shown,
            facts(_facts(board, say)),
            footer(
                plain_source(source),
                simulated(say) if is_simulated else None,
                table_link("place", say) if board.map is not None else None,
            ),
        ],
        simulated=is_simulated,
        name="card card-place",
    )


def _facts(board: ProvinceBoard, say: Say) -> list[tuple[str, Child]]:
    place, way = board.place, board.way
    found: list[tuple[str, Child]] = []
    if board.row.value is None and board.last is not None:
        found.append((say("province.rank_country"), say("rank.absent")))
    elif place.rank is not None:
        found.append((say("province.rank_country"), [number(place.rank, say), "/", number(place.reported, say)]))
    if place.region_rank is not None and place.region_reported is not None:
        ranks: Child = [number(place.region_rank, say), "/", number(place.region_reported, say)]
        found.append((say("province.rank_region"), ranks))
    if place.moved is not None and place.before_period is not None:
        name = say("province.moved", period=period_of(place.before_period, say))
        found.append((name, movement(place.moved, say)))
    things = things_of(board.indicator.code, say)
    if way.missing_by_month is not None and things:
        found.append((say("province.pace_needed"), [number(way.missing_by_month, say), "\u00a0", things]))
    return found
