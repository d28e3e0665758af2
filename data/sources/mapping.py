"""A mapping: where agency, value and period stand in another publisher's table, and what holds for all of it.

The file is TOML; one per table in data/sources/mappings/:

    indicator, period, unit, source            what the figures are; a pair may give its own
    published, status, certainty, source_ref, note, period_start, period_end     optional constants
    [table]    sheet, cells ("V1:W64"), header_rows, skip (labels of rows left out), missing (texts for no figure),
               empty (columns in which nothing may stand: what tells this table from a later one of its kind)
    [numbers]  decimal ("," or "."), thousands ("," "." or " ")
    [agency]   spelt ("name" or "code"), codebook = {file, key, name}
    [[pairs]]  agency, value, value_max, numerator, denominator; each pair is read from each row

A place is a header ("Province") or a position ({column = "V"} or {column = 22}, counted from column A).
`value` may be {sum = [place, …]}; `agency` may be {constant = CODE}; `period` may be a text, {header = NAME},
{column = "A"}, or {year = place, month = place} with month, quarter or half.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from data.periods import parse_day, parse_period
from data.refusal import refuse
from data.sources.area import letters_of, position_of, read_area
from data.sources.section import Section, holds_mark
from data.sources.text import classified, classified_line
from data.sources.written import MISSING, Marks

#: Columns of an observation a mapping may fix for every row it makes.
CONSTANTS = (
    "unit",
    "source",
    "published",
    "status",
    "certainty",
    "source_ref",
    "note",
    "period_start",
    "period_end",
)
_DAYS = frozenset({"published", "period_start", "period_end"})
_CHOICES = {
    "status": ("official", "preliminary", "estimated", "simulated"),
    "certainty": ("sourced", "unconfirmed"),
}
_FIGURES = ("value", "value_max", "numerator", "denominator")
_PARTS = ("month", "quarter", "half")
_PLACE = '"HEADER" | {column = "V"} | {column = 22}'


@dataclass(frozen=True)
class Place:
    """A column, by the text of its header or by its position in the sheet (1 is A)."""

    header: str = ""
    column: int = 0

    @property
    def label(self) -> str:
        """The column as a message or a composition names it: its header or its letters."""
        return self.header or letters_of(self.column)


@dataclass(frozen=True)
class PeriodAt:
    """Where the period stands: `text` for every row, or one column, or a column of years and one of `cycle`."""

    text: str = ""
    column: Place | None = None
    year: Place | None = None
    part: Place | None = None
    cycle: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """The columns it is read from."""
        return tuple(place for place in (self.column, self.year, self.part) if place)


@dataclass(frozen=True)
class Pair:
    """One observation of each row. `agency` is a column or, as text, the code of all rows; `value` holds more than
    one column where a sum is meant, none where only the two terms are given."""

    agency: Place | str
    value: tuple[Place, ...]
    value_max: Place | None
    numerator: Place | None
    denominator: Place | None
    indicator: str
    period: PeriodAt
    fixed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Codebook:
    """The table that turns the keys of a data file into names: a file beside it and two of its headers."""

    file: str
    key: str
    name: str


@dataclass(frozen=True)
class Mapping:
    """How one table is read. `sheet` and `cells` are None where the whole file is the table; `first_column` is the
    position of the leftmost column of `cells` (1 is A)."""

    file: str
    sheet: str | None
    cells: str | None
    first_column: int
    header_rows: int
    skip: frozenset[str]
    empty: tuple[Place, ...]
    marks: Marks
    spelt: str
    codebook: Codebook | None
    pairs: tuple[Pair, ...]


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises Refusal (E_HEADER, E_ENCODING) that names file, key and what is expected."""
    top = Section(str(path), "", _parsed(path))
    top.only("indicator", "period", *CONSTANTS, "table", "numbers", "agency", "pairs")
    table = top.section("table")
    table.only("sheet", "cells", "header_rows", "skip", "missing", "empty")
    agency = top.section("agency")
    agency.only("spelt", "codebook")
    cells = table.text("cells", "")
    return Mapping(
        file=str(path),
        sheet=table.text("sheet", "") or None,
        cells=cells or None,
        first_column=_first_column(table, cells) if cells else 1,
        header_rows=table.whole("header_rows"),
        skip=frozenset(" ".join(label.split()) for label in table.texts("skip", ())),
        empty=tuple(_place(table, "empty", place) for place in table.listed("empty")),
        marks=_marks(top, table),
        spelt=agency.choice("spelt", ("name", "code")),
        codebook=_codebook(agency),
        pairs=tuple(_pair(top, section) for section in top.sections("pairs")),
    )


def _parsed(path: Path) -> dict[str, object]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        line = classified_line(text)
        found = None if line else tomllib.loads(text)
    except OSError:
        raise refuse(str(path), "E_HEADER", "mapping_file") from None
    except UnicodeDecodeError:
        raise refuse(str(path), "E_ENCODING", "mapping") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line ([0-9]+)", str(error))
        line = int(place[1]) if place else None
        raise refuse(str(path), "E_HEADER", "mapping_toml", line=line) from None
    if found is None or holds_mark(found):
        raise classified(str(path), line)
    return found


def _first_column(table: Section, cells: str) -> int:
    area = read_area(cells)
    if area is None:
        raise table.wrong("cells", '"V2:W64"')
    return area[0]


def _marks(top: Section, table: Section) -> Marks:
    numbers = top.section("numbers", required=False)
    numbers.only("decimal", "thousands")
    decimal = numbers.choice("decimal", (",", "."), "")
    thousands = numbers.choice("thousands", (",", ".", " "), "")
    if thousands and not decimal:
        raise numbers.wrong("decimal", '"," | "."')
    if thousands and thousands == decimal:
        raise numbers.wrong("thousands", " | ".join(f'"{mark}"' for mark in ",. " if mark != decimal))
    missing = frozenset(" ".join(text.split()) for text in table.texts("missing", MISSING))
    return Marks(decimal, thousands, missing)


def _codebook(agency: Section) -> Codebook | None:
    if "codebook" not in agency.keys:
        return None
    book = agency.section("codebook")
    book.only("file", "key", "name")
    file = book.text("file")
    # The name goes to the file system: it may not leave the folder of the data file.
    if "\\" in file or ":" in file or Path(file).is_absolute() or ".." in Path(file).parts:
        raise book.wrong("file", '"codebook.csv"')
    return Codebook(file, book.text("key"), book.text("name"))


def _pair(top: Section, pair: Section) -> Pair:
    pair.only("agency", *_FIGURES, "indicator", "period", *CONSTANTS)
    value = _value(pair) if "value" in pair.keys else ()
    value_max, numerator, denominator = (_optional_place(pair, key) for key in _FIGURES[1:])
    if not value and (value_max or not (numerator and denominator)):
        raise pair.wrong("value", f"{_PLACE} | {{sum = […]}}")
    if bool(numerator) != bool(denominator):
        raise pair.wrong("numerator" if denominator else "denominator", _PLACE)
    of = {key: pair if key in pair.keys else top for key in ("indicator", "period", *CONSTANTS)}
    return Pair(
        agency=_agency(pair),
        value=value,
        value_max=value_max,
        numerator=numerator,
        denominator=denominator,
        indicator=of["indicator"].text("indicator"),
        period=_period(of["period"]),
        fixed=tuple((key, _constant(of[key], key)) for key in CONSTANTS),
    )


def _constant(section: Section, key: str) -> str:
    if key in _CHOICES:
        return section.choice(key, _CHOICES[key], _CHOICES[key][0])
    if key in _DAYS:
        day = section.day(key)
        if day and parse_day(day) is None:
            raise section.wrong(key, '"2020-02-12"')
        return day
    return section.text(key) if key in ("unit", "source") else section.text(key, "")


def _agency(pair: Section) -> Place | str:
    given = pair.keys.get("agency")
    if isinstance(given, dict) and "constant" in given:
        section = pair.section("agency")
        section.only("constant")
        return section.text("constant")
    return _place(pair, "agency", given)


def _value(pair: Section) -> tuple[Place, ...]:
    given = pair.keys["value"]
    if isinstance(given, dict) and "sum" in given:
        section = pair.section("value")
        section.only("sum")
        parts = given["sum"]
        if not isinstance(parts, list) or len(parts) < 2:
            raise section.wrong("sum", '["SC81", "SC82"]')
        places = tuple(_place(section, "sum", part) for part in parts)
        if len(set(places)) < len(places):
            raise section.wrong("sum", '["SC81", "SC82"]')
        return places
    return (_place(pair, "value", given),)


def _optional_place(pair: Section, key: str) -> Place | None:
    return _place(pair, key, pair.keys[key]) if key in pair.keys else None


def _period(section: Section) -> PeriodAt:
    given = section.keys.get("period")
    if isinstance(given, str) and parse_period(given):
        return PeriodAt(text=given)
    if isinstance(given, dict) and set(given) == {"header"}:
        return PeriodAt(column=_place(section, "period", given["header"]))
    if isinstance(given, dict) and set(given) == {"column"}:
        return PeriodAt(column=_place(section, "period", given))
    if isinstance(given, dict) and len(given) == 2 and "year" in given:
        cycle = next((part for part in _PARTS if part in given), "")
        if cycle:
            inner = section.section("period")
            year, part = (_place(inner, key, given[key]) for key in ("year", cycle))
            return PeriodAt(year=year, part=part, cycle=cycle)
    raise section.wrong("period", '"2020" | {header = "…"} | {column = "A"} | {year = …, month = …}')


def _place(section: Section, key: str, given: object) -> Place:
    if isinstance(given, str) and given.strip():
        return Place(header=" ".join(given.split()))
    if isinstance(given, dict) and set(given) == {"column"}:
        column = given["column"]
        if isinstance(column, str) and re.fullmatch(r"[A-Z]{1,3}", column):
            return Place(column=position_of(column))
        if isinstance(column, int) and not isinstance(column, bool) and column >= 1:
            return Place(column=column)
    raise section.wrong(key, _PLACE)
