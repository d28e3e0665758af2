"""Benchmarks, each figure beside a baseline of the same run: `python -m tests.bench`, or `make bench`.

Medians of seven. The machine decides the times; what has to hold is their relation to what stands beside them.
"""

import io
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from statistics import median

import pandas as pd
import sqlalchemy as sa

from app import create_app
from data import queries, stock
from data.clock import machine_today
from data.delivery import Delivery
from data.ingest import ingest
from data.schema import AGENCY, CURRENT, INDICATOR, OBSERVATION
from data.scope import EVERYTHING
from data.sources.delimited import read_delimited
from data.store import Store, open_store
from metrics.asked import Asked
from metrics.boards.national import HEADLINE
from metrics.boards.overview import overview
from settings import Settings
from tests import bench_gate, bench_page, bench_reports, bench_screens, bench_usage, bench_wall
from tests.bench_places import ENGINES, TIMES, Line, Machine, machine, ms, native, rate, seconds, shown, timed
from tests.browser import question
from tests.deliveries import figure, written

CLOCK = date(2020, 2, 14)
FIRST = date(2019, 1, 1)
#: Indicators and days of a small and of a large store; 83 agencies report each of them.
SMALL, LARGE, AGENCIES = (12, 2), (24, 100), 83
DELIVERED_ROWS = 20_000
INDICATOR_ASKED = "DVC01"


def fill(store: Store, size: tuple[int, int]) -> int:
    """Put made-up figures into a store, past the ingest; how many."""
    # A code may mean another agency later: the first of each.
    first = sa.select(AGENCY.c.code, AGENCY.c.valid_from).where(AGENCY.c.valid_from == date.min)
    with store.reading() as snapshot:
        agencies = snapshot.execute(first.limit(AGENCIES)).all()
        codes = snapshot.execute(sa.select(INDICATOR.c.code)).scalars().all()
    indicators = [INDICATOR_ASKED, *(code for code in codes if code != INDICATOR_ASKED)][: size[0]]
    days = [FIRST + timedelta(days=number) for number in range(size[1])]
    rows = [
        {
            "id": number,
            "indicator_code": indicator,
            "agency_code": code,
            "agency_from": valid_from,
            "period": day.isoformat(),
            "source": "GSO",
            "revision": 1,
            "period_start": day,
            "period_end": day,
            "value": Decimal("10.7"),
            "unit": "%",
            "status": "official",
            "certainty": "sourced",
            "published": day,
            "submission_id": 1,
            "recorded_at": datetime.now(UTC),
            "checksum": "0" * 64,
        }
        for number, (indicator, day, (code, valid_from)) in enumerate(product(indicators, days, agencies), 1)
    ]
    names = ("indicator_code", "period_end", "agency_code", "period", "source", "revision", "published")
    now = [
        {name: row[name] for name in names} | {"observation_id": row["id"], "first_published": row["published"]}
        for row in rows
    ]
    with store.writing() as connection:
        connection.execute(OBSERVATION.insert(), rows)
        connection.execute(CURRENT.insert(), now)
    if not store.embedded:
        # The server does so by itself, a minute later.
        with store.writing() as connection:
            connection.execute(sa.text("ANALYZE"))
    return len(rows)


# What is measured


def known(place: Machine) -> Iterator[Line]:
    """What was known of one indicator at two periods; the baseline reads the same rows with the driver alone."""
    for engine in ENGINES:
        times: dict[int, float] = {}
        for size in (SMALL, LARGE):
            with place.store(engine) as store:
                rows = fill(store, size)
                asked = [(FIRST + timedelta(days=number)).isoformat() for number in (size[1] - 1, size[1] - 2)]
                times[rows], plain = _known(store, asked)
            yield Line(
                f"known on a day, {engine}, {rows:,} rows",
                ms(times[rows]),
                f"{ms(plain)}, driver alone",
                f"{times[rows] / plain:.1f} times",
            )
        (few, before), (many, after) = times.items()
        yield Line(
            f"… {many / few:.0f} times the rows",
            ms(after),
            f"{ms(before)}, few rows",
            f"{after / before:.2f} times",
        )


def _known(store: Store, periods: list[str]) -> tuple[float, float]:
    def ask() -> int:
        with store.reading() as snapshot:
            return len(queries.known_observations(snapshot, EVERYTHING, INDICATOR_ASKED, CLOCK, periods))

    mark = "?" if store.embedded else "%s"
    statement = f"SELECT * FROM observation WHERE indicator_code = {mark} AND period IN ({mark}, {mark})"
    with closing(native(store)) as connection:

        def read() -> int:
            return len(connection.execute(statement, (INDICATOR_ASKED, *periods)).fetchall())

        assert ask() == read() == 2 * AGENCIES
        return seconds(ask), seconds(read)


def page(place: Machine) -> Iterator[Line]:
    """The overview of the demonstration: its board, then the whole callback."""
    url = f"sqlite:///{place.folder / 'demonstration.db'}"
    shutil.copyfile(place.folder / "migrated.db", place.folder / "demonstration.db")
    with closing(open_store(url)) as store:
        stock.demonstrate(store)
        board = seconds(lambda: overview(store, EVERYTHING, Asked(CLOCK, INDICATOR_ASKED)))
        codes = [code for code in HEADLINE if code != INDICATOR_ASKED]
        with closing(native(store)) as connection:

            def read() -> int:
                nation = "SELECT * FROM observation WHERE indicator_code = ? AND agency_code = 'VN'"
                found = sum(len(connection.execute(nation, (code,)).fetchall()) for code in codes)
                ours = "SELECT * FROM observation WHERE indicator_code = ? AND period IN (?, ?)"
                return found + len(connection.execute(ours, (INDICATOR_ASKED, "2020-02-12", "2020-01")).fetchall())

            plain = seconds(read)
    yield Line("board of the overview", ms(board), f"{ms(plain)}, its rows alone", f"{board / plain:.1f} times")
    application = create_app(Settings.from_env({"DATABASE_URL": url, "DEMO": "on"}))
    with application.server.test_client() as client:
        body = question("/", f"?indicator={INDICATOR_ASKED}")

        def poll() -> bytes:
            answer = client.post("/_dash-update-component", json=body)
            assert answer.status_code == 200, answer.status
            return bytes(answer.data)

        answer = poll()
        assert json.loads(json.loads(answer)["response"]["screen"]["answer"])["trees"]
        whole = seconds(poll)
    relation = f"{whole / board:.1f} times"
    yield Line(f"whole callback, {len(answer):,} bytes", ms(whole), f"{ms(board)}, board alone", relation)


def full_reports(place: Machine) -> Iterator[Line]:
    """The page of the reports with every report of two years; the baseline is the overview of the same store, both
    with nothing kept from before."""
    for engine in ENGINES:
        with place.store(engine) as store:
            stock.demonstrate(store)
            expected = bench_reports.fill(store)
            settings = Settings.from_env({"DATABASE_URL": store.url, "DEMO": "on"})
            ours, beside = (seconds(bench_reports.asking(store, settings, path)) for path in ("/reports", "/"))
        yield Line(
            f"/reports, {engine}, {expected:,} reports",
            ms(ours),
            f"{ms(beside)}, overview",
            f"{ours / beside:.1f} times",
        )


def table() -> bytes:
    """A file of observations: one figure a day of each province."""
    rows = []
    provinces = [
        f"{number:02}" for number in (1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31)
    ]
    for number, code in product(range(DELIVERED_ROWS // len(provinces)), provinces):
        day = (date(2015, 1, 1) + timedelta(days=number)).isoformat()
        rows.append(figure(f"{40 + number % 7}.{number % 10}", agency_code=code, period=day, published=day))
    return written(*rows)


def reader(raw: bytes) -> Iterator[Line]:
    """Reading a CSV file with every check of its text; the baseline reads text cells and checks nothing."""
    ours = seconds(lambda: read_delimited(raw, "in.csv"))
    plain = seconds(lambda: pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False))
    beside = rate(DELIVERED_ROWS, plain)
    yield Line(
        "reading CSV", rate(DELIVERED_ROWS, ours), f"{beside}, pandas.read_csv", f"{ours / plain:.1f} times as long"
    )


def delivery(place: Machine, raw: bytes) -> Iterator[Line]:
    """A whole ingest; the baseline writes the same cells with the driver alone into a table without keys."""
    file = place.folder / "in.csv"
    file.write_bytes(raw)
    conditions = Delivery(CLOCK, machine_today(), demo=False, confirm=True)
    header, *rows = [line.split(",") for line in raw.decode("utf-8").splitlines()]
    for engine in ENGINES:
        ours, plain = [], []
        for _ in range(TIMES):
            with place.store(engine) as store:
                ours.append(timed(lambda: ingest("observations", [(file, "in.csv")], store, conditions)))
                plain.append(timed(lambda: _bare(store, header, rows)))
        spent, beside = median(ours), median(plain)
        yield Line(
            f"ingest, {engine}, {DELIVERED_ROWS:,} rows",
            rate(DELIVERED_ROWS, spent),
            f"{rate(DELIVERED_ROWS, beside)}, executemany",
            f"{spent / beside:.1f} times as long",
        )


def _bare(store: Store, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with closing(native(store)) as connection:
        cursor = connection.cursor()
        cursor.execute(f"CREATE TABLE bare ({', '.join(f'{name} TEXT' for name in header)})")
        marks = ", ".join(["?" if store.embedded else "%s"] * len(header))
        cursor.executemany(f"INSERT INTO bare VALUES ({marks})", rows)
        connection.commit()


def main() -> None:
    """Measure everything and print it."""
    began = time.perf_counter()
    raw = table()
    with machine() as place:
        lines = [*known(place), *page(place), *full_reports(place), *reader(raw), *delivery(place, raw)]
        print(shown(lines))
        print(f"\nmedians of {TIMES}, {time.perf_counter() - began:.0f} s in all\n", flush=True)
        bench_usage.tell(place)
        demonstration = f"sqlite:///{place.folder / 'demonstration.db'}"
        print(bench_page.table(demonstration, TIMES))
        print()
        print(bench_screens.table(demonstration))
        print()
        bench_wall.tell(demonstration)
    print()
    bench_gate.main()


if __name__ == "__main__":
    main()
