"""One line of the plan on the wall: its bar, its figure, the verdict of the source, and the next plan."""

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.economy_table import aim, change_words, plan_drawing, stands
from layouts.parts import figure_link, glyph, number, sentence
from layouts.said import printed_words, verdict_chip
from layouts.words import in_sentence, period_of, title_of
from metrics.boards.economy import Economy
from metrics.boards.plan_lines import PlanLine
from metrics.plans import Doubt
from metrics.status import Status


def plan_heads(board: Economy, say: Say) -> Node:
    """What stands in each place of a line."""
    years = {
        "year": period_of(board.year.text, say) if board.year else "",
        "after": period_of(board.after.text, say) if board.after else "",
    }
    words = [say(f"economy.head_{name}", **years) for name in ("name", "plan", "value")]
    after = board.after.text if board.after else ""
    words.append(say("wall.economy_head_judged", after=after) if board.after else say("economy.head_verdict"))
    return html.Div([html.Span(), *(html.Span(word) for word in words)], className="plan-row plan-heads")


def plan_row(line: PlanLine, say: Say, *, ahead: bool = True) -> Node:
    """A line with what is below it in small; with the next plan where one is known (`ahead`)."""
    status = str(line.status or Status.NA if line.known else Status.NR)
    return html.Div(
        [
            html.Span(number(line.number, say) if line.number else "", className="plan-no num"),
            html.Div([html.B(title_of(line.indicator, say)), *(_part(each, say) for each in line.parts)],
                     className="plan-named"),
            html.Div(plan_drawing(line, say), className="plan-drawn"),
            html.Div(_value(line, say), className="plan-told"),
            html.Div([*_verdict(line, say), *(_next(line, say) if ahead else ())], className="plan-judged"),
        ],
        className="plan-row",
        **{"data-status": status, "data-doubt": line.doubt, "data-line": line.indicator.code},
    )  # fmt: skip


def far_heads(board: Economy, say: Say, *, ahead: bool = False) -> Node:
    """What stands in each place of a line that is seen from far."""
    years = {
        "year": period_of(board.year.text, say) if board.year else "",
        "after": period_of(board.after.text, say) if board.after else "",
    }
    names = ("name", "plan", "next") if ahead else ("name", "plan", "value", "verdict")
    words = [say(f"economy.head_{name}", **years) for name in names] + ([""] if ahead else [])
    return html.Div([html.Span(), *(html.Span(word) for word in words)], className="plan-row plan-heads")


def far_row(line: PlanLine, say: Say, *, ahead: bool = False, why: bool = False) -> Node:
    """A line without its bar, for a panel that is seen from far: its figure and verdict, and where asked `why` that
    wants a second look; or the next plan where one looks `ahead`."""
    plan = aim(line.plan, say) if line.plan else say("economy.no_plan")
    if ahead:
        following = aim(line.next, say) if line.next else say("economy.no_plan")
        shown = [html.B(following), html.Span(change_words(line, say))]
    else:
        value: Child = say("status.never")
        if line.value is not None:
            value = figure_link(line.value, say)
        elif line.words is not None:
            value = printed_words(line.words, say)
        told = _verdict(line, say)
        if why and line.doubt is Doubt.AT_PLAN:
            told.append(html.Small([glyph("watch"), stands(line, say)], className="watch"))
        shown = [html.B(value), html.Div(told, className="plan-judged")]
    return html.Div(
        [
            html.Span(number(line.number, say) if line.number else "", className="plan-no num"),
            html.B(title_of(line.indicator, say)),
            html.Span(plan),
            *shown,
        ],
        className="plan-row",
        **{"data-line": line.indicator.code, "data-doubt": line.doubt},
    )


def _part(line: PlanLine, say: Say) -> Node:
    """A line below another: its figure and its plan in words."""
    value = figure_link(line.value, say, unit=False) if line.value else in_sentence(say("status.never"))
    plan = aim(line.plan, say, unit=False) if line.plan else say("economy.no_plan")
    words = {"name": title_of(line.indicator, say), "value": value, "plan": plan}
    return html.Small(sentence(say, "wall.economy_part", **words))


def _value(line: PlanLine, say: Say) -> list[Child]:
    """The figure and where it stands to its plan; words of the source in its place, or that nothing is known."""
    if line.value is None and line.words is None:
        absent = [html.Span(className="hatch"), html.Span(say("status.never"))]
        return [html.Span(absent, className="plan-absent")]
    told = line.value.trace if line.value else None
    certainty = line.words.certainty if line.words else told.certainty if told else ""
    doubt = (
        [html.Small(in_sentence(say("label.unconfirmed")), className="watch")] if certainty == "unconfirmed" else []
    )
    if line.value is None:
        assert line.words is not None  # told above
        words = html.B(printed_words(line.words, say), className="plan-words")
        return [words, html.Small(say("economy.no_number")), *doubt]
    note: Child = stands(line, say)
    if line.doubt is Doubt.AT_PLAN:
        note = [glyph("watch"), note]
    return [
        html.B(figure_link(line.value, say), className="plan-number"),
        html.Small(note, className="watch" if line.doubt is Doubt.AT_PLAN else None),
        *doubt,
    ]


def _verdict(line: PlanLine, say: Say) -> list[Child]:
    """The verdict as quoted; ours beside it where the two differ."""
    if line.verdict is None or line.verdict.verdict is None:
        return [html.Small(say("economy.no_verdict") if line.known else "–")]
    found: list[Child] = [verdict_chip(line.verdict.verdict, say)]
    if line.doubt is Doubt.DIFFERS:
        ours = say("wall.economy_ours", ours=in_sentence(say(f"economy.verdict_{line.status}")))
        found.append(html.Small([glyph("watch"), ours], className="watch"))
    return found


def _next(line: PlanLine, say: Say) -> list[Child]:
    if line.next is None or line.change is None:
        return [html.Small(say("economy.no_plan"))]
    return [html.B(aim(line.next, say), className="plan-after"), html.Small(change_words(line, say))]
