"""Another publisher's table, read by its mapping -> rows of observations."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import localcontext
from typing import NamedTuple

import pandas as pd

from data.grid import Grid
from data.names import AmbiguousNameError, Matcher
from data.periods import parse_period
from data.quantity import Quantity, total
from data.refusal import SHOWN, Problems, refuse
from data.sheet import Sheet
from data.sources.codebook import Names, column_called, headers_of, names_in
from data.sources.kinds import OBSERVATIONS
from data.sources.mapping import Mapping, Pair, Place
from data.sources.written import UnreadableError, is_missing, quantity_of

COLUMNS = OBSERVATIONS.required + OBSERVATIONS.optional

#: Digits within which a sum stays exact: a cell holds at most 500 characters.
_DIGITS = 1100
#: A figure that means nothing without another.
_NEEDED = {"numerator": "denominator", "denominator": "numerator", "value_max": "value"}
_QUALIFIED = {
    "value": "qualifier",
    "numerator": "numerator_qualifier",
    "denominator": "denominator_qualifier",
}
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_CYCLES = {"month": "-{:0>2}", "quarter": "-Q{}", "half": "-H{}"}


def map_grid(grid: Grid, mapping: Mapping, matcher: Matcher, codebooks: Callable[[str], Grid]) -> Sheet:
    """Rows of observations from a table: the contract's columns as text, absent is the empty text, and as index the
    line of the file each stands on (once per pair that gives a figure there).

    `grid` holds the mapping's sheet and cells; `codebooks` gives a file that lies beside it. A cell that says "no
    figure" makes no row. Raises Refusal with every trouble found.
    """
    names = names_in(codebooks(mapping.codebook.file), mapping) if mapping.codebook else None
    table = _Table(grid, mapping, matcher, names)
    lines: list[int] = []
    rows: list[list[str]] = []
    for line, cells in table.observations():
        lines.append(line)
        rows.append([cells.get(name, "") for name in COLUMNS])
    table.problems.stop()
    if not rows:
        raise refuse(grid.file, "E_NO_ROWS", "mapped")
    frame = pd.DataFrame(rows, columns=list(COLUMNS), index=pd.Index(lines, name="line"), dtype="str")
    return Sheet(grid.file, frame)


class _Cell(NamedTuple):
    """A mapped cell: its text without white space at the ends or repeated, and where it stands."""

    text: str
    line: int
    label: str
    formula: bool
    percent: bool


class _Table:
    """The rows of a grid below its header, where its columns are, and the troubles found."""

    def __init__(self, grid: Grid, mapping: Mapping, matcher: Matcher, names: Names | None) -> None:
        self.grid = grid
        self.mapping = mapping
        self.matcher = matcher
        self.names = names
        self.problems = Problems(grid.file)
        self.marks = replace(mapping.marks, typed=grid.file.lower().endswith(".xlsx"))
        self._headers = headers_of(grid.rows[: mapping.header_rows])
        self._width = max((len(row) for row in grid.rows), default=0)

    def observations(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line and cells of each observation, row by row; troubles go to `problems`."""
        readings = [_Reading(self, pair) for pair in self.mapping.pairs]
        empty = [(place.label, self.index(place)) for place in self.mapping.empty]
        for row in range(self.mapping.header_rows, len(self.grid.rows)):
            for label, at in empty:
                cell = self.cell(row, at, label)
                if cell.text or cell.formula:
                    self.problems.add("E_HEADER", "mapping_empty", line=cell.line, column=label, value=cell.text)
            for reading in readings:
                cells = reading.observation(row)
                if cells:
                    yield self.grid.lines[row], cells

    def index(self, place: Place) -> int:
        """Where a column stands in the grid. Raises Refusal (E_HEADER) where it does not."""
        if place.header:
            return column_called(place.header, self._headers, self.grid.file, self.mapping.file)
        at = place.column - self.mapping.first_column
        if not 0 <= at < self._width:
            raise refuse(self.grid.file, "E_HEADER", "mapping_column", value=place.label, mapping=self.mapping.file)
        return at

    def cell(self, row: int, at: int, label: str) -> _Cell:
        """A cell of the grid; `label` is what its column is called in messages."""
        cells, key = self.grid.rows[row], (row, at)
        text = " ".join(cells[at].split()) if at < len(cells) else ""
        return _Cell(text, self.grid.lines[row], label, key in self.grid.formulas, key in self.grid.percents)


class _Reading:
    """One pair of a mapping, read row by row. `cells` are those of the row, in the order of `columns`; `failed` is
    set once something in it was wrong, which is noted in the table."""

    def __init__(self, table: _Table, pair: Pair) -> None:
        self.table = table
        self.pair = pair
        self.cells: list[_Cell] = []
        self.failed = False
        self.fixed = dict(pair.fixed)
        self.composition = "+".join(place.label for place in pair.value) if len(pair.value) > 1 else ""
        self.columns: list[tuple[int, str]] = []
        self.agency = self._take((pair.agency,) if isinstance(pair.agency, Place) else ())
        self.period = self._take(pair.period.places)
        terms = {"value_max": pair.value_max, "numerator": pair.numerator, "denominator": pair.denominator}
        self.figures = {"value": self._take(pair.value)} if pair.value else {}
        self.figures |= {name: self._take((place,)) for name, place in terms.items() if place}

    def _take(self, places: tuple[Place, ...]) -> tuple[int, ...]:
        """Add columns to those that are read; where their cells will stand in `cells`."""
        first = len(self.columns)
        self.columns += [(self.table.index(place), place.label) for place in places]
        return tuple(range(first, len(self.columns)))

    def observation(self, row: int) -> dict[str, str] | None:
        """The cells that are not empty, or None where there is no figure or something is wrong."""
        self.failed = False
        self.cells = [self.table.cell(row, at, label) for at, label in self.columns]
        if self._is_left_out():
            return None
        for cell in self.cells:
            if cell.formula:
                self._wrong(cell, "E_FORMULA", "mapped")
        if self.failed:
            return None
        period, day = self._period()
        agency = self._agency(day) if day else ""
        figures = self._figures()
        if self.failed or not figures:
            return None
        return {
            "indicator_code": self.pair.indicator,
            "agency_code": agency,
            "period": period,
            **figures,
            **self.fixed,
            "composition": self.composition,
        }

    def _is_left_out(self) -> bool:
        """Whether nothing stands in any of its cells (the end of a shorter pair, a line left free), or the first of
        them, the agency's if it has one, is a listed label."""
        if not any(cell.text or cell.formula for cell in self.cells):
            return True
        return bool(self.agency or self.period) and self.cells[0].text in self.table.mapping.skip

    def _period(self) -> tuple[str, date | None]:
        """The period as input files write it, and its last day; that is None where it is wrong."""
        where = self.pair.period
        text, cells = where.text, [self.cells[at] for at in self.period]
        if where.column:
            text = cells[0].text
        elif where.cycle:
            text = cells[0].text + _CYCLES[where.cycle].format(_ROMAN.get(cells[1].text, cells[1].text))
        period = parse_period(text)
        if period:
            return text, period.end
        empty = [cell for cell in cells if not cell.text]
        for cell in empty:
            self._wrong(cell, "E_MISSING", "mapped")
        if not empty:
            self._wrong(cells[-1], "E_PERIOD", "mapped")
        return text, None

    def _agency(self, day: date) -> str:
        matcher, names = self.table.matcher, self.table.names
        if isinstance(self.pair.agency, str):
            return self.pair.agency
        cell = self.cells[self.agency[0]]
        if not cell.text:
            self._wrong(cell, "E_MISSING", "mapped")
            return ""
        if names:
            if cell.text not in names.meanings:
                self._wrong(cell, "E_CODE", "codebook_key", codebook=names.file)
                return ""
            cell = cell._replace(text=names.meanings[cell.text])
        if self.table.mapping.spelt == "code":
            return cell.text
        try:
            agency = matcher.find(cell.text, day)
        except AmbiguousNameError as ambiguous:
            codes = ", ".join(agency.code for agency in ambiguous.agencies)
            self._wrong(cell, "E_CODE", "agency_ambiguous", codes=codes)
            return ""
        if agency is None:
            # A hint costs a look at every name: none for troubles that will only be counted.
            nearest = matcher.nearest(cell.text, day) if self.table.problems.total < SHOWN else ""
            self._wrong(cell, "E_CODE", "agency_name", nearest=nearest, day=day.isoformat())
            return ""
        return agency.code

    def _figures(self) -> dict[str, str]:
        """The texts of the figures; empty where the source gives none."""
        found = {name: self._quantity([self.cells[at] for at in slots]) for name, slots in self.figures.items()}
        # Half a share, or the upper end of nothing, is not a figure.
        for name, needed in _NEEDED.items():
            if found.get(name) and needed in found and not found[needed] and not self.failed:
                self._wrong(self.cells[self.figures[needed][0]], "E_MISSING", "mapped_part")
        given = {name: quantity for name, quantity in found.items() if quantity}
        texts = {name: format(quantity.number, "f") for name, quantity in given.items()}
        return texts | {_QUALIFIED[name]: str(given[name].qualifier) for name in given if name in _QUALIFIED}

    def _quantity(self, cells: list[_Cell]) -> Quantity | None:
        """The sum of the cells; None where all of them say "no figure", or something is wrong."""
        absent = [is_missing(cell.text, self.table.marks) for cell in cells]
        if all(absent):
            return None
        unit = self.fixed["unit"]
        parts: list[Quantity] = []
        for cell, is_absent in zip(cells, absent, strict=True):
            if is_absent:
                self._wrong(cell, "E_MISSING", "mapped_part")
            elif not cell.text:
                self._wrong(cell, "E_MISSING", "mapped")
            elif cell.percent:
                self._wrong(cell, "E_AMBIGUOUS_NUMBER", "mapped_percent")
            else:
                try:
                    parts.append(quantity_of(cell.text, self.table.marks, unit))
                except UnreadableError as error:
                    self._wrong(cell, error.code, error.rule, unit=unit)
        if len(parts) < len(cells):
            return None
        if len(parts) == 1:
            return parts[0]
        with localcontext(prec=_DIGITS):
            return total(parts)

    def _wrong(self, cell: _Cell, code: str, rule: str, **hints: str) -> None:
        self.failed = True
        value = cell.text or None
        self.table.problems.add(code, rule, line=cell.line, column=cell.label, value=value, **hints)
