"""What Prometheus is told, and who is told anything; through the application without a browser."""

import ast
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from app import create_app
from callbacks import gate, prometheus
from callbacks.prometheus import kind_of
from data import people, screens, sessions
from data.ingest import ingest
from data.person_roles import Role
from data.refusal import Held, Refusal
from data.sources.kinds import KINDS
from data.store import Store, StoreError, open_store
from data.vitals import LOGINS, RESULTS, Watch
from data.wall_profiles import read_profiles
from layouts.navigation import SCREENS
from settings import Settings
from tests.browser import question
from tests.deliveries import OFFICIAL, deliver, figure, letter, written
from tests.test_lists import modules, tree_of

PROFILE = next(iter(read_profiles(None)))
TOKEN = "t" * 32
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}
PASSWORD = "a long enough password"
KINDS_OF_PATHS = {kind for kind, _ in prometheus._KINDS} | {"page", "unknown"}
SECONDS = "centre_request_seconds_count"


def samples(text: str) -> Iterator[tuple[str, dict[str, str], float]]:
    for family in text_string_to_metric_families(text):
        for each in family.samples:
            yield each.name, dict(each.labels), float(each.value)


def sample(text: str, name: str, **labels: str) -> float | None:
    """The value of one metric with these labels; None where it is not told."""
    found = [value for known, having, value in samples(text) if known == name and having == labels]
    assert len(found) < 2
    return found[0] if found else None


@pytest.fixture
def kept(demonstration_url: str, tmp_path: Path) -> Iterator[Store]:
    """A demonstration of one's own."""
    file = tmp_path / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    with closing(open_store(f"sqlite:///{file}")) as opened:
        yield opened


def client_of(url: str, **given: str) -> FlaskClient:
    made: FlaskClient = create_app(
        Settings.from_env({"DATABASE_URL": url, "DEMO": "on"} | given)
    ).server.test_client()
    return made


@pytest.fixture
def client(kept: Store) -> FlaskClient:
    return client_of(kept.url)


def told(client: FlaskClient, **given: Any) -> str:
    answer = client.get("/metrics", **given)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    return answer.get_data(as_text=True)


# Who may know


def test_programs_of_this_machine_may_know(client: FlaskClient) -> None:
    for address in ("127.0.0.1", "127.9.9.9", "::1"):
        assert "centre_store_up 1.0" in told(client, environ_base={"REMOTE_ADDR": address})
    assert client.get("/metrics").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["203.0.113.7", "10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "", "unknown"])
def test_to_others_it_is_no_path(client: FlaskClient, address: str) -> None:
    refused = client.get("/metrics", environ_base={"REMOTE_ADDR": address})
    unknown = client.get("/metricz", environ_base={"REMOTE_ADDR": address})
    assert (refused.status_code, unknown.status_code) == (404, 404)
    assert refused.data.replace(b"/metrics", b"/metricz") == unknown.data


def test_a_program_from_elsewhere_bears_the_token(kept: Store) -> None:
    bare, given = client_of(kept.url), client_of(kept.url, METRICS_TOKEN=TOKEN)
    for authorization, status in (
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Bearer {TOKEN[:-1]}", 404),
        ("Bearer ", 404),
        ("Bearer ü", 404),
        (TOKEN, 404),
        ("Basic dDp0", 404),
        ("", 404),
    ):
        headers = {"Authorization": authorization.encode("utf-8").decode("latin-1")}
        assert given.get("/metrics", headers=headers, environ_base=ELSEWHERE).status_code == status
        assert bare.get("/metrics", headers=headers, environ_base=ELSEWHERE).status_code == 404
    # A program of this machine needs none; one that shows a wrong one is told nothing either.
    assert given.get("/metrics").status_code == 200
    assert given.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
def test_a_proxy_nobody_told_of_does_not_let_everybody_in(client: FlaskClient, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_else_is_taken(client: FlaskClient, method: str) -> None:
    assert b"centre_" not in client.open("/metrics", method=method).data


def test_a_screen_is_told_its_wall_and_not_this(client: FlaskClient, kept: Store) -> None:
    token = screens.add(kept, "hall", PROFILE)
    assert client.post(gate.ENROL, json={"token": token}).status_code == 204
    assert client.get("/metrics").status_code == 403


# What is counted


def test_requests_are_counted_by_kind_and_status(client: FlaskClient) -> None:
    def counts() -> dict[tuple[str, str], float]:
        found = samples(told(client))
        return {(having["kind"], having["status"]): value for name, having, value in found if name == SECONDS}

    before = counts()
    client.get("/")
    client.get("/province/40")
    client.get("/province/98")
    client.get("/nobody-knows-this")
    client.get("/static/nothing.js")
    client.post("/_dash-update-component", json=question("/", ""))
    client.post("/_dash-update-component", json=question("/", ""), headers={"Origin": "https://elsewhere.example"})
    client.get("/table/ranking.csv")
    client.get("/livez")
    after = counts()
    assert {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)} == {
        ("page", "200"): 2,
        ("page", "404"): 1,
        ("unknown", "404"): 1,
        ("file", "404"): 1,
        ("question", "200"): 1,
        ("question", "403"): 1,
        ("table", "200"): 1,
        ("alive", "200"): 1,
        ("metrics", "200"): 1,
    }


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *((path, "wall" if name == "wall" else "page") for name, path in SCREENS),
        *((path, "page") for path in ("/indicator/DVC01", "/province/40", "/ministry/BNV", "/methods")),
        *((path, "alive") for path in ("/livez", "/readyz", "/heartbeat")),
        *((path, "frame") for path in ("/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_x")),
        *((path, "table") for path in ("/table/board.csv", "/table/ranking/board.xlsx")),
        *((path, "unknown") for path in ("", "x", "/x", "/metrics/", "/metrics\n", "/%00", "/wall/A", "/table/x")),
        ("/_dash-update-component", "question"),
        ("/static/x", "file"),
        ("/dossier/1.docx", "dossier"),
        ("/wall/enrol", "enrolment"),
        ("/metrics", "metrics"),
        ("/api/v1/ingest/x", "program"),
        ("/api/", "program"),
    ],
)
def test_each_path_is_of_one_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind


def test_what_warms_a_worker_is_not_counted(client: FlaskClient) -> None:
    def files() -> float:
        return sample(told(client), SECONDS, kind="frame", status="200") or 0

    before = files()
    client.get("/_dash-layout", environ_base={prometheus.UNCOUNTED: "1"})
    client.get("/_dash-layout", headers={prometheus.UNCOUNTED: "1", "Centre-Uncounted": "1"})
    assert files() == before + 1


def test_a_trouble_with_a_reference_is_counted_without_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = "part %s of %s failed [%s]"

    def troubles() -> float:
        return sample(told(client), "centre_log_lines_total", level="error", words=words) or 0

    def fails(*_: Any, **__: Any) -> Any:
        raise ValueError("a secret")

    before = troubles()
    monkeypatch.setattr("callbacks.router.freshness", fails)
    client.post("/_dash-update-component", json=question("/", "?lang=en"))
    assert [record.msg for record in caplog.records] == [words]
    assert troubles() == before + 1
    assert "a secret" not in told(client)


def test_no_line_of_the_log_puts_a_name_in_its_words() -> None:
    found = list(_logged())
    assert len(found) > 10
    assert [ast.unparse(node) for node in found if not isinstance(node.args[0], ast.Constant)] == []


# What is seen of the store


def test_deliveries_are_counted_by_what_became_of_them(store: Store, tmp_path: Path) -> None:
    watch = Watch(store)
    before = watch.look().deliveries
    deliver(store, tmp_path, written(figure()))
    with pytest.raises(Refusal):
        deliver(store, tmp_path, written(figure("many")))
    with pytest.raises(Held):
        deliver(store, tmp_path, written(figure("99", period="2020-01")))
    # Whoever writes words of ours into the name of a file is not believed.
    (tmp_path / "letters.csv").write_bytes(written(letter(agency_code="nobody")))
    with pytest.raises(Refusal):
        ingest("letters", [(tmp_path / "letters.csv", '","result":"held","x":"')], store, OFFICIAL)
    for seen in (watch.look(), Watch(store).look()):
        grown = {key: seen.deliveries[key] - before[key] for key in before if seen.deliveries[key] != before[key]}
        assert grown == {
            ("observations", "taken"): 1,
            ("observations", "refused"): 1,
            ("observations", "held"): 1,
            ("letters", "refused"): 1,
        }
    assert {kind for kind, _ in before} == set(KINDS)
    assert {result for _, result in before} == set(RESULTS)


def test_tries_to_sign_in_sessions_and_screens_are_counted(store: Store) -> None:
    watch = Watch(store)
    people.add(store, "anna", Role.PM_OFFICE, None, None)
    people.give_password(store, "anna", PASSWORD)
    token = sessions.log_in(store, "anna", PASSWORD, "203.0.113.7")
    sessions.log_in(store, "anna", PASSWORD, "203.0.113.7")
    for _ in range(6):
        with suppress(StoreError):
            sessions.log_in(store, "anna", "not this one", "203.0.113.7")
    screens.add(store, "hall", PROFILE)
    screens.exchange(store, screens.add(store, "room", PROFILE))
    seen = watch.look()
    assert seen.logins == {"succeeded": 2, "failed": 5, "throttled": 1}
    assert set(seen.logins) == set(LOGINS.values())
    assert (seen.sessions, seen.screens) == (2, 1)
    sessions.log_out(store, token)
    screens.revoke(store, "room")
    assert (watch.look().sessions, watch.look().screens) == (1, 0)
    assert watch.look().logins == seen.logins


def test_another_store_at_the_address_is_counted_from_its_beginning(store: Store, tmp_path: Path) -> None:
    watch = Watch(store)
    deliver(store, tmp_path, written(figure()))
    seen = watch.look()
    watch._read += 1_000
    assert watch.look() == seen


def test_a_store_that_cannot_be_read_is_told_and_nothing_else_of_it(client: FlaskClient, kept: Store) -> None:
    whole = told(client)
    for name in (
        "centre_data_version",
        "centre_last_delivery_timestamp_seconds",
        "centre_sessions",
        "centre_screens",
    ):
        assert sample(whole, name) is not None
    assert (sample(whole, "centre_data_age_seconds") or -1) >= 0
    gone = client_of(kept.url)
    kept.close()
    Path(kept.url.removeprefix("sqlite:///")).unlink()
    text = told(gone)
    assert sample(text, "centre_store_up") == 0
    told_of = {name for name, _, _ in samples(text) if not name.startswith(("centre_request", "centre_log"))}
    assert told_of == {"centre_store_up", "centre_build_info"}


def test_no_label_holds_what_somebody_wrote(client: FlaskClient, kept: Store) -> None:
    people.add(kept, "secretname", Role.PM_OFFICE, None, None)
    with suppress(StoreError):
        sessions.log_in(kept, "secretname", "wrong", "198.51.100.9")
    screens.add(kept, "secretname", PROFILE)
    for path in ("/secretname", "/static/secretname", "/api/secretname", "/province/secretname", "/wall/secretname"):
        client.open(
            path, method="SECRETNAME", headers={"User-Agent": "secretname", "X-Forwarded-For": "198.51.100.9"}
        )
        client.get(path)
    text = told(client)
    assert "secretname" not in text.lower()
    assert "198.51.100.9" not in text
    words = {str(node.args[0].value) for node in _logged()}
    allowed = {
        "kind": KINDS_OF_PATHS | set(KINDS),
        "result": set(RESULTS) | set(LOGINS.values()),
        "status": {str(status) for status in range(200, 600)},
        "level": {"warning", "error"},
        "words": words,
    }
    for _, labels, _ in samples(text):
        for name, value in labels.items():
            assert name in ("le", "build", "schema") or value in allowed[name]


def _logged() -> Iterator[Any]:
    """Every call that writes a line of the log."""
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_LOG."):
                yield node
