"""Files in: all of them or none, once only, and two at once do not mix."""

import json
import shutil
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa

from data import integrity, queries, stock
from data.delivery import Delivery
from data.facts import Observation
from data.ingest import Taken, ingest
from data.refusal import Held, Refusal
from data.schema import OBSERVATION, SUBMISSION
from data.scope import EVERYTHING
from data.store import Store, StoreError, open_store
from tests.deliveries import CLOCK, MACHINE_TODAY, OFFICIAL, deliver, figure, said, written
from tests.engines import audit_rows, dump_hash

MAPPING = """
indicator = "DVC01"
period = "2019-12"
unit = "%"
source = "PAPI"
published = "2020-01-31"
[table]
header_rows = 1
[numbers]
decimal = ","
[agency]
spelt = "name"
[[pairs]]
agency = "Tỉnh"
value = "Tỷ lệ"
"""


def known(store: Store, at: date = MACHINE_TODAY) -> list[Observation]:
    with store.reading() as snapshot:
        return queries.known_observations(snapshot, EVERYTHING, "DVC01", at)


def count_of(store: Store, table: sa.Table) -> int:
    with store.reading() as snapshot:
        found = snapshot.execute(sa.select(sa.func.count()).select_from(table)).scalar()
    assert found is not None
    return found


def both(store: Store, folder: Path, first: bytes, second: bytes, delivery: Delivery = OFFICIAL) -> list[Taken]:
    """Deliver two files in one call."""
    paths = [folder / "first.csv", folder / "second.csv"]
    for path, content in zip(paths, (first, second), strict=True):
        path.write_bytes(content)
    return ingest("observations", [(path, str(path)) for path in paths], store, delivery)


def test_a_file_is_kept_with_everything_it_says(store: Store, tmp_path: Path) -> None:
    row = figure("2.70", qualifier="over", numerator="50", denominator="1800", denominator_qualifier="under")
    row |= {"source_ref": "tr. 5", "phrase": "gần 1.800", "note": "ghi chú", "certainty": "unconfirmed"}
    row |= {"period_start": "2019-11-15", "period_end": "2019-12-14", "value": "2.77"}
    assert deliver(store, tmp_path, written(row)) == Taken("in.csv", 1, 1, 0)
    (kept,) = known(store)
    assert (kept.agency, kept.period.text, kept.period.start, kept.period.end) == (
        "01",
        "2019-12",
        date(2019, 11, 15),
        date(2019, 12, 14),
    )
    assert kept.value is not None and kept.denominator is not None and kept.numerator is not None
    assert (kept.value.number, kept.value.qualifier) == (Decimal("2.77"), "over")
    assert (str(kept.numerator.number), str(kept.denominator.number)) == ("50", "1800")
    assert kept.denominator.qualifier == "under"
    assert (kept.source_ref, kept.phrase, kept.note, kept.certainty) == (
        "tr. 5",
        "gần 1.800",
        "ghi chú",
        "unconfirmed",
    )
    assert (kept.status, kept.revision, kept.published) == ("official", 1, date(2020, 2, 1))
    with store.reading() as snapshot:
        given = snapshot.execute(sa.select(SUBMISSION).order_by(SUBMISSION.c.id.desc())).first()
        assert given is not None
        assert (given.kind, given.file, given.rows, given.stored, given.delivered_by) == (
            "observations",
            "in.csv",
            1,
            1,
            "tester",
        )
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []
    action, detail = audit_rows(store)[-1]
    assert action == "ingest observations"
    told = {"file": "in.csv", "rows": 1, "new": 1, "corrected": 0, "same": 0, "identical_to": None}
    told |= {"submission": given.id, "sha256": given.sha256}
    assert json.loads(detail) == {"files": [told], "result": "taken", "corrections": []}


@pytest.mark.parametrize(
    ("source", "published", "expected"),
    [("GSO", "2020-01-05", "2020-01-05"), ("GSO", "", "2020-02-14"), ("PRESS", "", "2020-01-01")],
)
def test_published_is_as_written_else_the_sources_day_else_the_clock(
    source: str, published: str, expected: str, store: Store, tmp_path: Path
) -> None:
    deliver(store, tmp_path, written(figure(source=source, published=published)))
    assert [str(each.published) for each in known(store)] == [expected]


def test_letters_in_parts_are_put_together(store: Store, tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", written(figure(agency_code="BKHĐT", note="đề án")).decode())
    deliver(store, tmp_path, apart.encode())
    assert [(each.agency, each.note) for each in known(store)] == [("BKHĐT", "đề án")]


def test_the_same_file_again_changes_nothing_and_is_told(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure()))
    before, log = dump_hash(store), audit_rows(store)
    again = deliver(store, tmp_path, written(figure()))
    with store.reading() as snapshot:
        newest = queries.last_delivery(snapshot, EVERYTHING)
    assert newest is not None
    assert again == Taken("in.csv", 0, 0, 0, identical_to=newest[0])
    assert dump_hash(store) == before
    assert len(audit_rows(store)) == len(log) + 1


def test_rows_that_are_kept_already_are_left_out(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure()))
    taken = deliver(store, tmp_path, written(figure(), figure(period="2019-11")))
    assert taken == Taken("in.csv", rows=2, new=1, corrected=0)
    assert count_of(store, OBSERVATION) == 2


def test_two_files_are_taken_together(store: Store, tmp_path: Path) -> None:
    taken = both(store, tmp_path, written(figure()), written(figure(period="2019-11")))
    assert [(each.new, Path(each.file).name) for each in taken] == [(1, "first.csv"), (1, "second.csv")]
    assert count_of(store, OBSERVATION) == 2


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (written(figure("x", period="2019-11")), "E_NUMBER"),
        (written(figure("99")), "E_CONFLICT"),
        (written(figure("99", period="2020-01")), "W_JUMP"),
    ],
    ids=["unreadable", "against-the-first", "held"],
)
def test_of_two_files_none_is_taken_where_one_is_wrong(
    second: bytes, code: str, store: Store, tmp_path: Path
) -> None:
    before = dump_hash(store)
    with pytest.raises(Refusal) as caught:
        both(store, tmp_path, written(figure()), second)
    assert [(problem.code, Path(problem.file).name) for problem in caught.value.problems] == [(code, "second.csv")]
    assert dump_hash(store) == before


def test_the_troubles_of_two_files_are_told_together(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        both(store, tmp_path, written(figure(unit="m")), written(figure("101", period="2019-11")))
    assert [problem.code for problem in caught.value.problems] == ["E_UNIT", "E_RANGE"]


def test_one_file_twice_in_a_call_is_taken_once(store: Store, tmp_path: Path) -> None:
    first, second = both(store, tmp_path, written(figure()), written(figure()))
    assert (first.new, first.identical_to, second.new) == (1, None, 0)
    assert second.identical_to is not None
    assert count_of(store, OBSERVATION) == 1


@pytest.mark.parametrize("value", ["10.7", "63,5", "99"], ids=["right", "wrong", "held"])
def test_a_dry_run_changes_nothing_and_leaves_no_trace(value: str, store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure("10.6", period="2019-11")))
    before, log = dump_hash(store), audit_rows(store)
    content = written(figure(value))
    if value == "10.7":
        assert deliver(store, tmp_path, content, delivery=said(dry_run=True)) == Taken("in.csv", 1, 1, 0)
    else:
        with pytest.raises(Held if value == "99" else Refusal):
            deliver(store, tmp_path, content, delivery=said(dry_run=True))
    assert dump_hash(store) == before
    assert audit_rows(store) == log


def test_every_row_passes_by_the_progress(store: Store, tmp_path: Path) -> None:
    seen: list[tuple[int, str]] = []

    def count(rows: Iterable[Any], total: int, label: str) -> Iterable[Any]:
        for row in rows:
            seen.append((total, label))
            yield row

    deliver(store, tmp_path, written(figure(), figure(period="2019-11")), delivery=said(progress=count))
    assert seen == [(2, "in.csv")] * 2


def test_a_mapping_brings_another_table_in_and_belongs_to_what_makes_it_the_same(
    store: Store, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    table = 'Tỉnh,Tỷ lệ\nHà Nội,"10,7"\nTP. Hồ Chí Minh,-\nCao Bằng,5\n'.encode()
    assert deliver(store, tmp_path, table, delivery=said(mapping=mapping)) == Taken("in.csv", 2, 2, 0)
    assert [(each.agency, str(each.value and each.value.number)) for each in known(store)] == [
        ("01", "10.7"),
        ("04", "5"),
    ]
    assert deliver(store, tmp_path, table, delivery=said(mapping=mapping)).identical_to is not None
    mapping.write_text(MAPPING.replace("2020-01-31", "2020-02-01"), encoding="utf-8")
    with pytest.raises(Refusal, match="E_CONFLICT"):
        deliver(store, tmp_path, table, delivery=said(mapping=mapping))


def test_a_codebook_belongs_to_what_makes_a_delivery_the_same(store: Store, tmp_path: Path) -> None:
    mapping, book = tmp_path / "mapping.toml", tmp_path / "keys.csv"
    named = MAPPING.replace(
        'spelt = "name"', 'spelt = "name"\ncodebook = {file = "keys.csv", key = "Key", name = "Name"}'
    )
    mapping.write_text(named, encoding="utf-8")
    table = 'Tỉnh,Tỷ lệ\nP1,"10,7"\n'.encode()
    book.write_text("Key,Name\nP1,Cao Bằng\n", encoding="utf-8")
    assert deliver(store, tmp_path, table, delivery=said(mapping=mapping)).new == 1
    assert deliver(store, tmp_path, table, delivery=said(mapping=mapping)).identical_to is not None
    book.write_text("Key,Name\nP1,Hà Nội\n", encoding="utf-8")
    assert deliver(store, tmp_path, table, delivery=said(mapping=mapping)).new == 1
    assert [each.agency for each in known(store)] == ["01", "04"]


def test_two_at_once_with_one_key_one_wins_and_the_other_is_told(store: Store, tmp_path: Path) -> None:
    """Both are read before either may write; the second finds what the first has stored."""
    values = ("10.1", "10.2", "10.3", "10.4")
    gate = Barrier(len(values))
    told: list[str] = []

    def run(value: str) -> None:
        path = tmp_path / f"{value}.csv"
        path.write_bytes(written(figure(value)))
        gate.wait()
        try:
            ingest("observations", [(path, path.name)], store, OFFICIAL)
            told.append("taken")
        except Refusal as refusal:
            told.append(refusal.problems[0].code)

    threads = [Thread(target=run, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == ["E_CONFLICT"] * 3 + ["taken"]
    assert count_of(store, OBSERVATION) == 1
    with store.reading() as snapshot:
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []


def test_a_full_disk_is_told_and_leaves_the_store_as_it_was(migrated_sqlite: Path, tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    shutil.copyfile(migrated_sqlite, file)
    store = open_store(f"sqlite:///{file}")
    before = dump_hash(store)
    pages = file.stat().st_size // 4096
    sa.event.listen(store.writer, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages + 8}"))
    store.close()
    rows = [figure(period=str(year), note="ghi chú " * 50) for year in range(1900, 2000)]
    with pytest.raises(StoreError, match=r"Nothing was stored: database or disk is full"):
        deliver(store, tmp_path, written(*rows))
    assert dump_hash(store) == before
    store.close()


def test_a_store_that_stays_locked_is_told(migrated_sqlite: Path, tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    shutil.copyfile(migrated_sqlite, file)
    store = open_store(f"sqlite:///{file}")
    sa.event.listen(store.writer, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 10"))
    with store.writing(), pytest.raises(StoreError, match=r"Nothing was stored: database is locked"):
        deliver(store, tmp_path, written(figure()))
    assert deliver(store, tmp_path, written(figure())).new == 1
    store.close()


def test_the_demonstration_fills_a_store_once_and_without_findings(store: Store) -> None:
    with store.reading() as snapshot:
        assert queries.demonstration(snapshot, EVERYTHING) is None
    assert stock.wants_demonstration(store)
    stock.demonstrate(store)
    before = dump_hash(store)
    assert not stock.wants_demonstration(store)
    with store.reading() as snapshot:
        assert queries.demonstration(snapshot, EVERYTHING) == "complete"
        assert queries.demonstration_clock(snapshot, EVERYTHING) == CLOCK
        assert integrity.findings(snapshot, EVERYTHING, date(2100, 1, 1)) == []
    stock.demonstrate(store)
    assert dump_hash(store) == before
