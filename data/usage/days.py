"""Days and months as usage facts hold them: 20200131 and 202001, readable and in the order of time."""

from datetime import date

_DAYS, _MONTHS = 100, 10_000


def number_of(day: date) -> int:
    """The number of a day."""
    return day.year * _MONTHS + day.month * _DAYS + day.day


def day_of(number: int) -> date:
    """The day of a number."""
    return date(number // _MONTHS, number // _DAYS % 100, number % _DAYS)


def month_of(day: int) -> int:
    """The number of the month that a day lies in."""
    return day // _DAYS


def span_of(month: int) -> tuple[int, int]:
    """The least and the greatest number that a day of a month can have."""
    return month * _DAYS + 1, month * _DAYS + 31
