"""The role that pages read as on PostgreSQL: the server itself lets it read, and refuses it everything else.

Whoever keeps the database makes the role; migrating lets it read the tables there are, and those of later versions.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.engine.url import make_url

from data.store import Store, StoreError

_KNOWN = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
_HERE = sa.text("SELECT current_schema() AS schema, current_database() AS database, current_user AS role")
#: Everything the role may do that is more than to read, one a row.
_MORE = sa.text(
    """
    SELECT 'ALL' AS what WHERE (SELECT rolsuper FROM pg_roles WHERE rolname = :role)
    UNION ALL
    SELECT 'BYPASSRLS' WHERE (SELECT rolbypassrls FROM pg_roles WHERE rolname = :role)
    UNION ALL
    SELECT privilege || ' ON ' || relname
    FROM pg_class, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
    AND has_table_privilege(:role, pg_class.oid, privilege)
    UNION ALL
    SELECT 'CREATE ON SCHEMA ' || current_schema() WHERE has_schema_privilege(:role, current_schema(), 'CREATE')
    UNION ALL
    SELECT privilege || ' ON DATABASE ' || current_database()
    FROM unnest(ARRAY['CREATE', 'TEMPORARY']) AS privilege
    WHERE has_database_privilege(:role, current_database(), privilege)
    """
)


def role_of(url: str) -> str:
    """The role of an address; the empty text where it names none."""
    return make_url(url).username or ""


def let_read(store: Store, role: str) -> None:
    """Let the role read every table of the store and those that this store's own role makes later, and take from
    everybody else what would let it create tables. Doing it again changes nothing.

    Raises StoreError where there is no such role, and where it may do more than read all the same.
    """
    with store.writing() as connection:
        if not connection.execute(_KNOWN, {"role": role}).scalar_one():
            raise StoreError("no_reader", role=role)
        here = connection.execute(_HERE).one()
        quoted = connection.dialect.identifier_preparer.quote_identifier
        reader, schema, database = quoted(role), quoted(here.schema), quoted(here.database)
        for statement in (
            f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
            f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
            f"GRANT USAGE ON SCHEMA {schema} TO {reader}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {reader}",
        ):
            connection.exec_driver_sql(statement)
        _refuse_more(connection, role)


def require_reader(store: Store) -> None:
    """Raise StoreError where the role that the store is read with may do more than read."""
    with store.reading() as snapshot:
        _refuse_more(snapshot, snapshot.execute(_HERE).one().role)


def _refuse_more(connection: Connection, role: str) -> None:
    more = connection.execute(_MORE, {"role": role}).scalars().first()
    if more is not None:
        raise StoreError("reader_may", role=role, what=more)
