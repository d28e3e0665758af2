"""Usage at a million rows and more: how fast it is loaded, how much it takes, and what pages ask of it.

`python -m tests.bench_usage`, with 1 and 10 million rows on both engines; SCALE=100 adds a hundred million.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet
import sqlalchemy as sa

from data.clock import machine_today
from data.delivery import Delivery
from data.ingest import ingest
from data.sample.services import MANY, write_services
from data.sample.usage import write_usage
from data.store import Snapshot, Store, open_store
from data.usage import sums
from data.usage_tables import COUNTS, USAGE_AGENCY
from tests.bench_places import ENGINES, Line, Machine, machine, ms, native, rate, seconds, timed
from tests.bench_usage_pages import AGENCY, DAY, MONTH, pages, secured, steps

SCALES = (1, 10)
_SERVED = Delivery(DAY, machine_today(), demo=True, confirm=True)
#: Rows that the bare driver is timed with, where there are so many: a table that grows takes longer.
_BARE_ROWS = 10_000_000
#: So many months are replaced while pages are asked, each so often without a delivery.
_REPLACED, _ASKED = 6, 60
#: Of more rows than these facts are not asked: an engine may take longer than a page may.
_MOST_RAW = 20_000_000
#: Of the columns of the table: a line is told as soon as it is known, since the last ones come an hour later.
_WIDTHS = (52, 16, 27, 25)


def lines(place: Machine, scales: Sequence[int]) -> Iterator[Line]:
    """Every line, scale by scale."""
    fastest: dict[tuple[str, str], float] = {}
    for scale in scales:
        folder = place.folder / f"usage-{scale}"
        folder.mkdir()
        catalogue = write_services(folder, MANY)
        files = write_usage(folder, scale, evenly=True)
        rows = sum(parquet.read_metadata(file).num_rows for file in files)
        yield Line(f"usage, scale {scale}", f"{rows:,} rows", f"{len(files)} files", "")
        for engine in ENGINES:
            with place.store(engine) as store:
                ingest("services", [(path, path.name) for path in catalogue], store, _SERVED)
                yield from _load(store, engine, files, rows)
                yield from _ask(store, engine, rows, fastest)
                yield _beside_a_delivery(store, engine, folder, files)
            if scale == scales[0]:
                with place.store(engine) as store:
                    ingest("services", [(path, path.name) for path in catalogue], store, _SERVED)
                    yield _load_csv(store, engine, folder, files, rows)


def _load(store: Store, engine: str, files: Sequence[Path], rows: int) -> Iterator[Line]:
    beside = _bare(store, files)
    spent, memory = _in_child(store, files)
    driver = f"{beside:,.0f} rows/s, driver"
    yield Line(f"load, Parquet, {engine}", rate(rows, spent), driver, f"{rows / spent / beside:.2f} of it")
    yield Line("… at most in memory", f"{memory:.0f} MB", "aim ≤ 500 MB at 10 million", "")
    yield Line(f"… on disk, {engine}", f"{_size(store) / 1e6:,.0f} MB", f"{_size(store) / rows:.0f} bytes a row", "")


def _bare(store: Store, files: Sequence[Path]) -> float:
    """Rows a second of the driver alone: the same rows in the same order, as tuples that stand ready, into a table of
    the same key; a file after the other until there are enough, in one transaction."""
    names = ["agency", "day", "procedure", "level", *COUNTS]
    without = " WITHOUT ROWID" if store.embedded else ""
    rows, spent = 0, 0.0
    numbers: dict[str, int] = {}
    with closing(native(store)) as connection:
        cursor = connection.cursor()
        cells = ", ".join(f"{name} INTEGER" for name in names)
        cursor.execute(f"CREATE TABLE bare ({cells}, PRIMARY KEY (agency, day, procedure, level)){without}")
        connection.commit()
        for file in files:
            found = _tuples(file, numbers)
            spent += timed(partial(_put, cursor, names, found))
            rows += len(found)
            if rows >= _BARE_ROWS:
                break
        spent += timed(connection.commit)
        cursor.execute("DROP TABLE bare")
        connection.commit()
    return rows / spent


def _tuples(file: Path, numbers: dict[str, int]) -> list[tuple[int, ...]]:
    """The rows of a file as a driver takes them; `numbers` gives each code its number."""
    table = parquet.read_table(file)
    agencies, procedures = (
        [numbers.setdefault(code, len(numbers)) for code in table.column(name).to_pylist()]
        for name in ("agency_code", "procedure_code")
    )
    days = [day.year * 10_000 + day.month * 100 + day.day for day in table.column("date").to_pylist()]
    counts = (table.column(name).to_pylist() for name in ("level", *COUNTS))
    return list(zip(agencies, days, procedures, *counts, strict=True))


def _put(cursor: Any, names: Sequence[str], rows: Sequence[tuple[int, ...]]) -> None:
    if hasattr(cursor, "copy"):
        with cursor.copy(f"COPY bare ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        cursor.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(names))})", rows)


def _beside_a_delivery(store: Store, engine: str, folder: Path, files: Sequence[Path]) -> Line:
    """What pages take at p95 while months that they ask for are replaced, beside the same without a delivery."""
    changed = [_corrected(file, folder / f"corrected_{file.name}") for file in files[-_REPLACED - 1 : -1]]
    with store.reading() as snapshot:
        agency = snapshot.execute(sa.select(USAGE_AGENCY.c.id).where(USAGE_AGENCY.c.code == AGENCY)).scalar_one()
    asked = [page.rolled for page in pages(agency)]
    alone = [timed(partial(_ask_one, store, question)) for _ in range(_ASKED) for question in asked]
    beside: list[float] = []

    def ask() -> None:
        beside.extend(timed(partial(_ask_one, store, question)) for question in asked)

    _in_child(store, changed, ask)
    quiet, busy = (quantiles(spent, n=20, method="inclusive")[-1] for spent in (alone, beside))
    what = f"p95 of {len(beside)} questions beside a delivery, {engine}"
    return Line(what, ms(busy), f"{ms(quiet)}, without", f"{busy / quiet:.1f} times, aim ≤ 3")


def _ask_one(store: Store, question: Callable[[Snapshot], object]) -> None:
    with store.reading() as snapshot:
        question(snapshot)


def _corrected(file: Path, to: Path) -> Path:
    """The same days with other counts, in a file of its own."""
    table = parquet.read_table(file)
    place = table.schema.get_field_index("received_other")
    changed = pa.array([count + 1 for count in table.column(place).to_pylist()], pa.int32())
    parquet.write_table(table.set_column(place, "received_other", changed), to)
    return to


def _in_child(
    store: Store, files: Sequence[Path], meanwhile: Callable[[], None] | None = None
) -> tuple[float, float]:
    """Seconds of loading the files by one call, and the most memory of it in MB; `meanwhile` is done until then."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_deliver, args=(store.url, [str(file) for file in files], there))
    child.start()
    there.close()
    while meanwhile is not None and not here.poll(0):
        meanwhile()
    spent, memory = here.recv()
    child.join()
    return spent, memory


def _deliver(url: str, files: Sequence[str], told: Connection) -> None:
    with closing(open_store(url)) as store:
        began = time.perf_counter()
        ingest("usage", [(Path(file), Path(file).name) for file in files], store, _SERVED)
        spent = time.perf_counter() - began
    # Not what the kernel says of a process by getrusage: that is no less than its parent had.
    (most,) = [line for line in Path("/proc/self/status").read_text("ascii").splitlines() if "VmHWM" in line]
    told.send((spent, int(most.split()[1]) / 1024))


def _size(store: Store) -> int:
    if store.embedded:
        return Path(store.url.removeprefix("sqlite:///")).stat().st_size
    with store.reading() as snapshot:
        return int(snapshot.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one())


def _ask(store: Store, engine: str, rows: int, fastest: dict[tuple[str, str], float]) -> Iterator[Line]:
    with store.reading() as snapshot:
        agency = snapshot.execute(sa.select(USAGE_AGENCY.c.id).where(USAGE_AGENCY.c.code == AGENCY)).scalar_one()
    for page in pages(agency):
        with store.reading() as snapshot:
            rolled = seconds(partial(page.rolled, snapshot))
            raw = timed(partial(_all, snapshot, page.raw)) if rows <= _MOST_RAW else None
        first = fastest.setdefault((engine, page.name), rolled)
        beside = "not asked" if raw is None else f"{ms(raw)}, of facts"
        yield Line(f"{page.name}, {engine}", ms(rolled), beside, f"{rolled / first:.2f} of fewest rows")
    yield from steps(store, engine, fastest)
    if not store.embedded:
        yield from secured(store)
    with store.writing() as connection:
        spent = seconds(lambda: sums.refresh(connection, [(agency, MONTH)]))
    yield Line(f"sums of one agency and month, {engine}", ms(spent), "", "")


def _all(snapshot: Snapshot, question: sa.Select[Any]) -> object:
    return snapshot.execute(question).all()


def _load_csv(store: Store, engine: str, folder: Path, files: Sequence[Path], rows: int) -> Line:
    """The same facts from one CSV."""
    path = folder / "usage.csv"
    table = pa.concat_tables([parquet.read_table(file) for file in files])
    arrow_csv.write_csv(table, path, arrow_csv.WriteOptions(quoting_style="none"))
    beside = _bare(store, files)
    spent, _ = _in_child(store, [path])
    driver = f"{beside:,.0f} rows/s, driver"
    return Line(f"load, CSV, {engine}", rate(rows, spent), driver, f"{rows / spent / beside:.2f} of it")


def tell(place: Machine) -> None:
    """Measure everything and print each line as soon as it is known."""
    began = time.perf_counter()
    most = int(os.environ.get("SCALE", "0"))
    for line in lines(place, (*SCALES, most) if most > SCALES[-1] else SCALES):
        told = zip(vars(line).values(), _WIDTHS, strict=True)
        print("  ".join(cell.ljust(width) for cell, width in told).rstrip(), flush=True)
    print(f"\nmedians of pages, loads once, {time.perf_counter() - began:.0f} s in all\n", flush=True)


def main() -> None:
    """Measure usage alone."""
    with machine() as place:
        tell(place)


if __name__ == "__main__":
    main()
