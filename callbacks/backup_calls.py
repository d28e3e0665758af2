"""Backups of the store, as the command line speaks of them."""

from contextlib import closing
from pathlib import Path

from callbacks import audit_calls
from data import audit, backups, migration, queries, roles, stock
from data.clock import minute_of
from data.scope import EVERYTHING
from data.store import open_store
from i18n import Say
from settings import Settings

_MEGABYTE = 1_000_000


def back_up(file: Path, settings: Settings, say: Say) -> list[str]:
    """Write the store to a file and give what is told of it, line by line. Raises StoreError, OSError."""
    with closing(stock.ready(settings.database_url)) as store:
        size = backups.back_up(store, file)
    return [say("cli.backed_up", file=str(file), size=f"{size / _MEGABYTE:.1f}")]


def restore(file: Path, settings: Settings, say: Say) -> tuple[list[str], int]:
    """Put a backup where there is no store, let the role of READER_URL read it, and give what is told of it and the
    exit code: 1 where its audit log is not whole. Raises StoreError, OSError."""
    backups.restore(settings.database_url, file)
    with closing(open_store(settings.database_url)) as store:
        found = migration.version_of(store)
        if found != migration.newest():
            return [say("cli.restored_other", version=found or "–", needed=migration.newest())], 0
        if settings.reader_url is not None:
            roles.let_read(store, roles.role_of(settings.reader_url))
        with store.reading() as snapshot:
            number, moment = queries.last_delivery(snapshot, EVERYTHING) or (None, None)
            verified, code = audit_calls.told(audit.verify(snapshot), say)
    known = say("cli.restored_empty") if moment is None else say("cli.restored", number=number, at=minute_of(moment))
    return [known, *verified], code
