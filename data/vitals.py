"""What whoever keeps the centre watches of its store: counts and moments. Nothing here holds a name, an address or a
figure, so that it may be told to programs that may see none."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import sqlalchemy as sa

from data import queries, sessions
from data.clock import now
from data.schema import AUDIT, WALL_SCREEN
from data.scope import EVERYTHING
from data.sources.kinds import KINDS
from data.standby import Standby, standby
from data.store import QUICK_MS, Snapshot, Store

#: What becomes of a delivery. What is left of it in the log says so of all but those that were taken.
RESULTS = TAKEN, REFUSED, HELD = "taken", "refused", "held"
#: What becomes of a try to sign in, by the action of its row in the log.
LOGINS = {"person login": "succeeded", "person login failed": "failed", "person throttled": "throttled"}
_INGEST = "ingest "
_RESULT = sa.case(
    *((AUDIT.c.detail.contains(f'"result":"{each}"', autoescape=True), each) for each in (REFUSED, HELD)),
    else_=TAKEN,
).label("result")


@dataclass(frozen=True)
class Vitals:
    """The store at a moment. `delivery` and `delivered` are number and moment of the newest delivery, None where
    nothing was ever delivered; `deliveries` are counted by kind of file and what became of them, `logins` by what
    became of them, both since the log began; `sessions` are those of people that go on, `screens` those that are
    enrolled; `standby` is None where none is read from."""

    delivery: int | None
    delivered: datetime | None
    deliveries: Mapping[tuple[str, str], int]
    logins: Mapping[str, int]
    log_rows: int
    sessions: int
    screens: int
    standby: Standby | None


class Watch:
    """Looks at a store, and at each row of its log only once. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._begin()

    def look(self) -> Vitals:
        """The store as it is. Raises what it raises."""
        with self._lock, self._store.reading(QUICK_MS) as snapshot:
            number, moment = queries.last_delivery(snapshot, EVERYTHING) or (None, None)
            rows = self._read_on(snapshot)
            held = WALL_SCREEN.c.enrolled_at.is_not(None), WALL_SCREEN.c.revoked_at.is_(None)
            return Vitals(
                delivery=number,
                delivered=moment,
                deliveries={(kind, each): self._deliveries[kind, each] for kind in KINDS for each in RESULTS},
                logins={each: self._logins[each] for each in LOGINS.values()},
                log_rows=rows,
                sessions=sessions.count_going_on(snapshot, now()),
                screens=snapshot.execute(
                    sa.select(sa.func.count()).select_from(WALL_SCREEN).where(*held)
                ).scalar_one(),
                standby=standby(snapshot),
            )

    def _begin(self) -> None:
        self._read = 0
        self._deliveries: Counter[tuple[str, str]] = Counter()
        self._logins: Counter[str] = Counter()

    def _read_on(self, snapshot: Snapshot) -> int:
        """Count the rows of the log that were not looked at yet, and give how many it has."""
        newest: int = snapshot.execute(sa.select(sa.func.coalesce(sa.func.max(AUDIT.c.id), 0))).scalar_one()
        if newest < self._read:  # another store stands at the address: one that was restored
            self._begin()
        unread = AUDIT.c.id > self._read, AUDIT.c.id <= newest
        ours = AUDIT.c.action.startswith(_INGEST) | AUDIT.c.action.in_(LOGINS)
        asked = sa.select(AUDIT.c.action, _RESULT, sa.func.count()).where(*unread, ours)
        asked = asked.group_by(AUDIT.c.action, "result")
        for action, result, count in snapshot.execute(asked):
            if action in LOGINS:
                self._logins[LOGINS[action]] += count
            else:
                self._deliveries[action.removeprefix(_INGEST), result] += count
        self._read = newest
        return newest
