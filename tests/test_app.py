"""The application without a browser: which paths there are, what every answer carries, and what falls back."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from dash.development.base_component import Component
from flask.testing import FlaskClient

from app import create_app
from callbacks import overview as overview_callback
from callbacks.filters import read_query
from callbacks.router import route
from data.clock import machine_today
from data.periods import parse_day
from data.store import Store, StoreError, open_store
from i18n import speaker
from layouts import ids
from layouts.shell import shell
from settings import Settings


@pytest.fixture(scope="module")
def settings(demonstration_url: str) -> Settings:
    return Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on"})


@pytest.fixture(scope="module")
def app(settings: Settings) -> Dash:
    return create_app(settings)


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    made: FlaskClient = app.server.test_client()
    return made


@pytest.fixture(scope="module")
def held(demonstration_url: str) -> Iterator[Store]:
    opened = open_store(demonstration_url)
    yield opened
    opened.close()


def words_of(part: Any) -> str:
    """Every text a component or a list of them holds."""
    if part is None:
        return ""
    if isinstance(part, (list, tuple)):
        return " ".join(words_of(each) for each in part)
    if isinstance(part, Component):
        return words_of(getattr(part, "children", None))
    return str(part)


def names_of(part: Any) -> Iterator[str]:
    """Every component id below a component."""
    if isinstance(part, Component):
        if getattr(part, "id", None):
            yield part.id
        yield from names_of(getattr(part, "children", None))
    elif isinstance(part, (list, tuple)):
        for each in part:
            yield from names_of(each)


def screen_of(drawn: Any) -> Any:
    """The `main` of an answer."""
    return next(part for part in drawn if getattr(part, "id", None) == "main")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/index.html",
        "/indicator/DVC01",
        "/../settings.py",
        "/assets",
        "/.git/config",
        "/province/40",
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
        "/assets/nothing.css",
        "/assets/../settings.py",
        "/assets/fonts/build_digits.py",
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


@pytest.mark.parametrize("path", ["/", "/assets/base.css", "/_dash-layout", "/_dash-dependencies", "/nothing"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
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
    assert "no-store" not in client.get("/assets/base.css", buffered=True).headers.get("Cache-Control", "")


def test_every_script_of_the_page_comes_from_here(client: FlaskClient) -> None:
    page = client.get("/").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) > 10
    assert [address for address in addresses if not address.startswith("/")] == []


def test_what_is_served_before_anything_is_asked_holds_no_figure(client: FlaskClient) -> None:
    layout = client.get("/_dash-layout").text
    assert "data-figure" not in layout
    assert "data-derived" not in layout
    said = words_of(shell(speaker("vi")))
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
    assert known <= set(names_of(shell(speaker("vi"))))
    used = set()
    for output, callback in app.callback_map.items():
        used |= {each.split(".")[0] for each in output.strip(".").split("...")}
        used |= {each["id"] for each in (*callback["inputs"], *callback["state"])}
    assert used <= known
    assert app.callback_map, "no callback is registered"


def test_an_address_that_cannot_be_used_falls_back_and_says_so(held: Store, settings: Settings) -> None:
    screen, panel, shown = route("?indicator=XX99&period=1999-13&at=31/12&lang=de&scene=2", None, held, settings)
    said = words_of(screen_of(screen))
    assert panel is None
    say = speaker("vi")
    for name, value in (
        ("indicator", "XX99"),
        ("period", "1999-13"),
        ("at", "31/12"),
        ("lang", "de"),
        ("name", "scene"),
    ):
        assert say(f"notice.unknown_{name}", value=value) in said
    assert "Đến ngày này" not in said
    assert screen_of(screen).lang == "vi"
    assert "14/02/2020" in said
    assert shown == "/?indicator=XX99&period=1999-13"


def test_what_falls_back_is_what_an_address_without_it_shows(held: Store, settings: Settings) -> None:
    asked, _, _ = route("?indicator=XX99&at=2020-13-01&lang=xx", None, held, settings)
    plain, _, _ = route("", None, held, settings)
    for drawn in (asked, plain):
        assert words_of(screen_of(drawn).children[0]) == words_of(screen_of(plain).children[0])


def test_a_query_without_end_is_not_read() -> None:
    today = machine_today()
    assert read_query("?at=2019-08-01" + "&x=" * 3_000, today, "vi").asked.at == today
    assert read_query("?at=2019-08-01", today, "vi").asked.at == parse_day("2019-08-01")


@pytest.mark.parametrize(
    "query", ["?" + "&".join(f"a{n}=1" for n in range(60)), "?figure=%00%ff", "?at=", "?&&&=", "?%"]
)
def test_a_strange_query_still_draws_a_screen(held: Store, settings: Settings, query: str) -> None:
    screen, _, _ = route(query, None, held, settings)
    assert getattr(screen_of(screen), "data-screen") == "overview"


def test_an_unknown_figure_opens_a_panel_that_says_so(held: Store, settings: Settings) -> None:
    _, panel, _ = route("?figure=DVC01/VN/1999-01-01", None, held, settings)
    assert "DVC01/VN/1999-01-01" in words_of(panel)
    assert not re.search(r"\d%", words_of(panel))


def test_opening_a_figure_leaves_the_screen_as_it_stands(held: Store, settings: Settings) -> None:
    from dash import no_update

    _, _, shown = route("?lang=en", None, held, settings)
    screen, panel, again = route("?lang=en&figure=DVC01/VN/2020-02-12", shown, held, settings)
    assert screen is no_update
    assert "10.7%" in words_of(panel)
    assert again == shown


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

    monkeypatch.setattr(overview_callback, "overview", fail)
    with caplog.at_level(logging.ERROR, logger="centre"):
        screen, panel, shown = route(f"?lang={language}&at=2019-08-01", "/?at=2019-08-01", held, settings)
    main = screen_of(screen)
    said = words_of(screen)
    say = speaker(language)
    assert getattr(main, "data-screen") == "failure"
    assert main.lang == language
    assert panel is None
    assert shown == "", "the next address must draw again"
    assert say("failure.title") in said
    reference = re.search(r"\b[0-9a-f]{8}\b", said)
    assert reference is not None
    assert reference.group() in caplog.text
    assert "/secret" in caplog.text
    for inside in ("Traceback", "secret", "RuntimeError", "StoreError", ".py"):
        assert inside not in json.dumps([part.to_plotly_json() for part in screen], default=str)


def test_a_store_that_is_not_there_stops_the_start(tmp_path: Any) -> None:
    with pytest.raises(StoreError, match="migrate"):
        create_app(Settings.from_env({"DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}))
    assert list(tmp_path.iterdir()) == [], "no empty store appears"
