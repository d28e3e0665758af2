"""Keeping targets: every version stays; a correction of one is a new revision with its reason."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import Change, Kept, Key, Stamp, insert, next_id
from data.schema import TARGET
from data.sources.kinds import TARGETS

_BOOKKEEPING = ("id", "revision", "submission_id", "recorded_at")
_CONTENT = tuple(column.name for column in TARGET.columns if column.name not in _BOOKKEEPING)


def kept(connection: Connection) -> dict[Key, Kept]:
    """The newest revision of every version of a target."""
    rows = connection.execute(sa.select(TARGET).order_by(TARGET.c.revision)).mappings()
    return {
        tuple(str(row[name]) for name in TARGETS.key): Kept(row["revision"], {name: row[name] for name in _CONTENT})
        for row in rows
    }


def save(connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger."""
    first = next_id(connection, TARGET)
    insert(
        connection,
        TARGET,
        (
            dict(change.content) | stamp.cells | {"id": number, "revision": change.revision}
            for number, change in enumerate(stamp.shown(found), first)
        ),
    )
