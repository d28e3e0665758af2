"""A look at the store that many ask for and one takes."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

_LOG = logging.getLogger("centre")
#: So long one waits while another looks; a page gives up after 4 s.
_PATIENCE_SECONDS = 1.0
Seen = TypeVar("Seen")


class Glance(Generic[Seen]):
    """What a look at the store gave, kept for some seconds. Many ask, one looks, so that a store that hangs takes one
    thread and not all. Safe to share between threads.

    `look` may raise anything: then nothing was seen. The log has the trouble once, and when it is over.
    """

    def __init__(self, look: Callable[[], Seen], seconds: float) -> None:
        self._look = look
        self._seconds = seconds
        self._until = 0.0
        self._seen: Seen | None = None
        self._troubled = False
        self._lock = Lock()

    def seen(self) -> Seen | None:
        """What was seen at most those seconds ago; None where the store could not be read, or not in time."""
        if not self._lock.acquire(timeout=_PATIENCE_SECONDS):
            return None
        try:
            if monotonic() >= self._until:
                self._seen = self._looked()
                self._until = monotonic() + self._seconds
            return self._seen
        finally:
            self._lock.release()

    def _looked(self) -> Seen | None:
        try:
            seen = self._look()
        except Exception:
            if not self._troubled:
                _LOG.exception("the store cannot be read")
            self._troubled = True
            return None
        if self._troubled:
            _LOG.warning("the store can be read again")
        self._troubled = False
        return seen
