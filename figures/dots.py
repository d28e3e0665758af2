"""Where the units of a country stand on one scale: a mark each, stacked where close, with path and target."""

from collections.abc import Sequence
from dataclasses import dataclass

from figures.axis import tiers
from figures.lines import percent
from figures.node import Node
from figures.trend_shape import Label
from metrics.status import Status

#: A dot, and a mark in the shape of a status, are at most this wide, in percent of the scale (see assets/charts.css).
_WIDTH, _SHAPE_WIDTH = 2.0, 2.6
#: Stacks grow up to this many dots, or marks in shapes; higher ones draw together to keep the height.
_MOST_ROWS, _MOST_SHAPES = 10, 18
#: A letter of a name in percent of the narrowest scale, and the room between two names.
_LETTER, _BETWEEN = 2.3, 3.0
#: The tones in the order they are drawn.
_LAYERS = ("", "group", "first", "second", "third", "fourth")
#: Those of what is compared, in its order.
PINNED = _LAYERS[2:]


@dataclass(frozen=True)
class Dot:
    """One unit: its code, its value as printed and the title that names it.

    `tone` is "" for any unit, "group" for one of the same group as the reader's, one of PINNED for what is
    compared; any other raises ValueError. `name` is written over the dot; None writes nothing. With a `status` the
    mark has its shape and colour in place of a dot.
    """

    code: str
    value: float
    title: str
    tone: str = ""
    name: Label | None = None
    status: Status | None = None

    def __post_init__(self) -> None:
        if self.tone not in _LAYERS:
            raise ValueError(f"tone {self.tone!r} of {self.code}: it is one of {', '.join(map(repr, _LAYERS))}")


@dataclass(frozen=True)
class Tick:
    """A value of the scale that is marked, and its label."""

    value: float
    label: Label


@dataclass(frozen=True)
class DotShape:
    """What a dot plot shows, in the indicator's unit. Who did not report has no dot: the caller says how many.

    `scale` are the values named under the axis, rising from zero; `path`, `target` and `middle`, the value that half
    of the units reach, are None where there is none. `description` says the plot in one sentence.
    """

    description: str
    dots: tuple[Dot, ...]
    scale: tuple[Tick, ...]
    path: Tick | None = None
    target: Tick | None = None
    middle: Tick | None = None


def dot_plot(shape: DotShape) -> Node:
    """The plot: every dot at its own value, on the lowest row where it covers no other; what is compared at the foot.

    The scale runs from zero, or from the first value named where that is lower, to the greatest of all that is
    marked. Highlighted dots are drawn last, so that none hides them.
    """
    low, top = _ends(shape)

    def across(value: float) -> float:
        return 100 * (value - low) / (top - low)

    order = sorted(shape.dots, key=lambda dot: (dot.tone not in PINNED, dot.value))
    shaped = any(dot.status is not None for dot in shape.dots)
    rows = stack([across(dot.value) for dot in order], _SHAPE_WIDTH if shaped else _WIDTH)
    height = max(rows, default=0) + 1
    drawn = sorted(zip(order, rows, strict=True), key=lambda pair: _LAYERS.index(pair[0].tone))
    dots = [_dot(dot, across(dot.value), 100 * row / height) for dot, row in drawn]
    flags = [(dot.name, across(dot.value), dot.tone) for dot in shape.dots if dot.name is not None]
    for tick, kind in ((shape.path, "path"), (shape.target, "target")):
        if tick is not None:
            flags.append((tick.label, across(tick.value), kind))
    field = Node("div", dots, className="dots-field", role="img", **{"aria-label": shape.description})
    stems, names, lines = _flags(flags)
    sizes = {
        "--rows": str(min(height, _MOST_SHAPES if shaped else _MOST_ROWS)),
        "--lines": str(lines),
        "--flags": str(len(flags)),
    }
    named = _scale([(across(tick.value), tick.label) for tick in shape.scale])
    scale = Node("div", named, className="dots-scale", **{"aria-hidden": "true"})
    plot = Node("div", [*stems, field, *names], className="dots-plot", style=sizes)
    middle = [] if shape.middle is None else [_under(shape.middle, across(shape.middle.value))]
    return Node("div", [plot, *middle, scale], className="dots dots-shaped" if shaped else "dots")


def stack(places: Sequence[float], width: float = _WIDTH) -> list[int]:
    """The row of each dot, 0 at the foot: the lowest where it is a dot's width from all put there before."""
    rows: list[list[float]] = []
    found = []
    for place in places:
        free = (row for row, others in enumerate(rows) if all(abs(place - other) >= width for other in others))
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(place)
        found.append(row)
    return found


def levels(spans: Sequence[tuple[float, float]]) -> list[int]:
    """The line of each name, 0 nearest to the dots: the lowest where it covers no other name of that line."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for start, end in spans:
        free = (
            level
            for level, others in enumerate(taken)
            if all(end + _BETWEEN <= first or last + _BETWEEN <= start for first, last in others)
        )
        level = next(free, len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append((start, end))
        found.append(level)
    return found


def _ends(shape: DotShape) -> tuple[float, float]:
    ticks = [*shape.scale, *(tick for tick in (shape.path, shape.target, shape.middle) if tick is not None)]
    values = [0.0, *(dot.value for dot in shape.dots), *(tick.value for tick in ticks)]
    low, top = min(values), max(values)
    return low, top if top > low else low + 1


def _dot(dot: Dot, across: float, up: float) -> Node:
    name = f"dot dot-{dot.tone}" if dot.tone else "dot"
    if dot.status is not None:
        name = f"dot dot-shape glyph-{dot.status}"
    return Node(
        "span",
        className=name,
        style={"left": percent(across), "bottom": percent(up)},
        title=dot.title,
        **{"data-code": dot.code},
    )


def _flags(flags: Sequence[tuple[Label, float, str]]) -> tuple[list[Node], list[Node], int]:
    """Stems down to the values and the names over them, each on a line where it has room; and how many lines."""
    spans = []
    for label, across, _ in flags:
        length = _LETTER * len(label if isinstance(label, str) else label.text)
        start = across - across * length / 100
        spans.append((start, start + length))
    found = levels(spans)
    stems, names = [], []
    for order, ((label, across, kind), level) in enumerate(zip(flags, found, strict=True)):
        style = {"left": percent(across), "--level": str(level), "--order": str(order)}
        stems.append(Node("span", className=f"dots-stem dots-{kind}", style=style))
        lean = {"transform": f"translateX(-{percent(across)})"}
        names.append(Node("span", label, className=f"dots-flag dots-{kind}", style=style | lean))
    return stems, names, max(found, default=-1) + 1


def _under(tick: Tick, across: float) -> Node:
    """A value that is marked under the axis, with its label."""
    style = {"left": percent(across)}
    label = Node(
        "span", tick.label, className="dots-middle", style=style | {"transform": f"translateX(-{percent(across)})"}
    )
    return Node("div", [Node("span", className="dots-notch", style=style), label], className="dots-under")


def _scale(named: Sequence[tuple[float, Label]]) -> list[Node]:
    """The values under the axis; those without room in a narrow plot are marked for the style sheet."""
    shown = tiers([across for across, _ in named])
    return [
        Node("span", label, className="dots-tick", style={"left": percent(across)}, **{"data-tier": str(tier)})
        for (across, label), tier in zip(named, shown, strict=True)
        if tier is not None
    ]
