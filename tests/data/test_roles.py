"""The role that pages read as: the server lets it read every table and do nothing else, and the product tells."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

import cli
from data import migration, queries, roles
from data.ingest import ingest
from data.scope import EVERYTHING
from data.store import StoreError, open_store
from i18n import speaker
from tests.conftest import ROOT
from tests.data.test_migration import newer_code, second
from tests.deliveries import MACHINE_TODAY, OFFICIAL, deliver, figure, written
from tests.engines import Server, dump_hash, table_names

__all__ = ["newer_code"]

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
_NUMBERS = count(1)
#: What a role that only reads has no business doing, each in a transaction that says it writes.
REFUSED = (
    "DELETE FROM store_meta",
    "UPDATE store_meta SET content = 'x'",
    "INSERT INTO store_meta (name, content) VALUES ('x', 'x')",
    "CREATE TABLE mine (id integer)",
    "CREATE TEMPORARY TABLE mine (id integer)",
    "CREATE SCHEMA mine",
    "ALTER TABLE store_meta ADD COLUMN mine integer",
    "DROP TABLE store_meta",
    "COPY store_meta FROM STDIN",
    "LOCK TABLE store_meta IN EXCLUSIVE MODE",
    "SELECT * FROM store_meta FOR UPDATE",
)
#: What whoever keeps the database does in it once, by docs/scale.md.
NO_LARGE_OBJECTS = (
    b"REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea) FROM PUBLIC"
)
LARGE_OBJECTS = ("SELECT lo_create(0)", "SELECT lo_creat(-1)", "SELECT lo_from_bytea(0, 'x')")


@dataclass(frozen=True)
class Place:
    """A database with a store, and a role that nobody has let do anything yet."""

    url: str
    reader_url: str
    role: str


@pytest.fixture
def place(postgresql: Server, migrated_postgresql: str) -> Iterator[Place]:
    """A database of its own with a migrated store; the role has a name that has to be quoted."""
    name = postgresql.fresh(migrated_postgresql)
    role = f"Reader-{next(_NUMBERS)}"
    made = Place(postgresql.url(name), postgresql.url(name).replace("postgres@", f"{role}@"), role)
    with psycopg.connect(_plain(made.url), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{role}" LOGIN'.encode())
    yield made
    postgresql.drop(name)
    with psycopg.connect(_plain(postgresql.url("postgres")), autocommit=True) as connection:
        connection.execute(f'DROP ROLE "{role}"'.encode())


@pytest.fixture
def granted(place: Place, monkeypatch: Patch, capsys: Capture) -> Place:
    """The same after `cli.py migrate` was told of the role."""
    monkeypatch.setenv("DATABASE_URL", place.url)
    monkeypatch.setenv("READER_URL", place.reader_url)
    monkeypatch.setenv("LANGUAGE", "en")
    assert cli.main(["migrate"]) == 0
    capsys.readouterr()
    return place


def _plain(url: str) -> str:
    """The address as the driver takes it."""
    return url.replace("postgresql+psycopg", "postgresql")


def test_every_table_can_be_read_and_none_before_it_was_granted(place: Place) -> None:
    with closing(open_store(place.url)) as store, store.reading() as snapshot:
        tables = table_names(snapshot)
    assert len(tables) > 20
    with pytest.raises(StoreError, match="permission denied"), closing(open_store(place.reader_url)) as early:
        migration.version_of(early)
    with closing(open_store(place.url)) as store:
        roles.let_read(store, place.role)
        roles.let_read(store, place.role)
    with psycopg.connect(_plain(place.reader_url)) as connection:
        for table in tables:
            connection.execute(f'SELECT * FROM "{table}" LIMIT 1'.encode())


def test_the_server_itself_refuses_everything_else(granted: Place) -> None:
    with closing(open_store(granted.url)) as store:
        before = dump_hash(store)
        with store.reading() as snapshot:
            tables = table_names(snapshot)
        every = [
            f'{start} "{table}"{end}'
            for table in tables
            for start, end in (("DELETE FROM", ""), ("TRUNCATE", ""), ("INSERT INTO", " DEFAULT VALUES"))
        ]
        with psycopg.connect(_plain(granted.reader_url)) as connection:
            for statement in (*REFUSED, *every):
                connection.execute(b"SET TRANSACTION READ WRITE")
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement.encode())
                connection.rollback()
        assert dump_hash(store) == before


def test_the_reader_of_a_store_cannot_write_even_where_its_transaction_may(granted: Place) -> None:
    with closing(open_store(granted.url, reader_url=granted.reader_url)) as store:
        roles.require_reader(store)
        with store.reading() as snapshot:
            assert snapshot.execute(sa.text("SELECT current_user")).scalar_one() == granted.role
        with store._reader.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT", postgresql_readonly=False)
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
                own.execute(sa.text("DELETE FROM store_meta"))


def test_tables_of_a_later_version_can_be_read_too(granted: Place, newer_code: Path, monkeypatch: Patch) -> None:
    then = "op.create_table('later', sa.Column('id', sa.Integer(), primary_key=True))"
    newer_code.write_text(second(then), encoding="utf-8")
    monkeypatch.delenv("READER_URL")
    assert cli.main(["migrate"]) == 0
    with psycopg.connect(_plain(granted.reader_url)) as connection:
        connection.execute(b"SELECT * FROM later")
        # The version makes this table anew.
        connection.execute(b"SELECT remark FROM store_meta")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(b"INSERT INTO later VALUES (1)")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("call", ["migrate", "ingest", "ingest --dry-run"])
def test_what_writes_is_refused_with_the_role(
    granted: Place, monkeypatch: Patch, tmp_path: Path, capsys: Capture, call: str, language: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", granted.reader_url)
    monkeypatch.setenv("LANGUAGE", language)
    file = tmp_path / "figures.csv"
    file.write_bytes(written(figure()))
    name, *options = call.split()
    with closing(open_store(granted.url)) as store:
        before = dump_hash(store)
        assert cli.main([name] if name == "migrate" else [name, "observations", str(file), *options]) == 1
        assert dump_hash(store) == before
    told = capsys.readouterr()
    assert told.err == speaker(language)("store.only_reads", role=granted.role) + "\n"
    assert told.out == ""


def test_a_database_without_a_store_is_not_made_one_by_the_role(postgresql: Server, place: Place) -> None:
    name = postgresql.fresh()
    url = place.reader_url.rpartition("/")[0] + f"/{name}"
    with (
        closing(open_store(url)) as store,
        pytest.raises(StoreError, match=f"the role {place.role} is not allowed to"),
    ):
        migration.upgrade(store)
    postgresql.drop(name)


def test_a_role_that_is_not_there_is_told(place: Place, monkeypatch: Patch, capsys: Capture) -> None:
    monkeypatch.setenv("DATABASE_URL", place.url)
    monkeypatch.setenv("READER_URL", place.reader_url.replace(place.role, "nobody"))
    monkeypatch.setenv("LANGUAGE", "en")
    assert cli.main(["migrate"]) == 1
    assert capsys.readouterr().err == speaker("en")("store.no_reader", role="nobody") + "\n"


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("GRANT INSERT ON target TO", "INSERT ON target"),
        ("GRANT TRUNCATE ON audit TO", "TRUNCATE ON audit"),
        ("GRANT CREATE ON SCHEMA public TO", "CREATE ON SCHEMA public"),
        ("GRANT pg_write_all_data TO", "INSERT ON"),
    ],
)
def test_a_role_that_may_do_more_is_refused_and_nothing_is_granted(place: Place, given: str, what: str) -> None:
    with psycopg.connect(_plain(place.url), autocommit=True) as connection:
        connection.execute(f'{given} "{place.role}"'.encode())
    with closing(open_store(place.url)) as store, pytest.raises(StoreError, match=f"{place.role} .* has {what}"):
        roles.let_read(store, place.role)
    with psycopg.connect(_plain(place.reader_url)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(b"SELECT * FROM indicator")


def test_a_role_that_no_policy_holds_is_refused(place: Place) -> None:
    with psycopg.connect(_plain(place.url), autocommit=True) as connection:
        connection.execute(f'ALTER ROLE "{place.role}" BYPASSRLS'.encode())
    with closing(open_store(place.url)) as store, pytest.raises(StoreError, match=f"{place.role} .* has BYPASSRLS"):
        roles.let_read(store, place.role)


def test_the_role_that_writes_is_no_reader(place: Place) -> None:
    with closing(open_store(place.url, reader_url=place.url)) as store, pytest.raises(StoreError, match="has ALL"):
        roles.require_reader(store)


def test_a_delivery_goes_through_the_other_role(granted: Place, tmp_path: Path) -> None:
    with closing(open_store(granted.url, reader_url=granted.reader_url)) as store:
        assert deliver(store, tmp_path, written(figure())).new == 1
        same = tmp_path / "again.csv"
        same.write_bytes(written(figure(period="2019-11")))
        assert ingest("observations", [(same, same.name)], store, OFFICIAL)[0].new == 1


def test_an_owner_who_is_no_superuser_can_do_it(postgresql: Server, monkeypatch: Patch, tmp_path: Path) -> None:
    own, own_reader = f"centre_{next(_NUMBERS)}", f"centre_reader_{next(_NUMBERS)}"
    first = ("CREATE ROLE {0} LOGIN", "CREATE ROLE {1} LOGIN", "CREATE DATABASE {0} OWNER {0}")
    last = ("DROP DATABASE {0} WITH (FORCE)", "DROP ROLE {0}", "DROP ROLE {1}")
    address = postgresql.url(own)
    file = tmp_path / "figures.csv"
    file.write_bytes(written(figure()))
    with psycopg.connect(_plain(postgresql.url("postgres")), autocommit=True) as connection:
        for statement in first:
            connection.execute(statement.format(own, own_reader).encode())
        try:
            with psycopg.connect(_plain(address)) as keeper:
                assert NO_LARGE_OBJECTS.decode() in (ROOT / "docs" / "scale.md").read_text("utf-8")
                keeper.execute(NO_LARGE_OBJECTS)
            monkeypatch.setenv("DATABASE_URL", address.replace("postgres@", f"{own}@"))
            monkeypatch.setenv("READER_URL", address.replace("postgres@", f"{own_reader}@"))
            assert cli.main(["migrate"]) == 0
            assert cli.main(["ingest", "observations", str(file)]) == 0
            reader_url = address.replace("postgres@", f"{own_reader}@")
            with closing(open_store(address.replace("postgres@", f"{own}@"), reader_url=reader_url)) as store:
                roles.require_reader(store)
                with store.reading() as snapshot:
                    assert queries.indicators_with_figures(snapshot, EVERYTHING, MACHINE_TODAY) == {"DVC01"}
            with psycopg.connect(_plain(reader_url)) as reader:
                # What it asks by itself is asked in no scope.
                assert reader.execute(b"SELECT count(*) FROM current").fetchone() == (0,)
                for statement in (*REFUSED, *LARGE_OBJECTS):
                    reader.rollback()
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        reader.execute(statement.encode())
        finally:
            for statement in last:
                connection.execute(statement.format(own, own_reader).encode())
