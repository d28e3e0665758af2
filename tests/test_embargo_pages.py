"""What a page, a wall, a file and a beat hold of a figure under embargo, for whoever sees none: nothing before its
time, and all of it at that moment, though everything was kept since."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from access.viewer import Viewer
from app import create_app
from callbacks import health, router, table_files
from callbacks.router import answer
from data import clock
from data.clock import VIETNAM
from data.scope import EVERYTHING, Scope
from data.store import Store, open_store
from settings import Settings
from tests.deliveries import deliver, figure, written

BEGAN = datetime(2020, 3, 1, 8, tzinfo=VIETNAM)
#: As the page writes it, which no other number of the reference tables is.
SHOWN = "77,7"
PAGES = (
    ("/", "?theme=egov"),
    ("/ranking", "?indicator=DVC01"),
    ("/indicator/DVC01", ""),
    ("/province/01", ""),
    ("/compare", "?pin=01&pin=79&indicator=DVC01"),
    ("/wall", ""),
)


@pytest.fixture
def held(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with one figure that everybody sees, and one of Ha Noi that is under embargo for two hours."""
    shutil.copyfile(migrated_sqlite, tmp_path / "centre.db")
    opened = open_store(f"sqlite:///{tmp_path / 'centre.db'}")
    deliver(opened, tmp_path, written(figure("10", agency_code="79")))
    deliver(opened, tmp_path, written(figure("77.7", embargo_until="2020-03-01T10:00")))
    yield opened
    opened.close()


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """The machine's moment, the only one in the list."""
    moment = [BEGAN]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    yield moment


@pytest.fixture
def settled(held: Store, set_clock: list[datetime]) -> Settings:
    assert set_clock == [BEGAN]
    return Settings.from_env({"DATABASE_URL": held.url, "DEMO": "off", "TODAY": "2020-02-14"})


def seen_by(monkeypatch: pytest.MonkeyPatch, scope: Scope) -> None:
    for module in (router, health, table_files):
        monkeypatch.setattr(module, "anybody", lambda: Viewer("somebody", scope))


def drawn(store: Store, settings: Settings, page: tuple[str, str]) -> str:
    asked = {"path": page[0], "search": page[1], "number": 1, "shown": {}}
    return answer(asked, store, settings)


@pytest.mark.parametrize("page", PAGES, ids="".join)
def test_a_page_that_was_kept_shows_the_figure_at_its_time_and_not_before(
    page: tuple[str, str],
    held: Store,
    settled: Settings,
    set_clock: list[datetime],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen_by(monkeypatch, EVERYTHING)
    everything = drawn(held, settled, page)
    assert SHOWN in everything
    seen_by(monkeypatch, Scope(embargoed=False))
    assert SHOWN not in drawn(held, settled, page), "what was kept for others is not theirs"
    set_clock[0] = BEGAN + timedelta(hours=1, minutes=59, seconds=59)
    assert SHOWN not in drawn(held, settled, page)
    set_clock[0] = BEGAN + timedelta(hours=2)
    assert SHOWN in drawn(held, settled, page)


def test_a_beat_tells_of_it_at_its_time(
    held: Store, settled: Settings, set_clock: list[datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_BEAT_SECONDS", 0.0)
    client: FlaskClient = create_app(settled).server.test_client()
    seen_by(monkeypatch, Scope(embargoed=False))
    before = told(client)
    deliver(held, tmp_path, written(figure("77.7", agency_code="04", embargo_until="2020-03-01T11:00")))
    assert told(client) == before, "that something was delivered is not told either"
    set_clock[0] = BEGAN + timedelta(hours=2)
    first = told(client)
    assert first[0] != before[0]
    set_clock[0] = BEGAN + timedelta(hours=3)
    second = told(client)
    assert second[0] not in (first[0], before[0])
    seen_by(monkeypatch, EVERYTHING)
    assert told(client)[0] == second[0]


def told(client: FlaskClient) -> tuple[str, str]:
    """The version of the data in a beat, and the moment of the newest delivery."""
    found = client.get("/heartbeat").get_json()
    return found["data"], found["delivered"]


def test_a_file_holds_it_at_its_time(
    held: Store, settled: Settings, set_clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    client: FlaskClient = create_app(settled).server.test_client()
    address = "/table/map.csv?indicator=DVC01"
    seen_by(monkeypatch, Scope(embargoed=False))
    for hours, holds in ((0, False), (2, True)):
        set_clock[0] = BEGAN + timedelta(hours=hours)
        answered = client.get(address)
        assert answered.status_code == 200
        assert ("77.7" in answered.text) is holds
