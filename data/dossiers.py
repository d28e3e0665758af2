"""Read the lists of those who were slow, and look whether they are as they were signed: in a scope that sees all."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.dossier_facts import DRAFTED, SIGNED, Dossier, Step
from data.row_security import in_scope
from data.scope import Scope
from data.store import Snapshot
from data.task_tables import DOSSIER

_SMALL = [column for column in DOSSIER.columns if column.name not in ("content", "file")]


@in_scope
def dossiers(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Dossier]:
    """Every list drafted by the end of `known_on` with the steps taken by then, the latest first. A list names
    agencies of every kind: whoever may not see all of them sees none."""
    if scope.agencies is not None:
        return []
    rows: dict[int, list[Row[Any]]] = {}
    for row in snapshot.execute(sa.select(*_SMALL).where(DOSSIER.c.date <= known_on).order_by(DOSSIER.c.id)):
        rows.setdefault(row.number, []).append(row)
    return [_dossier(steps) for _, steps in sorted(rows.items(), reverse=True)]


@in_scope
def content_of(snapshot: Snapshot, scope: Scope, number: int) -> str | None:
    """What a list says, as it was drafted; None where there is none of that number."""
    content: str | None = _cell(snapshot, scope, number, DRAFTED, DOSSIER.c.content)
    return content


@in_scope
def signed_file(snapshot: Snapshot, scope: Scope, number: int) -> bytes | None:
    """The file as it was signed, byte by byte; None where none was."""
    file: bytes | None = _cell(snapshot, scope, number, SIGNED, DOSSIER.c.file)
    return file


@in_scope
def signed_as(snapshot: Snapshot, scope: Scope, file: bytes) -> int | None:
    """The number of the list that was signed as this file, byte by byte; None where none was."""
    if scope.agencies is not None:
        return None
    same = (DOSSIER.c.step == SIGNED, DOSSIER.c.file_sha256 == sha256(file).hexdigest())
    return snapshot.execute(sa.select(DOSSIER.c.number).where(*same)).scalar()


def altered(snapshot: Snapshot) -> Iterator[tuple[int, str]]:
    """The lists that are not what they were: number, and whether it is the content, the file or a signature."""
    drafted: dict[int, Row[Any]] = {}
    for row in snapshot.execute(sa.select(DOSSIER).order_by(DOSSIER.c.id)):
        if row.step == DRAFTED:
            drafted[row.number] = row
            if sha256(row.content.encode("utf-8")).hexdigest() != row.sha256:
                yield row.number, "content"
        elif row.number not in drafted or row.sha256 != drafted[row.number].sha256:
            yield row.number, "signature"
        if row.file is not None and sha256(row.file).hexdigest() != row.file_sha256:
            yield row.number, "file"


def _cell(snapshot: Snapshot, scope: Scope, number: int, step: str, column: sa.Column[Any]) -> Any:
    if scope.agencies is not None:
        return None
    return snapshot.execute(sa.select(column).where(DOSSIER.c.number == number, DOSSIER.c.step == step)).scalar()


def _dossier(rows: list[Row[Any]]) -> Dossier:
    first = rows[0]
    return Dossier(
        number=first.number,
        at=first.at,
        sha256=first.sha256,
        file_sha256=next((row.file_sha256 for row in rows if row.step == SIGNED), None),
        simulated=first.simulated,
        steps=tuple(Step(row.step, row.person, row.date, row.document, row.recorded_at) for row in rows),
    )
