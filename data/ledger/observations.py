"""Keeping figures: revisions in the ledger, the newest of each in `current`, both in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import (
    Change,
    Content,
    Kept,
    Key,
    Stamp,
    insert,
    last_checksum,
    link,
    next_id,
    refuse_contradiction,
    sort_out,
)
from data.refusal import Problems
from data.schema import CURRENT, OBSERVATION
from data.sources.kinds import OBSERVATIONS
from data.sources.observations import Delivered

_BOOKKEEPING = ("id", "revision", "submission_id", "recorded_at", "checksum")
_CONTENT = tuple(column.name for column in OBSERVATION.columns if column.name not in _BOOKKEEPING)
#: What the checksum of a row is taken over.
CHAINED = (*_CONTENT, "revision", "submission_id", "recorded_at")

# The whole key of `current`, so that its index is followed.
_MOVED = ("observation_id", "revision", "published", "period_end")
_MOVE = (
    CURRENT.update()
    .where(*(CURRENT.c[name] == sa.bindparam(f"of_{name}") for name in OBSERVATIONS.key))
    .values({name: sa.bindparam(f"to_{name}") for name in _MOVED})
)


def kept(connection: Connection, indicators: Iterable[str]) -> dict[Key, Kept]:
    """The newest revision of every figure of these indicators."""
    rows = connection.execute(
        sa.select(OBSERVATION)
        .join(CURRENT, CURRENT.c.observation_id == OBSERVATION.c.id)
        .where(CURRENT.c.indicator_code.in_(sorted(set(indicators))))
    ).mappings()
    return {
        tuple(str(row[name]) for name in OBSERVATIONS.key): Kept(
            row["revision"], {name: row[name] for name in _CONTENT}
        )
        for row in rows
    }


def changes(rows: Iterable[Delivered], stored: dict[Key, Kept], problems: Problems, reason: str) -> list[Change]:
    """What the file adds or corrects; refuses what no reason can mend."""
    rows = list(rows)
    for row in rows:
        if not row.published_given and stored:
            before = stored.get(key_of(row.content))
            if before is not None:
                row.content["published"] = _became_known(row.content, before.content)
    found = sort_out(((row.line, row.content) for row in rows), OBSERVATIONS, stored, problems, reason)
    for change in found:
        refuse_contradiction(change, problems)
    return found


def key_of(content: Mapping[str, Any]) -> Key:
    """Which figure a row is: indicator, agency, period, source."""
    return tuple(str(content[name]) for name in OBSERVATIONS.key)


def _became_known(new: Content, old: Content) -> date:
    """Where the file does not say: an unchanged figure keeps its day, a changed one is known from today on."""
    # As texts, for 10.70 in place of 10.7 is a change too.
    changed = any(str(new[name]) != str(old[name]) for name in new if name not in ("reason", "published"))
    day: date = max(old["published"], new["published"]) if changed else old["published"]
    return day


def save(connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger and bring `current` up to them."""
    first = next_id(connection, OBSERVATION)
    insert(connection, OBSERVATION, _chained(found, first, last_checksum(connection, OBSERVATION), stamp))
    new = ((number, change) for number, change in enumerate(found, first) if change.revision == 1)
    insert(connection, CURRENT, (_pointer(number, change) | _first(change) for number, change in new))
    moved = [
        {f"of_{name}": change.before[name] for name in OBSERVATIONS.key}
        | {f"to_{name}": value for name, value in _pointer(number, change).items() if name in _MOVED}
        for number, change in enumerate(found, first)
        if change.before is not None
    ]
    if moved:
        connection.execute(_MOVE, moved)


def _chained(found: Sequence[Change], first: int, checksum: str, stamp: Stamp) -> Iterator[dict[str, Any]]:
    """The rows of the ledger, each with the checksum that follows from the row before."""
    for number, change in enumerate(stamp.shown(found), first):
        content = change.content
        row = {name: content[name] for name in _CONTENT}
        row["revision"] = change.revision
        row |= stamp.cells
        checksum = link(checksum, row.values())
        row |= {"id": number, "checksum": checksum}
        yield row


def _pointer(number: int, change: Change) -> dict[str, Any]:
    pointed = {name: change.content[name] for name in (*OBSERVATIONS.key, "period_end", "published")}
    return pointed | {"observation_id": number, "revision": change.revision}


def _first(change: Change) -> dict[str, Any]:
    return {"first_published": change.content["published"]}
