"""Versions of the store: up, down, stopped in the middle, older and newer than the code."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from data import migration, stock
from data.assessments import assessments
from data.schema import METADATA
from data.scope import EVERYTHING, Scope
from data.store import Store, StoreError, open_store
from tests.deliveries import deliver, directive, milestone, regime, system, written
from tests.engines import dump_hash, table_names

SECOND = '''"""A version more, for tests."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("store_meta", recreate="always") as batch:
        batch.add_column(sa.Column("remark", sa.Text()))
    {then}


def downgrade() -> None:
    with op.batch_alter_table("store_meta", recreate="always") as batch:
        batch.drop_column("remark")
'''


NEWEST = migration.newest()
NEXT = f"{int(NEWEST) + 1:04}"


def second(then: str) -> str:
    """The script of one version more, which does `then` in the end."""
    return SECOND.format(revision=NEXT, before=NEWEST, then=then)


@pytest.fixture
def newer_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The code as it would be with one version more; gives the file of that version, still to be written."""
    folder = tmp_path / "migrations"
    shutil.copytree(migration._SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migration, "_SCRIPTS", folder)
    return folder / "versions" / f"{NEXT}_one_more.py"


def test_the_name_of_each_script_begins_with_its_version_and_the_last_is_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", str(migration._SCRIPTS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migration.newest()
    for script in scripts.walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")


def names_in(store: Store) -> list[str]:
    with store.reading() as snapshot:
        return table_names(snapshot)


def functions_in(store: Store) -> list[str]:
    """The functions of our own that a PostgreSQL database holds; none on SQLite."""
    if store.embedded:
        return []
    question = "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'"
    with store.reading() as snapshot:
        return list(snapshot.exec_driver_sql(question).scalars())


def test_the_migrations_make_the_tables_of_the_code(store: Store) -> None:
    with store.reading() as snapshot:
        assert compare_metadata(MigrationContext.configure(snapshot), METADATA) == []
    assert names_in(store) == sorted([*METADATA.tables, "alembic_version"])
    migration.require_newest(store)


def test_down_removes_everything_and_up_makes_it_again(empty_store: Store) -> None:
    migration.upgrade(empty_store)
    made = names_in(empty_store)
    migration.downgrade(empty_store, "base")
    assert names_in(empty_store) == ["alembic_version"]
    assert functions_in(empty_store) == []
    assert migration.version_of(empty_store) is None
    stock.migrate(empty_store)
    assert names_in(empty_store) == made


@pytest.mark.parametrize("table", ["agency", "observation", "current"])
def test_stopped_in_the_middle_leaves_nothing_and_can_be_run_again(empty_store: Store, table: str) -> None:
    def stop(_c: Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.strip().startswith(f"CREATE TABLE {table}"):
            raise KeyboardInterrupt

    sa.event.listen(empty_store.writer, "before_cursor_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        migration.upgrade(empty_store)
    assert names_in(empty_store) == []
    assert functions_in(empty_store) == []
    sa.event.remove(empty_store.writer, "before_cursor_execute", stop)
    migration.upgrade(empty_store)
    migration.require_newest(empty_store)


def test_an_upgrade_that_fails_leaves_the_older_version_whole(store: Store, newer_code: Path) -> None:
    before, names = dump_hash(store), names_in(store)
    newer_code.write_text(second("1 / 0"), encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        migration.upgrade(store)
    assert (dump_hash(store), names_in(store), migration.version_of(store)) == (before, names, NEWEST)
    newer_code.write_text(second("pass"), encoding="utf-8")
    migration.upgrade(store)
    assert migration.version_of(store) == NEXT
    migration.downgrade(store, NEWEST)
    assert (dump_hash(store), names_in(store)) == (before, names)


def test_an_older_store_is_refused_naming_both_versions(store: Store, newer_code: Path) -> None:
    newer_code.write_text(second("pass"), encoding="utf-8")
    with pytest.raises(StoreError, match=f"of version {NEWEST}, this code needs {NEXT}"):
        migration.require_newest(store)


def test_a_store_of_the_first_version_keeps_its_rows_and_gets_what_is_new(empty_store: Store, tmp_path: Path) -> None:
    migration.upgrade(empty_store, "0001")
    with empty_store.reading() as snapshot:
        assert not {"directive", "regime", "receipt", "report"} & set(table_names(snapshot))
    with empty_store.writing() as connection:
        connection.execute(sa.text("INSERT INTO store_meta (name, content) VALUES ('note', 'kept')"))
    stock.migrate(empty_store)
    migration.require_newest(empty_store)
    with empty_store.reading() as snapshot:
        assert snapshot.execute(sa.text("SELECT content FROM store_meta WHERE name = 'note'")).scalar() == "kept"
    deliver(empty_store, tmp_path, written(directive()), "directives")
    with pytest.raises(sa.exc.DBAPIError, match="directive only grows"), empty_store.writing() as connection:
        connection.execute(sa.text("DELETE FROM directive"))
    deliver(empty_store, tmp_path, written(regime()), "regimes")
    with pytest.raises(sa.exc.DBAPIError, match="regime only grows"), empty_store.writing() as connection:
        connection.execute(sa.text("DELETE FROM regime"))


def test_a_store_of_the_second_version_keeps_its_directives_and_gets_systems(
    empty_store: Store, tmp_path: Path
) -> None:
    migration.upgrade(empty_store, "0002")
    with empty_store.reading() as snapshot:
        assert "system" not in table_names(snapshot)
    stock.migrate(empty_store)
    deliver(empty_store, tmp_path, written(system()), "systems")
    deliver(empty_store, tmp_path, written(milestone()), "milestones")
    for table in ("system", "milestone"):
        with pytest.raises(sa.exc.DBAPIError, match=f"{table} only grows"), empty_store.writing() as connection:
            connection.execute(sa.text(f"DELETE FROM {table}"))
    migration.downgrade(empty_store, "0002")
    with empty_store.reading() as snapshot:
        names = table_names(snapshot)
    assert "system" not in names
    assert "directive" in names


def test_a_demonstration_of_the_fifth_version_takes_what_is_told_since(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration.upgrade(empty_store, "0005")
    with empty_store.reading() as snapshot:
        assert "assessment" not in table_names(snapshot)
    stock.migrate(empty_store)
    with monkeypatch.context() as older:
        older.setattr(stock, "_TOLD", tuple(kind for kind in stock._TOLD if kind != "assessments"))
        stock.demonstrate(empty_store)
        assert not stock.wants_demonstration(empty_store)
    assert stock.wants_demonstration(empty_store)
    stock.demonstrate(empty_store)
    assert not stock.wants_demonstration(empty_store)
    with empty_store.reading() as snapshot:
        assert len(assessments(snapshot, EVERYTHING, date(2020, 1, 1))) == 12
        assert assessments(snapshot, EVERYTHING, date(2019, 12, 31)) == []
        assert assessments(snapshot, Scope(frozenset({"40"})), date(2020, 1, 1)) == []


def test_a_newer_store_is_refused_naming_both_versions(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :next"), {"next": NEXT})
    before = dump_hash(store)
    for ask in (migration.require_newest, migration.upgrade, stock.migrate):
        with pytest.raises(StoreError, match=f"of version {NEXT}, this code needs {NEWEST}"):
            ask(store)
    assert dump_hash(store) == before


def test_an_empty_store_is_refused(empty_store: Store) -> None:
    with pytest.raises(StoreError, match=f"of version none, this code needs {NEWEST}"):
        migration.require_newest(empty_store)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"not a database" * 1000)
    store = open_store(f"sqlite:///{garbage}")
    with pytest.raises(StoreError, match=r"cannot be read: file is not a database"):
        migration.require_newest(store)
    with pytest.raises(StoreError, match=r"cannot be upgraded, and is as it was: file is not a database"):
        migration.upgrade(store)
    store.close()


def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    store = open_store("postgresql+psycopg://somebody:geheim@127.0.0.1:1/nothing")
    with pytest.raises(StoreError, match=r"cannot be read: connection failed") as caught:
        migration.require_newest(store)
    assert "geheim" not in str(caught.value)


def test_migrate_again_changes_nothing(store: Store) -> None:
    before = dump_hash(store)
    stock.migrate(store)
    assert dump_hash(store) == before
