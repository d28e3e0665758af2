"""The audit log: what it says, and whether it is what was written.

The checksum of a row covers its number, its cells and the checksum of the row before it; the head beside the log says
how far it has come. Whoever holds the database can rewrite the rows and the head so that they agree again: only a row
whose checksum was noted elsewhere tells then.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.clock import VIETNAM
from data.ledger.entries import PART, audit_link, link
from data.schema import AUDIT, AUDIT_HEAD
from data.scope import Scope
from data.store import Snapshot, asked_at


class Wrong(StrEnum):
    """What is wrong with a row of the log."""

    #: It, or the row before it together with its checksum, is not what was written.
    ALTERED = "altered"
    #: Rows that stood before it are gone.
    MISSING = "missing"
    #: It was put among rows that follow each other without it.
    INSERTED = "inserted"
    #: It follows from a row that stands behind it.
    MOVED = "moved"
    #: It is the first of those that were cut off at the end.
    CUT = "cut"
    #: The log has no head that would say whether rows are missing behind it.
    HEADLESS = "headless"
    #: It has another checksum than was noted.
    REWRITTEN = "rewritten"


@dataclass(frozen=True)
class Fault:
    """What is wrong with which row, by its number."""

    row: int
    wrong: Wrong


@dataclass(frozen=True)
class Entry:
    """One row of the log. `at` is at UTC; where somebody made it no moment, it is the text that stands there."""

    number: int
    at: datetime | str
    actor: str
    action: str
    detail: str
    checksum: str


@dataclass(frozen=True)
class Verified:
    """How far the log holds: so many rows from `first` to `last`, both None where there is none. `fault` is what is
    wrong with the first bad row; None where the log is whole."""

    rows: int
    first: Entry | None
    last: Entry | None
    fault: Fault | None


@dataclass(frozen=True)
class _Place:
    """Where a row may follow: a number, and the checksum there."""

    number: int
    checksum: str


#: Under this name a detail says until when the figures that it tells of are under embargo.
EMBARGO = "embargo_until"
_BEGINNING = _Place(0, "")
#: A moment as PostgreSQL writes it whatever its settings; one that it has no digits for comes out empty.
_INSTANT = 'YYYY-MM-DD"T"HH24:MI:SS.US'


def verify(snapshot: Snapshot, noted: tuple[int, str] | None = None) -> Verified:
    """Walk the whole log in its order. `noted` is number and checksum of a row as they were noted earlier."""
    head = snapshot.execute(sa.select(AUDIT_HEAD)).one_or_none()
    if head is None:
        newest = snapshot.execute(sa.select(sa.func.max(AUDIT.c.id))).scalar()
        return Verified(0, None, None, Fault(newest or 0, Wrong.HEADLESS))
    before, named = _BEGINNING, "" if head.newest == 0 else None
    rows, first, last = 0, None, None
    for entry in _entries(snapshot):
        fault = None
        if entry.number != before.number + 1 or not _follows(entry, before.checksum, entry.number, head.unnumbered):
            fault = Fault(*_diagnosed(snapshot, before, entry, head))
        elif noted is not None and noted[0] == entry.number and noted[1] != entry.checksum:
            fault = Fault(entry.number, Wrong.REWRITTEN)
        if fault is not None:
            return Verified(rows, first, last, fault)
        before = _Place(entry.number, entry.checksum)
        named = entry.checksum if entry.number == head.newest else named
        rows, first, last = rows + 1, first or entry, entry
    return Verified(rows, first, last, _at_the_end(before, named, head, noted))


def entries(
    snapshot: Snapshot, scope: Scope, since: date | None = None, actor: str | None = None, action: str | None = None
) -> Iterator[Entry]:
    """The rows of the log, oldest first: those since the beginning of a day in Viet Nam, of an actor, of an action in
    its whole words or its first. The log tells of every agency: whoever may not see all of them sees none of it.
    Where no figure under embargo is seen, what a row says of one is empty until its time."""
    if scope.agencies is not None:
        return
    wanted = []
    if since is not None:
        wanted.append(AUDIT.c.recorded_at >= datetime.combine(since, time(), VIETNAM))
    if actor is not None:
        wanted.append(AUDIT.c.actor == actor)
    if action is not None:
        wanted.append((AUDIT.c.action == action) | AUDIT.c.action.startswith(f"{action} ", autoescape=True))
    for entry in _entries(snapshot, *wanted):
        yield entry if scope.embargoed else _without_secret(entry, asked_at(snapshot))


def _without_secret(entry: Entry, moment: datetime) -> Entry:
    """The row as it may be read at that moment where no figure under embargo is seen."""
    if EMBARGO not in entry.detail:
        return entry
    try:
        until = datetime.fromisoformat(json.loads(entry.detail)[EMBARGO])
    except (ValueError, TypeError, KeyError):
        # What somebody else put there is no detail of ours.
        return entry
    return replace(entry, detail="") if until > moment else entry


def newest_first(
    snapshot: Snapshot, scope: Scope, wanted: Sequence[sa.ColumnElement[bool]], most: int
) -> list[Entry]:
    """At most so many rows for which all of `wanted` holds, the newest first; without the detail of what is still
    under an embargo that the scope does not see through."""
    question = sa.select(AUDIT.c.id, *_cells(snapshot)).where(*wanted).order_by(AUDIT.c.id.desc()).limit(most)
    found = [_entry(*row) for row in snapshot.execute(question)]
    return found if scope.embargoed else [_without_secret(each, asked_at(snapshot)) for each in found]


def _at_the_end(before: _Place, named: str | None, head: Row[Any], noted: tuple[int, str] | None) -> Fault | None:
    """What the head, and what was noted, say of a log whose rows follow each other up to `before`; `named` is the
    checksum of the row that the head names."""
    if head.newest > before.number or (noted is not None and noted[0] > before.number):
        return Fault(before.number + 1, Wrong.CUT)
    if named != head.checksum:
        return Fault(head.newest, Wrong.ALTERED)
    return Fault(head.newest + 1, Wrong.INSERTED) if head.newest < before.number else None


def _diagnosed(snapshot: Snapshot, before: _Place, entry: Entry, head: Row[Any]) -> tuple[int, Wrong]:
    """Why a row does not follow from the one before it, and which row is the first that is wrong."""
    number, old = entry.number, head.unnumbered
    gap = number != before.number + 1
    if gap and _follows(entry, before.checksum, before.number + 1, old):
        return number, Wrong.ALTERED
    for place in _places(_entries(snapshot)):
        numbers = {place.number + 1, number} if place.number < number else {place.number, place.number + 1, number}
        if place != before and any(_follows(entry, place.checksum, each, old) for each in numbers):
            earlier = place.number < number
            return (place.number + 1, Wrong.INSERTED) if earlier else (number, Wrong.MOVED)
    if gap:
        return number, Wrong.MISSING
    if number > head.newest:
        return number, Wrong.INSERTED
    follower = next(_entries(snapshot, AUDIT.c.id > number), None)
    # Whoever takes a row out and numbers those behind it anew leaves their checksums and the head with the old ones.
    taken = head.newest - (snapshot.execute(sa.select(sa.func.max(AUDIT.c.id))).scalar() or 0)
    if follower is None:
        renumbered = taken > 0 and head.checksum == entry.checksum
        return number, Wrong.MISSING if renumbered else Wrong.ALTERED
    if taken > 0 and _follows(follower, entry.checksum, follower.number + taken, old):
        return number, Wrong.MISSING
    without = any(_follows(follower, before.checksum, each, old) for each in (number, follower.number))
    return number, Wrong.INSERTED if without else Wrong.ALTERED


def _places(found: Iterable[Entry]) -> Iterator[_Place]:
    """Everywhere that a row may follow: at the beginning, and behind each row."""
    yield _BEGINNING
    for entry in found:
        yield _Place(entry.number, entry.checksum)


def _follows(entry: Entry, before: str, number: int, unnumbered: int) -> bool:
    """Whether the row, under that number, has the checksum that is due after the checksum `before`."""
    cells = {"recorded_at": entry.at, "actor": entry.actor, "action": entry.action, "detail": entry.detail}
    if entry.checksum == audit_link(before, {"id": number, **cells}):
        return True
    return number <= unnumbered and entry.checksum == link(before, cells.values())


def _entries(snapshot: Snapshot, *wanted: sa.ColumnElement[bool]) -> Iterator[Entry]:
    """The rows for which all of `wanted` holds, in parts, so that memory stays flat."""
    question = sa.select(AUDIT.c.id, *_cells(snapshot)).where(*wanted).order_by(AUDIT.c.id).limit(PART)
    part = snapshot.execute(question).all()
    while part:
        for row in part:
            yield _entry(*row)
        part = snapshot.execute(question.where(AUDIT.c.id > part[-1].id)).all()


def _cells(snapshot: Snapshot) -> list[sa.ColumnElement[Any]]:
    return [_raw(snapshot, AUDIT.c[name]) for name in ("recorded_at", "actor", "action", "detail", "checksum")]


def _entry(number: int, at: str | bytes, *texts: str | bytes) -> Entry:
    return Entry(number, _moment(at), *map(_text, texts))


def _raw(snapshot: Snapshot, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A cell as it stands there, whatever somebody wrote: a row that cannot be read is a row that was altered."""
    if snapshot.dialect.name == "sqlite":
        return sa.cast(column, sa.LargeBinary)
    if column is AUDIT.c.recorded_at:
        return sa.func.coalesce(sa.func.to_char(sa.func.timezone("UTC", column), _INSTANT), "")
    return column


def _text(cell: str | bytes) -> str:
    return cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else cell


def _moment(cell: str | bytes) -> datetime | str:
    try:
        return datetime.fromisoformat(_text(cell)).replace(tzinfo=UTC)
    except ValueError:
        return _text(cell)
