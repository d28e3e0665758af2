"""How far a system has come by what is told of it: what is planned is judged like any demand, never by silence.

running     told to be in operation, or opened
unknown     a planned period is over and nothing was told since
planned     a planned period is still to come
under_way   told to be drafted, built, connected or tried out
nothing     named, and nothing was told of it
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.facts import Milestone
from metrics.obligations import Standing, Verdict, judge


class Stage(StrEnum):
    """How far a system has come, those that need a word first."""

    UNKNOWN = "unknown"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    NOTHING = "nothing"
    RUNNING = "running"


#: A system of which one of these is told is in operation.
_IN_USE = frozenset({"operate", "launch", "extend"})
#: Stands for "in operation by that day, since when is not told".
_STANDS = "stands"
#: What follows from what: whatever is in operation was built and tried out before; it need not be connected.
_ORDER = ("draft", "build", "trial", "operate", "launch", _STANDS, "extend")


@dataclass(frozen=True)
class Heard:
    """A milestone that was told, as the rule takes it: done on its day, or still open on it."""

    event: str
    day: date
    state: str
    milestone: Milestone


def heard(milestones: Sequence[Milestone]) -> list[Heard]:
    """What was told, by day. That a system is in operation on a day tells that it was put into operation by then, not
    when: it bounds what was planned and makes nothing late."""
    words = []
    for each in milestones:
        if each.day is None:
            continue
        if each.state == "reached":
            words.append(Heard(each.event, each.day, "done", each))
        elif each.event in ("operate", "launch"):
            words.append(Heard(_STANDS, each.day, "done", each))
        else:
            words.append(Heard(each.event, each.day, "open", each))
    return sorted(words, key=lambda word: word.day)


def judge_plan(plan: Milestone, milestones: Sequence[Milestone], at: date) -> Verdict[Heard]:
    """How a planned milestone stands on a day; `milestones` is everything known of its system by then."""
    return judge(plan.event, plan.due.end if plan.due else None, heard(milestones), at, _ORDER)


def silent(verdict: Verdict[Heard]) -> bool:
    """Whether a planned period is over and nothing is known since: neither reached, nor open, nor overtaken."""
    return verdict.standing is Standing.UNKNOWN and verdict.at_most is None


def stage_of(milestones: Sequence[Milestone], at: date) -> Stage:
    """How far a system has come by the end of a day; `milestones` is everything known of it by then."""
    told = [each for each in milestones if each.state != "planned"]
    if any(each.event in _IN_USE for each in told):
        return Stage.RUNNING
    plans = [judge_plan(each, milestones, at) for each in milestones if each.state == "planned"]
    if any(silent(verdict) for verdict in plans):
        return Stage.UNKNOWN
    if any(each.due is not None and each.due.end >= at for each in milestones):
        return Stage.PLANNED
    return Stage.UNDER_WAY if told else Stage.NOTHING
