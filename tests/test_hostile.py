"""What is sent by whoever means ill: scripts, forged questions, SQL, formulas, headers, paths. None succeeds."""

import csv
import io
import json
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from dash import Dash
from flask.testing import FlaskClient
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page

from app import create_app
from data.store import Store, open_store
from settings import Settings
from tests.browser import PAINTED, callback_body, question, serving
from tests.deliveries import deliver, directive, figure, letter, source, written
from tests.engines import dump_hash

ASK = "/_dash-update-component"
#: Each sets `window.hit` where it runs.
SCRIPTS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    '"><img src=x onerror=window.hit=1>',
    "'><img src=x onerror=window.hit=1>",
    "' autofocus onfocus='window.hit=1",
    '" autofocus onfocus="window.hit=1',
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<details open ontoggle=window.hit=1>",
    "<style>@import 'javascript:window.hit=1'</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.hit=1>",
    "<a href='javascript:window.hit=1' id=bait>x</a>",
    "javascript:window.hit=1",
    "data:text/html,<script>parent.hit=1</script>",
    "{{constructor.constructor('window.hit=1')()}}",
    "${window.hit=1}",
    "&lt;img src=x onerror=window.hit=1&gt;",
    "%3Cimg src=x onerror=window.hit=1%3E",
    "＜img src=x onerror=window.hit=1＞",
    "\\u003cimg src=x onerror=window.hit=1\\u003e",
    "<!--><img src=x onerror=window.hit=1>-->",
    "]]><img src=x onerror=window.hit=1>",
)
#: Names that are read of an address.
NAMES = (
    *("indicator", "period", "at", "edition", "theme", "region", "pin", "lang", "scene", "figure", "table", "sort"),
    *(
        "entry",
        "list",
        "regime",
        "system",
        "directive",
        "owner",
        "standing",
        "since",
        "map",
        "group",
        "measure",
        "level",
    ),
)
#: Trees and components in the place of words: none may be drawn as one.
COMPONENTS: tuple[Any, ...] = (
    {"type": "Script", "namespace": "dash_html_components", "props": {"children": "window.hit=1"}},
    {
        "props": {"dangerouslySetInnerHTML": {"__html": SCRIPTS[2]}},
        "type": "Div",
        "namespace": "dash_html_components",
    },
    {"type": "Iframe", "namespace": "dash_html_components", "props": {"srcDoc": SCRIPTS[0]}},
    ["script", {}, "window.hit=1"],
    ["img", {"src": "x", "onError": "window.hit=1", "onerror": "window.hit=1"}],
    {"__html": SCRIPTS[2]},
    {"constructor": {"prototype": {"hit": 1}}, "__proto__": {"hit": 1}},
)
SQL = (
    "' OR '1'='1",
    "'; DROP TABLE observation; --",
    '" OR ""="',
    "1; DELETE FROM submission",
    "VN' UNION SELECT name, 1 FROM person --",
    "\\'; SELECT pg_sleep(5); --",
    "%' AND 1=(SELECT COUNT(*) FROM person) --",
    "x') OR 1=1 /*",
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1", '=HYPERLINK("http://x","y")', "=cmd|'/c calc'!A0")


@pytest.fixture(scope="module")
def app(demonstration_url: str) -> Dash:
    return create_app(Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on"}))


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    found: FlaskClient = app.server.test_client()
    return found


# Scripts in an address

#: What Dash makes anew for each document.
_ANEW = re.compile(r'"end_id":"[^"]*"')


@pytest.mark.parametrize("script", SCRIPTS, ids=range(len(SCRIPTS)))
def test_no_document_repeats_a_script_of_its_address(client: FlaskClient, script: str) -> None:
    bare = _ANEW.sub("", client.get("/").text)
    for name in NAMES:
        assert _ANEW.sub("", client.get(f"/?{name}={quote(script)}").text) == bare, name
    for path in (f"/{quote(script)}", f"/province/{quote(script)}", f"/indicator/{quote(script)}"):
        found = client.get(path)
        assert found.status_code == 404
        assert "<img src=x" not in found.text and "<svg" not in found.text and "<script>window" not in found.text


@pytest.fixture(scope="module", params=[False, True], ids=["policy", "no-policy"])
def bait(browser: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on which nothing of ours may set `hit`, with the policy of the product and without any."""
    program = browser.browser
    assert program is not None
    context = program.new_context(bypass_csp=request.param)
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    yield page
    context.close()


def hit(page: Page) -> bool:
    """Whether a script ran that is not ours; what could be clicked or focused was."""
    page.evaluate("() => document.querySelectorAll('#bait').forEach((each) => each.click())")
    page.evaluate("() => document.querySelectorAll('[autofocus]').forEach((each) => each.focus())")
    page.wait_for_timeout(50)
    return bool(page.evaluate("() => 'hit' in window || 'hit' in ({})"))


def test_the_bait_is_taken_where_a_script_does_run(bait: Page, request: pytest.FixtureRequest) -> None:
    bait.goto("about:blank")
    bait.set_content(f"<p>{SCRIPTS[2]}</p>")
    assert hit(bait), "else no other test here could fail"


@pytest.mark.parametrize("path", ["/", "/ranking", "/directives", "/usage", "/wall", "/nowhere"])
def test_no_script_of_an_address_runs(bait: Page, served: str, path: str) -> None:
    every = "&".join(f"{name}={quote(script)}" for name, script in zip(NAMES, SCRIPTS, strict=True))
    turned = "&".join(f"{name}={quote(script)}" for name, script in zip(NAMES, SCRIPTS[::-1], strict=True))
    for query in (every, turned):
        bait.goto(f"{served}{path}?{query}")
        bait.wait_for_selector("main")
        bait.evaluate(PAINTED)
        assert not hit(bait), query


# Scripts in what was delivered


@pytest.fixture(scope="module")
def poisoned(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product on a demonstration into whose words scripts were delivered wherever words may stand."""
    folder = tmp_path_factory.mktemp("poisoned")
    file = folder / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    store = open_store(f"sqlite:///{file}")
    try:
        poison(store, folder)
    finally:
        store.close()
    with serving(f"sqlite:///{file}", folder / "log", DEMO="on") as base:
        yield base


def poison(store: Store, folder: Path) -> None:
    for number, script in enumerate(SCRIPTS):
        deliver(store, folder, written(source(code=f"X{number}", title=script, publisher=script)), "sources")
    deliver(
        store,
        folder,
        written(
            *(
                figure(
                    str(number),
                    agency_code=f"{number + 1:02}",
                    period="2019-11",
                    source=f"X{number}",
                    phrase=script,
                    note=script,
                    source_ref=script,
                )
                for number, script in enumerate(SCRIPTS)
                if f"{number + 1:02}" in PROVINCES
            )
        ),
    )
    tasks = [
        directive(code=f"X{number:02}", name_vi=script, name_en=script, owner_words=script, phrase=script)
        for number, script in enumerate(SCRIPTS)
    ]
    deliver(store, folder, written(*tasks), "directives")
    words = [
        letter(subject=f"X{number:02}", words=script, sent_by=script, document=script)
        for number, script in enumerate(SCRIPTS)
    ]
    deliver(store, folder, written(*words), "letters")


#: Codes of provinces among the first numbers.
PROVINCES = {"01", "02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "22", "24"}


@pytest.mark.parametrize(
    "path",
    [
        "/directives",
        "/directives?directive=X00",
        "/directives?directive=X02",
        "/directives?directive=X13",
        "/dossier?entry=all",
        "/indicator/DVC01?period=2019-11",
        "/?figure=DVC01/01/2019-11",
        "/?figure=DVC01/04/2019-11",
        "/methods",
        "/wall?scene=tasks",
    ],
)
def test_no_script_that_was_delivered_runs(bait: Page, poisoned: str, path: str) -> None:
    bait.goto(poisoned + path)
    bait.wait_for_selector("main[data-screen]:not([data-screen=loading])")
    bait.evaluate(PAINTED)
    assert not hit(bait)
    addresses = bait.evaluate("() => [...document.querySelectorAll('[href], [src]')].map((e) => e.href || e.src)")
    assert not [each for each in addresses if str(each).startswith(("javascript:", "data:text"))]


# Questions that no page of ours asks


@pytest.mark.parametrize("component", COMPONENTS, ids=range(len(COMPONENTS)))
def test_no_component_is_drawn_from_what_a_browser_sent(client: FlaskClient, component: Any) -> None:
    places = [
        callback_body(component),
        callback_body({"path": component, "search": "", "number": 1, "shown": {}}),
        callback_body({"path": "/", "search": component, "number": 1, "shown": {}}),
        callback_body({"path": "/", "search": "", "number": component, "shown": {}}),
        callback_body({"path": "/", "search": "", "number": 1, "shown": component}),
        callback_body({"path": "/", "search": "", "number": 1, "shown": {"frame": component}}),
    ]
    for body in places:
        found = client.post(ASK, json=body)
        assert found.status_code in (200, 204, 403), body
        assert "window.hit" not in found.text and "__html" not in found.text


def test_only_what_our_page_asks_is_passed_to_a_callback(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    right = question("/", "")
    assert client.post(ASK, json=right).status_code == 200
    forged: list[Any] = [
        right | {"output": "screen.asked"},
        right | {"output": "..screen.answer...screen.receipt.."},
        right | {"output": None},
        right | {"outputs": [{"id": "screen", "property": "answer"}] * 2},
        right | {"outputs": {"id": "x", "property": "children"}},
        right | {"inputs": []},
        right | {"inputs": right["inputs"] * 2},
        right | {"inputs": [{"id": {"type": "x", "index": "ALL"}, "property": "asked", "value": {}}]},
        right | {"inputs": [{"id": "screen", "property": "sent", "value": {}}]},
        right | {"state": [{"id": "screen", "property": "asked", "value": {}}]},
        [right],
        "x",
    ]
    with caplog.at_level(logging.ERROR):
        for body in forged:
            assert client.post(ASK, json=body).status_code == 400, body
    assert not caplog.records, "whoever sends it fills no log"
    for changed in ([], ["pathname.asked"], ["screen.sent"], None, 7):
        assert client.post(ASK, json=right | {"changedPropIds": changed}).status_code in (200, 400, 500)


FOREIGN: tuple[dict[str, str], ...] = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost@evil.example"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "http://localhost:81"},
)


@pytest.mark.parametrize("foreign", FOREIGN, ids=range(len(FOREIGN)))
def test_no_page_of_another_origin_sends_anything(client: FlaskClient, foreign: dict[str, str]) -> None:
    assert client.post(ASK, json=question("/", ""), headers=foreign).status_code == 403
    for path in ("/login", "/logout", "/wall/enrol", "/api/v1/ingest/observations"):
        assert client.post(path, data={"name": "x"}, headers=foreign).status_code in (401, 403, 404), path
    found = client.post(ASK, data=json.dumps(question("/", "")), content_type="text/plain")
    assert found.status_code == 415, "what a form of another page could send without being asked"


# SQL


@pytest.mark.parametrize("words", SQL)
def test_no_words_are_read_as_sql(client: FlaskClient, demonstration_url: str, words: str) -> None:
    store = open_store(demonstration_url)
    before = dump_hash(store)
    for name in NAMES:
        assert client.post(ASK, json=question("/", f"?{name}={quote(words)}")).status_code == 200, name
    for path in ("/province/", "/ministry/", "/indicator/", "/usage/40/"):
        assert client.get(path + quote(words, safe="")).status_code == 404
        assert client.post(ASK, json=question(path + quote(words, safe=""), "")).status_code in (200, 204)
    assert client.get(f"/table/ranking/table.csv?indicator={quote(words)}").status_code == 200
    assert dump_hash(store) == before
    store.close()


# Formulas


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_of_an_export_is_a_formula(demonstration_url: str, tmp_path: Path, formula: str) -> None:
    file = tmp_path / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    store = open_store(f"sqlite:///{file}")
    word = formula.strip("\t")
    deliver(store, tmp_path, written(directive(code="X01", name_vi=word, name_en=word)), "directives")
    served = create_app(Settings.from_env({"DATABASE_URL": store.url, "DEMO": "on"})).server.test_client()
    cells = [
        cell
        for row in csv.reader(io.StringIO(served.get("/table/directives/register.csv").data.decode("utf-8-sig")))
        for cell in row
    ]
    assert [cell for cell in cells if word in cell], "it is told"
    assert not [cell for cell in cells if cell.lstrip().startswith(word)]
    book = load_workbook(io.BytesIO(served.get("/table/directives/board.xlsx").data))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    texts = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.data_type == "s"]
    assert "f" not in kinds
    assert [each for each in texts if word in each]
    assert not [each for each in texts if each.startswith(word)]
    store.close()


# Headers and paths


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "%0d%0a", "%0a", "\u2028", "嘊嘍"])
def test_nothing_of_a_request_becomes_a_header(client: FlaskClient, ending: str) -> None:
    words = f"vi{ending}Set-Cookie: hit=1{ending}{ending}<script>window.hit=1</script>"
    addresses = (
        f"/?lang={quote(words, safe='%')}",
        f"/login?next={quote('/' + words, safe='%')}",
        f"/table/ranking/table.csv?lang={quote(words, safe='%')}",
        f"/table/ranking/table.csv?indicator={quote(words, safe='%')}",
        f"/{quote(words, safe='%')}",
    )
    for address in addresses:
        found = client.get(address)
        assert "hit=1" not in "".join(found.headers.getlist("Set-Cookie"))
        assert not [value for _, value in found.headers if "\r" in value or "\n" in value]


def test_no_answer_names_a_host_that_a_request_told(client: FlaskClient) -> None:
    told = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    for path in ("/", "/nowhere", "/login", "/table/ranking/table.csv", "/heartbeat"):
        found = client.get(path, headers=told)
        assert "evil.example" not in found.text
        assert not [value for _, value in found.headers if "evil.example" in value]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/....//app.py",
        "/static/..\\app.py",
        "/static/%252e%252e/app.py",
        "/static//etc/passwd",
        "/static/x/../../../../etc/passwd",
        "/table/../../settings.py/board.csv",
        "/table/..%2f..%2fapp/board.csv",
        "/assets/screen.js",
        "/_dash-component-suites/dash/../../app.py",
        "/_dash-component-suites/dash/%2e%2e/%2e%2e/app.py",
        "/console",
        "/.git/config",
        "/.env",
        "/var/centre.db",
        "/app.py",
        "//evil.example/x",
        "/\\evil.example",
        "/%00",
        "/%c0%ae%c0%ae/etc/passwd",
    ],
)
def test_no_path_leads_to_a_file_of_ours(client: FlaskClient, path: str) -> None:
    found = client.get(path)
    assert found.status_code in (308, 404), path
    assert "import" not in found.text
    assert "root:" not in found.text
    assert not found.headers.get("Location", "").startswith(("//", "http://evil", "https://evil"))


# Where something broke


def test_what_broke_is_told_by_a_number_that_the_log_knows(
    demonstration_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = create_app(Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on"}))

    def broken(*_: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setitem(made.server.view_functions, "heart", broken)
    monkeypatch.setitem(made.server.view_functions, next(iter(_page_views(made))), broken)
    client = made.server.test_client()
    for path in ("/heartbeat", "/"):
        caplog.clear()
        found = client.get(path)
        assert found.status_code == 500
        (record,) = [each for each in caplog.records if each.name == "centre"]
        reference = str(record.args[1]) if isinstance(record.args, tuple) else ""
        assert len(reference) == 8
        assert reference in found.text
        assert "the inside" not in found.text
        assert "Traceback" not in found.text
    assert "the inside" in caplog.text


def _page_views(made: Dash) -> Iterator[str]:
    """The views that answer a page of the product."""
    for rule in made.server.url_map.iter_rules():
        if rule.rule == "/":
            yield rule.endpoint
