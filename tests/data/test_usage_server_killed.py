"""The PostgreSQL server is killed while usage is delivered: afterwards all of it is there or nothing."""

from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from time import sleep

import pytest

from data import stock
from data.ingest import ingest
from data.store import open_store
from tests.data import told_delivery
from tests.data.test_usage_killed import AGENCIES, DAYS, GROUPS, catalogue_of_all, file
from tests.data.usage_files import USUAL, deliver_services, facts, rebuilt, sums_of
from tests.engines import Cluster, cluster

__all__ = ["file"]

#: Seconds after the first part was read at which the server is killed.
MOMENTS = (0.0, 0.1, 0.3, 0.6, 1.0)
_ALL = len(AGENCIES) * len(DAYS) * len(GROUPS)


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A server that nobody else uses."""
    with cluster() as made:
        yield made


def test_a_server_that_is_killed_keeps_all_of_a_delivery_or_nothing(own: Cluster, file: Path, tmp_path: Path) -> None:
    for moment in MOMENTS:
        server = own.start()
        name = server.fresh()
        _prepared(server.url(name), tmp_path)
        _kill_while_delivering(own, server.url(name), file, moment)
        store = open_store(own.start().url(name))
        known = facts(store)
        assert len(known) in (0, _ALL)
        assert sums_of(store) == rebuilt(known, GROUPS)
        ingest("usage", [(file, file.name)], store, USUAL)
        known = facts(store)
        assert len(known) == _ALL
        assert sums_of(store) == rebuilt(known, GROUPS)
        store.close()
        own.stop()


def _prepared(url: str, folder: Path) -> None:
    store = open_store(url)
    stock.migrate(store)
    deliver_services(store, folder, *catalogue_of_all())
    store.close()


def _kill_while_delivering(own: Cluster, url: str, file: Path, moment: float) -> None:
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    told = (url, str(file), ("", 0), there, "usage")
    child = context.Process(target=told_delivery.deliver_and_tell, args=told, daemon=True)
    child.start()
    there.close()
    while here.recv() != "rows":
        pass
    sleep(moment)
    own.kill()
    child.kill()
    child.join()
