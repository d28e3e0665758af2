"""The centre's terms in both languages, as its own file has them."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "reference" / "glossary.csv"


@dataclass(frozen=True)
class Term:
    """A term, its English name, and what it means in this system, in both languages."""

    vi: str
    en: str
    meaning_vi: str
    meaning_en: str


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Term(**row) for row in csv.DictReader(file))
