"""Whether figures are read from a standby that its primary no longer reaches, and until when they are complete.

A standby whose primary is idle made its last change long ago, and nothing is wrong: what counts is that it receives.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from data.clock import VIETNAM, now
from data.store import Snapshot

_LOG = logging.getLogger("centre")
#: The view has a row while the standby receives, else none. A role that may only read sees that there is one, and
#: nothing of what is in it.
_ASKED = sa.text(
    "SELECT pg_is_in_recovery() AS standby, EXISTS (SELECT FROM pg_stat_wal_receiver) AS receives,"
    " pg_last_xact_replay_timestamp() AS replayed"
)


@dataclass(frozen=True)
class CutOff:
    """A standby that does not receive from its primary. `since` is when it was last seen to, None where this process
    never saw that; `replayed` is the moment of the last change that it has, None where it has made none since it was
    started. Its figures are complete until the later of the two."""

    since: datetime | None
    replayed: datetime | None


class Following:
    """Looks at the standby, and remembers when it last received. Safe to share between threads."""

    def __init__(self) -> None:
        self._seen: datetime | None = None
        self._cut_off = False

    def look(self, snapshot: Snapshot) -> CutOff | None:
        """How the standby is cut off; None where it is not, and where there is none: on SQLite, and on a primary.

        The log has it once, and when it is over. Raises what the engine raises.
        """
        if snapshot.dialect.name != "postgresql":
            return None
        found = snapshot.execute(_ASKED).one()
        cut_off = found.standby and not found.receives
        if cut_off != self._cut_off:
            self._cut_off = cut_off
            _LOG.warning("the standby %s its primary", "is cut off from" if cut_off else "is no longer cut off from")
        if not cut_off:
            self._seen = now()
            return None
        return CutOff(self._seen, found.replayed.astimezone(VIETNAM) if found.replayed else None)
