"""Findings about what is kept: chains that do not hold, projections that say something else than the ledger."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from data.audit import Verified, verify
from data.dossiers import altered
from data.embargo import there
from data.ledger import dossiers, receipts, stretches
from data.ledger.entries import link
from data.ledger.observations import chained
from data.row_security import in_scope, within
from data.schema import CURRENT, FOREVER, OBSERVATION
from data.scope import EVERYTHING, Scope
from data.store import Snapshot
from data.task_tables import DOSSIER


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold: `rule` names its sentence in i18n, `hints` fill it."""

    rule: str
    hints: tuple[tuple[str, str], ...]


@in_scope
def findings(snapshot: Snapshot, scope: Scope, at: date) -> list[Finding]:
    """What does not hold among the rows known by the end of `at`. The audit log is checked whole."""
    return [
        *_broken_chain(snapshot, OBSERVATION, chained),
        *altered_log(verify(snapshot)),
        *altered_lists(snapshot),
        *_wrong_reports(snapshot, at),
        *_wrong_current(snapshot, scope, at),
    ]


def _broken_chain(
    snapshot: Snapshot, table: sa.Table, cells: Callable[[Mapping[str, Any]], list[object]]
) -> Iterator[Finding]:
    """The first row whose checksum does not follow from the one before and its own content."""
    checksum = ""
    for row in snapshot.execute(sa.select(table).order_by(table.c.id)).mappings():
        checksum = link(checksum, cells({**row}))
        if checksum != row["checksum"]:
            yield Finding("chain", (("table", table.name), ("row", str(row["id"]))))
            return


def altered_log(verified: Verified) -> Iterator[Finding]:
    """The first bad row of the audit log, where there is one."""
    if verified.fault is not None:
        yield Finding(f"audit_{verified.fault.wrong}", (("row", str(verified.fault.row)),))


def altered_lists(snapshot: Snapshot) -> list[Finding]:
    """Lists that are not what was drafted and signed, and steps that do not follow from those before."""
    with within(snapshot, EVERYTHING):
        return list(_altered_lists(snapshot))


def _altered_lists(snapshot: Snapshot) -> Iterator[Finding]:
    yield from _broken_chain(snapshot, DOSSIER, lambda row: [row[name] for name in dossiers.CHAINED])
    for number, what in altered(snapshot):
        hints = (("number", str(number)),)
        if what == "content":
            yield Finding("dossier_content", hints)
        elif what == "signature":
            yield Finding("dossier_signature", hints)
        else:
            yield Finding("dossier_file", hints)


def _wrong_reports(snapshot: Snapshot, at: date) -> Iterator[Finding]:
    """Reports of which the projection says something else than the receipts it is made of."""
    for cell in receipts.astray(snapshot, at):
        yield Finding("report", (("report", "/".join(cell)),))


def _wrong_current(snapshot: Snapshot, scope: Scope, at: date) -> Iterator[Finding]:
    """Figures whose newest revision is not the one that `current` points to."""
    key = ("indicator_code", "agency_code", "period", "source")
    known = sa.and_(OBSERVATION.c.published <= at, there(snapshot, scope))
    newest_of_all = CURRENT.c.seen_until == FOREVER
    # Two questions that each follow an index: one outer join over both tables would compare every row with every.
    nowhere = (
        sa.select(*(OBSERVATION.c[name] for name in key))
        .where(known)
        .except_(sa.select(*(CURRENT.c[name] for name in key)).where(newest_of_all))
        .subquery()
    )
    without = (
        sa.select(*(OBSERVATION.c[name] for name in key), OBSERVATION.c.revision)
        .join(nowhere, sa.and_(*(OBSERVATION.c[name] == nowhere.c[name] for name in key)))
        .where(known)
    )
    behind = (
        sa.select(*(OBSERVATION.c[name] for name in key), OBSERVATION.c.revision)
        .select_from(CURRENT)
        .join(OBSERVATION, sa.and_(*(OBSERVATION.c[name] == CURRENT.c[name] for name in key)))
        .where(known, newest_of_all, OBSERVATION.c.revision > CURRENT.c.revision)
    )
    newest: dict[str, int] = {}
    between = stretches.astray(snapshot) if scope.embargoed else []
    for row in [*snapshot.execute(without), *snapshot.execute(behind), *between]:
        if scope.covers(row.agency_code):
            figure = f"{row.indicator_code}/{row.agency_code}/{row.period}/{row.source}"
            newest[figure] = max(row.revision, newest.get(figure, 0))
    for figure in sorted(newest):
        yield Finding("current", (("figure", figure), ("revision", str(newest[figure]))))
