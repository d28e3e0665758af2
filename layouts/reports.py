"""What arrives, on a page: the answer, the counts, the day by its hours, what is missing, what stands of the
indicators, and every report of every agency."""

from collections.abc import Callable, Iterator
from datetime import datetime

from figures.intake import Hours, IntakeMark, hours_of, intake_line
from figures.lines import percent
from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import Visit, change
from layouts.notices import notices
from layouts.parts import card, footer, glyph, head, number, plain_source, sentence, simulated, state, table_link
from layouts.report_cards import coverage_card, matrix_card
from layouts.report_twins import counts_twin, coverage_twin, intake_twin, list_twin, matrix_twin
from layouts.report_words import SHAPES, days_text, report_words
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.words import begun, counted, due_text, name_of, period_of, source_title
from metrics.boards.expected import Report
from metrics.boards.intake import Delivered
from metrics.boards.reports import ReportsBoard
from metrics.figure import Figure
from metrics.reporting import State

_CAME = (State.ON_TIME, State.LATE, State.REJECTED)
#: So many refusals of the day are told in words.
_REFUSALS = 3


def page(board: ReportsBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    today = board.at == visit.moment.clock
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say, today=today), _facts(board, say), say),
        "notices": lambda: notices(visit, say),
        "coverage": lambda: coverage_card(board.coverage, board.updated is not None, say),
    }
    if board.empty:
        key = "reports.empty_within" if board.scoped else "reports.empty"
        text = state(say("reports.empty_title"), say(key), shape="na")
        parts["empty"] = lambda: card([text])
        alone = html.Div([html.Part("empty"), html.Part("coverage")], className="grid-reports")
        return Page({"frame": lambda: frame("reports", say, alone), **parts})
    parts |= {
        "periods": lambda: _periods(board, say),
        "counts": lambda: _tiles(board, say),
        "intake": lambda: _intake(board, say, today=today),
        "list": lambda: _list(board, say),
        "matrix": lambda: matrix_card(board, say),
    }
    side = html.Div([html.Part("intake"), html.Part("list")], className="reports-side")
    body = [
        *(html.Part(name) for name in ("periods", "counts")),
        html.Div([side, html.Part("coverage")], className="grid-reports"),
        html.Part("matrix"),
    ]
    twins = {
        "counts": lambda: counts_twin(board, say),
        "intake": lambda: intake_twin(board, say),
        "list": lambda: list_twin(board, say),
        "matrix": lambda: matrix_twin(board, say),
        "coverage": lambda: coverage_twin(board.coverage, say),
    }
    return Page({"frame": lambda: frame("reports", say, body), **parts}, twins, board)


def now_line(board: ReportsBoard, moment: datetime, say: Say) -> Child:
    """The hour of the machine on the line of its own day; nothing on any other, which is over or has not come."""
    if board.empty or board.at != moment.date():
        return None
    minute = 60 * moment.hour + moment.minute
    across = _hours(board).across(minute)
    if not 0 <= across <= 100:
        return None
    words = html.Span(say("reports.now", at=f"{moment:%H:%M}"), className="intake-word")
    return html.Span(words, className="intake-now" + (" intake-left" if across > 70 else ""),
                     style={"left": percent(across)})  # fmt: skip


def _answer(board: ReportsBoard, say: Say, *, today: bool) -> Child:
    if board.empty:
        return say("reports.answer_none_within" if board.scoped else "reports.answer_none")
    intake, counts = board.intake, dict(board.intake.counts)
    when = say("reports.today") if today else say("reports.on_day", day=day(board.at))
    if not intake.received.quantity.number:
        return sentence(say, "reports.answer_nothing", when=when, waiting=number(intake.waiting, say))
    figures = {"received": intake.received, "expected": intake.expected}
    figures |= {str(each): counts[each] for each in _CAME}
    return sentence(say, "reports.answer", when=when, **{name: number(each, say) for name, each in figures.items()})


def _facts(board: ReportsBoard, say: Say) -> list[Node]:
    if board.empty:
        return []
    waiting, agencies = number(board.intake.waiting, say), number(board.intake.waiting_agencies, say)
    missing, by = number(board.count(State.MISSING), say), number(board.agencies_missing, say)
    told = (
        sentence(say, "reports.fact_waiting", count=waiting, agencies=agencies),
        sentence(say, "reports.fact_missing", count=missing, agencies=by),
    )
    found = [html.Span(each, className="answer-fact") for each in told]
    return [*found, html.Span(simulated(say), className="label")] if board.simulated else found


def _periods(board: ReportsBoard, say: Say) -> Node:
    """Which days the reports speak of: never a month by its name alone."""
    found = [
        html.Span(
            sentence(
                say,
                "reports.period",
                period=html.B(begun(period_of(each.period.text, say))),
                days=days_text(each.period.start, each.period.end),
                count=number(each.regimes, say),
            ),
            className="report-period",
        )
        for each in board.cycles
    ]
    return html.Div([html.Span(say("reports.periods"), className="ink2"), *found], className="controls")


def _tiles(board: ReportsBoard, say: Say) -> Node:
    of = number(board.regimes, say)
    by = number(board.agencies_missing, say)
    late, missing, refused = (board.count(state) for state in (State.LATE, State.MISSING, State.REJECTED))
    every = number(board.expected, say)
    owed = sentence(say, "reports.tile_missing", count=by, n=number(missing, say))
    share = sentence(say, "reports.tile_share", share=number(board.share, say)) if board.share else None
    tiles = [
        _tile("expected", board.expected, sentence(say, "reports.tile_regimes", count=of, n=every), board, say),
        _tile("on_time", board.count(State.ON_TIME), share, board, say),
        _tile("late", late, counted("reports.tile_late", late, say), board, say),
        _tile("missing", missing, owed, board, say),
        _tile("rejected", refused, counted("reports.tile_rejected", refused, say), board, say),
        _digitised(board, say),
    ]
    return html.Div(tiles, className="grid-counts")


def _tile(name: str, figure: Figure, words: Child, board: ReportsBoard, say: Say) -> Node:
    shape = None if name == "expected" else glyph(SHAPES[State(name)])
    source = plain_source(say("reports.tile_source", day=day(board.at)))
    return card(
        [
            html.H2([shape, html.Span(say(f"reports.tile_{name}_title"))], className="card-title count-title"),
            html.P(
                [html.Span(number(figure, say), className="count-value"), html.Span(words)], className="count-line"
            ),
            footer(source, simulated(say) if board.simulated else None, table_link("counts", say)),
        ],
        simulated=board.simulated,
        name="card card-count",
    )


def _digitised(board: ReportsBoard, say: Say) -> Node:
    """How many regimes are digitised: hatched as long as nobody tells; and what was asked for, once it was."""
    of = number(board.regimes, say)
    if board.digitised is None:
        line = [html.Span(className="hatch count-hatch"), html.Span(sentence(say, "reports.tile_untold", count=of))]
    else:
        yes, told = (number(each, say) for each in board.digitised)
        line = [html.Span(yes, className="count-value"), html.Span(sentence(say, "reports.tile_told", told=told))]
    target = board.digitising
    words = say("reports.tile_no_target")
    if target is not None:
        source, due = source_title(target.source, say), due_text(target, say)
        words = say("reports.tile_target", source=source, due=due)
    return card(
        [
            html.H2(say("reports.tile_digitised"), className="card-title count-title"),
            html.P(line, className="count-line"),
            footer(
                plain_source(html.Span(words, title=words)),
                simulated(say) if board.simulated else None,
                table_link("counts", say),
            ),
        ],
        simulated=board.simulated,
        name="card card-count",
    )


def _marks(board: ReportsBoard) -> list[IntakeMark]:
    return [
        IntakeMark(60 * each.receipt.received_at.hour + each.receipt.received_at.minute, SHAPES[each.state])
        for each in board.intake.deliveries
    ]


def _hours(board: ReportsBoard) -> Hours:
    return hours_of(_marks(board), int(board.intake.waiting.quantity.number))


def _intake(board: ReportsBoard, say: Say, *, today: bool) -> Node:
    counts = dict(board.intake.counts)
    legend = [_legend(each, counts[each], say) for each in _CAME]
    waiting = int(board.intake.waiting.quantity.number)
    described = say("reports.described", day=day(board.at))
    drawn = intake_line(_marks(board), [SHAPES[each] for each in _CAME], waiting, described, html.Part("now"))
    title = say("reports.intake_today") if today else say("reports.intake_day", day=day(board.at))
    return card(
        [
            head(title, html.Span([*legend, _legend(State.WAITING, board.intake.waiting, say)], className="legend")),
            drawn,
            *(_refusal(each, say) for each in _refused(board)),
            _foot("intake", board, say),
        ],
        simulated=board.simulated,
        name="card card-intake",
    )


def _refused(board: ReportsBoard) -> list[Delivered]:
    return [each for each in board.intake.deliveries if each.state is State.REJECTED][:_REFUSALS]


def _refusal(each: Delivered, say: Say) -> Node:
    """A refused delivery in words, with the codes where the product itself refused it."""
    words = {"agency": html.B(name_of(each.agency, say)), "regime": name_of(each.regime, say)}
    told = sentence(say, "reports.refused", **words, at=f"{each.receipt.received_at:%H:%M}")
    codes = [" ", html.Code(each.receipt.codes.replace(";", " "))] if each.receipt.codes else []
    return html.P([glyph(SHAPES[State.REJECTED]), html.Span([*told, *codes])], className="refusal")


def _legend(each: State, count: Figure, say: Say) -> Node:
    words = [glyph(SHAPES[each]), html.Span([say(f"report.{each}"), " ", number(count, say)])]
    return html.Span(words, className="legend-part")


def _list(board: ReportsBoard, say: Say) -> Node:
    chosen: list[Child] = []
    if board.agency is not None:
        chosen.append(_chosen(name_of(board.agency, say), "agency", say))
    if board.regime is not None:
        chosen.append(_chosen(name_of(board.regime, say), "regime", say))
    if board.shown:
        body: Node = html.Ul([_row(each, say) for each in board.shown], className="report-list")
    else:
        body = state(say("reports.none_title"), say("reports.none"), shape="good")
    rest = sentence(say, "reports.more", count=number(board.more, say)) if board.more.quantity.number else None
    return card(
        [
            head(say("reports.list_title"), chosen or say("reports.list_order")),
            body,
            html.P(rest, className="method") if rest else None,
            _foot("list", board, say),
        ],
        simulated=board.simulated,
        name="card card-reports",
    )


def _foot(name: str, board: ReportsBoard, say: Say) -> Node:
    source = plain_source(say(f"reports.{name}_note"))
    return footer(source, simulated(say) if board.simulated else None, table_link(name, say))


def _chosen(name: str, what: str, say: Say) -> Node:
    """What the list is narrowed to, and how it is widened again."""
    told = {"aria-label": say("reports.widen", name=name)}
    return html.A([name, glyph("close")], href=change(**{what: None}), className="button", **told)


def _row(each: Report, say: Say) -> Node:
    regime = html.A(name_of(each.regime, say), href=change(regime=each.regime.code))
    return html.Li(
        [
            glyph(SHAPES[each.state], say(f"report.{each.state}")),
            html.Span(
                [
                    html.A(
                        name_of(each.agency, say), href=change(agency=each.agency.code), className="report-agency"
                    ),
                    html.Small([regime, ", ", report_words(each, say)]),
                ],
                className="report-what",
            ),
            html.Span(list(_standing(each, say)), className="report-days"),
        ],
        **{"data-status": SHAPES[each.state], "data-state": str(each.state)},
    )


def _standing(each: Report, say: Say) -> Iterator[Child]:
    days = number(each.days, say) if each.days else None
    if each.state is State.MISSING:
        yield html.Span(sentence(say, "reports.days_missing", days=days), className="inv")
    elif each.state is State.REJECTED:
        yield html.B(say("reports.days_refused"))
        if each.days and each.days.quantity.number:
            yield html.Small(sentence(say, "reports.days_since", days=days))
    else:
        yield html.B(sentence(say, "reports.days_late", days=days))
