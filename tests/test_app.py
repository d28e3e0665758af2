"""The application without a browser: which paths there are, what every answer carries, and what falls back."""

import json
import logging
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from access.viewer import ANYBODY
from app import create_app
from callbacks import bundle, router
from callbacks import overview as overview_callback
from callbacks.filters import read_address
from callbacks.router import answer
from data.clock import machine_today
from data.periods import parse_day
from data.store import Store, StoreError
from i18n import speaker
from layouts import ids
from layouts import overview as overview_layout
from layouts.shell import shell
from settings import Settings
from tests.browser import callback_body, question
from tests.trees import Trees, nodes_of, sent


@pytest.fixture(scope="module")
def app(settings: Settings) -> Dash:
    return create_app(settings)


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    made: FlaskClient = app.server.test_client()
    return made


def words_of(tree: Any) -> str:
    """Every text of a tree."""
    return " ".join(str(child) for node in nodes_of(tree) for child in node[2:] if not isinstance(child, list))


def words_in(trees: Trees) -> str:
    """Every text of a screen."""
    return " ".join(words_of(tree) for tree in trees.values())


def main_of(trees: Trees) -> dict[str, Any]:
    """The marks of the `main` of a screen."""
    found: dict[str, Any] = next(node[1] for node in nodes_of(trees["frame"]) if node[0] == "main")
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/index.html",
        "/indicator/DVC99",
        "/../settings.py",
        "/assets",
        "/.git/config",
        "/province/99",
        "/%00",
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_unknown_path_is_a_404_with_a_page(client: FlaskClient, path: str, language: str) -> None:
    answer = client.get(path, query_string={"lang": language})
    say = speaker(language)
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.text
    assert f"<h1>{say('not_found.title')}</h1>" in answer.text
    assert say("not_found.home") in answer.text


def test_the_page_of_an_unknown_path_repeats_no_markup(client: FlaskClient) -> None:
    answer = client.get("/<script>alert(1)</script>", query_string={"lang": "<b>"})
    assert answer.status_code == 404
    assert "<script" not in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/assets/base.css",
        "/static/nothing.css",
        "/static/../settings.py",
        "/static/",
        "/_favicon.ico",
        "/_dash-component-suites/dash/dcc/dash_core_components.js",
        "/_dash-component-suites/dash/nothing.js",
        "/_dash-component-suites/nothing/x.js",
        "/_dash-component-suites/dash/../../settings.py",
        "/_dash-component-suites/",
        "/_dash-nothing",
    ],
)
def test_an_unknown_file_is_a_404_and_tells_nothing(client: FlaskClient, path: str) -> None:
    answer = client.get(path, buffered=True)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert "/site-packages/" not in answer.text


def files_of(client: FlaskClient) -> list[str]:
    """The addresses of the files that the page names."""
    return re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/").text)


@pytest.mark.parametrize(
    ("path", "borders"),
    [
        ("/", "map63"),
        ("/ranking?edition=34", "map34"),
        ("/province/40", "map63"),
        ("/wall", "map63"),
        *(
            (path, None)
            for path in ("/wall/far", "/reports", "/methods", "/?theme=economy", "/compare?pin=40&pin=46")
        ),
    ],
)
def test_only_a_screen_with_a_map_fetches_borders_ahead(client: FlaskClient, path: str, borders: str | None) -> None:
    ahead = re.findall(r'rel="preload" href="[^"]*/geo/(map[0-9]+)', client.get(path).text)
    assert ahead == ([borders] if borders else [])


@pytest.mark.parametrize("path", ["/static/…", "/_dash-layout", "/_dash-dependencies", "/heartbeat"])
def test_what_is_no_page_may_load_nothing_and_is_for_us_alone(client: FlaskClient, path: str) -> None:
    path = files_of(client)[0] if "…" in path else path
    headers = client.get(path, buffered=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "text/html" not in headers["Content-Type"]


@pytest.mark.parametrize("path", ["/", "/ranking", "/nothing", "/province/99"])
def test_every_page_carries_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    assert headers["Content-Type"].startswith("text/html")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert rules["frame-ancestors"] == "'none'"
    assert not re.search(r"https?:|\*", headers["Content-Security-Policy"]), "nothing is fetched from elsewhere"


def test_what_holds_figures_is_not_kept_by_a_browser(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert client.get("/_dash-layout").headers["Cache-Control"] == "no-store"
    assert client.get("/nothing").headers["Cache-Control"] == "no-store"


def test_a_file_of_the_page_is_kept_for_ever_and_sent_compressed(client: FlaskClient) -> None:
    files = files_of(client)
    assert len(files) >= 6
    for path in files:
        answered = client.get(path, buffered=True, headers={"Accept-Encoding": "br"})
        assert answered.status_code == 200
        rules = answered.headers["Cache-Control"]
        assert "immutable" in rules
        assert int(re.findall(r"max-age=(\d+)", rules)[0]) >= 365 * 24 * 3600
        assert (answered.headers.get("Content-Encoding") == "br") == path.endswith((".js", ".css", ".svg", ".json"))


def test_a_file_has_another_address_once_a_byte_of_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bundle.prepare(tmp_path / "kept")
    assert bundle.prepare(tmp_path / "kept") == first
    assets = Path(shutil.copytree(bundle.ASSETS, tmp_path / "assets"))
    (assets / "base.css").write_text("a { color: red }", "utf-8")
    monkeypatch.setattr(bundle, "ASSETS", assets)
    second = bundle.prepare(tmp_path / "kept")
    assert second.root != first.root
    assert (first.folder / bundle.STYLE).read_bytes() != (second.folder / bundle.STYLE).read_bytes()
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == sorted(
        [first.folder.name, second.folder.name]
    )


def test_what_is_answered_to_a_question_is_sent_compressed(client: FlaskClient) -> None:
    asked = {"path": "/", "search": "", "number": 1, "shown": {}}
    answered = client.post("/_dash-update-component", json=callback_body(asked), headers={"Accept-Encoding": "br"})
    assert answered.headers["Content-Encoding"] == "br"
    assert len(answered.data) < 30_000


def test_every_script_of_the_page_comes_from_here(client: FlaskClient) -> None:
    page = client.get("/").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) > 5
    assert [address for address in addresses if not address.startswith(("/", "data:image/svg+xml,"))] == []


def test_what_is_served_before_anything_is_asked_holds_no_figure(client: FlaskClient) -> None:
    layout = client.get("/_dash-layout").text
    assert "data-figure" not in layout
    assert "data-derived" not in layout
    said = words_of(json.loads(shell(speaker("vi"), "/").answer)["trees"]["frame"])
    assert "Đang tải số liệu" in said
    assert not re.search(r"\d", said), said


def test_a_request_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post("/_dash-update-component", data=b"{" + b" " * 300_000, content_type="application/json")
    assert answer.status_code == 413
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"output":"x","outputs":[],"inputs":[]}'])
def test_a_broken_request_tells_nothing_of_the_inside(client: FlaskClient, body: str) -> None:
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code >= 400
    assert "Traceback" not in answer.text
    assert "/site-packages/" not in answer.text


def test_every_id_is_in_the_shell_and_every_callback_uses_these(app: Dash) -> None:
    known = {value for name, value in vars(ids).items() if name.isupper()}
    assert known == {shell(speaker("vi"), "/").id}
    used = set()
    for output, callback in app.callback_map.items():
        used |= {each.split(".")[0] for each in output.strip(".").split("...")}
        used |= {each["id"] for each in (*callback["inputs"], *callback["state"])}
    assert used == known
    assert app.callback_map, "no callback is registered"


@pytest.mark.parametrize(
    "asked",
    [
        None,
        "",
        [],
        {},
        {"path": "/", "search": "", "number": 1},
        {"path": 5, "search": "", "number": 1, "shown": {}},
        {"path": "/", "search": None, "number": 1, "shown": {}},
        {"path": "/", "search": "", "number": "1", "shown": {}},
        {"path": "/", "search": "", "number": 1, "shown": []},
        {"path": "/nothing", "search": "", "number": 1, "shown": {}},
        {"path": "/" * 5_000, "search": "", "number": 1, "shown": {}},
    ],
)
def test_what_no_page_of_ours_asks_is_not_answered(client: FlaskClient, asked: object) -> None:
    answered = client.post("/_dash-update-component", json=callback_body(asked))
    assert answered.status_code == 204
    assert answered.data == b""


def test_an_address_that_cannot_be_used_falls_back_and_says_so(held: Store, settings: Settings) -> None:
    trees = sent(held, settings, "/?indicator=XX99&period=1999-13&at=31/12&lang=de&map=x&group=y&colour=2")
    said = words_of(trees["notices"])
    assert trees["panel"] == []
    say = speaker("vi")
    for name, value in (
        ("indicator", "XX99"),
        ("period", "1999-13"),
        ("at", "31/12"),
        ("lang", "de"),
        ("map", "x"),
        ("group", "y"),
        ("name", "colour"),
    ):
        assert say(f"notice.unknown_{name}", value=value) in said
    assert "Đến ngày này" not in said
    assert main_of(trees)["lang"] == "vi"
    assert "14/02/2020" in words_in(trees)


def test_what_falls_back_is_what_an_address_without_it_shows(held: Store, settings: Settings) -> None:
    asked, plain = (sent(held, settings, "/" + query) for query in ("?indicator=XX99&at=2020-13-01&lang=xx", ""))
    assert words_of(asked["answer"]) == words_of(plain["answer"])
    assert words_of(asked["notices"]) != words_of(plain["notices"])


def test_a_query_without_end_is_not_read() -> None:
    today = machine_today()
    assert read_address("/", "?at=2019-08-01" + "&x=" * 3_000, today, "vi").asked.at == today
    assert read_address("/", "?at=2019-08-01", today, "vi").asked.at == parse_day("2019-08-01")


@pytest.mark.parametrize(
    "query", ["?" + "&".join(f"a{n}=1" for n in range(60)), "?figure=%00%ff", "?at=", "?&&&=", "?%"]
)
def test_a_strange_query_still_draws_a_screen(held: Store, settings: Settings, query: str) -> None:
    assert main_of(sent(held, settings, "/" + query))["data-screen"] == "overview"


def test_an_unknown_figure_opens_a_panel_that_says_so(held: Store, settings: Settings) -> None:
    said = words_of(sent(held, settings, "/?figure=DVC01/VN/1999-01-01")["panel"])
    assert "DVC01/VN/1999-01-01" in said
    assert not re.search(r"\d%", said)


def test_a_browser_is_sent_what_it_does_not_show_yet(held: Store, settings: Settings) -> None:
    asked = {"path": "/", "search": "?lang=en", "number": 7, "shown": {}}
    first = json.loads(answer(asked, held, settings, ANYBODY))
    assert first["number"] == 7
    assert set(first["trees"]) == set(first["prints"])
    again = json.loads(answer(asked | {"number": 8, "shown": first["prints"]}, held, settings, ANYBODY))
    assert (again["trees"], again["number"]) == ({}, 8)
    opened = asked | {"search": "?lang=en&figure=DVC01/VN/2020-02-12", "shown": first["prints"]}
    trees = json.loads(answer(opened, held, settings, ANYBODY))["trees"]
    assert "10.7%" in words_of(trees["panel"]).replace(" ", "")
    assert "tiles" not in trees, "opening a figure leaves the rest of the screen as it stands"
    switched = asked | {"search": "?lang=en&indicator=VB01", "shown": first["prints"]}
    other = json.loads(answer(switched, held, settings, ANYBODY))["trees"]
    assert {"tiles", "frame"} & set(other) == set(), "what does not depend on the indicator stays as it stands"


def test_a_part_that_raises_is_told_in_its_place_and_the_rest_stands(
    held: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_asked: object) -> None:
        raise ZeroDivisionError("line 7 of /secret")

    plain = sent(held, settings, "/?lang=en")
    monkeypatch.setattr(overview_layout, "tile", fail)
    with caplog.at_level(logging.ERROR, logger="centre"):
        trees = sent(held, settings, "/?lang=en&period=2020-02-12")
    said = words_of(trees["tiles"])
    assert speaker("en")("failure.card_title") in said
    reference = re.search(r"\b[0-9a-f]{8}\b", said)
    assert reference is not None
    assert reference.group() in caplog.text
    assert "/secret" not in json.dumps(trees)
    changed = {name for name in plain if plain[name] != trees[name] and name != "freshness"}
    assert changed == {"tiles"}
    monkeypatch.undo()
    assert sent(held, settings, "/?lang=en&period=2020-02-12")["tiles"] == plain["tiles"], "a failure is not kept"


@pytest.mark.parametrize(
    "trouble", [StoreError("unreadable", why="the disk is gone at /secret"), RuntimeError("line 7 of /secret")]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_store_that_raises_is_told_by_a_reference(
    held: Store,
    settings: Settings,
    language: str,
    trouble: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_asked: object) -> None:
        raise trouble

    monkeypatch.setattr(overview_callback, "overview_of", fail)
    with caplog.at_level(logging.ERROR, logger="centre"):
        trees = sent(held, settings, f"/?lang={language}&at=2019-08-01")
    main = main_of(trees)
    said = words_in(trees)
    say = speaker(language)
    assert main["data-screen"] == "failure"
    assert main["lang"] == language
    assert set(trees) == {"frame"}
    assert say("failure.title") in said
    reference = re.search(r"\b[0-9a-f]{8}\b", said)
    assert reference is not None
    assert reference.group() in caplog.text
    assert "/secret" in caplog.text
    for inside in ("Traceback", "secret", "RuntimeError", "StoreError", ".py"):
        assert inside not in json.dumps(trees)


def test_a_wall_is_refused_where_it_cannot_be_made_and_keeps_what_it_shows(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_asked: object) -> None:
        raise StoreError("unreadable", why="the disk is gone at /secret")

    client = create_app(settings).server.test_client()
    assert client.post("/_dash-update-component", json=question("/wall", "")).status_code == 200
    monkeypatch.setattr(router, "filters_of", fail)
    with caplog.at_level(logging.ERROR, logger="centre"):
        refused = client.post("/_dash-update-component", json=question("/wall", ""))
    assert refused.status_code == 503
    assert "secret" not in refused.text
    assert "/secret" in caplog.text
    assert client.post("/_dash-update-component", json=question("/", "")).status_code == 200


def test_a_store_that_falls_silent_while_parts_are_drawn_is_asked_for_no_more_of_them(
    held: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []

    def fail(*asked: object) -> None:
        drawn.append(asked)
        raise TimeoutError

    def silent(*_asked: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(overview_layout, "tile", fail)
    monkeypatch.setattr(router, "_require_answer", silent)
    trees = sent(held, settings, "/?lang=en&period=2020-02-11")
    assert main_of(trees)["data-screen"] == "failure"
    assert len(drawn) == 1


def test_a_store_that_is_not_there_stops_the_start(tmp_path: Any) -> None:
    with pytest.raises(StoreError, match="migrate"):
        create_app(Settings.from_env({"DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}))
    assert list(tmp_path.iterdir()) == [], "no empty store appears"
