"""The national systems on the wall: how many are how far, and what was told of each last."""

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import glyph, number, sentence, state
from layouts.system import STAGES, when
from layouts.wall_age import age
from layouts.wall_lanes import short_system
from layouts.wall_scene import wall_card
from layouts.words import begun, in_sentence
from metrics.boards.systems import NationalSystem, Step, SystemsBoard
from metrics.milestones import Stage

#: So many systems there is room for.
_SYSTEMS = 18


def systems_card(board: SystemsBoard, say: Say) -> Node:
    """Every system there is room for, with what was told of it last."""
    if board.empty:
        body = state(say("systems.empty_title"), say("systems.answer_none"), shape="na")
        return wall_card("wall-systems", say("systems.title"), body, "")
    shown = board.systems[:_SYSTEMS]
    rest = len(board.systems) - len(shown)
    more = say("wall.tasks_more_systems", count=rest) if rest else ""
    return wall_card(
        "wall-systems",
        [html.Span(_counted(board, say)), html.Span(say("wall.tasks_source"), className="wall-note")],
        html.Ul([_system(each, say) for each in shown], className="wall-system-list"),
        more,
        age=age(board.fresh, say),
    )


def _counted(board: SystemsBoard, say: Say) -> Child:
    """How many systems are how far: the sum of the parts is the whole."""
    words: list[Child] = [sentence(say, "wall.tasks_systems", n=number(board.count, say))]
    counted = [(stage, count) for stage, count in board.counts if count.quantity.number]
    for at, (stage, count) in enumerate(sorted(counted, key=lambda each: each[0] is not Stage.RUNNING)):
        words += [", " if at else " ", number(count, say), " ", in_sentence(say(f"wall.tasks_stage_{stage}"))]
    return words


def stages_card(board: SystemsBoard, say: Say) -> Node:
    """How many systems are how far, one line each, as it is seen from ten metres."""
    rows = [
        html.Li([glyph(STAGES[stage]), html.Span(say(f"stage.{stage}")), html.B(number(count, say))])
        for stage, count in board.counts
        if count.quantity.number
    ]
    title = sentence(say, "wall.tasks_systems", n=number(board.count, say))
    return wall_card("wall-stages", title, html.Ul(rows, className="flag-list"), "", age=age(board.fresh, say))


def _system(each: NationalSystem, say: Say) -> Node:
    shape = STAGES[each.stage]
    name = short_system(each, say)
    return html.Li(
        [glyph(shape, say(f"stage.{each.stage}")), html.Span([html.B(name), html.Small(_latest(each, say))])],
        **{"data-system": each.system.code, "data-stage": str(each.stage)},
    )


def _latest(each: NationalSystem, say: Say) -> Child:
    """What was told of it last, or what was planned and nobody told of since."""
    silent = next((step for step in each.planned if step.silent), None)
    if silent is not None and each.stage is Stage.UNKNOWN:
        return say("wall.tasks_planned", event=_event(silent, say), period=day(silent.on)[3:])
    if not each.told:
        return say("wall.tasks_no_step")
    step = each.told[0]
    return say("wall.tasks_step", event=begun(_event(step, say)), day=when(step, say))


def _event(step: Step, say: Say) -> str:
    return say(f"milestone.{step.milestone.event}")
