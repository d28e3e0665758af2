"""Signing in and out by HTTP: where one lands, what is told, and what is not."""

import html
import re
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks.login import is_inside
from data import people, sessions
from data.person_roles import Role
from data.store import Store
from i18n import LANGUAGES, speaker
from tests.engines import audit_rows
from tests.test_matrix import ADDRESS, PASSWORD, PEOPLE, app, kept

__all__ = ["app", "kept"]

#: What leads elsewhere in one browser or another, or may.
OUTSIDE = (
    *("//evil", "///evil", "/\\evil", "\\\\evil", "\\/evil", "/\t/evil", "/\n/evil", "/\r\n/evil", "\t//evil"),
    *("https:evil", "https://evil", "http:evil", "HTTPS://evil", "javascript:alert(1)", "data:text/html,x", "evil"),
    *("//evil@127.0.0.1", "/ /evil", " //evil", "/\u00a0/evil", "/\u3000/evil", "/\x00/evil", "/\u200b/evil", ""),
    *("//", "/\\/evil", "?x", "#x", "/login", "/login?next=/", "/logout", "ftp:/evil", "blob:x", "/\x85/evil"),
)
#: What looks like it and stays here.
INSIDE = ("/", "/ranking", "/%09/evil", "/%5cevil", "/%2f/evil", "/a//evil", "/@evil", "/https:evil", "/?next=//evil")


def posted(client: FlaskClient, name: str, password: str = PASSWORD, wanted: str = "/", **more: str) -> TestResponse:
    return client.post("/login", data={"name": name, "password": password, "next": wanted} | more)


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    made: FlaskClient = app.server.test_client()
    return made


@pytest.mark.parametrize("address", OUTSIDE)
def test_nobody_is_led_elsewhere(client: FlaskClient, address: str) -> None:
    assert not is_inside(address)
    shown = client.get("/login", query_string={"next": address})
    assert 'name="next" value="/"' in shown.text
    found = posted(client, "pm", wanted=address)
    assert (found.status_code, found.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_ours_is_landed_on(client: FlaskClient, address: str) -> None:
    assert is_inside(address)
    found = posted(client, "pm", wanted=address)
    landed = urlsplit(urljoin("http://127.0.0.1:8050/login", found.headers["Location"]))
    assert (found.status_code, landed.netloc) == (303, "127.0.0.1:8050")
    assert found.headers["Location"] == address


@pytest.mark.parametrize(
    ("name", "wanted", "landed"),
    [
        ("pm", "/ranking?at=2020-01-15&lang=en", "/ranking?at=2020-01-15&lang=en"),
        ("leader", "/", "/"),
        ("auditor", "/", "/audit"),
        ("auditor", "/?lang=en", "/audit?lang=en"),
        ("admin", "/", "/account"),
        ("admin", "/methods", "/methods"),
    ],
)
def test_everybody_lands_on_what_they_asked_for_and_may_see(
    client: FlaskClient, name: str, wanted: str, landed: str
) -> None:
    asked = client.get(wanted)
    language = "lang=en&" if "lang=en" in wanted else ""
    assert asked.headers["Location"] == f"/login?{language}next={quote(wanted, safe='')}"
    found = posted(client, name, wanted=wanted)
    assert found.headers["Location"] == landed
    assert client.get(landed).status_code == 200
    # Whoever is signed in needs no form.
    assert client.get("/login").status_code == 303


def test_a_page_that_is_not_theirs_says_so_and_leads_to_their_account(client: FlaskClient) -> None:
    posted(client, "admin", wanted="/ranking")
    found = client.get("/ranking")
    assert found.status_code == 403 and 'href="/account?lang=vi"' in found.text


@pytest.mark.parametrize(
    ("query", "language"),
    [
        *((f"?lang={each}", each) for each in LANGUAGES),
        *((f"?at=2020-01-15&lang={each}", each) for each in LANGUAGES),
        ("?lang=en&lang=vi", "en"),
        ("", "vi"),
        *((f"?lang={each}", "vi") for each in ("", "fr", "EN", "en-GB", "e%6e%0d%0aX:y", "%26next=//evil", "en%00")),
    ],
)
def test_the_door_speaks_the_language_of_what_was_asked_for(client: FlaskClient, query: str, language: str) -> None:
    address = f"/ranking{query}"
    door = client.get(address)
    assert door.status_code == 302
    parts = urlsplit(door.headers["Location"])
    given = parse_qs(parts.query)
    assert (parts.netloc, parts.path, set(given) - {"lang"}) == ("", "/login", {"next"})
    shown = client.get(door.headers["Location"])
    assert f'<html lang="{language}">' in shown.text
    assert speaker(language)("login.window") in shown.text
    # Nobody is told a language that they did not name, and what they asked for stays as it was.
    assert given.get("lang") in (None, [language])
    assert (given.get("lang") is None) is (parse_qs(query[1:]).get("lang", [""])[0] not in LANGUAGES)
    asked = html.unescape(shown.text.partition('name="next" value="')[2].partition('"')[0])
    assert parse_qs(urlsplit(asked).query) == parse_qs(query[1:]) and urlsplit(asked).path == "/ranking"


# What is told


def test_an_unknown_name_is_answered_byte_for_byte_as_a_known_one(client: FlaskClient) -> None:
    answers = [
        posted(client, "minister", "sai mật khẩu này rồi"),
        posted(client, "nobody-has-this", "sai mật khẩu này rồi"),
        posted(client, "<script>alert(1)</script>", PASSWORD),
        posted(client, "x" * 5_000, PASSWORD),
        posted(client, "", ""),
    ]
    assert {found.status_code for found in answers} == {401}
    assert len({found.data for found in answers}) == 1
    headers = [{name: value for name, value in found.headers if name not in ("Date",)} for found in answers]
    assert all(each == headers[0] for each in headers) and "Set-Cookie" not in headers[0]
    assert "minister" not in answers[0].text


def test_five_failures_refuse_the_sixth_though_it_is_right_and_in_the_same_words(kept: Store, app: Dash) -> None:
    people.add(kept, "throttled", Role.PM_OFFICE)
    people.give_password(kept, "throttled", PASSWORD)
    answers = []
    for name in ("throttled", "never-there"):
        client = app.server.test_client()
        answers += [posted(client, name, f"sai mật khẩu lần {at}") for at in range(5)]
        answers.append(posted(client, name))
    assert {(found.status_code, found.data) for found in answers} == {(401, answers[0].data)}
    assert not re.search(r"\b\d\d:\d\d\b", answers[0].text), "no hour that would tell when somebody else failed"
    steps = [row[0] for row in audit_rows(kept)]
    assert steps.count("person throttled") == 2
    # Another name at the same address is not shut out.
    assert posted(app.server.test_client(), "pm").status_code == 303


def test_a_store_that_is_down_is_told_from_a_wrong_password(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise OSError("down")

    monkeypatch.setattr(sessions, "log_in", broken)
    found = posted(client, "pm")
    assert found.status_code == 503 and html.escape(speaker("vi")("login.closed_text")) in found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_needs_no_script_and_says_who_may_see_what(client: FlaskClient, language: str) -> None:
    found = client.get(f"/login?lang={language}")
    say = speaker(language)
    assert "<script" not in found.text and f'<html lang="{language}">' in found.text
    for key in ("title", "name", "password", "enter", "scopes", "secrets_text", "ends"):
        assert html.escape(say(f"login.{key}")) in found.text, key
    assert say("login.elsewhere") not in found.text
    assert found.headers["Cache-Control"] == "no-store"
    assert "form-action 'self'" in found.headers["Content-Security-Policy"]


def test_whoever_had_a_session_is_told_that_it_is_over(client: FlaskClient, kept: Store) -> None:
    posted(client, "pm")
    assert client.get("/heartbeat").json["person"]  # type: ignore[index]
    sessions.end_every(kept, "pm")
    assert client.get("/heartbeat").json["session"] == "ended"  # type: ignore[index]
    assert html.escape(speaker("vi")("login.over")) in client.get("/login?next=/ranking").text


# What a beat says of whose page it is


def test_a_beat_tells_one_person_from_another_and_nobodys_name(app: Dash, kept: Store) -> None:
    marks = {}
    for name in PEOPLE:
        client = app.server.test_client()
        client.set_cookie("sid", sessions.log_in(kept, name, PASSWORD, ADDRESS))
        marks[name] = client.get("/heartbeat").json["person"]
        again = app.server.test_client()
        again.set_cookie("sid", sessions.log_in(kept, name, PASSWORD, ADDRESS))
        assert again.get("/heartbeat").json["person"] == marks[name]
    assert len(set(marks.values())) == len(PEOPLE)
    assert all(re.fullmatch("[0-9a-f]{12}", mark) for mark in marks.values())


# Signing out


def test_signing_out_ends_the_session_and_takes_the_cookie(client: FlaskClient, kept: Store) -> None:
    posted(client, "leader")
    cookie = client.get_cookie("sid")
    assert cookie is not None
    found = client.post("/logout?lang=en")
    assert (found.status_code, found.headers["Location"]) == (303, "/login?lang=en")
    assert client.get_cookie("sid") is None
    assert sessions.who(kept, cookie.value) == sessions.Absent.ENDED
    client.set_cookie("sid", cookie.value)
    assert client.get("/ranking").status_code == 302


@pytest.mark.parametrize("path", ["/logout", "/account/end"])
@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_page_from_elsewhere_signs_nobody_out(
    client: FlaskClient, kept: Store, path: str, headers: dict[str, str]
) -> None:
    posted(client, "leader")
    other = sessions.log_in(kept, "leader", PASSWORD, ADDRESS)
    assert client.post(path, headers=headers).status_code == 403
    assert client.get("/account").status_code == 200
    assert isinstance(sessions.who(kept, other), people.Person)


def test_the_other_sessions_of_a_person_are_ended_and_nobody_elses(client: FlaskClient, kept: Store) -> None:
    sessions.end_every(kept, "leader")
    others = [sessions.log_in(kept, "leader", PASSWORD, ADDRESS) for _ in range(2)]
    stranger = sessions.log_in(kept, "minister", PASSWORD, ADDRESS)
    posted(client, "leader")
    own = client.get_cookie("sid")
    assert own is not None
    listed = sessions.going_on(kept, own.value)
    assert [each.own for each in listed] == [True, False, False]
    found = client.post("/account/end?lang=vi")
    assert (found.status_code, found.headers["Location"]) == (303, "/account?lang=vi")
    assert [sessions.who(kept, each) for each in others] == [sessions.Absent.ENDED] * 2
    assert isinstance(sessions.who(kept, own.value), people.Person)
    assert isinstance(sessions.who(kept, stranger), people.Person)
    assert [each.own for each in sessions.going_on(kept, own.value)] == [True]
    step, detail = audit_rows(kept)[-1]
    assert step == "person end" and '"sessions":2' in detail


@pytest.mark.parametrize("token", ["", "x", "ü" * 40])
def test_a_token_that_is_nobodys_ends_nothing(kept: Store, token: str) -> None:
    before = audit_rows(kept)
    assert (sessions.end_others(kept, token), sessions.going_on(kept, token)) == (0, [])
    assert audit_rows(kept) == before
