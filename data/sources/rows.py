"""Rows of a table that is kept by column: a row costs two words of memory, however many columns it has."""

from collections.abc import Iterator, MutableMapping
from typing import Any

Cells = dict[str, list[Any]]


class Row(MutableMapping[str, Any]):
    """One row, seen as name and value; setting a value sets it in its column."""

    __slots__ = ("_at", "_cells")

    def __init__(self, cells: Cells, at: int) -> None:
        self._cells = cells
        self._at = at

    def __getitem__(self, name: str) -> Any:
        return self._cells[name][self._at]

    def __setitem__(self, name: str, value: Any) -> None:
        self._cells[name][self._at] = value

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"a row keeps its columns; {name} cannot be taken from one row only")

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)
