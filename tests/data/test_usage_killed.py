"""A delivery of usage that is killed: afterwards its facts and all of their sums are there, or none of them."""

from datetime import date, timedelta
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from data.ingest import ingest
from data.store import Store, open_store
from data.usage_tables import COUNTS
from tests.data.test_killed import forks, kill
from tests.data.usage_files import USUAL, deliver_services, facts, rebuilt, service, sums_of
from tests.deliveries import Row

__all__ = ["forks"]

GROUPS = {f"P{number}": "Hộ tịch" if number % 2 else "Đất đai" for number in range(40)}
AGENCIES = ("01", "02", "04", "06", "08", "10", "11", "12", "14", "40")
DAYS = [date(2019, 1, 1) + timedelta(number) for number in range(365)]
#: Where a delivery is stopped and killed: the name of a step, and the how manieth of that name.
INSIDE = (
    *(("statement", number) for number in (2, 3, 5, 7, 9, 11, 13, 15, 17, 19)),
    *(("rows", number) for number in (1, 2)),
    ("commit", 1),
)
OUTSIDE = (("start", 1), ("done", 1))
LATER = (0.05, 0.15, 0.3, 0.5, 0.9)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of forty procedures of ten provinces: more than one part, and 120 agencies and months."""
    path = tmp_path_factory.mktemp("usage") / "year.parquet"
    keys = [(agency, day, procedure) for agency in AGENCIES for day in DAYS for procedure in GROUPS]
    cells = {name: pa.array([(at * 7 + place) % 50 for at in range(len(keys))]) for place, name in enumerate(COUNTS)}
    cells |= {"rated": pa.array([0] * len(keys)), "satisfied": pa.array([0] * len(keys))}
    cells |= {"pending_late": pa.array([0] * len(keys))}
    named = {
        "date": pa.array([day for _, day, _ in keys]),
        "agency_code": pa.array([agency for agency, _, _ in keys]),
        "procedure_code": pa.array([procedure for _, _, procedure in keys]),
        "level": pa.array([3] * len(keys)),
    }
    parquet.write_table(pa.table(named | cells), path)
    return path


def catalogue_of_all() -> list[Row]:
    """Every procedure at every province, at level 3."""
    return [
        service(agency_code=agency, procedure_code=procedure, name=f"Thủ tục {procedure}", group=group)
        for agency in AGENCIES
        for procedure, group in GROUPS.items()
    ]


@pytest.fixture
def ready(store_url: str, tmp_path: Path) -> str:
    """A store with the catalogue, closed."""
    store = open_store(store_url)
    deliver_services(store, tmp_path, *catalogue_of_all())
    store.close()
    return store_url


def assert_whole_or_nothing(url: str, file: Path) -> bool:
    """Whether all of it was there; in either case the same file can be delivered again, and every sum is right."""
    store = open_store(url)
    try:
        with store.writing():
            pass  # a killed client's transaction is over once another may write
        known = facts(store)
        assert len(known) in (0, len(AGENCIES) * len(DAYS) * len(GROUPS))
        assert sums_of(store) == rebuilt(known, GROUPS)
        _again(store, file, whole=bool(known))
        assert sums_of(store) == rebuilt(facts(store), GROUPS)
    finally:
        store.close()
    return bool(known)


def _again(store: Store, file: Path, *, whole: bool) -> None:
    (again,) = ingest("usage", [(file, file.name)], store, USUAL)
    assert (again.identical_to is not None) == whole


@pytest.mark.parametrize("stop", INSIDE, ids=lambda stop: f"{stop[0]}-{stop[1]}")
def test_killed_inside_its_transaction_it_leaves_nothing(
    stop: tuple[str, int], ready: str, file: Path, forks: ForkServerContext
) -> None:
    steps = kill(forks, ready, file, stop, kind="usage")
    assert "begin" in steps and "done" not in steps
    assert not assert_whole_or_nothing(ready, file)


@pytest.mark.parametrize("stop", OUTSIDE, ids=lambda stop: stop[0])
def test_killed_before_it_began_or_after_its_end(
    stop: tuple[str, int], ready: str, file: Path, forks: ForkServerContext
) -> None:
    kill(forks, ready, file, stop, kind="usage")
    assert assert_whole_or_nothing(ready, file) == (stop[0] == "done")


@pytest.mark.parametrize("later", LATER)
def test_killed_at_any_moment_all_of_it_is_kept_or_none(
    later: float, ready: str, file: Path, forks: ForkServerContext
) -> None:
    steps = kill(forks, ready, file, ("statement", 1), later, kind="usage")
    assert assert_whole_or_nothing(ready, file) or "done" not in steps
