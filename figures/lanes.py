"""Lanes of days: for each task a bar from the day it was given, its dates as rings, what is late of it, and today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from figures.axis import Frame, apart
from figures.lines import percent
from figures.node import Child, Node

#: Quarters of less than so many percent stay without a name.
_QUARTER = 8.0
#: What a letter of the words beside today needs of what one on the axis does.
_WORDS = 0.8
#: So much one of the name of a quarter needs, and so many letters more than its own the name of today.
_NAME, _AROUND = 0.88, 1.8
#: So much is left after the last day.
_AFTER = 3.0
#: Documents stand in the first so many percent: the label of the card is beyond.
_DOCUMENTS_TO = 74.0
#: More quarters than these are told by their years.
_MOST_QUARTERS = 10
#: Marks nearer than so many percent stand one above the other.
_NEAR = 3.5


@dataclass(frozen=True)
class LaneMark:
    """A date on a lane: `kind` is missed, silent, kept, ahead or done."""

    on: date
    kind: str


@dataclass(frozen=True)
class Stretch:
    """A part of a lane: `kind` is given, late, silent, ahead or again (from a missed date to the one set later)."""

    first: date
    last: date
    kind: str


@dataclass(frozen=True)
class LaneDrawn:
    """One lane: its head on the left, its stretches and marks, and the words beside today; `named` are the attributes
    of its row."""

    head: Child
    stretches: Sequence[Stretch]
    marks: Sequence[LaneMark]
    words: Child
    named: dict[str, str]


@dataclass(frozen=True)
class DaysAxis:
    """The days across: the first and the last, today with its word, and the days of the documents that give tasks;
    `letter` is the percent of the width that a letter needs."""

    first: date
    last: date
    today: date
    word: str
    documents: Sequence[tuple[date, str]]
    letter: float

    @property
    def frame(self) -> Frame:
        """The axis with some room after its last day."""
        room = int((self.last - self.first).days * _AFTER / 100) + 1
        return Frame(self.first - timedelta(days=room // 2), self.last + timedelta(days=room), 0, 1)


def lanes(rows: Sequence[LaneDrawn], axis: DaysAxis, quarter: Callable[[date, bool], str], described: str) -> Node:
    """The lanes under one axis. `quarter` names the quarter that begins on a day, with its year where asked."""
    frame = axis.frame
    today = frame.across(axis.today)
    return Node(
        "div",
        [
            Node("div", [_documents(axis, frame), _quarters(axis, frame, today, quarter)], className="lanes-axis"),
            Node("div", _uprights(axis, frame), className="lanes-field", **{"aria-hidden": "true"}),
            Node(
                "ol",
                [_lane(row, axis, frame, today) for row in rows],
                className="lanes-rows",
                **{"aria-label": described},
            ),
        ],
        className="lanes",
    )


def _documents(axis: DaysAxis, frame: Frame) -> Node:
    needed = [axis.letter * (len(word) + 1) for _, word in axis.documents]
    places = apart([frame.across(on) for on, _ in axis.documents], needed, (0, _DOCUMENTS_TO))
    words = [
        Node("span", word, className="lanes-document", style={"left": percent(place)})
        for place, (_, word) in zip(places, axis.documents, strict=True)
    ]
    return Node("div", words, className="lanes-documents")


def _quarters(axis: DaysAxis, frame: Frame, today: float, quarter: Callable[[date, bool], str]) -> Node:
    """Names in the middle of their quarters, where today leaves them room; the first of a year bears the year. Many
    quarters are told by their years alone."""
    found: list[Node] = []
    years: set[int] = set()
    reached = -_QUARTER
    now = axis.letter * (len(axis.word) + _AROUND) / 2
    starts = _starts(frame)
    by_year = any(
        later.year - start.year == 1 and later.month == start.month == 1 for start, later in pairwise(starts)
    )
    for start, end in pairwise([*starts, frame.last]):
        left, right = max(0.0, frame.across(start)), frame.across(end)
        middle = (left + right) / 2
        name = f"{start.year}" if by_year else quarter(start, start.year not in years)
        half = _NAME * axis.letter * len(name) / 2
        if right - left < _QUARTER or abs(middle - today) < half + now or middle - half < reached:
            continue
        reached = middle + half
        found.append(Node("span", name, className="lanes-quarter", style={"left": percent(middle)}))
        years.add(start.year)
    inside = min(max(today, now), 100 - now)
    found.append(Node("span", axis.word, className="lanes-today", style={"left": percent(inside)}))
    return Node("div", found, className="lanes-quarters")


def _starts(frame: Frame) -> list[date]:
    """The first days of the quarters on the axis, or of the years where there are many of them."""
    first = date(frame.first.year, 3 * ((frame.first.month - 1) // 3) + 1, 1)
    found = []
    while first < frame.last:
        found.append(first)
        first = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    if len(found) <= _MOST_QUARTERS:
        return found
    return [date(year, 1, 1) for year in range(frame.first.year, frame.last.year + 1)]


def _uprights(axis: DaysAxis, frame: Frame) -> list[Node]:
    drawn = [("quarter", on) for on in _starts(frame) if on > frame.first]
    drawn += [("document", on) for on, _ in axis.documents]
    drawn.append(("today", axis.today))
    return [
        Node("span", className=f"lanes-upright lanes-at-{kind}", style={"left": percent(frame.across(on))})
        for kind, on in drawn
    ]


def _lane(row: LaneDrawn, axis: DaysAxis, frame: Frame, today: float) -> Node:
    parts = [
        Node(
            "span",
            className=f"lane-{each.kind}",
            style={
                "left": percent(frame.across(each.first)),
                "width": percent(frame.across(each.last) - frame.across(each.first)),
            },
        )
        for each in row.stretches
    ]
    places = [frame.across(mark.on) for mark in row.marks]
    for mark, place in zip(row.marks, places, strict=True):
        others = [other for other in places if other != place and abs(other - place) < _NEAR]
        near = "" if not others else " lane-under" if min(others) < place else " lane-over"
        parts.append(Node("span", className=f"lane-mark lane-mark-{mark.kind}{near}", style={"left": percent(place)}))
    words = Node("span", row.words, className="lane-words")
    # After today where there is room, else before it.
    after = axis.letter * _WORDS * (len(words.text) + 2) < 100 - today
    words.attributes["style"] = {"left": percent(today)} if after else {"right": percent(100 - today)}
    line = Node("div", [*parts, words], className="lane-line")
    return Node("li", [Node("div", row.head, className="lane-head"), line], className="lane", **row.named)
