"""That a token of no use was tried is in the audit log once in a while, and nothing of the token; on both engines."""

import json
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from data import audit_notes, login_tries, people, sessions, token_tries
from data.audit import EMBARGO, entries, verify
from data.clock import now
from data.login_tries import WINDOW
from data.person_roles import Role
from data.programs import Useless, Why
from data.schema import LOGIN_TRY
from data.scope import EVERYTHING
from data.store import Store
from data.token_tries import TokenTries
from tests.engines import audit_rows

Patch = pytest.MonkeyPatch
HERE, THERE = "10.0.0.1", "10.0.0.2"
STRANGER = Useless(Why.UNKNOWN)
OLD, WITHDRAWN = Useless(Why.EXPIRED, "Cổng Nghệ An"), Useless(Why.REVOKED, "Cổng Nghệ An")


def tried(store: Store, *tries: tuple[Useless, str]) -> list[tuple[str, dict[str, str]]]:
    """What the log says, by whom and with what detail, of tries that one process noted."""
    with store.reading() as snapshot:
        before = len(list(entries(snapshot, EVERYTHING)))
    notes = TokenTries(store)
    for found, address in tries:
        notes.add(found, address)
    assert notes.written(30)
    with store.reading() as snapshot:
        rows = list(entries(snapshot, EVERYTHING))[before:]
        assert verify(snapshot).fault is None
    assert {row.action for row in rows} <= {"token refused"}
    return [(row.actor, json.loads(row.detail)) for row in rows]


def test_whose_token_it_was_and_why_it_is_of_no_use_are_told(store: Store) -> None:
    began = now()
    told = tried(store, (STRANGER, HERE), (OLD, HERE), (WITHDRAWN, HERE))
    for _, detail in told:
        assert began <= datetime.fromisoformat(detail.pop("at")) <= now()
    assert told == [
        ("ingest", {"why": "unknown", "address": HERE}),
        ("program Cổng Nghệ An", {"program": "Cổng Nghệ An", "why": "expired", "address": HERE}),
        ("program Cổng Nghệ An", {"program": "Cổng Nghệ An", "why": "revoked", "address": HERE}),
    ]


def test_a_flood_is_one_row_whichever_process_it_came_to(store: Store) -> None:
    assert len(tried(store, *[(STRANGER, HERE)] * 40)) == 1
    assert tried(store, (STRANGER, HERE)) == [], "as another worker, which knows nothing of the first"
    assert [detail["address"] for _, detail in tried(store, (STRANGER, HERE), (STRANGER, THERE))] == [THERE]


def test_one_owner_of_addresses_of_version_6_is_one(store: Store) -> None:
    assert len(tried(store, *((STRANGER, f"2001:db8::{number:x}") for number in range(1, 9)))) == 1
    assert len(tried(store, (STRANGER, "2001:db8:0:1::1"))) == 1


def test_it_is_told_again_after_a_while(store: Store, monkeypatch: Patch) -> None:
    (first,) = tried(store, (OLD, HERE))
    began = datetime.fromisoformat(first[1]["at"])
    monkeypatch.setattr(token_tries, "now", lambda: began + WINDOW - timedelta(seconds=1))
    assert tried(store, (OLD, HERE)) == []
    monkeypatch.setattr(token_tries, "now", lambda: began + WINDOW)
    assert len(tried(store, (OLD, HERE))) == 1


def test_nobody_who_signs_in_is_held_to_it(store: Store) -> None:
    people.add(store, "an", Role.PM_OFFICE)
    people.give_password(store, "an", "mật khẩu rất dài")
    tried(store, *((found, HERE) for found in (STRANGER, OLD, WITHDRAWN)))
    with store.reading() as snapshot:
        kept = snapshot.execute(sa.select(LOGIN_TRY.c.print_sha256)).scalars().all()
    assert len(set(kept)) == 3
    for whose in ("ingest unknown", "\x1fingest unknown", "\x1f\x1fingest unknown"):
        assert login_tries.print_of_try(whose, HERE) not in kept
    assert sessions.log_in(store, "an", "mật khẩu rất dài", HERE)


def test_more_than_there_is_room_for_is_left_out_without_a_word(
    store: Store, monkeypatch: Patch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(audit_notes, "MOST", 2)
    monkeypatch.setattr(audit_notes, "_AGAIN_SECONDS", 0.1)
    notes, before = TokenTries(store), len(audit_rows(store))
    with store.writing():
        for number in range(9):
            notes.add(STRANGER, f"10.0.1.{number}")
    assert notes.written(30)
    assert len(audit_rows(store)) == before + 2
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


def test_what_a_stranger_calls_their_address_is_told_as_text(store: Store) -> None:
    ((_, detail),) = tried(store, (STRANGER, f"\x1b[2J{EMBARGO}" + "x" * 500))
    assert "\x1b" not in detail["address"] and len(detail["address"]) <= 100
