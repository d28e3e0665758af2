"""What of the data has to be looked into on a day, kind by kind: counted, never a verdict on whoever reported."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.periods import parse_day
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.changes import changes, since_of
from metrics.boards.coverage import Cover, coverage
from metrics.boards.expected import expected
from metrics.boards.fresh import fresh_coverage, fresh_months, fresh_reports
from metrics.boards.known import Known, knowing
from metrics.boards.usage import usage
from metrics.boards.usage_checks import CHECKED, Check
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, limited, newest
from metrics.reporting import State

REJECTED, CORRECTED, STALE, *SHARES = KINDS = ("rejected", "corrected", "stale", *CHECKED)


@dataclass(frozen=True)
class Flag:
    """One kind of what has to be looked into, and how many there are; `kind` is one of KINDS."""

    kind: str
    count: Figure
    simulated: bool


@dataclass(frozen=True)
class Quality:
    """The kinds of which there is any, the most first; corrections are those since the end of `since`. `fresh` is how
    new what was looked through is, None where there is nothing."""

    at: date
    since: date
    flags: tuple[Flag, ...]
    fresh: Freshness | None

    @property
    def simulated(self) -> bool:
        """Whether any of it is simulated."""
        return any(each.simulated for each in self.flags)


def quality(store: Store, scope: Scope, asked: Asked) -> Quality:
    """What has to be looked into on the day; corrections since `asked.since`, else since the day before."""
    used = usage(store, scope, replace(asked, place=(), period=None, indicator=None))
    since = (parse_day(asked.since) if asked.since else None) or asked.at - timedelta(days=1)
    with knowing(store, scope, asked.at) as known:
        found = [*_flags(known, since), *_shares(used.checks if used else ())]
        counted = [each for each in found if each.count.quantity.number]
        flags = tuple(sorted(counted, key=lambda each: -each.count.quantity.number))
        months = fresh_months(used.months if used else (), known.at)
        looked = newest(fresh_reports(known), fresh_coverage(coverage(known), known.at), months)
        return Quality(asked.at, since, flags, limited(looked, asked.fresh_days))


def _flags(known: Known, since: date) -> Iterator[Flag]:
    made = expected(known)
    yield Flag(REJECTED, derived("quality/rejected", made.states.get(State.REJECTED, 0)), made.simulated)
    moved = changes(known, None, None, since_of(known.at, (), since.isoformat()))
    simulated = any(each.correction.after.status == "simulated" for each in moved.corrected)
    yield Flag(CORRECTED, derived(f"quality/corrected/{since}", len(moved.corrected)), simulated)
    stale = [each for each in coverage(known).indicators if each.state is Cover.STALE]
    yield Flag(STALE, derived("quality/stale", len(stale)), any(each.simulated for each in stale))


def _shares(checks: tuple[Check, ...]) -> Iterator[Flag]:
    """Shares that were reported otherwise than their parts add up to."""
    for code in SHARES:
        found = [each for each in checks if each.indicator.code == code and each.to_verify]
        yield Flag(code, derived(f"quality/{code}", len(found)), any(each.simulated for each in found))
