"""How an event that was demanded stands: from its due date and what was told of it, never from silence.

done        told with its day: in time, late, or without a date to be measured by
open        told as open: before the date in time or at risk; after it overdue, to the last day it was told open, or
            done late where a later event of the same was told done since
nothing     told at all: not yet due, unknown once the date has passed, or no date given
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar


class Word(Protocol):
    """What is told of an event on a day; `state` is open, at_risk or done (then `day` is when)."""

    @property
    def event(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def state(self) -> str: ...


Telling = TypeVar("Telling", bound=Word)


class Standing(StrEnum):
    """Where an event stands, the most urgent first."""

    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    AT_RISK = "at_risk"
    IN_TIME = "in_time"
    NOT_DUE = "not_due"
    NO_DATE = "no_date"
    DONE_LATE = "done_late"
    DONE = "done"
    DONE_IN_TIME = "done_in_time"


#: What follows from what: whoever issued it has submitted it before.
_ORDER = ("submit", "issue", "operate")
FINISHED = frozenset({Standing.DONE_LATE, Standing.DONE, Standing.DONE_IN_TIME})
#: Of what stands so the date has passed and it is not told done.
PASSED = frozenset({Standing.OVERDUE, Standing.UNKNOWN})


@dataclass(frozen=True)
class Verdict(Generic[Telling]):
    """How one event stands against one date.

    `days` counts from the due date: late (done_late), to the last day it was told open (overdue), since the date has
    passed (unknown), or still left (at_risk, in_time, not_due); None elsewhere. `at_most` is set where only the day
    of a later event is known: the event came no later, so that its delay is at most so many days. It is called late
    (done_late, without days) only where it was told open after its date.
    `told` is the word that decides, None where nothing was told.
    """

    standing: Standing
    days: int | None = None
    at_most: int | None = None
    told: Telling | None = None


def judge(
    event: str, due: date | None, told: Sequence[Telling], at: date, order: Sequence[str] = _ORDER
) -> Verdict[Telling]:
    """How an event stands on a day. `told` is everything known by then of the whole, by day; `order` says which
    events follow from which."""
    own = [each for each in told if each.event == event]
    done = next((each for each in own if each.state == "done"), None)
    if done is not None:
        if due is None:
            return Verdict(Standing.DONE, told=done)
        late = (done.day - due).days
        return Verdict(Standing.DONE_LATE, late, told=done) if late > 0 else Verdict(Standing.DONE_IN_TIME, told=done)
    last = own[-1] if own else None
    if due is None:
        return Verdict(Standing.NO_DATE, told=last)
    if at <= due:
        return _before(last, (due - at).days)
    followed = _followed(event, told, order)
    at_most = None if followed is None else max(0, (followed.day - due).days)
    if last is not None and last.day > due:
        if followed is not None and followed.day >= last.day:
            return Verdict(Standing.DONE_LATE, None, at_most, last)
        return Verdict(Standing.OVERDUE, (last.day - due).days, told=last)
    return Verdict(Standing.UNKNOWN, (at - due).days, at_most, last)


def _before(last: Telling | None, left: int) -> Verdict[Telling]:
    if last is None:
        return Verdict(Standing.NOT_DUE, left)
    return Verdict(Standing.AT_RISK if last.state == "at_risk" else Standing.IN_TIME, left, told=last)


def _followed(event: str, told: Sequence[Telling], order: Sequence[str]) -> Telling | None:
    """The first later event that was told done; None where none follows from this one."""
    later = order[order.index(event) + 1 :] if event in order else ()
    return next((each for each in told if each.event in later and each.state == "done"), None)
