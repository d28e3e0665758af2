"""What a wall shows: the boards of every scene of its playlist, as one that can be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class WallBoard:
    """The boards of the scenes, each once, as known at the end of `at`; `simulated` where any of them is. Nothing can
    be asked of a wall that does not exist: `unknown` is what the address says so of."""

    at: date
    boards: tuple[Any, ...]
    simulated: bool
    unknown: tuple[tuple[str, str], ...]


def wall_board(at: date, boards: Sequence[Any], unknown: tuple[tuple[str, str], ...]) -> WallBoard:
    """The board of the wall, of those of its scenes."""
    return WallBoard(at, tuple(boards), any(getattr(each, "simulated", False) for each in boards), unknown)
