"""Findings about what is kept: chains that do not hold, projections that say something else than the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.ledger.entries import link
from data.ledger.observations import CHAINED
from data.schema import AUDIT, CURRENT, OBSERVATION
from data.scope import Scope
from data.store import Snapshot


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: `rule` names its sentence in i18n, `hints` fill it."""

    rule: str
    hints: tuple[tuple[str, str], ...]


def findings(snapshot: Snapshot, scope: Scope, at: date) -> list[Finding]:
    """What does not hold among the rows known by the end of `at`. The audit log is checked whole."""
    return [
        *_broken_chain(snapshot, OBSERVATION, CHAINED),
        *_broken_chain(snapshot, AUDIT, ("recorded_at", "actor", "action", "detail")),
        *_wrong_current(snapshot, scope, at),
    ]


def _broken_chain(snapshot: Snapshot, table: sa.Table, chained: tuple[str, ...]) -> Iterator[Finding]:
    """The first row whose checksum does not follow from the one before and its own content."""
    checksum = ""
    for row in snapshot.execute(sa.select(table).order_by(table.c.id)).mappings():
        content: dict[str, Any] = {name: row[name] for name in chained}
        checksum = link(checksum, content)
        if checksum != row["checksum"]:
            yield Finding("chain", (("table", table.name), ("row", str(row["id"]))))
            return


def _wrong_current(snapshot: Snapshot, scope: Scope, at: date) -> Iterator[Finding]:
    """Figures whose newest revision is not the one that `current` points to."""
    key = (OBSERVATION.c.indicator_code, OBSERVATION.c.agency_code, OBSERVATION.c.period, OBSERVATION.c.source)
    newest = (
        sa.select(*key, sa.func.max(OBSERVATION.c.revision).label("revision"))
        .where(OBSERVATION.c.published <= at)
        .group_by(*key)
        .subquery()
    )
    same = sa.and_(*(CURRENT.c[column.name] == newest.c[column.name] for column in key))
    wrong = (
        sa.select(newest)
        .outerjoin(CURRENT, same)
        .where(sa.or_(CURRENT.c.revision.is_(None), CURRENT.c.revision < newest.c.revision))
    )
    for row in snapshot.execute(wrong):
        if scope.covers(row.agency_code):
            figure = f"{row.indicator_code}/{row.agency_code}/{row.period}/{row.source}"
            yield Finding("current", (("figure", figure), ("revision", str(row.revision))))
