"""What every ledger does: compare with what is kept, number revisions, chain checksums, write the audit log."""

import json
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.refusal import Problems
from data.schema import AUDIT, AUDIT_HEAD
from data.sources.kinds import WITHDRAWN, Kind
from data.store import StoreError

#: One row by column. Rows of a file share their columns; what is set in a row is set there.
Content = MutableMapping[str, Any]
Key = tuple[str, ...]

#: Rows go to the driver in parts of this size, so that progress can be shown and memory stays flat.
PART = 5_000


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest revision that is kept under a key."""

    revision: int
    content: Content


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is new (`before` is None) or corrects what is kept."""

    line: int
    content: Content
    revision: int
    before: Content | None


@dataclass(frozen=True)
class Stamp:
    """What marks every row of one submission; `shown` gives the changes back and may show how far it is."""

    submission_id: int
    recorded_at: datetime
    shown: Callable[[Sequence[Change]], Iterable[Change]] = iter

    @property
    def cells(self) -> dict[str, Any]:
        """The two cells of a row that say by which submission it came, and when."""
        return {"submission_id": self.submission_id, "recorded_at": self.recorded_at}


def sort_out(
    rows: Iterable[tuple[int, Content]], kind: Kind, kept: Mapping[Key, Kept], problems: Problems, reason: str
) -> list[Change]:
    """New rows and corrections; what is kept already in the same words is left out.

    A correction takes `reason` where its row has none of its own; without either it is E_CONFLICT, naming old and
    new.
    """
    changes = []
    for line, content in rows:
        before = kept.get(tuple(str(content[name]) for name in kind.key))
        if before is None:
            changes.append(Change(line, content, 1, None))
            continue
        differing = [name for name in content if name != "reason" and content[name] != before.content.get(name)]
        if not differing and _same_digits(content, before.content):
            continue
        content["reason"] = content.get("reason") or reason
        if not content["reason"]:
            old, new = (
                ", ".join(f"{name}={_told(side.get(name))}" for name in differing or _numbers(content))
                for side in (before.content, content)
            )
            problems.add("E_CONFLICT", "no_reason", line=line, old=old, new=new)
        changes.append(Change(line, content, before.revision + 1, before.content))
    return changes


def refuse_contradiction(change: Change, problems: Problems) -> None:
    """Note what no reason can mend: a row that withdraws nothing, becomes known before what it replaces, or puts
    something simulated in the place of something told."""
    new, old = change.content, change.before
    refuse_earlier(change, problems)
    if old is None:
        _refuse_empty_withdrawal(change, "status", problems)
        return
    if new["status"] == "simulated" and old["status"] not in ("simulated", WITHDRAWN):
        problems.add("E_CONFLICT", "simulated_over_official", line=change.line, column="status", value="simulated")


def refuse_milestone(change: Change, problems: Problems) -> None:
    """Note what no reason can mend in a milestone: that withdraws nothing, or is known before what it replaces."""
    refuse_earlier(change, problems)
    if change.before is None:
        _refuse_empty_withdrawal(change, "state", problems)


def _refuse_empty_withdrawal(change: Change, column: str, problems: Problems) -> None:
    if change.content[column] == WITHDRAWN:
        problems.add("E_INCONSISTENT", "nothing_to_withdraw", line=change.line)


def refuse_earlier(change: Change, problems: Problems) -> None:
    """Note a correction that would have become known before what it replaces."""
    new, old = change.content, change.before
    if old is not None and new["published"] < old["published"]:
        problems.add(
            "E_CONFLICT",
            "published_before",
            line=change.line,
            column="published",
            value=str(new["published"]),
            old=str(old["published"]),
        )


def _numbers(content: Content) -> list[str]:
    return [name for name in content if isinstance(content[name], Decimal)]


def _same_digits(new: Content, old: Content) -> bool:
    """10.7 and 10.70 are equal numbers of another precision, and so another figure."""
    return all(str(new[name]) == str(old[name]) for name in _numbers(new))


def _told(value: object) -> str:
    return "∅" if value in (None, "") else str(value)


def next_id(connection: Connection, table: sa.Table) -> int:
    """The number of the next row of a ledger; safe because there is one writer at a time."""
    newest = connection.execute(sa.select(sa.func.max(table.c.id))).scalar()
    return (newest or 0) + 1


def last_checksum(connection: Connection, table: sa.Table) -> str:
    """Where the chain of a ledger has come to; the empty text at its beginning."""
    return connection.execute(sa.select(table.c.checksum).order_by(table.c.id.desc()).limit(1)).scalar() or ""


def link(before: str, cells: Iterable[object]) -> str:
    """The next checksum of a chain: sha256 over the one before and the row's cells, in the order of its columns."""
    texts = ("" if cell is None else instant(cell) if isinstance(cell, datetime) else str(cell) for cell in cells)
    return sha256("\x1f".join((before, *texts)).encode("utf-8")).hexdigest()


def instant(moment: datetime) -> str:
    """A moment as checksums hold it, whichever zone an engine gives it back in."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def plain(content: Mapping[str, object]) -> str:
    """The content as one text, the same on every machine."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain_value, separators=(",", ":"))


def _plain_value(value: object) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no plain form of {type(value).__name__}")


def insert(connection: Connection, table: sa.Table, rows: Iterable[Content]) -> None:
    """Add rows in parts."""
    rows = iter(rows)
    while part := [dict(row) for row in islice(rows, PART)]:
        connection.execute(table.insert(), part)


def audit(connection: Connection, actor: str, action: str, detail: Mapping[str, object]) -> None:
    """Add one row to the audit log and move its head there; `detail` holds no cell of a refused file.

    The row follows from the head, not from the last row there is: rows that were cut off leave a gap for good, and a
    row that somebody slipped in is followed by none. Raises StoreError where the head is gone.
    """
    head = connection.execute(sa.select(AUDIT_HEAD.c.newest, AUDIT_HEAD.c.checksum)).one_or_none()
    if head is None:
        raise StoreError("no_audit_head")
    row: Content = {
        "id": max(head.newest + 1, next_id(connection, AUDIT)),
        "recorded_at": datetime.now(UTC),
        "actor": actor,
        "action": action,
        "detail": plain(detail),
    }
    row["checksum"] = audit_link(head.checksum, row)
    connection.execute(AUDIT_HEAD.update().values(newest=row["id"], checksum=row["checksum"]))
    connection.execute(AUDIT.insert(), [row])


def audit_link(before: str, row: Mapping[str, object]) -> str:
    """The checksum of a row of the audit log after one with the checksum `before`: over all of its other cells, its
    number too, each under its name."""
    return link(before, [plain(row)])
