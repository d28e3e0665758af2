"""That a file was taken away is in the audit log, and whoever takes it waits for nothing; on both engines."""

import json
import logging
from datetime import datetime
from hashlib import sha256

import pytest

from data import audit_notes
from data.audit import verify
from data.clock import now
from data.export_notes import ExportNotes
from data.store import Store
from tests.engines import audit_rows

Patch = pytest.MonkeyPatch


def test_an_export_is_in_the_log_with_its_print(store: Store) -> None:
    notes, began = ExportNotes(store), now()
    notes.add("an", "/table/ranking/board.xlsx?lang=en", "Xếp hạng.xlsx", b"content")
    assert notes.written()
    action, detail = audit_rows(store)[-1]
    told = json.loads(detail)
    assert began <= datetime.fromisoformat(told.pop("at")) <= now()
    print_of = sha256(b"content").hexdigest()
    assert (action, told) == (
        "export",
        {"what": "/table/ranking/board.xlsx?lang=en", "file": "Xếp hạng.xlsx", "sha256": print_of, "bytes": 7},
    )
    with store.reading() as snapshot:
        assert verify(snapshot).fault is None


def test_nobody_waits_for_a_writer_and_nothing_is_lost(store: Store, monkeypatch: Patch) -> None:
    monkeypatch.setattr(audit_notes, "_AGAIN_SECONDS", 0.1)
    notes, before = ExportNotes(store), len(audit_rows(store))
    with store.writing():
        for number in range(3):
            notes.add("an", "/table/board.xlsx", f"{number}.xlsx", b"")
        assert not notes.written(0.3)
        assert len(audit_rows(store)) == before
    assert notes.written(30)
    assert [json.loads(detail)["file"] for _, detail in audit_rows(store)[before:]] == ["0.xlsx", "1.xlsx", "2.xlsx"]


def test_what_comes_after_is_written_too(store: Store) -> None:
    notes, before = ExportNotes(store), len(audit_rows(store))
    for number in range(3):
        notes.add("an", "/table/board.xlsx", f"{number}.xlsx", b"")
        assert notes.written(30)
    assert len(audit_rows(store)) == before + 3


def test_what_cannot_be_seen_is_escaped_and_what_has_no_end_is_cut(store: Store) -> None:
    notes = ExportNotes(store)
    notes.add("an", "/table/board.xlsx?x=\0" + "y" * 4_000, "a\u202eb", b"")
    assert notes.written()
    told = json.loads(audit_rows(store)[-1][1])
    assert told["what"].startswith("/table/board.xlsx?x=\\x00yyy") and len(told["what"]) == 300
    assert told["file"] == "a\\u202eb"


def test_what_was_not_written_when_the_process_ends_is_told_to_its_log(
    store: Store, monkeypatch: Patch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(audit_notes, "_LAST_SECONDS", 0.1)
    monkeypatch.setattr(audit_notes, "_AGAIN_SECONDS", 0.1)
    notes, before = ExportNotes(store), len(audit_rows(store))
    with store.writing(), caplog.at_level(logging.ERROR, "centre"):
        notes.add("an", "/table/board.xlsx", "board.xlsx", b"content")
        notes._leave()
    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert sha256(b"content").hexdigest() in record.getMessage()
    assert "an export" in record.getMessage()
    assert notes.written(30)
    assert len(audit_rows(store)) == before + 1


def test_a_store_that_takes_nothing_does_not_fill_the_memory(
    store: Store, monkeypatch: Patch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(audit_notes, "MOST", 2)
    monkeypatch.setattr(audit_notes, "_AGAIN_SECONDS", 0.1)
    notes, before = ExportNotes(store), len(audit_rows(store))
    with store.writing(), caplog.at_level(logging.ERROR, "centre"):
        for number in range(4):
            notes.add("an", "/table/board.xlsx", f"{number}.xlsx", b"")
    assert len([each for each in caplog.records if each.levelno == logging.ERROR]) == 2
    assert notes.written(30)
    assert len(audit_rows(store)) == before + 2
