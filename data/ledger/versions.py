"""Keeping targets, directives, check-ins, letters, systems, milestones and assessments: every version stays; a
correction of one is a new revision with its reason."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import Change, Kept, Key, Stamp, insert, next_id
from data.schema import ASSESSMENT, TARGET
from data.sources.kinds import ASSESSMENTS, CHECKINS, DIRECTIVES, LETTERS, MILESTONES, SYSTEMS, TARGETS, Kind
from data.task_tables import CHECKIN, DIRECTIVE, LETTER, MILESTONE, SYSTEM

TABLES = {
    TARGETS.name: TARGET,
    DIRECTIVES.name: DIRECTIVE,
    CHECKINS.name: CHECKIN,
    LETTERS.name: LETTER,
    SYSTEMS.name: SYSTEM,
    MILESTONES.name: MILESTONE,
    ASSESSMENTS.name: ASSESSMENT,
}
_BOOKKEEPING = ("id", "revision", "submission_id", "recorded_at")


def kept(connection: Connection, kind: Kind) -> dict[Key, Kept]:
    """The newest revision of every version."""
    return kept_in(connection, TABLES[kind.name], kind)


def kept_in(connection: Connection, table: sa.Table, kind: Kind, *among: sa.ColumnElement[bool]) -> dict[Key, Kept]:
    """The newest revision of every version in a table, of those rows for which all of `among` holds."""
    content = [column.name for column in table.columns if column.name not in _BOOKKEEPING]
    rows = connection.execute(sa.select(table).where(*among).order_by(table.c.revision)).mappings()
    return {
        tuple(str(row[name]) for name in kind.key): Kept(row["revision"], {name: row[name] for name in content})
        for row in rows
    }


def save(connection: Connection, kind: Kind, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger."""
    save_in(connection, TABLES[kind.name], found, stamp)


def save_in(connection: Connection, table: sa.Table, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to a ledger of versions."""
    first = next_id(connection, table)
    insert(
        connection,
        table,
        (
            dict(change.content) | stamp.cells | {"id": number, "revision": change.revision}
            for number, change in enumerate(stamp.shown(found), first)
        ),
    )
