"""What the keys of a data file mean, by the table that explains them."""

from dataclasses import dataclass

from data.grid import Grid
from data.refusal import Problems, refuse
from data.sources.mapping import Mapping


@dataclass(frozen=True)
class Names:
    """Name of each key; `file` is the codebook they come from."""

    file: str
    meanings: dict[str, str]


def names_in(grid: Grid, mapping: Mapping) -> Names:
    """The names in a codebook. Its first row is the header; each key stands once and has a name.

    Raises Refusal naming the codebook: E_HEADER, E_FORMULA, E_MISSING, E_DUPLICATE.
    """
    assert mapping.codebook
    key_label, name_label = mapping.codebook.key, mapping.codebook.name
    headers = headers_of(grid.rows[:1])
    at = tuple(column_called(label, headers, grid.file, mapping.file) for label in (key_label, name_label))
    problems = Problems(grid.file)
    meanings: dict[str, str] = {}
    for row, cells in enumerate(grid.rows[1:], 1):
        line = grid.lines[row]
        key, name = (" ".join(cells[column].split()) if column < len(cells) else "" for column in at)
        if any((row, column) in grid.formulas for column in at):
            problems.add("E_FORMULA", "mapped", line=line, column=key_label, value=key)
        elif key in meanings:
            problems.add("E_DUPLICATE", "codebook_key", line=line, column=key_label, value=key)
        elif key and name:
            meanings[key] = name
        elif key or name:
            problems.add("E_MISSING", "mapped", line=line, column=name_label if key else key_label)
    problems.stop()
    return Names(grid.file, meanings)


def headers_of(rows: list[list[str]]) -> list[set[str]]:
    """What each column may be called: any cell of its header rows, or all of them joined from top to bottom."""
    width = max((len(row) for row in rows), default=0)
    found: list[set[str]] = []
    for column in range(width):
        texts = [" ".join(row[column].split()) for row in rows if column < len(row)]
        found.append({*texts, " ".join(text for text in texts if text)} - {""})
    return found


def column_called(header: str, headers: list[set[str]], file: str, mapping_file: str) -> int:
    """The index of the one column so called. Raises Refusal (E_HEADER) where there is none, or more than one."""
    found = [at for at, texts in enumerate(headers) if header in texts]
    if len(found) != 1:
        rule = "mapping_header_twice" if found else "mapping_header"
        raise refuse(file, "E_HEADER", rule, value=header, mapping=mapping_file)
    return found[0]
