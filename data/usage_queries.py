"""Read what services are used: one function per question, of sums that stand ready; facts are never read here.

Months are numbers such as 202001. A month without a row of an agency was not delivered; it is not zero.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from data.row_security import in_scope
from data.scope import Scope
from data.store import Snapshot
from data.usage_facts import Delivered, Dossiers, Offered, Procedure, Service, Unused, Used
from data.usage_tables import (
    BY_AGENCY,
    BY_GROUP,
    BY_PROCEDURE,
    COUNTS,
    PROCEDURE,
    SERVICE_GROUP,
    SERVICE_NOW,
    USAGE_AGENCY,
    USAGE_MONTH,
)

_HIGHEST = 4


@in_scope
def usage_by_agency(snapshot: Snapshot, scope: Scope, months: Sequence[int]) -> list[Used]:
    """What each agency sums to, by month and level."""
    cells = BY_AGENCY.c
    question = (
        sa.select(cells.month, USAGE_AGENCY.c.code, cells.level, *_told(BY_AGENCY))
        .join(USAGE_AGENCY, USAGE_AGENCY.c.id == cells.agency)
        .where(cells.month.in_(months), *_within(scope))
    )
    return _used(snapshot, question)


@in_scope
def usage_by_group(snapshot: Snapshot, scope: Scope, agency: str, months: Sequence[int]) -> list[Used]:
    """What the groups of services of one agency sum to, by month and level."""
    cells = BY_GROUP.c
    question = (
        sa.select(cells.month, SERVICE_GROUP.c.name, cells.level, *_told(BY_GROUP))
        .join(SERVICE_GROUP, SERVICE_GROUP.c.id == cells.group_id)
        .where(cells.month.in_(months), cells.agency.in_(_numbers(agency)), *_covered(scope, agency))
    )
    return _used(snapshot, question)


@in_scope
def usage_by_procedure(
    snapshot: Snapshot, scope: Scope, agency: str, months: Sequence[int], procedures: Sequence[str] | None = None
) -> list[Used]:
    """What the procedures of one agency sum to, by month and level; `procedures` narrows to these."""
    cells = BY_PROCEDURE.c
    narrow = [] if procedures is None else [PROCEDURE.c.code.in_(procedures)]
    question = (
        sa.select(cells.month, PROCEDURE.c.code, cells.level, *_told(BY_PROCEDURE))
        .join(PROCEDURE, PROCEDURE.c.id == cells.procedure)
        .where(cells.month.in_(months), cells.agency.in_(_numbers(agency)), *narrow, *_covered(scope, agency))
    )
    return _used(snapshot, question)


@in_scope
def delivered_months(snapshot: Snapshot, scope: Scope) -> list[int]:
    """Every month of which anything was delivered, in order of time."""
    cells = USAGE_MONTH.c
    numbers = sa.select(USAGE_AGENCY.c.id).where(*_within(scope))
    narrow = [] if scope.agencies is None else [cells.agency.in_(numbers)]
    question = sa.select(cells.month).where(*narrow).distinct().order_by(cells.month)
    return list(snapshot.execute(question).scalars())


@in_scope
def deliveries_of_usage(snapshot: Snapshot, scope: Scope, months: Sequence[int]) -> list[Delivered]:
    """Of how many days each agency delivered usage, by month."""
    cells = USAGE_MONTH.c
    question = (
        sa.select(cells.month, USAGE_AGENCY.c.code, cells.days, cells.last_day, cells.simulated)
        .join(USAGE_AGENCY, USAGE_AGENCY.c.id == cells.agency)
        .where(cells.month.in_(months), *_within(scope))
        .order_by(cells.month, cells.agency)
    )
    return [Delivered(*row) for row in snapshot.execute(question).all()]


@in_scope
def services_offered(snapshot: Snapshot, scope: Scope, day: int) -> list[Offered]:
    """How many services each agency offers at each level on a day such as 20200131."""
    cells = SERVICE_NOW.c
    question = (
        sa.select(
            USAGE_AGENCY.c.code, cells.level, sa.func.count(), sa.func.max(sa.cast(cells.simulated, sa.Integer))
        )
        .join(USAGE_AGENCY, USAGE_AGENCY.c.id == cells.agency)
        .where(*_throughout(day, day), *_within(scope))
        .group_by(USAGE_AGENCY.c.code, cells.level)
        .order_by(USAGE_AGENCY.c.code, cells.level)
    )
    return [Offered(row[0], row[1], row[2], bool(row[3])) for row in snapshot.execute(question).all()]


@in_scope
def services_of(snapshot: Snapshot, scope: Scope, agency: str, day: int) -> list[Service]:
    """What one agency offers on a day such as 20200131, in the order of the catalogue."""
    cells = SERVICE_NOW.c
    question = (
        sa.select(PROCEDURE.c.code, cells.level, cells.first_day, cells.simulated)
        .join(PROCEDURE, PROCEDURE.c.id == cells.procedure)
        .where(cells.agency.in_(_numbers(agency)), *_throughout(day, day), *_covered(scope, agency))
        .order_by(PROCEDURE.c.id)
    )
    return [Service(*row) for row in snapshot.execute(question).all()]


@in_scope
def services_used(snapshot: Snapshot, scope: Scope, month: int) -> list[Offered]:
    """How many services of each agency and level any dossier was received of in a month."""
    cells = BY_PROCEDURE.c
    question = (
        sa.select(USAGE_AGENCY.c.code, cells.level, sa.func.count())
        .join(USAGE_AGENCY, USAGE_AGENCY.c.id == cells.agency)
        .where(cells.month == month, cells.received_online + cells.received_other > 0, *_within(scope))
        .group_by(USAGE_AGENCY.c.code, cells.level)
        .order_by(USAGE_AGENCY.c.code, cells.level)
    )
    return [Offered(row[0], row[1], row[2], simulated=False) for row in snapshot.execute(question).all()]


@in_scope
def services_unused(snapshot: Snapshot, scope: Scope, months: Sequence[int], days: tuple[int, int]) -> list[Unused]:
    """The services at level 4 on all of these days (first, last) without a dossier in these months, of agencies that
    delivered every one of the months; most places first, then by code."""
    cells = SERVICE_NOW.c
    complete = (
        sa.select(USAGE_MONTH.c.agency)
        .where(USAGE_MONTH.c.month.in_(months))
        .group_by(USAGE_MONTH.c.agency)
        .having(sa.func.count() == len(months))
    )
    used = sa.exists().where(
        BY_PROCEDURE.c.month.in_(months),
        BY_PROCEDURE.c.agency == cells.agency,
        BY_PROCEDURE.c.procedure == cells.procedure,
        BY_PROCEDURE.c.received_online + BY_PROCEDURE.c.received_other > 0,
    )
    question = (
        sa.select(
            PROCEDURE.c.code,
            PROCEDURE.c.name,
            SERVICE_GROUP.c.name.label("of_group"),
            USAGE_AGENCY.c.code.label("at"),
        )
        .select_from(SERVICE_NOW)
        .join(PROCEDURE, PROCEDURE.c.id == cells.procedure)
        .join(SERVICE_GROUP, SERVICE_GROUP.c.id == PROCEDURE.c.group_id)
        .join(USAGE_AGENCY, USAGE_AGENCY.c.id == cells.agency)
        .where(cells.level == _HIGHEST, *_throughout(*days), cells.agency.in_(complete), ~used, *_within(scope))
        .order_by(USAGE_AGENCY.c.id)
    )
    places: dict[tuple[str, str, str], list[str]] = {}
    for row in snapshot.execute(question).all():
        places.setdefault((row.code, row.name, row.of_group), []).append(row.at)
    found = [Unused(*told, tuple(agencies)) for told, agencies in places.items()]
    return sorted(found, key=lambda each: (-len(each.agencies), each.procedure))


@in_scope
def procedures(snapshot: Snapshot, scope: Scope) -> dict[str, Procedure]:
    """Every procedure of the catalogue, by code; open to every scope."""
    del scope
    question = (
        sa.select(PROCEDURE.c.code, PROCEDURE.c.name, SERVICE_GROUP.c.name.label("of_group"), PROCEDURE.c.owner_code)
        .join(SERVICE_GROUP, SERVICE_GROUP.c.id == PROCEDURE.c.group_id)
        .order_by(PROCEDURE.c.id)
    )
    return {row.code: Procedure(*row) for row in snapshot.execute(question).all()}


def _used(snapshot: Snapshot, question: "sa.Select[Any]") -> list[Used]:
    rows: Iterable[Any] = snapshot.execute(question).all()
    return [
        Used(row[0], row[1], row[2], Dossiers(*(None if count is None else int(count) for count in row[3:])))  # type: ignore[arg-type]  # counts that must be there are
        for row in rows
    ]


def _told(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    return [table.c[name] for name in COUNTS]


def _numbers(agency: str) -> "sa.Select[Any]":
    """The numbers of whom a code means, at any time: of a month it means one of them only."""
    return sa.select(USAGE_AGENCY.c.id).where(USAGE_AGENCY.c.code == agency)


def _within(scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [] if scope.agencies is None else [USAGE_AGENCY.c.code.in_(sorted(scope.agencies))]


def _covered(scope: Scope, agency: str) -> list[sa.ColumnElement[bool]]:
    return [] if scope.covers(agency) else [sa.false()]


def _throughout(first: int, last: int) -> list[sa.ColumnElement[bool]]:
    """Of those rows of the catalogue that hold on all days from the first to the last."""
    ends = SERVICE_NOW.c.last_day
    return [SERVICE_NOW.c.first_day <= first, sa.or_(ends.is_(None), ends >= last)]
