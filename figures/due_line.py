"""The days of one directive on a line: when it was given, when it is due, what came, and today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from figures.axis import apart
from figures.lines import percent
from figures.node import Child, Node

#: Percent of the width that the words of one mark need.
_NEEDS = 24.0


@dataclass(frozen=True)
class DueMark:
    """A day on the line. `kind` is given, due, passed (a date that a later text replaced), done or now; `label`
    stands over the line for dates, under it for what came."""

    on: date
    kind: str
    label: Child


def due_line(marks: Sequence[DueMark], span: tuple[date, date] | None, description: str) -> Node:
    """The line; `span` is drawn strong: from a due date to the day up to which it is known to be open, or to when it
    was done. Raises ValueError without two different days."""
    days = [mark.on for mark in marks]
    first, last = min(days), max(days)
    if first == last:
        raise ValueError("a line needs two days")

    def across(on: date) -> float:
        return 4 + 92 * (on - first).days / (last - first).days

    late = []
    if span is not None:
        begin, end = (across(each) for each in span)
        late = [Node("span", className="due-late", style={"left": percent(begin), "width": percent(end - begin)})]
    spots = [
        Node("span", className=f"due-spot due-{mark.kind}", style={"left": percent(across(mark.on))})
        for mark in marks
    ]
    over = [mark for mark in marks if mark.kind in ("due", "passed", "given")]
    under = [mark for mark in marks if mark not in over]
    return Node(
        "div",
        [
            _words(over, across, "over"),
            Node("div", [*late, *spots], className="due-track", role="img", **{"aria-label": description}),
            _words(under, across, "under"),
        ],
        className="due-line",
    )


def _words(marks: Sequence[DueMark], across: Callable[[date], float], side: str) -> Node:
    """The words of the marks, moved apart where they would touch and kept inside at the edges."""
    places = apart([across(mark.on) for mark in marks], [_NEEDS] * len(marks), (0, 100))
    return Node(
        "div",
        [
            Node("span", mark.label, className=f"due-word due-{mark.kind}", style={"left": percent(place)})
            for mark, place in zip(marks, places, strict=True)
        ],
        className=f"due-words due-{side}",
    )
