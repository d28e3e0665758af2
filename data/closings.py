"""Periods that are closed, and what waits for a second person since: read, and closed.

Nothing is closed unless somebody closed it, and nothing is opened again. What a closed period still takes without a
second person is the first figure of an agency that had not reported.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.clock import now
from data.closing_tables import CLOSING, DECISION, PROPOSAL
from data.facts import Observation
from data.ledger.entries import Content, audit, insert, next_id
from data.periods import parse_period
from data.reference_tables import ExactNumber, Instant
from data.refusal import shown
from data.row_security import in_scope
from data.rows import observation_of
from data.schema import INDICATOR, OBSERVATION
from data.scope import Scope
from data.sources.kinds import WITHDRAWN
from data.store import Snapshot, Store, StoreError, asked_at

#: A name stands on one line.
_LONGEST = 120


class Standing(StrEnum):
    """What became of a proposal."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    #: The figure was changed before anybody decided.
    OUTDATED = "outdated"


@dataclass(frozen=True)
class Closing:
    """A period of an indicator, closed by whom and when."""

    indicator: str
    period: str
    closed_by: str
    at: datetime


@dataclass(frozen=True)
class Proposal:
    """A correction that was proposed: of which figure, what would be another (`old` and `new` hold the same names),
    why, by whom and when. `before` and `after` are the figure as it stands and as it would; nothing would stand in
    its place where `withdrawn`. `decided_by`, `decided_at` and `answer`, the reason of a refusal, are None while it
    waits.
    """

    number: int
    indicator: str
    agency: str
    period: str
    source: str
    old: Mapping[str, str]
    new: Mapping[str, str]
    before: Observation
    after: Observation
    withdrawn: bool
    reason: str
    proposed_by: str
    at: datetime
    standing: Standing
    decided_by: str | None
    decided_at: datetime | None
    answer: str | None


def close(store: Store, indicator: str, period: str, by: str) -> Closing:
    """Close a period of an indicator. StoreError where there is no such indicator or period, or it is closed."""
    with store.writing() as connection:
        if connection.execute(sa.select(INDICATOR.c.code).where(INDICATOR.c.code == indicator)).first() is None:
            raise StoreError("closing_indicator", indicator=shown(indicator))
        if parse_period(period) is None:
            raise StoreError("closing_period", period=shown(period))
        same = CLOSING.c.indicator_code == indicator, CLOSING.c.period == period
        if connection.execute(sa.select(CLOSING.c.id).where(*same)).first() is not None:
            raise StoreError("closing_twice", indicator=indicator, period=period)
        made = Closing(indicator, period, signature(by), now())
        row = {
            "id": next_id(connection, CLOSING),
            "indicator_code": indicator,
            "period": period,
            "closed_by": made.closed_by,
            "recorded_at": made.at,
        }
        insert(connection, CLOSING, [row])
        audit(connection, made.closed_by, "period close", {"indicator": indicator, "period": period})
    return made


@in_scope
def closings(snapshot: Snapshot, scope: Scope) -> list[Closing]:
    """Every period that was closed, in the order in which they were. Open to every scope."""
    del scope
    return [
        Closing(row.indicator_code, row.period, row.closed_by, row.recorded_at)
        for row in snapshot.execute(sa.select(CLOSING).order_by(CLOSING.c.id))
    ]


@in_scope
def proposals(snapshot: Snapshot, scope: Scope) -> list[Proposal]:
    """Every correction that was proposed, the oldest first, with what became of it."""
    decided = (DECISION.c.decision, DECISION.c.decided_by, DECISION.c.reason, DECISION.c.recorded_at)
    question = (
        sa.select(PROPOSAL, *(column.label(f"answer_{column.name}") for column in decided))
        .outerjoin(DECISION, DECISION.c.proposal_id == PROPOSAL.c.id)
        .where(*heard(scope, asked_at(snapshot)))
        .order_by(PROPOSAL.c.id)
    )
    return [_proposal(row) for row in snapshot.execute(question)]


@in_scope
def waiting(snapshot: Snapshot, scope: Scope) -> int:
    """How many proposed corrections nobody has decided."""
    question = (
        sa.select(sa.func.count())
        .select_from(PROPOSAL)
        .outerjoin(DECISION, DECISION.c.proposal_id == PROPOSAL.c.id)
        .where(DECISION.c.id.is_(None), *heard(scope, asked_at(snapshot)))
    )
    count: int = snapshot.execute(question).scalar_one()
    return count


def signature(name: str) -> str:
    """The name of a person as it is kept: on one line. StoreError where it is none."""
    plain = " ".join(name.split())
    if not plain or len(plain) > _LONGEST or not plain.isprintable():
        raise StoreError("no_signature", name=shown(plain) or "–")
    return plain


def heard(scope: Scope, moment: datetime) -> list[sa.ColumnElement[bool]]:
    """What holds for the proposals that a scope may hear of at a moment."""
    among: list[sa.ColumnElement[bool]] = []
    if scope.agencies is not None:
        among.append(PROPOSAL.c.agency_code.in_(scope.agencies))
    until = PROPOSAL.c.embargo_until
    return among if scope.embargoed else [*among, sa.or_(until.is_(None), until <= moment)]


def _proposal(row: Row[Any]) -> Proposal:
    kept, wanted = json.loads(row.old), json.loads(row.new)
    old, new = differing(kept, wanted)
    return Proposal(
        number=row.id,
        indicator=row.indicator_code,
        agency=row.agency_code,
        period=row.period,
        source=row.source,
        old=old,
        new=new,
        before=_observation(row, content_of(kept), row.revision),
        after=_observation(row, content_of(wanted), row.revision + 1),
        withdrawn=wanted["status"] == WITHDRAWN,
        reason=row.reason,
        proposed_by=row.proposed_by,
        at=row.recorded_at,
        standing=Standing(row.answer_decision or Standing.WAITING),
        decided_by=row.answer_decided_by,
        decided_at=row.answer_recorded_at,
        answer=row.answer_reason or None,
    )


def _observation(row: Row[Any], content: Content, revision: int) -> Observation:
    """One side of a proposal as the figure that it is or would be."""
    numbered = {"number": revision, "revision": revision, "recorded_at": row.recorded_at}
    return observation_of(cast(Any, SimpleNamespace(**content, **numbered)))


def content_of(kept: Mapping[str, Any]) -> Content:
    """A row as it was kept in one text, by the types of its columns."""
    found: Content = dict(kept)
    for column in OBSERVATION.columns:
        cell = found.get(column.name)
        if cell is None:
            continue
        if isinstance(column.type, ExactNumber):
            found[column.name] = Decimal(cell)
        elif isinstance(column.type, Instant):
            found[column.name] = datetime.fromisoformat(cell)
        elif isinstance(column.type, sa.Date):
            found[column.name] = date.fromisoformat(cell)
    return found


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """What is another in a row than in the one before, but for its reason; the empty text where there is nothing."""
    names = [name for name in new if name != "reason" and old.get(name) != new[name]]
    before, after = ({name: str(side.get(name) or "") for name in names} for side in (old, new))
    return before, after
