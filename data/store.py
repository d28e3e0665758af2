"""The store: one address, readers that see one snapshot, and one writer at a time.

SQLite runs in WAL with full synchronisation; a writer begins IMMEDIATE, a reader cannot write at all. PostgreSQL
readers are repeatable-read and read-only; a writer takes one advisory lock. Both see the same SQLAlchemy Core code.
An address may name several servers of PostgreSQL: readers go to a standby where one answers, writers to the primary.
Readers may have an address of their own, for a role that the server lets read and nothing else.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import make_url

from data import clock
from data.memory import Memory
from data.row_security import tell_scopes
from i18n import Say, speaker

#: What queries are asked through: one moment of the store.
Snapshot = Connection

#: Days as known on, of which a reader keeps what it read.
_REMEMBERED = 4
#: Of so many scopes is kept what is the same on each day; one takes some 600 kB.
_SCOPES = 8
#: Screens that are kept as they were drawn; one takes some 150 kB.
_SCREENS = 48
#: What stands around a screen is kept of so many readers and paths; one takes some 4 kB.
_FRAMES = 256
_BUSY_MS = 5_000
#: So long a note waits for its row on PostgreSQL; after one that was not stored none is tried for so many seconds.
_NOTE_MS, _NOTES_PAUSE = 500, 30
#: No statement of a reader may take longer, unless a shorter time is asked for.
STATEMENT_MS = 10_000
#: What tells whether the store answers at all is small, and is given up much sooner: a page waits for it.
QUICK_MS = 2_000
#: So long is waited for each server of an address before the next is tried, unless the address says otherwise.
_READER_WAITS, _WRITER_WAITS = 2, 5
_WRITER_LOCK = 7_019_832_1
#: For the rest of one transaction.
_WITHIN = sa.text("SELECT set_config('statement_timeout', :milliseconds, true)")
#: Takes the writer's lock, and says who writes and whether that role may; a store without tables refuses by itself.
_LOCKED = sa.text(
    "SELECT pg_advisory_xact_lock(:lock), current_user AS role,"
    " coalesce(has_table_privilege(to_regclass('submission'), 'INSERT'), true) AS may"
)
#: What PostgreSQL calls a role that may not do what it asks for.
_FORBIDDEN = "42501"


class StoreError(Exception):
    """The store is not there, cannot be reached, or is of another version; `rule` names its sentence in i18n, which
    says how to mend it. As text it is in English; `told` gives it in the language of a speaker."""

    def __init__(self, rule: str, **hints: str) -> None:
        self.rule = rule
        self.hints = hints
        super().__init__(self.told(speaker("en")))

    def told(self, say: Say) -> str:
        """The trouble in one line."""
        return say(f"store.{self.rule}", **self.hints)


def because(trouble: sa.exc.DBAPIError) -> str:
    """What the engine says, in one line."""
    return " ".join(str(trouble.orig).split())


def asked_at(snapshot: Snapshot) -> datetime:
    """The moment of which everything asked of a snapshot is; now, where it is no snapshot but a transaction."""
    moment: datetime | None = snapshot.get_execution_options().get("asked_at")
    return moment or clock.now()


class Store:
    """An open store. Safe to share between threads; make it after a fork, never before. `reader_url` is where it is
    read from; None for the one address that there is."""

    def __init__(self, url: str, reader_url: str | None = None) -> None:
        self.url = url
        self.embedded = url.startswith("sqlite")
        self._reader = _sqlite(url, writer=False) if self.embedded else _postgresql(reader_url or url, writer=False)
        self._writer = _sqlite(url, writer=True) if self.embedded else _postgresql(url, writer=True)
        # By time.monotonic: when the next note may be tried.
        self._notes_from = 0.0
        #: What boards read and keep, by version of the data.
        self.memory = Memory(_REMEMBERED)
        #: What they read that is the same on each day, by version of the data and scope.
        self.undated = Memory(_SCOPES)
        #: Screens as they were drawn, by version of the data and address.
        self.screens = Memory(_SCREENS)
        #: What stands around screens, by reader and path; it is small, and of no data.
        self.frames = Memory(_FRAMES)

    @contextmanager
    def reading(self, within_ms: int = STATEMENT_MS) -> Iterator[Snapshot]:
        """Everything read inside is of one moment. On PostgreSQL a statement that takes longer than `within_ms`
        raises, whatever it waits for; SQLite makes no reader wait for a writer."""
        with self._reader.connect() as connection, connection.begin():
            if within_ms != STATEMENT_MS and not self.embedded:
                connection.execute(_WITHIN, {"milliseconds": str(within_ms)})
            yield connection.execution_options(asked_at=clock.now())

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, and no other writer beside it: all of it is stored, or nothing.

        Raises StoreError where the engine cannot go on: another writer is too long, the disk is full, it went away;
        and where the role of the address may only read.
        """
        with self._told_why(), self._writer.connect() as connection, connection.begin():
            if not self.embedded:
                found = connection.execute(_LOCKED, {"lock": _WRITER_LOCK}).one()
                if not found.may:
                    raise StoreError("only_reads", role=found.role)
            yield connection

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """One transaction for a note that may be lost as well, of tables that are no ledger; it waits for nobody.

        On PostgreSQL it goes on beside the one writer, on SQLite it cannot. Raises StoreError as `writing` does, and
        at once where somebody else is writing, or where that is all that was heard lately: a page that is read from a
        standby must not wait each time for a primary that is gone.
        """
        if time.monotonic() < self._notes_from:
            raise StoreError("no_notes")
        try:
            with self._note() as connection:
                yield connection
        except StoreError:
            self._notes_from = time.monotonic() + _NOTES_PAUSE
            raise

    @contextmanager
    def _note(self) -> Iterator[Connection]:
        """The transaction of a note, tried whatever was heard lately."""
        with self._told_why(), self._writer.connect() as connection:
            if not self.embedded:
                with connection.begin():
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_NOTE_MS}")
                    yield connection
                return
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA busy_timeout = 0")
            try:
                with connection.begin():
                    yield connection
            finally:
                raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")

    @contextmanager
    def _told_why(self) -> Iterator[None]:
        """What the engine raises, as the product's own words."""
        try:
            yield
        except sa.exc.OperationalError as trouble:
            raise StoreError("not_stored", why=because(trouble)) from trouble
        except sa.exc.ProgrammingError as trouble:
            if getattr(trouble.orig, "sqlstate", None) != _FORBIDDEN:
                raise
            role = self._writer.url.username or ""
            raise StoreError("may_not", role=role, why=because(trouble)) from trouble

    @property
    def writer(self) -> Engine:
        """The engine that may change the store; for migrations."""
        return self._writer

    def close(self) -> None:
        """Give every connection back."""
        self._reader.dispose()
        self._writer.dispose()


def open_store(url: str, *, create: bool = False, reader_url: str | None = None) -> Store:
    """The store at `sqlite:///FILE` or `postgresql+psycopg://…`, read from `reader_url` where one is given.

    A missing SQLite file is a StoreError unless `create`: an empty store must never appear by mistake.
    """
    if url.startswith("sqlite"):
        file = Path(make_url(url).database or "")
        if not create and not file.is_file():
            raise StoreError("missing", file=file.name)
        if create:
            file.parent.mkdir(parents=True, exist_ok=True)
            store = Store(url)
            with store.writer.connect():
                return store
    return Store(url, reader_url)


def _sqlite(url: str, *, writer: bool) -> Engine:
    file = make_url(url).database or ""
    address = url if writer else f"sqlite:///file:{file}?mode=ro&uri=true"
    engine = sa.create_engine(address, poolclass=sa.pool.QueuePool, pool_size=5, max_overflow=10)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not begin transactions of its own: DDL would slip out of ours.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        if writer:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA foreign_keys = ON")
            # Without it INSERT OR REPLACE takes a row of a ledger away past the trigger that refuses it.
            cursor.execute("PRAGMA recursive_triggers = ON")
        else:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def _postgresql(url: str, *, writer: bool) -> Engine:
    # A machine that is switched off does not even refuse: whoever asked it would wait for two minutes.
    waits = make_url(url).query.get("connect_timeout", _WRITER_WAITS if writer else _READER_WAITS)
    # Where the address names several servers, the client library finds out which of them is the primary.
    if writer:
        return sa.create_engine(
            url,
            pool_size=2,
            pool_pre_ping=True,
            connect_args={"target_session_attrs": "primary", "connect_timeout": waits},
        )
    engine = sa.create_engine(
        url,
        pool_size=5,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
        connect_args={
            "options": f"-c statement_timeout={STATEMENT_MS}",
            "target_session_attrs": "prefer-standby",
            "connect_timeout": waits,
        },
    )
    tell_scopes(engine)
    return engine
