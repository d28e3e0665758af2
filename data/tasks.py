"""Read what was demanded and what was told of it: one function per question, each of one snapshot and in a scope."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.facts import CheckIn, Demand
from data.periods import parse_period
from data.schema import CHECKIN, DIRECTIVE
from data.scope import Scope
from data.store import Snapshot


def demands(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Demand]:
    """The newest revision of every demand set by the end of `known_on`, in the order of delivery. Open to every
    scope."""
    del scope
    question = sa.select(DIRECTIVE).where(DIRECTIVE.c.set_on <= known_on).order_by(DIRECTIVE.c.id)
    newest: dict[tuple[str, str, str], Row[Any]] = {}
    for row in snapshot.execute(question):
        newest[row.code, row.event, row.source] = row
    return [_demand(row) for row in newest.values()]


def checkins(snapshot: Snapshot, scope: Scope, known_on: date) -> list[CheckIn]:
    """The newest revision of every check-in known by the end of `known_on`, by day; withdrawn ones are left out. What
    an agency told is open to those who may see its rows, what no agency told to all."""
    question = sa.select(CHECKIN).where(CHECKIN.c.published <= known_on).order_by(CHECKIN.c.revision)
    if scope.agencies is not None:
        question = question.where(CHECKIN.c.agency_code.in_([*scope.agencies, ""]))
    newest: dict[tuple[Any, ...], Row[Any]] = {}
    for row in snapshot.execute(question):
        newest[row.directive_code, row.event, row.date, row.source] = row
    told = [_checkin(row) for row in newest.values() if row.status != "withdrawn"]
    return sorted(told, key=lambda each: (each.day, each.directive, each.event, each.source))


def _demand(row: Row[Any]) -> Demand:
    return Demand(
        code=row.code,
        event=row.event,
        source=row.source,
        name_vi=row.name_vi,
        name_en=row.name_en,
        owner=row.owner or None,
        owner_words=row.owner_words,
        co_owners=tuple(row.co_owners.split(";")) if row.co_owners else (),
        owner_certainty=row.owner_certainty,
        due=parse_period(row.due) if row.due else None,
        due_certainty=row.due_certainty,
        indicators=tuple(row.indicators.split(";")) if row.indicators else (),
        source_ref=row.source_ref,
        phrase=row.phrase,
        set_on=row.set_on,
        revision=row.revision,
    )


def _checkin(row: Row[Any]) -> CheckIn:
    return CheckIn(
        directive=row.directive_code,
        event=row.event,
        day=row.date,
        state=row.state,
        source=row.source,
        agency=row.agency_code or None,
        status=row.status,
        certainty=row.certainty,
        note=row.note,
        evidence=row.evidence,
        link=row.link,
        source_ref=row.source_ref,
        phrase=row.phrase,
        published=row.published,
        revision=row.revision,
    )
