"""The audit log on both engines: it only grows, and whatever is done to it behind the store's back is found."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from data import migration, stock
from data.audit import Fault, Verified, Wrong, entries, verify
from data.clock import VIETNAM, now
from data.ledger.entries import PART, audit, audit_link, link
from data.schema import AUDIT, AUDIT_HEAD
from data.scope import EVERYTHING, Scope
from data.store import Store, StoreError, open_store
from tests.data import told_delivery
from tests.deliveries import deliver, figure, written
from tests.engines import ENGINES, Server, tamper

Cells = dict[str, Any]
ROWS = 9
#: The first row, one in the middle and the last.
PLACES = (1, 5, ROWS)
#: The version before checksums covered the number of a row.
BEFORE = "0008"
MOMENT = datetime(2020, 2, 14, 3, 4, 5, 678_901, tzinfo=UTC)
ALTERED: Cells = {
    "recorded_at": MOMENT + timedelta(microseconds=1),
    "actor": "nobody",
    "action": "ingest Targets",
    "detail": '{"files":[]} ',
    "checksum": "0" * 64,
}


def write(store: Store, count: int, actor: str = "tester") -> None:
    with store.writing() as connection:
        for number in range(count):
            audit(connection, actor, f"test {number}", {"number": number, "word": "Đã ghi"})


def write_old(store: Store) -> None:
    """Nine rows as an earlier version wrote them."""
    with store.writing() as connection:
        checksum = ""
        for number in range(1, ROWS + 1):
            row: Cells = {"recorded_at": MOMENT, "actor": "cli", "action": f"test {number}", "detail": "{}"}
            checksum = link(checksum, row.values())
            connection.execute(AUDIT.insert(), [row | {"id": number, "checksum": checksum}])


@dataclass
class Kept:
    """Logs of nine rows, made once and copied: all rows of this version, or all of an earlier one."""

    folder: Path
    request: pytest.FixtureRequest
    made: dict[tuple[str, str], str] = field(default_factory=dict)

    def _server(self) -> Server:
        found: Server = self.request.getfixturevalue("postgresql")
        return found

    def _make(self, engine: str, age: str) -> str:
        name = f"{age}.db" if engine == "sqlite" else self._server().fresh()
        url = f"sqlite:///{self.folder / name}" if engine == "sqlite" else self._server().url(name)
        with closing(open_store(url, create=True)) as store:
            if age == "old":
                migration.upgrade(store, BEFORE)
                write_old(store)
                migration.upgrade(store)
            else:
                stock.migrate(store)
                write(store, ROWS - len(rows_of(store)))
        return name

    @contextmanager
    def copy(self, engine: str, age: str, folder: Path) -> Iterator[Store]:
        """A copy of one's own; `folder` is where that of SQLite goes."""
        if (engine, age) not in self.made:
            self.made[engine, age] = self._make(engine, age)
        name = self.made[engine, age]
        if engine == "sqlite":
            shutil.copyfile(self.folder / name, folder / name)
            url = f"sqlite:///{folder / name}"
        else:
            own = self._server().fresh(name)
            url = self._server().url(own)
        with closing(open_store(url)) as store:
            yield store
        if engine != "sqlite":
            self._server().drop(own)


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("logs"), request)


@pytest.fixture(params=ENGINES)
def log(kept: Kept, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store whose log has nine rows, the first three by the tables that come with the product."""
    with kept.copy(request.param, "new", tmp_path) as store:
        yield store


@pytest.fixture(params=ENGINES)
def old(kept: Kept, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of an earlier version with nine rows in its log, brought to this one."""
    with kept.copy(request.param, "old", tmp_path) as store:
        yield store


@pytest.fixture(params=[(engine, age) for engine in ENGINES for age in ("new", "old")], ids="-".join)
def either(kept: Kept, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A log of nine rows, all of this version or all of an earlier one."""
    engine, age = request.param
    with kept.copy(engine, age, tmp_path) as store:
        yield store


def rows_of(store: Store) -> list[Cells]:
    with store.reading() as snapshot:
        return [dict(row) for row in snapshot.execute(sa.select(AUDIT).order_by(AUDIT.c.id)).mappings()]


def verified(store: Store, noted: tuple[int, str] | None = None) -> Verified:
    with store.reading() as snapshot:
        return verify(snapshot, noted)


def fault(store: Store, noted: tuple[int, str] | None = None) -> tuple[int, Wrong] | None:
    found = verified(store, noted).fault
    return None if found is None else (found.row, found.wrong)


def changed(row: int, **cells: object) -> sa.Executable:
    return AUDIT.update().where(AUDIT.c.id == row).values(cells)


def gone(row: int) -> sa.Executable:
    return AUDIT.delete().where(AUDIT.c.id == row)


def renumbered(first: int, by: int) -> list[sa.Executable]:
    """Give every row from `first` on another number; by way of numbers that nobody has."""
    return [
        AUDIT.update().where(AUDIT.c.id >= first).values(id=-AUDIT.c.id),
        AUDIT.update().where(AUDIT.c.id < 0).values(id=-AUDIT.c.id + by),
    ]


def forged(store: Store, number: int, *, fits: bool) -> Cells:
    """A row that nobody wrote, to stand under this number; where it `fits` its own checksum is right."""
    before = "" if number == 1 else rows_of(store)[number - 2]["checksum"]
    row: Cells = {"id": number, "recorded_at": MOMENT, "actor": "nobody", "action": "test", "detail": "{}"}
    return row | {"checksum": audit_link(before, row) if fits else "f" * 64}


# Whole


def test_a_log_that_was_only_written_to_is_whole(either: Store) -> None:
    kept = rows_of(either)
    assert [row["id"] for row in kept] == list(range(1, ROWS + 1))
    found = verified(either, (ROWS, kept[-1]["checksum"]))
    assert found.fault is None
    assert found.rows == ROWS
    assert found.first is not None and found.last is not None
    assert (found.first.number, found.first.at) == (1, kept[0]["recorded_at"])
    assert (found.last.number, found.last.at) == (ROWS, kept[-1]["recorded_at"])
    assert found.last.checksum == kept[-1]["checksum"]


def test_a_log_goes_on_behind_the_rows_of_an_earlier_version(old: Store) -> None:
    write(old, 2)
    assert (verified(old).rows, fault(old)) == (ROWS + 2, None)
    tamper(old, AUDIT, changed(ROWS + 1, id=ROWS + 5))
    assert fault(old) == (ROWS + 2, Wrong.MOVED)


def test_a_log_that_went_back_a_version_and_on_again_is_whole(old: Store) -> None:
    write(old, 2)
    migration.downgrade(old, BEFORE)
    migration.upgrade(old)
    assert (verified(old).rows, fault(old)) == (ROWS + 2, None)


def test_a_checksum_covers_every_cell_of_its_row_and_its_number(log: Store) -> None:
    before, row = rows_of(log)[-2:]
    checksum = row.pop("checksum")
    assert audit_link(before["checksum"], row) == checksum
    others = ALTERED | {"id": ROWS + 1}
    made = {audit_link(before["checksum"], row | {name: others[name]}) for name in row}
    assert len(made - {checksum}) == len(row) == 5


def test_a_row_chained_as_earlier_versions_did_is_not_taken_from_this_one(either: Store) -> None:
    row: Cells = {"recorded_at": MOMENT, "actor": "nobody", "action": "test", "detail": "{}"}
    checksum = link(rows_of(either)[-1]["checksum"], row.values())
    with either.writing() as connection:
        connection.execute(AUDIT_HEAD.update().values(newest=ROWS + 1, checksum=checksum))
        connection.execute(AUDIT.insert(), [row | {"id": ROWS + 1, "checksum": checksum}])
    assert fault(either) == (ROWS + 1, Wrong.ALTERED)


def test_an_empty_log_is_whole_and_has_no_moments(empty_store: Store) -> None:
    migration.upgrade(empty_store)
    assert verified(empty_store) == Verified(0, None, None, None)
    tamper(empty_store, AUDIT, AUDIT.insert().values(forged(empty_store, 1, fits=True)))
    assert fault(empty_store) == (1, Wrong.INSERTED)


def test_a_log_of_more_than_one_part_is_walked_to_its_end(log: Store) -> None:
    last, added = rows_of(log)[-1], []
    for number in range(ROWS + 1, PART + ROWS + 1):
        row: Cells = {"id": number, "recorded_at": MOMENT, "actor": "cli", "action": "test", "detail": "{}"}
        last = row | {"checksum": audit_link(last["checksum"], row)}
        added.append(last)
    tamper(log, AUDIT)
    with log.writing() as connection:
        connection.execute(AUDIT.insert(), added)
        connection.execute(AUDIT_HEAD.update().values(newest=last["id"], checksum=last["checksum"]))
    assert (verified(log).rows, fault(log)) == (PART + ROWS, None)
    tamper(log, AUDIT, gone(PART + 1))
    assert (verified(log).rows, fault(log)) == (PART, (PART + 2, Wrong.MISSING))


# Altered, taken out, put in, moved


@pytest.mark.parametrize("row", PLACES)
@pytest.mark.parametrize("column", ALTERED)
def test_a_cell_that_was_altered_is_found_at_its_row(either: Store, row: int, column: str) -> None:
    tamper(either, AUDIT, changed(row, **{column: ALTERED[column]}))
    assert fault(either) == (row, Wrong.ALTERED)
    assert verified(either).rows == row - 1


def test_a_row_with_another_number_is_found(either: Store) -> None:
    tamper(either, AUDIT, changed(ROWS, id=90))
    assert fault(either) == (90, Wrong.ALTERED)
    with either.writing() as connection:
        connection.execute(changed(90, id=ROWS))
        connection.execute(changed(5, id=91))
    assert fault(either) == (6, Wrong.MOVED), "what it follows stands behind it now"


@pytest.mark.parametrize("row", PLACES)
def test_a_row_that_was_taken_out_is_missed(either: Store, row: int) -> None:
    tamper(either, AUDIT, gone(row))
    assert fault(either) == ((row + 1, Wrong.MISSING) if row < ROWS else (ROWS, Wrong.CUT))
    write(either, 2)
    assert fault(either) == (row + 1, Wrong.MISSING), "what is written afterwards does not heal it"


@pytest.mark.parametrize("row", [1, 5, ROWS - 1])
def test_a_row_is_missed_where_those_behind_it_were_numbered_anew(either: Store, row: int) -> None:
    tamper(either, AUDIT, gone(row), *renumbered(row + 1, -1))
    assert fault(either) == (row, Wrong.MISSING)


def test_every_row_is_missed_where_all_are_gone(either: Store) -> None:
    tamper(either, AUDIT, AUDIT.delete())
    assert fault(either) == (1, Wrong.CUT)
    write(either, 1)
    assert fault(either) == (ROWS + 1, Wrong.MISSING)


@pytest.mark.parametrize("fits", [True, False], ids=["its own checksum", "any checksum"])
@pytest.mark.parametrize("row", [*PLACES, ROWS + 1])
def test_a_row_that_was_put_in_is_found(either: Store, row: int, fits: bool) -> None:
    made = AUDIT.insert().values(forged(either, row, fits=fits))
    tamper(either, AUDIT, *renumbered(row, 1), made)
    assert fault(either) == (row, Wrong.INSERTED)
    write(either, 2)
    assert fault(either) == (row, Wrong.INSERTED), "what is written afterwards does not heal it"


@pytest.mark.parametrize(("one", "other"), [(1, 2), (5, 6), (ROWS - 1, ROWS), (1, ROWS), (3, 7)])
def test_two_rows_that_were_swapped_are_found_at_the_first(either: Store, one: int, other: int) -> None:
    tamper(either, AUDIT, changed(one, id=-1), changed(other, id=one), changed(-1, id=other))
    assert fault(either) == (one, Wrong.MOVED)


def test_a_last_row_that_was_made_anew_with_its_checksum_is_found(either: Store) -> None:
    tamper(either, AUDIT, gone(ROWS), AUDIT.insert().values(forged(either, ROWS, fits=True)))
    assert fault(either) == (ROWS, Wrong.ALTERED)


def test_cells_that_nobody_can_read_are_found_at_their_row(log: Store) -> None:
    unreadable = "'soon'" if log.embedded else "'infinity'"
    tamper(log, AUDIT, sa.text(f"UPDATE audit SET recorded_at = {unreadable} WHERE id = 5"))
    assert fault(log) == (5, Wrong.ALTERED)
    with log.reading() as snapshot:
        assert [entry.at for entry in entries(snapshot, EVERYTHING)][4] == ("soon" if log.embedded else "")
    if log.embedded:
        tamper(log, AUDIT, sa.text("UPDATE audit SET actor = CAST(x'ff00fe' AS TEXT) WHERE id = 4"))
        assert fault(log) == (4, Wrong.ALTERED)
        with log.reading() as snapshot:
            assert [entry.actor for entry in entries(snapshot, EVERYTHING)][3] == "\\xff\x00\\xfe"


# What the rows and the head cannot tell, a row that was noted elsewhere does


def test_a_log_whose_head_was_set_back_with_it_is_told_from_what_was_noted(either: Store) -> None:
    kept = rows_of(either)
    tamper(either, AUDIT, gone(ROWS))
    tamper(either, AUDIT_HEAD, AUDIT_HEAD.update().values(newest=ROWS - 1, checksum=kept[-2]["checksum"]))
    assert fault(either) is None
    assert fault(either, (ROWS, kept[-1]["checksum"])) == (ROWS, Wrong.CUT)


def test_a_log_that_was_written_anew_with_its_head_is_told_from_what_was_noted(log: Store) -> None:
    kept, made, checksum = rows_of(log), [], ""
    for row in kept:
        cells = {name: cell for name, cell in row.items() if name != "checksum"}
        cells["actor"] = "nobody" if row["id"] == 5 else row["actor"]
        checksum = audit_link(checksum, cells)
        made.append(changed(row["id"], actor=cells["actor"], checksum=checksum))
    tamper(log, AUDIT, *made)
    assert fault(log) == (ROWS, Wrong.ALTERED), "the head stands in the way"
    tamper(log, AUDIT_HEAD, AUDIT_HEAD.update().values(checksum=checksum))
    assert fault(log) is None
    assert fault(log, (4, kept[3]["checksum"])) is None
    assert fault(log, (7, kept[6]["checksum"])) == (7, Wrong.REWRITTEN)


def test_a_log_without_its_head_is_told_and_takes_no_more(log: Store) -> None:
    tamper(log, AUDIT_HEAD, AUDIT_HEAD.delete())
    assert fault(log) == (ROWS, Wrong.HEADLESS)
    with pytest.raises(StoreError, match=r"the head of the audit log was deleted"):
        write(log, 1)
    assert len(rows_of(log)) == ROWS


# The database itself refuses


def test_a_row_that_the_head_does_not_name_is_refused(log: Store) -> None:
    for row in (forged(log, ROWS + 1, fits=True), forged(log, 1, fits=True) | {"id": 90}):
        with pytest.raises(sa.exc.DBAPIError, match="audit only grows at its end"), log.writing() as connection:
            connection.execute(AUDIT.insert(), [row])
    assert (len(rows_of(log)), fault(log)) == (ROWS, None)


def test_a_row_cannot_be_replaced_by_whoever_has_the_file(kept: Kept, tmp_path: Path) -> None:
    """Nor by a connection that does not ask for the triggers of what is replaced; PostgreSQL has no such word."""
    with (
        kept.copy("sqlite", "new", tmp_path) as log,
        closing(sqlite3.connect(make_url(log.url).database or "")) as connection,
    ):
        for row in PLACES:
            with pytest.raises(sqlite3.IntegrityError, match="audit only grows at its end"):
                connection.execute(
                    "INSERT OR REPLACE INTO audit (id, recorded_at, actor, action, detail, checksum)"
                    " SELECT id, recorded_at, 'nobody', action, detail, checksum FROM audit WHERE id = ?",
                    (row,),
                )
        with pytest.raises(sqlite3.IntegrityError, match="audit_head only moves on"):
            connection.execute("INSERT OR REPLACE INTO audit_head SELECT id, 1, checksum, 0 FROM audit_head")
        assert fault(log) is None


@pytest.mark.parametrize(
    "statement",
    [
        AUDIT_HEAD.delete(),
        AUDIT_HEAD.update().values(newest=AUDIT_HEAD.c.newest - 1),
        AUDIT_HEAD.update().values(checksum="0" * 64),
        AUDIT_HEAD.update().values(newest=AUDIT_HEAD.c.newest + 1, unnumbered=3),
        AUDIT_HEAD.update().values(newest=AUDIT_HEAD.c.newest + 1, id=2),
        AUDIT_HEAD.insert().values(id=2, newest=0, checksum="", unnumbered=0),
    ],
    ids=["delete", "back", "checksum", "unnumbered", "id", "another"],
)
def test_the_head_only_moves_on(log: Store, statement: sa.Executable) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="audit_head only moves on"), log.writing() as connection:
        connection.execute(statement)
    assert fault(log) is None


def test_the_head_cannot_be_emptied_at_once(log: Store) -> None:
    statement = "DELETE FROM audit_head" if log.embedded else "TRUNCATE audit_head"
    with pytest.raises(sa.exc.DBAPIError, match="audit_head only moves on"), log.writing() as connection:
        connection.execute(sa.text(statement))


def test_a_head_that_moved_without_a_row_is_told(log: Store) -> None:
    with log.writing() as connection:
        connection.execute(AUDIT_HEAD.update().values(newest=ROWS + 1, checksum="0" * 64))
    assert fault(log) == (ROWS + 1, Wrong.CUT)


# Writers, copies, listing


def test_two_processes_that_write_at_once_keep_it_whole(log: Store) -> None:
    forks = get_context("forkserver")
    forks.set_forkserver_preload([told_delivery.__name__])
    pipes = [forks.Pipe() for _ in range(2)]
    children = [
        forks.Process(target=told_delivery.write_log, args=(log.url, f"writer {number}", 15, there), daemon=True)
        for number, (_, there) in enumerate(pipes)
    ]
    for child in children:
        child.start()
    first, second = (here for here, _ in pipes)
    for here in (first, second):
        assert here.poll(60) and here.recv() == "ready"
    first.send("go")
    assert [first.recv(), first.recv()] == ["asks", "holds"]
    second.send("go")
    assert second.recv() == "asks"
    assert not second.poll(0.3), "it got in beside the other"
    first.send("on")
    assert second.recv() == "holds"
    second.send("on")
    for here, child in zip((first, second), children, strict=True):
        while here.recv() != "done":
            pass
        child.join(60)
        assert child.exitcode == 0
    assert (verified(log).rows, fault(log)) == (ROWS + 30, None)
    with log.reading() as snapshot:
        assert [len(list(entries(snapshot, EVERYTHING, actor=f"writer {each}"))) for each in (0, 1)] == [15, 15]


@pytest.fixture
def restored(log: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The log as it comes back from a backup, made by what each engine offers for it."""
    if log.embedded:
        copy = tmp_path / "restored.db"
        with (
            closing(sqlite3.connect(make_url(log.url).database or "")) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        with closing(open_store(f"sqlite:///{copy}")) as store:
            yield store
        return
    server: Server = request.getfixturevalue("postgresql")
    name, file = server.fresh(), tmp_path / "dump"
    place = ["--host=127.0.0.1", f"--port={server.port}", "--username=postgres", "--no-password"]
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    backup = [programs / "pg_dump", *place, "--format=custom", f"--file={file}", make_url(log.url).database or ""]
    restore = [programs / "pg_restore", *place, "--exit-on-error", f"--dbname={name}", file]
    for command in (list(map(str, backup)), list(map(str, restore))):
        subprocess.run(command, check=True, timeout=120)
    with closing(open_store(server.url(name))) as store:
        yield store
    server.drop(name)


def test_a_log_that_was_restored_is_whole_goes_on_and_only_grows(log: Store, restored: Store) -> None:
    last = rows_of(log)[-1]["checksum"]
    assert (verified(restored).rows, fault(restored, (ROWS, last))) == (ROWS, None)
    write(restored, 1)
    assert (verified(restored).rows, fault(restored, (ROWS, last))) == (ROWS + 1, None)
    with pytest.raises(sa.exc.DBAPIError, match="audit only grows"), restored.writing() as connection:
        connection.execute(changed(5, actor="nobody"))
    with pytest.raises(sa.exc.DBAPIError, match="audit only grows at its end"), restored.writing() as connection:
        connection.execute(AUDIT.insert(), [forged(restored, ROWS + 2, fits=True)])


def test_a_backup_of_yesterday_is_told_from_what_was_noted_today(log: Store, restored: Store) -> None:
    write(log, 2)
    assert fault(restored, (ROWS + 2, rows_of(log)[-1]["checksum"])) == (ROWS + 1, Wrong.CUT)


def test_rows_are_listed_by_day_actor_and_action(log: Store, tmp_path: Path) -> None:
    deliver(log, tmp_path, written(figure("10")))
    today = now().date()
    with log.reading() as snapshot:
        listed = list(entries(snapshot, EVERYTHING))
        assert [entry.number for entry in listed] == list(range(1, ROWS + 2))
        assert (listed[-1].actor, listed[-1].action) == ("tester", "ingest observations")
        since = [len(list(entries(snapshot, EVERYTHING, since=day))) for day in (today, today + timedelta(days=1))]
        assert since == [ROWS + 1, 0]
        assert {entry.actor for entry in entries(snapshot, EVERYTHING, actor="product")} == {"product"}
        by = {action: len(list(entries(snapshot, EVERYTHING, action=action))) for action in ("ingest", "ing", "%")}
        assert by == {"ingest": 4, "ing": 0, "%": 0}
        assert len(list(entries(snapshot, EVERYTHING, action="ingest observations"))) == 1
        assert list(entries(snapshot, Scope(frozenset({"01"})))) == []


def test_a_day_begins_at_midnight_in_viet_nam(old: Store) -> None:
    midnight = datetime(2020, 2, 14, tzinfo=VIETNAM)
    tamper(old, AUDIT, changed(1, recorded_at=midnight - timedelta(microseconds=1)), changed(2, recorded_at=midnight))
    with old.reading() as snapshot:
        assert next(entries(snapshot, EVERYTHING, since=date(2020, 2, 14))).number == 2
        assert next(entries(snapshot, EVERYTHING, since=date(2020, 2, 13))).number == 1


def test_a_fault_is_told_by_row_and_kind(log: Store) -> None:
    tamper(log, AUDIT, changed(5, actor="nobody"))
    assert verified(log).fault == Fault(5, Wrong.ALTERED)
