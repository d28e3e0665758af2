"""The gate: who asks, by their cookie, and what each is answered; through the application without a browser."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from access.gate import Anybody, Revoked, Rules, Screen, Visitor
from app import create_app
from callbacks import gate
from callbacks.forms import FORMS
from data import screens
from data.clock import now
from data.store import Store, StoreError, open_store
from data.wall_profiles import read_profiles
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import callback_body, question
from tests.engines import audit_rows, dump_hash

PROFILE = next(iter(read_profiles(None)))
OWN = f"/wall/{PROFILE}"
ASK = "/_dash-update-component"
PAGES = ("/", "/ranking", "/indicator/DVC01", "/province/40", "/directives", "/usage", "/methods", "/dossier")
FILES = ("/table/ranking/board.xlsx", "/table/board.csv", "/table/wall/board.csv", "/dossier/1.docx")
ALIVE = ("/livez", "/readyz", "/heartbeat")
OTHER_WALLS = ("/wall/other", "/wall/", f"{OWN}/", f"{OWN}/x", f"/x{OWN}", OWN.upper())


# The rules alone


@pytest.mark.parametrize("enrolled", [False, True], ids=["open", "enrolled"])
@pytest.mark.parametrize("path", [*PAGES, *FILES[:2], *ALIVE, ASK, "/nothing", "/static/x.js", gate.ENROL])
def test_anybody_may_open_what_is_no_wall(path: str, enrolled: bool) -> None:
    assert Rules("a", enrolled).opens(Anybody(), path)


@pytest.mark.parametrize("path", ["/wall", "/wall/a", "/wall/b", "/wall/", "/table/wall/a/board.csv"])
def test_a_wall_is_anybodys_only_where_walls_are_open(path: str) -> None:
    shut, opened = Rules("a", True), Rules("a", False)
    assert opened.opens(Anybody(), path)
    assert opened.answers(Anybody(), path, {"figure"})
    assert not shut.opens(Anybody(), path)
    assert not shut.answers(Anybody(), path, ())


@pytest.mark.parametrize(
    ("profile", "path", "opens"),
    [
        *(("a", path, True) for path in ("/wall", "/wall/a", "/_dash-layout", "/_dash-dependencies", ASK)),
        *(("a", path, True) for path in (*ALIVE, gate.ENROL, "/static/x.js")),
        *(("b", path, opens) for path, opens in (("/wall", False), ("/wall/a", False), ("/wall/b", True))),
        *(("a", path, False) for path in ("/wall/b", "/wall/a/", "/wall/a/x", "/wall/a\n", "/Wall/a", "/x/wall/a")),
        *(
            ("a", path, False)
            for path in (*PAGES, *FILES, "", "/nothing", "/livez/x", "/_x", "/metrics", "/api/v1/x")
        ),
    ],
)
@pytest.mark.parametrize("enrolled", [False, True], ids=["open", "enrolled"])
def test_a_screen_opens_its_own_wall_and_nothing_else(profile: str, path: str, opens: bool, enrolled: bool) -> None:
    assert Rules("a", enrolled).opens(Screen("name", profile), path) is opens


def test_a_screen_is_answered_of_its_own_wall_without_the_rows_behind_it() -> None:
    rules, screen = Rules("a", True), Screen("name", "a")
    assert rules.answers(screen, "/wall", {"lang", "scene"})
    assert rules.answers(screen, "/wall/a", ())
    for path, names in (
        ("/wall/a", {"figure"}),
        ("/wall/a", {"lang", "table"}),
        ("/wall/b", ()),
        ("/", ()),
        (ASK, ()),
    ):
        assert not rules.answers(screen, path, names)


@pytest.mark.parametrize("path", ["/wall", "/wall/a", "/", "/_dash-layout", ASK])
def test_a_revoked_screen_is_told_no_more_than_that_the_centre_lives(path: str) -> None:
    rules, revoked = Rules("a", False), Revoked("name")
    assert not rules.opens(revoked, path)
    assert not rules.answers(revoked, path, ())
    assert all(rules.opens(revoked, each) for each in (*ALIVE, gate.ENROL, "/static/x.js"))


@pytest.mark.parametrize(("who", "takes"), [(Anybody(), True), (Screen("n", "a"), False), (Revoked("n"), False)])
def test_forms_are_for_people(who: Visitor, takes: bool) -> None:
    assert Rules("a", False).takes(who, "reply", None) is takes


# The gate of the application


@pytest.fixture
def kept(demonstration_url: str, tmp_path: Path) -> Iterator[Store]:
    """A demonstration of one's own."""
    file = tmp_path / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()


def made(store: Store, **given: str) -> Dash:
    return create_app(Settings.from_env({"DATABASE_URL": store.url, "DEMO": "on"} | given))


@pytest.fixture
def app(kept: Store) -> Dash:
    return made(kept)


@pytest.fixture
def anybody(app: Dash) -> FlaskClient:
    client: FlaskClient = app.server.test_client()
    return client


@pytest.fixture
def screen(app: Dash, kept: Store) -> FlaskClient:
    """A client that was enrolled as the screen `hall`."""
    client: FlaskClient = app.server.test_client()
    assert enrolled(client, screens.add(kept, "hall", PROFILE)).status_code == 204
    return client


@pytest.fixture
def revoked(screen: FlaskClient, kept: Store) -> FlaskClient:
    """The same, once it was revoked."""
    screens.revoke(kept, "hall")
    return screen


def enrolled(client: FlaskClient, token: object, **given: Any) -> TestResponse:
    return client.post(gate.ENROL, json={"token": token}, **given)


def asked(client: FlaskClient, path: str, search: str = "") -> TestResponse:
    return client.post(ASK, json=question(path, search))


def form(name: str = "checkin") -> dict[str, Any]:
    """What the renderer of Dash sends for a form."""
    sent = {"name": name, "number": 1, "cells": {"note": "x"}, "path": "/directives", "search": ""}
    return {
        "output": "screen.receipt",
        "outputs": {"id": "screen", "property": "receipt"},
        "inputs": [{"id": "screen", "property": "sent", "value": sent}],
        "changedPropIds": ["screen.sent"],
    }


def parts_of(answer: TestResponse) -> set[str]:
    """The names of what is on the screen."""
    told = json.loads(json.loads(answer.text)["response"]["screen"]["answer"])
    return set(told["prints"])


def beat(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/heartbeat")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.text)
    return {name: found[name] for name in ("screen", "revoked") if name in found}


def test_a_token_is_exchanged_for_a_cookie_that_no_script_reads(anybody: FlaskClient, kept: Store) -> None:
    answer = enrolled(anybody, screens.add(kept, "hall", PROFILE))
    assert (answer.status_code, answer.data) == (204, b"")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *rules = cookie.split("; ")
    assert name.startswith("screen=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax", f"Max-Age={10 * 365 * 24 * 3600}"} <= set(rules)
    assert "Secure" not in rules
    assert not [rule for rule in rules if rule.startswith("Domain")]
    assert answer.headers["Cache-Control"] == "no-store"
    assert beat(anybody) == {"screen": "hall"}


def test_where_the_connection_is_secure_the_cookie_is_too(anybody: FlaskClient, kept: Store) -> None:
    secure = {"base_url": "https://localhost"}
    answer = enrolled(anybody, screens.add(kept, "hall", PROFILE), **secure)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-screen=")
    assert "Secure" in cookie.split("; ")
    value = cookie.partition("=")[2].partition(";")[0]
    assert json.loads(anybody.get("/heartbeat", **secure).text)["screen"] == "hall"
    anybody.delete_cookie("__Host-screen")
    anybody.set_cookie("screen", value)
    assert "screen" not in json.loads(anybody.get("/heartbeat", **secure).text), "another host could have set it"


def test_a_token_is_of_use_once(anybody: FlaskClient, screen: FlaskClient, kept: Store) -> None:
    del screen
    token = screens.add(kept, "second", PROFILE)
    assert enrolled(anybody, token).status_code == 204
    before = dump_hash(kept)
    again = enrolled(anybody, token)
    assert (again.status_code, again.data) == (403, b"")
    assert "Set-Cookie" not in again.headers
    assert dump_hash(kept) == before


def test_a_token_that_is_too_old_is_refused_like_a_wrong_one(
    anybody: FlaskClient, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = screens.add(kept, "hall", PROFILE)
    monkeypatch.setattr(screens, "now", lambda: now() + timedelta(hours=24, seconds=1))
    for each in (token, "x" * 43, "", "x" * 5_000, 5, None, {"a": 1}, "\ud800"):
        answer = enrolled(anybody, each)
        assert (answer.status_code, answer.data) == (403, b"")
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("body", ["", "{", "[]", "5", '"x"', "{}"])
def test_what_is_no_token_is_refused(anybody: FlaskClient, body: str) -> None:
    assert anybody.post(gate.ENROL, data=body, content_type="application/json").status_code == 403


def test_a_token_is_taken_as_json_and_from_here_alone(anybody: FlaskClient, kept: Store) -> None:
    token = screens.add(kept, "hall", PROFILE)
    assert anybody.post(gate.ENROL, data={"token": token}).status_code == 403
    assert enrolled(anybody, token, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert enrolled(anybody, token, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert anybody.get(f"{gate.ENROL}?token={token}").status_code in (404, 405)
    assert enrolled(anybody, token).status_code == 204


def test_a_store_that_cannot_be_written_is_no_refusal(
    anybody: FlaskClient, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = screens.add(kept, "hall", PROFILE)
    for trouble in (StoreError("not_stored", why="the disk is full"), OSError("gone")):

        def fail(*_given: object, trouble: Exception = trouble) -> str:
            raise trouble

        with monkeypatch.context() as broken:
            broken.setattr(screens, "exchange", fail)
            answer = enrolled(anybody, token)
        assert (answer.status_code, answer.data) == (503, b"")
    assert enrolled(anybody, token).status_code == 204, "the page asks again"


@pytest.mark.parametrize("path", [*PAGES, *FILES, *OTHER_WALLS, "/nothing", "/metrics", "/api/v1/openapi.json"])
def test_a_screen_is_refused_every_path_but_its_own(screen: FlaskClient, path: str) -> None:
    answer = screen.get(path)
    assert answer.status_code == 403
    assert "data-figure" not in answer.text and "<form" not in answer.text and "<input" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/wall", OWN, "/_dash-layout", "/_dash-dependencies", *ALIVE])
def test_a_screen_is_let_through_to_its_own_wall(screen: FlaskClient, path: str) -> None:
    assert screen.get(path).status_code == 200


def test_a_screen_fetches_the_workbook_of_its_own_wall_where_its_profile_allows_it() -> None:
    own, path = Screen("hall", "national"), "/table/wall/national/board.xlsx"
    allowed, not_allowed = Rules("national", enrolled=True, minutes=("national",)), Rules("national", enrolled=True)
    assert allowed.opens(own, path) and allowed.opens(own, "/table/wall/board.xlsx")
    assert not not_allowed.opens(own, path)
    for other in ("/table/wall/far/board.xlsx", "/table/board.xlsx", "/table/wall/national/targets.csv", "/table"):
        assert not allowed.opens(own, other)
    assert not allowed.opens(Screen("hall", "far"), path) and not allowed.opens(Revoked("hall"), path)


def test_the_files_of_the_page_are_for_everybody(revoked: FlaskClient, anybody: FlaskClient) -> None:
    style = anybody.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert revoked.get(style, buffered=True).status_code == 200


def test_a_browser_that_shortens_a_cookie_is_given_it_anew_with_each_wall(screen: FlaskClient) -> None:
    given = screen.get_cookie("screen")
    assert given is not None
    (cookie,) = screen.get(OWN).headers.getlist("Set-Cookie")
    assert cookie.startswith(f"screen={given.value};")
    assert "Set-Cookie" not in screen.get("/heartbeat").headers


@pytest.mark.parametrize("path", ["/wall", OWN, *PAGES, *FILES, "/_dash-layout", "/_dash-dependencies", "/nothing"])
def test_a_revoked_screen_is_refused_everything(revoked: FlaskClient, path: str) -> None:
    answer = revoked.get(path)
    assert answer.status_code == 403
    assert "data-figure" not in answer.text and "<form" not in answer.text


@pytest.mark.parametrize("path", ["/", "/ranking", "/wall/other", "/%77all/other", f"{OWN}/", "", "/dossier"])
def test_a_screen_asks_for_nothing_but_its_own_wall(screen: FlaskClient, path: str) -> None:
    answer = asked(screen, path)
    assert answer.status_code == 403
    assert "trees" not in answer.text


@pytest.mark.parametrize("search", ["?figure=DVC01/VN/2020-02-12", "?lang=en&table=rank", "figure=", "?x=1&figure"])
def test_a_screen_is_shown_no_rows_behind_a_figure(screen: FlaskClient, search: str) -> None:
    assert asked(screen, OWN).status_code == 200
    assert asked(screen, OWN, search).status_code == 403


def test_a_screen_is_shown_an_agency_where_its_profile_has_minutes(screen: FlaskClient) -> None:
    answer = asked(screen, OWN, "?scene=targets&agency=40")
    assert answer.status_code == 200
    assert {"opened-40", "opened-40-figures"} <= parts_of(answer)
    assert not any(name.startswith("opened-") for name in parts_of(asked(screen, OWN)))
    for more in ("&figure=DVC01/40/2020-02-12", "&table=opened-40-figures", "&figure"):
        assert asked(screen, OWN, f"?agency=40{more}").status_code == 403
    assert asked(screen, "/province/40").status_code == 403
    assert screen.get("/table/wall/national/board.xlsx?agency=40").status_code == 200


@pytest.mark.parametrize("profile", [name for name, each in read_profiles(None).items() if not each.minutes])
def test_a_screen_whose_profile_has_no_minutes_is_shown_no_agency(
    anybody: FlaskClient, kept: Store, profile: str
) -> None:
    assert enrolled(anybody, screens.add(kept, "room", profile)).status_code == 204
    plain, answer = (asked(anybody, f"/wall/{profile}", search) for search in ("", "?agency=48"))
    assert (plain.status_code, answer.status_code) == (200, 200)
    assert parts_of(answer) == parts_of(plain)
    assert asked(anybody, OWN, "?agency=48").status_code == 403
    assert anybody.get(f"/table/wall/{profile}/board.xlsx?agency=48").status_code == 403


@pytest.mark.parametrize("body", [None, [], {}, {"path": 5, "search": ""}, {"path": OWN, "search": None}])
def test_what_is_no_question_is_not_answered_to_a_screen(screen: FlaskClient, body: object) -> None:
    assert screen.post(ASK, json=callback_body(body)).status_code == 403


@pytest.mark.parametrize("path", ["/", OWN, "/wall"])
def test_a_revoked_screen_asks_in_vain(revoked: FlaskClient, path: str) -> None:
    answer = asked(revoked, path)
    assert (answer.status_code, answer.data) == (403, b"")


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_is_not_taken_from_a_screen(screen: FlaskClient, kept: Store, name: str) -> None:
    before, log = dump_hash(kept), audit_rows(kept)
    assert screen.post(ASK, json=form(name)).status_code == 403
    assert (dump_hash(kept), audit_rows(kept)) == (before, log)


def test_anybody_asks_and_sends_as_before(anybody: FlaskClient) -> None:
    assert asked(anybody, "/").status_code == 200
    answer = anybody.post(ASK, json=form())
    assert answer.status_code == 200
    assert "receipt" in answer.text


@pytest.mark.parametrize("cookie", ["x", "x" * 43, "x" * 4_000, "a=b", '"', "%00"])
def test_a_forged_cookie_is_nobodys(screen: FlaskClient, anybody: FlaskClient, kept: Store, cookie: str) -> None:
    del screen
    anybody.set_cookie("screen", cookie)
    assert beat(anybody) == {}
    assert anybody.get("/").status_code == 200
    shut = made(kept, WALL_ACCESS="enrolled").server.test_client()
    shut.set_cookie("screen", cookie)
    assert shut.get(OWN).status_code == 403


def test_the_next_beat_after_a_screen_is_revoked_says_so(screen: FlaskClient, kept: Store) -> None:
    assert beat(screen) == {"screen": "hall"}
    screens.revoke(kept, "hall")
    assert beat(screen) == {"screen": None, "revoked": True}
    assert enrolled(screen, screens.add(kept, "hall", PROFILE)).status_code == 204
    assert beat(screen) == {"screen": "hall"}


def test_a_beat_of_nobody_speaks_of_no_screen(anybody: FlaskClient) -> None:
    assert beat(anybody) == {}


def test_a_beat_tells_whom_walls_are_closed_to(anybody: FlaskClient, screen: FlaskClient, kept: Store) -> None:
    def walls(client: FlaskClient) -> object:
        return json.loads(client.get("/heartbeat").text).get("walls")

    cookie = screen.get_cookie("screen")
    assert cookie is not None
    shut = made(kept, WALL_ACCESS="enrolled").server
    own = shut.test_client()
    own.set_cookie("screen", cookie.value)
    assert [walls(each) for each in (anybody, screen, shut.test_client(), own)] == [None, None, "enrolled", None]


# Walls for enrolled screens alone


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/wall", OWN, "/wall/other"])
def test_a_wall_that_is_kept_for_screens_is_refused_to_all_others(kept: Store, path: str, language: str) -> None:
    client = made(kept, WALL_ACCESS="enrolled").server.test_client()
    answer = client.get(path, query_string={"lang": language})
    assert answer.status_code == 403
    assert f'<html lang="{language}" class="wall dark">' in answer.text
    assert f"<h1>{speaker(language)('gate.not_enrolled')}</h1>" in answer.text
    assert "data-figure" not in answer.text and "<form" not in answer.text and "<input" not in answer.text
    assert asked(client, path).status_code == 403
    assert client.get("/").status_code == 200
    assert client.get("/table/wall/board.csv").status_code == 403


def test_the_page_that_is_refused_can_enrol(kept: Store) -> None:
    client = made(kept, WALL_ACCESS="enrolled").server.test_client()
    page = client.get(OWN).text
    script = page.partition('<script src="')[2].partition('"')[0]
    assert script.endswith("/enrol.js")
    assert client.get(script, buffered=True).status_code == 200
    assert "<script>" not in page, "the policy would not let it run"
    assert enrolled(client, screens.add(kept, "hall", PROFILE)).status_code == 204
    assert client.get(OWN).status_code != 403
    assert client.get("/").status_code == 403


def test_a_screen_that_went_astray_is_shown_the_way_to_its_wall(screen: FlaskClient) -> None:
    assert f'href="{OWN}"' in screen.get("/?lang=en").text
    on_wall = screen.get("/wall/other?lang=en").text
    assert "<a " not in on_wall, "nobody clicks there"
    assert speaker("en")("gate.own_address", address=OWN) in on_wall


# A store that does not answer


def away(store: Store, taken: bool) -> None:
    """Take the table away, or bring it back."""
    old, new = ("wall_screen", "wall_screen_away") if taken else ("wall_screen_away", "wall_screen")
    with store.writing() as connection:
        connection.execute(sa.text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_where_the_store_cannot_be_read_a_screen_stays_what_it_was(screen: FlaskClient, kept: Store) -> None:
    assert beat(screen) == {"screen": "hall"}
    away(kept, True)
    assert beat(screen) == {"screen": "hall"}
    assert screen.get(OWN).status_code != 403
    assert screen.get("/").status_code == 403
    away(kept, False)
    screens.revoke(kept, "hall")
    assert beat(screen) == {"screen": None, "revoked": True}
    away(kept, True)
    assert beat(screen) == {"screen": None, "revoked": True}, "and stays revoked"


def test_a_screen_of_which_nobody_can_say_who_it_is_waits(screen: FlaskClient, kept: Store) -> None:
    cookie = screen.get_cookie("screen")
    assert cookie is not None
    fresh = made(kept).server.test_client()
    fresh.set_cookie("screen", cookie.value)
    away(kept, True)
    assert beat(fresh) == {}, "never revoked"
    answer = fresh.get(OWN)
    assert answer.status_code == 503
    assert 'data-screen="not-known"' in answer.text
    assert asked(fresh, OWN).status_code == 503
    assert fresh.get("/livez").status_code == 200
    away(kept, False)
    assert beat(fresh) == {"screen": "hall"}


@pytest.mark.parametrize(("cookie", "count"), [(True, 1), (False, 0)], ids=["screen", "anybody"])
@pytest.mark.parametrize("path", ["/heartbeat", OWN, ASK])
def test_who_asks_is_looked_up_once_for_each_request(
    app: Dash, screen: FlaskClient, anybody: FlaskClient, path: str, cookie: bool, count: int
) -> None:
    looks: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM wall_screen" in statement:
            looks.append(statement)

    sa.event.listen(app.server.extensions["store"]._reader, "before_cursor_execute", note)
    client = screen if cookie else anybody
    for _ in range(2):
        looks.clear()
        if path == ASK:
            asked(client, OWN)
        else:
            client.get(path)
        assert len(looks) == count


def test_whether_the_process_lives_is_told_without_asking_who_asks(
    screen: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(screens, "known", fail)
    assert screen.get("/livez").status_code == 200


# Every callback


def test_every_callback_passes_the_gate(app: Dash) -> None:
    assert app.callback_map
    bare = [name for name, each in app.callback_map.items() if gate.MARK not in vars(each["callback"])]
    assert bare == []


def test_a_callback_that_passes_no_gate_is_seen(app: Dash) -> None:
    from dash import Input, Output

    app.callback(Output("screen", "root"), Input("screen", "asked"))(lambda asked: asked)
    bare = [name for name, each in app.callback_map.items() if gate.MARK not in vars(each["callback"])]
    assert bare == ["screen.root"]


def test_every_callback_refuses_a_revoked_screen_by_itself(app: Dash, revoked: FlaskClient) -> None:
    cookie = revoked.get_cookie("screen")
    assert cookie is not None
    for name, each in app.callback_map.items():
        passed = each["callback"].__wrapped__
        with (
            app.server.test_request_context(ASK, headers={"Cookie": f"screen={cookie.value}"}),
            pytest.raises(Exception, match="403 Forbidden"),
        ):
            passed({"path": OWN, "search": "", "number": 1, "shown": {}})
        assert name


def test_who_takes_a_file_away_is_in_the_audit_log(app: Dash, anybody: FlaskClient, kept: Store) -> None:
    answer = anybody.get("/table/ranking/board.xlsx?lang=en")
    assert answer.status_code == 200
    assert app.server.extensions["export_notes"].written(30)
    action, detail = audit_rows(kept)[-1]
    told = json.loads(detail)
    assert (action, told["what"]) == ("export", "/table/ranking/board.xlsx?lang=en")
    assert told["sha256"] == sha256(answer.data).hexdigest()
    assert told["file"].endswith(".xlsx")


def test_nothing_is_answered_by_an_app_without_a_gate(app: Dash) -> None:
    (first, *_) = app.callback_map.values()
    del app.server.extensions["gate"]
    with app.server.test_request_context(ASK), pytest.raises(KeyError, match="gate"):
        first["callback"].__wrapped__({"path": "/", "search": "", "number": 1, "shown": {}})
