"""Rows of the audit log for which nobody waits.

Whoever reads must not be stopped by a delivery that is under way or a primary that is gone. So a row is written by a
thread of its own, as soon as the one writer is free; what cannot be written before the process ends is told to its
log in full.
"""

import atexit
import logging
import time
from collections import deque
from collections.abc import Mapping
from threading import Lock, Thread

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.ledger.entries import audit, plain
from data.store import Store, StoreError

_LOG = logging.getLogger("centre")
#: A primary that is away for long must not fill the memory of those that go on reading.
MOST = 10_000
#: So long the thread waits before it tries again, and a process that ends waits for the thread.
_AGAIN_SECONDS, _LAST_SECONDS = 5.0, 5.0
#: Who did it, what it was, and its detail.
Row = tuple[str, str, Mapping[str, object]]


class AuditNotes:
    """What is still to be written to the log of one store. Safe to share between threads; the thread that writes is
    there while there is something to write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: deque[Row] = deque()
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, row: Row) -> bool:
        """Have a row written, and say whether there was room for it. Returns at once and raises nothing."""
        with self._lock:
            if len(self._rows) >= MOST:
                return False
            self._rows.append(row)
            if self._thread is None:
                self._thread = Thread(target=self._write_all, name="audit-notes", daemon=True)
                self._thread.start()
                atexit.unregister(self._leave)
                atexit.register(self._leave)
            return True

    def written(self, within_seconds: float | None = None) -> bool:
        """Wait so long at most, and as a process that ends does where it is None; say whether all is in the log."""
        thread = self._thread
        if thread is not None:
            thread.join(_LAST_SECONDS if within_seconds is None else within_seconds)
        with self._lock:
            return not self._rows

    def _write_all(self) -> None:
        told = False
        while True:
            try:
                self._write()
            except (StoreError, sa.exc.SQLAlchemyError) as trouble:
                if not told:
                    _LOG.warning("rows are not in the audit log yet: %s", type(trouble).__name__)
                told = True
            with self._lock:
                if not self._rows:
                    self._thread = None
                    return
            if told:
                time.sleep(_AGAIN_SECONDS)

    def _write(self) -> None:
        with self._lock:
            rows = list(self._rows)
        with self._store.writing() as connection:
            for row in rows:
                self._store_row(connection, row)
        with self._lock:
            for _ in rows:
                self._rows.popleft()

    def _store_row(self, connection: Connection, row: Row) -> None:
        """Write one row within the transaction of all that are there."""
        audit(connection, *row)

    def _leave(self) -> None:
        """Give the thread its last seconds; nothing is lost without a word."""
        if not self.written():
            with self._lock:
                for row in self._rows:
                    tell_lost(row)


def tell_lost(row: Row) -> None:
    """Tell the log of the process what the audit log will not have."""
    actor, action, detail = row
    _LOG.error("not in the audit log: %s %s %s", actor, action, plain(detail))
