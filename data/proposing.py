"""Corrections of figures of a closed period: proposed by one person, approved or refused by another.

An approved correction is stored by the same ledger as a delivery's, with both names; a refused one, and one whose
figure was changed meanwhile, store nothing. Raises StoreError where a step is not right.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data import people
from data.audit import EMBARGO
from data.closing_tables import CLOSING, DECISION, PROPOSAL
from data.closings import Standing, content_of, differing, heard, signature
from data.delivery import Delivery
from data.ledger import observations
from data.ledger.dossiers import same_person, typed
from data.ledger.entries import Change, Content, Kept, Stamp, audit, insert, next_id, plain
from data.person_roles import OFFICE, Role
from data.refusal import SHOWN, Problem, Proposed, shown
from data.schema import OBSERVATION, SUBMISSION
from data.scope import EVERYTHING, Scope
from data.sources.kinds import OBSERVATIONS
from data.store import Store, StoreError, asked_at


@dataclass(frozen=True)
class Wanted:
    """A change of a file that a second person has to approve."""

    file: str
    change: Change


class NeedsSecond(Exception):  # noqa: N818 - how a file that corrects what is closed leaves its transaction
    """Changes of a delivery that a second person has to approve."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        super().__init__()
        self.wanted = wanted


def closed(connection: Connection, file: str, found: Iterable[Change]) -> list[Wanted]:
    """The changes that correct or withdraw a figure of a closed period; a first figure is late, and taken."""
    pairs = {(row.indicator_code, row.period) for row in connection.execute(sa.select(CLOSING))}
    return [
        Wanted(file, change)
        for change in (found if pairs else ())
        if change.before is not None and (change.content["indicator_code"], change.content["period"]) in pairs
    ]


def proposed(store: Store, delivery: Delivery, wanted: Sequence[Wanted]) -> Proposed:
    """Keep what the files would correct as proposals, and give what is told of them; a dry run keeps nothing,
    and one that waits already is not kept twice."""
    numbers: Sequence[int | None] = [None] * len(wanted)
    if not delivery.dry_run:
        with store.writing() as connection:
            numbers = [_propose(connection, delivery, each) for each in wanted]
    found = []
    for each, number in zip(wanted, numbers, strict=True):
        rule = "would_propose" if number is None else "proposed"
        hints = (("figure", "/".join(observations.key_of(each.change.content))), ("number", str(number)))
        found.append(Problem(each.file, "W_CLOSED", rule, each.change.line, hints=hints))
    return Proposed(found[:SHOWN], len(found))


def _propose(connection: Connection, delivery: Delivery, wanted: Wanted) -> int:
    change = wanted.change
    assert change.before is not None  # `closed` leaves first figures out
    old, new = (
        plain({name: side[name] for name in observations.CONTENT}) for side in (change.before, change.content)
    )
    key = {name: change.content[name] for name in OBSERVATIONS.key}
    same = [PROPOSAL.c[name] == cell for name, cell in key.items()]
    same += [PROPOSAL.c.revision == change.revision - 1, PROPOSAL.c.new == new, DECISION.c.id.is_(None)]
    waiting = sa.select(PROPOSAL.c.id).outerjoin(DECISION, DECISION.c.proposal_id == PROPOSAL.c.id).where(*same)
    known: int | None = connection.execute(waiting).scalar()
    if known is not None:
        return known
    row: Content = key | {
        "id": next_id(connection, PROPOSAL),
        "revision": change.revision - 1,
        "old": old,
        "new": new,
        "line": change.line,
        "file": Path(wanted.file).name,
        "proposed_by": delivery.actor,
        "reason": change.content["reason"],
        "embargo_until": _secret(connection, change.before, change.content),
        "recorded_at": datetime.now(UTC),
    }
    insert(connection, PROPOSAL, [row])
    audit(connection, delivery.actor, "correction propose", _told(row, asked_at(connection)))
    number: int = row["id"]
    return number


def approve(store: Store, number: int, by: str, scope: Scope = EVERYTHING) -> Standing:
    """Store what was proposed, as the second person; OUTDATED where the figure was changed meanwhile, and nothing is
    stored. StoreError where there is no such proposal in the scope, it is decided, or this person may not approve
    it."""
    with store.writing() as connection:
        row = _waiting(connection, number, scope)
        approver = signature(by)
        _require_second(connection, row, approver)
        content = content_of(json.loads(row.new))
        newest = observations.kept(connection, [row.indicator_code]).get(observations.key_of(content))
        if newest is None or newest.revision != row.revision:
            _decide(connection, row, Standing.OUTDATED, approver)
            return Standing.OUTDATED
        stored = _store(connection, row, content, newest, approver)
        _decide(connection, row, Standing.APPROVED, approver, observation=stored)
    return Standing.APPROVED


def refuse(store: Store, number: int, by: str, reason: str, scope: Scope = EVERYTHING) -> None:
    """Store nothing of what was proposed, and keep why. Whoever proposed it may take it back so. StoreError where
    there is no such proposal in the scope or it is decided; Refusal where no cell of a file may hold the reason."""
    with store.writing() as connection:
        row = _waiting(connection, number, scope)
        if not reason.split():
            raise StoreError("no_refusal_reason")
        told = typed(f"proposal {number}", {"answer": reason})["answer"]
        _decide(connection, row, Standing.REFUSED, signature(by), told)


def _waiting(connection: Connection, number: int, scope: Scope) -> Row[Any]:
    # Of what somebody may not hear it is not even told that it is there.
    wanted = sa.select(PROPOSAL).where(PROPOSAL.c.id == number, *heard(scope, asked_at(connection)))
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise StoreError("no_proposal", number=str(number))
    decided = connection.execute(sa.select(DECISION).where(DECISION.c.proposal_id == number)).one_or_none()
    if decided is not None:
        raise StoreError("proposal_decided", number=str(number), name=decided.decided_by)
    return row


def _require_second(connection: Connection, row: Row[Any], approver: str) -> None:
    """Raise StoreError unless this person may approve what the other proposed (docs/adr/0034)."""
    if same_person(row.proposed_by, approver):
        raise StoreError("same_approver", name=approver)
    mine, theirs = people.kept(connection, approver), people.kept(connection, row.proposed_by)
    if mine is None and theirs is None:
        return
    if mine is None:
        raise StoreError("person_unknown", name=shown(approver))
    if theirs is None and same_person(row.proposed_by, mine.display):
        # On the command line somebody may have called themselves as others read them.
        raise StoreError("same_approver", name=mine.display)
    for each in (mine, theirs):
        if each is not None and each.disabled_at is not None:
            raise StoreError("approver_shut", name=each.name)
    if mine.role != Role.APPROVER or mine.agency_code not in (row.agency_code, OFFICE):
        raise StoreError("not_approver", name=mine.name, agency=row.agency_code)


def _store(connection: Connection, row: Row[Any], content: Content, newest: Kept, approver: str) -> int:
    """Keep the revision as a delivery would, and give its number in the ledger."""
    recorded_at = datetime.now(UTC)
    submission: Content = {
        "id": next_id(connection, SUBMISSION),
        "kind": OBSERVATIONS.name,
        "file": row.file,
        "sha256": sha256(f"proposal/{row.id}/{recorded_at.isoformat()}".encode()).hexdigest(),
        "rows": 1,
        "stored": 1,
        "delivered_by": row.proposed_by,
        "approved_by": approver,
        "reason": row.reason,
        "recorded_at": recorded_at,
    }
    insert(connection, SUBMISSION, [submission])
    stored = next_id(connection, OBSERVATION)
    change = Change(row.line, content, newest.revision + 1, newest.content)
    observations.save(connection, [change], Stamp(submission["id"], recorded_at))
    return stored


def _decide(
    connection: Connection,
    row: Row[Any],
    decision: Standing,
    by: str,
    reason: str = "",
    observation: int | None = None,
) -> None:
    made: Content = {
        "id": next_id(connection, DECISION),
        "proposal_id": row.id,
        "decision": str(decision),
        "decided_by": by,
        "reason": reason,
        "observation_id": observation,
        "recorded_at": datetime.now(UTC),
    }
    insert(connection, DECISION, [made])
    told = _told(dict(row._mapping), asked_at(connection)) | {"decided_by": by, "answer": reason}
    audit(connection, by, f"correction {_DONE[decision]}", told)


#: How the audit log calls what was done.
_DONE = {Standing.APPROVED: "approve", Standing.REFUSED: "refuse", Standing.OUTDATED: "outdated"}


def _told(row: Mapping[str, Any], moment: datetime) -> dict[str, object]:
    """What the audit log says of a proposal."""
    old, new = differing(json.loads(row["old"]), json.loads(row["new"]))
    told: dict[str, object] = {"proposal": row["id"], "old": old, "new": new}
    told |= {name: row[name] for name in (*OBSERVATIONS.key, "reason", "proposed_by")}
    until = row["embargo_until"]
    return told if until is None or until <= moment else told | {EMBARGO: until}


def _secret(connection: Connection, *sides: Mapping[str, Any]) -> datetime | None:
    """Until when nobody may hear of the change who sees no figure under embargo."""
    moment = asked_at(connection)
    return max(
        (side[EMBARGO] for side in sides if side[EMBARGO] is not None and side[EMBARGO] > moment), default=None
    )
