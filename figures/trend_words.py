"""The words of a trend, so placed that none covers another and none leaves the box.

The height of the plot is known in rem and its width is not, so heights are counted here; across, a mark near an edge
has its words on the side that has room, and the style sheet leaves out days where the chart is narrow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from figures.axis import Frame, apart, ticks, tiers
from figures.lines import Place, percent
from figures.node import Node
from figures.trend_shape import Glide, Label, TrendShape

#: The least height of the plot in rem, as in assets/charts.css; a taller one leaves the words more room.
PLOT_REM = 9.5
_LINE, _TWO_LINES = 100 * 1.1 / PLOT_REM, 100 * 2.2 / PLOT_REM
#: Percent of the width that words beside the last value may need, how much it is and the longer gap.
_VALUE_NEEDS, _GAP_NEEDS = 20.0, 40.0
_NEEDS = {"trend-value": _VALUE_NEEDS, "trend-gap": _GAP_NEEDS}
#: A period this near (percent of the width) tells on which side of the path the measured line runs.
_NEAR = 12.5
#: Lines of words that the gap itself has room for, or else its label stands beyond the path.
_BETWEEN = 1.4
#: Nearer to an edge than this a date over the plot leans inward.
_EDGE = 15.0


@dataclass(frozen=True)
class _Word:
    """Words beside the last value: the middle of their height in percent, on which side, over or under the mark."""

    name: str
    label: Label
    middle: float
    on_right: bool
    over: bool = False
    status: str | None = None


def words(shape: TrendShape) -> list[Node]:
    """The words in the plot: along the path, beside the last value and between the two."""
    at, glide = shape.at, shape.glide
    value, gap = _value(shape), _gap(shape)
    beside = [word for word in (value, gap) if word is not None]
    if value is not None and gap is not None and value.on_right is gap.on_right:
        middles = apart([word.middle for word in beside], [_LINE, _LINE], (0, 100))
        beside = [replace(word, middle=middle) for word, middle in zip(beside, middles, strict=True)]
    stood = [] if at is None else [_stand(word, at[0]) for word in beside]
    return stood if glide is None or not glide.points else [_along(shape, glide, beside), *stood]


def as_of(shape: TrendShape) -> Node | None:
    """The day of the last value, over the plot on the hairline; None where there is none."""
    if shape.at is None or shape.as_of is None:
        return None
    across = shape.at[0]
    lean = min(across, _EDGE) - min(100 - across, _EDGE)
    style = {"left": percent(across), "transform": f"translateX(-{percent(50 + lean * 50 / _EDGE)})"}
    return Node("div", Node("span", shape.as_of, style=style), className="trend-as-of")


def ends(shape: TrendShape) -> Node:
    """Target and projection, named right of the plot at the height where their lines end, and the last value where it
    stands so far right that its words have no room in the plot.

    A label may rise half a line over the plot; none goes below it, where the days are.
    """
    frame = shape.frame
    goals = [goal for goal in (shape.target, shape.projection) if goal is not None]
    middles = [frame.down(goal.value) for goal in goals]
    labels = [[Node("span", goal.word, className="trend-word"), Node("b", goal.figure)] for goal in goals]
    if shape.at is not None and shape.last is not None and _is_at_end(shape.at):
        middles.append(shape.at[1])
        labels.append([Node("b", shape.last)])
    heights = [_TWO_LINES if len(lines) > 1 else _LINE for lines in labels]
    places = apart(middles, heights, (-_LINE / 2, 100))
    named = [
        Node("span", lines, className="trend-end", style={"top": percent(place)})
        for lines, place in zip(labels, places, strict=True)
    ]
    return Node("div", named, className="trend-ends")


def values(frame: Frame, say_tick: Callable[[Decimal], str]) -> Node:
    """The round values named left of the plot."""
    named = [
        Node("span", say_tick(tick), className="trend-tick", style={"top": percent(frame.down(float(tick)))})
        for tick in ticks(frame.top, frame.low)
    ]
    return Node("div", named, className="trend-values", **{"aria-hidden": "true"})


def days(frame: Frame, dates: Sequence[tuple[date, str]]) -> Node:
    """The days named under the plot; those without room in a narrow chart are marked for the style sheet."""
    named = [(frame.across(day), word) for day, word in dates if frame.first <= day <= frame.last]
    shown = tiers([across for across, _ in named], max((len(word) for _, word in named), default=0))
    return Node(
        "div",
        [
            Node("span", word, className="trend-day", style={"left": percent(across)}, **{"data-tier": str(tier)})
            for (across, word), tier in zip(named, shown, strict=True)
            if tier is not None
        ],
        className="trend-days",
        **{"aria-hidden": "true"},
    )


def _is_at_end(at: Place) -> bool:
    return at[0] > 100 - _VALUE_NEEDS


def _value(shape: TrendShape) -> _Word | None:
    """How much the last value is: off the measured line, and away from the path."""
    at, on_path = shape.at, shape.on_path
    if at is None or shape.last is None or _is_at_end(at):
        return None
    measured = shape.measured
    rising = len(measured) < 2 or measured[-1][1] >= measured[-2][1]
    over = not rising if on_path is None else at[1] < on_path[1]
    if rising is over and at[0] < _VALUE_NEEDS:
        over = not over
    middle = at[1] + (-0.8 if over else 0.8) * _LINE
    return _Word("trend-value", shape.last, _inside(middle), rising is not over, over)


def _gap(shape: TrendShape) -> _Word | None:
    """How far the last value is from the path: between the two, nearer to the path where that leads away; where they
    are too close for that, beyond the path on the side that the path leaves free."""
    at, on_path, glide = shape.at, shape.on_path, shape.glide
    if at is None or on_path is None or glide is None or glide.gap is None:
        return None
    behind, room = on_path[1] < at[1], abs(on_path[1] - at[1])
    if room >= _BETWEEN * _LINE:
        share = 0.6 if behind else 0.5
        middle, on_right = at[1] + share * (on_path[1] - at[1]), at[0] <= 100 - _GAP_NEEDS
    else:
        middle = on_path[1] + (-0.9 if behind else 0.9) * _LINE
        path_rises = glide.points[-1][1] >= glide.points[0][1] if glide.points else True
        on_right = path_rises is not behind
        on_right = at[0] <= 100 - _GAP_NEEDS if on_right else at[0] < _GAP_NEEDS
    return _Word("trend-gap", glide.gap, _inside(middle), on_right, behind, glide.gap_status)


def _inside(middle: float) -> float:
    return min(max(middle, _LINE / 2), 100 - _LINE / 2)


def _stand(word: _Word, across: float) -> Node:
    beside = {"left": percent(across)} if word.on_right else {"right": percent(100 - across)}
    side, height = "right" if word.on_right else "left", "over" if word.over else "under"
    name = f"trend-beside {word.name} trend-{side} trend-{height}"
    style = {**beside, "top": percent(word.middle)}
    return Node("span", word.label, className=name, style=style, **{"data-status": word.status})


def _along(shape: TrendShape, glide: Glide, beside: Sequence[_Word]) -> Node:
    """The word of the path, turned to run along it on the side away from the measured line."""
    places = [shape.place(*point) for point in glide.points]
    across = _room_along(shape, (places[0][0], places[-1][0]), beside)
    start, end = next((pair for pair in pairwise(places) if pair[0][0] <= across <= pair[1][0]), (places[0],) * 2)
    run, fall = end[0] - start[0], end[1] - start[1]
    down = start[1] + (fall * (across - start[0]) / run if run else 0)
    over = _is_under_path(shape, across, down)
    over = down > 1.5 * _LINE if over else down > 100 - 1.5 * _LINE
    style = {"left": percent(across), "top": percent(down), "--run": f"{run:.4g}", "--fall": f"{fall:.4g}"}
    return Node("span", glide.word, className=f"trend-along trend-{'over' if over else 'under'}", style=style)


def _room_along(shape: TrendShape, ends: tuple[float, float], beside: Sequence[_Word]) -> float:
    """Where along the path its word has the most room: before or after the words at the last value."""
    first, last = ends
    if shape.at is None or not beside:
        return (first + last) / 2
    left = max((_NEEDS[word.name] for word in beside if not word.on_right), default=0.0)
    right = max((_NEEDS[word.name] for word in beside if word.on_right), default=0.0)
    before, after = shape.at[0] - left - first, last - shape.at[0] - right
    return first + max(0.0, before / 2) if before >= after else last - after / 2


def _is_under_path(shape: TrendShape, across: float, down: float) -> bool:
    """Whether what was measured near this place of the path, or else last, runs under it; True where nothing was."""
    places = [shape.place(*point) for point in shape.measured]
    if not places:
        return True
    nearest = min(places, key=lambda place: abs(place[0] - across))
    if abs(nearest[0] - across) > _NEAR and shape.on_path is not None:
        return places[-1][1] >= shape.on_path[1]
    return nearest[1] >= down
