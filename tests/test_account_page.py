"""One's own account, the bar over every screen, and the forms: each says and offers what the matrix grants."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext

from access.matrix import Member
from data import sessions
from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import DESKTOP, PHONE, TABLET, WIDE
from tests.centre import Centre
from tests.engines import audit_rows
from tests.looks import assert_fits, resized
from tests.people import awaited, centre_of_people, seated
from tests.test_accessible import grave, script
from tests.test_matrix import ADDRESS, ASK, PASSWORD, PEOPLE, app, asked, clients, form, granted, kept, oracle
from tests.trees import Trees, nodes_of, sent

__all__ = ["app", "clients", "kept"]


def trees_of(client: FlaskClient, path: str, search: str = "") -> Trees:
    found: Trees = json.loads(json.loads(asked(client, path, search).text)["response"]["screen"]["answer"])["trees"]
    return found


def text(tree: Any) -> str:
    if isinstance(tree, str):
        return tree
    return " ".join(text(child) for child in (tree if tree and isinstance(tree[0], list) else tree[2:]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", PEOPLE)
def test_the_account_says_in_words_what_the_matrix_grants(
    clients: dict[str, FlaskClient], person: str, language: str
) -> None:
    say, (role, agency) = speaker(language), PEOPLE[person]
    trees = trees_of(clients[person], "/account", f"?lang={language}")
    rows = {node[1]["data-asked"]: node for node in nodes_of(trees["seen"]) if "data-asked" in node[1]}
    assert set(rows) == {name for name, _ in oracle() if not name.startswith("route/")}
    for name, node in rows.items():
        cell = oracle()[name, str(role)]
        is_office = agency == "VPCP"
        office = {"office": "yes" if is_office else "no", "own/office": "yes" if is_office else "own"}
        how = ({"yes": "yes", "no": "no", "own": "own"} | office)[str(cell)]
        assert node[1]["data-granted"] == how, name
        assert say(name.replace("/", ".")) in text(node) and say(f"account.{how}") in text(node)
    who = text(trees["who"])
    assert person in who and say(f"role.{role}") in who
    assert text(trees["sessions"]).count("/20") == 2, "since when, and when it ends"
    assert text(trees["account"]).strip() == person


@pytest.mark.parametrize("person", PEOPLE)
def test_the_navigation_shows_what_may_be_opened(clients: dict[str, FlaskClient], person: str) -> None:
    links = [node[1]["href"] for node in nodes_of(trees_of(clients[person], "/account")["nav"]) if node[0] == "a"]
    assert all(clients[person].get(each).status_code == 200 for each in links), links
    missing = {"/", "/ranking", "/usage", "/directives", "/reports", "/systems", "/corrections", "/audit"} - set(
        links
    )
    assert all(clients[person].get(each).status_code == 403 for each in missing), missing
    own = {"leader": "/province/40", "minister": "/ministry/BNV", "pm": "/province/01", "auditor": "/audit"}
    assert person not in own or own[person] in links


@pytest.mark.parametrize("path", ["/directives", "/dossier"])
@pytest.mark.parametrize("person", PEOPLE)
def test_a_form_is_drawn_for_whom_it_would_be_taken_from(
    clients: dict[str, FlaskClient], person: str, path: str
) -> None:
    if asked(clients[person], path).status_code == 403:
        return
    trees = trees_of(clients[person], path)
    drawn = [node[1] for tree in trees.values() for node in nodes_of(tree) if node[0] == "Form"]
    for each in drawn:
        assert granted(f"form/{each['name']}", person, each["given"].get("agency_code")), each["name"]
    fields = {
        node[1].get("name") for tree in trees.values() for node in nodes_of(tree) if node[0] in ("input", "textarea")
    }
    assert "person" not in fields
    if (person, path) == ("reporter-of-office", "/dossier"):
        assert [each["name"] for each in drawn] == ["draft"] and person in text(trees["sender"])
    if person == "pm":
        assert drawn == []


def test_where_nobody_signs_in_every_form_asks_for_a_name_and_the_foot_says_so(
    held: Store, settings: Settings
) -> None:
    trees = sent(held, settings, "/dossier")
    drawn = [node for tree in trees.values() for node in nodes_of(tree) if node[0] == "Form"]
    assert [node[1]["name"] for node in drawn] == ["draft"]
    assert "person" in {node[1].get("name") for node in nodes_of(drawn[0])}
    for language in LANGUAGES:
        for path in ("/", "/account", "/methods"):
            found = sent(held, settings, f"{path}?lang={language}")
            assert speaker(language)("foot.open") in text(found["open"])
            assert found["account"] == found["sender"] == []
    assert "open" not in sent(held, settings, "/wall") and "account" not in sent(held, settings, "/wall")


def test_a_list_bears_the_name_of_who_is_signed_in_whatever_is_typed(
    clients: dict[str, FlaskClient], kept: Store
) -> None:
    body = form("draft", None)
    body["inputs"][0]["value"]["cells"] = {"person": "Somebody Else", "at": "2020-02-14"}
    answer = clients["reporter-of-office"].post(ASK, json=body)
    assert json.loads(json.loads(answer.text)["response"]["screen"]["receipt"])["taken"] is True
    step, detail = audit_rows(kept)[-1]
    assert step == "dossier drafted" and json.loads(detail)["person"] == "reporter-of-office"


def test_what_is_kept_of_a_screen_bears_nobodys_name(clients: dict[str, FlaskClient], kept: Store) -> None:
    """Two of one role and agency share a screen as it was drawn, and each sees their own name."""
    from data import people
    from data.person_roles import Role

    people.add(kept, "second-pm", Role.PM_OFFICE, display="Người thứ hai")
    people.give_password(kept, "second-pm", PASSWORD)
    first = trees_of(clients["pm"], "/directives")
    token = sessions.log_in(kept, "second-pm", PASSWORD, ADDRESS)
    found = clients["pm"].application.test_client()
    found.set_cookie("sid", token)
    second = trees_of(found, "/directives")
    assert {name for name in first if first[name] != second[name]} <= {"account", "sender", "freshness"}
    assert "Người thứ hai" in text(second["account"]) and "Người thứ hai" not in json.dumps(first)


def test_the_static_page_names_no_screen_where_people_sign_in(clients: dict[str, FlaskClient]) -> None:
    assert "/ranking" not in clients["admin"].get("/_dash-layout").text


def test_of_no_agency_a_cell_of_the_own_one_grants_nothing() -> None:
    assert not Member("x", "x", PEOPLE["pm"][0], None).may("form/reply", None)


# In a browser


@pytest.fixture(scope="module")
def served_people(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Centre, Store]]:
    with centre_of_people(demonstration_url, tmp_path_factory.mktemp("account")) as found:
        yield found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("person", "path"), [("leader", "/account"), ("reporter-of-office", "/"), ("auditor", "/audit")]
)
def test_bar_account_and_log_fit_every_window(
    browser: BrowserContext, served_people: tuple[Centre, Store], person: str, path: str, language: str
) -> None:
    centre, _ = served_people
    with seated(browser, centre, person, f"{path}?lang={language}") as page:
        for size in (WIDE, DESKTOP, (1280, 800), TABLET, PHONE):
            assert_fits(resized(page, size), 20)
            box = page.locator(".account").bounding_box()
            assert box is not None and box["width"] > 20 and box["height"] >= (44 if size[0] < 1200 else 24)
        resized(page, DESKTOP)
        page.evaluate(script())
        assert grave(page) == []


def test_the_other_sessions_are_ended_by_the_button(
    browser: BrowserContext, served_people: tuple[Centre, Store]
) -> None:
    centre, store = served_people
    other = sessions.log_in(store, "pm", PASSWORD, ADDRESS)
    with seated(browser, centre, "pm", "/account") as page:
        page.wait_for_selector(".post[action^='/account/end']")
        assert page.locator(".account-others li").count() == 1
        page.locator(".post[action^='/account/end'] button").focus()
        page.keyboard.press("Enter")
        awaited(page, "account")
        page.wait_for_selector("text=" + speaker("vi")("account.no_others"))
        assert sessions.who(store, other) == sessions.Absent.ENDED
        assert page.locator(".account-others").count() == 0
