"""What day it is: at UTC+7, the machine's own or the one that was fixed."""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "UTC+7")


def now() -> datetime:
    """The machine's moment, at UTC+7."""
    return datetime.now(VIETNAM)


def minute_of(moment: datetime) -> str:
    """A moment as messages tell it, at UTC+7: `2020-08-14 16:30`."""
    return moment.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M")


def machine_today() -> date:
    """The machine's own date, at UTC+7."""
    return now().date()


def clock(fixed: date | None, demonstration: date | None) -> date:
    """The day of the product: the fixed one, else that of the demonstration data, else the machine's."""
    return fixed or demonstration or machine_today()
