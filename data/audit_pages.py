"""The audit log a page at a time, the newest row first, as a reader looks through it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Lock

import sqlalchemy as sa

from data.audit import EMBARGO, Entry, Verified, newest_first, verify
from data.clock import VIETNAM, now
from data.schema import AUDIT, AUDIT_HEAD
from data.scope import Scope
from data.store import Snapshot

#: What is done, by the first word of it: every action that is ever written down.
ACTIONS = ("ingest", "dossier", "person", "screen", "token", "export", "correction", "period", "secrecy")
#: What was verified is looked at again after so long, though the log went on by nothing: somebody may write past us.
_VERIFIED_SECONDS = 600


@dataclass(frozen=True)
class Wanted:
    """Which rows: of a day in Viet Nam, of an actor, of an action by its whole words or its first, those whose detail
    holds a text, those before a number. None is any."""

    day: date | None = None
    actor: str | None = None
    action: str | None = None
    find: str | None = None
    before: int | None = None


@dataclass(frozen=True)
class Part:
    """The newest of the rows that were wanted, how many rows those are without regard to `before`, and whether there
    are older ones behind these."""

    entries: tuple[Entry, ...]
    count: int
    older: bool


def part(snapshot: Snapshot, scope: Scope, wanted: Wanted, most: int) -> Part:
    """The newest `most` rows that are wanted. The log tells of every agency: whoever may not see all of them sees
    none of it."""
    if scope.agencies is not None:
        return Part((), 0, False)
    conditions = list(_conditions(wanted))
    if wanted.find and not scope.embargoed:
        # A search must not tell what the detail would not.
        conditions.append(~AUDIT.c.detail.contains(EMBARGO, autoescape=True))
    count = snapshot.execute(sa.select(sa.func.count()).select_from(AUDIT).where(*conditions)).scalar_one()
    if wanted.before is not None:
        conditions.append(AUDIT.c.id < wanted.before)
    found = newest_first(snapshot, scope, conditions, most + 1)
    return Part(tuple(found[:most]), count, len(found) > most)


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.day is not None:
        begins = datetime.combine(wanted.day, time(), VIETNAM)
        found += [AUDIT.c.recorded_at >= begins, AUDIT.c.recorded_at < begins + timedelta(days=1)]
    if wanted.actor:
        found.append(AUDIT.c.actor == wanted.actor)
    if wanted.action:
        words = AUDIT.c.action.startswith(f"{wanted.action} ", autoescape=True)
        found.append((AUDIT.c.action == wanted.action) | words)
    if wanted.find:
        found.append(AUDIT.c.detail.icontains(wanted.find, autoescape=True))
    return found


@dataclass(frozen=True)
class Checked:
    """What `verify` found, and when it was asked."""

    found: Verified
    at: datetime


class Checks:
    """What was found of a log, kept for as long as its head stands where it stood, and for ten minutes: walking the
    whole log takes time with its length. Safe to share between threads; one walks, others wait."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], Checked] = {}
        self._lock = Lock()

    def checked(self, snapshot: Snapshot) -> Checked:
        """What `verify` says, at most ten minutes old."""
        head = snapshot.execute(sa.select(AUDIT_HEAD.c.newest, AUDIT_HEAD.c.checksum)).one_or_none()
        key = (0, "") if head is None else (head.newest, head.checksum)
        with self._lock:
            known = self._fresh(self._kept).get(key)
            if known is None:
                known = Checked(verify(snapshot), now())
                self._kept = {key: known}
            return known

    @staticmethod
    def _fresh(kept: Mapping[tuple[int, str], Checked]) -> Mapping[tuple[int, str], Checked]:
        return {key: each for key, each in kept.items() if abs((now() - each.at).total_seconds()) < _VERIFIED_SECONDS}
