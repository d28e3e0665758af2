"""What programs and open pages ask to learn whether the centre lives, through the application without a browser."""

import json
import logging
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from app import create_app
from callbacks import health
from callbacks.glance import Glance
from data.store import Store, open_store
from settings import Settings
from tests.deliveries import deliver, figure, written

DOORS = ("/livez", "/readyz", "/heartbeat")


@pytest.fixture
def held(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """A store without figures that a test may break."""
    shutil.copyfile(migrated_sqlite, tmp_path / "centre.db")
    opened = open_store(f"sqlite:///{tmp_path / 'centre.db'}")
    yield opened
    opened.close()


@pytest.fixture
def client(held: Store, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The application on that store, which looks at it each time it is asked."""
    monkeypatch.setattr(health, "_BEAT_SECONDS", 0.0)
    monkeypatch.setattr(health, "_READY_SECONDS", 0.0)
    settings = Settings.from_env({"DATABASE_URL": held.url, "DEMO": "off", "TODAY": "2020-02-14"})
    made: FlaskClient = create_app(settings).server.test_client()
    return made


def change(store: Store, *statements: str) -> None:
    with store.writing() as connection:
        connection.execute(sa.text("PRAGMA legacy_alter_table = ON"))
        for statement in statements:
            connection.execute(sa.text(statement))


def told(client: FlaskClient) -> dict[str, str | None]:
    answer = client.get("/heartbeat")
    assert answer.status_code == 200
    found: dict[str, str | None] = json.loads(answer.text)
    return found


def test_all_is_well_with_a_store_that_can_be_read(client: FlaskClient) -> None:
    for path in ("/livez", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok", "text/plain")


def test_a_beat_tells_build_delivery_and_time(client: FlaskClient) -> None:
    found = told(client)
    assert set(found) == {"build", "data", "delivered", "now", "clock", "cut_off"}
    assert found["cut_off"] is None
    assert f"/static/{found['build']}/" in client.get("/").text
    assert found["clock"] == "2020-02-14"
    at = datetime.fromisoformat(str(found["now"]))
    assert at.utcoffset() == timedelta(hours=7)
    assert abs(datetime.now(at.tzinfo) - at) < timedelta(minutes=1)


def test_a_delivery_changes_the_beat(client: FlaskClient, held: Store, tmp_path: Path) -> None:
    before = told(client)
    assert told(client)["data"] == before["data"]
    deliver(held, tmp_path, written(figure()))
    after = told(client)
    assert after["data"] != before["data"]
    assert datetime.fromisoformat(str(after["delivered"])) >= datetime.fromisoformat(str(before["now"]))


def test_a_store_without_a_delivery_has_a_beat_that_says_so(client: FlaskClient, held: Store) -> None:
    change(held, "ALTER TABLE submission RENAME TO submission_away", "CREATE TABLE submission (id, recorded_at)")
    assert (told(client)["data"], told(client)["delivered"]) == (None, None)


def test_a_store_that_cannot_be_read_is_no_beat_and_not_ready_but_alive(client: FlaskClient, held: Store) -> None:
    change(held, "ALTER TABLE submission RENAME TO submission_away")
    assert client.get("/livez").status_code == 200
    for path in ("/readyz", "/heartbeat"):
        answer = client.get(path)
        assert (answer.status_code, answer.text, answer.mimetype) == (503, "store", "text/plain")
    change(held, "ALTER TABLE submission_away RENAME TO submission")
    assert [client.get(path).status_code for path in DOORS] == [200, 200, 200]


def test_a_store_of_another_version_is_not_ready(client: FlaskClient, held: Store) -> None:
    change(held, "UPDATE alembic_version SET version_num = '9999'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "version")


@pytest.mark.parametrize("broken", [False, True], ids=["well", "broken"])
@pytest.mark.parametrize("path", DOORS)
def test_every_door_carries_the_headers_and_is_not_kept(
    client: FlaskClient, held: Store, path: str, broken: bool
) -> None:
    if broken:
        change(held, "ALTER TABLE submission RENAME TO submission_away")
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", DOORS)
def test_a_door_takes_no_orders(client: FlaskClient, path: str) -> None:
    assert client.post(path, json={}).status_code == 405


def test_many_that_ask_share_one_look() -> None:
    looks: list[int] = []

    def look() -> int:
        looks.append(1)
        return len(looks)

    kept, renewed = Glance(look, 60.0), Glance(look, 0.0)
    assert [kept.seen(), kept.seen(), kept.seen()] == [1, 1, 1]
    assert [renewed.seen(), renewed.seen()] == [2, 3]


def test_a_look_that_hangs_holds_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callbacks.glance._PATIENCE_SECONDS", 0.05)
    begun, done = Event(), Event()

    def look() -> str:
        begun.set()
        assert done.wait(10)
        return "seen"

    glance = Glance(look, 60.0)
    first = Thread(target=glance.seen)
    first.start()
    assert begun.wait(10)
    assert glance.seen() is None
    done.set()
    first.join()
    assert glance.seen() == "seen"


def test_a_trouble_stands_in_the_log_once(caplog: pytest.LogCaptureFixture) -> None:
    store_is_there = [False]

    def look() -> str:
        if not store_is_there[0]:
            raise OSError("no store")
        return "seen"

    glance = Glance(look, 0.0)
    with caplog.at_level(logging.WARNING, "centre"):
        assert [glance.seen(), glance.seen()] == [None, None]
        store_is_there[0] = True
        assert [glance.seen(), glance.seen()] == ["seen", "seen"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
