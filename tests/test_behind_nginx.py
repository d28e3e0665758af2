"""The product as an operator puts it up: nginx of deploy/ with TLS, gunicorn, PostgreSQL with its two roles."""

import json
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import RemoteDisconnected
from pathlib import Path
from urllib.request import Request, urlopen

import psycopg
import pytest
from playwright.sync_api import BrowserContext

from data import stock
from data.store import open_store
from data.wall_profiles import read_profiles
from tests.browser import CHROMIUM, FLAGS, ROOT, drawn, environment, question, serving, watched
from tests.deliveries import figure, written
from tests.engines import Server
from tests.front import NAME, NAMED, Answer, Front, asked, fronted
from tests.test_prometheus import sample

pytestmark = pytest.mark.alone
PROFILE = next(iter(read_profiles(None)))
OWN = f"/wall/{PROFILE}"
ENROL = "/wall/enrol"
ASK = "/_dash-update-component"
OWNER, READER = "centre", "centre_reader"
TOKEN = "t" * 43
#: A look at the store serves every page for less.
SEEN_SECONDS = 5
HSTS = "Strict-Transport-Security"
#: What whoever asks could write to pass for somebody else.
FORGED = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/elsewhere",
    "X-Real-IP": "127.0.0.1",
    "Forwarded": "for=127.0.0.1;proto=http;host=elsewhere.example",
}


@dataclass(frozen=True)
class Put:
    """Everything of it: what stands in front, where the product itself is, its settings, its log."""

    front: Front
    base: str
    settings: dict[str, str]
    log: Path

    def call(self, *arguments: str) -> str:
        """What a call of the command line tells; fails the test where it fails."""
        given = dict(self.settings)
        done = subprocess.run(
            [sys.executable, "cli.py", *arguments],
            cwd=ROOT,
            env=environment(given.pop("DATABASE_URL"), **given),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def put(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Put]:
    with _database(postgresql) as url:
        settings = {
            "DATABASE_URL": url.replace("postgres@", f"{OWNER}@"),
            "READER_URL": url.replace("postgres@", f"{READER}@"),
            "SECRET_KEY": "k" * 64,
            "DEMO": "off",
            "LANGUAGE": "en",
            "TODAY": "2020-02-14",
            "WALL_ACCESS": "enrolled",
            "TRUSTED_PROXIES": "1",
            "METRICS_TOKEN": TOKEN,
        }
        log = tmp_path_factory.mktemp("put") / "log"
        Put(Front(0, 0, log, log), "", settings, log).call("migrate")
        with closing(open_store(settings["DATABASE_URL"])) as store:
            stock.published_figures(store)
        given = dict(settings)
        with serving(given.pop("DATABASE_URL"), log, **given) as base, fronted(base) as front:
            yield Put(front, base, settings, log)


@contextmanager
def _database(server: Server) -> Iterator[str]:
    """The address of a database with its two roles, made as docs/operations.md says."""
    with psycopg.connect(server.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        for statement in (
            f"CREATE ROLE {OWNER} LOGIN",
            f"CREATE ROLE {READER} LOGIN",
            f"CREATE DATABASE {OWNER} OWNER {OWNER} TEMPLATE template0",
        ):
            connection.execute(statement.encode())
        try:
            yield server.url(OWNER)
        finally:
            server.drop(OWNER)
            for role in (OWNER, READER):
                connection.execute(f"DROP ROLE {role}".encode())


@pytest.fixture(scope="module")
def by_name(browser: BrowserContext) -> Iterator[BrowserContext]:
    """A browser of its own that knows the name, and takes a certificate of its own word."""
    assert browser.browser is not None
    flags = [flag for flag in FLAGS if not flag.startswith("--host-resolver-rules")]
    program = browser.browser.browser_type.launch(executable_path=CHROMIUM, args=[*flags, NAMED])
    context = program.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", ignore_https_errors=True
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()
    program.close()


def screen(put: Put, address: str) -> Answer:
    body = json.dumps(question(address, "?lang=en")).encode()
    return asked(put.front, ASK, "POST", body, {"Content-Type": "application/json", "Origin": put.front.origin})


# Over TLS


@pytest.mark.parametrize(
    "path", ["/", "/ranking", "/directives", "/livez", "/nothing", "/static/nothing", "/metrics"]
)
def test_every_answer_says_once_that_only_tls_leads_here(put: Put, path: str) -> None:
    answer = asked(put.front, path)
    assert answer.headers.get_all(HSTS) == ["max-age=31536000"]
    assert answer.headers["Server"] == "nginx"
    assert answer.status == (200 if path in ("/", "/ranking", "/directives", "/livez") else 404)


def test_figures_are_read_with_the_role_that_only_reads(put: Put) -> None:
    answer = screen(put, "/")
    assert answer.status == 200
    assert b"data-figure" in answer.body
    assert asked(put.front, "/readyz").body == b"ok"


def test_what_is_sent_is_compressed_once_and_files_are_kept_for_ever(put: Put) -> None:
    page = asked(put.front, "/", headers={"Accept-Encoding": "br, gzip"})
    assert page.headers.get_all("Content-Encoding") == ["br"]
    plain = asked(put.front, "/").body.decode()
    file = plain.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert file.startswith("/static/")
    answer = asked(put.front, file, headers={"Accept-Encoding": "br"})
    assert (answer.status, answer.headers.get_all("Content-Encoding")) == (200, ["br"])
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/ranking?lang=en&at=2019-08-01", "/wall", "/metrics"])
def test_without_tls_one_is_led_to_it(put: Put, path: str) -> None:
    answer = asked(put.front, path, tls=False)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}{path}")
    assert HSTS not in answer.headers


def test_who_asks_for_another_name_is_told_nothing(put: Put) -> None:
    with pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"):
        asked(put.front, "/", name="elsewhere.example")
    with pytest.raises(RemoteDisconnected):
        asked(put.front, "/", name="elsewhere.example", tls=False)


@pytest.mark.parametrize(
    ("version", "taken"), [("tls1", False), ("tls1_1", False), ("tls1_2", True), ("tls1_3", True)]
)
def test_only_versions_of_tls_that_hold_are_spoken(put: Put, version: str, taken: bool) -> None:
    call = ["openssl", "s_client", f"-{version}", "-connect", f"127.0.0.1:{put.front.secure}", "-servername", NAME]
    # Without this the client itself would refuse the old ones, and nothing would be known of the server.
    done = subprocess.run(
        [*call, "-cipher", "DEFAULT@SECLEVEL=0"], input="", capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode == 0) is taken, done.stderr
    assert taken or "alert protocol version" in done.stderr


# Who is believed


def test_a_form_of_this_origin_is_taken_and_of_no_other(put: Put) -> None:
    body = json.dumps(question("/", "")).encode()

    def status(origin: str, **more: str) -> int:
        headers = {"Content-Type": "application/json", "Origin": origin, **more}
        return asked(put.front, ASK, "POST", body, headers).status

    assert status(put.front.origin) == 200
    assert status(put.front.origin, **FORGED) == 200
    for origin in (
        put.front.origin.replace("https", "http"),
        f"https://{NAME}",
        "https://elsewhere.example",
        "null",
    ):
        assert status(origin) == 403
    assert status("https://elsewhere.example", **FORGED) == 403


def test_nobody_reads_metrics_from_outside(put: Put) -> None:
    for headers in ({}, FORGED, {"Authorization": f"Bearer {TOKEN}"}):
        assert asked(put.front, "/metrics", headers=headers).status == 404
    for path in ("//metrics", "/metrics/", "/%6detrics", "/x/../metrics", "/METRICS", "/metrics?x"):
        answer = asked(put.front, path, headers=FORGED)
        assert answer.status == 404
        assert b"centre_" not in answer.body


def test_both_workers_count_together_what_came_through(put: Put) -> None:
    def counted() -> tuple[float, float]:
        text = metrics(put)
        requests = [
            sample(text, "centre_request_seconds_count", kind=kind, status="404") for kind in ("page", "unknown")
        ]
        return requests[0] or 0, requests[1] or 0

    pages, unknown = counted()
    for number in range(40):
        assert asked(put.front, f"/nothing/{number}").status == 404
    assert counted() == (pages, unknown + 40)


def test_the_metrics_of_the_store_are_those_of_postgresql(put: Put) -> None:
    text = metrics(put)
    assert sample(text, "centre_store_up") == 1
    assert (sample(text, "centre_deliveries_total", kind="observations", result="taken") or 0) >= 1
    assert sample(text, "centre_standby_cut_off") is None


def metrics(put: Put) -> str:
    """What Prometheus reads from another machine, by the token alone."""
    request = Request(f"{put.base}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(request, timeout=10) as answer:
        return str(answer.read().decode())


# What is too much


def test_a_body_that_is_too_large_is_refused_before_it_is_sent_on(put: Put) -> None:
    large = b"x" * (256 * 1024 + 1)
    assert asked(put.front, ASK, "POST", large).status == 413
    assert asked(put.front, "/api/v1/other", "POST", large).status == 413
    # Deliveries may be larger; what is not there is not there all the same.
    assert asked(put.front, "/api/v1/ingest/observations", "POST", large).status != 413


@pytest.mark.parametrize(("path", "guesser"), [(ENROL, "127.0.1.1"), ("/login", "127.0.1.2")])
def test_who_guesses_is_slowed_at_their_address_and_nobody_else(put: Put, path: str, guesser: str) -> None:
    statuses = [asked(put.front, path, "POST", b"{}", FORGED, from_address=guesser).status for _ in range(20)]
    assert statuses.index(429) >= 11
    assert asked(put.front, path, "POST", b"{}", from_address="127.0.1.9").status != 429
    assert asked(put.front, "/livez", from_address=guesser).status == 200


# Screens


@pytest.mark.parametrize("path", ["/", "/ranking", "/directives", "/systems", "/methods"])
def test_a_real_browser_complains_of_nothing(put: Put, by_name: BrowserContext, path: str) -> None:
    with watched(by_name, put.front.origin) as page:
        page.goto(f"{put.front.origin}{path}?lang=en")
        drawn(page, path.removeprefix("/") or "overview")
        with page.expect_response("**/heartbeat") as beat:
            pass
        assert beat.value.status == 200
        assert page.locator(".alive").count() == 0
        assert page.evaluate("() => window.isSecureContext")


def test_a_wall_is_shown_to_its_screen_by_a_cookie_of_this_host_alone(put: Put, by_name: BrowserContext) -> None:
    assert asked(put.front, OWN).status == 403
    told = put.call("screen", "add", "Hall", "--profile", PROFILE)
    token = told.partition("#enrol=")[2].split()[0]
    sent = json.dumps({"token": token}).encode()
    headers = {"Content-Type": "application/json", "Origin": put.front.origin, **FORGED}
    enrolled = asked(put.front, ENROL, "POST", sent, headers, from_address="127.0.3.1")
    assert enrolled.status == 204
    (cookie,) = enrolled.headers.get_all("Set-Cookie") or []
    name, value = cookie.split(";")[0].split("=", 1)
    assert name == "__Host-screen"
    assert {part.strip() for part in cookie.split(";")[1:]} >= {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert asked(put.front, OWN, headers={"Cookie": f"__Host-screen={value}"}).status == 200
    assert asked(put.front, "/ranking", headers={"Cookie": f"__Host-screen={value}"}).status == 403

    place = {"name": name, "value": value, "url": put.front.origin, "httpOnly": True, "secure": True}
    by_name.add_cookies([place])  # type: ignore[list-item]  # a dictionary is what it takes
    try:
        with watched(by_name, put.front.origin) as page:
            page.goto(f"{put.front.origin}{OWN}?lang=en")
            page.wait_for_selector("[data-scene] .wall-answers")
            with page.expect_response("**/heartbeat") as beat:
                pass
            assert beat.value.json()["screen"] == "Hall"
            assert page.locator("[data-figure]").count() > 0
    finally:
        by_name.clear_cookies()


def test_a_delivery_by_the_command_line_is_seen_over_tls(put: Put, tmp_path: Path) -> None:
    def data() -> str:
        return str(json.loads(asked(put.front, "/heartbeat").body)["data"])

    before = data()
    file = tmp_path / "figures.csv"
    file.write_bytes(written(figure()))
    put.call("ingest", "observations", str(file))
    until = time.monotonic() + SEEN_SECONDS
    while data() == before and time.monotonic() < until:
        time.sleep(0.1)
    assert int(data()) > int(before)
