"""Corrections that wait for a second person, on a page: who sees them, who decides, and what cannot be forged."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext

from app import create_app
from data import clock, people, queries, sessions, tasks
from data.clock import VIETNAM
from data.closings import Proposal, Standing, close
from data.person_roles import OFFICE, Role
from data.proposing import approve, refuse
from data.refusal import Proposed
from data.scope import EVERYTHING
from data.store import Store
from i18n import LANGUAGES, speaker
from settings import Settings
from tests.browser import DESKTOP, PHONE, TABLET, WIDE
from tests.centre import Centre
from tests.deliveries import MACHINE_TODAY, deliver, directive, figure, said, written
from tests.engines import audit_rows
from tests.looks import assert_fits, resized
from tests.people import awaited, centre_of_people, seated
from tests.proposed import PERIOD, closed, listed, propose, share
from tests.test_accessible import grave, script
from tests.test_account_page import text, trees_of
from tests.test_matrix import ADDRESS, ASK, PASSWORD, form
from tests.trees import nodes_of, sent

#: Who is here: role, agency, and how others read their name.
PERSONS: dict[str, tuple[Role, str | None, str]] = {
    "reporter": (Role.REPORTER, "01", "Phạm Thu Lan"),
    "approver": (Role.APPROVER, "01", "Trần Thị Hoa"),
    "elsewhere": (Role.APPROVER, "79", "Võ Minh Đức"),
    "office": (Role.APPROVER, OFFICE, "Lê Văn Quang"),
    "scribe": (Role.REPORTER, OFFICE, "Đỗ Thị Mai"),
    "pm": (Role.PM_OFFICE, None, "Văn phòng"),
    "minister": (Role.MINISTER, "BNV", "Bộ trưởng"),
    "leader": (Role.PROVINCE_LEADER, "01", "Chủ tịch"),
    "admin": (Role.ADMIN, None, "Quản trị"),
    "auditor": (Role.AUDITOR, None, "Kiểm toán"),
}
VI = speaker("vi")


def _months() -> Iterator[str]:
    return (f"{year}-{month:02}" for year in range(2000, 2020) for month in range(1, 13))


@dataclass
class Desk:
    """A store in which periods are closed, and the browser of everybody of PERSONS."""

    store: Store
    folder: Path
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    #: Each proposal is of a period of its own.
    months: Iterator[str] = field(default_factory=_months)

    def proposed(self, agency: str = "01", actor: str = "reporter", **cells: str) -> int:
        """A new closed figure of 10 %, of which another was proposed; the number of the proposal."""
        period = next(self.months)
        first = figure("10", agency_code=agency, period=period)
        deliver(self.store, self.folder, written(first))
        close(self.store, "DVC01", period, "cli")
        return self.again(first | {"value": "11", "published": "2020-02-10"} | cells, actor)

    def again(self, row: dict[str, str], actor: str = "reporter") -> int:
        """Propose a correction of a period that is closed."""
        with pytest.raises(Proposed):
            deliver(self.store, self.folder, written(row), delivery=said(reason="đính chính", actor=actor))
        return listed(self.store)[-1].number

    def of(self, number: int) -> Proposal:
        """One proposal as it stands."""
        return next(each for each in listed(self.store) if each.number == number)

    def figure(self, number: int) -> tuple[str, int]:
        """The value and the revision that the figure of a proposal has now."""
        found = self.of(number)
        with self.store.reading() as snapshot:
            known = queries.known_observations(snapshot, EVERYTHING, "DVC01", MACHINE_TODAY, [found.period])
        (seen,) = [each for each in known if each.agency == found.agency]
        return str(seen.value.number if seen.value else None), seen.revision

    def sends(self, who: str, name: str, number: int | str, **cells: str) -> tuple[int, bool, str]:
        """What a form is answered: status, whether it was taken, and what is said; for the figure's own agency unless
        a cell says another."""
        body = form(name, None)
        own = {"agency_code": self.of(number).agency} if isinstance(number, int) else {}
        body["inputs"][0]["value"] |= {"cells": {"number": str(number)} | own | cells, "path": "/corrections"}
        answer = self.clients[who].post(ASK, json=body)
        if answer.status_code != 200:
            return answer.status_code, False, ""
        receipt = json.loads(json.loads(answer.text)["response"]["screen"]["receipt"])
        return 200, receipt["taken"], read(receipt["tree"])

    def decisions(self) -> list[tuple[str, str]]:
        """The rows of the log that tell of decisions."""
        return [row for row in audit_rows(self.store) if row[0] in {f"correction {each}" for each in _STEPS}]


_STEPS = ("approve", "refuse", "outdated")


@pytest.fixture(scope="module")
def desk(module_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    for name, (role, agency, display) in PERSONS.items():
        people.add(module_store, name, role, agency, display)
        people.give_password(module_store, name, PASSWORD)
    given = {"DATABASE_URL": module_store.url, "DEMO": "off", "AUTH": "local", "SECRET_KEY": "k" * 32}
    server = create_app(Settings.from_env(given | {"TODAY": "2020-03-10"})).server
    found = Desk(module_store, tmp_path_factory.mktemp("desk"))
    for name in PERSONS:
        client: FlaskClient = server.test_client()
        client.set_cookie("sid", sessions.log_in(module_store, name, PASSWORD, ADDRESS))
        found.clients[name] = client
    with closing(server.extensions["store"]):
        yield found


def read(tree: Any) -> str:
    """The words of a tree as they read on one line."""
    return " ".join(text(tree).split())


def shown(client: FlaskClient, search: str = "") -> dict[int, list[Any]]:
    """The proposals that a page draws, by number."""
    trees = trees_of(client, "/corrections", search)
    drawn = [node for name in ("proposed", "decided") for node in nodes_of(trees[name])]
    return {int(node[1]["data-proposal"]): node for node in drawn if "data-proposal" in node[1]}


def forms_in(node: list[Any]) -> list[str]:
    return [each[1]["name"] for each in nodes_of(node) if each[0] == "Form"]


# Who decides


@pytest.mark.parametrize("name", ["approve", "refuse"])
@pytest.mark.parametrize("person", PERSONS)
def test_only_an_approver_of_the_agency_or_of_the_office_decides(desk: Desk, person: str, name: str) -> None:
    number = desk.proposed()
    status, taken, words = desk.sends(person, name, number, answer="thiếu văn bản")
    decides = person in ("approver", "office")
    assert (status, taken) == ((200, True) if decides else (403, False)), words
    if not decides:
        assert desk.of(number).standing is Standing.WAITING and desk.figure(number) == ("10", 1)
    elif name == "approve":
        assert desk.of(number).standing is Standing.APPROVED and desk.figure(number) == ("11", 2)
    else:
        assert desk.of(number).answer == "thiếu văn bản" and desk.figure(number) == ("10", 1)
    assert desk.of(number).decided_by == (person if decides else None)


@pytest.mark.parametrize("name", ["approve", "refuse"])
def test_the_agency_of_a_form_is_not_believed(desk: Desk, name: str) -> None:
    number, before = desk.proposed(), desk.decisions()
    status, taken, words = desk.sends("elsewhere", name, number, agency_code="79", answer="không phải của tôi")
    assert (status, taken) == (200, False)
    assert words == VI("proposals.why_no_proposal", number=number)
    assert desk.of(number).standing is Standing.WAITING and desk.decisions() == before
    assert desk.sends("approver", name, number, agency_code="79")[0] == 403, "the gate reads it as it was sent"


FORGED = {
    **{"person": "reporter", "by": "reporter", "display": "elsewhere", "decided_by": "pm", "proposed_by": "pm"},
    **{"reason": "x", "scope": "*", "role": "pm_office", "standing": "approved", "value": "99"},
}


def test_who_decides_is_who_is_signed_in_whatever_is_typed(desk: Desk) -> None:
    number = desk.proposed()
    assert desk.sends("approver", "approve", number, **FORGED)[1]
    found = desk.of(number)
    assert (found.decided_by, found.proposed_by, found.reason) == ("approver", "reporter", "đính chính")
    assert desk.figure(number) == ("11", 2)


@pytest.mark.parametrize("actor", ["approver", "APPROVER", " Approver ", "Trần Thị Hoa", "trần  thị hoa"])
def test_nobody_approves_what_they_proposed_under_any_of_their_names(desk: Desk, actor: str) -> None:
    number = desk.proposed(actor=actor)
    _, taken, words = desk.sends("approver", "approve", number, person="somebody", by="somebody")
    assert not taken and VI("proposals.own").partition(";")[2].strip(" .") in words
    assert desk.figure(number) == ("10", 1)
    assert desk.sends("approver", "refuse", number, answer="tôi nhầm")[1], "it may be taken back"


def test_a_proposer_is_offered_no_form_to_approve(desk: Desk) -> None:
    number = desk.proposed(actor="approver")
    assert forms_in(shown(desk.clients["approver"])[number]) == ["refuse"]
    assert forms_in(shown(desk.clients["office"])[number]) == ["approve", "refuse"]
    assert VI("proposals.own") in read(shown(desk.clients["approver"])[number])


@pytest.mark.parametrize("second", ["approve", "refuse"])
@pytest.mark.parametrize("first", ["approve", "refuse"])
def test_what_is_decided_says_so_and_changes_nothing(desk: Desk, first: str, second: str) -> None:
    number = desk.proposed()
    assert desk.sends("approver", first, number, answer="thiếu văn bản")[1]
    before, figures, log = desk.of(number), desk.figure(number), audit_rows(desk.store)
    _, taken, words = desk.sends("office", second, number, answer="lý do khác")
    assert not taken and words == VI("proposals.why_proposal_decided", number=number, name="approver")
    assert (desk.of(number), desk.figure(number), audit_rows(desk.store)) == (before, figures, log)


def test_what_is_outdated_says_so_and_changes_no_figure(desk: Desk) -> None:
    old = desk.proposed()
    row = figure("12", period=desk.of(old).period, published="2020-02-11")
    new = desk.again(row)
    assert desk.sends("approver", "approve", new)[1] and desk.figure(old) == ("12", 2)
    _, taken, words = desk.sends("approver", "approve", old)
    assert not taken and words == VI("proposals.why_outdated", number=old)
    assert desk.figure(old) == ("12", 2) and desk.of(old).standing is Standing.OUTDATED
    assert desk.decisions()[-1][0] == "correction outdated"
    assert not desk.sends("approver", "approve", old)[1]
    assert shown(desk.clients["approver"])[old][1]["data-standing"] == "outdated"


@pytest.mark.parametrize("answer", ["", "   ", "Độ mật: Tối mật", "a\u202eb", "x" * 501])
def test_a_refusal_has_a_reason_that_a_file_could_hold(desk: Desk, answer: str) -> None:
    number, before = desk.proposed(), audit_rows(desk.store)
    _, taken, words = desk.sends("approver", "refuse", number, answer=answer)
    assert not taken and desk.of(number).standing is Standing.WAITING
    assert "Tối" not in words.replace("Tối đa", "")
    # What bears a mark of secrecy is a denial, and told without a letter of it.
    denied = [row for row in audit_rows(desk.store)[len(before) :] if row[0] != "correction propose"]
    assert [step for step, _ in denied] == (["secrecy"] if "Tối mật" in answer else [])
    assert not any("Tối" in detail for _, detail in denied)


@pytest.mark.parametrize("number", ["", "0", "-1", "1.0", "٣", "999999", "9" * 30, "1 OR 1=1"])
def test_what_is_no_number_of_a_proposal_is_none(desk: Desk, number: str) -> None:
    before = audit_rows(desk.store)
    status, taken, words = desk.sends("approver", "approve", number, agency_code="01")
    assert (status, taken) == (200, False) and VI("proposals.why_no_proposal", number=0)[:18] in words
    assert audit_rows(desk.store) == before


def test_the_log_holds_what_the_command_line_writes(desk: Desk) -> None:
    typed, clicked = desk.proposed(), desk.proposed()
    approve(desk.store, typed, "approver")
    assert desk.sends("approver", "approve", clicked)[1]
    refused, denied = desk.proposed(), desk.proposed()
    refuse(desk.store, refused, "approver", "thiếu văn bản")
    assert desk.sends("approver", "refuse", denied, answer="thiếu  văn bản")[1]
    rows = [(step, json.loads(detail)) for step, detail in desk.decisions()[-4:]]
    assert [step for step, _ in rows] == ["correction approve"] * 2 + ["correction refuse"] * 2
    for each in rows:
        assert {each[1].pop("proposal"), each[1].pop("period")} & {typed, clicked, refused, denied}
    assert rows[0] == rows[1] and rows[2] == rows[3]


# Who sees what


def test_each_sees_the_proposals_of_their_own_agency(desk: Desk) -> None:
    own, other, nation = desk.proposed(), desk.proposed("79"), desk.proposed("VN")
    for person, right in {
        "reporter": {own},
        "approver": {own},
        "elsewhere": {other},
        "office": {own, other, nation},
        "scribe": {own, other, nation},
        "pm": {own, other, nation},
    }.items():
        found = shown(desk.clients[person], "?standing=waiting")
        assert {own, other, nation} & set(found) == right, person
        forms = [name for number in right for name in forms_in(found[number])]
        assert forms == (["approve", "refuse"] * len(right) if PERSONS[person][0] is Role.APPROVER else []), person
    assert desk.sends("office", "approve", nation)[1]


def test_what_is_shown_is_told_in_the_words_of_the_product(desk: Desk) -> None:
    row = {"value": "", "numerator": "20", "denominator": "150", "note": "bổ sung", "status": "preliminary"}
    number = desk.proposed(**row)
    node = shown(desk.clients["office"])[number]
    words = read(node)
    for each in ("10 %", "13,3 %", "20 / 150", "+3,3", "Phạm Thu Lan (reporter)", "đính chính"):
        assert each.replace(" ", "") in words.replace(" ", "").replace("\u00a0", ""), each
    assert f"{VI('proposals.cell_note')}: – → bổ sung" in words
    assert f"{VI('data_status.official')} → {VI('data_status.preliminary')}" in words
    marks = [each[1]["data-derived"] for each in nodes_of(node) if "data-derived" in each[1]]
    assert len(marks) == len(set(marks)) == 5, "two figures, two terms, one difference"


def test_a_withdrawal_is_told_as_one(desk: Desk) -> None:
    number = desk.proposed(value="", status="withdrawn")
    assert VI("provenance.withdrawn") in read(shown(desk.clients["office"])[number])


def test_waiting_ones_stand_first_and_the_address_narrows_them(desk: Desk) -> None:
    for _ in range(2):
        assert desk.sends("office", "approve", desk.proposed())[1]
    desk.proposed(), desk.proposed()
    client = desk.clients["office"]
    standings = [node[1]["data-standing"] for node in shown(client).values()]
    assert standings == sorted(standings, key=lambda each: each != "waiting") and len(set(standings)) > 1
    waits = list(shown(client, "?standing=waiting"))
    assert waits == sorted(waits)
    decided = [desk.of(number).decided_at for number in shown(client, "?standing=approved")]
    assert decided == sorted(decided, key=str, reverse=True)
    for standing in Standing:
        found = shown(client, f"?standing={standing}")
        assert {node[1]["data-standing"] for node in found.values()} <= {str(standing)}
    notices = text(trees_of(client, "/corrections", "?standing=overdue")["notices"])
    assert VI("notice.unknown_standing", value="overdue") in notices
    assert "standing" not in text(trees_of(client, "/directives", "?standing=overdue")["notices"])
    wrong = text(trees_of(client, "/directives", "?standing=approved")["notices"])
    assert VI("notice.unknown_standing", value="approved") in wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_the_same_rows(desk: Desk, language: str) -> None:
    number = desk.proposed(value="", numerator="20", denominator="150")
    say = speaker(language)
    answer = desk.clients["office"].get(f"/table/corrections/corrections.csv?lang={language}&standing=waiting")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [int(row[say("column.line")]) for row in rows] == list(shown(desk.clients["office"], "?standing=waiting"))
    row = next(row for row in rows if row[say("column.line")] == str(number))
    assert (row[say("column.numerator_after")], row[say("column.denominator_after")]) == ("20", "150")
    assert row[say("column.standing")] == say("proposals.of_waiting")
    assert desk.clients["minister"].get("/table/corrections/corrections.csv").status_code == 403


def test_the_count_stands_in_the_bar_and_on_the_overview_of_who_decides(desk: Desk) -> None:
    desk.proposed("79")

    def told(person: str) -> tuple[str, str]:
        trees = trees_of(desk.clients[person], "/")
        (badge,) = [text(node) for node in nodes_of(trees["nav"]) if node[1].get("className") == "nav-count"] or [""]
        return badge.split(" ")[0], read(trees["waits"]) if trees["waits"] else ""

    waits = [each for each in listed(desk.store) if each.standing is Standing.WAITING]
    everything, own = str(len(waits)), str(sum(each.agency == "79" for each in waits))
    assert told("office")[0] == everything and everything in told("office")[1]
    assert told("elsewhere")[0] == own and told("elsewhere")[1].startswith(own)
    for person in ("reporter", "scribe", "pm", "minister"):
        assert told(person) == ("", ""), person
    for each in waits:
        if each.agency == "79":
            assert desk.sends("elsewhere", "refuse", each.number, answer="thử")[1]
    assert told("elsewhere") == ("", ""), "none waits"
    assert not trees_of(desk.clients["office"], "/reports")["waits"]


def test_what_is_under_embargo_is_heard_of_by_nobody_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.now()
    until = (moment + timedelta(hours=1)).astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")
    number = desk.proposed(embargo_until=until)
    assert number in shown(desk.clients["pm"])
    for person in ("office", "approver", "reporter"):
        assert number not in shown(desk.clients[person])
    _, taken, words = desk.sends("office", "approve", number)
    assert not taken and words == VI("proposals.why_no_proposal", number=number)
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(hours=2))
    assert number in shown(desk.clients["approver"])


def test_where_nobody_signs_in_it_is_read_and_nothing_is_decided(desk: Desk) -> None:
    number = desk.proposed()
    settings = Settings.from_env({"DATABASE_URL": desk.store.url, "DEMO": "off", "TODAY": "2020-03-10"})
    drawn = list(nodes_of(sent(desk.store, settings, "/corrections")["proposed"]))
    assert [node for node in drawn if node[1].get("data-proposal") == str(number)]
    assert not [node for node in drawn if node[0] == "Form"]
    assert any(VI("proposals.unsigned") in read(node) for node in drawn if node[0] == "p")
    server = create_app(settings).server
    with closing(server.extensions["store"]), server.test_client() as client:
        desk.clients["open"] = client
        for name in ("approve", "refuse"):
            status, taken, words = desk.sends("open", name, number, person="approver", by="approver", answer="x")
            assert (status, taken, words) == (200, False, VI("proposals.why_unsigned"))
    del desk.clients["open"]
    assert desk.of(number).standing is Standing.WAITING


@pytest.mark.parametrize(("language", "name"), [("vi", "Đính chính"), ("en", "Corrections")])
def test_the_search_finds_it_by_its_name(held: Store, settings: Settings, language: str, name: str) -> None:
    (box,) = [node for node in nodes_of(sent(held, settings, f"/?lang={language}")["search"]) if node[0] == "Search"]
    assert [each[0] for each in box[1]["things"] if each[3] == "/corrections"] == [name]


# Names that are typed


def test_a_reminder_bears_the_name_of_who_is_signed_in(desk: Desk) -> None:
    deliver(desk.store, desk.folder, written(directive()), "directives")
    about = {"agency_code": "BNV", "subject": "T01", "part": "issue", "sent_by": "Thủ tướng", "person": "Thủ tướng"}
    body = form("reminder", None)
    body["inputs"][0]["value"] |= {"cells": about | {"document": "12/VPCP"}}
    answer = desk.clients["scribe"].post(ASK, json=body)
    assert json.loads(json.loads(answer.text)["response"]["screen"]["receipt"])["taken"]
    with desk.store.reading() as snapshot:
        (kept,) = tasks.letters(snapshot, EVERYTHING, MACHINE_TODAY)
    assert (kept.kind, kept.sent_by, kept.document) == ("reminder", "Đỗ Thị Mai", "12/VPCP")
    trees = trees_of(desk.clients["scribe"], "/directives", "?directive=T01")
    fields = {node[1].get("name") for node in nodes_of(trees["detail"]) if node[0] in ("input", "textarea")}
    assert "document" in fields and not fields & {"sent_by", "person"}


# In a browser


@pytest.fixture(scope="module")
def served_people(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Centre, Store]]:
    with centre_of_people(demonstration_url, tmp_path_factory.mktemp("corrections")) as found:
        closed(found[1])
        yield found


def test_a_correction_waits_is_approved_by_another_and_is_the_figure_then(
    browser: BrowserContext, served_people: tuple[Centre, Store], tmp_path: Path
) -> None:
    centre, store = served_people
    number = propose(store, tmp_path, share("64", "1774"))
    other = propose(store, tmp_path, share("65", "1774"))
    with seated(browser, centre, "approver-of-40") as page:
        page.wait_for_selector(".nav-count:has-text('2')")
        page.locator(".nav a[href^='/corrections']").click()
        awaited(page, "corrections")
        mine = page.locator(f"[data-proposal='{number}']")
        assert "3,6%" in mine.inner_text() and "64/1.774" in mine.inner_text()
        mine.locator("details:has([data-form=approve]) summary").focus()
        page.keyboard.press("Enter")
        mine.locator("[data-form=approve] button").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(f"[data-proposal='{number}'][data-standing=approved]")
        assert "approver-of-40" in mine.inner_text() and mine.locator("form").count() == 0
        # What was said of one is not said of the next, and it is outdated now.
        theirs = page.locator(f"[data-proposal='{other}']")
        assert theirs.locator(".form-said").all_inner_texts() == ["", ""]
        theirs.locator("details:has([data-form=approve]) summary").click()
        theirs.locator("[data-form=approve] button").click()
        page.wait_for_selector(f"[data-proposal='{other}'] .form-said[data-phase=refused]")
        page.goto(f"{centre.base}/province/40?figure=DVC01/40/{PERIOD}&indicator=DVC01&period={PERIOD}")
        panel = page.wait_for_selector(".panel")
        assert panel is not None
        words = panel.inner_text()
        assert "3,6%" in words and "approver-of-40" in words and "reporter-of-40" in words
        assert page.locator(".nav-count").count() == 0
        assert [row[0] for row in audit_rows(store)][-2:] == ["correction approve", "correction outdated"]


def test_a_refusal_without_a_reason_is_told_in_its_place(
    browser: BrowserContext, served_people: tuple[Centre, Store], tmp_path: Path
) -> None:
    centre, store = served_people
    number = propose(store, tmp_path, share("250", "1635", agency_code="01"))
    with seated(browser, centre, "approver-of-office", "/corrections?standing=waiting") as page:
        mine = page.locator(f"[data-proposal='{number}']")
        mine.locator("details:has([data-form=refuse]) summary").click()
        mine.locator("[data-form=refuse] button").click()
        said_of_it = mine.locator("[data-form=refuse] .form-said[data-phase=refused]")
        said_of_it.wait_for()
        assert said_of_it.inner_text() == VI("proposals.why_no_refusal_reason")
        mine.locator("textarea").fill("Chưa có văn bản kèm theo")
        mine.locator("[data-form=refuse] button").click()
        mine.wait_for(state="detached")
        page.goto(f"{centre.base}/corrections?standing=refused")
        page.wait_for_selector(f"[data-proposal='{number}'] >> text=Chưa có văn bản kèm theo")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", ["approver-of-40", "approver-of-office", "pm"])
def test_it_fits_every_window_and_axe_finds_nothing(
    browser: BrowserContext, served_people: tuple[Centre, Store], tmp_path: Path, person: str, language: str
) -> None:
    centre, store = served_people
    for numerator, agency in (("70", "40"), ("71", "46")):
        propose(store, tmp_path, share(numerator, "1774", agency_code=agency))
    with seated(browser, centre, person, f"/corrections?lang={language}") as page:
        page.wait_for_selector("[data-proposal]")
        for size in (WIDE, DESKTOP, (1280, 800), TABLET, PHONE):
            assert_fits(resized(page, size), 20)
        resized(page, DESKTOP)
        for each in page.locator(".form-fold > summary").all():
            each.click()
        page.evaluate(script())
        assert grave(page) == []
        assert grave(resized(page, PHONE), contrast=False) == []
