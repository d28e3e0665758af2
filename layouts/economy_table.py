"""The lines of a year's plan as a table: target, figure, the verdict of the source beside ours, the next plan."""

from collections.abc import Callable, Iterator, Mapping

from figures.node import Child, Node
from figures.plan_bar import PlanShape, plan_bar
from i18n import Say
from layouts import html
from layouts.address import indicator_path
from layouts.parts import chip, figure_link, glyph, number, sentence
from layouts.said import printed_words, verdict_chip
from layouts.words import in_sentence, period_of, printed, shape_key, title_of
from metrics.boards.economy import Economy
from metrics.boards.national import POINTS
from metrics.boards.plan_lines import Plan, PlanLine
from metrics.figure import Figure
from metrics.plans import Doubt, Side, ends
from metrics.status import Status

_COLUMNS = ("name", "plan", "value", "verdict", "ours", "next")


def plan_table(board: Economy, say: Say) -> Node:
    """A row for each line, and below it one for each of its parts."""
    years = {
        "year": period_of(board.year.text, say) if board.year else "",
        "after": period_of(board.after.text, say) if board.after else "",
    }
    shown = {name: say(f"economy.head_{name}", **years) for name in _COLUMNS if name != "next" or board.after}
    heads = [html.Th(word, scope="col", className=f"plan-{name}-cell") for name, word in shown.items()]
    body = [row for line in board.lines for row in _rows(line, shown, say)]
    return html.Table(
        [html.Caption(say("economy.title", year=years["year"]), className="offscreen"),
         html.Thead(html.Tr(heads)), html.Tbody(body)],
        className="plan",
    )  # fmt: skip


def _rows(line: PlanLine, shown: Mapping[str, str], say: Say) -> Iterator[Node]:
    yield _row(line, shown, say)
    for part in line.parts:
        yield _row(part, shown, say)


def _row(line: PlanLine, shown: Mapping[str, str], say: Say) -> Node:
    cells: dict[str, Callable[[], Child]] = {
        "plan": lambda: plan_drawing(line, say),
        "value": lambda: _value(line, say),
        "verdict": lambda: _verdict(line, say),
        "ours": lambda: _ours(line, say),
        "next": lambda: _next(line, say),
    }
    name = html.Th(
        html.Div(
            [
                html.Span(number(line.number, say), className="plan-no") if line.number else None,
                html.A(title_of(line.indicator, say), href=indicator_path(line.indicator.code)),
            ],
            className="plan-name",
        ),
        scope="row",
        className="plan-name-cell",
    )
    return html.Tr(
        [name, *(_cell(each, word, cells) for each, word in shown.items() if each != "name")],
        className="plan-part" if line.number is None else None,
        **{"data-status": str(line.status or Status.NA if line.known else Status.NR), "data-doubt": line.doubt},
    )


def _cell(name: str, word: str, cells: Mapping[str, Callable[[], Child]]) -> Node:
    """A cell with the name of its column, which a narrow window shows in place of the head."""
    return html.Td(cells[name](), className=f"plan-{name}-cell", **{"data-name": word})


def aim(plan: Plan, say: Say, *, unit: bool = True) -> list[Child]:
    """A target in words: "dưới 4%"; without its unit where that stands beside it already."""
    return sentence(say, shape_key(plan.target), value=number(plan.value, say, unit=unit))


def plan_drawing(line: PlanLine, say: Say) -> Child:
    """The bar of a line; of a part the words alone."""
    if line.plan is None:
        return say("economy.no_plan")
    low, high = (float(each) for each in ends(line.plan.target))
    if line.number is None or high <= 0:
        return aim(line.plan, say)
    shape = PlanShape(
        low,
        high,
        _good(line),
        about=line.plan.target.shape == "about",
        value=_both(line.value),
        following=_both(line.next.value) if line.next else None,
    )
    said = (printed(line.plan.value, say).text, stands_text(line, say))
    return plan_bar(shape, aim(line.plan, say), ", ".join(each for each in said if each))


def _good(line: PlanLine) -> int:
    """The side of the target that is good: 1 above, -1 below, 0 between."""
    shape = line.plan.target.shape if line.plan else ""
    sides = {"higher": 1, "lower": -1}
    return {"at_least": 1, "at_most": -1}.get(shape, sides.get(line.indicator.direction, 0))


def _both(figure: Figure | None) -> tuple[float, float] | None:
    if figure is None:
        return None
    low, high = figure.quantity.number, figure.quantity.upper
    return float(low), float(low if high is None else high)


def _value(line: PlanLine, say: Say) -> list[Child]:
    if line.value is not None:
        trace = line.value.trace
        sure = trace is None or trace.certainty != "unconfirmed"
        shown: Child = figure_link(line.value, say)
        note = stands(line, say)
    elif line.words is not None:
        sure = line.words.certainty != "unconfirmed"
        shown, note = printed_words(line.words, say), [say("economy.no_number")]
    else:
        return [html.Span([html.Span(className="hatch"), say("status.never")], className="plan-absent")]
    doubt = [] if sure else ["; " if note else "", html.B(in_sentence(say("label.unconfirmed")))]
    return [html.Span(shown, className="plan-figure"), html.Small([*note, *doubt])]


def stands(line: PlanLine, say: Say) -> list[Child]:
    """Where the figure stands to its plan: "cao hơn cận trên 0,22 điểm %"; nothing without both."""
    key = _side(line)
    if key is None:
        return []
    return [say(key)] if line.by is None else sentence(say, key, by=_by(line.by, say))


def _by(by: Figure, say: Say) -> Node:
    """A distance: in points, or in the unit that stands beside it already."""
    return number(by, say, unit=by.unit == POINTS)


def stands_text(line: PlanLine, say: Say) -> str:
    """The same as one text; empty without both."""
    key = _side(line)
    if key is None:
        return ""
    return say(key) if line.by is None else say(key, by=printed(line.by, say).text)


def _side(line: PlanLine) -> str | None:
    if line.side is None or line.plan is None:
        return None
    if line.side in (Side.INSIDE, Side.EQUAL):
        return f"economy.side_{line.side}"
    how = "_only" if line.by is None else "_range" if line.plan.target.upper is not None else ""
    return f"economy.side_{line.side}{how}"


def _verdict(line: PlanLine, say: Say) -> Child:
    if line.verdict is None or line.verdict.verdict is None:
        return html.Span(say("economy.no_verdict") if line.known else "–", className="ink3")
    return verdict_chip(line.verdict.verdict, say)


def _ours(line: PlanLine, say: Say) -> list[Child]:
    """Our status, and why the verdict wants a second look."""
    if line.status is None:
        word = say("economy.unjudged" if line.known else "status.never")
        return [chip(Status.NA if line.known else Status.NR, word)]
    found: list[Child] = [verdict_chip(str(line.status), say)]
    if line.doubt is not None:
        why = say("economy.at_plan") if line.doubt is Doubt.AT_PLAN else _differs(line, say)
        found.append(
            html.Span(
                [html.B([glyph("watch"), say("economy.check")], className="watch"), html.Small(why)],
                className="plan-doubt",
            )
        )
    return [html.Div(found, className="plan-ours")]


def _differs(line: PlanLine, say: Say) -> str:
    ours = say(f"economy.verdict_{line.status}")
    assert line.verdict is not None
    theirs = say(f"economy.verdict_{line.verdict.verdict}")
    why = say("economy.differs", stands=stands_text(line, say), ours=ours, theirs=theirs)
    if line.peer is None:
        return why
    return f"{why}; {say('economy.differs_peer', peer=in_sentence(title_of(line.peer, say)), ours=ours)}"


def _next(line: PlanLine, say: Say) -> list[Child]:
    if line.next is None or line.change is None:
        return [html.Span(say("economy.no_plan"), className="ink3")]
    return [html.B(aim(line.next, say)), html.Small(change_words(line, say))]


def change_words(line: PlanLine, say: Say) -> Child:
    """What the next plan does to this one: "nâng 1 điểm %"; nothing where it is not known."""
    if line.change is None:
        return None
    if line.change_by is None:
        return say(f"economy.change_{line.change}")
    return sentence(say, f"economy.change_{line.change}", by=_by(line.change_by, say))
