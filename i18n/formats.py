"""How numbers, dates and periods are written: 1.234,5 and 10,7% in Vietnamese, 1,234.5 and 10.7% in English."""

from datetime import date
from decimal import Decimal

MINUS = "\u2212"
#: Keeps a number and its unit on one line.
NO_BREAK = "\u00a0"
_ROMAN = ("I", "II", "III", "IV")


def number(value: Decimal, decimals: int, language: str, *, signed: bool = False) -> str:
    """`value` with exactly so many decimals, grouped by thousands; minus is U+2212."""
    text = f"{abs(value):,.{decimals}f}"
    if language == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    if value < 0:
        return MINUS + text
    return f"+{text}" if signed and value > 0 else text


def as_written(value: Decimal, language: str) -> str:
    """A finite `value` with the decimals it has: 0.5 as 0,5 and 20 as 20; for the marks of an axis."""
    exponent = value.as_tuple().exponent
    return number(value, max(0, -exponent) if isinstance(exponent, int) else 0, language)


def day(value: date) -> str:
    """dd/mm/yyyy in both languages."""
    return f"{value:%d/%m/%Y}"


def paper_day(value: date) -> str:
    """A day as administrative documents write it: a leading zero below 10 for days and below 3 for months."""
    return f"{value:%d}/{paper_month(value)}/{value.year}"


def paper_month(value: date) -> str:
    """The month of a day as administrative documents write it: a leading zero below 3."""
    return f"{value.month:02}" if value.month < 3 else str(value.month)


def short_period(text: str) -> str:
    """A period in few letters, for a mark on an axis, in both languages: 2019, H1/19, Q4/19, 03/19, 12/02/20."""
    year, *parts = text.split("-")
    return "/".join([*reversed(parts), year[2:]]) if parts else year


def period(text: str, language: str) -> str:
    """A period as its file writes it (2019, 2019-H1, 2019-Q4, 2019-03, 2020-02-12), in words for a label."""
    parts = text.split("-")
    year = parts[0]
    if len(parts) == 3:
        return f"{parts[2]}/{parts[1]}/{year}"
    if len(parts) == 1:
        return f"năm {year}" if language == "vi" else year
    part = parts[1]
    if part.startswith("Q"):
        roman = _ROMAN[int(part[1]) - 1]
        return f"quý {roman} năm {year}" if language == "vi" else f"Q{part[1]} {year}"
    if part.startswith("H"):
        if language == "vi":
            return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"
        return f"{'first' if part == 'H1' else 'second'} half of {year}"
    # Leading zero below 10 for days, below 3 for months, as administrative documents write them.
    month = part if int(part) < 3 else str(int(part))
    return f"tháng {month} năm {year}" if language == "vi" else f"{part}/{year}"
