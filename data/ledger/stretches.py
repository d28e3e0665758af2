"""The rows of `current` of figures that are or were under embargo: one for each stretch between two embargoes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data.ledger.entries import Key, insert
from data.schema import ALWAYS, CURRENT, FOREVER, OBSERVATION
from data.sources.kinds import OBSERVATIONS

Cells = dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """The newest revision of a figure that everybody sees, None where there is none; and until when each that came
    after it is under embargo, at least one."""

    seen: Mapping[str, Any] | None
    until: tuple[datetime, ...]


def embargoed(connection: Connection, indicators: Iterable[str] | None = None) -> set[Key]:
    """The figures of these indicators, or of all (None), of which any revision is or was under embargo."""
    cells = [OBSERVATION.c[name] for name in OBSERVATIONS.key]
    question = sa.select(*cells).distinct().where(OBSERVATION.c.embargo_until.is_not(None))
    if indicators is not None:
        question = question.where(OBSERVATION.c.indicator_code.in_(sorted(set(indicators))))
    return {tuple(map(str, row)) for row in connection.execute(question)}


def waiting(connection: Connection, indicators: Iterable[str], now: datetime) -> dict[Key, Waiting]:
    """The figures of these indicators of which the newest revision is under embargo."""
    found = {}
    for key in embargoed(connection, indicators):
        until: list[datetime] = []
        seen = None
        for row in reversed(_revisions(connection, key)):
            if row["embargo_until"] is None or row["embargo_until"] <= now:
                seen = row
                break
            until.append(row["embargo_until"])
        if until:
            found[key] = Waiting(seen, tuple(until))
    return found


def renew(connection: Connection, keys: Iterable[Key]) -> None:
    """Write the stretches of these figures anew."""
    for key in keys:
        connection.execute(CURRENT.delete().where(*_of(CURRENT, key)))
        insert(connection, CURRENT, stretches_of(_revisions(connection, key)))


def stretches_of(revisions: Sequence[Mapping[str, Any]]) -> list[Cells]:
    """The rows of `current` that follow from all revisions of one figure, in the order of their numbers."""
    until = sorted({row["embargo_until"] for row in revisions if row["embargo_until"] is not None})
    found = []
    for begins, ends in zip([ALWAYS, *until], [*until, FOREVER], strict=True):
        seen = [row for row in revisions if row["embargo_until"] is None or row["embargo_until"] <= begins]
        if seen:
            newest = seen[-1]
            found.append(
                {name: newest[name] for name in (*OBSERVATIONS.key, "period_end", "published")}
                | {
                    "observation_id": newest["id"],
                    "revision": len(seen),
                    "first_published": min(row["published"] for row in seen),
                    "seen_from": begins,
                    "seen_until": ends,
                }
            )
    return found


def astray(connection: Connection) -> Iterator[Row[Any]]:
    """The newest revision of each figure whose stretches are not those that follow from its revisions."""
    for key in sorted(embargoed(connection)):
        question = sa.select(CURRENT).where(*_of(CURRENT, key)).order_by(CURRENT.c.seen_until)
        if [dict(row) for row in connection.execute(question).mappings()] != stretches_of(
            _revisions(connection, key)
        ):
            newest = sa.select(OBSERVATION).where(*_of(OBSERVATION, key)).order_by(OBSERVATION.c.revision.desc())
            yield connection.execute(newest.limit(1)).one()


def _revisions(connection: Connection, key: Key) -> list[Mapping[str, Any]]:
    question = sa.select(OBSERVATION).where(*_of(OBSERVATION, key)).order_by(OBSERVATION.c.revision)
    return [dict(row) for row in connection.execute(question).mappings()]


def _of(table: sa.Table, key: Key) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == cell for name, cell in zip(OBSERVATIONS.key, key, strict=True)]
