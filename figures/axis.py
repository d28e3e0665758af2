"""The two axes of a chart: days across, values from zero up, round ticks, and which labels have room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_STEPS = (1, 2, 5, 4, 3)
_LEAST_TICKS, _MOST_TICKS = 3, 4

#: Room that labels of the days leave each other, in percent of the axis: the first two always show, each further
#: set only in a wider chart (see `.trend-day` in assets/charts.css, which knows the widths).
_ROOM = (90.0, 45.0, 22.0, 17.0, 10.0)
_USUAL_LETTERS = 5


@dataclass(frozen=True)
class Frame:
    """Days `first` to `last` across and values `low` to `top` up, on a box of 100 by 100 percent."""

    first: date
    last: date
    low: float
    top: float

    def across(self, day: date) -> float:
        """Percent from the left; the middle where the chart has one day only."""
        days = (self.last - self.first).days
        return 50.0 if days == 0 else 100 * (day - self.first).days / days

    def down(self, value: float) -> float:
        """Percent from the top; 100 is the bottom."""
        return 100 * (self.top - value) / (self.top - self.low)


def ticks(top: float, low: float = 0.0) -> tuple[Decimal, ...]:
    """Round values from zero to at most `top`: three or four of them, and down to `low` where that is below zero.

    Their distance is 1, 2, 3, 4 or 5 times a power of ten; of those that give three or four, the one whose last tick
    is nearest to the top, and of two such the one of 1, 2 or 5. Zero alone where there is nothing above or below it.
    """
    high, deep = Decimal(str(max(top, 0.0))), Decimal(str(min(low, 0.0)))
    reach = max(high, -deep)
    if reach == 0:
        return (Decimal(0),)
    tens = reach.adjusted()
    steps = [Decimal(step).scaleb(power) for power in (tens - 1, tens) for step in _STEPS]
    fitting = [step for step in steps if _LEAST_TICKS <= _whole(reach / step) + 1 <= _MOST_TICKS]
    step = min(fitting, key=lambda step: (reach - step * _whole(reach / step), _digit(step) in (3, 4), -step))
    lowest = int((deep / step).to_integral_value(ROUND_CEILING))
    return tuple(Decimal(f"{step * number:f}") for number in range(lowest, _whole(high / step) + 1))


def tiers(places: Sequence[float], letters: int = _USUAL_LETTERS) -> list[int | None]:
    """For each label on an axis, in how wide a chart it shows: 0 in any, 4 in the widest only, None in none.

    `places` are percent of the axis, rising; `letters` is the length of the longest label. The first and the last
    show always. Of the others the one farthest from all that show comes next, where it leaves them room; so what
    shows is spread evenly however many are given.
    """
    found: list[int | None] = [None] * len(places)
    longer = max(1.0, letters / _USUAL_LETTERS)
    for at in sorted({0, len(places) - 1} if places else ()):
        if _distance(places, found, at) >= _ROOM[0]:
            found[at] = 0
    for tier, room in enumerate(_ROOM[1:], start=1):
        while any(given is None for given in found):
            waiting = [at for at, given in enumerate(found) if given is None]
            at = max(waiting, key=lambda at: _distance(places, found, at))
            if _distance(places, found, at) < min(_ROOM[0], room * longer):
                break
            found[at] = tier
    return found


def apart(middles: Sequence[float], heights: Sequence[float], box: tuple[float, float]) -> list[float]:
    """Where labels stand so that none covers another or leaves the box: moved as little as it takes, order kept.

    `middles` is where the middle of each would like to stand, `heights` how high each is, `box` the first and the
    last place of all; one unit for all. Where there is no room for all heights they draw together in proportion.
    """
    low, high = box
    order = sorted(range(len(middles)), key=lambda at: middles[at])
    total = sum(heights)
    squeeze = min(1.0, (high - low) / total) if total else 1.0
    offsets, reached = [0.0] * len(middles), 0.0
    for at in order:
        offsets[at] = reached + heights[at] * squeeze / 2
        reached += heights[at] * squeeze
    blocks: list[list[float]] = []
    for at in order:
        blocks.append([middles[at] - offsets[at]])
        while len(blocks) > 1 and _mean(blocks[-2]) > _mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    level = [_mean(block) for block in blocks for _ in block]
    found = list(middles)
    for rank, at in enumerate(order):
        found[at] = max(low, min(level[rank], high - reached)) + offsets[at]
    return found


def _distance(places: Sequence[float], shown: Sequence[int | None], at: int) -> float:
    """How far a place is from the nearest that shows; without any, farther than all."""
    near = (abs(places[at] - place) for place, tier in zip(places, shown, strict=True) if tier is not None)
    return min(near, default=100.0)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))


def _digit(step: Decimal) -> int:
    return step.as_tuple().digits[0]
