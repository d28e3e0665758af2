"""A delivery that is killed: afterwards all of its rows are there or none, and running it again works."""

from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from signal import SIGKILL
from time import sleep

import pytest
import sqlalchemy as sa

from data import integrity, queries
from data.schema import CURRENT, OBSERVATION, SUBMISSION
from data.scope import EVERYTHING
from data.store import Store, open_store
from tests.data import told_delivery
from tests.deliveries import CLOCK, MACHINE_TODAY, deliver, figure, written

ROWS = 3_024
#: Where a delivery is stopped and killed: the name of a step, and the how manieth of that name.
INSIDE = (
    *(("statement", number) for number in (2, 5, 8, 10, 11, 12, 13, 14)),
    *(("rows", number) for number in (1, 2, 3, 4)),
    ("commit", 1),
)
OUTSIDE = (("start", 1), ("done", 1))
#: Seconds after its first statement at which a delivery that is not stopped is killed.
LATER = (0.05, 0.2, 0.35, 0.5, 0.8)


@pytest.fixture(scope="session")
def forks() -> ForkServerContext:
    """Processes that have every module loaded, so that a kill comes soon after a start."""
    context = get_context("forkserver")
    context.set_forkserver_preload([told_delivery.__name__])
    return context


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """One figure of each of the 63 provinces in each of 48 months."""
    store = open_store(f"sqlite:///{migrated_sqlite}")
    with store.reading() as snapshot:
        agencies = queries.register(snapshot, EVERYTHING).agencies
    store.close()
    provinces = [each.code for each in agencies if each.kind == "province" and each.valid_on(CLOCK)]
    months = [f"{year}-{month:02}" for year in range(2016, 2020) for month in range(1, 13)]
    path = tmp_path_factory.mktemp("killed") / "in.csv"
    path.write_bytes(written(*(figure(agency_code=code, period=month) for code in provinces for month in months)))
    return path


def kill(
    forks: ForkServerContext,
    url: str,
    file: Path,
    stop: tuple[str, int],
    later: float = 0.0,
    kind: str = "observations",
) -> list[str]:
    """Start a delivery, kill it at the step `stop` or so many seconds later, and give the steps it had told."""
    here, there = forks.Pipe(duplex=False)
    child = forks.Process(
        target=told_delivery.deliver_and_tell,
        args=(url, str(file), stop if not later else ("", 0), there, kind),
        daemon=True,  # where a test fails, nothing waits for it
    )
    child.start()
    there.close()
    steps: list[str] = []
    while (steps[-1:], steps.count(stop[0])) != ([stop[0]], stop[1]):
        assert here.poll(60), f"the delivery hangs after {steps}"
        steps.append(here.recv())
        assert later or steps[-1] != "done" or stop[0] == "done", f"no such step: {steps}"
    sleep(later)
    assert child.pid is not None
    child.kill()
    child.join()
    assert child.exitcode == -SIGKILL
    while here.poll():
        try:
            steps.append(here.recv())
        except EOFError:
            break
    return steps


def counts(store: Store) -> tuple[int, int, int]:
    """Rows of the ledger, of `current`, and submissions of observations."""
    with store.writing():
        pass  # a killed client's transaction is over once another may write
    with store.reading() as snapshot:
        rows, current = (
            snapshot.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (OBSERVATION, CURRENT)
        )
        submissions = sa.select(sa.func.count()).where(SUBMISSION.c.kind == "observations")
        return rows, current, snapshot.execute(submissions).scalar_one()


def assert_whole_or_nothing(store: Store, file: Path) -> bool:
    """Whether all rows were there; in either case the same file can be delivered again."""
    found = counts(store)
    assert found in ((0, 0, 0), (ROWS, ROWS, 1))
    again = deliver(store, file.parent, file.read_bytes())
    assert (again.identical_to is not None, again.new) == ((True, 0) if found[0] else (False, ROWS))
    assert counts(store) == (ROWS, ROWS, 1)
    with store.reading() as snapshot:
        assert integrity.findings(snapshot, EVERYTHING, MACHINE_TODAY) == []
    return found[0] == ROWS


@pytest.mark.parametrize("stop", INSIDE, ids=lambda stop: f"{stop[0]}-{stop[1]}")
def test_killed_inside_its_transaction_a_delivery_leaves_nothing(
    stop: tuple[str, int], store_url: str, file: Path, forks: ForkServerContext
) -> None:
    steps = kill(forks, store_url, file, stop)
    assert "begin" in steps and "done" not in steps
    store = open_store(store_url)
    assert not assert_whole_or_nothing(store, file)
    store.close()


@pytest.mark.parametrize("stop", OUTSIDE, ids=lambda stop: stop[0])
def test_killed_before_it_began_nothing_is_kept_and_after_its_end_everything(
    stop: tuple[str, int], store_url: str, file: Path, forks: ForkServerContext
) -> None:
    kill(forks, store_url, file, stop)
    store = open_store(store_url)
    assert assert_whole_or_nothing(store, file) == (stop[0] == "done")
    store.close()


@pytest.mark.parametrize("later", LATER)
def test_killed_at_any_moment_all_rows_are_kept_or_none(
    later: float, store_url: str, file: Path, forks: ForkServerContext
) -> None:
    steps = kill(forks, store_url, file, ("statement", 1), later)
    store = open_store(store_url)
    whole = assert_whole_or_nothing(store, file)
    assert whole or "done" not in steps
    store.close()
