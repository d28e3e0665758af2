"""The product as an operator puts it up: nginx of deploy/ with TLS, gunicorn, PostgreSQL with its two roles."""

import json
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import RemoteDisconnected
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import psycopg
import pytest
from playwright.sync_api import BrowserContext

from callbacks.spool import LARGEST
from data import people, sessions, stock
from data.store import Store, open_store
from data.wall_profiles import read_profiles
from i18n import speaker
from tests.api_client import CSV, Told, address, told
from tests.browser import CHROMIUM, FLAGS, ROOT, drawn, environment, question, serving, watched
from tests.deliveries import figure, written
from tests.engines import Server, audit_rows
from tests.front import NAME, NAMED, Answer, Front, asked, fronted
from tests.people import PASSWORD, PEOPLE, sign_in
from tests.test_matrix import PATHS, granted
from tests.test_prometheus import sample

pytestmark = pytest.mark.alone
PROFILE = next(iter(read_profiles(None)))
OWN = f"/wall/{PROFILE}"
ENROL = "/wall/enrol"
ASK = "/_dash-update-component"
OWNER, ONLY_READS = "centre", "centre_reader"
TOKEN = "t" * 43
#: A look at the store serves every page for less.
SEEN_SECONDS = 5
HSTS = "Strict-Transport-Security"
SESSION = "__Host-sid"
#: Who looks, and whose cookie stands for it that nobody has to sign in each time.
READER = "pm"
#: What a program may send, as nginx is told.
MOST_SENT = 512 * 1024 * 1024
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
    """Everything of it: what stands in front, where the product itself is, its settings, its log, the cookie of
    READER."""

    front: Front
    base: str
    settings: dict[str, str]
    log: Path
    cookie: str = ""

    def call(self, *arguments: str, typed: str = "") -> str:
        """What a call of the command line tells, given what is typed; fails the test where it fails."""
        given = dict(self.settings)
        done = subprocess.run(
            [sys.executable, "cli.py", *arguments],
            cwd=ROOT,
            env=environment(given.pop("DATABASE_URL"), **given),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, as its owner."""
        with closing(open_store(self.settings["DATABASE_URL"])) as opened:
            yield opened

    def seen(self, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
        """What READER is answered, who sends what there is of a body."""
        bears = {**(headers or {}), "Cookie": f"{SESSION}={self.cookie}"}
        return asked(self.front, path, "GET" if body is None else "POST", body, bears)


@pytest.fixture(scope="module")
def put(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Put]:
    with _database(postgresql) as url:
        settings = {
            "DATABASE_URL": url.replace("postgres@", f"{OWNER}@"),
            "READER_URL": url.replace("postgres@", f"{ONLY_READS}@"),
            "SECRET_KEY": "k" * 64,
            "DEMO": "off",
            "LANGUAGE": "en",
            "TODAY": "2020-02-14",
            "AUTH": "local",
            "WALL_ACCESS": "enrolled",
            "TRUSTED_PROXIES": "1",
            "METRICS_TOKEN": TOKEN,
        }
        log = tmp_path_factory.mktemp("put") / "log"
        bare = Put(Front(0, 0, log, log), "", settings, log)
        bare.call("migrate")
        with bare.store() as store:
            stock.published_figures(store)
            people.add(store, READER, *PEOPLE[READER])
            people.give_password(store, READER, PASSWORD)
            cookie = sessions.log_in(store, READER, PASSWORD, "127.0.0.1")
        given = dict(settings)
        with serving(given.pop("DATABASE_URL"), log, **given) as base, fronted(base) as front:
            yield Put(front, base, settings, log, cookie)


@contextmanager
def _database(server: Server) -> Iterator[str]:
    """The address of a database with its two roles, made as docs/operations.md says."""
    with psycopg.connect(server.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        for statement in (
            f"CREATE ROLE {OWNER} LOGIN",
            f"CREATE ROLE {ONLY_READS} LOGIN",
            f"CREATE DATABASE {OWNER} OWNER {OWNER} TEMPLATE template0",
        ):
            connection.execute(statement.encode())
        try:
            yield server.url(OWNER)
        finally:
            server.drop(OWNER)
            for role in (OWNER, ONLY_READS):
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


@contextmanager
def bearing(browser: BrowserContext, put: Put, name: str, value: str) -> Iterator[None]:
    """While the browser has a cookie of this host."""
    cookie = {"name": name, "value": value, "url": put.front.origin, "httpOnly": True, "secure": True}
    browser.add_cookies([cookie])  # type: ignore[list-item]  # a dictionary is what it takes
    try:
        yield
    finally:
        browser.clear_cookies()


def screen(put: Put, path: str, cookie: str | None = None, **query: str) -> Answer:
    """What the page of a screen is answered, to READER or to whose cookie it is."""
    body = json.dumps(question(path, f"?{urlencode({'lang': 'en'} | query)}")).encode()
    headers = {"Content-Type": "application/json", "Origin": put.front.origin}
    headers["Cookie"] = f"{SESSION}={put.cookie if cookie is None else cookie}"
    return asked(put.front, ASK, "POST", body, headers)


# Over TLS


@pytest.mark.parametrize(
    "path", ["/", "/ranking", "/directives", "/livez", "/nothing", "/static/nothing", "/metrics"]
)
def test_every_answer_says_once_that_only_tls_leads_here(put: Put, path: str) -> None:
    answer = put.seen(path)
    assert answer.headers.get_all(HSTS) == ["max-age=31536000"]
    assert answer.headers["Server"] == "nginx"
    assert answer.status == (200 if path in ("/", "/ranking", "/directives", "/livez") else 404)


def test_figures_are_read_with_the_role_that_only_reads(put: Put) -> None:
    answer = screen(put, "/")
    assert answer.status == 200
    assert b"data-figure" in answer.body
    assert asked(put.front, "/readyz").body == b"ok"


def test_what_is_sent_is_compressed_once_and_files_are_kept_for_ever(put: Put) -> None:
    page = put.seen("/", {"Accept-Encoding": "br, gzip"})
    assert page.headers.get_all("Content-Encoding") == ["br"]
    plain = put.seen("/").body.decode()
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
        return put.seen(ASK, {"Content-Type": "application/json", "Origin": origin, **more}, body).status

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
        answer = put.seen(path, FORGED)
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
        assert put.seen(f"/nothing/{number}").status == 404
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
    with bearing(by_name, put, SESSION, put.cookie), watched(by_name, put.front.origin) as page:
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

    with bearing(by_name, put, name, value), watched(by_name, put.front.origin) as page:
        page.goto(f"{put.front.origin}{OWN}?lang=en")
        page.wait_for_selector("[data-scene] .wall-answers")
        with page.expect_response("**/heartbeat") as beat:
            pass
        assert beat.value.json()["screen"] == "Hall"
        assert page.locator("[data-figure]").count() > 0


def test_a_delivery_by_the_command_line_is_seen_over_tls(put: Put, tmp_path: Path) -> None:
    def data() -> str:
        return str(json.loads(put.seen("/heartbeat").body)["data"])

    before = data()
    file = tmp_path / "figures.csv"
    file.write_bytes(written(figure()))
    put.call("ingest", "observations", str(file))
    until = time.monotonic() + SEEN_SECONDS
    while data() == before and time.monotonic() < until:
        time.sleep(0.1)
    assert int(data()) > int(before)


# People


def entered(put: Put, name: str, password: str, from_address: str, wanted: str = "/", **more: str) -> Answer:
    """What is answered to whoever sends the form of the door."""
    form = urlencode({"name": name, "password": password, "next": wanted}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": put.front.origin, **more}
    return asked(put.front, "/login", "POST", form, headers, from_address=from_address)


def test_a_person_signs_in_sees_what_their_role_may_and_signs_out(put: Put) -> None:
    role, agency = PEOPLE["leader"]
    assert agency is not None
    put.call("person", "add", "leader", "--role", str(role), "--agency", agency)
    put.call("person", "password", "leader", typed=f"{PASSWORD}\n")
    door = asked(put.front, f"/province/{agency}?lang=vi")
    assert (door.status, door.headers["Location"]) == (302, f"/login?lang=vi&next=%2Fprovince%2F{agency}%3Flang%3Dvi")
    answer = entered(put, "leader", PASSWORD, "127.0.4.1", f"/province/{agency}", **FORGED)
    assert (answer.status, answer.headers["Location"]) == (303, f"/province/{agency}")
    (cookie,) = answer.headers.get_all("Set-Cookie") or []
    (name, value), *parts = (part.strip().split("=") for part in cookie.split(";"))
    assert (name, len(value)) == (SESSION, 43)
    assert sorted(parts) == [["HttpOnly"], ["Path", "/"], ["SameSite", "Lax"], ["Secure"]]

    bears = {"Cookie": f"{name}={value}"}
    seen = {path: asked(put.front, path, headers=bears).status for each in PATHS.values() for path, _ in each}
    right = {
        path: 200 if granted(f"screen/{screen}", "leader", whose) else 403
        for screen, each in PATHS.items()
        for path, whose in each
    }
    assert seen == right and set(right.values()) == {200, 403}
    assert b"data-figure" in screen(put, "/ranking", value).body
    other = screen(put, "/province/01", value)
    assert other.status == 403 and b"data-" not in other.body
    # Only under the name that a browser takes over TLS and of no other host.
    assert asked(put.front, "/ranking", headers={"Cookie": f"sid={value}"}).status == 302

    out = asked(put.front, "/logout?lang=en", "POST", b"", bears | {"Origin": put.front.origin})
    assert (out.status, out.headers["Location"]) == (303, "/login?lang=en")
    assert re.match(rf"{SESSION}=; .*Secure", str(out.headers["Set-Cookie"]))
    assert asked(put.front, "/ranking", headers=bears).status == 302
    assert screen(put, "/ranking", value).status == 401


def test_who_guesses_a_password_is_throttled_at_their_own_address(put: Put) -> None:
    with put.store() as store:
        people.add(store, "guessed", *PEOPLE["minister"])
        people.give_password(store, "guessed", PASSWORD)
    guesser, person = "127.0.5.1", "127.0.5.2"
    answers = [entered(put, "guessed", f"sai lần {number} rồi đó", guesser) for number in range(4)]
    answers.append(entered(put, "guessed", "sai lần nữa rồi đó", guesser, **FORGED))
    answers.append(entered(put, "guessed", PASSWORD, guesser))
    assert {(each.status, each.body) for each in answers} == {(401, answers[0].body)}
    # Nor does it help to say that one is somebody else.
    assert entered(put, "guessed", PASSWORD, guesser, **FORGED | {"X-Forwarded-For": person}).status == 401
    assert entered(put, "guessed", PASSWORD, person).status == 303
    with put.store() as store:
        rows = [(step, json.loads(told)) for step, told in audit_rows(store) if '"person":"guessed"' in told]
    tries = [(step, each["address"]) for step, each in rows if "address" in each]
    assert tries == [*[("person login failed", guesser)] * 5, ("person throttled", guesser), ("person login", person)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_person_signs_in_by_typing_and_nothing_is_said_on_the_console(
    put: Put, by_name: BrowserContext, language: str
) -> None:
    said: list[str] = []
    try:
        with watched(by_name, put.front.origin) as page:
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"{put.front.origin}/?lang={language}")
            assert page.locator("html").get_attribute("lang") == language
            assert page.title() == speaker(language)("login.window")
            sign_in(page, READER)
            drawn(page)
            assert page.url == f"{put.front.origin}/?lang={language}"
            with page.expect_response("**/heartbeat") as beat:
                pass
            assert beat.value.json()["person"] == page.locator(".account").get_attribute("data-person")
            assert page.locator("[data-figure]").count() > 0
            (cookie,) = by_name.cookies()
            assert (cookie["name"], cookie["secure"], cookie["httpOnly"], cookie["path"], cookie["expires"]) == (
                *(SESSION, True, True, "/"),
                -1,
            )
            assert page.evaluate("() => document.cookie") == ""
            page.goto(f"{put.front.origin}/account?lang={language}")
            page.locator("form[action^='/logout'] button").click()
            page.wait_for_selector("main[data-screen=login]")
            assert by_name.cookies() == []
    finally:
        by_name.clear_cookies()
    assert said == []


# Programs


def delivered(put: Put, token: str, body: bytes, from_address: str = "127.0.6.1", **headers: str) -> Told:
    """What a program is told of what it delivers with a token."""
    bears = {"Authorization": f"Bearer {token}", "Content-Type": CSV, **headers}
    path = address("observations", confirm="true")
    answer = asked(put.front, path, "POST", body, bears, from_address=from_address)
    return told(answer.status, answer.body, dict(answer.headers.items()))


@pytest.fixture(scope="module")
def token(put: Put) -> str:
    """That of a program of the province of the leader."""
    printed = put.call("token", "add", "Cổng dữ liệu", "--agency", "40", "--days", "1")
    (found,) = re.findall(r"[\w-]{43}", printed)
    return str(found)


def test_what_a_program_delivers_is_on_the_screen(put: Put, token: str) -> None:
    row = figure("47.3", agency_code="40", period="2020-01", published="2020-02-10")

    def shown() -> bool:
        return b"47.3" in screen(put, "/province/40", period=row["period"]).body

    assert not shown()
    assert delivered(put, "x" * 43, written(row)).status == 401
    answer = delivered(put, token, written(row))
    assert (answer.status, answer.body["result"], answer.body["files"][0]["new"]) == (200, "taken", 1)
    until = time.monotonic() + SEEN_SECONDS
    while not shown() and time.monotonic() < until:
        time.sleep(0.1)
    assert shown()
    assert delivered(put, token, written(row | {"agency_code": "01"})).codes == {"E_SCOPE"}


def test_a_token_of_no_use_is_a_401_and_a_row_of_where_it_came_from(put: Put) -> None:
    printed = put.call("token", "add", "Cổng cũ", "--agency", "40", "--days", "1")
    (old,) = re.findall(r"[\w-]{43}", printed)
    put.call("token", "revoke", "Cổng cũ")
    for wrong in ("x" * 43, old):
        answer = delivered(put, wrong, written(figure()), "127.0.6.2", **FORGED)
        assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    with put.store() as store:
        until = time.monotonic() + 30
        while len(rows := refused(store, "127.0.6.2")) < 2 and time.monotonic() < until:
            time.sleep(0.1)
    assert rows == {("unknown", None), ("revoked", "Cổng cũ")}


def refused(store: Store, from_address: str) -> set[tuple[str, str | None]]:
    """Why tokens from an address were of no use, and whose they were."""
    rows = [json.loads(detail) for action, detail in audit_rows(store) if action == "token refused"]
    return {(row["why"], row.get("program")) for row in rows if row["address"] == from_address}


def test_a_delivery_that_is_too_large_is_refused(put: Put, token: str) -> None:
    # Nginx goes by what it is promised, and knows no words of ours.
    bears = {"Authorization": f"Bearer {token}", "Content-Type": CSV, "Content-Length": str(MOST_SENT + 1)}
    assert asked(put.front, address("observations"), "POST", b"x", bears).status == 413
    answer = delivered(put, token, bytes(LARGEST + 1))
    assert (answer.status, answer.body["result"]) == (413, "too_large")
