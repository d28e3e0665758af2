"""Rows of usage to the driver, as fast as an engine takes them: many a statement for SQLite, COPY for PostgreSQL."""

from contextlib import closing
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.usage.catalogue import Numbers
from data.usage.rows import ABSENT, Rows
from data.usage_tables import COUNTS, USAGE

_COLUMNS = ("agency", "day", "procedure", "level", *COUNTS)
#: So many rows go into one statement of SQLite.
_AT_ONCE = 100
_COPY = f"COPY {USAGE.name} ({', '.join(_COLUMNS)}) FROM STDIN (FORMAT csv)"


def write(connection: Connection, rows: Rows) -> None:
    """Add the facts. Raises IntegrityError of SQLAlchemy where a key is there already."""
    columns = {"agency": rows.agency, "day": rows.day, "procedure": rows.procedure, "level": rows.level} | rows.counts
    ordered = [columns[name] for name in _COLUMNS]
    driver: Any = connection.connection.driver_connection
    errors = connection.dialect.loaded_dbapi.Error
    try:
        with closing(driver.cursor()) as cursor:
            (_insert if connection.dialect.name == "sqlite" else _copy)(cursor, ordered)
    except errors as trouble:
        raise sa.exc.DBAPIError.instance(USAGE.name, None, trouble, errors, dialect=connection.dialect) from trouble


def _insert(cursor: Any, columns: list[Numbers]) -> None:
    cells: list[Any] = np.column_stack(columns).ravel().tolist()
    if any(each.min() == ABSENT for each in columns):
        cells = [None if cell == ABSENT else cell for cell in cells]
    at_once = _AT_ONCE * len(columns)
    whole = len(cells) // at_once * at_once
    for at in range(0, whole, at_once):
        cursor.execute(_insert_of(_AT_ONCE), cells[at : at + at_once])
    if rest := cells[whole:]:
        cursor.execute(_insert_of(len(rest) // len(columns)), rest)


@cache
def _insert_of(rows: int) -> str:
    """The statement that adds so many rows: a hundred at once take two thirds of the time of a hundred alone."""
    one = f"({', '.join('?' * len(_COLUMNS))})"
    return f"INSERT INTO {USAGE.name} ({', '.join(_COLUMNS)}) VALUES {', '.join([one] * rows)}"  # noqa: S608 - our own names


def _copy(cursor: Any, columns: list[Numbers]) -> None:
    sink = pa.BufferOutputStream()
    table = pa.table([pa.array(each, mask=each == ABSENT) for each in columns], names=list(_COLUMNS))
    arrow_csv.write_csv(table, sink, arrow_csv.WriteOptions(include_header=False))
    with cursor.copy(_COPY) as copy:
        copy.write(sink.getvalue())
