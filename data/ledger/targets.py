"""Keeping targets: every version stays; a correction of one is a new revision with its reason."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import Change, Kept, Key, insert, next_id
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


def save(connection: Connection, found: Iterable[Change], submission_id: int, recorded_at: datetime) -> None:
    """Add the revisions to the ledger."""
    first = next_id(connection, TARGET)
    insert(
        connection,
        TARGET,
        (
            change.content
            | {
                "id": number,
                "revision": change.revision,
                "submission_id": submission_id,
                "recorded_at": recorded_at,
            }
            for number, change in enumerate(found, first)
        ),
    )
