"""What the screens of usage ask: each question of sums beside the same of facts, and whole answers step by step."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from access.viewer import ANYBODY
from callbacks.router import answer
from data import usage_queries
from data.memory import Memory
from data.scope import EVERYTHING
from data.store import Snapshot, Store
from data.usage_tables import COUNTS, USAGE
from i18n.collation import slug
from settings import Settings
from tests.bench_places import Line, ms, seconds

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
    settings = Settings.from_env({"DATABASE_URL": store.url, "TODAY": DAY.isoformat()})
    with store.reading() as snapshot:
        found = usage_queries.procedures(snapshot, EVERYTHING)
        offered = usage_queries.services_of(snapshot, EVERYTHING, AGENCY, MONTH * 100 + 31)
    code = offered[0].procedure
    # What is there already is left out of collections, as in a worker (see callbacks/server.py).
    gc.collect()
    gc.freeze()
    path = ""
    for step in ("", f"/{AGENCY}", f"/{slug(found[code].group)}", f"/{code}"):
        path += step
        asked = {"path": f"/usage{path}", "search": f"?period={_PERIOD}", "number": 1, "shown": {}}
        spent = seconds(partial(_anew, store, settings, asked))
        first = fastest.setdefault((engine, f"step {path.count('/')}"), spent)
        yield Line(f"/usage{path}, {engine}", ms(spent), "the whole answer", f"{spent / first:.2f} of fewest rows")


def _anew(store: Store, settings: Settings, asked: dict[str, Any]) -> object:
    store.memory = Memory(_KEPT)
    store.screens = Memory(_KEPT)
    return answer(asked, store, settings, ANYBODY)
