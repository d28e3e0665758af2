"""Numbers as people write them in tables: "gần 1.800", "86,5%", "1,9 triệu", "-" for none."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from data.quantity import Qualifier, Quantity

#: Texts that stand for "no figure" unless a mapping lists its own; an empty cell is not among them.
MISSING = ("-", "–", "…", "...")

_QUALIFIERS = {"gần": Qualifier.UNDER, "trên": Qualifier.OVER, "khoảng": Qualifier.APPROX}
_POWERS = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
#: Digits in threes behind a first group that does not begin with 0.
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")


@dataclass(frozen=True)
class Marks:
    """How a file writes numbers. `decimal` and `thousands` are empty where nobody declared them; `typed` where the
    file holds numbers of its own besides texts (a workbook), which are always given with a point."""

    decimal: str = ""
    thousands: str = ""
    missing: frozenset[str] = frozenset(MISSING)
    typed: bool = False


class UnreadableError(ValueError):
    """A cell that is not a number, or may be two: the code and rule of its refusal."""

    def __init__(self, code: str, rule: str) -> None:
        self.code = code
        self.rule = rule
        super().__init__(f"{code} {rule}")


def is_missing(text: str, marks: Marks) -> bool:
    """Whether the cell says that there is no figure. An empty cell says so only where the mapping lists it."""
    return " ".join(text.split()) in marks.missing


@lru_cache(maxsize=4096)
def quantity_of(text: str, marks: Marks, unit: str) -> Quantity:
    """The number in a cell, exactly as written, with its qualifier. Unit: `unit`, the mapping's.

    Raises UnreadableError: E_NUMBER, E_AMBIGUOUS_NUMBER, or E_UNIT where the cell names a unit of its own
    that does not fit.
    """
    words = unicodedata.normalize("NFC", text).replace("\u2212", "-").split()
    qualifier = Qualifier.EXACT
    if len(words) > 1 and words[0].casefold() in _QUALIFIERS:
        qualifier = _QUALIFIERS[words.pop(0).casefold()]
    power = 0
    if len(words) > 1 and words[-1].casefold() in _POWERS:
        power = _POWERS[words.pop().casefold()]
        if unit.casefold().split()[0] in _POWERS:
            raise UnreadableError("E_UNIT", "large_number_word")
    written = " ".join(words)
    if written.endswith("%"):
        if unit != "%":
            raise UnreadableError("E_UNIT", "percent_sign")
        written = written[:-1].rstrip()
    # An exponent in the text is exact; scaleb would round to the precision of the context.
    return Quantity(Decimal(f"{_plain(written, marks)}E{power}"), qualifier)


def _plain(written: str, marks: Marks) -> str:
    """The number with a decimal point and no thousands marks."""
    decimal = re.escape(marks.decimal or ".")
    grouped = _GROUPED.fullmatch(written)
    if grouped and marks.typed and marks.decimal == "," and grouped[1] == ".":
        raise UnreadableError("E_AMBIGUOUS_NUMBER", "typed_dots")
    if not marks.decimal and (grouped or re.fullmatch(r"-?[0-9][0-9., ]*,[0-9]+", written)):
        raise UnreadableError("E_AMBIGUOUS_NUMBER", "decimal_mark")
    if re.fullmatch(rf"-?[0-9]+(?:{decimal}[0-9]+)?", written):
        return written.replace(marks.decimal or ".", ".")
    thousands = re.escape(marks.thousands)
    if thousands and re.fullmatch(rf"-?[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+(?:{decimal}[0-9]+)?", written):
        return written.replace(marks.thousands, "").replace(marks.decimal, ".")
    if grouped and not marks.thousands:
        raise UnreadableError("E_AMBIGUOUS_NUMBER", "thousands_mark")
    raise UnreadableError("E_NUMBER", "mapped")
