"""The band of the day: what is due, what is owed from before, how many regimes are digitised."""

from collections.abc import Sequence

from figures.node import Child, Node
from figures.squares import square, squares
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import number, sentence, state
from layouts.wall_age import age
from layouts.wall_scene import part_simulated, wall_card
from layouts.words import counted
from metrics.boards.today import TodayBoard
from metrics.figure import Figure
from metrics.reporting import State

#: The states of what is due on the day.
_DUE = (State.ON_TIME, State.REJECTED, State.WAITING)


def band_card(board: TodayBoard, say: Say, *, far: bool = False) -> Node:
    """The three parts side by side; from ten metres the first two."""
    title = say("wall.today_band", day=day(board.at))
    if board.reports.empty:
        body = state(say("reports.empty_title"), say("wall.today_no_regimes_under"), shape="na")
        return wall_card("wall-due", title, body, "")
    parts = [_due(board, say), _debt(board, say), _digitised(board, say)]
    return wall_card(
        "wall-due",
        title,
        html.Div(parts[:2] if far else parts, className="due-band"),
        None,
        label=part_simulated(board.reports.simulated, say),
        age=age(board.fresh, say),
    )


def _due(board: TodayBoard, say: Say) -> Node:
    told = counted("wall.today_due", board.due.count, say)
    head = big([number(board.due.count, say)], told)
    if not board.due.count.quantity.number:
        words = [say("wall.today_nothing_due"), ". ", next_words(board, say)]
        return html.Div([head, html.P(words, className="due-none")])
    counts = [(str(each), board.due.number(each)) for each in _DUE]
    key = [report_key(str(each), count, say) for each, count in _in_order(board.due.states, _DUE)]
    return html.Div([head, squares(counts, told, name=f"due/{board.at}"), html.P(key, className="due-key")])


def next_words(board: TodayBoard, say: Say) -> Child:
    """When reports are due next, and how many; that none are any more."""
    if board.next_due is None:
        return say("wall.today_next_none")
    on, count = board.next_due
    return sentence(say, "wall.today_next", day=day(on), n=number(count, say))


def _debt(board: TodayBoard, say: Say) -> Node:
    debt = board.debt
    told = counted("wall.today_debt", debt.count, say)
    head = big([number(debt.count, say)], told)
    if not debt.count.quantity.number:
        return html.Div([head, html.P(say("wall.today_nobody_owes"), className="due-none")])
    parts = (
        ("late", debt.cleared, "cleared"),
        ("rejected", debt.refused, "refused"),
        ("missing", debt.missing, "missing"),
    )
    counts = [(sign, int(count.quantity.number)) for sign, count, _ in parts]
    key = [
        report_key(sign, count, say, f"wall.today_debt_{word}")
        for sign, count, word in parts
        if count.quantity.number
    ]
    return html.Div([head, squares(counts, told, name=f"debt/{board.at}"), html.P(key, className="due-key")])


def _digitised(board: TodayBoard, say: Say) -> Node:
    """How many regimes are digitised: hatched where no source tells; no date was set, so that nothing is judged."""
    reports = board.reports
    named = counted("wall.today_digitised", reports.regimes, say)
    if reports.digitised is None:
        head = big(["–/", number(reports.regimes, say)], named)
        bar: Node = html.Span(className="hatch due-hatch")
        words: Child = say("wall.today_untold")
    else:
        yes, told = reports.digitised
        head = big([number(yes, say), "/", number(reports.regimes, say)], named)
        share = 100 * float(yes.quantity.number) / max(1.0, float(reports.regimes.quantity.number))
        bar = html.Span(html.Span(style={"width": f"{share:.2f}%"}), className="due-share")
        words = sentence(say, "wall.today_told", n=number(told, say))
    aim = say("wall.today_no_due") if reports.digitising else say("reports.tile_no_target")
    return html.Div([head, bar, html.P([html.Span(words), html.Span(aim)], className="due-key")])


def big(figures: list[Child], words: Child) -> Node:
    """A large number and what it is of."""
    return html.P([html.B(figures), html.Span(words)], className="due-big")


def report_key(sign: str, count: Figure, say: Say, key: str = "") -> Node:
    """What a square means, and how many of it there are; `key` names other words than those of the state."""
    words = say(key) if key else say(f"wall.today_key_{sign}")
    return html.Span([square(sign), html.B(number(count, say)), words])


def _in_order(states: Sequence[tuple[State, Figure]], order: Sequence[State]) -> list[tuple[State, Figure]]:
    return sorted((each for each in states if each[0] in order), key=lambda each: order.index(each[0]))
