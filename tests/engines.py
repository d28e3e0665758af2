"""Both engines for tests: SQLite files and databases of a PostgreSQL server that is started for the run.

A store is migrated once per engine; each test gets a copy, so that it starts fresh and quickly.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data import stock
from data.schema import AUDIT, AUDIT_HEAD
from data.store import Store, StoreError, open_store
from i18n import LANGUAGES, speaker

ENGINES = ("sqlite", "postgresql")
_EMPTY = "template0"
_MIGRATED = "migrated"
_STARTS = 5
_NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server on the loopback; `postgres` enters without a password."""

    port: int

    def url(self, database: str) -> str:
        """The address of one database, as DATABASE_URL takes it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def fresh(self, template: str = _EMPTY) -> str:
        """The name of a new database, a copy of the template."""
        name = f"t{next(_NUMBERS)}"
        self._command(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._command(f"DROP DATABASE {database} WITH (FORCE)")

    @contextmanager
    def role(self, name: str) -> Iterator[None]:
        """A role that may sign in and was let do nothing yet; gone afterwards, with its databases dropped by then."""
        self._command(f'CREATE ROLE "{name}" LOGIN')
        try:
            yield
        finally:
            self._command(f'DROP ROLE "{name}"')

    def _command(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@dataclass
class Cluster:
    """The files and programs of one server, which can be started, and killed as by a power cut."""

    binaries: Path
    folder: Path

    def start(self) -> Server:
        """Start it, on another port each time."""
        return Server(_start(self.binaries, self.folder))

    def standby(self, server: Server, folder: Path) -> "Cluster":
        """A copy that follows the server, in another folder, not started."""
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        program = str(self.binaries / "pg_basebackup")
        _run(folder, program, "--host=127.0.0.1", f"--port={server.port}", "--username=postgres", "--pgdata=data",
             "--write-recovery-conf", "--checkpoint=fast", "--no-password")  # fmt: skip
        return Cluster(self.binaries, folder)

    def promote(self) -> None:
        """Make a standby a primary of its own."""
        _run(self.folder, str(self.binaries / "pg_ctl"), "promote", "--pgdata=data", "--wait", "--silent")

    def kill(self) -> None:
        """Kill the server and every process of it at once; what was not written through is lost."""
        told = self.folder / "data" / "postmaster.pid"
        first = int(told.read_text("ascii").split()[0])
        processes = (first, *_children(first))
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(map(_alive, processes)):
            time.sleep(0.01)
        told.unlink()  # the number of a dead process that nobody asked for would keep the next one from starting

    def stop(self) -> None:
        """Stop it."""
        _run(self.folder, str(self.binaries / "pg_ctl"), "stop", "--pgdata=data", "--mode=immediate", "--silent")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of the distribution's package, with fsync on, gone when the run ends."""
    with cluster() as made:
        server = made.start()
        try:
            yield server
        finally:
            made.stop()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server of one's own, not started."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not programs:
        pytest.fail("PostgreSQL is not installed: `make test` installs it, or: apt-get install postgresql")
    binaries = programs[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run(folder, str(binaries / "initdb"), "--auth=trust", "--username=postgres", "--encoding=UTF8",
             "--locale=C.UTF-8", "--no-instructions", "--pgdata=data")  # fmt: skip
        yield Cluster(binaries, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _children(process: int) -> list[int]:
    """The processes that this one started."""
    found = []
    for told in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            after = told.read_text("utf-8").rpartition(")")[2].split()
            if int(after[1]) == process:
                found.append(int(told.parent.name))
    return found


def _alive(process: int) -> bool:
    """Whether a process is still there, and is more than a dead one that nobody asked for."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _start(binaries: Path, folder: Path) -> int:
    """Start the server and give its port; another is tried where somebody took the first in between."""
    for attempt in range(1, _STARTS + 1):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on"
        try:
            _run(folder, str(binaries / "pg_ctl"), "start", "--pgdata=data", "--wait", "--silent", "--log=log",
                 f"--options={options}")  # fmt: skip
        except AssertionError:
            if attempt == _STARTS:
                raise
        else:
            return port
    raise AssertionError


def _run(folder: Path, *command: str) -> None:
    """Run a program of the server, never as root: it would refuse."""
    as_owner = ("runuser", "-u", "postgres", "--") if os.getuid() == 0 else ()
    done = subprocess.run(
        [*as_owner, *command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    log = folder / "log"
    assert done.returncode == 0, done.stderr + (log.read_text() if log.exists() else "")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated store as one file, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "store.db"
    _migrate(f"sqlite:///{file}")
    assert [path.name for path in file.parent.iterdir()] == [file.name], "a copy of the file alone would lack rows"
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: Server) -> str:
    """The name of a database with a migrated store, to be used as a template; nobody may stay connected to it."""
    name = postgresql.fresh()
    _migrate(postgresql.url(name))
    return name


def _migrate(url: str) -> None:
    store = open_store(url, create=True)
    stock.migrate(store)
    store.close()


@contextmanager
def _fresh(engine: str, file: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a copy of the migrated store; `file` is where that of SQLite goes."""
    if engine == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    template: str = request.getfixturevalue("migrated_postgresql")
    server: Server = request.getfixturevalue("postgresql")
    name = server.fresh(template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=ENGINES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh store with its reference tables and no observations, on each engine."""
    with _fresh(request.param, tmp_path / "store.db", request) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A fresh store with its reference tables and no observations, on each engine."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture(params=ENGINES)
def fresh_stores(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], AbstractContextManager[Store]]:
    """What makes one fresh store after the other, on each engine: for properties that compare two."""

    @contextmanager
    def make() -> Iterator[Store]:
        with _fresh(request.param, tmp_path / f"store{next(_NUMBERS)}.db", request) as url:
            opened = open_store(url)
            try:
                yield opened
            finally:
                opened.close()

    return make


@pytest.fixture(params=ENGINES, scope="module")
def module_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for the whole module, on each engine: for tests that look at the same rows, or must change none."""
    with _fresh(request.param, tmp_path_factory.mktemp("module") / "store.db", request) as url:
        opened = open_store(url)
        yield opened
        opened.close()


@pytest.fixture(params=ENGINES)
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store in which nothing was ever created, on each engine."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'empty.db'}", create=True)
        with opened.writing():  # the file is there from now on
            pass
        yield opened
        opened.close()
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.fresh()
    opened = open_store(server.url(name))
    yield opened
    opened.close()
    server.drop(name)


def dump_hash(store: Store, *neither: str) -> str:
    """One hash over every row of every table but the audit log and `neither`; equal only where nothing else was
    changed."""
    digest = sha256()
    with store.reading() as snapshot:
        for name in table_names(snapshot):
            if name not in (AUDIT.name, AUDIT_HEAD.name, *neither):
                rows = sorted(repr(tuple(row)) for row in snapshot.exec_driver_sql(f'SELECT * FROM "{name}"'))
                digest.update("\n".join([name, *rows, ""]).encode("utf-8"))
    return digest.hexdigest()


def audit_rows(store: Store) -> list[tuple[str, str]]:
    """Action and detail of every row of the audit log, oldest first."""
    with store.reading() as snapshot:
        rows = snapshot.execute(sa.select(AUDIT.c.action, AUDIT.c.detail).order_by(AUDIT.c.id))
        return [(row.action, row.detail) for row in rows]


def refused(store: Store, step: Callable[[], object]) -> str:
    """The rule by which a step is refused, told in both languages; nothing is kept of it."""
    before, log = dump_hash(store), audit_rows(store)
    with pytest.raises(StoreError) as trouble:
        step()
    for language in LANGUAGES:
        assert "{" not in trouble.value.told(speaker(language))
    assert (dump_hash(store), audit_rows(store)) == (before, log)
    return trouble.value.rule


def everything(store: Store) -> str:
    """Every cell of every table."""
    with store.reading() as snapshot:
        return "\n".join(
            repr(tuple(row))
            for name in table_names(snapshot)
            for row in snapshot.exec_driver_sql(f'SELECT * FROM "{name}"')
        )


def table_names(connection: Connection) -> list[str]:
    """Every table the store really holds, whatever the code says."""
    return sorted(sa.inspect(connection).get_table_names())


def tamper(store: Store, table: sa.Table, *statements: sa.Executable) -> None:
    """Do what the triggers of a table refuse, as somebody with the file or the server in hand could."""
    with store.writing() as connection:
        if store.embedded:
            wanted = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name"
            for name in connection.execute(sa.text(wanted), {"name": table.name}).scalars().all():
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(sa.text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(statement)
