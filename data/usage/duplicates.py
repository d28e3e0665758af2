"""Which keys stand twice in a file of usage; looked for only where an engine said that one does."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from data.refusal import SHOWN, Problem, Refusal
from data.sources.usage import Part, parts
from data.usage.catalogue import Numbers
from data.usage.rows import Reader

_LEVELS, _PROCEDURES, _DAYS = 10, 1_000_000, 100_000_000


def refusal(path: Path, name: str, reader: Reader) -> Refusal:
    """The refusal of a file that holds keys twice: the line of each second one, and that of the first."""
    twice = _twice(np.concatenate([keys for _, keys in _keys(path, name, reader)]))
    first: dict[int, int] = {}
    problems: list[Problem] = []
    total = 0
    for part, keys in _keys(path, name, reader):
        for row in np.flatnonzero(np.isin(keys, twice)).tolist():
            key, line = int(keys[row]), part.first_line + row
            if first.setdefault(key, line) == line:
                continue
            total += 1
            if len(problems) < SHOWN:
                value = " / ".join(
                    _told(part, column, row) for column in ("date", "agency_code", "procedure_code", "level")
                )
                hints = (("first", str(first[key])),)
                problems.append(Problem(name, "E_DUPLICATE", "key", line=line, value=value, hints=hints))
    return Refusal(problems, total)


def _keys(path: Path, name: str, reader: Reader) -> Iterator[tuple[Part, Numbers]]:
    """The key of each row as one number, a part at a time."""
    for part in parts(path, name):
        rows = reader.read(part)
        if rows is not None:
            days = rows.agency * _DAYS + rows.day
            yield part, (days * _PROCEDURES + rows.procedure) * _LEVELS + rows.level


def _twice(keys: Numbers) -> Numbers:
    keys.sort()
    return np.unique(keys[1:][keys[1:] == keys[:-1]])


def _told(part: Part, column: str, row: int) -> str:
    cells = part.cells[column]
    return str(cells.texts[int(cells.at[row])])
