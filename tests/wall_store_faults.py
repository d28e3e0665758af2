"""A database that hangs, or is slow, under a wall: every question to it waits until it is let go."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import psycopg
from psycopg import sql

from callbacks.server import threads, workers
from tests.browser import question
from tests.soak import below
from tests.wall_hung import Fault, Hung, on_postgresql

#: Beats, questions, looks at who asks, and `/readyz`: of one wall no more wait for the database at once.
_MOST_WAITING = 4
#: Whoever answers has one connection; beside them stand the one that locks and the one that counts.
_MOST_THREADS, _OURS = workers * threads, 2
#: Programs ask whether it lives so often, in seconds.
_DOORS_EVERY = 6
#: How long each statement of a slow database takes: a beat and a question still come in time.
_LATE_SECONDS = 0.4
#: Questions over connections of their own, which fall to one worker or the other.
_WARMING = 20
#: What each poll reads.
_POLLED = ("submission", "store_meta", "wall_screen")
_TABLES = b"SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_BUSY = b"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
_CONNECTED = b"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


def _connected(wall: Hung, *, autocommit: bool = False) -> psycopg.Connection:
    return psycopg.connect(wall.centre.database_url.replace("+psycopg", ""), autocommit=autocommit)


def _locked(wall: Hung) -> Callable[[], None]:
    connection = _connected(wall)
    names = [name for (name,) in connection.execute(_TABLES)]
    every = sql.SQL(", ").join(map(sql.Identifier, names))
    connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(every))
    wall.ask()
    return connection.close


def _late(wall: Hung) -> Callable[[], None]:
    """Each table that is polled is read through a view that waits first. Every worker has drawn the wall before: one
    that had to draw it anew would ask for far more than a poll does."""
    for _ in range(_WARMING):
        sent = json.dumps(question("/wall/national", "")).encode()
        address = f"{wall.centre.base}/_dash-update-component"
        with urlopen(Request(address, sent, {"Content-Type": "application/json"}), timeout=30) as answer:
            answer.read()
    # One table at a time: whoever polls reads several, and two that wait for each other would be a deadlock.
    for name in _POLLED:
        kept, view = sql.Identifier(f"{name}_kept"), sql.Identifier(name)
        slow = sql.SQL("CREATE VIEW {} AS SELECT {}.* FROM {}, pg_sleep({})")
        with _connected(wall) as connection:
            connection.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(view, kept))
            connection.execute(slow.format(view, kept, kept, sql.Literal(_LATE_SECONDS)))

    def mend() -> None:
        for name in _POLLED:
            kept, view = sql.Identifier(f"{name}_kept"), sql.Identifier(name)
            with _connected(wall) as connection:
                connection.execute(sql.SQL("DROP VIEW {}").format(view))
                connection.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(kept, view))

    return mend


def _running(wall: Hung) -> int:
    """The threads of every process of the product."""
    first = wall.centre.process_id
    told = (Path(f"/proc/{each}/status").read_text("ascii") for each in (first, *below(first)))
    return sum(int(each.partition("Threads:")[2].split()[0]) for each in told)


def _hangs(wall: Hung, seconds: float) -> list[str]:
    """Nothing piles up while it hangs, and programs are told that it does."""
    wrong: list[str] = []
    waiting: list[int] = []
    connected: list[int] = []
    running: list[int] = []
    began, asked_at = time.monotonic(), 0.0
    with _connected(wall, autocommit=True) as connection:
        while (passed := time.monotonic() - began) < seconds:
            for found, asked in ((waiting, _BUSY), (connected, _CONNECTED)):
                row = connection.execute(asked).fetchone()
                found.append(int(row[0]) if row else 0)
            running.append(_running(wall))
            if passed >= asked_at:
                asked_at += _DOORS_EVERY
                doors = {path: wall.centre.status(path) for path in ("/readyz", "/heartbeat", "/livez")}
                if doors != {"/readyz": 503, "/heartbeat": 503, "/livez": 200}:
                    wrong.append(f"after {passed:.0f} s {doors}")
            wall.page.wait_for_timeout(200)
    if max(waiting) > _MOST_WAITING:
        wrong.append(f"{max(waiting)} statements wait at once")
    half = len(waiting) // 2
    for what, found in (("connections", connected), ("threads", running)):
        most = _MOST_THREADS + _OURS if what == "connections" else max(found[:half], default=0) + workers
        if max(found[half:]) > most:
            wrong.append(f"{what} grow: {found}")
    if not any(waiting):
        wrong.append("nothing waited for the database")
    return wrong


def _goes_on(wall: Hung, seconds: float) -> list[str]:
    """The wall is renewed as ever, and nobody is told of anything."""
    wrong: list[str] = []
    asked, began = wall.asked, time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        wall.page.wait_for_timeout(1_000)
        if wall.page.locator(".alive").count():
            wrong.append(f"a banner after {passed:.0f} s")
            break
    doors = [wall.centre.status(path) for path in ("/readyz", "/heartbeat", "/livez")]
    if doors != [200, 200, 200]:
        wrong.append(f"the doors say {doors}")
    if wall.asked == asked:
        wrong.append("nothing was asked")
    return wrong


STORE_FAULTS = (
    Fault("database hangs", _locked, serve=on_postgresql, seconds=60, short=6, during=_hangs),
    Fault(
        "database slow, yet answers", _late, None, None, serve=on_postgresql, seconds=60, short=11, during=_goes_on
    ),
)
