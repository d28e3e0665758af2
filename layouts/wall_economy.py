"""The scene of the socio-economic targets: the plan of a year against its result, in the official order."""

from collections.abc import Callable, Sequence

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.economy import counts, figure_labels, figure_sources, legend_parts, numbers_of, plan_label, plan_sources
from layouts.economy_twins import plan_twin
from layouts.parts import labels, number, sentence, state, told
from layouts.wall_age import age
from layouts.wall_economy_rows import far_heads, far_row, plan_heads, plan_row
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card
from layouts.words import in_sentence, period_of, title_of
from metrics.boards.economy import REACHED, Economy
from metrics.boards.plan_lines import PlanLine
from metrics.plans import Change, Doubt

#: So many lines stand in one column; with the reason of a doubt fewer fit.
_ROWS, _MOST_DOUBTED = 6, 4
#: What the next plan does to this one, as the answer tells it; that it only puts it otherwise stands under it.
_TOLD = (Change.RAISED, Change.LOWERED, Change.KEPT)


def scene(named: tuple[str, int], made: Callable[[], Economy], say: Say) -> Scene:
    """The scene; `named` is its name and how many seconds it stays."""
    name, seconds = named
    places = [html.Part(own(name, part)) for part in ("first", "last")]
    return Scene(
        name,
        "economy",
        seconds,
        title=lambda: _title(made(), say),
        answers=lambda: _answers(made(), say),
        parts={
            "first": lambda: _half(made(), made().lines[:_ROWS], say),
            "last": lambda: _half(made(), made().lines[_ROWS:], say),
        },
        body=html.Div(places, className="plan-halves"),
        foot=lambda: _foot(made(), say),
        boards=lambda: [made()],
        far=(
            Far(0, {"first": lambda: _far(made(), made().lines[:_ROWS], say)}),
            Far(0, {"last": lambda: _far(made(), made().lines[_ROWS:], say)}),
            Far(1, {"doubted": lambda: _doubted(made(), say)}),
            Far(2, {"changed": lambda: _changed(made(), say)}),
        ),
        twins={"plan": lambda: plan_twin(made(), say)},
    )


def _title(board: Economy, say: Say) -> Child:
    if board.year is None:
        return say("economy.title_none")
    return sentence(say, "wall.economy_title", of=number(board.of, say), year=period_of(board.year.text, say))


def _answers(board: Economy, say: Say) -> Sequence[Answer]:
    return (_reached(board, say), _short(board, say), _next(board, say))


def _reached(board: Economy, say: Say) -> Answer:
    """How many met or exceeded the plan by our rule; under it the verdicts of the source, quoted."""
    if board.year is None:
        return Answer(say("wall.economy_ask_none"), say("wall.economy_no_plan"), shape="nr")
    question = say("wall.economy_ask", year=period_of(board.year.text, say))
    if not board.told:
        plan = sentence(say, "wall.economy_plan", of=number(board.of, say))
        return Answer(question, say("status.never"), plan, "nr")
    words = sentence(say, "wall.economy_reached", n=number(board.reached, say), of=number(board.of, say))
    label = labels(*figure_labels(board, say), part_simulated(board.simulated, say, partly=True))
    return Answer(question, words, _verdicts(board, say), "unmet" if board.short.quantity.number else "met", label)


def _verdicts(board: Economy, say: Say) -> list[Child]:
    """What the source says of the year, and how many it gives no number of."""
    found: list[Child] = []
    if board.verdicts:
        worded = [(in_sentence(say(f"economy.verdict_{word}")), n) for word, n in board.verdicts]
        found += sentence(say, "wall.economy_verdicts", counts=counts(worded, say))
    for key, figure in (("wall.economy_unnumbered", board.unnumbered), ("wall.economy_untold", board.untold)):
        if figure.quantity.number:
            found += ["; " if found else "", *sentence(say, key, n=number(figure, say))]
    return found


def _short(board: Economy, say: Say) -> Answer:
    """What fell short, and whose verdict wants a second look."""
    question = say("wall.economy_ask_short")
    if not board.told:
        return Answer(question, say("status.never"), shape="nr")
    figures = {"short": number(board.short, say), "doubtful": number(board.doubtful, say)}
    words = sentence(say, "wall.economy_short", **figures)
    label = told(say("label.derived"))
    worst = board.worst
    if worst is not None and worst.missing is not None:
        parts = {"name": title_of(worst.indicator, say), "amount": number(worst.missing, say)}
        return Answer(question, words, sentence(say, "wall.economy_worst", **parts), "unmet", label)
    named = [say(f"wall.economy_doubt_{doubt}", names=_numbers(board, doubt)) for doubt, _ in board.doubts]
    shape = "watch" if board.doubts else "good"
    return Answer(question, words, "; ".join(named) or say("wall.economy_no_doubt"), shape, label)


def _numbers(board: Economy, doubt: Doubt) -> str:
    return numbers_of(line for line in board.lines if line.doubt is doubt)


def _next(board: Economy, say: Say) -> Answer:
    """What the plan of the next year does to this one."""
    if board.year is None or board.after is None or not board.changes:
        return Answer(say("wall.economy_ask_next_none"), say("wall.economy_no_next"))
    years = {"after": period_of(board.after.text, say), "year": period_of(board.year.text, say)}
    found = dict(board.changes)
    named = [(say(f"economy.count_{change}"), found[change]) for change in _TOLD if change in found]
    reworded = found.get(Change.REWORDED)
    under = None
    if reworded is not None:
        lines = numbers_of(line for line in board.lines if line.change is Change.REWORDED)
        under = sentence(say, "wall.economy_reworded", n=number(reworded, say), names=lines)
    words: Child = counts(named, say) if named else say("wall.economy_all_reworded")
    return Answer(say("wall.economy_ask_next", **years), words, under)


def _half(board: Economy, lines: Sequence[PlanLine], say: Say) -> Node:
    """Six lines of the plan, one under the other."""
    if board.year is None or not lines:
        nothing = state(say("economy.nothing_title"), say("economy.nothing"), shape="nr")
        return wall_card("wall-plan", say("economy.title_none"), nothing, "")
    is_first = lines[0] is board.lines[0]
    ahead = board.after is not None
    shown = [plan_heads(board, say), *(plan_row(line, say, ahead=ahead) for line in lines)]
    rows = html.Div(shown, className="plan-rows")
    told_by = (figure_sources(board, say) or say("status.never")) if is_first else plan_sources(board, say)
    foot = [html.Span(told_by), labels(*figure_labels(board, say)) if is_first else plan_label(board, say)]
    return wall_card("wall-plan", _ends(lines, say), rows, foot, age=age(board.fresh, say), marks=_marks(board))


def _ends(lines: Sequence[PlanLine], say: Say) -> list[Child]:
    """From which line to which: "Chỉ tiêu 1 đến 6"."""
    first, last = (number(line.number, say) if line.number else "" for line in (lines[0], lines[-1]))
    return sentence(say, "wall.economy_half", first=first, last=last)


def _far(board: Economy, lines: Sequence[PlanLine], say: Say) -> Node:
    """Six lines without their bars."""
    if board.year is None or not lines:
        return _half(board, lines, say)
    rows = [far_heads(board, say), *(far_row(line, say) for line in lines)]
    body, title = html.Div(rows, className="plan-rows plan-far"), _ends(lines, say)
    aged, marks = age(board.fresh, say), _marks(board)
    return wall_card("wall-plan-far", title, body, _labels(board, say), age=aged, marks=marks)


def _doubted(board: Economy, say: Say) -> Node:
    """The lines that fell short, then those whose verdict wants a second look."""
    short = [line for line in board.lines if line.status is not None and line.status not in REACHED]
    lines = [*short, *(line for line in board.lines if line.doubt and line not in short)]
    title = say("wall.economy_doubted")
    if not lines:
        words = say("wall.economy_no_doubt") if board.told else say("status.never")
        nothing = state(words, "", shape="good" if board.told else "nr")
        return wall_card("wall-plan-far", title, nothing, "", age=age(board.fresh, say))
    rows = [far_heads(board, say), *(far_row(line, say, why=True) for line in lines[:_MOST_DOUBTED])]
    body, foot = html.Div(rows, className="plan-rows plan-far"), _far_foot(board, len(lines) - _MOST_DOUBTED, say)
    return wall_card("wall-plan-far", title, body, foot, age=age(board.fresh, say), marks=_marks(board))


def _far_foot(board: Economy, left: int, say: Say) -> list[Child]:
    """How sure the figures are, and how many lines have no room."""
    return [_labels(board, say), say("wall.economy_more", count=left) if left > 0 else None]


def _changed(board: Economy, say: Say) -> Node:
    """The lines of which the next plan moves the number."""
    after = period_of(board.after.text, say) if board.after else ""
    title = say("wall.economy_changed", after=after)
    lines = [line for line in board.lines if line.change in (Change.RAISED, Change.LOWERED)]
    if not lines:
        words = say("wall.economy_unchanged") if board.after else say("wall.economy_no_next")
        return wall_card("wall-plan-far", title, state(words, "", shape="na"), "")
    rows = [far_heads(board, say, ahead=True), *(far_row(line, say, ahead=True) for line in lines[:_ROWS])]
    body, foot = html.Div(rows, className="plan-rows plan-far"), _far_foot(board, len(lines) - _ROWS, say)
    return wall_card("wall-plan-far", title, body, foot, age=age(board.fresh, say), marks=_marks(board))


def _labels(board: Economy, say: Say) -> Node | None:
    return labels(*figure_labels(board, say), plan_label(board, say))


def _marks(board: Economy) -> dict[str, str]:
    return {"data-simulated": "true"} if board.simulated else {}


def _foot(board: Economy, say: Say) -> list[Child]:
    if board.year is None:
        return []
    plans = [each.source.code for line in board.lines for each in (line.plan, line.next) if each]
    codes = ", ".join(dict.fromkeys([*(each.code for each in board.sources), *plans]))
    legend, source = signs([("watch", say("economy.check"))], say("wall.source", source=codes))
    return [html.Span(legend_parts(board, say), className="wall-legend plan-legend"), legend, source]
