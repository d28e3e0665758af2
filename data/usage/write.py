"""Rows of usage to the driver, as fast as each engine takes them: executemany for SQLite, COPY for PostgreSQL."""

from itertools import repeat
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.usage.catalogue import Numbers
from data.usage.rows import ABSENT, Rows
from data.usage_tables import COUNTS, USAGE

_COLUMNS = ("agency", "day", "procedure", "level", *COUNTS)
_PLACES = ", ".join("?" * len(_COLUMNS))
_INSERT = f"INSERT INTO {USAGE.name} ({', '.join(_COLUMNS)}) VALUES ({_PLACES})"  # noqa: S608 - names of our own
_COPY = f"COPY {USAGE.name} ({', '.join(_COLUMNS)}) FROM STDIN (FORMAT csv)"


def write(connection: Connection, rows: Rows) -> None:
    """Add the facts. Raises IntegrityError of SQLAlchemy where a key is there already."""
    columns = {"agency": rows.agency, "day": rows.day, "procedure": rows.procedure, "level": rows.level} | rows.counts
    ordered = [columns[name] for name in _COLUMNS]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_INSERT, list(zip(*map(_values, ordered), strict=True)))
    else:
        _copy(connection, ordered)


def _values(numbers: Numbers) -> Any:
    """A column as Python takes it; None for what is absent."""
    if numbers.min() > ABSENT:
        return numbers.tolist()
    if numbers.max() == ABSENT:
        return list(repeat(None, len(numbers)))
    return [None if number == ABSENT else number for number in numbers.tolist()]


def _copy(connection: Connection, columns: list[Numbers]) -> None:
    sink = pa.BufferOutputStream()
    table = pa.table([pa.array(each, mask=each == ABSENT) for each in columns], names=list(_COLUMNS))
    arrow_csv.write_csv(table, sink, arrow_csv.WriteOptions(include_header=False))
    driver: Any = connection.connection.driver_connection
    dialect = connection.dialect
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(sink.getvalue())
    except dialect.loaded_dbapi.Error as trouble:
        raise sa.exc.DBAPIError.instance(
            _COPY, None, trouble, dialect.loaded_dbapi.Error, dialect=dialect
        ) from trouble
