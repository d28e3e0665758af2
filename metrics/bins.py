"""The fixed bins of a map: a place changes its shade when its figure changes, not when others do.

No quantiles and no edges counted anew from day to day. Every value is the one printed, so that a reader can check a
shade against its number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import pairwise

from data.facts import Indicator, Target

#: A map has six shades of one colour, so at most five edges between them.
MOST_EDGES = 5

_SIXTHS = (Decimal(1) / 6, Decimal(1) / 3, Decimal(1) / 2, Decimal(2) / 3, Decimal(1))
_TIMES = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal(3), Decimal(6))
_SMALL_WHOLE = range(3, 6)


@dataclass(frozen=True)
class Span:
    """What one bin holds: from `low` to `high`, None where it has no end on that side.

    `with_low` and `with_high` say whether the end itself is in it. Unit: the indicator's.
    """

    low: Decimal | None
    high: Decimal | None
    with_low: bool
    with_high: bool


@dataclass(frozen=True)
class Bins:
    """Edges that part all numbers into bins, lowest first; the first and the last bin have no outer end.

    `opens[i]` is True where edge i itself lies in the bin above it ("từ 5"), False where it lies in the bin below
    ("đến 5"). Raises ValueError where the edges do not rise or the two tuples differ in length.
    """

    edges: tuple[Decimal, ...]
    opens: tuple[bool, ...]

    def __post_init__(self) -> None:
        if len(self.edges) != len(self.opens):
            raise ValueError(f"{len(self.edges)} edges need as many sides, not {len(self.opens)}")
        if any(low >= high for low, high in pairwise(self.edges)):
            raise ValueError(f"edges must rise: {', '.join(map(str, self.edges))}")

    @property
    def spans(self) -> tuple[Span, ...]:
        """What each bin holds, for the words of a legend; one more than there are edges."""
        ends = [(None, False), *zip(self.edges, self.opens, strict=True), (None, True)]
        return tuple(
            Span(low, high, low is not None and low_opens, high is not None and not high_opens)
            for (low, low_opens), (high, high_opens) in pairwise(ends)
        )

    def place(self, value: Decimal) -> int:
        """Which bin a printed value lies in, 0 for the lowest."""
        return sum(
            value > edge or (value == edge and opens) for edge, opens in zip(self.edges, self.opens, strict=True)
        )

    def counts(self, values: Iterable[Decimal]) -> list[int]:
        """How many of the printed values lie in each bin, lowest first; they add up to the number of values.

        What was not reported is no value: the caller leaves it out and counts it beside the bins.
        """
        found = [0] * (len(self.edges) + 1)
        for value in values:
            found[self.place(value)] += 1
        return found


def value_bins(indicator: Indicator, target: Target | None) -> Bins | None:
    """The bins of an indicator's values; None where neither its own edges nor a target above zero give any.

    The indicator's own edges come first. Without them, where more is better, the edges are 1/6, 1/3, 1/2, 2/3 and
    the whole of the target, rounded to whole numbers; a whole target of 3 to 5 takes the whole numbers up to it.
    Where less is better they are 1, 1,5, 2, 3 and 6 times the target, which are the same fractions turned over: the
    lowest bin is what meets the target, the others tell how far beyond it a place is. Edges that fall together when
    rounded keep as many decimals as part them, at most those printed; what still falls together is one edge. The
    target itself is never rounded, and an edge at or past the natural maximum is left out unless it is the target.

    A bin holds its lower end and not its upper one, [a, b). It is the other way round, (a, b], where the target is
    met at or under its value, or only above it, so that the shade of the target says met.
    """
    opens = target is None or _upward(indicator, target) != target.strict
    if indicator.bins:
        return Bins(indicator.bins, (opens,) * len(indicator.bins))
    if target is None:
        return None
    upward = _upward(indicator, target)
    aim = target.value if upward or target.upper is None else target.upper
    if aim <= 0:
        return None
    edges = [edge for edge in _of_target(aim, upward, indicator.decimals) if edge == aim or _inside(edge, indicator)]
    return Bins(tuple(map(_plain, edges)), (opens,) * len(edges))


def even_bins(indicator: Indicator, seen: Iterable[Decimal]) -> Bins | None:
    """Bins of one round width, for an indicator without edges and without a target.

    They part the way between the natural limits; where a limit is missing, between the least and the greatest of
    the printed values `seen`. The width is the least of 1, 2 or 5 times a power of ten that needs no more than five
    edges, and no finer than what is printed; edges are multiples of it, so they stay while the values move inside
    them. Of values that are all the same, the lower end is the natural minimum. None where that leaves no width.
    """
    values = list(seen)
    low, high = indicator.natural_min, indicator.natural_max
    bounded = low is not None and high is not None
    if not bounded:
        if not values:
            return None
        least, high = min(values), max(values)
        low = low if least == high and low is not None else least
    assert low is not None and high is not None  # both limits, or values were seen
    if low >= high:
        return None
    for width in _widths(Decimal(1).scaleb(-indicator.decimals)):
        edges = _multiples(low, high, width)
        if bounded and edges and edges[-1] == high:
            edges.pop()
        if len(edges) <= MOST_EDGES:
            return Bins(tuple(map(_plain, edges)), (True,) * len(edges)) if edges else None
    raise AssertionError("widths grow without end")


def gap_bins() -> Bins:
    """The bins of a gap to the glidepath, in points: under −10, −10 to −5, −5 to −2, within 2, and the same above.

    An edge lies in the bin nearer to zero: −10 is not under −10, and 2 is within 2. The bins are the same read from
    either end: where less is better a gap above zero is the bad one, and the shades are taken in reverse.
    """
    below = tuple(map(Decimal, (-10, -5, -2)))
    above = tuple(map(Decimal, (2, 5, 10)))
    return Bins(below + above, (True,) * 3 + (False,) * 3)


def met_bins(bins: Bins, target: Target) -> tuple[bool, ...]:
    """For each bin, whether whatever lies in it meets the target; all False for a target of two sides."""
    if target.shape == "at_least":
        return tuple(
            span.low is not None
            and (span.low > target.value or (span.low == target.value and not (target.strict and span.with_low)))
            for span in bins.spans
        )
    most = target.value if target.upper is None else target.upper
    return tuple(
        target.shape == "at_most"
        and span.high is not None
        and (span.high < most or (span.high == most and not (target.strict and span.with_high)))
        for span in bins.spans
    )


def _upward(indicator: Indicator, target: Target) -> bool:
    """Whether more is better under this target; where neither side is, it is counted from zero up."""
    return target.shape == "at_least" or (target.shape != "at_most" and indicator.direction != "lower")


def _inside(edge: Decimal, indicator: Indicator) -> bool:
    return indicator.natural_max is None or edge < indicator.natural_max


def _of_target(aim: Decimal, upward: bool, decimals: int) -> list[Decimal]:
    if upward and aim in _SMALL_WHOLE:
        return [Decimal(number) for number in range(1, int(aim) + 1)]
    parts = _SIXTHS if upward else _TIMES
    edges: list[Decimal] = []
    for places in range(decimals + 1):
        step = Decimal(1).scaleb(-places)
        edges = sorted({aim if part == 1 else (aim * part).quantize(step, ROUND_HALF_UP) for part in parts} - {0})
        if len(edges) == len(parts) and aim == edges[-1 if upward else 0]:
            return edges
    return [edge for edge in edges if (edge <= aim if upward else edge >= aim)]


def _widths(least: Decimal) -> Iterable[Decimal]:
    while True:
        yield least
        yield 2 * least
        yield 5 * least
        least = least * 10


def _multiples(low: Decimal, high: Decimal, width: Decimal) -> list[Decimal]:
    """Multiples of the width above `low` and up to `high`; at most one more than a map has edges."""
    first = int((low / width).to_integral_value(ROUND_FLOOR)) + 1
    last = int((high / width).to_integral_value(ROUND_FLOOR))
    return [width * number for number in range(first, min(last, first + MOST_EDGES + 1) + 1)]


def _plain(edge: Decimal) -> Decimal:
    """The edge without decimals that say nothing: 20.0 is 20."""
    whole = edge.to_integral_value()
    return whole if whole == edge else edge.normalize()
