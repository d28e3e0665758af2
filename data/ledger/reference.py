"""Keeping reference tables: each revision as text in one ledger, what holds now in the table of its kind."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import Change, Kept, Key, Stamp, insert, next_id, plain
from data.refusal import Problems
from data.schema import AGENCY, INDICATOR, OBSERVATION, REFERENCE_REVISION, SOURCE, TARGET
from data.sources.kinds import AGENCIES, INDICATORS, Kind

TABLES = {"agencies": AGENCY, "indicators": INDICATOR, "sources": SOURCE}


def kept(connection: Connection, kind: Kind) -> dict[Key, Kept]:
    """What holds now, with the number of its revision."""
    revisions = {
        row.key: row.newest
        for row in connection.execute(
            sa.select(REFERENCE_REVISION.c.key, sa.func.max(REFERENCE_REVISION.c.revision).label("newest"))
            .where(REFERENCE_REVISION.c.kind == kind.name)
            .group_by(REFERENCE_REVISION.c.key)
        )
    }
    found = {}
    for row in connection.execute(sa.select(TABLES[kind.name])).mappings():
        key = tuple(str(row[name]) for name in kind.key)
        content = {name: row[name] for name in row if name != "position"}
        found[key] = Kept(revisions["/".join(key)], content)
    return found


def refuse_contradictions(connection: Connection, kind: Kind, found: Sequence[Change], problems: Problems) -> None:
    """Note corrections after which the figures that are kept would be of another unit, or of nobody."""
    if kind is INDICATORS:
        _refuse_other_unit(connection, found, problems)
    if kind is AGENCIES:
        _refuse_shorter_life(connection, found, problems)


def _refuse_other_unit(connection: Connection, found: Sequence[Change], problems: Problems) -> None:
    for change in found:
        if change.before is None:
            continue
        old, new = ((side["unit"], side["unit_kind"]) for side in (change.before, change.content))
        code = change.content["code"]
        if old != new and any(_has_rows(connection, table, code) for table in (OBSERVATION, TARGET)):
            told = {"old": " ".join(old), "new": " ".join(new)}
            problems.add("E_CONFLICT", "unit_of_figures", line=change.line, column="unit", value=new[0], **told)


def _has_rows(connection: Connection, table: sa.Table, indicator: str) -> bool:
    question = sa.select(sa.exists().where(table.c.indicator_code == indicator))
    return bool(connection.execute(question).scalar())


def _refuse_shorter_life(connection: Connection, found: Sequence[Change], problems: Problems) -> None:
    """A figure belongs to whom its code means on the last day of its period."""
    for change in found:
        code, begins, ends = (change.content[name] for name in ("code", "valid_from", "valid_to"))
        if change.before is None or ends is None:
            continue
        last = connection.execute(
            sa.select(sa.func.max(OBSERVATION.c.period_end)).where(
                OBSERVATION.c.agency_code == code, OBSERVATION.c.agency_from == begins
            )
        ).scalar()
        if last is not None and last > ends:
            problems.add(
                "E_CONFLICT",
                "figures_after_end",
                line=change.line,
                column="valid_to",
                value=str(ends),
                last=str(last),
            )


def save(connection: Connection, kind: Kind, found: Sequence[Change], stamp: Stamp) -> None:
    """Add the revisions to the ledger and write what holds now."""
    table = TABLES[kind.name]
    position = connection.execute(sa.select(sa.func.max(table.c.position))).scalar() or 0
    ledger, new = [], []
    for number, change in enumerate(stamp.shown(found), next_id(connection, REFERENCE_REVISION)):
        content = {name: value for name, value in change.content.items() if name != "reason"}
        ledger.append(
            {
                "id": number,
                "kind": kind.name,
                "key": "/".join(str(content[name]) for name in kind.key),
                "revision": change.revision,
                "content": plain(content),
                "reason": change.content.get("reason", ""),
            }
            | stamp.cells
        )
        if change.before is None:
            position += 1
            new.append(content | {"position": position})
        else:
            connection.execute(
                table.update().where(*(table.c[name] == content[name] for name in kind.key)).values(**content)
            )
    insert(connection, REFERENCE_REVISION, ledger)
    insert(connection, table, new)
