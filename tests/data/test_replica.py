"""An address of two servers: readers go to the standby, writers to the primary, and pages outlive the primary."""

import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from data import queries, stock
from data.scope import EVERYTHING
from data.store import Store, StoreError, open_store
from tests.deliveries import CLOCK, deliver, figure, written
from tests.engines import Cluster, Server, cluster

PATIENCE = 30


@pytest.fixture
def pair() -> Iterator[tuple[Cluster, Cluster, Server]]:
    """A primary that runs, a standby that follows it, and where the primary listens."""
    with cluster() as primary, tempfile.TemporaryDirectory(prefix="standby-") as folder:
        server = primary.start()
        standby = primary.standby(server, Path(folder))
        yield primary, standby, server
        for each in (standby, primary):
            with suppress(AssertionError):
                each.stop()


def test_readers_follow_the_standby_and_outlive_the_primary(
    pair: tuple[Cluster, Cluster, Server], tmp_path: Path
) -> None:
    primary, standby, server = pair
    name = server.fresh()
    address = f"postgresql+psycopg://postgres@/{name}?host=127.0.0.1:{server.port}"
    with closing(open_store(address)) as alone:
        stock.migrate(alone)
        assert not _recovering(alone)  # the only server there is, and so it reads from it
    following = standby.start()
    # The copy was taken before the database was made: until it followed so far, it refuses who asks for that one.
    _wait_for(lambda: _answers(following.url(name)))
    with closing(open_store(f"{address}&host=127.0.0.1:{following.port}")) as store:
        deliver(store, tmp_path, written(figure()))
        assert _recovering(store)
        _wait_for(lambda: _figures(store) == 1)
        primary.kill()
        assert _figures(store) == 1
        with pytest.raises((StoreError, sa.exc.OperationalError)), store.writing():
            pass
    moved = address.replace(str(server.port), str(primary.start().port))
    with closing(open_store(f"{moved}&host=127.0.0.1:{following.port}")) as again:
        deliver(again, tmp_path, written(figure(period="2019-11")))


def test_a_server_that_says_nothing_is_not_waited_for(postgresql: Server, migrated_postgresql: str) -> None:
    name = postgresql.fresh(migrated_postgresql)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        hosts = f"host=127.0.0.1:{silent.getsockname()[1]}&host=127.0.0.1:{postgresql.port}"
        began = time.monotonic()
        with closing(open_store(f"postgresql+psycopg://postgres@/{name}?{hosts}")) as store:
            assert _figures(store) == 0
        assert time.monotonic() - began < 8
    postgresql.drop(name)


def _answers(url: str) -> bool:
    """Whether the database can be read, as it is after its migrations."""
    with closing(open_store(url)) as store:
        try:
            return _figures(store) == 0
        except sa.exc.DBAPIError:
            return False


def _recovering(store: Store) -> bool:
    with store.reading() as snapshot:
        return bool(snapshot.execute(sa.text("SELECT pg_is_in_recovery()")).scalar_one())


def _figures(store: Store) -> int:
    with store.reading() as snapshot:
        return len(queries.known_observations(snapshot, EVERYTHING, "DVC01", CLOCK))


def _wait_for(right: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not right():
        assert time.monotonic() < until, "the standby did not follow"
        time.sleep(0.05)
