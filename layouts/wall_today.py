"""The scene of the day: what is due and owed, who owes it, what stands of the indicators, and what to look into."""

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil

from figures.due_days import DueColumn, due_days, tick_values
from figures.node import Child, Node
from figures.squares import square, squares
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import number, sentence, state
from layouts.report_twins import counts_twin, coverage_twin, list_twin
from layouts.wall_day import big, coverage_card, cycles_card, digitised, quality_card, report_key
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, wall_card
from layouts.words import counted, name_of
from metrics.boards.quality import Quality
from metrics.boards.today import DueDay, Owing, TodayBoard
from metrics.figure import Figure
from metrics.reporting import State

#: So many columns and agencies there is room for; from so many days on a debt stands inverse.
_COLUMNS, _AGENCIES = 14, 9
#: So many days have room for their label.
_LABELS = 8
#: From ten metres so many agencies.
_FAR = 5
_LONG = 5
#: The states of a due day from its foot up, and those of the signs: what is seen from far first.
_STACK = (State.ON_TIME, State.REJECTED, State.LATE, State.WAITING, State.MISSING)
_SIGNS = (State.ON_TIME, State.MISSING, State.REJECTED, State.LATE, State.WAITING)
#: The states of what is due today, and of what was owed when the day began.
_DUE = (State.ON_TIME, State.REJECTED, State.WAITING)

Today = Callable[[], TodayBoard]


def scene(named: tuple[str, int], today: Today, quality: Callable[[], Quality], say: Say) -> Scene:
    """The scene; `named` is its name and how many seconds it stays."""
    name, seconds = named
    return Scene(
        name,
        "today",
        seconds,
        title=lambda: say("wall.today_title"),
        answers=lambda: (_received(today(), say), _owing_answer(today(), say), _changed(today(), say)),
        parts={
            "due": lambda: _band(today(), say),
            "days": lambda: _days(today(), say),
            "cycles": lambda: cycles_card(today(), say),
            "owing": lambda: _owing(today(), say),
            "coverage": lambda: coverage_card(today(), say),
            "quality": lambda: quality_card(quality(), say),
        },
        body=_places(name),
        foot=lambda: _foot(today(), say),
        boards=lambda: [today(), quality()],
        far=(
            Far(0, {"due": lambda: _band(today(), say, far=True)}),
            Far(1, {"owing": lambda: _owing(today(), say, most=_FAR)}),
            Far(2, {"coverage": lambda: coverage_card(today(), say)}),
        ),
        twins={
            "due": lambda: counts_twin(today().reports, say),
            "owing": lambda: list_twin(today().reports, say),
            "coverage": lambda: coverage_twin(today().reports.coverage, say),
        },
    )


def _places(name: str) -> list[Node]:
    part = {each: html.Part(own(name, each)) for each in ("due", "days", "cycles", "owing", "coverage", "quality")}
    return [
        part["due"],
        html.Div([part["days"], part["cycles"]], className="wall-stack"),
        part["owing"],
        html.Div([part["coverage"], part["quality"]], className="wall-stack"),
    ]


# Answers


def _received(board: TodayBoard, say: Say) -> Answer:
    """Whether everything that is due today came; before midnight what did not is not late."""
    question = say("wall.today_ask_received")
    label = part_simulated(board.reports.simulated, say)
    if board.reports.empty:
        return Answer(question, say("wall.today_no_regimes"), say("wall.today_no_regimes_under"), "na", label)
    states = dict(board.due.states)
    if not board.due.count.quantity.number:
        return Answer(question, say("wall.today_nothing_due"), _next(board, say), "na", label)
    on_time = states.get(State.ON_TIME)
    if on_time is None:
        words: Child = sentence(say, "wall.today_none_came", of=number(board.due.count, say))
    else:
        words = sentence(say, "wall.today_came", n=number(on_time, say), of=number(board.due.count, say))
    told = [
        sentence(say, f"wall.today_{each}", n=number(states[each], say))
        for each in (State.WAITING, State.REJECTED)
        if each in states
    ]
    under = _joined(told) if told else say("wall.today_all_came")
    return Answer(question, words, under, "watch" if told else "good", label)


def _next(board: TodayBoard, say: Say) -> Child:
    if board.next_due is None:
        return say("wall.today_next_none")
    on, count = board.next_due
    return sentence(say, "wall.today_next", day=day(on), n=number(count, say))


def _owing_answer(board: TodayBoard, say: Say) -> Answer:
    question, reports = say("wall.today_ask_owing"), board.reports
    label = part_simulated(reports.simulated, say)
    if not board.owing:
        return Answer(question, say("wall.today_nobody_owes"), None, "na" if reports.empty else "good", label)
    counts = {"n": number(reports.agencies_missing, say), "m": number(reports.count(State.MISSING), say)}
    longest = board.owing[0]
    under = sentence(say, "wall.today_longest", agency=name_of(longest.agency, say), days=number(longest.days, say))
    return Answer(question, sentence(say, "wall.today_owing", **counts), under, "overdue", label)


def _changed(board: TodayBoard, say: Say) -> Answer:
    changes = board.changes
    question = say("wall.ask_changed", day=day(changes.since.day)[:5])
    counted = (
        ("cleared", board.debt.cleared),
        ("newly_missing", changes.newly_missing),
        ("reports", changes.reports),
    )
    told = [sentence(say, f"wall.today_new_{name}", n=number(each, say)) for name, each in counted if _any(each)][:2]
    more = (("covered", board.covered), ("arrived", changes.arrived), ("corrections", changes.corrections))
    under = [sentence(say, f"wall.today_new_{name}", n=number(each, say)) for name, each in more if _any(each)][:2]
    shape = "overdue" if _any(changes.newly_missing) else None
    label = part_simulated(changes.simulated, say)
    return Answer(
        question,
        _joined(told) if told else say("wall.today_nothing_new"),
        _joined(under) if under else say("wall.today_no_new_figures"),
        shape,
        label,
    )


def _any(figure: Figure) -> bool:
    return bool(figure.quantity.number)


def _joined(told: Sequence[Child]) -> list[Child]:
    """Several in one line."""
    return [part for at, each in enumerate(told) for part in ((", ", each) if at else (each,))]


# The band: due today, owed from before, how many regimes are digitised


def _band(board: TodayBoard, say: Say, *, far: bool = False) -> Node:
    title = say("wall.today_band", day=day(board.at))
    if board.reports.empty:
        body = state(say("reports.empty_title"), say("wall.today_no_regimes_under"), shape="na")
        return wall_card("wall-due", title, body, "")
    parts = [_due(board, say), _debt(board, say), digitised(board, say)]
    return wall_card(
        "wall-due",
        title,
        html.Div(parts[:2] if far else parts, className="due-band"),
        None,
        label=part_simulated(board.reports.simulated, say),
    )


def _due(board: TodayBoard, say: Say) -> Node:
    told = counted("wall.today_due", board.due.count, say)
    head = big([number(board.due.count, say)], told)
    if not _any(board.due.count):
        words = [say("wall.today_nothing_due"), ". ", _next(board, say)]
        return html.Div([head, html.P(words, className="due-none")])
    counts = [(str(each), board.due.number(each)) for each in _DUE]
    key = [report_key(str(each), count, say) for each, count in _in_order(board.due.states, _DUE)]
    return html.Div([head, squares(counts, told), html.P(key, className="due-key")])


def _debt(board: TodayBoard, say: Say) -> Node:
    debt = board.debt
    told = counted("wall.today_debt", debt.count, say)
    head = big([number(debt.count, say)], told)
    if not _any(debt.count):
        return html.Div([head, html.P(say("wall.today_nobody_owes"), className="due-none")])
    parts = (
        ("late", debt.cleared, "cleared"),
        ("rejected", debt.refused, "refused"),
        ("missing", debt.missing, "missing"),
    )
    counts = [(sign, int(count.quantity.number)) for sign, count, _ in parts]
    key = [report_key(sign, count, say, f"wall.today_debt_{word}") for sign, count, word in parts if _any(count)]
    return html.Div([head, squares(counts, told), html.P(key, className="due-key")])


def _in_order(states: Sequence[tuple[State, Figure]], order: Sequence[State]) -> list[tuple[State, Figure]]:
    return sorted((each for each in states if each[0] in order), key=lambda each: order.index(each[0]))


# By due day, and who owes


def _days(board: TodayBoard, say: Say) -> Node:
    title, shown = say("wall.today_days"), board.days[-_COLUMNS:]
    if not shown:
        body = state(say("reports.empty_title"), say("wall.today_no_regimes_under"), shape="na")
        return wall_card("wall-days", title, body, "")
    step = ceil(len(shown) / _LABELS)
    columns = [
        _column(each, board.at, say, labelled=(len(shown) - 1 - at) % step == 0) for at, each in enumerate(shown)
    ]
    written = [f"{each}" for each in tick_values(columns)]
    before = [each for each in board.days if each not in shown]
    words = say("wall.today_days_note")
    if before:
        words = say("wall.today_days_before", day=day(shown[0].on))
    return wall_card(
        "wall-days",
        title,
        due_days(columns, say("wall.today_days"), written),
        words,
        label=part_simulated(board.reports.simulated, say),
    )


def _column(each: DueDay, at: date, say: Say, *, labelled: bool) -> DueColumn:
    counts = [(str(one), each.number(one)) for one in _STACK]
    now = each.on == at
    word = say("wall.tasks_today") if now else day(each.on)[:5]
    return DueColumn(counts, word if labelled else None, now)


def _owing(board: TodayBoard, say: Say, most: int = _AGENCIES) -> Node:
    title = say("wall.today_owing_title")
    if not board.owing:
        text = say("reports.empty_title") if board.reports.empty else ""
        body = state(say("wall.today_nobody_owes"), text, shape="na" if board.reports.empty else "good")
        return wall_card("wall-owing", title, body, "")
    rows = [_owes(each, say) for each in board.owing[:most]]
    rest = len(board.owing) - len(rows)
    words: list[Child] = [say("wall.today_owing_order")]
    if rest:
        words.append(html.Span(say("wall.today_owing_more", count=rest), className="wall-more"))
    return wall_card(
        "wall-owing",
        title,
        html.Ul(rows, className="lags"),
        words,
        label=part_simulated(board.reports.simulated, say),
    )


def _owes(each: Owing, say: Say) -> Node:
    under: list[Child] = sentence(say, "wall.today_owes", n=number(each.missing, say))
    if each.reminders:
        told = {"n": number(each.reminded, say), "day": day(each.reminders[0].day)}
        under += ["; ", *sentence(say, "wall.today_reminded", **told)]
    else:
        under += ["; ", say("wall.today_not_reminded")]
    days = number(each.days, say)
    late = html.Span(days, className="inv") if each.days.quantity.number >= _LONG else html.B(days)
    words = html.Span([html.B(name_of(each.agency, say)), html.Small(under)], className="lag-words")
    return html.Li([square("missing"), words, html.Span(late)], **{"data-agency": each.agency.code})


def _foot(board: TodayBoard, say: Say) -> list[Child]:
    """What the squares mean, and where the reports come from."""
    legend = [html.Span([square(str(each)), say(f"wall.today_key_{each}")]) for each in _SIGNS]
    return [html.Span(legend, className="wall-legend"), html.Span(say("wall.today_source"), className="wall-source")]
