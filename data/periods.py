"""Periods as files write them: a year, half, quarter, month or one day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_SHAPE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)

#: How long one cycle lasts, in months; a day is shorter than any of them.
CYCLE_MONTHS = {"day": 0, "month": 1, "quarter": 3, "half": 6, "year": 12, "2Y": 24}


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A stretch of civil time with both its ends. Ordered by its end, then by its start.

    `text` is as the file writes it; `cycle` is day, month, quarter, half or year. Where a report regime
    counts other days than the name says (15th to 14th), `start` and `end` are those of the row.
    """

    end: date
    start: date
    text: str
    cycle: str


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period | None:
    """`2019`, `2019-H1`, `2019-Q4`, `2019-03`, `2020-02-12`; None for anything else."""
    found = _SHAPE.fullmatch(text)
    if not found or found["year"] == "0000":
        return None
    year = int(found["year"])
    if found["half"]:
        return _months(text, "half", year, 6 * int(found["half"]) - 5, 6)
    if found["quarter"]:
        return _months(text, "quarter", year, 3 * int(found["quarter"]) - 2, 3)
    if found["day"]:
        day = parse_day(text)
        return Period(day, day, text, "day") if day else None
    if found["month"]:
        month = int(found["month"])
        return _months(text, "month", year, month, 1) if 1 <= month <= 12 else None
    return _months(text, "year", year, 1, 12)


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date | None:
    """`2020-02-12`; None for anything else, other ISO forms such as 20200212 included."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month stays a last day (30/09 + 3 = 31/12)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


def cut_off(civil: Period, cutoff_day: int) -> Period:
    """The days a report of this name speaks of, where months are cut off on a day: with 14, 2020-08 runs from
    15/07/2020 to 14/08/2020. In a shorter month the cut-off is its last day. Raises ValueError for one day."""
    if civil.cycle == "day":
        raise ValueError("one day has no cut-off")
    before = civil.start - timedelta(days=1)
    return Period(
        _in_month(civil.end, cutoff_day), _in_month(before, cutoff_day) + timedelta(1), civil.text, civil.cycle
    )


def civil_period(cycle: str, day: date, back: int = 0) -> Period:
    """The civil period of a cycle (month, quarter, half, year) that holds the day, or the one so many before it."""
    count = CYCLE_MONTHS[cycle]
    index = (day.year * 12 + day.month - 1) // count - back
    year, month = divmod(index * count, 12)
    names = {"month": f"{year:04}-{month + 1:02}", "year": f"{year:04}"}
    text = names.get(cycle) or f"{year:04}-{cycle[0].upper()}{month // count + 1}"
    return _months(text, cycle, year, month + 1, count)


def _in_month(day: date, number: int) -> date:
    return day.replace(day=min(number, monthrange(day.year, day.month)[1]))


def _months(text: str, cycle: str, year: int, first: int, count: int) -> Period:
    last = first + count - 1
    return Period(date(year, last, monthrange(year, last)[1]), date(year, first, 1), text, cycle)
