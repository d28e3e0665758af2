"""The courses of several agencies over each other: a line each, named where it ends, with the target across.

The lines are an SVG stretched over the plot; points and words are HTML over and beside it, as in a trend.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from figures.axis import Frame, apart, ticks
from figures.lines import broken_line, drawing, path, percent
from figures.node import Node
from figures.trend_shape import Label, Point
from figures.trend_words import PLOT_REM, days, values

#: Heights of one line of words in percent of the least plot.
_LINE = 100 * 1.25 / PLOT_REM


@dataclass(frozen=True)
class Series:
    """One line: its number from 0, which gives it its colour and shape, its points in order of time, its name."""

    at: int
    points: tuple[Point, ...]
    name: Label

    @property
    def last(self) -> Point | None:
        """The latest point with a value; None without any."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True)
class SeveralShape:
    """One chart, in the indicator's unit. `description` says it in one sentence; `dates` are the days named on the
    axis, rising, with their words; `say_tick` prints a value of the other axis. `target` is (value, label), None
    where there is none, or not the same for all."""

    description: str
    series: tuple[Series, ...]
    dates: tuple[tuple[date, str], ...]
    say_tick: Callable[[Decimal], str]
    target: tuple[float, Label] | None = None

    @cached_property
    def frame(self) -> Frame:
        """The axes: from the first day to the last, from zero (lower only for a value below it) to the highest value.
        Raises ValueError without any day."""
        points = [point for each in self.series for point in each.points]
        if not points:
            raise ValueError("a chart needs at least one day")
        numbers = [0.0, *(point.value for point in points if point.value is not None)]
        numbers += [self.target[0]] if self.target else []
        top, low = max(numbers), min(numbers)
        found = [point.day for point in points]
        return Frame(min(found), max(found), low, top if top > low else low + 1)


def several(shape: SeveralShape) -> Node:
    """The chart. A missing period breaks a line and is bridged by dashes; what is simulated is told beside it."""
    plot = Node("div", [_lines(shape), *_spots(shape)], className="trend-plot")
    parts = [values(shape.frame, shape.say_tick), plot, _names(shape), days(shape.frame, shape.dates)]
    return Node("div", Node("div", parts, className="trend-box"), className="trend several")


def _lines(shape: SeveralShape) -> Node:
    frame = shape.frame
    marks = [path("trend-grid", [(0, down), (100, down)]) for down in map(frame.down, map(float, _ticks(frame)))]
    if shape.target is not None:
        down = frame.down(shape.target[0])
        marks.append(path("trend-target", [(0, down), (100, down)]))
    for each in shape.series:
        places = [
            None if point.value is None else (frame.across(point.day), frame.down(point.value))
            for point in each.points
        ]
        marks += broken_line((f"several-line several-{each.at}", f"several-bridge several-{each.at}"), places)
    return drawing("trend-drawing", marks, shape.description)


def _ticks(frame: Frame) -> Sequence[Decimal]:
    return ticks(frame.top, frame.low)


def _spots(shape: SeveralShape) -> list[Node]:
    """The last point of each line, in the shape of its pin."""
    frame, found = shape.frame, []
    for each in shape.series:
        if each.last is not None and each.last.value is not None:
            style = {"left": percent(frame.across(each.last.day)), "top": percent(frame.down(each.last.value))}
            found.append(Node("span", className=f"several-spot pin-spot-{each.at}", style=style))
    return found


def _names(shape: SeveralShape) -> Node:
    """The names of the lines and of the target right of the plot, each at its height as far as there is room."""
    frame = shape.frame
    labels = [
        (frame.down(each.last.value), each.name, f"several-name several-name-{each.at}")
        for each in shape.series
        if each.last is not None and each.last.value is not None
    ]
    if shape.target is not None:
        labels.append((frame.down(shape.target[0]), shape.target[1], "several-name several-goal"))
    places = apart([middle for middle, _, _ in labels], [_LINE] * len(labels), (-_LINE / 2, 100))
    named = [
        Node("span", label, className=f"trend-end {name}", style={"top": percent(place)})
        for (_, label, name), place in zip(labels, places, strict=True)
    ]
    return Node("div", named, className="trend-ends")
