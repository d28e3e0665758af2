"""The sums of usage: recomputed from the facts for each agency and month, never added to.

Three grains, each from the one below it: procedures from facts, groups from procedures, agencies from groups. What is
still open is a stock: of a month it is that of the last day delivered.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.usage.days import month_of, span_of
from data.usage_tables import (
    BY_AGENCY,
    BY_GROUP,
    BY_PROCEDURE,
    COUNTS,
    PROCEDURE,
    STOCKS,
    USAGE,
    USAGE_DAY,
    USAGE_MONTH,
)

#: One agency in one month.
Slice = tuple[int, int]

#: So many agencies are added up by one statement: an engine sorts their facts of a month in memory.
_AT_ONCE = 8
_MONTH = sa.bindparam("of_month", type_=sa.Integer)
_AGENCIES = sa.bindparam("of_agencies", expanding=True, type_=sa.Integer)
_FIRST, _LAST = sa.bindparam("first", type_=sa.Integer), sa.bindparam("last", type_=sa.Integer)


def refresh(connection: Connection, touched: Iterable[Slice]) -> None:
    """Compute the sums of these slices anew; one that holds no facts any more has none."""
    wanted = set(touched)
    if not wanted:
        return
    told = {(row["agency"], row["month"]): row for row in _months(connection, wanted)}
    for month in sorted({month for _, month in wanted}):
        agencies = sorted(agency for agency, each in wanted if each == month)
        for at in range(0, len(agencies), _AT_ONCE):
            some = agencies[at : at + _AT_ONCE]
            _refresh(connection, month, some, [told[each, month] for each in some if (each, month) in told])


def _refresh(connection: Connection, month: int, agencies: list[int], told: list[dict[str, Any]]) -> None:
    """Compute the sums of some agencies in one month anew; `told` is what was delivered of it."""
    first, last = span_of(month)
    given = {"of_month": month, "of_agencies": agencies, "first": first, "last": last}
    for table in (BY_PROCEDURE, BY_GROUP, BY_AGENCY, USAGE_MONTH):
        connection.execute(table.delete().where(table.c.month == _MONTH, table.c.agency.in_(_AGENCIES)), given)
    if told:
        connection.execute(USAGE_MONTH.insert(), told)
        for statement in (_OF_FACTS, _OF_PROCEDURES, _OF_GROUPS):
            connection.execute(statement, given)


def regroup(connection: Connection) -> None:
    """Compute the sums of groups anew, after procedures have come into other groups; what an agency sums to stays."""
    connection.execute(BY_GROUP.delete())
    columns = ("month", "agency", "group_id", "level", *COUNTS)
    connection.execute(BY_GROUP.insert().from_select(columns, _of_procedures()))


def _months(connection: Connection, touched: set[Slice]) -> list[dict[str, Any]]:
    """Of how many days the facts of each slice are, which is the last, and whether any of them is simulated."""
    cells = USAGE_DAY.c
    first, last = span_of(min(month for _, month in touched))[0], span_of(max(month for _, month in touched))[1]
    newest = (
        sa.select(
            cells.agency,
            cells.day,
            cells.status,
            sa.func.row_number()
            .over(partition_by=(cells.agency, cells.day), order_by=cells.revision.desc())
            .label("n"),
        )
        .where(cells.agency.in_(sorted({agency for agency, _ in touched})), cells.day.between(first, last))
        .subquery()
    )
    found: dict[Slice, dict[str, Any]] = {}
    for row in connection.execute(sa.select(newest).where(newest.c.n == 1)):
        key = (row.agency, month_of(row.day))
        if key in touched:
            told = found.setdefault(
                key, {"agency": key[0], "month": key[1], "days": 0, "last_day": 0, "simulated": False}
            )
            told["days"] += 1
            told["last_day"] = max(told["last_day"], row.day)
            told["simulated"] = told["simulated"] or row.status == "simulated"
    return list(found.values())


def _of_facts() -> sa.Insert:
    last = USAGE_MONTH.c.last_day
    sums = [
        sa.func.sum(sa.case((USAGE.c.day == last, USAGE.c[name]))) if name in STOCKS else sa.func.sum(USAGE.c[name])
        for name in COUNTS
    ]
    key = (USAGE_MONTH.c.month, USAGE.c.agency, USAGE.c.procedure, USAGE.c.level)
    facts = (
        sa.select(*key, *sums)
        .join_from(USAGE_MONTH, USAGE, USAGE.c.agency == USAGE_MONTH.c.agency)
        .where(USAGE_MONTH.c.month == _MONTH, USAGE_MONTH.c.agency.in_(_AGENCIES), USAGE.c.day.between(_FIRST, _LAST))
        .group_by(*key)
    )
    return BY_PROCEDURE.insert().from_select(("month", "agency", "procedure", "level", *COUNTS), facts)


def _of_procedures() -> sa.Select[tuple[int, ...]]:
    key = (BY_PROCEDURE.c.month, BY_PROCEDURE.c.agency, PROCEDURE.c.group_id, BY_PROCEDURE.c.level)
    sums = [sa.func.sum(BY_PROCEDURE.c[name]) for name in COUNTS]
    return (
        sa.select(*key, *sums)
        .join_from(BY_PROCEDURE, PROCEDURE, PROCEDURE.c.id == BY_PROCEDURE.c.procedure)
        .group_by(*key)
    )


def _of_some(table: sa.Table, question: "sa.Select[tuple[int, ...]]") -> "sa.Select[tuple[int, ...]]":
    return question.where(table.c.month == _MONTH, table.c.agency.in_(_AGENCIES))


def _of_groups() -> sa.Insert:
    key = (BY_GROUP.c.month, BY_GROUP.c.agency, BY_GROUP.c.level)
    groups = _of_some(BY_GROUP, sa.select(*key, *(sa.func.sum(BY_GROUP.c[name]) for name in COUNTS)).group_by(*key))
    return BY_AGENCY.insert().from_select(("month", "agency", "level", *COUNTS), groups)


_OF_FACTS = _of_facts()
_OF_PROCEDURES = BY_GROUP.insert().from_select(
    ("month", "agency", "group_id", "level", *COUNTS), _of_some(BY_PROCEDURE, _of_procedures())
)
_OF_GROUPS = _of_groups()
