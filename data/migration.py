"""Bringing a store to the version of this code, and refusing one that is not."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from data.store import Store, StoreError, because

_SCRIPTS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The version this code is written for."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def version_of(store: Store) -> str | None:
    """The version of the store; None where nothing was ever created in it. StoreError where it cannot be read."""
    try:
        with store.reading() as snapshot:
            return MigrationContext.configure(snapshot).get_current_revision()
    except sa.exc.DBAPIError as trouble:
        raise StoreError("unreadable", why=because(trouble)) from trouble


def upgrade(store: Store, to: str = "head") -> None:
    """Create or upgrade the tables, all in one transaction.

    Raises StoreError for a store of a version this code does not know, naming both, and where the engine refuses.
    """
    try:
        with store.writing() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            if found is not None and found not in _versions():
                raise _other_version(found)
            command.upgrade(_config(connection), to)
    except sa.exc.DBAPIError as trouble:
        raise StoreError("not_upgraded", why=because(trouble)) from trouble


def downgrade(store: Store, to: str) -> None:
    """Go back to an earlier version; `base` removes every table."""
    with store.writing() as connection:
        command.downgrade(_config(connection), to)


def require_newest(store: Store) -> None:
    """Raise StoreError, naming both versions, unless the store is of this code's version."""
    found = version_of(store)
    if found != newest():
        raise _other_version(found)


def _versions() -> set[str]:
    """Every version this code knows of."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _other_version(found: str | None) -> StoreError:
    return StoreError("other_version", found=found or "none", needed=newest())
