"""The page of the audit log: its rows, what is looked for, whether it is whole, its file and its paper."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext

from data import audit, audit_pages
from data.audit_pages import ACTIONS, Checks, Wanted, part
from data.clock import machine_today
from data.ledger.entries import audit as write
from data.schema import AUDIT
from data.scope import EVERYTHING, Scope
from data.store import Snapshot, Store
from i18n import LANGUAGES, speaker
from metrics.boards.audit import PAGE
from tests.centre import Centre
from tests.engines import audit_rows
from tests.paper import on_paper, printed, words
from tests.people import centre_of_people, seated
from tests.test_account_page import text, trees_of
from tests.test_matrix import PEOPLE, app, clients, kept
from tests.trees import nodes_of

__all__ = ["app", "clients", "kept"]


def numbers(client: FlaskClient, search: str = "") -> list[int]:
    tree = trees_of(client, "/audit", search)["entries"]
    return [int(node[1]["data-entry"]) for node in nodes_of(tree) if "data-entry" in node[1]]


def filled(store: Store, count: int) -> None:
    with store.writing() as connection:
        for at in range(count):
            write(connection, f"person p{at % 3}", "person login", {"address": f"10.0.0.{at % 250}", "at": at})


def held(store: Store) -> list[audit.Entry]:
    with store.reading() as snapshot:
        return list(audit.entries(snapshot, EVERYTHING))


# The rows


def test_pages_follow_one_another_without_a_gap(clients: dict[str, FlaskClient], kept: Store) -> None:
    filled(kept, 2 * PAGE)
    every = [entry.number for entry in held(kept)][::-1]
    seen: list[int] = []
    search = ""
    while page := numbers(clients["auditor"], search):
        assert len(page) <= PAGE
        seen += page
        search = f"?before={page[-1]}"
    assert seen == every


@pytest.mark.parametrize(
    ("search", "holds"),
    [
        ("?action=person", lambda entry: entry.action.split()[0] == "person"),
        ("?actor=person%20p1", lambda entry: entry.actor == "person p1"),
        ("?find=10.0.0.7%22", lambda entry: '10.0.0.7"' in entry.detail),
        ("?find=%25", lambda entry: "%" in entry.detail),
        ("?find=FILES", lambda entry: "files" in entry.detail),
        (
            "?action=ingest&actor=product",
            lambda entry: (entry.action.split()[0], entry.actor) == ("ingest", "product"),
        ),
    ],
)
def test_what_is_looked_for_is_found_and_nothing_else(
    clients: dict[str, FlaskClient], kept: Store, search: str, holds: Any
) -> None:
    filled(kept, 20)
    right = [entry.number for entry in held(kept) if holds(entry)][::-1]
    assert numbers(clients["auditor"], search) == right[:PAGE]
    assert len(right) < len(held(kept))


def test_of_a_day_the_rows_of_that_day_in_viet_nam(clients: dict[str, FlaskClient], kept: Store) -> None:
    today = machine_today().isoformat()
    assert numbers(clients["auditor"], f"?period={today}")
    assert numbers(clients["auditor"], "?period=2019-01-01") == []
    assert numbers(clients["auditor"], "?period=nonsense") == numbers(clients["auditor"])


def test_every_action_that_was_ever_written_is_of_the_list(kept: Store) -> None:
    assert {action.split()[0] for action, _ in audit_rows(kept)} <= set(ACTIONS)
    for language in LANGUAGES:
        assert all(speaker(language).knows(f"audit.of_{each}") for each in ACTIONS)


def test_nobody_but_the_auditor_sees_a_row(clients: dict[str, FlaskClient], kept: Store) -> None:
    for name in PEOPLE:
        found = clients[name].get("/table/audit/entries.csv")
        assert found.status_code == (200 if name == "auditor" else 403)
    with kept.reading() as snapshot:
        assert part(snapshot, Scope(frozenset({"40", "VN"})), Wanted(), 10) == audit_pages.Part((), 0, False)


def test_a_detail_is_text_and_no_markup(clients: dict[str, FlaskClient], kept: Store) -> None:
    with kept.writing() as connection:
        write(connection, "person <b>", "person login", {"x": "<script>alert(1)</script>", "y": "=1+1"})
    trees = trees_of(clients["auditor"], "/audit")
    assert "<script>" in text(trees["entries"])
    assert not [node for node in nodes_of(trees["entries"]) if node[0] == "script"]


# Whether it is whole


def chain(client: FlaskClient) -> dict[str, Any]:
    (node,) = [each for each in nodes_of(trees_of(client, "/audit")["chain"]) if "data-chain" in each[1]]
    return {"state": node[1]["data-chain"], "row": node[1].get("data-row"), "text": text(node)}


def test_the_chain_is_told_up_to_its_newest_row_and_where_it_breaks(
    clients: dict[str, FlaskClient], kept: Store
) -> None:
    # A row of a file that was taken away before comes when the writer is free.
    assert clients["auditor"].application.extensions["export_notes"].written(30)
    last = held(kept)[-1]
    found = chain(clients["auditor"])
    assert found["state"] == "whole" and f"{last.number}:{last.checksum}" in found["text"]
    with kept._writer.connect() as connection, connection.begin():
        triggers = connection.execute(
            sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
        ).all()
        for trigger in triggers:
            connection.execute(sa.text(f"DROP TRIGGER {trigger.name}"))
        before = connection.execute(sa.select(AUDIT.c.detail).where(AUDIT.c.id == 7)).scalar_one()
        connection.execute(AUDIT.update().where(AUDIT.c.id == 7).values(detail="{}"))
    try:
        # The head is where it was: what was verified shortly before stands, and is told with its hour.
        assert chain(clients["auditor"])["state"] == "whole"
        filled(kept, 1)
        found = chain(clients["auditor"])
        assert (found["state"], found["row"]) == ("broken", "7")
        assert speaker("vi")("audit.broken_all") in text(trees_of(clients["auditor"], "/audit")["answer"])
    finally:
        with kept._writer.connect() as connection, connection.begin():
            connection.execute(AUDIT.update().where(AUDIT.c.id == 7).values(detail=before))
            for trigger in triggers:
                connection.execute(sa.text(trigger.sql))
        filled(kept, 1)
    assert chain(clients["auditor"])["state"] == "whole"


def test_a_log_is_walked_once_for_a_head_and_again_after_ten_minutes(
    kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked = []

    def walk(snapshot: Snapshot) -> audit.Verified:
        walked.append(1)
        return audit.verify(snapshot)

    monkeypatch.setattr(audit_pages, "verify", walk)
    checks = Checks()
    with kept.reading() as snapshot:
        first = checks.checked(snapshot)
        assert checks.checked(snapshot) is first and len(walked) == 1
        monkeypatch.setattr(audit_pages, "_VERIFIED_SECONDS", 0)
        assert checks.checked(snapshot).found == first.found and len(walked) == 2


# Table, file and paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_every_row_that_was_asked_for_with_its_label(
    clients: dict[str, FlaskClient], kept: Store, language: str
) -> None:
    filled(kept, 2 * PAGE)
    say = speaker(language)
    answer = clients["auditor"].get(f"/table/audit/entries.csv?lang={language}&action=person")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    wanted = [entry for entry in held(kept) if entry.action.startswith("person ")][::-1]
    assert [int(row[say("column.row")]) for row in rows] == [entry.number for entry in wanted]
    assert [row[say("column.checksum")] for row in rows] == [entry.checksum for entry in wanted]
    assert {row[say("column.classification")] for row in rows} == {say("classification.internal")}
    assert json.loads(rows[0][say("column.detail")])
    twin = trees_of(clients["auditor"], "/audit", f"?lang={language}&action=person&table=entries")["twin"]
    assert len([node for node in nodes_of(twin) if node[0] == "tr"]) == PAGE + 1


@pytest.fixture(scope="module")
def served_people(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Centre, Store]]:
    with centre_of_people(demonstration_url, tmp_path_factory.mktemp("audit")) as found:
        yield found


def test_it_is_looked_through_by_keyboard_and_printed_on_a4(
    browser: BrowserContext, served_people: tuple[Centre, Store]
) -> None:
    centre, _ = served_people
    with seated(browser, centre, "auditor", "/audit") as page:
        every = page.locator("tr[data-entry]").count()
        page.locator("[name=find]").focus()
        page.keyboard.type("minister")
        page.keyboard.press("Enter")
        page.wait_for_url("**/audit?find=minister")
        page.wait_for_function("(every) => document.querySelectorAll('tr[data-entry]').length < every", arg=every)
        assert page.input_value("[name=find]") == "minister"
        page.go_back()
        page.wait_for_function("(every) => document.querySelectorAll('tr[data-entry]').length === every", arg=every)
        assert page.input_value("[name=find]") == ""
        paper = printed(page)
        told = words("".join(each.extract_text() for each in paper.pages))
        assert words(speaker("vi")("classification.internal")) in told and words("person login") in told
        assert all((round(each.mediabox.width), round(each.mediabox.height)) == (595, 842) for each in paper.pages)
        with on_paper(page):
            assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert not page.locator(".asking").is_visible() and not page.locator(".account").is_visible()
