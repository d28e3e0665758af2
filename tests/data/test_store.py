"""The store: readers cannot write, ledgers only grow, a transaction is kept whole or not at all."""

from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.closings import close
from data.ledger import dossiers
from data.proposing import refuse
from data.refusal import Proposed
from data.schema import LEDGERS, OBSERVATION, STORE_META, SUBMISSION
from data.store import STATEMENT_MS, Store, StoreError, open_store
from tests.data.usage_files import service, used
from tests.deliveries import (
    CLOCK,
    OFFICIAL,
    assessment,
    checkin,
    deliver,
    directive,
    figure,
    letter,
    milestone,
    receipt,
    regime,
    said,
    system,
    target,
    written,
)
from tests.engines import dump_hash

NOTE = {"name": "note", "content": "x"}


@pytest.fixture(scope="module")
def filled(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with a row in each ledger."""
    folder = tmp_path_factory.mktemp("filled")
    deliver(module_store, folder, written(figure("10.70")))
    deliver(module_store, folder, written(target()), "targets")
    deliver(module_store, folder, written(directive()), "directives")
    deliver(module_store, folder, written(checkin()), "checkins")
    deliver(module_store, folder, written(letter()), "letters")
    dossiers.draft(module_store, OFFICIAL, "Người lập", CLOCK, "{}", simulated=False)
    deliver(module_store, folder, written(system()), "systems")
    deliver(module_store, folder, written(milestone()), "milestones")
    deliver(module_store, folder, written(assessment()), "assessments")
    deliver(module_store, folder, written(regime()), "regimes")
    deliver(module_store, folder, written(receipt()), "receipts")
    deliver(module_store, folder, written(service()), "services")
    deliver(module_store, folder, written(used()), "usage")
    close(module_store, "DVC01", "2019-12", "cli")
    with pytest.raises(Proposed):
        deliver(module_store, folder, written(figure("10.80")), delivery=said(reason="đính chính"))
    refuse(module_store, 1, "hoa", "để thử")
    return module_store


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    with pytest.raises(StoreError, match=r"missing\.db; `python cli\.py migrate` makes one"):
        open_store(f"sqlite:///{missing}")
    assert not missing.exists()


def test_a_reader_cannot_write(filled: Store) -> None:
    before = dump_hash(filled)
    with pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"), filled.reading() as snapshot:
        snapshot.execute(STORE_META.insert(), [NOTE])
    assert dump_hash(filled) == before


@pytest.mark.parametrize("table", LEDGERS, ids=lambda table: table.name)
@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_ledger_refuses_to_change_or_lose_a_row(filled: Store, table: sa.Table, change: str) -> None:
    before = dump_hash(filled)
    statement = table.delete() if change == "delete" else table.update().values(recorded_at=table.c.recorded_at)
    with pytest.raises(sa.exc.DBAPIError, match=f"{table.name} only grows"), filled.writing() as connection:
        assert connection.execute(sa.select(table)).first() is not None
        connection.execute(statement)
    assert dump_hash(filled) == before


@pytest.mark.parametrize("table", LEDGERS, ids=lambda table: table.name)
def test_a_ledger_cannot_be_emptied_at_once(filled: Store, table: sa.Table) -> None:
    statement = f"DELETE FROM {table.name}" if filled.embedded else f"TRUNCATE {table.name} CASCADE"
    with pytest.raises(sa.exc.DBAPIError, match=r"only grows"), filled.writing() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize("table", LEDGERS, ids=lambda table: table.name)
def test_a_row_of_a_ledger_cannot_be_replaced(filled: Store, table: sa.Table) -> None:
    """SQLite takes the row away that stands where the new one goes; PostgreSQL has no such word."""
    again = f"INSERT {'OR REPLACE ' if filled.embedded else ''}INTO {table.name} SELECT * FROM {table.name}"
    before = dump_hash(filled)
    with pytest.raises(sa.exc.DBAPIError, match=r"only grows|duplicate key"), filled.writing() as connection:
        connection.execute(sa.text(again))
    assert dump_hash(filled) == before


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    before = dump_hash(store)
    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        connection.execute(STORE_META.insert(), [NOTE])
        _ = 1 / 0
    assert dump_hash(store) == before


def test_a_reader_sees_one_moment(store: Store) -> None:
    count = sa.select(sa.func.count()).select_from(STORE_META)
    with store.reading() as snapshot:
        assert snapshot.execute(count).scalar() == 0
        with store.writing() as connection:
            connection.execute(STORE_META.insert(), [NOTE])
        assert snapshot.execute(count).scalar() == 0
    with store.reading() as snapshot:
        assert snapshot.execute(count).scalar() == 1


def test_a_reader_gives_up_where_the_server_makes_it_wait(store: Store) -> None:
    if store.embedded:
        pytest.skip("nobody makes a reader of SQLite wait")
    waiting = sa.text("SELECT pg_sleep(20)")
    with pytest.raises(sa.exc.OperationalError, match="statement timeout"), store.reading(within_ms=100) as snapshot:
        snapshot.execute(waiting)
    with store.reading() as snapshot:
        limit = snapshot.scalar(sa.text("SHOW statement_timeout"))
    assert limit == f"{STATEMENT_MS // 1000}s", "the shorter time is of one moment alone"


def test_numbers_and_moments_come_back_as_they_were_given(filled: Store) -> None:
    with filled.reading() as snapshot:
        value, recorded = snapshot.execute(sa.select(OBSERVATION.c.value, OBSERVATION.c.recorded_at)).one()
        delivered = snapshot.execute(sa.select(sa.func.max(SUBMISSION.c.recorded_at))).scalar()
    assert (value, str(value)) == (Decimal("10.70"), "10.70")
    assert recorded.tzname() == "UTC"
    assert delivered is not None
    assert recorded <= delivered


def test_a_foreign_key_is_held(filled: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError), filled.writing() as connection:
        (row,) = connection.execute(sa.select(OBSERVATION)).mappings()
        connection.execute(OBSERVATION.insert(), [{**row, "id": 99, "revision": 2, "indicator_code": "NONE"}])
