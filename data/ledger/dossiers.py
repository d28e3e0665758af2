"""Keeping the lists of those who were slow: drafted by one person, signed by another, reported by a document.

Each step is a row that is never changed, chained to the one before, and a submission of its own, so that open pages
learn of it. Raises Refusal where a step is not right; then nothing is kept but a row of the audit log.
"""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data.delivery import Delivery
from data.dossier_facts import DRAFTED, REPORTED, SIGNED
from data.ledger.entries import audit, insert, last_checksum, link, next_id
from data.refusal import Problem, Refusal
from data.row_security import within
from data.schema import SUBMISSION
from data.scope import EVERYTHING
from data.sources.text import classified, is_marked, normal, refuse_cells
from data.store import Store
from data.task_tables import DOSSIER

#: What the checksum of a row covers, in this order.
CHAINED = ("number", "step", "person", "at", "date", "document", "sha256", "file_sha256", "simulated", "recorded_at")
KIND = "dossier"

Cells: TypeAlias = dict[str, Any]


def draft(store: Store, delivery: Delivery, person: str, at: date, content: str, *, simulated: bool) -> int:
    """Keep a list as it stands on `at` and give its number."""
    with store.reading() as snapshot, within(snapshot, EVERYTHING):
        number = (snapshot.execute(sa.select(sa.func.max(DOSSIER.c.number))).scalar() or 0) + 1

    def step(connection: Connection) -> Cells:
        if at > delivery.clock:
            raise _refusal(number, "E_PERIOD_FUTURE", "dossier_future", value=f"{at} > {delivery.clock}")
        if _steps(connection, number):
            raise _refusal(number, "E_CONFLICT", "dossier_taken")
        digest = sha256(content.encode("utf-8")).hexdigest()
        return {"at": at, "content": content, "sha256": digest, "simulated": simulated}

    _take(store, delivery, (number, DRAFTED), {"person": person}, step)
    return number


def sign(store: Store, delivery: Delivery, person: str, number: int, make: Callable[[str, str, str], bytes]) -> None:
    """Sign a list that somebody else drafted; `make(content, drafted by, signed by)` gives the file to sign."""

    def step(connection: Connection) -> Cells:
        steps = _steps(connection, number)
        drafted = steps.get(DRAFTED)
        if drafted is None:
            raise _refusal(number, "E_CODE", "dossier", value=str(number))
        if same_person(drafted.person, person):
            raise _refusal(number, "E_SCOPE", "same_person", column="person", value=person)
        if SIGNED in steps:
            raise _refusal(number, "E_CONFLICT", "dossier_signed", value=steps[SIGNED].person)
        if sha256(drafted.content.encode("utf-8")).hexdigest() != drafted.sha256:
            raise _refusal(number, "E_CONFLICT", "dossier_altered")
        file = make(drafted.content, drafted.person, person)
        return _same_list(drafted) | {"file": file, "file_sha256": sha256(file).hexdigest()}

    _take(store, delivery, (number, SIGNED), {"person": person}, step)


def report(store: Store, delivery: Delivery, person: str, number: int, document: str) -> None:
    """Note that a signed list was reported by a document."""

    def step(connection: Connection) -> Cells:
        steps = _steps(connection, number)
        if DRAFTED not in steps:
            raise _refusal(number, "E_CODE", "dossier", value=str(number))
        if SIGNED not in steps:
            raise _refusal(number, "E_CONFLICT", "dossier_unsigned")
        if REPORTED in steps:
            raise _refusal(number, "E_CONFLICT", "dossier_reported", value=steps[REPORTED].document)
        return _same_list(steps[SIGNED])

    _take(store, delivery, (number, REPORTED), {"person": person, "document": document}, step)


def same_person(one: str, other: str) -> bool:
    """Whether two names mean one person: capitals, spaces and how an accent is written make no other."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _same_list(row: Row[Any]) -> Cells:
    return {"at": row.at, "sha256": row.sha256, "simulated": row.simulated}


def _take(
    store: Store,
    delivery: Delivery,
    which: tuple[int, str],
    given: Mapping[str, str],
    step: Callable[[Connection], Cells],
) -> None:
    """Keep one step: what was typed is looked at first, then whether the step may be taken at all."""
    number, name = which
    detail: Cells = {"number": number}
    try:
        cells = typed(_place(number), given)
        if delivery.scope.agencies is not None:
            raise _refusal(number, "E_SCOPE", "dossier")
        with store.writing() as connection:
            _keep(connection, delivery, {"number": number, "step": name} | cells | step(connection))
            audit(connection, delivery.actor, f"dossier {name}", detail | cells)
    except Refusal as trouble:
        with store.writing() as connection:
            codes = sorted({problem.code for problem in trouble.problems})
            audit(connection, delivery.actor, f"dossier {name}", detail | {"result": "refused", "codes": codes})
        raise


def typed(place: str, given: Mapping[str, str]) -> Cells:
    """What somebody typed, as it is kept. Raises Refusal, of `place`, for what no cell of a file may hold either."""
    if any(map(is_marked, given.values())):
        raise classified(place, 1)
    cells = {name: " ".join(normal(text).split()) for name, text in given.items()}
    for name, text in cells.items():
        if not text:
            raise Refusal([Problem(place, "E_MISSING", "cell", column=name)])
    header, row = list(cells), list(cells.values())
    refuse_cells(place, [header, row], [1, 1], suspect=True)
    return {**cells}


def _keep(connection: Connection, delivery: Delivery, row: Cells) -> None:
    recorded_at = datetime.now(UTC)
    empty: Cells = {"document": "", "content": "", "file": None, "file_sha256": None}
    row = empty | row | {"date": delivery.clock, "recorded_at": recorded_at}
    row["checksum"] = link(last_checksum(connection, DOSSIER), [row[name] for name in CHAINED])
    row["id"] = next_id(connection, DOSSIER)
    insert(connection, DOSSIER, [row])
    submission: Cells = {
        "id": next_id(connection, SUBMISSION),
        "kind": KIND,
        "file": f"{row['number']}/{row['step']}",
        "sha256": row["checksum"],
        "rows": 1,
        "stored": 1,
        "delivered_by": delivery.actor,
        "reason": delivery.reason,
        "recorded_at": recorded_at,
    }
    insert(connection, SUBMISSION, [submission])


def _steps(connection: Connection, number: int) -> dict[str, Row[Any]]:
    """The steps of a list so far, by name."""
    return {row.step: row for row in connection.execute(sa.select(DOSSIER).where(DOSSIER.c.number == number))}


def _place(number: int) -> str:
    return f"dossier {number}"


def _refusal(number: int, code: str, rule: str, *, column: str | None = None, value: str | None = None) -> Refusal:
    return Refusal([Problem(_place(number), code, rule, column=column, value=value)])
