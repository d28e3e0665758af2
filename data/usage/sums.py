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

_AGENCY, _MONTH = sa.bindparam("of_agency", type_=sa.Integer), sa.bindparam("of_month", type_=sa.Integer)
_FIRST, _LAST = sa.bindparam("first", type_=sa.Integer), sa.bindparam("last", type_=sa.Integer)
_STOCK_DAY = sa.bindparam("stock_day", type_=sa.Integer)


def refresh(connection: Connection, touched: Iterable[Slice]) -> None:
    """Compute the sums of these slices anew; one that holds no facts any more has none."""
    wanted = set(touched)
    if not wanted:
        return
    there = {
        (row.agency, row.month) for row in connection.execute(sa.select(USAGE_MONTH.c.agency, USAGE_MONTH.c.month))
    }
    stale = [{"of_agency": agency, "of_month": month} for agency, month in sorted(wanted & there)]
    for table in (BY_PROCEDURE, BY_GROUP, BY_AGENCY, USAGE_MONTH) if stale else ():
        connection.execute(table.delete().where(table.c.agency == _AGENCY, table.c.month == _MONTH), stale)
    months = _months(connection, wanted)
    if not months:
        return
    connection.execute(USAGE_MONTH.insert(), months)
    given = [
        {"of_agency": row["agency"], "of_month": row["month"], "stock_day": row["last_day"]}
        | dict(zip(("first", "last"), span_of(row["month"]), strict=True))
        for row in months
    ]
    for statement in (_OF_FACTS, _OF_PROCEDURES, _OF_GROUPS):
        connection.execute(statement, [{name: row[name] for name in _GIVEN[statement]} for row in given])


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
    sums = [
        sa.func.sum(sa.case((USAGE.c.day == _STOCK_DAY, USAGE.c[name])))
        if name in STOCKS
        else sa.func.sum(USAGE.c[name])
        for name in COUNTS
    ]
    facts = (
        sa.select(_MONTH, _AGENCY, USAGE.c.procedure, USAGE.c.level, *sums)
        .where(USAGE.c.agency == _AGENCY, USAGE.c.day.between(_FIRST, _LAST))
        .group_by(USAGE.c.procedure, USAGE.c.level)
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


def _of_one(table: sa.Table, question: "sa.Select[tuple[int, ...]]") -> "sa.Select[tuple[int, ...]]":
    return question.where(table.c.agency == _AGENCY, table.c.month == _MONTH)


def _of_groups() -> sa.Insert:
    key = (BY_GROUP.c.month, BY_GROUP.c.agency, BY_GROUP.c.level)
    groups = _of_one(BY_GROUP, sa.select(*key, *(sa.func.sum(BY_GROUP.c[name]) for name in COUNTS)).group_by(*key))
    return BY_AGENCY.insert().from_select(("month", "agency", "level", *COUNTS), groups)


_OF_FACTS = _of_facts()
_OF_PROCEDURES = BY_GROUP.insert().from_select(
    ("month", "agency", "group_id", "level", *COUNTS), _of_one(BY_PROCEDURE, _of_procedures())
)
_OF_GROUPS = _of_groups()
#: What each statement of a slice is given.
_GIVEN = {
    _OF_FACTS: ("of_agency", "of_month", "first", "last", "stock_day"),
    _OF_PROCEDURES: ("of_agency", "of_month"),
    _OF_GROUPS: ("of_agency", "of_month"),
}
