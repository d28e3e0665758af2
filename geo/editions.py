"""The two maps of provinces there are, and what each place of one is formed of on the other.

The 63 provinces of before and the 34 of after share codes that mean different places: a code is only understood
together with its edition, or with a day.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "mergers.csv"


class Edition(StrEnum):
    """A map of provinces, named by how many it has."""

    OF_63 = "63"
    OF_34 = "34"

    @property
    def day(self) -> date:
        """A day on which the codes mean the places of this edition: its last, or its first."""
        return changed() if self is Edition.OF_34 else changed() - timedelta(days=1)

    @property
    def size(self) -> int:
        """How many provinces it has."""
        return int(self)


@dataclass(frozen=True)
class Merger:
    """One of the 63 and the one of the 34 it went into, since when, and the number of the resolution."""

    old: str
    new: str
    since: date
    act: str


@cache
def mergers() -> tuple[Merger, ...]:
    """A row for each of the 63, in order of code. Source: mergers.csv."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Merger(row["old_code"], row["new_code"], date.fromisoformat(row["valid_from"]), row["act"])
            for row in csv.DictReader(file)
        )


@cache
def changed() -> date:
    """The first day of the 34."""
    return min(each.since for each in mergers())


@cache
def act() -> str:
    """The number of the resolution by which the 63 became the 34."""
    return mergers()[0].act


def edition_on(day: date) -> Edition:
    """The edition whose codes hold on a day."""
    return Edition.OF_34 if day >= changed() else Edition.OF_63


@cache
def formed_of(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """For each code of the edition the codes of the other one that make up its ground, in order of code.

    Each of the 34 is made up of one or several of the 63. Of the 63 those alone are here that are all of one of the
    34: the others are a part of one, and a part cannot be told from a whole.
    """
    into: dict[str, list[str]] = {}
    for each in mergers():
        into.setdefault(each.new, []).append(each.old)
    if edition is Edition.OF_34:
        return {code: tuple(sorted(parts)) for code, parts in sorted(into.items())}
    return {parts[0]: (code,) for code, parts in sorted(into.items()) if len(parts) == 1}


@cache
def successor(old: str) -> str:
    """Which of the 34 one of the 63 went into. Raises StopIteration for a code that is none of them."""
    return next(each.new for each in mergers() if each.old == old)
