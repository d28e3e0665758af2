"""A file of usage into the store: its days in the place of what was known of them, and every sum that they touch.

Runs inside one transaction. Rows are written as they are read, so memory does not grow with the file; where one of
them is wrong the transaction is left, and with it everything that was written.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.delivery import Delivery
from data.ledger.entries import Content, Stamp, insert, next_id
from data.refusal import Problems
from data.register import Register
from data.sources.usage import Part, parts
from data.trail import MOST, Correction, correction
from data.usage import duplicates, held, sums
from data.usage.catalogue import Catalogue, catalogue
from data.usage.days import day_of, month_of
from data.usage.rows import Day, Reader, Rows
from data.usage.write import write
from data.usage_tables import COUNTS, USAGE, USAGE_AGENCY, USAGE_DAY

Item = TypeVar("Item")
#: What a day of the ledger says of its rows.
_TOLD = ("rows", *COUNTS)


@dataclass
class Sums:
    """What the rows of one agency on one day add up to; a count that no row has stays None."""

    rows: int = 0
    counts: dict[str, int | None] = field(default_factory=lambda: dict.fromkeys(COUNTS))
    simulated: bool = False

    @property
    def status(self) -> str:
        """As the ledger of days has it."""
        return "simulated" if self.simulated else "official"

    def add(self, rows: int, counts: Mapping[str, int | None]) -> None:
        """Add rows of the same day."""
        self.rows += rows
        for name, count in counts.items():
            if count is not None:
                self.counts[name] = (self.counts[name] or 0) + count


@dataclass(frozen=True)
class Known:
    """The newest revision of a day that was delivered before, and what its rows summed to."""

    revision: int
    status: str
    told: Mapping[str, Any]


@dataclass
class Desk:
    """Where the files of one delivery are taken, one after the other; what they share is read once."""

    connection: Connection
    delivery: Delivery
    register: Register
    #: Which file brought each day.
    taken: dict[Day, str] = field(default_factory=dict)

    @cached_property
    def services(self) -> Catalogue:
        """The catalogue that facts are checked against."""
        return catalogue(self.connection)

    def read(self, path: Path, name: str, rows: int) -> "Load":
        """Check every row of a file and write it; `rows` is how many there may be. Raises Refusal; what is written by
        then is for the caller to undo."""
        load = Load(name, self.connection, Problems(name), self.taken)
        shown = self.delivery.progress(parts(path, name), rows, name, _rows_of)
        # Read by another thread, and so with troubles of its own.
        reader = self._reader(Problems(name))
        try:
            with self.connection.begin_nested():
                for part, found in one_ahead((part, reader.read(part)) for part in shown):
                    if found is not None:
                        load.take(part, found)
                load.problems.join(reader.problems)
                load.problems.stop()
        except sa.exc.IntegrityError:
            raise duplicates.refusal(path, name, self._reader(Problems(name))) from None
        return load

    def _reader(self, problems: Problems) -> Reader:
        return Reader(self.register, self.services, self.delivery, problems)


@dataclass
class Load:
    """One file on its way into the store; `taken` says which file of the same delivery brought each day."""

    name: str
    connection: Connection
    problems: Problems
    taken: dict[Day, str]
    days: dict[Day, Sums] = field(default_factory=dict)
    known: dict[Day, Known] = field(default_factory=dict)

    def take(self, part: Part, rows: Rows) -> None:
        """Add the rows of one part to the sums of their days, and write them unless anything is wrong already."""
        new = [day for day in rows.days if day not in self.days]
        self._look_up(new)
        self._refuse_statuses(part, rows)
        for day in new:
            self.days[day] = Sums()
            other = self.taken.setdefault(day, self.name)
            if other != self.name:
                hints = {"day": str(day_of(day[1])), "other": other}
                line = _first_line(part, rows, rows.days.index(day))
                self.problems.add("E_DUPLICATE", "day_of_other_file", line=line, **hints)
        _add(self.days, rows)
        if self.problems.total:
            return
        replaced = [{"of_agency": day[0], "of_day": day[1]} for day in new if day in self.known]
        if replaced:
            self.connection.execute(_DELETE, replaced)
        write(self.connection, rows)

    def _look_up(self, days: Iterable[Day]) -> None:
        """What was delivered before of these days."""
        wanted = set(days)
        if not wanted:
            return
        agencies, numbers = {day[0] for day in wanted}, [day[1] for day in wanted]
        cells = USAGE_DAY.c
        rows = self.connection.execute(
            sa.select(cells.agency, cells.day, cells.revision, cells.status, *(cells[name] for name in _TOLD))
            .where(cells.agency.in_(sorted(agencies)), cells.day.between(min(numbers), max(numbers)))
            .order_by(cells.revision)
        )
        self.known |= {
            (row.agency, row.day): Known(row.revision, row.status, {name: getattr(row, name) for name in _TOLD})
            for row in rows
            if (row.agency, row.day) in wanted
        }

    def _refuse_statuses(self, part: Part, rows: Rows) -> None:
        """Refuse a day that is partly simulated, and a simulated one in the place of one that was told."""
        simulated, all_rows = np.bincount(rows.of_day, rows.simulated), np.bincount(rows.of_day)
        for place, day in enumerate(rows.days):
            before, told = self.days.get(day), bool(simulated[place])
            if 0 < simulated[place] < all_rows[place] or (before is not None and before.simulated != told):
                hints = {"day": str(day_of(day[1]))}
                line = _first_line(part, rows, place)
                self.problems.add("E_INCONSISTENT", "partly_simulated", line=line, column="status", **hints)
            elif told and day in self.known and self.known[day].status != "simulated":
                line = _first_line(part, rows, place)
                self.problems.add(
                    "E_CONFLICT", "simulated_over_official", line=line, column="status", value="simulated"
                )

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return sum(day.rows for day in self.days.values())

    @property
    def corrected(self) -> int:
        """How many of them are of days that were delivered before."""
        return sum(day.rows for key, day in self.days.items() if key in self.known)

    def corrections(self, reason: str) -> tuple[Correction, ...]:
        """The first of the days that were delivered before: what their rows summed to, and what they do now."""
        first = list(islice((key for key in sorted(self.days) if key in self.known), MOST))
        cells = USAGE_AGENCY.c
        wanted = sa.select(cells.id, cells.code).where(cells.id.in_({agency for agency, _ in first}))
        codes = {row.id: row.code for row in self.connection.execute(wanted)}
        told = []
        for agency, day in first:
            now = self.days[agency, day]
            sums = {"rows": now.rows, **now.counts}
            told.append(correction(f"{codes[agency]}/{day_of(day)}", self.known[agency, day].told, sums, reason))
        return tuple(told)

    def doubts(self) -> Problems:
        """What may be right and looks wrong; asked before the days are saved."""
        problems = Problems(self.name)
        held.look(self.connection, {key: day.counts for key, day in self.days.items()}, problems)
        return problems

    def save(self, stamp: Stamp) -> None:
        """Record what the days sum to, beside what they summed to before, and compute every sum they touch."""
        first = next_id(self.connection, USAGE_DAY)
        rows: list[Content] = []
        for number, key in enumerate(sorted(self.days), first):
            day, before = self.days[key], self.known.get(key)
            told: dict[str, Any] = {"id": number, "agency": key[0], "day": key[1], "rows": day.rows}
            told |= {"revision": before.revision + 1 if before else 1, "status": day.status}
            rows.append(told | day.counts | stamp.cells)
        insert(self.connection, USAGE_DAY, rows)
        sums.refresh(self.connection, {(agency, month_of(day)) for agency, day in self.days})


def _add(days: dict[Day, Sums], rows: Rows) -> None:
    """Add the rows of one part to the sums of their days."""
    at, many = rows.of_day, len(rows.days)
    told = {}
    for name, counts in rows.counts.items():
        there = counts >= 0
        added = np.bincount(at, np.where(there, counts, 0), many).astype(np.int64).tolist()
        present = np.bincount(at, there, many).tolist()
        told[name] = [count if some else None for count, some in zip(added, present, strict=True)]
    counted = np.bincount(at, minlength=many).tolist()
    simulated = np.bincount(at, rows.simulated, many).tolist()
    for place, day in enumerate(rows.days):
        days[day].add(counted[place], {name: counts[place] for name, counts in told.items()})
        days[day].simulated = bool(simulated[place])


def _first_line(part: Part, rows: Rows, place: int) -> int:
    """The line of the first row of a day."""
    return part.first_line + int(np.argmax(rows.of_day == place))


def one_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The items, each made while the one before is worked on: an engine that writes leaves the interpreter free."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(next, items, None)
        while (item := waiting.result()) is not None:
            waiting = pool.submit(next, items, None)
            yield item


def _rows_of(part: Part) -> int:
    return part.rows


_DELETE = USAGE.delete().where(USAGE.c.agency == sa.bindparam("of_agency"), USAGE.c.day == sa.bindparam("of_day"))
