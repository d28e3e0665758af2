"""Which days can be replayed: the ends of months since the first figure, and the days on which sources spoke."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data import queries
from data.facts import Source
from data.scope import Scope
from data.store import Snapshot, Store
from metrics.boards.known import knowing

#: So many stops stand on the line at most; between more months the ends of quarters, then of years are taken.
_MOST = 30
_STEPS = (1, 3, 6, 12)


@dataclass(frozen=True)
class Replay:
    """The day shown, `at`, and the day of the product, `clock`. `stops` rise from the first day of which anything is
    known to the later of the two, both among them; they are empty in a store without a figure. `sources` are those
    with a date up to the day of the product, the latest first, one a day."""

    at: date
    clock: date
    stops: tuple[date, ...]
    sources: tuple[tuple[date, Source], ...]

    @property
    def replayed(self) -> bool:
        """Whether another day than that of the product is shown."""
        return self.at != self.clock


def replay(store: Store, scope: Scope, at: date, clock: date) -> Replay:
    """The days of one moment of the store."""
    with knowing(store, scope, at) as known:
        first = known.ask("first published", _first)
        spoke: dict[date, Source] = {}
        for source in known.register.sources.values():
            if source.published is not None and source.published <= clock:
                spoke.setdefault(source.published, source)
    stops = () if first is None else tuple(_stops(min(first, at), max(clock, at), {at, clock}))
    return Replay(at, clock, stops, tuple(sorted(spoke.items(), key=lambda each: each[0], reverse=True)))


def _first(snapshot: Snapshot, scope: Scope, _at: date) -> date | None:
    return queries.first_published(snapshot, scope)


def _stops(first: date, last: date, named: set[date]) -> list[date]:
    for months in _STEPS:
        found = sorted({first, last, *named, *_ends(first, last, months)})
        if len(found) <= _MOST:
            break
    return found


def _ends(first: date, last: date, months: int) -> Iterator[date]:
    """The last days of every so many months, counted from January, between two days."""
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = date(year, month, 1) - timedelta(days=1)
        if end >= last:
            return
        if end > first and end.month % months == 0:
            yield end
