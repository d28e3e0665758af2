"""Readers while usage is delivered: in every moment they see, facts and each of their sums are of one delivery."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from data.ingest import ingest
from data.store import Snapshot, Store, open_store
from data.usage_tables import BY_AGENCY, BY_GROUP, BY_PROCEDURE, COUNTS, FLOWS, USAGE
from tests.data.usage_files import USUAL, deliver_services, service, used
from tests.deliveries import Row, written

AGENCIES = ("01", "02", "04", "40")
GROUPS = {f"P{number}": f"Nhóm {number % 5}" for number in range(30)}
DAYS = [f"2020-01-{day:02}" for day in range(1, 32)]
DELIVERIES = 6
Sums = dict[tuple[int, int, int], tuple[int, ...]]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The same month of four provinces, again and again, with other counts each time."""
    drawn, made = random.Random(7), []
    for number in range(DELIVERIES):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(written(*_rows(drawn)))
        made.append(path)
    return made


def _rows(drawn: random.Random) -> Iterator[Row]:
    for agency in AGENCIES:
        for day in DAYS:
            for procedure in GROUPS:
                online = str(drawn.randint(0, 500))
                yield used(agency_code=agency, date=day, procedure_code=procedure, received_online=online)


def test_facts_and_sums_are_of_one_moment(store: Store, tmp_path: Path, files: list[Path]) -> None:
    rows = [
        service(agency_code=agency, procedure_code=procedure, name=f"Thủ tục {procedure}", group=group)
        for agency in AGENCIES
        for procedure, group in GROUPS.items()
    ]
    deliver_services(store, tmp_path, *rows)
    done, looks = Event(), 0
    seen: list[Sums] = []
    writer = Thread(target=_deliver, args=(store.url, files, done))
    writer.start()
    while not done.is_set() or len(seen) < 2:
        with store.reading() as snapshot:
            raw = _sums(snapshot, USAGE, USAGE.c.day // sa.literal_column("100"))
            for table in (BY_PROCEDURE, BY_GROUP, BY_AGENCY):
                assert _sums(snapshot, table, table.c.month) == raw, table.name
        looks += 1
        if raw not in seen:
            seen.append(raw)
    writer.join()
    # Before and after at the least; how many of the deliveries between were caught is the machine's affair.
    assert len(seen) >= 2
    assert looks > len(seen)


def _deliver(url: str, files: list[Path], done: Event) -> None:
    try:
        with closing(open_store(url)) as store:
            for path in files:
                ingest("usage", [(path, path.name)], store, USUAL)
    finally:
        done.set()


def _sums(snapshot: Snapshot, table: sa.Table, month: sa.ColumnElement[int]) -> Sums:
    """What flows in a table sum to, by agency, month and level."""
    named = month.label("of_month")
    flows = [name for name in COUNTS if name in FLOWS]
    question = sa.select(
        table.c.agency, named, table.c.level, *(sa.func.sum(table.c[name]) for name in flows)
    ).group_by(table.c.agency, named, table.c.level)
    return {tuple(row[:3]): tuple(int(count) for count in row[3:]) for row in snapshot.execute(question)}
