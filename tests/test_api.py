"""Programs that deliver, by raw HTTP to the product as it is served, on both engines."""

import json
import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import sqlalchemy as sa
from openapi_spec_validator import OpenAPIV31SpecValidator

import cli
from access.gate import Anybody, Program, Revoked, Rules, Screen
from app import create_app
from callbacks.delivering import delivered, taken
from callbacks.openapi import OPENAPI, description
from callbacks.spool import LARGEST
from data import programs, screens
from data.audit import entries, verify
from data.clock import now
from data.ingest import ingest
from data.refusal import Refusal
from data.refusal import told as told_of
from data.schema import LOGIN_TRY, OBSERVATION, PROGRAM_TOKEN
from data.scope import EVERYTHING
from data.sources.kinds import KINDS
from data.store import Store, open_store
from data.tokens import print_of
from data.wall_profiles import read_profiles
from i18n import LANGUAGES, speaker
from settings import KNOWN, Settings
from tests.api_client import CSV, PATH, Caller, Told, address, complaints, form, heard
from tests.browser import serving
from tests.data.bad_workbooks import WORKBOOKS
from tests.data.refusal_cases import (
    CASES,
    CELLS,
    STORED,
    STORED_ASSESSMENT,
    STORED_DIRECTIVE,
    STORED_MILESTONE,
    STORED_RECEIPT,
    STORED_REGIMES,
    STORED_SYSTEM,
    TEXTS,
    Case,
)
from tests.deliveries import OFFICIAL, counted, deliver, figure, target, written
from tests.engines import audit_rows, dump_hash

TODAY = "2020-02-14"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Codes of which a case is also sent to the server: of a text, of cells, of a workbook, and held.
BY_HTTP = ("E_QUOTE", "E_NUMBER", "E_ZIP", "W_JUMP")
#: No file of a process has this number.
NOT_OPEN = 99_999
_NUMBERS = count(12 * 1200)


@dataclass(frozen=True)
class Served:
    """The product on a store that holds what the cases of refusals take for granted, and a program of Ha Noi."""

    base: str
    store: Store
    log: Path
    token: str

    @property
    def caller(self) -> Caller:
        """The program of Ha Noi."""
        return Caller(self.base, self.token)

    def of(self, agency: str, days: int = 30) -> tuple[str, Caller]:
        """Another program, and its name."""
        name = f"chương trình {next(_NUMBERS)}"
        return name, Caller(self.base, programs.add(self.store, name, agency, days))

    @property
    def state(self) -> tuple[str, list[tuple[str, str]]]:
        """The store, and what its log says; when a token was last used, or tried in vain, is neither here nor
        there."""
        with self.store.writing() as connection:
            connection.execute(PROGRAM_TOKEN.update().values(used_at=None))
        return dump_hash(self.store, LOGIN_TRY.name), audit_rows(self.store)

    def tried_in_vain(self, why: str, name: str | None = None) -> list[dict[str, str]]:
        """What the log says of a token that is of no use, once it says so: a process of its own writes it."""
        until = time.monotonic() + 30
        while True:
            rows = [json.loads(detail) for action, detail in audit_rows(self.store) if action == "token refused"]
            found = [row for row in rows if (row["why"], row.get("program")) == (why, name)]
            if found or time.monotonic() > until:
                return found
            time.sleep(0.05)


@pytest.fixture(scope="module")
def api(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("api")
    fill(module_store, folder)
    token = programs.add(module_store, "Hà Nội", "01", 30)
    with serving(module_store.url, folder / "log", DEMO="off", TODAY=TODAY) as base:
        yield Served(base, module_store, folder / "log", token)


def fill(store: Store, folder: Path) -> None:
    for content, kind in (
        (STORED, "observations"),
        (STORED_DIRECTIVE, "directives"),
        (STORED_SYSTEM, "systems"),
        (STORED_MILESTONE, "milestones"),
        (STORED_ASSESSMENT, "assessments"),
        (STORED_REGIMES, "regimes"),
        (STORED_RECEIPT, "receipts"),
    ):
        deliver(store, folder, content, kind)


def new_period() -> str:
    """A month that no other test speaks of."""
    number = next(_NUMBERS)
    return f"{number // 12}-{number % 12 + 1:02}"


def fresh(value: str = "50", **cells: str) -> dict[str, str]:
    """A figure of Ha Noi of a month that no other test speaks of."""
    return figure(value, period=new_period()) | cells


def kept(store: Store, period: str) -> list[str]:
    """The values of all revisions of a period."""
    with store.reading() as snapshot:
        question = sa.select(OBSERVATION.c.value).where(OBSERVATION.c.period == period).order_by(OBSERVATION.c.id)
        return [str(value) for value in snapshot.execute(question).scalars()]


# What becomes of a delivery


def test_a_file_is_taken_and_the_same_again_is_known(api: Served) -> None:
    row = fresh()
    answer = api.caller.deliver(written(row))
    assert (answer.status, answer.body["result"]) == (200, "taken")
    counts = {"rows": 1, "new": 1, "corrected": 0, "same": 0, "identical_to": None}
    assert answer.body["files"] == [{"file": "body.csv"} | counts]
    assert answer.lines == ["body.csv: rows 1; new 1, corrected 0, known already 0"]
    assert kept(api.store, row["period"]) == ["50"]
    with api.store.reading() as snapshot:
        newest = list(entries(snapshot, EVERYTHING))[-1]
    assert (newest.actor, newest.action) == ("program Hà Nội", "ingest observations")
    again = api.caller.deliver(written(row))
    assert (again.status, again.body["result"]) == (200, "identical")
    assert again.lines[0].startswith("body.csv: this file was delivered before (submission ")
    assert again.body["files"][0]["identical_to"] is not None
    assert kept(api.store, row["period"]) == ["50"]


def test_the_files_of_a_form_are_taken_together_or_not_at_all(api: Served) -> None:
    first, second = fresh(), fresh("40")
    media, body = form(("một.csv", written(first)), ("folder/two.csv", written(second | {"value": "4O"})))
    before, log = api.state
    answer = api.caller.deliver(body, media=media)
    assert answer.status == 422
    assert answer.lines[0].startswith("two.csv, line 2, column 'value': '4O' is not a number")
    assert answer.lines[-1] == "Refused, troubles: 1, shown: 1; nothing stored"
    assert (api.state[0], len(audit_rows(api.store))) == (before, len(log) + 1)
    media, body = form(("một.csv", written(first)), ("two.csv", written(second)))
    answer = api.caller.deliver(body, media=media)
    assert (answer.status, [each["file"] for each in answer.body["files"]]) == (200, ["một.csv", "two.csv"])
    assert (kept(api.store, first["period"]), kept(api.store, second["period"])) == (["50"], ["40"])


def test_a_dry_run_stores_nothing_and_leaves_no_trace(api: Served) -> None:
    row = fresh()
    before = api.state
    answer = api.caller.deliver(written(row), dry_run="true")
    assert (answer.status, answer.body["result"]) == (200, "checked")
    assert answer.lines == [
        "body.csv: rows 1; would take new 1, corrected 0, known already 0 (dry run, nothing stored)"
    ]
    assert api.caller.deliver(written(row | {"value": "x"}), dry_run="1").status == 422
    assert api.state == before


def test_a_jump_is_held_until_it_is_confirmed(api: Served) -> None:
    first, second = counted("100", period=new_period()), counted("1100", period=new_period())
    assert api.caller.deliver(written(first), confirm="true").status == 200
    before, _ = api.state
    answer = api.caller.deliver(written(second))
    assert (answer.status, answer.body["result"], answer.codes) == (409, "held", {"W_JUMP"})
    assert answer.lines[-1] == "Held for confirmation, points: 1, shown: 1; nothing stored"
    assert api.state[0] == before
    assert api.caller.deliver(written(second), confirm="true").status == 200
    assert kept(api.store, second["period"]) == ["1100"]


def test_a_correction_needs_a_reason_and_is_in_the_log(api: Served) -> None:
    row = fresh()
    assert api.caller.deliver(written(row), confirm="true").status == 200
    changed = written(row | {"value": "51"})
    assert api.caller.deliver(changed).codes == {"E_CONFLICT"}
    assert api.caller.deliver(changed, reason="đính chính").status == 200
    assert kept(api.store, row["period"]) == ["50", "51"]
    _, detail = audit_rows(api.store)[-1]
    (correction,) = json.loads(detail)["corrections"]
    assert correction == {
        "key": f"DVC01/01/{row['period']}/GSO",
        "old": {"value": "50"},
        "new": {"value": "51"},
        "reason": "đính chính",
    }


def test_it_is_told_in_the_language_that_is_asked_for(api: Served) -> None:
    answers = {each: api.caller.deliver(written(fresh("x")), lang=each, dry_run="true") for each in LANGUAGES}
    assert "is not a number" in answers["en"].lines[0]
    assert answers["vi"].lines[-1] == "Từ chối: 1 lỗi, hiển thị 1; không lưu gì"


def test_a_name_of_a_file_is_told_without_folders_and_escaped(api: Served) -> None:
    media, body = form(("secret/a\tb\u202e.csv", written(fresh("x"))))
    answer = api.caller.deliver(body, media=media, dry_run="true")
    assert answer.body["problems"][0]["file"] == "a\\tb\\u202e.csv"


# Who may deliver what


@pytest.mark.parametrize("row", [figure(agency_code="01"), target(agency_code="01")], ids=["figure", "target"])
def test_a_program_of_one_agency_delivers_for_no_other(api: Served, row: dict[str, str]) -> None:
    kind = "targets" if "due" in row else "observations"
    _, other = api.of("40")
    before, _ = api.state
    row = row | {"due" if kind == "targets" else "period": new_period()}
    answer = other.deliver(written(row), kind)
    assert (answer.status, answer.codes) == (422, {"E_SCOPE"})
    assert api.state[0] == before


def test_what_belongs_to_everybody_is_delivered_by_no_program(api: Served) -> None:
    content = (Path(cli.__file__).parent / "data" / "reference" / "sources.csv").read_bytes()
    answer = api.caller.deliver(content + b"X,Y,Z,,,9\n", "sources", dry_run="true")
    assert (answer.status, answer.codes) == (422, {"E_SCOPE"})


def unauthorized(answer: Told) -> None:
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    told = "There is no token, or it cannot be used: it is wrong, has expired or was revoked."
    assert answer.body == {"result": "unauthorized", "told": [told]}


def test_without_a_token_that_is_of_use_nothing_is_taken_in_the_same_words(api: Served) -> None:
    gone, revoked = api.of("01")
    programs.revoke(api.store, gone)
    late, expired = api.of("01")
    with api.store.writing() as connection:
        named = PROGRAM_TOKEN.c.name == late
        connection.execute(PROGRAM_TOKEN.update().where(named).values(expires_at=now()))
    before = api.state
    content = written(fresh())
    for token in (None, "", "x", "x" * 200, "ễ", revoked.token, expired.token):
        caller = Caller(api.base, None)
        headers = {"Content-Type": CSV}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}".encode().decode("latin-1")
        unauthorized(caller.ask("POST", address("observations"), content, headers))
    basic = {"Content-Type": CSV, "Authorization": f"Basic {api.token}"}
    unauthorized(api.caller.ask("POST", address("observations"), content, basic))
    for path in (f"{PATH}/nothing?lang=en", f"{PATH}/?lang=en", f"{PATH}/observations?dry_run=perhaps&lang=en"):
        unauthorized(Caller(api.base, None).ask("POST", path, content, {}))
        unauthorized(Caller(api.base, None).ask("GET", path, None, {}))
    for why, name in (("unknown", None), ("revoked", gone), ("expired", late)):
        (row,) = api.tried_in_vain(why, name)
        assert row.keys() == {"why", "address", "at"} | ({"program"} if name else set())
        assert row["address"] == "127.0.0.1"
    stored, log = api.state
    assert stored == before[0]
    assert {action for action, _ in log[len(before[1]) :]} == {"token refused"}
    for token in (str(revoked.token), str(expired.token)):
        assert token not in f"{log}{api.log.read_text('utf-8')}" and print_of(token) not in str(log)


def test_a_token_is_of_no_use_from_the_moment_it_is_revoked(api: Served) -> None:
    name, caller = api.of("01")
    row = fresh()
    assert caller.deliver(written(row), confirm="true").status == 200
    programs.revoke(api.store, name)
    for _ in range(3):
        unauthorized(caller.deliver(written(row)))
    assert len(api.tried_in_vain("revoked", name)) == 1


def test_a_token_that_is_revoked_while_the_body_comes_stores_nothing(api: Served) -> None:
    name, caller = api.of("01")
    content = written(fresh())
    with closing(caller.begun(content[:50], length=len(content))) as opened:
        wait_until_read(api)
        programs.revoke(api.store, name)
        before, _ = api.state
        opened.sendall(content[50:])
        unauthorized(heard(opened))
    assert len(api.tried_in_vain("revoked", name)) == 1
    assert api.state[0] == before


def wait_until_read(api: Served) -> None:
    """Until the server has surely read what was sent before: it has answered something else since."""
    assert api.caller.deliver(b"", dry_run="true").codes == {"E_EMPTY_FILE"}


def test_cookies_are_ignored(api: Served) -> None:
    profile = next(iter(read_profiles(None)))
    cookie = screens.exchange(api.store, screens.add(api.store, f"hall {next(_NUMBERS)}", profile))
    content = written(fresh())
    with_cookie = {"Content-Type": CSV, "Cookie": f"screen={cookie}"}
    unauthorized(Caller(api.base, None).ask("POST", address("observations"), content, with_cookie))
    both = with_cookie | api.caller.headers()
    assert api.caller.ask("POST", address("observations", dry_run="true"), content, both).status == 200


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=["origin", "site"]
)
def test_a_page_of_another_site_delivers_nothing(api: Served, headers: dict[str, str]) -> None:
    before = api.state
    given = api.caller.headers(Content_Type=CSV) | headers
    assert api.caller.ask("POST", address("observations"), written(fresh()), given).status == 403
    assert api.state == before


def test_a_program_is_let_in_where_it_delivers_and_nobody_else_is() -> None:
    program = Program("p", "01")
    for rules in (Rules("a", True), Rules("a", False)):
        assert rules.opens(program, f"{PATH}/observations")
        assert not rules.takes(program, "reply", None)
        for path in ("/", "/wall", "/wall/a", "/ranking", "/table/board.xlsx", "/_dash-layout", OPENAPI, PATH):
            assert not rules.opens(program, path)
            assert not rules.answers(program, path, ())
        for who in (Anybody(), Screen("s", "a"), Revoked("s")):
            assert not rules.opens(who, f"{PATH}/observations")
        assert rules.opens(Anybody(), OPENAPI)
        assert not rules.opens(Screen("s", "a"), OPENAPI)


# How a call is put


def test_an_unknown_kind_is_a_404(api: Served) -> None:
    for kind in ("nothing", "", "observations/x", "Observations"):
        answer = api.caller.deliver(b"", kind)
        assert (answer.status, answer.body["result"]) == (404, "unknown_kind")
        assert answer.lines[0].endswith(", ".join(KINDS) + ".")


def test_files_are_delivered_with_post_alone(api: Served) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        answer = api.caller.deliver(b"", method=method)
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"dry_run": "yes"}, "'yes' cannot be the value of dry_run; write true or false."),
        ({"confirm": ""}, "'' cannot be the value of confirm; write true or false."),
        ({"dryrun": "true"}, "The address does not take 'dryrun'; it takes dry_run, confirm, reason and lang."),
        ({"lang": "fr"}, None),
        ({"reason": "a\0b"}, "The reason has to be 1 to 500 letters on one line."),
        ({"reason": "x" * 501}, "The reason has to be 1 to 500 letters on one line."),
    ],
)
def test_a_query_that_is_put_wrongly_stores_nothing(api: Served, query: dict[str, str], told: str | None) -> None:
    before = api.state
    answer = api.caller.deliver(written(fresh()), **query)
    assert (answer.status, answer.body["result"]) == (400, "wrong_call")
    assert told is None or answer.lines == [told]
    assert api.state == before


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b""),
        ("multipart/form-data; boundary=b", b"--b--\r\n"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n'),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"; filename="a.csv"'),
    ],
    ids=["no boundary", "nothing", "empty", "no file", "cut"],
)
def test_a_form_without_a_file_is_told(api: Served, media: str, body: bytes) -> None:
    before = api.state
    assert api.caller.deliver(body, media=media).status == 400
    assert api.state == before


def test_a_body_of_another_kind_is_refused_as_a_file_is(api: Served) -> None:
    content = written(fresh())
    assert api.caller.deliver(content, media="application/x-www-form-urlencoded").codes == {"E_CONTENT_TYPE"}
    assert api.caller.deliver(content, media=WORKBOOK).codes == {"E_CONTENT_TYPE"}
    assert api.caller.deliver(b"").codes == {"E_EMPTY_FILE"}


def test_a_body_that_is_too_large_is_not_read(api: Served) -> None:
    with closing(api.caller.begun(b"", length=LARGEST + 1)) as opened:
        answer = heard(opened)
    assert (answer.status, answer.lines) == (413, ["A delivery has 256 MiB at most; deliver in several."])


def test_every_other_path_takes_as_little_as_ever(api: Served) -> None:
    connection = HTTPConnection(urlsplit(api.base).netloc, timeout=30)
    headers = api.caller.headers() | {"Content-Type": "application/json", "Content-Length": str(256 * 1024 + 1)}
    connection.request("POST", "/_dash-update-component", None, headers)
    assert connection.getresponse().status == 413
    connection.close()


def test_a_body_of_more_than_256_kilobytes_is_taken(api: Served) -> None:
    rows = [fresh(note="ghi chú " * 60) for _ in range(700)]
    content = written(*rows)
    assert len(content) > 256 * 1024
    assert api.caller.deliver(content, dry_run="true", confirm="true").body["files"][0]["rows"] == 700
    media, body = form(("in.csv", content))
    assert api.caller.deliver(body, media=media, dry_run="true", confirm="true").body["files"][0]["new"] == 700


# What goes wrong on the way


@pytest.mark.parametrize("way", ["raw", "form", "chunked", "chunk"])
def test_a_connection_that_is_cut_leaves_nothing(api: Served, way: str) -> None:
    content = written(*(fresh() for _ in range(20)))
    media, body = form(("in.csv", content)) if way == "form" else (CSV, content)
    before = api.state
    if way.startswith("chunk"):
        part = f"{len(body):x}\r\n".encode() + body + b"\r\n"
        opened = api.caller.begun(part if way == "chunked" else part[:-40], media=media, confirm="true")
    else:
        opened = api.caller.begun(body[:-40], length=len(body), media=media, confirm="true")
    opened.shutdown(socket.SHUT_WR)
    with closing(opened):
        rest = b""
        while block := opened.recv(65_536):
            rest += block
    assert not rest.startswith(b"HTTP/1.1 200")
    assert (api.state[0], len(audit_rows(api.store))) == (before[0], len(before[1]))


def test_of_two_at_once_with_one_key_one_wins_and_the_other_is_told(api: Served) -> None:
    row = fresh()
    contents = [written(row | {"value": str(value)}) for value in (50, 60)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda content: api.caller.deliver(content, confirm="true"), contents))
    (won,) = [answer for answer in answers if answer.status == 200]
    (lost,) = [answer for answer in answers if answer.status != 200]
    assert won.body["result"] == "taken"
    assert lost.status == 503 or (lost.status, lost.codes) == (422, {"E_CONFLICT"})
    assert kept(api.store, row["period"]) == [("50", "60")[answers.index(won)]]


def test_more_deliveries_than_there_is_room_for_are_told_and_pages_go_on(api: Served) -> None:
    content = written(fresh())
    opened = [api.caller.begun(content[:9], length=len(content), dry_run="true") for _ in range(6)]
    try:
        for each in opened:
            each.settimeout(5)
        told: list[Told] = []
        until = time.monotonic() + 30
        while len(told) < 2 and time.monotonic() < until:
            for each in list(opened):
                each.settimeout(0.2)
                try:
                    each.recv(1, socket.MSG_PEEK)
                except TimeoutError:
                    continue
                each.settimeout(30)
                told.append(heard(each))
                opened.remove(each)
                each.close()
        assert len(told) >= 2
        assert {(each.status, each.body["result"], each.headers["Retry-After"]) for each in told} == {
            (503, "busy", "10")
        }
        connection = HTTPConnection(urlsplit(api.base).netloc, timeout=10)
        connection.request("GET", "/livez")
        assert connection.getresponse().status == 200
        connection.close()
        for each in opened:
            each.settimeout(60)
            each.sendall(content[9:])
        assert {heard(each).status for each in opened} == {200}
    finally:
        for each in opened:
            each.close()


def test_neither_a_token_nor_a_classified_cell_is_told_or_logged(api: Served) -> None:
    secret = figure("41.7", period=new_period(), note="Tuyệt mật", phrase="Đoàn 559")
    answer = api.caller.deliver(written(secret))
    assert (answer.status, answer.codes) == (422, {"E_CLASSIFIED"})
    assert answer.body["problems"][0]["value"] is None
    said = json.dumps(answer.body, ensure_ascii=False)
    logged = api.log.read_text("utf-8") + "".join(detail for _, detail in audit_rows(api.store))
    for word in ("Đoàn 559", "41.7", api.token):
        assert word not in said and word not in logged
    with api.store.reading() as snapshot:
        assert verify(snapshot).fault is None


@pytest.mark.parametrize("reason", ["Tuyệt mật", "[TỐI MẬT]", "TuyÖt mËt"])
def test_a_reason_that_bears_a_mark_is_neither_told_nor_logged(api: Served, reason: str) -> None:
    answer = api.caller.deliver(written(figure("41.7", period=new_period())), reason=reason)
    assert (answer.status, answer.codes) == (422, {"E_CLASSIFIED"})
    for lang in LANGUAGES:
        unknown = api.caller.ask("POST", f"{PATH}/{quote(reason)}?lang={lang}", b"", api.caller.headers())
        assert unknown.status == 404 and reason not in json.dumps(unknown.body, ensure_ascii=False)
    said = json.dumps(answer.body, ensure_ascii=False)
    assert reason not in said and reason not in api.log.read_text("utf-8")
    assert not [detail for _, detail in audit_rows(api.store) if reason in detail]


def test_where_the_store_cannot_be_reached_it_is_a_503(demonstration_url: str, tmp_path: Path) -> None:
    file = tmp_path / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    store = open_store(f"sqlite:///{file}")
    token = programs.add(store, "p", "01", 1)
    client = create_app(Settings.from_env({"DATABASE_URL": store.url, "DEMO": "on"})).server.test_client()
    bears = {"Authorization": f"Bearer {token}", "Content-Type": CSV}
    assert (
        client.post(address("observations", dry_run="true"), data=written(fresh()), headers=bears).status_code == 200
    )
    with store.writing():
        answer = client.post(address("observations"), data=written(fresh()), headers=bears)
    assert answer.json is not None
    assert (answer.status_code, answer.json["result"]) == (503, "unavailable"), "somebody else writes"
    store.close()
    for each in tmp_path.glob("centre.db*"):
        each.rename(each.with_suffix(".gone"))
    answer = client.post(address("observations"), data=written(fresh()), headers=bears)
    assert answer.json is not None
    assert (answer.status_code, answer.json["result"]) == (503, "unavailable")
    assert str(tmp_path) not in answer.text and complaints(503, answer.json) == []


# The refusals of the command line


def of_each_code() -> Iterator[Case]:
    """The first case of each code that a program of Ha Noi meets at the clock of the tests."""
    seen = set()
    books = (Case(code, rule, line, column, raw, name="in.xlsx") for code, rule, line, column, raw in WORKBOOKS)
    for case in (*TEXTS, *CELLS, *books):
        if (
            case.code not in seen
            and case.content is not None
            and case.delivery is OFFICIAL
            and case.rule != "published"
        ):
            seen.add(case.code)
            yield case


@pytest.mark.parametrize("case", list(of_each_code()), ids=str)
def test_a_program_is_told_what_the_command_line_tells(
    case: Case, api: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for known in KNOWN:
        monkeypatch.delenv(known.name, raising=False)
    for name, value in {"DATABASE_URL": api.store.url, "TODAY": TODAY, "LANGUAGE": "en"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    assert case.content is not None
    Path(case.name).write_bytes(case.content)
    before, _ = api.state
    capsys.readouterr()
    code = cli.main(["ingest", case.kind, case.name, "--dry-run"])
    lines = capsys.readouterr().err.splitlines()
    status = 409 if case.code.startswith("W_") else 422
    assert code == (3 if status == 409 else 1)
    # The process of a delivery, asked here, for it takes a second to start; some cases go by HTTP.
    with Path(case.name).open("rb") as opened:
        asked = conditions(api) | {"kind": case.kind, "files": [[opened.fileno(), case.name]]}
        answer = delivered(asked)
    assert answer == {"status": status, "body": answer["body"]}
    assert (answer["body"]["told"], complaints(status, answer["body"])) == (lines, [])
    if case.code in BY_HTTP:
        media, body = form((case.name, case.content))
        assert api.caller.deliver(body, case.kind, media=media).body == answer["body"]
    assert api.state[0] == before


def conditions(api: Served) -> dict[str, object]:
    """What the door tells the process of a delivery."""
    given = {"program": "Hà Nội", "agency": "01", "token_sha256": print_of(api.token), "language": "en"}
    given |= {"database_url": api.store.url, "today": TODAY}
    return given | {"demo": False, "dry_run": False, "confirm": False, "reason": ""}


@pytest.fixture(scope="module")
def settled(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    fill(module_store, tmp_path_factory.mktemp("settled"))
    return module_store


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_refusal_is_answered_in_the_words_of_the_command_line(
    case: Case, settled: Store, tmp_path: Path
) -> None:
    path = tmp_path / case.name
    if case.content is not None:
        path.write_bytes(case.content)
    with pytest.raises(Refusal) as caught:
        ingest(case.kind, [(path, case.name)], settled, case.delivery)
    with ExitStack() as stack:
        number = NOT_OPEN if case.content is None else stack.enter_context(path.open("rb")).fileno()
        for language in LANGUAGES:
            say = speaker(language)
            asked = {"kind": case.kind, "files": [[number, case.name]], "language": language}
            answer = taken(asked, settled, case.delivery)
            assert answer["status"] == (409 if case.code.startswith("W_") else 422)
            body = answer["body"]
            assert body["total"] == caught.value.total
            assert body["told"][:-1] == [told_of(each, say) for each in caught.value.problems]
            assert complaints(answer["status"], body) == []
            assert [problem["code"] for problem in body["problems"]] == [each.code for each in caught.value.problems]
            for problem in body["problems"]:
                assert problem["message"].endswith(f"[{problem['code']}]")


# The description


def test_the_description_is_valid_and_served_to_whoever_may_enter(api: Served) -> None:
    connection = HTTPConnection(urlsplit(api.base).netloc, timeout=30)
    connection.request("GET", OPENAPI)
    answer = connection.getresponse()
    served = json.loads(answer.read())
    connection.close()
    assert (answer.status, answer.getheader("Content-Type")) == (200, "application/json")
    assert served == description()
    OpenAPIV31SpecValidator(served).validate()


def test_an_answer_that_is_not_as_described_is_seen() -> None:
    right = {"result": "refused", "total": 1, "told": ["x"], "problems": []}
    assert complaints(422, right) != []
    assert complaints(401, {"result": "unauthorized"}) != []
    assert complaints(401, {"result": "unauthorized", "told": ["x"], "more": 1}) != []
    assert complaints(401, {"result": "unauthorized", "told": ["x"]}) == []
