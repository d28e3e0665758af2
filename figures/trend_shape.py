"""What a trend shows: plain numbers and ready-made words, and the frame that holds all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from figures.axis import Frame
from figures.lines import Place
from figures.node import Node

#: What stands at a mark: ready-made words, or a node that is a figure.
Label: TypeAlias = Node | str


@dataclass(frozen=True)
class Point:
    """One period of the series, at its last day; `value` is None where nothing was reported, never zero instead. No
    line joins points of two `kind`s: what is measured changed between them."""

    day: date
    value: float | None
    simulated: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Glide:
    """The glidepath through (day, value) points in order of time, with its word along it.

    `at_last` is the path on the day of the last value, as printed; None where there is no path on that day. `gap` is
    the label between the two, and `gap_status` (a word of the status rule) colours it.
    """

    points: tuple[tuple[date, float], ...]
    word: Label
    at_last: float | None = None
    gap: Label | None = None
    gap_status: str = "behind"


@dataclass(frozen=True)
class Goal:
    """A value on the due day, a target or a projection, with its two lines of label: what it is and how much.

    `band` is the lower and the upper end of a projection on that day; None where no band is known, and for a target.
    """

    value: float
    due: date
    word: Label
    figure: Label
    band: tuple[float, float] | None = None


@dataclass(frozen=True)
class TrendShape:
    """One chart, in the indicator's unit. `series` is in order of time; its last value is the figure of today.

    `description` says the whole chart in one sentence. `dates` are the days named on the axis, rising, with their
    words; `say_tick` prints a value of the other axis. `last` labels the last value and `as_of` its day. Glidepath,
    target and projection are None where there is none, and nothing is drawn for them. `breaks` are the days on which
    what is measured changed, each with its word; `missed` are former targets by due day and value, with their words.
    """

    description: str
    series: tuple[Point, ...]
    dates: tuple[tuple[date, str], ...]
    say_tick: Callable[[Decimal], str]
    last: Label | None = None
    as_of: Label | None = None
    glide: Glide | None = None
    target: Goal | None = None
    projection: Goal | None = None
    breaks: tuple[tuple[date, str], ...] = ()
    missed: tuple[tuple[date, float, str], ...] = ()

    @cached_property
    def measured(self) -> tuple[tuple[date, float], ...]:
        """The periods that were reported, as (day, value)."""
        return tuple((point.day, point.value) for point in self.series if point.value is not None)

    @cached_property
    def frame(self) -> Frame:
        """The axes: from the first day to the last of all, and from zero (lower only for a value below it) to the
        highest value. Raises ValueError where there is no day at all to draw."""
        goals = [goal for goal in (self.target, self.projection) if goal is not None]
        along = () if self.glide is None else self.glide.points
        days = [point.day for point in self.series] + [day for day, _ in along] + [goal.due for goal in goals]
        days += [day for day, *_ in self.missed]
        if not days:
            raise ValueError("a trend needs at least one day: a period, a path or a due date")
        values = [0.0, *(value for _, value in (*self.measured, *along))]
        values += [number for goal in goals for number in (goal.value, *(goal.band or ()))]
        values += [value for _, value, _ in self.missed]
        top, low = max(values), min(values)
        return Frame(min(days), max(days), low, top if top > low else low + 1)

    @property
    def at(self) -> Place | None:
        """Where the last value stands; None where nothing was ever reported."""
        return None if not self.measured else self.place(*self.measured[-1])

    @property
    def on_path(self) -> Place | None:
        """Where the path stands on the day of the last value; None without the one or the other."""
        if self.glide is None or self.glide.at_last is None or not self.measured:
            return None
        return self.place(self.measured[-1][0], self.glide.at_last)

    def place(self, day: date, value: float) -> Place:
        """Where a value of a day stands in the plot."""
        return self.frame.across(day), self.frame.down(value)
