"""How one expected report stands at a moment: from its due day at UTC+7 and from what arrived, whatever zone the
machine is in.

on_time    taken by the end of its due day        late   taken after it
rejected   refused, and never taken
not_due    before its due day                     waiting   on its due day, nothing taken yet
missing    the due day is over and nothing was taken
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from data.clock import VIETNAM
from data.periods import Period, civil_period
from data.report_facts import Regime


class State(StrEnum):
    """Where a report stands; those to be looked after first."""

    MISSING = "missing"
    REJECTED = "rejected"
    LATE = "late"
    WAITING = "waiting"
    ON_TIME = "on_time"
    NOT_DUE = "not_due"


#: Those that somebody has to look after, in the order of a list.
TROUBLED = (State.MISSING, State.REJECTED, State.LATE)


@dataclass(frozen=True)
class Standing:
    """Where a report stands. `days` counts from its due day: to when it was taken (late), to the moment (missing,
    and rejected: 0 while the due day is not over); left until it (not_due); None elsewhere."""

    state: State
    days: int | None = None


def current_period(regime: Regime, on: date) -> Period | None:
    """The latest period whose due day has come; a regime that is new has the first one it owes. What is missing so
    stays in sight until the next report is due. None where nothing is owed: the regime does not hold yet, or ended
    before that day and its last due day is over."""
    after = None
    for back in count():
        period = regime.days_of(civil_period(regime.periodicity, on, back))
        if regime.due(period) <= on:
            break
        after = period
    if not regime.in_force(period.end):
        period = after or period
    ended = regime.valid_to is not None and regime.valid_to < on and regime.due(period) < on
    return period if regime.in_force(period.end) and not ended else None


def next_period(regime: Regime, after: date) -> Period | None:
    """The first period that is owed and whose due day lies after a day; None where the regime does not hold then."""
    start = after if regime.valid_from is None else max(after, regime.valid_from - timedelta(days=1))
    found = None
    for back in count(-1):
        period = regime.days_of(civil_period(regime.periodicity, start, back))
        if regime.due(period) <= start:
            return found
        if regime.in_force(period.end):
            found = period
    raise AssertionError  # counting has no end


def stand(due: date, taken_at: datetime | None, refused_at: datetime | None, moment: datetime) -> Standing:
    """Where an owed report stands at a moment. `taken_at` is when it first was taken, `refused_at` when it was last
    refused; None where it never was. What came after the moment is not known of. A report that was taken once stays
    taken: a refused correction leaves what was there. Moments carry their zone."""
    today = moment.astimezone(VIETNAM).date()
    if taken_at is not None and taken_at <= moment:
        late = (taken_at.astimezone(VIETNAM).date() - due).days
        return Standing(State.LATE, late) if late > 0 else Standing(State.ON_TIME)
    gone = (today - due).days
    if refused_at is not None and refused_at <= moment:
        return Standing(State.REJECTED, max(0, gone))
    if gone > 0:
        return Standing(State.MISSING, gone)
    return Standing(State.WAITING) if gone == 0 else Standing(State.NOT_DUE, -gone)
