"""Signing in through the single sign-on of an agency, which is a real server: who comes in, who does not, and what a
server that lies gets."""

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, ConsoleMessage
from werkzeug.test import TestResponse

from app import create_app
from data import people, sessions
from data.person_roles import Role
from data.store import Store, StoreError, open_store
from settings import SettingError, Settings
from tests.centre import Centre
from tests.engines import audit_rows
from tests.single_sign_on import AWAY, SIGNED, TOLD, Agency, agency
from tests.test_matrix import ADDRESS, PASSWORD, asked

BACK = "http://localhost/login/back"
SUBJECT = "c0ffee-40"


@pytest.fixture(scope="module")
def office() -> Iterator[Agency]:
    with agency(BACK) as found:
        yield found


@pytest.fixture(scope="module")
def kept(demonstration_url: str, office: Agency, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demonstration with somebody who signs in elsewhere alone, and somebody who does both ways."""
    file = tmp_path_factory.mktemp("sign_on") / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    opened = open_store(f"sqlite:///{file}")
    people.add(opened, "leader", Role.PROVINCE_LEADER, "40", "Lê Văn Lãnh")
    people.link(opened, "leader", office.issuer, SUBJECT)
    people.add(opened, "both", Role.MINISTER, "BNV")
    people.give_password(opened, "both", PASSWORD)
    people.link(opened, "both", office.issuer, "both-of-bnv")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def settings(kept: Store, office: Agency) -> Settings:
    return Settings.from_env({"DATABASE_URL": kept.url, "DEMO": "on", "SECRET_KEY": "k" * 32} | office.settings)


@pytest.fixture
def client(settings: Settings, office: Agency) -> FlaskClient:
    office.lie()
    made: FlaskClient = create_app(settings).server.test_client()
    return made


def led(client: FlaskClient, wanted: str = "/", lang: str = "vi") -> str:
    """Where somebody is led to sign in."""
    found = client.get("/login/elsewhere", query_string={"next": wanted, "lang": lang})
    assert found.status_code == 302, found.text
    return found.headers["Location"]


def came(client: FlaskClient, office: Agency, subject: str | None = SUBJECT, wanted: str = "/") -> TestResponse:
    """What somebody is answered who signed in there, and is led back."""
    return client.get(_inside(office.confirm(led(client, wanted), subject)))


def _inside(address: str) -> str:
    assert address.startswith(f"{BACK}?")
    return address.removeprefix("http://localhost")


def test_whoever_is_vouched_for_and_known_lands_on_what_they_asked_for(
    client: FlaskClient, office: Agency, kept: Store
) -> None:
    shown = client.get("/login?next=/ranking%3Flang%3Den&lang=en").text
    assert 'href="/login/elsewhere?lang=en&amp;next=/ranking%3Flang%3Den"' in shown
    found = came(client, office, wanted="/ranking?lang=en")
    assert (found.status_code, found.headers["Location"]) == (303, "/ranking?lang=en")
    (cookie,) = [each for each in found.headers.getlist("Set-Cookie") if each.startswith("sid=")]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert asked(client, "/ranking").status_code == 200
    assert asked(client, "/dossier").status_code == 403, "the role is ours, not theirs"
    step, detail = audit_rows(kept)[-1]
    assert step == "person login" and json.loads(detail)["person"] == "leader"


def test_what_goes_there_is_asked_for_with_pkce_a_nonce_and_a_state(client: FlaskClient, office: Agency) -> None:
    first, second = (parse_qs(urlsplit(led(client)).query) for _ in range(2))
    assert first["response_type"] == ["code"] and first["scope"] == ["openid"]
    assert first["code_challenge_method"] == ["S256"] and first["redirect_uri"] == [BACK]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 20 and first[name] != second[name]
    assert office.client_secret not in json.dumps(first)


def test_the_session_that_came_along_ends_and_the_cookie_of_the_way_says_nothing(
    client: FlaskClient, office: Agency, kept: Store
) -> None:
    before = sessions.log_in(kept, "both", PASSWORD, ADDRESS)
    client.set_cookie("sid", before)
    assert came(client, office).status_code == 303
    assert isinstance(sessions.who(kept, before), sessions.Absent)
    # What went along is spent: the same address leads to nothing a second time.
    back = _inside(office.confirm(led(client), SUBJECT))
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 401


def test_both_ways_lead_to_the_same_person(client: FlaskClient, office: Agency, kept: Store) -> None:
    assert came(client, office, "both-of-bnv").status_code == 303
    assert client.post("/login", data={"name": "both", "password": PASSWORD}).status_code == 303
    assert [step for step, _ in audit_rows(kept)][-3:] == ["person login", "person end", "person login"]
    # Who has no password cannot use the empty one.
    assert client.post("/login", data={"name": "leader", "password": ""}).status_code == 401


@pytest.mark.parametrize("subject", ["nobody-here", "C0FFEE-40", "c0ffee-40 ", "leader", "Văn Thư", "'; DROP TABLE"])
def test_whoever_is_vouched_for_and_not_known_stays_outside(
    client: FlaskClient, office: Agency, kept: Store, subject: str
) -> None:
    found = came(client, office, subject, "/ranking?lang=en")
    assert found.status_code == 401 and "chưa được cấp quyền" in found.text
    assert not any(each.startswith("sid=") for each in found.headers.getlist("Set-Cookie"))
    assert 'value="/ranking?lang=en"' in found.text, "what was asked for is kept"
    step, detail = audit_rows(kept)[-1]
    assert step == "person login failed" and json.loads(detail)["subject"] == subject
    assert asked(client, "/").status_code == 401


def test_who_was_disabled_or_unlinked_stays_outside(client: FlaskClient, office: Agency, kept: Store) -> None:
    people.add(kept, "leaving", Role.MINISTER, "BTC")
    people.link(kept, "leaving", office.issuer, "leaving-btc")
    assert came(client, office, "leaving-btc").status_code == 303
    people.disable(kept, "leaving")
    assert asked(client, "/").status_code == 401
    assert came(client, office, "leaving-btc").status_code == 401
    people.enable(kept, "leaving")
    assert came(client, office, "leaving-btc").status_code == 303
    people.unlink(kept, "leaving")
    assert asked(client, "/").status_code == 401
    assert came(client, office, "leaving-btc").status_code == 401


def test_a_subject_is_of_one_person_and_of_one_issuer(kept: Store, office: Agency, client: FlaskClient) -> None:
    people.add(kept, "second", Role.MINISTER, "BTC")
    with pytest.raises(StoreError, match="that of leader already"):
        people.link(kept, "second", office.issuer, SUBJECT)
    people.link(kept, "second", "https://elsewhere.example", SUBJECT)
    came(client, office)
    assert json.loads(audit_rows(kept)[-1][1])["person"] == "leader"
    for subject in ("", "x" * 256, "a\nb", "a\x00b"):
        with pytest.raises(StoreError):
            people.link(kept, "second", office.issuer, subject)


@pytest.mark.parametrize("lie", [*TOLD, *SIGNED])
def test_a_server_that_lies_lets_nobody_in(
    client: FlaskClient, office: Agency, kept: Store, caplog: pytest.LogCaptureFixture, lie: str
) -> None:
    steps = len(audit_rows(kept))
    office.lie(lie)
    with caplog.at_level(logging.WARNING):
        found = came(client, office)
    assert found.status_code == (503 if lie in AWAY else 401)
    assert not any(each.startswith("sid=") for each in found.headers.getlist("Set-Cookie"))
    assert asked(client, "/").status_code == 401
    assert not [step for step, _ in audit_rows(kept)[steps:] if step == "person login"]
    assert SUBJECT not in found.text + caplog.text and "eyJ" not in found.text + caplog.text
    assert "Traceback" not in found.text
    # It is the lie that keeps them out.
    office.lie()
    assert came(client, office).status_code == 303


@pytest.mark.parametrize(
    "back",
    [
        "/login/back",
        "/login/back?code=x",
        "/login/back?code=x&state=y",
        "/login/back?state=y&error=access_denied",
        "/login/back?code=&state=",
        "/login/back?code=x&state=%00",
        "/login/back?code=x&code=y&state=z&state=w",
    ],
)
def test_what_nobody_was_led_back_with_lets_nobody_in(client: FlaskClient, back: str) -> None:
    assert client.get(back).status_code == 401
    led(client)
    assert client.get(back).status_code == 401


def test_who_declines_is_told_so(client: FlaskClient, office: Agency) -> None:
    found = came(client, office, None)
    assert found.status_code == 401 and "đã bị hủy" in found.text


def test_an_answer_that_another_browser_was_led_to_lets_nobody_in(
    client: FlaskClient, office: Agency, settings: Settings
) -> None:
    """Nobody is signed in as somebody else by a link that they were sent."""
    other = create_app(settings).server.test_client()
    back = _inside(office.confirm(led(other), SUBJECT))
    assert client.get(back).status_code == 401
    led(client)
    assert client.get(back).status_code == 401
    state = parse_qs(urlsplit(led(client)).query)["state"][0]
    code = parse_qs(urlsplit(back).query)["code"][0]
    # A code of another sign-in with a state of one's own: its proof is another's.
    assert client.get("/login/back", query_string={"code": code, "state": state}).status_code == 401


@pytest.mark.parametrize("wanted", ["//evil", "https://evil", "/\\evil", "/login", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_afterwards(client: FlaskClient, office: Agency, wanted: str) -> None:
    assert came(client, office, wanted=wanted).headers["Location"] == "/"


def test_a_way_that_was_tampered_with_lets_nobody_in(client: FlaskClient, office: Agency) -> None:
    back = _inside(office.confirm(led(client), SUBJECT))
    cookie = client.get_cookie("signing", path="/login")
    assert cookie is not None and cookie.path == "/login"
    client.set_cookie("signing", cookie.value[:-2] + "xx", path="/login")
    assert client.get(back).status_code == 401


def test_where_the_single_sign_on_is_away_one_is_told_and_may_sign_in_here(kept: Store, office: Agency) -> None:
    given = {"DATABASE_URL": kept.url, "DEMO": "on", "SECRET_KEY": "k" * 32} | office.settings
    client = create_app(Settings.from_env(given | {"OIDC_ISSUER": "http://127.0.0.1:9"})).server.test_client()
    found = client.get("/login/elsewhere?lang=en")
    assert found.status_code == 503 and "does not answer" in found.text
    assert client.post("/login", data={"name": "both", "password": PASSWORD}).status_code == 303


def test_a_description_of_another_issuer_is_not_believed(kept: Store, office: Agency) -> None:
    given = {"DATABASE_URL": kept.url, "DEMO": "on", "SECRET_KEY": "k" * 32} | office.settings
    # The same server, which calls itself otherwise.
    client = create_app(Settings.from_env(given | {"OIDC_ISSUER": office.issuer + "/"})).server.test_client()
    for _ in range(2):
        assert client.get("/login/elsewhere").status_code == 503


def test_with_passwords_alone_there_is_no_way_there(kept: Store) -> None:
    given = {"DATABASE_URL": kept.url, "DEMO": "on", "SECRET_KEY": "k" * 32, "AUTH": "local"}
    client = create_app(Settings.from_env(given)).server.test_client()
    assert "/login/elsewhere" not in client.get("/login").text
    assert [client.get(path).status_code for path in ("/login/elsewhere", "/login/back?code=x&state=y")] == [404, 404]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("OIDC_ISSUER", "", "OIDC_ISSUER is not given"),
        ("OIDC_CLIENT_ID", "", "OIDC_CLIENT_ID is not given"),
        ("OIDC_CLIENT_SECRET", "", "OIDC_CLIENT_SECRET is not given"),
        ("OIDC_ISSUER", "http://sso.example", "https"),
        ("OIDC_ISSUER", "sso.example", "https"),
        ("OIDC_ISSUER", "https://sso.example/?x=1", "without a query"),
        ("OIDC_ISSUER", "https://user:pass@sso.example", "https"),
        ("SECRET_KEY", "", "SECRET_KEY is not given while AUTH is oidc"),
    ],
)
def test_nothing_starts_without_what_it_needs(office: Agency, name: str, value: str, told: str) -> None:
    given = {"SECRET_KEY": "k" * 32} | office.settings
    with pytest.raises(SettingError, match=told) as trouble:
        Settings.from_env(given | {name: value})
    assert "pass@" not in str(trouble.value)
    assert office.client_secret not in repr(Settings.from_env(given).single_sign_on)


def test_a_browser_goes_there_and_back(browser: BrowserContext, kept: Store, tmp_path: Path) -> None:
    """From a page without a session, by way of the single sign-on, to that page; and no word on the console."""
    centre = Centre(tmp_path, kept.url, DEMO="on", AUTH="oidc", SECRET_KEY="k" * 32)
    base = centre.base
    page, troubles = browser.new_page(), list[str]()

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and str(message.location["url"]).startswith(base):
            troubles.append(message.text)

    page.on("console", said)
    with agency(f"{base}/login/back") as found:
        people.link(kept, "leader", found.issuer, "in-a-browser")
        centre.start(**found.settings)
        try:
            centre.answers()
            page.goto(f"{base}/ranking?lang=vi")
            page.get_by_role("link", name="Đăng nhập một lần của cơ quan").click()
            page.locator('input[name="sub"]').fill("in-a-browser")
            page.locator('input[name="sub"]').press("Enter")
            page.wait_for_selector('[data-screen="ranking"]')
            assert page.url.startswith(f"{base}/ranking")
            assert "Lê Văn Lãnh" in page.inner_text("header")
            assert not troubles
        finally:
            page.close()
            centre.kill()
