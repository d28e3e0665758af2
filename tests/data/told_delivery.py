"""Deliveries and writers in processes of their own, which tell what they do, so that a test can stop them there."""

from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from time import sleep
from typing import Any

import sqlalchemy as sa

from data.ingest import ingest
from data.ledger.entries import audit
from data.store import open_store
from tests.deliveries import said

#: How many rows are taken between two steps called `rows`.
ROWS = 1_000
#: Longer than any test waits.
FOR_EVER = 600


def deliver_and_tell(
    url: str, file: str, stop: tuple[str, int], told: Connection, kind: str = "observations"
) -> None:
    """Deliver a file of one kind; at the step `stop` (its name, and the how manieth of that name) stay there.

    Steps: start, begin, statement (before each one of the writer), rows (each thousand, or each part of many), commit
    (before it), done.
    """
    seen: dict[str, int] = {}

    def step(name: str) -> None:
        seen[name] = seen.get(name, 0) + 1
        told.send(name)
        if (name, seen[name]) == stop:
            sleep(FOR_EVER)

    def each_thousand(
        rows: Iterable[Any], total: int, label: str, size: Callable[[Any], int] | None = None
    ) -> Iterator[Any]:
        for number, row in enumerate(rows):
            if number % ROWS == 0 or size:
                step("rows")
            yield row

    store = open_store(url)
    sa.event.listen(store.writer, "begin", lambda _: step("begin"))
    sa.event.listen(store.writer, "before_cursor_execute", lambda *_: step("statement"))
    sa.event.listen(store.writer, "commit", lambda _: step("commit"))
    step("start")
    ingest(kind, [(Path(file), Path(file).name)], store, said(progress=each_thousand))
    step("done")
    sleep(FOR_EVER)


def write_log(url: str, actor: str, rows: int, told: Connection) -> None:
    """Add rows to the audit log, each in a transaction of its own, as soon as the other end says so. The first waits
    inside its transaction until it is let go."""
    store = open_store(url)
    told.send("ready")
    told.recv()
    for number in range(rows):
        told.send("asks")
        with store.writing() as connection:
            audit(connection, actor, "test", {"number": number})
            if number == 0:
                told.send("holds")
                told.recv()
    told.send("done")
    store.close()
