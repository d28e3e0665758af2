"""Whether the clock of this machine can be believed. Ages are counted from it, so that one who wonders finds in the
log when it was set, and against what it is wrong.

Beside the time that went by it is held against the newest delivery, which nobody made tomorrow, and against the clock
of the database where that may be another machine's.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing import get_context

import sqlalchemy as sa

from data.store import Snapshot

_LOG = logging.getLogger("centre")
#: Clocks that are kept right differ by less, and one that is slowed or hurried does between two looks.
_SECONDS = 10.0
_DATABASE = sa.text("SELECT extract(epoch FROM clock_timestamp())")


class Timekeeping:
    """Looks at the clock. What was seen is shared with every process that is forked from this one, so that a trouble
    stands in the log once and not once for each. Safe to share between threads.

    `clock` gives seconds since 1970, `elapsed` seconds that go by whatever the clock is set to.
    """

    def __init__(self, clock: Callable[[], float] = time.time, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._elapsed = elapsed
        # How far the clock is ahead of what elapsed, and whether it was wrong at the last look.
        self._seen = get_context("fork").Array("d", [clock() - elapsed(), 0.0])

    def look(self, snapshot: Snapshot, newest: datetime | None) -> None:
        """Hold the clock against what went by since the last look, the newest delivery (None where there is none) and
        the database. The log has each time it was set, and once that it is wrong; a clock that was set and is wrong
        since is told of once. Raises what the engine raises."""
        database = None if snapshot.dialect.name != "postgresql" else float(snapshot.scalar(_DATABASE) or 0)
        self.compare(newest, database)

    def compare(self, newest: datetime | None, database: float | None) -> None:
        """As `look`, with the database's seconds since 1970; None where its clock is this machine's."""
        # Whoever was killed while it looked would keep the others waiting: they leave it to the next look.
        if not self._seen.get_lock().acquire(block=False):
            return
        try:
            moment = self._clock()
            ahead = moment - self._elapsed()
            behind = 0.0 if newest is None else newest.timestamp() - moment
            apart = 0.0 if database is None else moment - database
            wrong = behind > _SECONDS or abs(apart) > _SECONDS
            step, known = ahead - self._seen[0], bool(self._seen[1])
            self._seen[0], self._seen[1] = ahead, float(wrong)
        finally:
            self._seen.get_lock().release()
        if abs(step) > _SECONDS:
            _LOG.warning("the server's clock was set %s by %.0f s", "ahead" if step > 0 else "back", abs(step))
        elif wrong and not known:
            _tell(behind, apart)
        elif known and not wrong:
            _LOG.warning("the server's clock is right again")


def _tell(behind: float, apart: float) -> None:
    if abs(apart) > _SECONDS:
        side = "ahead of" if apart > 0 else "behind"
        _LOG.warning("the server's clock is %.0f s %s that of the database", abs(apart), side)
    else:
        _LOG.warning("the server's clock is %.0f s behind the newest delivery", behind)
