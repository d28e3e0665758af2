"""How long a figure stays fresh: one cycle, counted from the last day of its period."""

from datetime import date, timedelta

from data.periods import CYCLE_MONTHS, Period, add_months, parse_day, parse_period


def cycle_end(day: date, cycle: str) -> date:
    """The day one cycle after `day`: the next day for a daily cycle, else the same day so many months later.

    Month ends stay month ends (30/09 and a quarter is 31/12). `cycle` is a key of data.periods.CYCLE_MONTHS;
    any other raises KeyError.
    """
    months = CYCLE_MONTHS[cycle]
    return add_months(day, months) if months else day + timedelta(days=1)


def same_measure(one: Period, other: Period, indicator_cycle: str, unit_kind: str) -> bool:
    """Whether figures of two periods can be held against each other: both of one length, or shares, rates and scores
    of which neither tells of a longer time than the indicator's own cycle (as at a day within its month)."""
    if one.cycle == other.cycle:
        return True
    longest = max(CYCLE_MONTHS[one.cycle], CYCLE_MONTHS[other.cycle])
    return unit_kind in ("share", "rate", "score") and longest <= CYCLE_MONTHS[indicator_cycle]


def longer_cycle(first: str, second: str) -> str:
    """The longer of two cycles; KeyError for an unknown one."""
    return max(first, second, key=CYCLE_MONTHS.__getitem__)


def stale_after(period: Period, indicator_cycle: str) -> date:
    """The last day on which a figure of this period is fresh; it is stale from the day after.

    The cycle is the longer of the indicator's and the period's own: a monthly indicator known for a whole year
    stays fresh for a year, one known as at a day for a month.
    """
    return cycle_end(period.end, longer_cycle(indicator_cycle, period.cycle))


__all__ = [
    "CYCLE_MONTHS",
    "Period",
    "add_months",
    "cycle_end",
    "longer_cycle",
    "parse_day",
    "parse_period",
    "same_measure",
    "stale_after",
]
