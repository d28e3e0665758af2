"""A report in the administrative form, as plain values: what is drafted, hashed and signed, and printed on any paper.

A sheet is one report, meant for one page; `run` is a stretch of text, with the mark of the figure it prints, if any.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, TypeAlias

from metrics.figure import Figure


@dataclass(frozen=True)
class Run:
    """A stretch of text. `mark` names the figure it prints, empty for words; `derived` as that of the figure."""

    text: str
    bold: bool = False
    mark: str = ""
    derived: bool = True


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text."""

    runs: Runs


@dataclass(frozen=True)
class Grid:
    """A table: the words over its columns, their widths in hundredths, the columns (from 0) whose cells stand in the
    middle, and its rows cell by cell."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    centred: tuple[int, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """One report: what it is about, its text, who gets it, whose words it rests on. `key` is that of the entry, empty
    for the covering list. `simulated` where any of it rests on simulated data."""

    key: str
    about: str
    blocks: tuple[Paragraph | Grid, ...]
    recipients: tuple[str, ...]
    sources: str
    simulated: bool


@dataclass(frozen=True)
class Paper:
    """A covering list and a report for each of its entries, as known at the end of `at`."""

    at: date
    sheets: tuple[Sheet, ...]

    @property
    def simulated(self) -> bool:
        """Whether any of it rests on simulated data."""
        return any(sheet.simulated for sheet in self.sheets)

    def figures(self) -> Iterator[Run]:
        """Every run that prints a figure."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                cells = [block.runs] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
                yield from (run for cell in cells for run in cell if run.mark)


@dataclass(frozen=True)
class Signing:
    """How far a paper is: who drafted it, who signed it and when; None where nobody did. `sha256` is the hash of the
    content."""

    sha256: str
    drafted_by: str | None = None
    signed_by: str | None = None
    day: date | None = None


def written_paper(paper: Paper) -> str:
    """The paper as one text, the same on every machine: what is hashed."""
    return json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def read_paper(text: str) -> Paper:
    """A paper from its text. Raises ValueError, KeyError or TypeError where it is none."""
    found = json.loads(text)
    return Paper(date.fromisoformat(found["at"]), tuple(_sheet(each) for each in found["sheets"]))


def hash_of(text: str) -> str:
    """The hash that is printed and signed."""
    return sha256(text.encode("utf-8")).hexdigest()


def _sheet(found: dict[str, Any]) -> Sheet:
    blocks = tuple(_block(each) for each in found.pop("blocks"))
    return Sheet(blocks=blocks, recipients=tuple(found.pop("recipients")), **found)


def _block(found: dict[str, Any]) -> Paragraph | Grid:
    if "runs" in found:
        return Paragraph(_runs(found["runs"]))
    rows = tuple(tuple(_runs(cell) for cell in row) for row in found["rows"])
    return Grid(tuple(found["heads"]), tuple(found["widths"]), tuple(found["centred"]), rows)


def _runs(found: list[dict[str, Any]]) -> Runs:
    return tuple(Run(**each) for each in found)


def figure_run(figure: Figure, text: str, *, bold: bool = False) -> Run:
    """A run that prints a figure in these words."""
    return Run(text, bold, figure.mark, figure.derived)
