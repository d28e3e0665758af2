"""The reports of each due day as a column of their states: what is missing by now stands on top, hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from figures.axis import ticks
from figures.lines import percent
from figures.node import Child, Node


@dataclass(frozen=True)
class DueColumn:
    """One due day: the counts of its states from the foot, its label, and whether it is the day of the board."""

    counts: Sequence[tuple[str, int]]
    label: Child
    now: bool

    @property
    def total(self) -> int:
        """How many reports are due on it."""
        return sum(count for _, count in self.counts)


def due_days(columns: Sequence[DueColumn], described: str, written: Sequence[str] = ()) -> Node:
    """The columns on one scale from zero; `written` are the ticks of `tick_values` in words."""
    values = tick_values(columns)
    top = max([float(max(values, default=1)), *(float(each.total) for each in columns), 1.0])
    lines = [
        Node("span", Node("span", word, className="days-tick"), className="days-line",
             style={"bottom": percent(100 * float(value) / top)})
        for value, word in zip(values, written, strict=True)
    ]  # fmt: skip
    bars = [
        Node(
            "div",
            [
                Node("span", className=f"sq-part sq-{state}", style={"height": percent(100 * count / top)})
                for state, count in reversed(each.counts)
                if count
            ],
            className="days-bar",
        )
        for each in columns
    ]
    labels = [Node("span", each.label, className="days-now" if each.now else None) for each in columns]
    return Node(
        "div",
        [
            Node("div", [*lines, Node("div", bars, className="days-bars")], className="days-plot", role="img",
                 **{"aria-label": described}),
            Node("div", labels, className="days-labels"),
        ],
        className="days",
    )  # fmt: skip


def tick_values(columns: Sequence[DueColumn]) -> tuple[int, ...]:
    """The ticks of the scale: round counts from zero."""
    return tuple(int(each) for each in ticks(float(max((each.total for each in columns), default=0))))
