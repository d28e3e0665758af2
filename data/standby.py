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
    "SELECT EXISTS (SELECT FROM pg_stat_wal_receiver) AS receives, pg_last_xact_replay_timestamp() AS replayed,"
    " pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) AS behind WHERE pg_is_in_recovery()"
)


@dataclass(frozen=True)
class Standby:
    """A standby at a moment: whether it receives from its primary, when the last change that it has was made (None
    where it has made none since it was started), and how many bytes it received and has not made yet (None where it
    received none since then)."""

    receives: bool
    replayed: datetime | None
    behind: int | None


@dataclass(frozen=True)
class CutOff:
    """A standby that does not receive from its primary. `since` is when it was last seen to, None where this process
    never saw that; `replayed` is the moment of the last change that it has, None where it has made none since it was
    started. Its figures are complete until the later of the two."""

    since: datetime | None
    replayed: datetime | None


def standby(snapshot: Snapshot) -> Standby | None:
    """The standby that is read from; None on SQLite, and on a primary. Raises what the engine raises."""
    found = None if snapshot.dialect.name != "postgresql" else snapshot.execute(_ASKED).one_or_none()
    if found is None:
        return None
    replayed = found.replayed.astimezone(VIETNAM) if found.replayed else None
    return Standby(found.receives, replayed, None if found.behind is None else max(int(found.behind), 0))


class Following:
    """Looks at the standby, and remembers when it last received. Safe to share between threads."""

    def __init__(self) -> None:
        self._seen: datetime | None = None
        self._cut_off = False

    def look(self, snapshot: Snapshot) -> CutOff | None:
        """How the standby is cut off; None where it is not, and where there is none: on SQLite, and on a primary.

        The log has it once, and when it is over. Raises what the engine raises.
        """
        found = standby(snapshot)
        cut_off = found is not None and not found.receives
        if cut_off != self._cut_off:
            self._cut_off = cut_off
            _LOG.warning("the standby %s its primary", "is cut off from" if cut_off else "is no longer cut off from")
        if found is None or found.receives:
            self._seen = now()
            return None
        return CutOff(self._seen, found.replayed)
