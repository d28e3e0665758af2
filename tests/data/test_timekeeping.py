"""The clock of the machine, held against the time that goes by, the newest delivery and the database's clock."""

import logging
import os
from datetime import UTC, datetime

import pytest

from data.store import Store
from data.timekeeping import Timekeeping

NOON = datetime(2020, 2, 14, 12, tzinfo=UTC)


class Machine:
    """A machine whose clock is set by hand, and whose time goes by beside it."""

    def __init__(self) -> None:
        self.clock = NOON.timestamp()
        self.elapsed = 500.0
        self.timekeeping = Timekeeping(lambda: self.clock, lambda: self.elapsed)

    def goes_by(self, seconds: float) -> None:
        self.clock += seconds
        self.elapsed += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize(
    ("seconds", "line"),
    [
        (3_600, "the server's clock was set ahead by 3600 s"),
        (-3_600, "the server's clock was set back by 3600 s"),
    ],
)
def test_a_clock_that_is_set_stands_in_the_log_once(
    machine: Machine, seconds: float, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        machine.goes_by(600)
        machine.timekeeping.compare(NOON, None)
    assert lines(caplog) == []
    machine.clock += seconds
    for _ in range(3):
        machine.timekeeping.compare(NOON, None)
        machine.goes_by(5)
    assert lines(caplog) == [line]
    assert caplog.records[0].levelno == logging.WARNING


def test_a_clock_that_is_slowed_is_not_set(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(200):
        machine.goes_by(5)
        machine.clock -= 0.5
        machine.timekeeping.compare(NOON, machine.clock)
    assert lines(caplog) == []


@pytest.mark.parametrize(
    ("newest", "database", "line"),
    [
        (3_600, None, "the server's clock is 3600 s behind the newest delivery"),
        (0, 3_600, "the server's clock is 3600 s behind that of the database"),
        (0, -3_600, "the server's clock is 3600 s ahead of that of the database"),
    ],
)
def test_a_clock_that_is_wrong_from_the_start_is_told_of_once_and_when_it_is_over(
    machine: Machine, newest: float, database: float | None, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    delivered = datetime.fromtimestamp(NOON.timestamp() + newest, UTC)
    for _ in range(3):
        beside = None if database is None else machine.clock + database
        machine.timekeeping.compare(delivered, beside)
        machine.goes_by(5)
    assert lines(caplog) == [line]
    machine.goes_by(3_600)
    machine.timekeeping.compare(delivered, None if database is None else machine.clock)
    assert lines(caplog) == [line, "the server's clock is right again"]


def test_a_clock_that_was_set_back_behind_a_delivery_is_told_of_once(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    machine.timekeeping.compare(NOON, None)
    machine.clock -= 3_600
    machine.timekeeping.compare(NOON, None)
    machine.timekeeping.compare(NOON, None)
    assert lines(caplog) == ["the server's clock was set back by 3600 s"]
    machine.clock += 3_600
    machine.timekeeping.compare(NOON, None)
    assert lines(caplog)[1:] == ["the server's clock was set ahead by 3600 s"]


def test_a_store_without_a_delivery_tells_nothing_of_the_clock(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    machine.timekeeping.compare(None, None)
    assert lines(caplog) == []


def test_what_one_process_told_another_does_not(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    machine.clock += 3_600
    child = os.fork()
    if child == 0:
        machine.timekeeping.compare(NOON, None)
        os._exit(0)
    os.waitpid(child, 0)
    machine.timekeeping.compare(NOON, None)
    assert lines(caplog) == []


def test_the_clock_of_this_machine_is_right_beside_each_store(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    with store.reading() as snapshot:
        Timekeeping().look(snapshot, datetime.now(UTC))
    assert lines(caplog) == []


def test_a_clock_ahead_of_the_database_is_seen_where_there_is_one(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    ahead = Timekeeping(lambda: datetime.now(UTC).timestamp() + 3_600, lambda: 0.0)
    caplog.clear()
    with store.reading() as snapshot:
        ahead.look(snapshot, None)
    told = [] if store.embedded else ["the server's clock is 3600 s ahead of that of the database"]
    assert lines(caplog) == told
