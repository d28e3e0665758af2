"""A table of a file, and what every board has that can be written."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


class Board(Protocol):
    """What every board has that can be written: as known on which day, whether any of it is simulated, and what was
    asked for that does not exist (name, value)."""

    @property
    def at(self) -> date: ...
    @property
    def simulated(self) -> bool: ...
    @property
    def unknown(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True)
class Sheet:
    """A table of a file: its name, its columns, those of them that hold text of others, and its rows by column."""

    name: str
    columns: tuple[str, ...]
    texts: tuple[str, ...]
    rows: list[dict[str, Any]]
