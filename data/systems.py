"""Read the national systems and their milestones: one function per question, each of one snapshot."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.facts import Milestone, System
from data.periods import parse_period
from data.schema import MILESTONE, SYSTEM
from data.scope import Scope
from data.store import Snapshot


def systems(snapshot: Snapshot, scope: Scope, known_on: date) -> list[System]:
    """The newest version of every system known by the end of `known_on`, by code. Open to every scope."""
    del scope
    question = sa.select(SYSTEM).where(SYSTEM.c.published <= known_on).order_by(SYSTEM.c.revision)
    newest = {row.code: row for row in snapshot.execute(question)}
    return [_system(newest[code]) for code in sorted(newest)]


def milestones(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Milestone]:
    """The newest revision of every milestone known by the end of `known_on`, in the order of delivery. Open to every
    scope."""
    del scope
    question = sa.select(MILESTONE).where(MILESTONE.c.published <= known_on).order_by(MILESTONE.c.id)
    newest: dict[tuple[str, str, str], Row[Any]] = {}
    for row in snapshot.execute(question):
        newest[row.system_code, row.event, row.source] = row
    return [_milestone(row) for row in newest.values()]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _system(row: Row[Any]) -> System:
    return System(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        owner=row.owner or None,
        owner_words=row.owner_words,
        co_owners=_parts(row.co_owners),
        owner_certainty=row.owner_certainty,
        purpose_vi=row.purpose_vi,
        purpose_en=row.purpose_en,
        shared_as=row.shared_as or None,
        connects=_parts(row.connects),
        indicators=_parts(row.indicators),
        directives=_parts(row.directives),
        source=row.source,
        source_ref=row.source_ref,
        phrase=row.phrase,
        published=row.published,
        revision=row.revision,
    )


def _milestone(row: Row[Any]) -> Milestone:
    return Milestone(
        system=row.system_code,
        event=row.event,
        source=row.source,
        name_vi=row.name_vi,
        name_en=row.name_en,
        due=parse_period(row.due) if row.due else None,
        day=row.reached,
        state=row.state,
        certainty=row.certainty,
        source_ref=row.source_ref,
        phrase=row.phrase,
        published=row.published,
        revision=row.revision,
    )
