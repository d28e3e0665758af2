"""How long what is shown stays fresh: one cycle, counted from the newest day that it tells of.

A figure of a period that is over tells of its last day. One that was published while its period ran tells of the day
of its publication and no later, so that a month that runs does not look fresh until the end of the next. What several
things show together is as new as the newest of them, and fresh for as long as any of them is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.facts import Indicator
from metrics.figure import Figure, derived
from metrics.periods import Period, cycle_end, longer_cycle, stale_after

#: The cycle of what has none of its own: check-ins, orders and milestones are looked for every month.
EVENTS = "month"


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new something is: the newest day that it tells of, the last day on which it is fresh, and the day `at` as
    seen on. What is absent has no freshness at all."""

    as_of: date
    fresh_until: date
    at: date

    @property
    def stale(self) -> bool:
        """Whether its last fresh day is over."""
        return self.at > self.fresh_until

    @property
    def age_days(self) -> int:
        """Days since the newest day that it tells of; negative while a period still runs."""
        return (self.at - self.as_of).days

    @property
    def past(self) -> Figure | None:
        """How many days its last fresh day is past; None while it is fresh."""
        return derived(f"past/{self.fresh_until}", (self.at - self.fresh_until).days, "ngày") if self.stale else None


def freshness(period: Period, indicator: Indicator, at: date) -> Freshness:
    """How old a figure of this period is at `at`. A daily figure is fresh on the day after its own."""
    return Freshness(period.end, stale_after(period, indicator.cycle), at)


def fresh_since(day: date, cycle: str, at: date) -> Freshness:
    """The freshness of what tells of a day and is told anew once a cycle; KeyError for an unknown cycle."""
    return Freshness(day, cycle_end(day, cycle), at)


def fresh_figures(period: Period, cycle: str, published: Iterable[date], at: date) -> Freshness | None:
    """The freshness of figures of one period of an indicator with that cycle, by the days on which they became known;
    None without any figure."""
    last = max(published, default=None)
    return None if last is None else fresh_since(min(period.end, last), longer_cycle(cycle, period.cycle), at)


def fresh_events(days: Iterable[date], at: date) -> Freshness | None:
    """The freshness of what was told event by event; None where nothing was told by the end of `at`."""
    last = max((day for day in days if day <= at), default=None)
    return None if last is None else fresh_since(last, EVENTS, at)


def newest(*found: Freshness | None) -> Freshness | None:
    """The freshness of several things together; None where all of them are absent."""
    known = [each for each in found if each is not None]
    if not known:
        return None
    return Freshness(max(each.as_of for each in known), max(each.fresh_until for each in known), known[0].at)


def limited(found: Freshness | None, days: int | None) -> Freshness | None:
    """The same under a limit of so many days since the newest day, where that is the shorter one."""
    if found is None or days is None:
        return found
    return replace(found, fresh_until=min(found.fresh_until, found.as_of + timedelta(days=days)))
