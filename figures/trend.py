"""The course of one figure to its due date: what was measured, the glidepath, the target, the projection, the gap.

The lines are an SVG stretched over the plot; points and words are HTML over and beside it, so that they keep their
size and a label can be a figure with its provenance. Every line is named where it runs; there is no legend.
"""

from figures.axis import ticks
from figures.lines import Place, area, broken_line, dots, drawing, path, percent
from figures.node import Node
from figures.trend_shape import Glide, Goal, Label, Point, TrendShape
from figures.trend_words import as_of, days, ends, values, words


def trend(shape: TrendShape) -> Node:
    """The chart; its drawing is an image with the shape's description for a name.

    A missing period breaks the line and is bridged by dashes. What is simulated has a ring, the last value a filled
    point and the path on its day a hollow one. Raises ValueError where there is no day at all to draw.
    """
    plot = Node("div", [_lines(shape), *_spots(shape), *words(shape)], className="trend-plot")
    parts = [
        as_of(shape), values(shape.frame, shape.say_tick), plot, ends(shape), days(shape.frame, shape.dates)
    ]  # fmt: skip
    return Node("div", Node("div", parts, className="trend-box"), className="trend")


def _lines(shape: TrendShape) -> Node:
    frame = shape.frame
    marks = [path("trend-grid", _level(frame.down(float(tick)))) for tick in ticks(frame.top, frame.low)]
    ahead, at = shape.projection, shape.at
    if ahead is not None and ahead.band is not None and at is not None:
        marks.append(area("trend-band", [at, *(shape.place(ahead.due, end) for end in ahead.band)]))
    if shape.target is not None:
        marks.append(path("trend-target", _level(frame.down(shape.target.value), frame.across(shape.target.due))))
    if shape.glide is not None and shape.glide.points:
        marks.append(path("trend-glide", [shape.place(*point) for point in shape.glide.points]))
    if ahead is not None and at is not None:
        marks.append(path("trend-projection", [at, shape.place(ahead.due, ahead.value)]))
    for kind in dict.fromkeys(point.kind for point in shape.series if point.value is not None):
        measured = [
            None if point.value is None or point.kind != kind else shape.place(point.day, point.value)
            for point in shape.series
        ]
        marks += broken_line(("trend-actual", "trend-bridge"), measured)
    ringed = [shape.place(each.day, each.value) for each in shape.series if each.simulated and each.value is not None]
    if ringed:
        marks += [dots("trend-ring", ringed), dots("trend-ring-inside", ringed)]
    return drawing("trend-drawing", marks, shape.description)


def _spots(shape: TrendShape) -> list[Node]:
    """The targets that were missed, the hairline of the last day, the gap on it, and the points."""
    found = [
        Node("span", Node("span", word), className="trend-break", style={"left": percent(shape.frame.across(day))})
        for day, word in shape.breaks
    ]
    for due, value, word in shape.missed:
        across, down = map(percent, shape.place(due, value))
        found.append(Node("span", className="trend-passed", style={"left": across, "top": down}))
        shown = {"role": "img", "aria-label": word, "title": word}
        place = {"left": across, "top": down}
        found.append(Node("span", className="glyph glyph-missed trend-missed", style=place, **shown))
    at, on_path = shape.at, shape.on_path
    if at is not None:
        found.append(Node("span", className="trend-now", style={"left": percent(at[0])}))
    if at is not None and on_path is not None and shape.glide is not None:
        top, height = min(at[1], on_path[1]), abs(at[1] - on_path[1])
        style = {"left": percent(at[0]), "top": percent(top), "height": percent(height)}
        found.append(Node("span", className="trend-between", style=style, **{"data-status": shape.glide.gap_status}))
    if on_path is not None:
        found.append(_spot("trend-on-path", on_path))
    return found if at is None else [*found, _spot("trend-last", at)]


def _spot(name: str, place: Place) -> Node:
    return Node("span", className=f"trend-spot {name}", style={"left": percent(place[0]), "top": percent(place[1])})


def _level(down: float, to: float = 100.0) -> list[Place]:
    return [(0.0, down), (to, down)]


__all__ = ["Glide", "Goal", "Label", "Point", "TrendShape", "trend"]
