"""Keeping the catalogue of services: every version stays; what is offered on which days is written beside it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger import versions
from data.ledger.entries import Change, Kept, Key, Stamp, insert, next_id
from data.refusal import Problems
from data.schema import AGENCY
from data.sources.kinds import SERVICES
from data.sources.services import TOLD_ONCE, stretches
from data.usage import sums
from data.usage.days import number_of
from data.usage_tables import PROCEDURE, SERVICE, SERVICE_GROUP, SERVICE_NOW, USAGE_AGENCY

#: One procedure at one agency.
Pair = tuple[str, str]


def kept(connection: Connection) -> dict[Key, Kept]:
    """The newest revision of every row of the catalogue."""
    return versions.kept_in(connection, SERVICE, SERVICES)


def refuse_contradictions(connection: Connection, found: Sequence[Change], problems: Problems) -> None:
    """Note services of one procedure at one agency whose days overlap, procedures told otherwise than before without
    a reason, and simulated services in the place of told ones."""
    told = {row.code: row for row in connection.execute(_procedures())}
    for change in found:
        content, before = change.content, change.before
        _refuse_told_otherwise(change, told.get(content["procedure_code"]), problems)
        if before is not None and content["status"] == "simulated" != before["status"]:
            problems.add(
                "E_CONFLICT", "simulated_over_official", line=change.line, column="status", value="simulated"
            )
    lines = {_pair(change.content): change.line for change in found}
    for pair, rows in _newest(connection, lines, found).items():
        try:
            stretches(_days(rows))
        except ValueError:
            hints = {"procedure": pair[0], "agency": pair[1]}
            problems.add("E_INCONSISTENT", "services_overlap", line=lines[pair], column="valid_to", **hints)


def _refuse_told_otherwise(change: Change, before: Any, problems: Problems) -> None:
    if before is None or change.content["reason"]:
        return
    for name in TOLD_ONCE:
        old, new = getattr(before, name), change.content[name]
        if old != new:
            problems.add("E_CONFLICT", "no_reason", line=change.line, old=f"{name}={old}", new=f"{name}={new}")


def save(connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger, and write which procedures there are and what is offered on which days."""
    versions.save_in(connection, SERVICE, found, stamp)
    moved = _write_procedures(connection, [change.content for change in found])
    rows = _newest(connection, {_pair(change.content) for change in found}, ())
    agencies = _agencies(connection, [content for told in rows.values() for content in told])
    numbers = {row.code: row.id for row in connection.execute(_procedures())}
    gone = [
        {"of_agency": agency, "of_procedure": numbers[pair[0]]}
        for pair, told in rows.items()
        for agency in {agencies[pair[1], content["valid_from"]] for content in told}
    ]
    if gone:
        same = sa.and_(
            SERVICE_NOW.c.agency == sa.bindparam("of_agency"), SERVICE_NOW.c.procedure == sa.bindparam("of_procedure")
        )
        connection.execute(SERVICE_NOW.delete().where(same), gone)
    insert(connection, SERVICE_NOW, (row for pair in sorted(rows) for row in _offered(rows[pair], agencies, numbers)))
    if moved:
        sums.regroup(connection)


def _offered(
    rows: Iterable[Mapping[str, Any]], agencies: Mapping[tuple[str, date], int], numbers: Mapping[str, int]
) -> Iterable[dict[str, Any]]:
    """What is offered on which days, of one procedure at one agency."""
    told = {content["valid_from"]: content for content in rows}
    for begins, ends, level in stretches(_days(told.values())):
        content = told[begins]
        yield {
            "agency": agencies[content["agency_code"], begins],
            "procedure": numbers[content["procedure_code"]],
            "first_day": number_of(begins),
            "last_day": number_of(ends) if ends else None,
            "level": level,
            "simulated": content["status"] == "simulated",
        }


def _days(rows: Iterable[Mapping[str, Any]]) -> list[tuple[date, date | None, int]]:
    return [(row["valid_from"], row["valid_to"], row["level"]) for row in rows]


def _pair(content: Mapping[str, Any]) -> Pair:
    return content["procedure_code"], content["agency_code"]


def _newest(
    connection: Connection, pairs: Iterable[Pair], found: Sequence[Change]
) -> dict[Pair, list[Mapping[str, Any]]]:
    """The newest revision of each row of these pairs, `found` in the place of what they correct."""
    wanted = set(pairs)
    newest: dict[Key, Mapping[str, Any]] = {
        key: row.content for key, row in kept(connection).items() if _pair(row.content) in wanted
    }
    for change in found:
        newest[tuple(str(change.content[name]) for name in SERVICES.key)] = change.content
    rows: dict[Pair, list[Mapping[str, Any]]] = {}
    for content in newest.values():
        rows.setdefault(_pair(content), []).append(content)
    return rows


def _procedures() -> sa.Select[Any]:
    return sa.select(
        PROCEDURE.c.id, PROCEDURE.c.code, PROCEDURE.c.name, SERVICE_GROUP.c.name.label("service_group"),
        PROCEDURE.c.owner_code,
    ).join(SERVICE_GROUP)  # fmt: skip


def _write_procedures(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> bool:
    """Write what is told of the procedures; whether any of them is of another group now."""
    told = {row["procedure_code"]: {name: row[name] for name in TOLD_ONCE} for row in rows}
    groups = _numbered(
        connection, SERVICE_GROUP, "name", dict.fromkeys(each["service_group"] for each in told.values())
    )
    known = {row.code: row for row in connection.execute(_procedures())}
    number, new, moved = next_id(connection, PROCEDURE), [], False
    for code, each in told.items():
        content = {"name": each["name"], "group_id": groups[each["service_group"]], "owner_code": each["owner_code"]}
        if code not in known:
            new.append(content | {"id": number, "code": code})
            number += 1
        elif any(getattr(known[code], name) != each[name] for name in TOLD_ONCE):
            moved = moved or known[code].service_group != each["service_group"]
            connection.execute(PROCEDURE.update().where(PROCEDURE.c.code == code).values(**content))
    insert(connection, PROCEDURE, new)
    return moved


def _numbered(connection: Connection, table: sa.Table, name: str, wanted: Iterable[str]) -> dict[str, int]:
    """The number of each, those that are new among them."""
    numbers: dict[str, int] = {row[0]: row[1] for row in connection.execute(sa.select(table.c[name], table.c.id))}
    new = [each for each in wanted if each not in numbers]
    first = next_id(connection, table)
    numbers |= {each: number for number, each in enumerate(new, first)}
    insert(connection, table, ({"id": numbers[each], name: each} for each in new))
    return numbers


def _agencies(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, date], int]:
    """The number of whom each code means on the first day of a row, by code and day."""
    lives: dict[str, list[Any]] = {}
    for row in connection.execute(sa.select(AGENCY.c.code, AGENCY.c.valid_from, AGENCY.c.valid_to)):
        lives.setdefault(row.code, []).append(row)
    begun = {}
    for content in rows:
        code, day = content["agency_code"], content["valid_from"]
        begun[code, day] = next(
            row.valid_from
            for row in lives[code]
            if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        )
    known = {
        (row.code, row.valid_from): row.id
        for row in connection.execute(sa.select(USAGE_AGENCY.c.code, USAGE_AGENCY.c.valid_from, USAGE_AGENCY.c.id))
    }
    first = next_id(connection, USAGE_AGENCY)
    new = [
        key for key in dict.fromkeys((code, from_day) for (code, _), from_day in begun.items()) if key not in known
    ]
    known |= {key: number for number, key in enumerate(new, first)}
    insert(connection, USAGE_AGENCY, ({"id": known[key], "code": key[0], "valid_from": key[1]} for key in new))
    return {asked: known[asked[0], from_day] for asked, from_day in begun.items()}
