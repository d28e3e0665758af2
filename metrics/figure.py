"""A figure as it is printed: on a page, in a file, on paper; the digits are decided here and nowhere else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

from data.quantity import Quantity, decimals_of, rounded
from metrics.values import Reading

#: Before the mark of a figure on the ground of another edition of the map.
REBASED = "rebased"


@dataclass(frozen=True, slots=True)
class Trace:
    """On whose word a figure stands: as-of date (the end of its period), day it became known, source, revision.

    `status` is official, preliminary, estimated or simulated; `certainty` sourced or unconfirmed. A term is None
    where the source gives none. `divided` where we divided its terms ("Suy ra") and it states no share itself.
    """

    as_of: date
    published: date
    source: str
    revision: int
    status: str
    certainty: str
    numerator: Quantity | None
    denominator: Quantity | None
    divided: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number. `mark` names it: INDICATOR/AGENCY/PERIOD for a figure of a source, with a word before it
    for what we derive from such (gap, rank, projection, sum, count).

    `number` (and `upper`, the other end of a range) is the number as printed; `unit` is the indicator's, "điểm %"
    for differences of shares, or empty for counts and ranks. `signed` prints a plus as well.
    """

    mark: str
    quantity: Quantity
    decimals: int
    unit: str
    derived: bool
    signed: bool = False
    trace: Trace | None = None

    def bare(self, covers: Callable[[str], bool]) -> "Figure":
        """The figure of a source without what stands behind it, where `covers` says so of its agency's code."""
        named = self.mark.split("/")
        return self if self.trace is None or covers(named[-2]) else replace(self, trace=None)


def figure_of(reading: Reading) -> Figure:
    """The figure of a source as printed."""
    seen = reading.observation
    return Figure(
        mark_of(reading),
        Quantity(reading.printed, reading.quantity.qualifier, reading.printed_upper),
        reading.decimals,
        seen.unit,
        derived=bool(seen.parts),
        trace=Trace(
            seen.period.end,
            seen.published,
            seen.source,
            seen.revision,
            seen.status,
            seen.certainty,
            seen.numerator,
            seen.denominator,
            reading.derived,
        ),
    )


def mark_of(reading: Reading) -> str:
    """What the page calls a figure: INDICATOR/AGENCY/PERIOD; before it a word where we added it up of other agencies,
    whose codes may mean others still."""
    seen = reading.observation
    own = f"{seen.indicator}/{seen.agency}/{seen.period.text}"
    return f"{REBASED}/{own}" if seen.parts else own


def derived(mark: str, number: Quantity | Decimal | int, unit: str = "", *, signed: bool = False) -> Figure:
    """A number of ours, already rounded as it is to be printed."""
    quantity = number if isinstance(number, Quantity) else Quantity(Decimal(number))
    decimals = max(decimals_of(each) for each in (quantity.number, quantity.upper) if each is not None)
    return Figure(mark, quantity, decimals, unit, derived=True, signed=signed)


def term(mark: str, quantity: Quantity) -> Figure:
    """A term of a share as its source prints it."""
    exact = Quantity(rounded(quantity.number, decimals_of(quantity.number)), quantity.qualifier)
    return derived(mark, exact)


def figures_of(board: object) -> Iterator[Figure]:
    """Every figure a board holds, in the order of its fields."""
    if isinstance(board, Figure):
        yield board
    elif is_dataclass(board) and not isinstance(board, type):
        for each in fields(board):
            yield from figures_of(getattr(board, each.name))
    elif isinstance(board, tuple):
        for part in board:
            yield from figures_of(part)


__all__ = ["Figure", "Trace", "decimals_of", "derived", "figure_of", "figures_of", "mark_of", "term"]
