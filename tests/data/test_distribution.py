"""Facts spread over a Citus cluster. Debian has no Citus: a stand-in takes down what it is asked, and refuses what
Citus is documented to refuse; a real one is asked where CITUS_DSN gives the address of an empty database of its
coordinator.
"""

import os
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
import sqlalchemy as sa

import cli
from data import distribution, migration, stock
from data.distribution import distribute
from data.schema import CURRENT, LEDGERS
from data.store import Store, StoreError, open_store
from data.usage_tables import SERVICE_NOW, USAGE_SUMS
from i18n import speaker
from tests.data import test_usage
from tests.engines import Server, dump_hash, table_names

DSN = os.environ.get("CITUS_DSN", "")
#: No Citus: it knows the names, keeps what it was asked, and refuses by the same catalogue what Citus refuses.
STAND_IN = """
SET allow_system_table_mods = on;
INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    VALUES (99999, 'citus', 10, 11, false, 'stand-in');
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char");
CREATE TABLE pg_catalog.pg_dist_node (groupid integer);
CREATE TABLE asked (number serial, words text);
CREATE FUNCTION pg_catalog.create_reference_table(wanted regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = wanted AND NOT tgisinternal) THEN
        RAISE EXCEPTION 'triggers are not supported on reference tables';
    END IF;
    IF EXISTS (SELECT FROM pg_policy WHERE polrelid = wanted) THEN
        RAISE EXCEPTION 'policies with questions in them are not supported on reference tables';
    END IF;
    IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND wanted IN (conrelid, confrelid)) THEN
        RAISE EXCEPTION 'a key would bring other tables along';
    END IF;
    INSERT INTO asked (words)
        VALUES (format('reference %s, %s', wanted, current_setting('citus.multi_shard_modify_mode')));
    INSERT INTO pg_dist_partition VALUES (wanted, 'n');
END $$;
CREATE FUNCTION pg_catalog.create_distributed_table(wanted regclass, by text, colocate_with text DEFAULT 'default')
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = wanted AND NOT tgisinternal) THEN
        RAISE EXCEPTION 'triggers are not supported on distributed tables';
    END IF;
    IF EXISTS (SELECT FROM pg_policy WHERE polrelid = wanted) THEN
        RAISE EXCEPTION 'policies with questions in them are not supported on distributed tables';
    END IF;
    IF EXISTS (SELECT FROM pg_index WHERE indrelid = wanted AND indisunique AND NOT
               (SELECT attnum FROM pg_attribute WHERE attrelid = wanted AND attname = by) = ANY (indkey)) THEN
        RAISE EXCEPTION 'cannot create constraint on the table: it does not hold the distribution column';
    END IF;
    IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND wanted IN (conrelid, confrelid)) THEN
        RAISE EXCEPTION 'cannot create foreign key constraint';
    END IF;
    INSERT INTO asked (words) VALUES (format('distributed %s by %s with %s', wanted, by, colocate_with));
    INSERT INTO pg_dist_partition VALUES (wanted, 'h');
END $$;
CREATE FUNCTION pg_catalog.truncate_local_data_after_distributing_table(wanted regclass)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND confrelid = wanted) THEN
        RAISE EXCEPTION 'would cascade';
    END IF;
    INSERT INTO asked (words) VALUES (format('truncate %s', wanted));
END $$;
"""
COORDINATOR = "INSERT INTO pg_dist_node VALUES (0)"
#: What leads from what is copied to what stays, or the other way.
DROPPED = {
    "fk_service_now_agency",
    "fk_service_now_procedure",
    "fk_usage_agency_code_valid_from",
    "fk_usage_day_agency",
}


@pytest.fixture
def url(postgresql: Server, migrated_postgresql: str) -> Iterator[str]:
    """A migrated store on a PostgreSQL without Citus."""
    name = postgresql.fresh(migrated_postgresql)
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.fixture
def stand_in(url: str) -> Iterator[Store]:
    """The same with the stand-in."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(STAND_IN.encode())
        connection.execute(COORDINATOR.encode())
    with closing(open_store(url)) as store:
        yield store


def asked(store: Store) -> list[str]:
    with store.reading() as snapshot:
        return list(snapshot.execute(sa.text("SELECT words FROM asked ORDER BY number")).scalars())


def foreign_keys(store: Store) -> set[str]:
    with store.reading() as snapshot:
        return set(snapshot.execute(sa.text("SELECT conname FROM pg_constraint WHERE contype = 'f'")).scalars())


def test_what_is_asked_of_citus(stand_in: Store) -> None:
    before = foreign_keys(stand_in)
    assert distribute(stand_in)
    assert asked(stand_in) == [
        "distributed usage by agency with none",
        "truncate usage",
        "reference service_group, sequential",
        "reference procedure, sequential",
        "reference usage_agency, sequential",
    ]
    assert before - foreign_keys(stand_in) == DROPPED
    assert foreign_keys(stand_in) <= before
    assert distribute(stand_in) is False
    assert len(asked(stand_in)) == 5


def test_no_ledger_and_no_sum_becomes_a_table_of_citus(stand_in: Store) -> None:
    distribute(stand_in)
    with stand_in.reading() as snapshot:
        found = snapshot.execute(sa.text("SELECT CAST(logicalrelid AS text) FROM pg_dist_partition")).scalars()
        assert not {*found} & {table.name for table in (*LEDGERS, *USAGE_SUMS, CURRENT, SERVICE_NOW)}
        # What a key of theirs leads to would come along.
        leads = snapshot.execute(
            sa.text(
                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND"
                " (conrelid IN (SELECT logicalrelid FROM pg_dist_partition))"
                " <> (confrelid IN (SELECT logicalrelid FROM pg_dist_partition))"
            )
        )
        assert leads.scalar_one() == 0


@pytest.mark.parametrize("name", ["truncate_local_data_after_distributing_table", "create_reference_table"])
def test_nothing_is_done_by_half(stand_in: Store, name: str) -> None:
    with psycopg.connect(stand_in.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(b"SET allow_system_table_mods = on")
        connection.execute(
            f"CREATE OR REPLACE FUNCTION pg_catalog.{name}(wanted regclass) RETURNS void LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION 'a machine went away'; END $$".encode()
        )
    before, keys = dump_hash(stand_in), foreign_keys(stand_in)
    with pytest.raises(StoreError, match="cannot be spread, and the store is as it was: a machine went away"):
        distribute(stand_in)
    assert (dump_hash(stand_in), foreign_keys(stand_in)) == (before, keys)


def test_deliveries_go_on_without_the_keys_that_were_dropped(
    stand_in: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    distribute(stand_in)
    test_usage.test_sums_are_those_of_the_facts_after_any_order_of_deliveries(
        stand_in, tmp_path_factory.mktemp("deliveries")
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_engine_without_citus_is_refused(
    store_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", store_url)
    monkeypatch.setenv("LANGUAGE", language)
    with closing(open_store(store_url)) as store:
        before = dump_hash(store)
        assert cli.main(["distribute"]) == 1
        assert dump_hash(store) == before
    rule = "only_postgresql" if store_url.startswith("sqlite") else "no_citus"
    assert capsys.readouterr().err == speaker(language)(f"store.{rule}") + "\n"


def test_a_cluster_that_does_not_know_its_coordinator_is_refused(stand_in: Store) -> None:
    with stand_in.writing() as connection:
        connection.execute(sa.text("DELETE FROM pg_dist_node"))
    with pytest.raises(StoreError, match="citus_set_coordinator_host"):
        distribute(stand_in)
    assert asked(stand_in) == []


def test_a_store_of_another_version_is_refused(empty_store: Store) -> None:
    with pytest.raises(StoreError, match=r"SQLite" if empty_store.embedded else r"version none"):
        distribute(empty_store)


def test_the_call_says_what_it_did(
    stand_in: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", stand_in.url)
    monkeypatch.setenv("LANGUAGE", "en")
    assert [cli.main(["distribute"]), cli.main(["distribute"])] == [0, 0]
    say = speaker("en")
    assert capsys.readouterr().out.splitlines() == [say("cli.distributed"), say("cli.distributed_before")]


# A real coordinator


@pytest.fixture
def coordinator() -> Iterator[Store]:
    """The store in the database that CITUS_DSN names, migrated and spread; empty again afterwards."""
    if not DSN:
        pytest.skip(
            "CITUS_DSN is not set: no Citus to ask (an empty database of a coordinator, postgresql+psycopg://…)"
        )
    with closing(open_store(DSN)) as store:
        with store.reading() as snapshot:
            assert "submission" not in table_names(snapshot), "CITUS_DSN names a database that holds a store"
        stock.migrate(store)
        try:
            assert distribute(store)
            yield store
        finally:
            migration.downgrade(store, "base")


def test_sums_are_those_of_the_facts_on_a_cluster(
    coordinator: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert distribute(coordinator) is False
    test_usage.test_sums_are_those_of_the_facts_after_any_order_of_deliveries(
        coordinator, tmp_path_factory.mktemp("cluster")
    )
    with coordinator.reading() as snapshot:
        kinds = snapshot.execute(sa.text("SELECT CAST(logicalrelid AS text), partmethod FROM pg_dist_partition"))
        assert {name: kind for name, kind in kinds if name in ("usage", *distribution.EVERYWHERE)} == {
            "usage": "h"
        } | dict.fromkeys(distribution.EVERYWHERE, "n")
