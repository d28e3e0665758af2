"""Where benchmarks run and how they are told: both engines, times, lines beside a baseline of the same run."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from inspect import unwrap
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from data import stock
from data.store import Store, open_store
from tests.engines import Server, postgresql

TIMES = 7
#: A role that may only read.
READER = "bench_reader"


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, what stands beside it, and how the two relate."""

    what: str
    measured: str
    baseline: str
    relation: str


def seconds(call: Callable[[], object], times: int = TIMES) -> float:
    """The median time of a call, after one that is not counted."""
    call()
    return median(timed(call) for _ in range(times))


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def ms(value: float) -> str:
    return f"{value * 1000:.1f} ms"


def rate(rows: int, value: float) -> str:
    return f"{rows / value:,.0f} rows/s"


@dataclass(frozen=True)
class Machine:
    """Where stores are made: a folder with a migrated file, and a server with a migrated database."""

    folder: Path
    server: Server
    template: str

    @contextmanager
    def store(self, engine: str) -> Iterator[Store]:
        """A fresh store with its reference tables."""
        if engine == "SQLite":
            file = self.folder / "fresh.db"
            shutil.copyfile(self.folder / "migrated.db", file)
            with closing(open_store(f"sqlite:///{file}")) as store:
                yield store
            for path in self.folder.glob("fresh.db*"):
                path.unlink()
            return
        name = self.server.fresh(self.template)
        with closing(open_store(self.server.url(name))) as store:
            yield store
        self.server.drop(name)


@contextmanager
def machine() -> Iterator[Machine]:
    """Both engines, gone when the run ends."""
    with TemporaryDirectory() as folder, contextmanager(unwrap(postgresql))() as server, server.role(READER):
        template = server.fresh()
        for url in (f"sqlite:///{Path(folder) / 'migrated.db'}", server.url(template)):
            with closing(open_store(url, create=True)) as store:
                stock.migrate(store)
        yield Machine(Path(folder), server, template)


ENGINES = ("SQLite", "PostgreSQL")


def native(store: Store) -> Any:
    """A connection of the engine's own driver."""
    if store.embedded:
        return sqlite3.connect(store.url.removeprefix("sqlite:///"))
    return psycopg.connect(store.url.replace("+psycopg", ""))


def shown(lines: Sequence[Line]) -> str:
    """The lines as a table of text."""
    head = Line("what", "measured", "beside", "relation")
    cells = [tuple(vars(line).values()) for line in (head, *lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([texts[0], "  ".join("-" * width for width in widths), *texts[1:]])
