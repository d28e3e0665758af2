"""Of rows that are kept in revisions, the newest of each key."""

from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.store import Snapshot


def newest(
    snapshot: Snapshot, table: sa.Table, key: tuple[str, ...], *among: sa.ColumnElement[bool]
) -> list[Row[Any]]:
    """The newest revision of every key among the rows for which all of `among` holds, in the order in which the keys
    were first delivered."""
    key_of = attrgetter(*key)
    rows = snapshot.execute(sa.select(table).where(*among).order_by(table.c.id))
    return list({key_of(row): row for row in rows}.values())


def parts(text: str) -> tuple[str, ...]:
    """The codes of a list that is kept as one text with ; between."""
    return tuple(text.split(";")) if text else ()
