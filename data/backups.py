"""A whole store as one file: made while the store is in use, and put where there is none.

Of SQLite it is the database itself, of PostgreSQL an archive of pg_dump, which comes with the server. Roles are no
part of it, nor what they may do.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine.url import make_url

from data.store import Store, StoreError

_SQLITE = b"SQLite format 3\0"
_ARCHIVE = b"PGDMP"


def back_up(store: Store, file: Path) -> int:
    """Write the store, as it is at one moment, to a file that only this user may read, and give its size in bytes.

    Deliveries go on meanwhile. Raises StoreError where the file is there already, the engine refuses or the copy
    cannot be read; then there is no file. OSError where it cannot be written.
    """
    if file.exists():
        raise StoreError("backup_there", file=str(file))
    part = file.with_name(f"{file.name}.part")
    part.touch(0o600)
    try:
        if store.embedded:
            _copy(Path(make_url(store.url).database or ""), part)
        else:
            _run("pg_dump", store.url, "--format=custom", f"--file={part}")
            _run("pg_restore", None, "--list", str(part))
        _settle(part, file)
    except (sqlite3.Error, psycopg.Error) as trouble:
        raise StoreError("not_backed_up", why=_line(str(trouble))) from trouble
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


def restore(url: str, file: Path) -> None:
    """Put the store of a backup at the address: a file that is not there, or a database without tables. All of it is
    there then, or nothing. Raises StoreError where there is something, the file is no backup of that engine, or the
    engine refuses; OSError where the file cannot be read."""
    embedded = url.startswith("sqlite")
    with file.open("rb") as opened:
        if not opened.read(len(_SQLITE)).startswith(_SQLITE if embedded else _ARCHIVE):
            raise StoreError("no_backup", file=str(file))
    try:
        if embedded:
            _restore_file(Path(make_url(url).database or ""), file)
        else:
            _require_empty(url)
            _run("pg_restore", url, "--exit-on-error", "--single-transaction", "--no-owner", "--no-acl", str(file))
    except (sqlite3.Error, psycopg.Error) as trouble:
        raise StoreError("not_restored", why=_line(str(trouble))) from trouble


def _restore_file(target: Path, file: Path) -> None:
    if target.exists():
        raise StoreError("store_there")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.touch(0o600)
    try:
        _copy(file, part)
        _settle(part, target)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to, and look at what came of it."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as read,
        closing(sqlite3.connect(target)) as written,
    ):
        read.backup(written)
        # A file by itself: its neighbours of the write-ahead log are never copied with it.
        written.execute("PRAGMA journal_mode = DELETE")
        found = written.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)


def _settle(part: Path, file: Path) -> None:
    """Give a file that is written through its name at once."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.rename(file)


def _require_empty(url: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        if sa.inspect(connection).get_table_names():
            raise StoreError("store_there")


def _run(program: str, url: str | None, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database of an address. A password goes by the environment: what a program
    is called with can be read by everybody on the machine."""
    found = shutil.which(program)
    if found is None:
        raise StoreError("no_program", program=program)
    place = []
    if url is not None:
        given = make_url(url)
        _, address = given.get_dialect()().create_connect_args(given)
        password = address.pop("password", None)
        if password is not None:
            os.putenv("PGPASSWORD", password)
        address["target_session_attrs"] = "primary"
        place = [f"--dbname={make_conninfo('', **address)}", "--no-password"]
    done = subprocess.run(  # noqa: S603 - a program of the database, no shell
        [found, *place, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise StoreError("not_backed_up" if program == "pg_dump" else "not_restored", why=_line(done.stderr))


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
