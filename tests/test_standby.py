"""The primary is killed under the web application: pages answer from the standby, and say how old figures are."""

import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext

from app import create_app
from callbacks import health, prometheus
from data import roles, stock
from data.clock import now
from data.row_security import within
from data.schema import CURRENT
from data.scope import EVERYTHING, Scope
from data.standby import Following
from data.store import open_store
from i18n import speaker
from layouts.navigation import SCREENS
from settings import Settings
from tests.browser import address, drawn, question
from tests.centre import Centre
from tests.data.test_replica import pair
from tests.deliveries import deliver, directive, figure, written
from tests.engines import Cluster, Server
from tests.test_alive import BANNER_MS, HEALED_MS
from tests.test_prometheus import sample
from tests.test_reader import sent

__all__ = ["pair"]

PATIENCE = 30
ROLE = "pages"
Pair = tuple[Cluster, Cluster, Server]


@dataclass(frozen=True)
class Two:
    """A primary with figures, a standby that has them, and the address of both."""

    primary: Cluster
    standby: Cluster
    url: str
    standby_url: str

    @property
    def given(self) -> dict[str, str]:
        """The settings of a web worker: pages are read by a role that may only read."""
        reader = self.url.replace("postgres@", f"{ROLE}@")
        return {"DATABASE_URL": self.url, "READER_URL": reader, "DEMO": "off", "TODAY": "2020-02-14"}


@pytest.fixture
def two(pair: Pair, tmp_path: Path) -> Two:
    primary, standby, server = pair
    name = server.fresh()
    with closing(open_store(server.url(name))) as store:
        stock.migrate(store)
        with psycopg.connect(server.url(name).replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN".encode())
        roles.let_read(store, ROLE)
        deliver(store, tmp_path, written(directive(code="NV02", owner="BTTTT")), "directives")
        deliver(store, tmp_path, written(figure(), figure(agency_code="VN")))
    following = standby.start()
    hosts = f"host=127.0.0.1:{server.port}&host=127.0.0.1:{following.port}"
    made = Two(primary, standby, f"postgresql+psycopg://postgres@/{name}?{hosts}", following.url(name))
    wait_for(lambda: figures(made.standby_url) == 2, "the standby did not follow")
    return made


def figures(url: str) -> int:
    """How many figures a server has; none where it does not know the database yet."""
    try:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            found = connection.execute(b"SELECT count(*) FROM current").fetchone()
    except psycopg.Error:
        return 0
    return int(found[0]) if found else 0


def wait_for(right: Any, otherwise: str) -> None:
    until = time.monotonic() + PATIENCE
    while not right():
        assert time.monotonic() < until, otherwise
        time.sleep(0.05)


@contextmanager
def client_of(two: Two) -> Iterator[FlaskClient]:
    server = create_app(Settings.from_env(two.given)).server
    yield server.test_client()
    server.extensions["store"].close()


def told(client: FlaskClient) -> Any:
    """What the heartbeat says of the standby."""
    answer = client.get("/heartbeat")
    assert answer.status_code == 200
    found: Any = answer.json
    return found["cut_off"]


def screens(client: FlaskClient) -> list[str]:
    """What every screen answers."""
    found = []
    for _, path in (*SCREENS, ("indicator", "/indicator/DVC01"), ("ministry", "/ministry/BTTTT")):
        assert client.get(path).status_code == 200
        answer = client.post("/_dash-update-component", json=question(path, ""))
        assert answer.status_code == 200
        found.append(str(answer.json))
    return found


def test_pages_go_on_when_the_primary_is_gone_and_say_so(
    two: Two, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(health, "_BEAT_SECONDS", 0.0)
    monkeypatch.setattr(health, "_READY_SECONDS", 0.0)
    with client_of(two) as client, caplog.at_level(logging.WARNING):
        time.sleep(1.1)  # nothing happens on the primary, and so nothing is wrong with a standby that repeats nothing
        assert told(client) is None
        assert client.get("/readyz").text == "ok"
        seen = now().replace(microsecond=0)
        two.primary.kill()
        killed = now()
        wait_for(lambda: told(client) is not None, "it was not told")

        found = told(client)
        since, replayed = (datetime.fromisoformat(found[name]) for name in ("since", "replayed"))
        assert seen <= since <= now()
        assert since - killed < timedelta(seconds=5)
        assert replayed < seen
        assert client.get("/readyz").status_code == 200
        assert client.get("/readyz").text == f"ok cut_off since={found['since']} replayed={found['replayed']}"
        caplog.clear()
        assert all('"failure"' not in screen for screen in screens(client))
        assert client.get("/table/ranking.csv").status_code == 200
        assert caplog.records == []
        taken, said = sent(client)
        assert not taken
        assert speaker("vi")("form.failed", reference="").removesuffix(".") in said

        with client_of(two) as later:  # a process that never saw the primary
            assert told(later) == {"since": None, "replayed": found["replayed"]}
            assert all('"failure"' not in screen for screen in screens(later))
            assert later.get("/readyz").text == f"ok cut_off since=unknown replayed={found['replayed']}"

        two.standby.promote()
        wait_for(lambda: told(client) is None, "the standby is the primary now")
        assert client.get("/readyz").text == "ok"
        assert sent(client)[0]
    lines = [record.message for record in caplog.records if "standby" in record.message]
    assert lines[-1] == "the standby is no longer cut off from its primary"


def test_a_reader_sees_that_there_is_a_receiver_and_the_log_has_it_once(
    two: Two, caplog: pytest.LogCaptureFixture
) -> None:
    following = Following()
    with closing(open_store(two.url, reader_url=two.given["READER_URL"])) as store:

        def look() -> bool:
            with store.reading() as snapshot:
                assert snapshot.execute(sa.text("SELECT current_user")).scalar_one() == ROLE
                assert set(snapshot.execute(sa.text("SELECT status FROM pg_stat_wal_receiver")).scalars()) <= {None}
                return following.look(snapshot) is not None

        with caplog.at_level(logging.WARNING):
            assert not look()
            two.primary.kill()
            wait_for(look, "it was not told")
            assert look()
        assert [record.message for record in caplog.records] == ["the standby is cut off from its primary"]


def test_the_standby_shows_the_reader_the_rows_of_its_scope(two: Two) -> None:
    count = sa.select(sa.func.count()).select_from(CURRENT)
    with closing(open_store(two.url, reader_url=two.given["READER_URL"])) as store, store.reading() as snapshot:
        assert snapshot.execute(sa.text("SELECT pg_is_in_recovery()")).scalar_one()
        assert snapshot.execute(count).scalar_one() == 0
        for scope, shown in ((EVERYTHING, 2), (Scope(frozenset({"01"})), 1), (Scope(frozenset({"40"})), 0)):
            with within(snapshot, scope):
                assert snapshot.execute(count).scalar_one() == shown


def test_prometheus_is_told_how_far_the_standby_is(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prometheus, "_LOOK_SECONDS", 0.0)

    def told(client: FlaskClient, name: str) -> float | None:
        return sample(client.get("/metrics").get_data(as_text=True), f"centre_standby_{name}")

    with client_of(two) as client:
        began = time.time() - 3600
        wait_for(lambda: told(client, "behind_bytes") == 0, "the standby did not replay what it received")
        assert told(client, "cut_off") == 0
        assert began < (told(client, "replayed_timestamp_seconds") or 0) <= time.time()
        two.primary.kill()
        wait_for(lambda: told(client, "cut_off") == 1, "it was not told")
        two.standby.promote()
        wait_for(lambda: told(client, "cut_off") is None, "the standby is the primary now")


@pytest.mark.alone
def test_an_open_page_says_until_when_its_figures_are_complete(
    two: Two, browser: BrowserContext, tmp_path: Path
) -> None:
    given = two.given
    centre = Centre(tmp_path, given.pop("DATABASE_URL"), **given)
    centre.start()
    tab = browser.new_page()
    try:
        centre.answers()
        tab.goto(centre.base + address(lang="en"))
        drawn(tab)
        with tab.expect_response("**/heartbeat"):
            pass
        assert tab.locator(".alive").count() == 0
        two.primary.kill()
        hour = tab.evaluate("() => new Date(Date.now() + 7 * 3600e3).toISOString().slice(11, 16)")
        tab.wait_for_selector(".alive", timeout=BANNER_MS)
        say = speaker("en")
        assert say("alive.cut_off") in tab.locator(".alive").inner_text()
        complete = say("alive.complete", at=hour), say("alive.complete", at=_minute_before(hour))
        assert tab.locator(".alive-figures").inner_text() in complete
        assert tab.locator(".freshness").get_attribute("data-freshness") == "late"
        assert tab.locator("html[data-lost]").count() == 0
        tab.get_by_role("link", name="Tiếng Việt").click()  # pages still answer
        tab.wait_for_selector("html[lang=vi]")
        tab.wait_for_selector(".alive[lang=vi]")
        assert speaker("vi")("alive.cut_off") in tab.locator(".alive").inner_text()
        two.standby.promote()
        tab.wait_for_selector(".alive", state="detached", timeout=HEALED_MS)
        tab.wait_for_selector(".freshness[data-freshness=fresh]")
    finally:
        tab.close()
        centre.kill()


def _minute_before(hour: str) -> str:
    return (datetime.fromisoformat(f"2020-02-14T{hour}") - timedelta(minutes=1)).strftime("%H:%M")
