"""Who may see and do what: every cell of the matrix, by HTTP, and whatever else a browser could send."""

import csv
import json
import random
import shutil
import string
from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from access.matrix import Grant
from app import create_app
from callbacks import gate
from data import people, person_roles, sessions
from data.person_roles import OFFICE, Role
from data.store import Store, open_store
from settings import ROOT, Settings
from tests.browser import question

ASK = "/_dash-update-component"
PASSWORD = "mật khẩu rất dài của người này"
ADDRESS = "127.0.0.1"
#: Of each role those who are asked for: the agency of each.
PEOPLE: dict[str, tuple[Role, str | None]] = {
    "pm": (Role.PM_OFFICE, None),
    "minister": (Role.MINISTER, "BNV"),
    "leader": (Role.PROVINCE_LEADER, "40"),
    "reporter-of-40": (Role.REPORTER, "40"),
    "reporter-of-bnv": (Role.REPORTER, "BNV"),
    "reporter-of-office": (Role.REPORTER, OFFICE),
    "approver-of-40": (Role.APPROVER, "40"),
    "approver-of-office": (Role.APPROVER, OFFICE),
    "admin": (Role.ADMIN, None),
    "auditor": (Role.AUDITOR, None),
}
#: Addresses of each screen, each with the agency whose it is.
PATHS: dict[str, list[tuple[str, str | None]]] = {
    "overview": [("/", None)],
    "indicator": [("/indicator/DVC01", None)],
    "ranking": [("/ranking", None)],
    "province": [("/province/40", "40"), ("/province/01", "01")],
    "ministry": [("/ministry/BNV", "BNV"), ("/ministry/BTC", "BTC"), (f"/ministry/{OFFICE}", OFFICE)],
    "compare": [("/compare", None)],
    "usage": [("/usage", None)],
    "directives": [("/directives", None)],
    "dossier": [("/dossier", None)],
    "reports": [("/reports", None)],
    "systems": [("/systems", None)],
    "methods": [("/methods", None)],
    "wall": [("/wall", None), ("/wall/far", None)],
    "account": [("/account", None)],
    "corrections": [("/corrections", None)],
    "audit": [("/audit", None)],
}
FORMS: dict[str, str | None] = {
    "reply": "40",
    "checkin": "40",
    "reminder": None,
    "draft": None,
    "sign": None,
    "report": None,
    "approve": "40",
    "refuse": "40",
}


def oracle() -> dict[tuple[str, str], Grant]:
    """Every cell of the file itself."""
    with (ROOT / "access" / "matrix.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["asked"], name): Grant(row[name]) for row in csv.DictReader(file) for name in row if name != "asked"
        }


def granted(asked: str, person: str, agency: str | None) -> bool:
    role, own = PEOPLE[person]
    grant = oracle()[asked, str(role)]
    return {
        Grant.YES: True,
        Grant.NO: False,
        Grant.OWN: agency is not None and agency == own,
        Grant.OFFICE: own == OFFICE,
        Grant.OWN_OR_OFFICE: own == OFFICE or (agency is not None and agency == own),
    }[grant]


@pytest.fixture(scope="module")
def kept(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demonstration with one person of each kind."""
    file = tmp_path_factory.mktemp("people") / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    opened = open_store(f"sqlite:///{file}")
    for name, (role, agency) in PEOPLE.items():
        people.add(opened, name, role, agency)
        people.give_password(opened, name, PASSWORD)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(kept: Store) -> Dash:
    given = {"DATABASE_URL": kept.url, "DEMO": "on", "AUTH": "local", "SECRET_KEY": "k" * 32}
    return create_app(Settings.from_env(given))


@pytest.fixture(scope="module")
def clients(app: Dash, kept: Store) -> dict[str, FlaskClient]:
    found = {}
    for name in PEOPLE:
        client: FlaskClient = app.server.test_client()
        client.set_cookie("sid", sessions.log_in(kept, name, PASSWORD, ADDRESS))
        found[name] = client
    return found


def asked(client: FlaskClient, path: str, search: str = "", **more: Any) -> TestResponse:
    return client.post(ASK, json=question(path, search) | more)


def form(name: str, agency: str | None) -> dict[str, Any]:
    cells = {} if agency is None else {"agency_code": agency}
    sent = {"name": name, "number": 1, "cells": cells, "path": "/directives", "search": ""}
    return {
        "output": "screen.receipt",
        "outputs": {"id": "screen", "property": "receipt"},
        "inputs": [{"id": "screen", "property": "sent", "value": sent}],
        "changedPropIds": ["screen.sent"],
    }


def test_the_matrix_speaks_of_every_role_and_every_screen_and_form() -> None:
    from callbacks import router
    from callbacks.forms import FORMS as TAKEN

    names = {name for name, _ in oracle()}
    assert {role for _, role in oracle()} == {str(role) for role in person_roles.Role}
    screens = {f"screen/{each.__name__.rpartition('.')[2]}" for each in router.SCREENS}
    assert screens <= names
    assert {f"form/{each}" for each in TAKEN} == {each for each in names if each.startswith("form/")}
    assert set(FORMS) == set(TAKEN)
    assert {f"screen/{name}" for name in PATHS} == screens


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("screen", PATHS)
def test_each_screen_is_opened_and_answered_as_the_matrix_says(
    clients: dict[str, FlaskClient], person: str, screen: str
) -> None:
    for path, agency in PATHS[screen]:
        right = 200 if granted(f"screen/{screen}", person, agency) else 403
        assert clients[person].get(path).status_code == right, path
        assert asked(clients[person], path).status_code == right, path
        whole = clients[person].get(f"/table{path.rstrip('/')}/board.csv")
        assert (whole.status_code == 403) is (right == 403), path


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_read_as_the_matrix_says(clients: dict[str, FlaskClient], person: str, name: str) -> None:
    for agency in {FORMS[name], "01", None}:
        answer = clients[person].post(ASK, json=form(name, agency))
        right = granted(f"form/{name}", person, agency)
        assert answer.status_code == (200 if right else 403), agency
        if right:
            # What is empty is refused by the doors of the files; a draft needs no more than who is signed in.
            receipt = json.loads(json.loads(answer.text)["response"]["screen"]["receipt"])
            assert receipt["taken"] is (name == "draft")


#: What a browser could send beside what it is asked to.
FORGED: list[dict[str, Any]] = [
    {"state": [{"id": "viewer", "property": "data", "value": {"role": "pm_office", "agency": None}}]},
    {"state": [{"id": "screen", "property": "asked", "value": {"path": "/", "search": ""}}]},
    {"changedPropIds": ["pathname.asked"]},
    {"changedPropIds": []},
    {"changedPropIds": ["url.pathname", "screen.sent"]},
    {"output": "screen.answer", "role": "pm_office", "scope": None},
]


@pytest.mark.parametrize("forged", FORGED, ids=range(len(FORGED)))
@pytest.mark.parametrize("person", ["minister", "leader", "admin", "auditor"])
def test_nothing_that_is_forged_beside_a_question_opens_what_is_not_theirs(
    clients: dict[str, FlaskClient], person: str, forged: dict[str, Any]
) -> None:
    for path in ("/province/01", "/ministry/BTC", "/dossier", "/wall"):
        found = asked(clients[person], path, **forged)
        assert found.status_code in (400, 403)
        assert_empty(found)


@pytest.mark.parametrize(
    "path",
    [
        "/province/%30%31",
        "/province/01?x",
        "/province//01",
        "//province/01",
        "/province/01/",
        "/./province/01",
        "/province/40/../01",
        "/PROVINCE/01",
        "/table/../province/01",
        "/table/province/01",
        "/province/40\x00/01",
        "/province/40%2f..%2f01",
    ],
)
def test_no_spelling_of_a_path_leads_past_the_matrix(clients: dict[str, FlaskClient], path: str) -> None:
    found = asked(clients["leader"], path)
    assert found.status_code in (204, 403, 404), found.text[:200]


def test_another_callback_than_ours_is_none(clients: dict[str, FlaskClient]) -> None:
    for target in ("screen.asked", "..screen.answer...screen.receipt..", "x.children", '{"type":"a"}.data'):
        body = question("/province/01", "") | {"output": target, "outputs": {"id": "x", "property": "children"}}
        assert clients["leader"].post(ASK, json=body).status_code == 400


def test_every_callback_bears_the_mark_of_the_gate(app: Dash) -> None:
    assert app.callback_map
    for name, tied in app.callback_map.items():
        told = tied["callback"]
        while told is not None and not getattr(told, gate.MARK, False):
            told = getattr(told, "__wrapped__", None)
        assert told is not None, name


# Nobody


@pytest.fixture
def nobody(app: Dash) -> FlaskClient:
    client: FlaskClient = app.server.test_client()
    return client


#: Answered without asking who asks: whether the centre lives, where people sign in, where a screen is enrolled.
FOR_ALL = {"/livez", "/readyz", "/heartbeat", "/login"}


def test_nobody_is_answered_nothing_at_any_rule_of_the_map(app: Dash, nobody: FlaskClient) -> None:
    seen = 0
    for rule in app.server.url_map.iter_rules():
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<path:{argument}>", "ranking/board.csv").replace(f"<int:{argument}>", "1")
            path = path.replace(f"<{argument}>", "x").replace(f"<string:{argument}>", "x")
        assert "<" not in path, path
        if path in FOR_ALL:
            continue
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "DELETE", "PATCH"}:
            found = nobody.open(path, method=method)
            seen += 1
            assert found.status_code in (302, 303, 401, 403, 404, 405), (method, path)
            assert_empty(found)
    assert seen > 8


def test_nobody_is_answered_nothing_at_any_path(nobody: FlaskClient) -> None:
    drawn = random.Random(8)
    letters = string.ascii_letters + string.digits + "/-_.%"
    paths = ["/" + "".join(drawn.choices(letters, k=drawn.randint(1, 30))) for _ in range(50)]
    for path in [*paths, *(path for each in PATHS.values() for path, _ in each)]:
        found = nobody.get(path)
        assert found.status_code in (302, 401, 403, 404, 308), path
        assert_empty(found)
        assert asked(nobody, path).status_code == 401


def assert_empty(found: TestResponse) -> None:
    """Nothing of the store is in it: no figure, no name of an agency."""
    assert not [each for each in ("data-figure", "Nghệ An", "Bắc Kạn", "10,7", "86,5") if each in found.text]


def test_nobody_hears_of_no_data_in_a_beat(nobody: FlaskClient) -> None:
    assert set(json.loads(nobody.get("/heartbeat").text)) == {"build", "now", "session", "walls"}
