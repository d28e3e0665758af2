"""What the screens of usage ask: each question of sums beside the same of facts, and whole answers step by step."""

import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from statistics import median
from typing import Any

import sqlalchemy as sa

from access.viewer import ANYBODY, Viewer
from callbacks.router import answer
from data import roles, usage_queries
from data.memory import Memory
from data.scope import EVERYTHING
from data.scoping import scope_of
from data.store import Snapshot, Store, open_store
from data.usage_tables import COUNTS, USAGE
from i18n.collation import slug
from settings import Settings
from tests.bench_places import READER, TIMES, Line, ms, seconds, timed

DAY = date(2020, 2, 14)
AGENCY, MONTH = "40", 202001
_PERIOD = "2020-01"
_YEAR = [*range(201902, 201913), 202001]
#: Of so many things what was made is kept: none of it is of use here.
_KEPT = 400


@dataclass(frozen=True)
class Page:
    """What a page asks: of sums, and the same of facts."""

    name: str
    rolled: Callable[[Snapshot], object]
    raw: sa.Select[Any]


def pages(agency: int) -> list[Page]:
    """The questions of the screens, from the nation down to one procedure; `agency` is the number of one province."""
    day, level = USAGE.c.day, USAGE.c.level
    month = (day // sa.literal_column("100")).label("month")
    counts = [sa.func.sum(USAGE.c[name]) for name in COUNTS]
    here = day.between(MONTH * 100 + 1, MONTH * 100 + 31)
    year = day.between(_YEAR[0] * 100 + 1, _YEAR[-1] * 100 + 31)
    one = USAGE.c.agency == agency
    asked = usage_queries
    return [
        Page("agencies, 12 months", lambda at: asked.usage_by_agency(at, EVERYTHING, _YEAR),
             sa.select(USAGE.c.agency, month, level, *counts).where(year).group_by(USAGE.c.agency, month, level)),
        Page("agencies, a month", lambda at: asked.usage_by_agency(at, EVERYTHING, [MONTH]),
             sa.select(USAGE.c.agency, level, *counts).where(here).group_by(USAGE.c.agency, level)),
        Page("a province's groups, a month", lambda at: asked.usage_by_group(at, EVERYTHING, AGENCY, [MONTH]),
             sa.select(USAGE.c.procedure, level, *counts).where(one, here).group_by(USAGE.c.procedure, level)),
        Page("its procedures, a month", lambda at: asked.usage_by_procedure(at, EVERYTHING, AGENCY, [MONTH]),
             sa.select(USAGE.c.procedure, level, *counts).where(one, here).group_by(USAGE.c.procedure, level)),
        Page("one procedure, 12 months",
             lambda at: asked.usage_by_procedure(at, EVERYTHING, AGENCY, _YEAR, ["MP0001"]),
             sa.select(month, level, *counts).where(one, year, USAGE.c.procedure == 1)
             .group_by(month, level)),
        Page("services with dossiers, a month", lambda at: asked.services_used(at, EVERYTHING, MONTH),
             sa.select(USAGE.c.agency, USAGE.c.procedure, level).where(here).distinct()),
        Page("unused at level 4, a month",
             lambda at: asked.services_unused(at, EVERYTHING, [MONTH], (MONTH * 100 + 1, MONTH * 100 + 31)),
             sa.select(USAGE.c.agency, USAGE.c.procedure).where(here, level == 4)
             .group_by(USAGE.c.agency, USAGE.c.procedure)),
    ]  # fmt: skip


def steps(store: Store, engine: str, fastest: dict[tuple[str, str], float]) -> Iterator[Line]:
    """What the server takes for each step from the nation to one procedure: read, computed and drawn, nothing of it
    kept from before."""
    for path in _way(store):
        spent = seconds(partial(_anew, store, path, ANYBODY))
        first = fastest.setdefault((engine, f"step {path.count('/')}"), spent)
        yield Line(f"{path}, {engine}", ms(spent), "the whole answer", f"{spent / first:.2f} of fewest rows")


def secured(store: Store) -> Iterator[Line]:
    """The same steps as they are answered to the leader of the province by a role of PostgreSQL of which the server
    looks at each row itself, beside the owner of the tables, which it shows every row; asked in turn."""
    roles.let_read(store, READER)
    scope = scope_of(store, AGENCY, nation=True, ranked=True, embargoed=False)
    leader = Viewer("leader", scope, scope)
    with closing(open_store(store.url, reader_url=store.url.replace("postgres@", f"{READER}@"))) as reader:
        for path in _way(store):
            calls = [partial(_anew, each, path, leader) for each in (store, reader)]
            for call in calls:
                call()
            owner, secure = (median(times) for times in zip(*(map(timed, calls) for _ in range(TIMES)), strict=True))
            ratio = f"{secure / owner:.2f} of it"
            yield Line(f"{path}, row-level security", ms(secure), f"{ms(owner)}, by the owner", ratio)


def _way(store: Store) -> list[str]:
    """The addresses from the nation to one procedure."""
    with store.reading() as snapshot:
        found = usage_queries.procedures(snapshot, EVERYTHING)
        offered = usage_queries.services_of(snapshot, EVERYTHING, AGENCY, MONTH * 100 + 31)
    code = offered[0].procedure
    # What is there already is left out of collections, as in a worker (see callbacks/server.py).
    gc.collect()
    gc.freeze()
    return list(accumulate(("/usage", f"/{AGENCY}", f"/{slug(found[code].group)}", f"/{code}")))


def _anew(store: Store, path: str, viewer: Viewer) -> object:
    settings = Settings.from_env({"DATABASE_URL": store.url, "TODAY": DAY.isoformat()})
    asked = {"path": path, "search": f"?period={_PERIOD}", "number": 1, "shown": {}}
    store.memory, store.undated, store.screens = (Memory(_KEPT) for _ in range(3))
    return answer(asked, store, settings, viewer)
