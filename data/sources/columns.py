"""Checks of one column at a time: each distinct text is read once, each line that holds a bad one is told."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from data.facts import Indicator
from data.periods import Period, parse_day, parse_period
from data.refusal import Problems
from data.register import nearest
from data.sheet import Sheet

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MILESTONES = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}:-?[0-9]+(\.[0-9]+)?")
Read = TypeVar("Read")


class Columns:
    """The columns of one sheet, read into values; troubles go to `problems`.

    Each method gives a list as long as the sheet. A cell that is empty, or refused, gives None.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems = Problems(sheet.file)
        self.lines: list[int] = sheet.frame.index.tolist()
        self._texts: dict[str, list[str]] = {}

    def text(self, name: str) -> list[str]:
        """The cells as they stand; the empty text where there is none. Equal cells are one text in memory."""
        if name not in self._texts:
            cells: list[str] = self.sheet.frame[name].tolist()
            one = {cell: cell for cell in cells} if any(cells) else {}
            self._texts[name] = [one[cell] for cell in cells] if one else cells
        return self._texts[name]

    def required(self, *names: str) -> None:
        """Refuse empty cells of these columns."""
        for name in names:
            if "" not in set(self.text(name)):
                continue
            for line, cell in zip(self.lines, self.text(name), strict=True):
                if not cell:
                    self.problems.add("E_MISSING", "cell", line=line, column=name)

    def read(self, name: str, reader: Callable[[str], Read | None], code: str, rule: str) -> list[Read | None]:
        """Cells read by `reader`, which gives None for what it cannot read; `{mended}` is a hint for numbers."""
        cells = self.text(name)
        meant: dict[str, Any] = {text: reader(text) for text in set(cells) if text}
        if not meant:
            return [None] * len(cells)
        if None in meant.values():
            for line, text in zip(self.lines, cells, strict=True):
                if text and meant[text] is None:
                    self.problems.add(code, rule, line=line, column=name, value=text, mended=_mended(text))
        return [meant.get(text) for text in cells]

    def numbers(self, name: str) -> list[Decimal | None]:
        """Plain decimals with a point: -12, 86.5. Anything else is E_NUMBER."""
        return self.read(name, read_number, "E_NUMBER", "not_a_number")

    def days(self, name: str) -> list[date | None]:
        """Days as YYYY-MM-DD. Anything else is E_PERIOD."""
        return self.read(name, parse_day, "E_PERIOD", "not_a_day")

    def periods(self, name: str) -> list[Period | None]:
        """Years, halves, quarters, months and days. Anything else is E_PERIOD."""
        return self.read(name, parse_period, "E_PERIOD", "not_a_period")

    def known(self, name: str, meanings: Mapping[str, Read], rule: str) -> list[Read | None]:
        """Codes and what they mean. An unknown one is E_CODE, with the nearest known as a hint."""
        cells = self.text(name)
        hints = {text: nearest(text, tuple(meanings)) or "—" for text in set(cells) if text and text not in meanings}
        for line, text in zip(self.lines, cells, strict=True) if hints else ():
            if text in hints:
                self.problems.add("E_CODE", rule, line=line, column=name, value=text, nearest=hints[text])
        return [meanings.get(text) for text in cells]

    def one_of(self, name: str, allowed: Collection[str]) -> list[str]:
        """Words of a fixed list. Another is E_CODE; an empty cell stays the empty text."""
        cells = self.text(name)
        wrong = {text for text in set(cells) if text and text not in allowed}
        for line, text in zip(self.lines, cells, strict=True) if wrong else ():
            if text in wrong:
                listed = ", ".join(word for word in allowed if word)
                self.problems.add("E_CODE", "word", line=line, column=name, value=text, allowed=listed)
        return cells

    def natural(self, line: int, name: str, number: Decimal | None, indicator: Indicator) -> None:
        """Refuse a number outside the natural limits of its indicator."""
        if number is not None and not within(number, indicator):
            self.problems.add("E_RANGE", "natural", line=line, column=name, value=str(number), **limits(indicator))

    def keys_once(self, keys: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        """Refuse a key that stands twice in one file; `keys` gives the line of each."""
        first: dict[tuple[str, ...], int] = {}
        for line, key in keys:
            if key in first:
                self.problems.add("E_DUPLICATE", "key", line=line, value=" / ".join(key), first=str(first[key]))
            first.setdefault(key, line)


def within(number: Decimal, indicator: Indicator) -> bool:
    """Whether a number lies within the natural limits of its indicator."""
    low, high = indicator.natural_min, indicator.natural_max
    return (low is None or low <= number) and (high is None or number <= high)


def limits(indicator: Indicator) -> dict[str, str]:
    """The natural limits of an indicator, as a message names them."""
    low, high = indicator.natural_min, indicator.natural_max
    return {"low": "−∞" if low is None else str(low), "high": "∞" if high is None else str(high)}


def read_number(text: str) -> Decimal | None:
    """A decimal as input files write it; None for anything else (inf, NaN, 1e3, 63,5, full-width digits)."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def read_path(text: str) -> str | None:
    """linear, flat, none or `day:value;day:value` in order of time; None for anything else."""
    if text in ("linear", "flat", "none"):
        return text
    points = text.split(";")
    days = [point.split(":")[0] for point in points]
    right = all(_MILESTONES.fullmatch(point) and parse_day(day) for point, day in zip(points, days, strict=True))
    return text if right and days == sorted(set(days)) else None


def _mended(text: str) -> str:
    """How the number was probably meant: 63,5 is 63.5; the contract's example where there is no telling."""
    tried = text.strip().removesuffix("%").strip().replace(",", ".")
    return tried if _NUMBER.fullmatch(tried) else "63.5"
