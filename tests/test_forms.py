"""What is typed on a page: checked like a file, kept like a file, and never taken for more than a browser's word."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dash.exceptions import PreventUpdate

from access.viewer import ANYBODY
from app import create_app
from callbacks.forms import FORMS, taken
from data import tasks
from data.facts import CheckIn, Letter
from data.scope import EVERYTHING
from data.store import Store
from i18n import speaker
from settings import Settings
from tests.browser import callback_body
from tests.deliveries import MACHINE_TODAY, checkin, deliver, directive, regime, written
from tests.engines import audit_rows, dump_hash

CHECKIN = {"directive_code": "T01", "event": "issue", "agency_code": "BNV", "state": "open", "date": "2020-03-03"}
LETTER = {"agency_code": "BNV", "subject": "T01", "part": "issue"}


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    deliver(store, tmp_path, written(directive()), "directives")
    deliver(store, tmp_path, written(regime()), "regimes")
    return store


def settings_of(store: Store, **given: str) -> Settings:
    return Settings.from_env({"DATABASE_URL": store.url, "TODAY": "2020-03-10", "DEMO": "off"} | given)


def send(store: Store, name: str, cells: dict[str, str], search: str = "", **given: str) -> tuple[bool, str]:
    """Whether a form was taken, and what is said of it."""
    asked = {"name": name, "number": 7, "cells": cells, "path": "/directives", "search": search}
    answer = json.loads(taken(asked, store, settings_of(store, **given), ANYBODY))
    assert answer["number"] == 7
    return answer["taken"], _text(answer["tree"])


def _text(tree: Any) -> str:
    if isinstance(tree, str):
        return tree
    return "".join(_text(child) for child in tree[2:] if isinstance(child, list | str))


def kept(store: Store) -> tuple[list[CheckIn], list[Letter]]:
    with store.reading() as snapshot:
        return tasks.checkins(snapshot, EVERYTHING, MACHINE_TODAY), tasks.letters(snapshot, EVERYTHING, MACHINE_TODAY)


def test_a_check_in_is_the_same_as_in_a_file(filled: Store, tmp_path: Path) -> None:
    assert send(filled, "checkin", CHECKIN | {"note": "Đang làm", "evidence": "12/BNV"}) == (True, "Đã ghi.")
    (mine,), _ = kept(filled)
    file = checkin(source="CQ", note="Đang làm", evidence="12/BNV", published="2020-03-10", event="carry_out")
    deliver(filled, tmp_path, written(file), "checkins")
    theirs = next(each for each in kept(filled)[0] if each.event == "carry_out")
    assert replace(theirs, event="issue") == mine
    assert (mine.status, mine.source, str(mine.published)) == ("official", "CQ", "2020-03-10")


@pytest.mark.parametrize(
    ("name", "cells", "code"),
    [
        ("checkin", CHECKIN | {"directive_code": "T99"}, "E_CODE"),
        ("checkin", CHECKIN | {"agency_code": "XX"}, "E_CODE"),
        ("checkin", CHECKIN | {"state": "done!"}, "E_CODE"),
        ("checkin", CHECKIN | {"link": "javascript:alert(1)"}, "E_CODE"),
        ("checkin", CHECKIN | {"date": "3/3/2020"}, "E_PERIOD"),
        ("checkin", CHECKIN | {"date": "2020-01-31"}, "E_INCONSISTENT"),
        ("checkin", CHECKIN | {"date": "2020-03-11"}, "E_PERIOD_FUTURE"),
        ("checkin", CHECKIN | {"note": "§éc m¸y"}, "E_LEGACY_FONT"),
        ("checkin", CHECKIN | {"note": "a\u202eb"}, "E_CONTROL_CHAR"),
        ("checkin", CHECKIN | {"note": "x" * 501}, "E_TOO_LONG"),
        ("checkin", CHECKIN | {"note": "Độ mật: Tối mật"}, "E_CLASSIFIED"),
        ("reminder", LETTER | {"sent_by": "VPCP"}, "E_MISSING"),
        ("reminder", LETTER | {"subject": "T99", "sent_by": "VPCP", "document": "1"}, "E_CODE"),
        ("reply", LETTER, "E_MISSING"),
        ("reply", LETTER | {"subject": "R01", "part": "2020-Q1", "words": "Đã gửi"}, "E_PERIOD"),
        ("sign", {"number": "1", "person": "An"}, "E_CODE"),
        ("sign", {"number": "x", "person": "An"}, "E_CODE"),
        ("draft", {"at": "2020-03-11", "person": "An"}, "E_PERIOD_FUTURE"),
        ("report", {"number": "1", "person": "An", "document": ""}, "E_MISSING"),
    ],
)
def test_what_a_file_may_not_hold_no_form_may(filled: Store, name: str, cells: dict[str, str], code: str) -> None:
    before, log = dump_hash(filled), audit_rows(filled)
    right, said = send(filled, name, cells)
    assert not right and said.endswith(f"[{code}]")
    assert dump_hash(filled) == before
    *earlier, (_, detail) = audit_rows(filled)
    assert earlier == log and json.loads(detail)["codes"] == [code]
    if code == "E_CLASSIFIED":
        assert "mật" not in said.replace("tài liệu mật", "").replace("độ mật", "") and "Tối" not in detail


def test_it_is_told_in_the_language_of_the_page(filled: Store) -> None:
    right, said = send(filled, "checkin", CHECKIN | {"link": "x"}, "?lang=en")
    assert not right and said.startswith(f"{speaker('en')('field.link')}: 'x' is")


def test_sent_twice_it_is_kept_once_and_changed_it_needs_a_reason(filled: Store) -> None:
    cells = LETTER | {"words": "Đang xin ý kiến"}
    assert send(filled, "reply", cells) == (True, speaker("vi")("form.taken"))
    assert send(filled, "reply", cells) == (True, speaker("vi")("form.same"))
    assert send(filled, "reply", cells | {"words": "Đã trình"})[1].endswith("[E_CONFLICT]")
    changed = cells | {"words": "Đã trình", "reason": "ghi nhầm"}
    assert send(filled, "reply", changed) == (True, speaker("vi")("form.corrected"))
    (letter,) = kept(filled)[1]
    assert (letter.words, letter.revision, str(letter.day)) == ("Đã trình", 2, "2020-03-10")


def test_in_a_demonstration_what_is_typed_is_simulated(filled: Store) -> None:
    assert send(filled, "reply", LETTER | {"words": "Đang làm"}, DEMO="on")[0]
    assert [each.status for each in kept(filled)[1]] == ["simulated"]


def test_nobody_says_by_a_form_what_it_does_not_ask(filled: Store) -> None:
    cells = CHECKIN | {"status": "withdrawn", "source": "A", "published": "2019-01-01", "certainty": "unconfirmed"}
    assert send(filled, "checkin", cells)[0]
    (mine,), _ = kept(filled)
    assert (mine.status, mine.source, str(mine.published), mine.certainty) == (
        "official",
        "CQ",
        "2020-03-10",
        "sourced",
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_page_from_elsewhere_can_send_nothing(filled: Store, headers: dict[str, str], status: int) -> None:
    before = dump_hash(filled)
    sent = {"name": "reply", "number": 1, "cells": LETTER | {"words": "x"}, "path": "/directives", "search": ""}
    server = create_app(settings_of(filled)).server
    with closing(server.extensions["store"]), server.test_client() as client:
        body = callback_body(sent) | {"output": "screen.receipt", "changedPropIds": ["screen.sent"]}
        body |= {"outputs": {"id": "screen", "property": "receipt"}}
        body |= {"inputs": [{"id": "screen", "property": "sent", "value": sent}]}
        assert client.post("/_dash-update-component", json=body, headers=headers).status_code == status
    assert (dump_hash(filled) == before) == (status == 403)


GOOD: dict[str, Any] = {"name": "reply", "number": 1, "cells": {}, "path": "/", "search": ""}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "reply",
        [],
        GOOD | {"name": "delete"},
        GOOD | {"name": ["reply"]},
        GOOD | {"number": "1"},
        GOOD | {"cells": None},
        GOOD | {"cells": {"words": 1}},
        GOOD | {"cells": {"words": "x" * 5_000}},
        GOOD | {"cells": {str(number): "" for number in range(30)}},
        GOOD | {"path": None},
        GOOD | {"search": 3},
    ],
)
def test_what_is_no_form_of_ours_is_left_alone(filled: Store, sent: object) -> None:
    before = dump_hash(filled), audit_rows(filled)
    with pytest.raises(PreventUpdate):
        taken(sent, filled, settings_of(filled), ANYBODY)
    assert (dump_hash(filled), audit_rows(filled)) == before


def test_a_fault_is_told_with_its_reference_and_logged(
    filled: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(FORMS, "reply", broken)
    right, said = send(filled, "reply", {})
    reference = said.rstrip(".").split()[-1]
    assert not right and len(reference) == 8
    assert f"[{reference}]" in caplog.text
