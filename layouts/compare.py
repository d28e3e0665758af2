"""The comparison on a page: who leads in how many indicators, all of them side by side, and one of them in full."""

from collections.abc import Callable, Iterator
from typing import Any

from figures.node import Child, Node
from i18n import Say
from i18n.collation import vietnamese_order
from layouts import html
from layouts.address import Visit, change, to
from layouts.agency_twins import positions_twin
from layouts.compare_closing import closing_card
from layouts.compare_courses import courses_card
from layouts.compare_sheet import sheet_card
from layouts.compare_twins import closing_twin, courses_twin, sheet_twin
from layouts.controls import menu, period_menu
from layouts.distribution import distribution_card
from layouts.edition import edition_control, edition_notice
from layouts.notices import empty_store, notices, outside
from layouts.parts import card, footer, head, number, plain_source, sentence, simulated
from layouts.pins import pin_mark, pin_names
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.twin import Twin, Twins
from layouts.words import name_of, period_of, title_of
from metrics.asked import MOST_PINS
from metrics.boards.compare import CompareBoard, Starts

NAME = "compare"
#: Fewer than these cannot be compared.
_LEAST = 2
#: A sheet of so many lines is short.
_SHORT = 8


def page(board: CompareBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: _head(board, say),
        "notices": lambda: [*notices(visit, say), *edition_notice(board.shown, say)],
    }
    if board.empty:
        parts["empty"] = lambda: empty_store(say)
        return Page({"frame": lambda: frame(NAME, say, [html.Part("empty")]), **parts})
    parts["controls"] = lambda: _controls(board, say)
    if len(board.pins) < _LEAST:
        parts["how"] = lambda: _how(board, say)
        body = [html.Part("controls"), html.Part("how")]
        return Page({"frame": lambda: frame(NAME, say, body), **parts})
    parts["sheet"] = lambda: sheet_card(board, say)
    main, side = ["sheet"], []
    if board.chosen is not None:
        parts |= {"closing": lambda: closing_card(board, say), "courses": lambda: courses_card(board, say)}
        for spread in board.spreads:
            name = f"positions_{spread.whole.group}"
            parts[name] = lambda spread=spread, name=name: distribution_card(spread, say, name)  # type: ignore[misc]
            side.append(name)
        # Both columns come out about as long as each other.
        if len(board.lines) > _SHORT:
            main, side = [*main, *side[:1]], [*side[1:], "courses", "closing"]
        else:
            main, side = [*main, "courses"], [*side, "closing"]
    body = [
        html.Part("controls"),
        html.Div(
            [html.Div([html.Part(name) for name in column], className="stack") for column in (main, side) if column],
            className="grid-compare",
        ),
    ]
    return Page({"frame": lambda: frame(NAME, say, body), **parts}, _twins(board, say), board)


def _twins(board: CompareBoard, say: Say) -> Twins:
    """The tables of the cards."""
    spreads: dict[str, Callable[[], Twin | None]] = {
        f"positions_{spread.whole.group}": lambda spread=spread: positions_twin(  # type: ignore[misc]
            spread.whole, spread.indicator, spread.period.text, say
        )
        for spread in board.spreads
    }
    return {
        "sheet": lambda: sheet_twin(board, say),
        "closing": lambda: closing_twin(board, say),
        "courses": lambda: courses_twin(board, say),
        **spreads,
    }


def _head(board: CompareBoard, say: Say) -> Node:
    crumbs = [
        html.A(say("nav.ranking"), href=to("/ranking")),
        html.Span("/", **{"aria-hidden": "true"}),
        html.Span(say("pins.compare")),
    ]
    return html.Div(
        [
            html.Nav(crumbs, className="crumbs", **{"aria-label": say("province.crumbs")}),
            titled(_answer(board, say), list(_facts(board, say)), say),
        ],
        className="indicator-head",
    )


def _answer(board: CompareBoard, say: Say) -> Child:
    if board.outside and not board.empty:
        return say("compare.answer_outside")
    if board.empty or not board.pins:
        return say("compare.answer_none")
    names = [name_of(each, say) for each in board.pins]
    if len(names) < _LEAST:
        return say("compare.answer_one", name=names[0])
    if not board.comparable.quantity.number:
        return say("compare.answer_nothing", names=_joined(names, say))
    of, most = number(board.comparable, say), board.leads[0].count
    if not most.quantity.number:
        return sentence(say, "compare.answer_level", names=_joined(names, say), of=of)
    first = [lead.agency for lead in board.leads if lead.count.quantity == most.quantity]
    key = "compare.answer_leads" if len(first) == 1 else "compare.answer_share"
    return sentence(say, key, names=_joined([name_of(each, say) for each in first], say), n=number(most, say), of=of)


def _joined(names: list[str], say: Say) -> str:
    """A list in words: "A, B và C"."""
    return names[0] if len(names) == 1 else say("compare.and", names=", ".join(names[:-1]), last=names[-1])


def _facts(board: CompareBoard, say: Say) -> Iterator[Node]:
    """In how many the others lead, in how many nobody does, and whether anything is simulated."""
    if board.comparable.quantity.number:
        most = board.leads[0].count.quantity
        for lead in board.leads:
            if lead.count.quantity != most:
                words = sentence(say, "compare.fact_leads", name=name_of(lead.agency, say), n=number(lead.count, say))
                yield html.Span(words, className="answer-fact")
        if board.level.quantity.number:
            yield html.Span(sentence(say, "compare.fact_level", n=number(board.level, say)), className="answer-fact")
    if board.simulated:
        yield html.Span(simulated(say, partly=True), className="label")


def _controls(board: CompareBoard, say: Say) -> Node:
    pinned: list[Child] = []
    if board.pins:
        name = html.Span(say("pins.pinned", n=len(board.pins), most=MOST_PINS), className="control-name")
        pinned = [html.Div([name, pin_names(board.pins, say)], className="control control-pins")]
    chosen = board.chosen if len(board.pins) >= _LEAST else None
    shown = [
        *pinned,
        _adding(board, say),
        period_menu(board.periods, chosen.period, say) if chosen else None,
        edition_control(board.shown, say),
    ]
    return html.Div([each for each in shown if each is not None], className="controls")


def _adding(board: CompareBoard, say: Say) -> Node | None:
    """Whom one can pin besides; None once all pins are taken."""
    if len(board.pins) >= MOST_PINS or not board.others:
        return None
    codes = tuple(each.code for each in board.pins)
    names: list[Any] = []
    for kind in ("province", "ministry"):
        among = [each for each in board.others if (each.kind == "province") == (kind == "province")]
        names.append(html.Span(say(f"compare.add_{kind}"), className="menu-name"))
        names += [
            html.A(name_of(each, say), href=change(pin=(*codes, each.code)))
            for each in sorted(among, key=lambda each: vietnamese_order(name_of(each, say)))
        ]
    return menu(say("compare.add"), say("compare.add_whom"), names)


def _how(board: CompareBoard, say: Say) -> Node:
    """How to pin, and whom one could begin with."""
    starts = board.starts
    if board.outside:
        return outside(say("compare.how"), say)
    ways = [
        html.Li(
            [
                html.Span(say(f"compare.start_{name}"), className="start-name"),
                html.A(
                    [html.Span([pin_mark(at), name_of(each, say)], className="pin-of") for at, each in
                     enumerate(agencies)],
                    href=change(pin=tuple(each.code for each in agencies)),
                    className="start",
                ),
            ]
        )
        for name, agencies in (starts.groups if starts else ())
    ]  # fmt: skip
    ranking = html.A(say("compare.to_ranking"), href=to("/ranking"))
    return card(
        [
            head(say("compare.how")),
            html.P(say("compare.how_ranking")),
            html.P([say("compare.how_address"), " ", ranking]),
            html.H3(say("compare.start")) if ways else None,
            html.Ul(ways, className="starts") if ways else None,
            _source(starts, say) if starts and ways else None,
        ],
        simulated=bool(starts and ways and starts.simulated),
        name="card card-how",
    )


def _source(starts: Starts, say: Say) -> Node:
    """By which ranking the proposals are made."""
    words = say(
        "compare.start_by", indicator=title_of(starts.indicator, say), period=period_of(starts.period.text, say)
    )
    return footer(plain_source(words), simulated(say, partly=True) if starts.simulated else None)
