"""Read what was demanded, what was told of it and what letters passed: one function per question, each of one
snapshot and in a scope."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.facts import CheckIn, Demand, Letter
from data.newest import newest, parts
from data.periods import parse_period
from data.row_security import in_scope
from data.scope import Scope
from data.sources.kinds import CHECKINS, DIRECTIVES, LETTERS, WITHDRAWN
from data.store import Snapshot
from data.task_tables import CHECKIN, DIRECTIVE, LETTER


@in_scope
def demands(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Demand]:
    """The newest revision of every demand set by the end of `known_on`, in the order of delivery. Open to every
    scope."""
    del scope
    return [_demand(row) for row in newest(snapshot, DIRECTIVE, DIRECTIVES.key, DIRECTIVE.c.set_on <= known_on)]


@in_scope
def checkins(snapshot: Snapshot, scope: Scope, known_on: date) -> list[CheckIn]:
    """The newest revision of every check-in known by the end of `known_on`, by day; withdrawn ones are left out. What
    an agency told is open to those who may see its rows, what no agency told to all."""
    found = newest(snapshot, CHECKIN, CHECKINS.key, *_visible(CHECKIN, scope, known_on, ""))
    told = [_checkin(row) for row in found if row.status != WITHDRAWN]
    return sorted(told, key=lambda each: (each.day, each.directive, each.event, each.source))


@in_scope
def letters(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Letter]:
    """The newest revision of every letter known by the end of `known_on`, by day; withdrawn ones are left out. Open
    to those who may see the rows of the agency it went to or came from."""
    found = newest(snapshot, LETTER, LETTERS.key, *_visible(LETTER, scope, known_on))
    told = [_letter(row) for row in found if row.status != WITHDRAWN]
    return sorted(told, key=lambda each: (each.day, each.kind, each.agency, each.subject, each.part))


def _visible(table: sa.Table, scope: Scope, known_on: date, *besides: str) -> list[sa.ColumnElement[bool]]:
    """What was known by the end of the day and is of agencies that the scope may see, or of `besides`."""
    among = [table.c.published <= known_on]
    return among if scope.agencies is None else [*among, table.c.agency_code.in_([*scope.agencies, *besides])]


def _demand(row: Row[Any]) -> Demand:
    return Demand(
        code=row.code,
        event=row.event,
        source=row.source,
        name_vi=row.name_vi,
        name_en=row.name_en,
        owner=row.owner or None,
        owner_words=row.owner_words,
        co_owners=parts(row.co_owners),
        owner_certainty=row.owner_certainty,
        due=parse_period(row.due) if row.due else None,
        due_certainty=row.due_certainty,
        indicators=parts(row.indicators),
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


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        kind=row.kind,
        agency=row.agency_code,
        subject=row.subject,
        part=row.part,
        day=row.date,
        sent_by=row.sent_by,
        document=row.document,
        words=row.words,
        status=row.status,
        published=row.published,
        revision=row.revision,
    )
