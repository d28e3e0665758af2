"""The third answer of every scene: what changed since the end of the day before."""

from figures.node import Child
from i18n import Say
from i18n.formats import day
from layouts.parts import number, sentence
from layouts.wall_scene import Answer, part_simulated
from metrics.boards.changes import Changes

#: What is told first where several things changed: what is late, what moved, what came.
COUNTED = ("newly_late", "newly_missing", "moved", "arrived", "reports", "corrections")
_TOLD = 2


def changed_answer(changes: Changes, say: Say) -> Answer:
    """The counts of what changed, the gravest first; that nothing did is an answer too."""
    question = say("wall.ask_changed", day=day(changes.since.day)[:5])
    label = part_simulated(changes.simulated, say)
    counted = [(name, getattr(changes, name)) for name in COUNTED]
    told = [(name, figure) for name, figure in counted if figure.quantity.number][:_TOLD]
    under = None
    if changes.risen.quantity.number or changes.fallen.quantity.number:
        under = sentence(say, "wall.moves", risen=number(changes.risen, say), fallen=number(changes.fallen, say))
    if not told:
        return Answer(question, say("wall.nothing_changed"), under or say("wall.nothing_changed_under"), None, label)
    words: list[Child] = []
    for name, figure in told:
        words += [", "] if words else []
        words += sentence(say, f"wall.changed_{name}", n=number(figure, say))
    shape = "overdue" if told[0][0] in ("newly_late", "newly_missing") else None
    return Answer(question, words, under, shape, label)
