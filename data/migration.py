"""Bringing a store to the version of this code, and refusing one that is not.

What migrates is loaded when something is migrated: the workers only compare versions, and would hold 12 MB for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.store import STATEMENT_MS, Store, StoreError, because

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num"))


def newest() -> str:
    """The version this code is written for: that of its last script, whose name begins with it."""
    return max(_versions())


def version_of(store: Store, within_ms: int = STATEMENT_MS) -> str | None:
    """The version of the store; None where nothing was ever created in it. StoreError where it cannot be read, and
    on PostgreSQL where a statement takes longer than `within_ms`."""
    try:
        with store.reading(within_ms) as snapshot:
            return _version(snapshot)
    except sa.exc.DBAPIError as trouble:
        raise StoreError("unreadable", why=because(trouble)) from trouble


def _version(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    found: str | None = connection.execute(sa.select(_VERSION.c.version_num)).scalar()
    return found


def upgrade(store: Store, to: str = "head") -> None:
    """Create or upgrade the tables, all in one transaction.

    Raises StoreError for a store of a version this code does not know, naming both, and where the engine refuses.
    """
    from alembic import command  # noqa: PLC0415 - see the head of this module

    try:
        with store.writing() as connection:
            found = _version(connection)
            if found is not None and found not in _versions():
                raise _other_version(found)
            command.upgrade(_config(connection), to)
    except sa.exc.DBAPIError as trouble:
        raise StoreError("not_upgraded", why=because(trouble)) from trouble


def downgrade(store: Store, to: str) -> None:
    """Go back to an earlier version; `base` removes every table."""
    from alembic import command  # noqa: PLC0415 - see the head of this module

    with store.writing() as connection:
        command.downgrade(_config(connection), to)


def require_newest(store: Store) -> None:
    """Raise StoreError, naming both versions, unless the store is of this code's version."""
    found = version_of(store)
    if found != newest():
        raise _other_version(found)


def _versions() -> set[str]:
    """Every version this code knows of."""
    return {path.name.partition("_")[0] for path in (_SCRIPTS / "versions").glob("[0-9]*.py")}


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see the head of this module

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _other_version(found: str | None) -> StoreError:
    return StoreError("other_version", found=found or "none", needed=newest())
