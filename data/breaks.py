"""Where an act changed what an indicator measures: the figures before and after it are two series, never one line."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "reference" / "breaks.csv"


@dataclass(frozen=True)
class Break:
    """An act that from its day on measures something else under the same code. What was measured before and after is
    told in both languages; `certainty` is sourced or unconfirmed."""

    indicator: str
    day: date
    act: str
    certainty: str
    before_vi: str
    before_en: str
    after_vi: str
    after_en: str


@cache
def breaks_of(indicator: str) -> tuple[Break, ...]:
    """The breaks of an indicator in order of time; empty for one that always measured the same."""
    return _every().get(indicator, ())


def act_of(indicator: str, day: date) -> str:
    """The act under which the figure of a period that ends on this day is measured; empty before the first one."""
    return next((each.act for each in reversed(breaks_of(indicator)) if each.day <= day), "")


@cache
def _every() -> Mapping[str, tuple[Break, ...]]:
    found: dict[str, list[Break]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = Break(row["indicator_code"], date.fromisoformat(row["valid_from"]), *list(row.values())[2:])
            found.setdefault(one.indicator, []).append(one)
    return {code: tuple(sorted(each, key=lambda one: one.day)) for code, each in found.items()}
