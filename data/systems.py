"""Read the national systems and their milestones: one function per question, each of one snapshot."""

from datetime import date
from typing import Any

from sqlalchemy.engine import Row

from data.facts import Milestone, System
from data.newest import newest, parts
from data.periods import parse_period
from data.row_security import in_scope
from data.scope import Scope
from data.sources.kinds import MILESTONES, SYSTEMS, WITHDRAWN
from data.store import Snapshot
from data.task_tables import MILESTONE, SYSTEM


@in_scope
def systems(snapshot: Snapshot, scope: Scope, known_on: date) -> list[System]:
    """The newest version of every system known by the end of `known_on`, by code. Open to every scope."""
    del scope
    found = newest(snapshot, SYSTEM, SYSTEMS.key, SYSTEM.c.published <= known_on)
    return sorted(map(_system, found), key=lambda each: each.code)


@in_scope
def milestones(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Milestone]:
    """The newest revision of every milestone known by the end of `known_on`, in the order of delivery; withdrawn ones
    are left out. Open to every scope."""
    del scope
    found = newest(snapshot, MILESTONE, MILESTONES.key, MILESTONE.c.published <= known_on)
    return [_milestone(row) for row in found if row.state != WITHDRAWN]


def _system(row: Row[Any]) -> System:
    return System(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        owner=row.owner or None,
        owner_words=row.owner_words,
        co_owners=parts(row.co_owners),
        owner_certainty=row.owner_certainty,
        purpose_vi=row.purpose_vi,
        purpose_en=row.purpose_en,
        shared_as=row.shared_as or None,
        connects=parts(row.connects),
        indicators=parts(row.indicators),
        directives=parts(row.directives),
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
