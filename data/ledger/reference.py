"""Keeping reference tables: each revision as text in one ledger, what holds now in the table of its kind."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import Change, Kept, Key, Stamp, insert, next_id, plain
from data.schema import AGENCY, INDICATOR, REFERENCE_REVISION, SOURCE
from data.sources.kinds import Kind

TABLES = {"agencies": AGENCY, "indicators": INDICATOR, "sources": SOURCE}


def kept(connection: Connection, kind: Kind) -> dict[Key, Kept]:
    """What holds now, with the number of its revision."""
    revisions = {
        row.key: row.newest
        for row in connection.execute(
            sa.select(REFERENCE_REVISION.c.key, sa.func.max(REFERENCE_REVISION.c.revision).label("newest"))
            .where(REFERENCE_REVISION.c.kind == kind.name)
            .group_by(REFERENCE_REVISION.c.key)
        )
    }
    found = {}
    for row in connection.execute(sa.select(TABLES[kind.name])).mappings():
        key = tuple(str(row[name]) for name in kind.key)
        content = {name: row[name] for name in row if name != "position"}
        found[key] = Kept(revisions["/".join(key)], content)
    return found


def save(connection: Connection, kind: Kind, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger and write what holds now."""
    table = TABLES[kind.name]
    position = connection.execute(sa.select(sa.func.max(table.c.position))).scalar() or 0
    ledger, new = [], []
    for number, change in enumerate(stamp.shown(found), next_id(connection, REFERENCE_REVISION)):
        content = {name: value for name, value in change.content.items() if name != "reason"}
        ledger.append(
            {
                "id": number,
                "kind": kind.name,
                "key": "/".join(str(content[name]) for name in kind.key),
                "revision": change.revision,
                "content": plain(content),
                "reason": change.content.get("reason", ""),
            }
            | stamp.cells
        )
        if change.before is None:
            position += 1
            new.append(content | {"position": position})
        else:
            connection.execute(
                table.update().where(*(table.c[name] == content[name] for name in kind.key)).values(**content)
            )
    insert(connection, REFERENCE_REVISION, ledger)
    insert(connection, table, new)
