"""The scene of the day: what is due and owed, who owes it, what stands of the indicators, and what to look into."""

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil

from figures.due_days import DueColumn, due_days, tick_values
from figures.node import Child, Node
from figures.squares import square
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import number, sentence, state
from layouts.report_twins import counts_twin, coverage_twin, list_twin
from layouts.wall_age import age
from layouts.wall_band import band_card, next_words
from layouts.wall_day import coverage_card, cycles_card, owing_card, quality_card
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, wall_card
from layouts.words import name_of
from metrics.boards.quality import Quality
from metrics.boards.today import DueDay, TodayBoard
from metrics.figure import Figure
from metrics.reporting import State

#: So many columns there is room for.
_COLUMNS = 14
#: So many days have room for their label.
_LABELS = 8
#: From ten metres so many agencies.
_FAR = 5
#: The states of a due day from its foot up, and those of the signs: what is seen from far first.
_STACK = (State.ON_TIME, State.REJECTED, State.LATE, State.WAITING, State.MISSING)
_SIGNS = (State.ON_TIME, State.MISSING, State.REJECTED, State.LATE, State.WAITING)

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
            "due": lambda: band_card(today(), say),
            "days": lambda: _days(today(), say),
            "cycles": lambda: cycles_card(today(), say),
            "owing": lambda: owing_card(today(), say),
            "coverage": lambda: coverage_card(today(), say),
            "quality": lambda: quality_card(quality(), say),
        },
        body=_places(name),
        foot=lambda: _foot(today(), say),
        boards=lambda: [today(), quality()],
        far=(
            Far(0, {"due": lambda: band_card(today(), say, far=True)}),
            Far(1, {"owing": lambda: owing_card(today(), say, most=_FAR)}),
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
        return Answer(question, say("wall.today_nothing_due"), next_words(board, say), "na", label)
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


# By due day


def _days(board: TodayBoard, say: Say) -> Node:
    title, shown = say("wall.today_days"), board.days[-_COLUMNS:]
    if not shown:
        body = state(say("reports.empty_title"), say("wall.today_no_regimes_under"), shape="na")
        return wall_card("wall-days", title, body, "")
    step = ceil(len(shown) / _LABELS)
    last = len(shown) - 1
    # The word for today is wider than a day, so that the one before it has none.
    bare = last - 1 if shown[last].on == board.at else None
    columns = [
        _column(each, board.at, say, labelled=(last - at) % step == 0 and at != bare) for at, each in enumerate(shown)
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
        age=age(board.fresh, say),
    )


def _column(each: DueDay, at: date, say: Say, *, labelled: bool) -> DueColumn:
    counts = [(str(one), each.number(one)) for one in _STACK]
    now = each.on == at
    word = say("wall.tasks_today") if now else day(each.on)[:5]
    return DueColumn(counts, word if labelled else None, now)


def _foot(board: TodayBoard, say: Say) -> list[Child]:
    """What the squares mean, and where the reports come from."""
    legend = [html.Span([square(str(each)), say(f"wall.today_key_{each}")]) for each in _SIGNS]
    return [html.Span(legend, className="wall-legend"), html.Span(say("wall.today_source"), className="wall-source")]
