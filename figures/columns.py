"""Columns over time: a part at the base, the rest stacked on it, and a word over each."""

from collections.abc import Sequence
from dataclasses import dataclass

from figures.lines import percent
from figures.node import Child, Node

#: The highest column leaves this much of the plot, in percent, for the words over it.
_HEADROOM = 9.0


@dataclass(frozen=True)
class Column:
    """One column: `base` and `rest` from zero up, None where nothing was told. `name` stands under it, `year` under
    that where it begins one, `label` over it. `whole` is False where its time is not over."""

    name: str
    year: str
    base: float | None
    rest: float
    label: Child
    whole: bool = True


@dataclass(frozen=True)
class Grid:
    """A line across the plot at a value, with its word."""

    value: float
    word: str


def columns(shown: Sequence[Column], grid: Sequence[Grid], description: str) -> Node:
    """The drawing, as high as its box; its words are text, so they keep their size. A column that nothing was told of
    is hatched to the first line of the grid."""
    tallest = max([each.base + each.rest for each in shown if each.base is not None], default=0.0)
    top = max([tallest, *(line.value for line in grid)], default=0.0) or 1.0
    scale = (100.0 - _HEADROOM) / top
    lines = [
        Node("span", Node("span", line.word), className="columns-line", style={"bottom": percent(line.value * scale)})
        for line in grid
    ]
    bars = [_column(each, scale, grid) for each in shown]
    names = [Node("span", [each.name, Node("small", each.year)], className="column-name") for each in shown]
    count = {"--columns": str(len(shown))}
    return Node(
        "div",
        [
            Node("div", [*lines, Node("div", bars, className="columns-bars")], className="columns-plot"),
            Node("div", names, className="columns-names", **{"aria-hidden": "true"}),
        ],
        className="columns",
        role="group",
        style=count,
        **{"aria-label": description},
    )


def _column(each: Column, scale: float, grid: Sequence[Grid]) -> Node:
    if each.base is None:
        first = next((line.value for line in grid if line.value > 0), 0.0)
        hatch = Node("span", className="hatch column-absent", style={"height": percent(first * scale)})
        return Node("span", hatch, className="column")
    base, rest = each.base * scale, each.rest * scale
    marks = [
        Node("span", className="column-base", style={"height": percent(base)}),
        Node("span", className="column-rest", style={"bottom": percent(base), "height": percent(rest)}),
        Node("span", each.label, className="column-label", style={"bottom": percent(base + rest)}),
    ]
    return Node("span", marks, className="column" if each.whole else "column column-part")
