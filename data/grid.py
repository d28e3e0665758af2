"""Cells of a file before anything is known of their meaning."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """Rows of text cells. `lines[i]` is the line of the file (the row of the workbook) on which `rows[i]` begins.

    An absent cell is the empty text. `formulas` and `percents` hold (row index, column index) of cells that are
    a formula, or a number shown as a percentage; a text file has none.
    """

    file: str
    rows: list[list[str]]
    lines: list[int]
    formulas: frozenset[tuple[int, int]] = frozenset()
    percents: frozenset[tuple[int, int]] = frozenset()
