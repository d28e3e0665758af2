"""The web application on PostgreSQL with a role that may only read: pages answer, and nothing is written by it."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient

from app import create_app
from data import roles, stock
from data.store import StoreError, open_store
from i18n import speaker
from layouts.navigation import SCREENS
from settings import Settings
from tests.browser import callback_body, question
from tests.engines import Server, dump_hash

ROLE = "pages"
OTHERS = ("/indicator/DVC01", "/ministry/BNV", "/compare", "/methods")
CHECKIN = {"directive_code": "NV02", "event": "issue", "agency_code": "BTTTT", "state": "open", "date": "2020-02-13"}


@pytest.fixture(scope="module")
def demonstrated(postgresql: Server) -> Iterator[tuple[str, str]]:
    """Two addresses of a database with the demonstration: that of its owner, and that of a role which only reads."""
    name = postgresql.fresh()
    url = postgresql.url(name)
    with closing(open_store(url)) as store:
        stock.migrate(store)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN".encode())
        roles.let_read(store, ROLE)
        stock.demonstrate(store)
    yield url, url.replace("postgres@", f"{ROLE}@")
    postgresql.drop(name)
    with psycopg.connect(postgresql.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"DROP ROLE {ROLE}".encode())


@contextmanager
def client_of(database_url: str, reader_url: str | None = None) -> Iterator[FlaskClient]:
    """The application on these addresses."""
    given = {"DATABASE_URL": database_url, "DEMO": "on"} | ({"READER_URL": reader_url} if reader_url else {})
    server = create_app(Settings.from_env(given)).server
    yield server.test_client()
    server.extensions["store"].close()


def drawn(client: FlaskClient, path: str) -> str:
    """What a screen answers, as text."""
    assert client.get(path).status_code == 200
    answer = client.post("/_dash-update-component", json=question(path, ""))
    assert answer.status_code == 200
    return str(answer.json)


def sent(client: FlaskClient) -> tuple[bool, str]:
    """Whether a form was taken, and what is said of it."""
    asked = {"name": "checkin", "number": 1, "cells": CHECKIN, "path": "/directives", "search": ""}
    body = callback_body(None) | {
        "output": "screen.receipt",
        "outputs": {"id": "screen", "property": "receipt"},
        "inputs": [{"id": "screen", "property": "sent", "value": asked}],
        "changedPropIds": ["screen.sent"],
    }
    answer: Any = client.post("/_dash-update-component", json=body).json
    found: dict[str, Any] = json.loads(answer["response"]["screen"]["receipt"])
    return found["taken"], str(found["tree"])


@pytest.mark.parametrize("alone", [True, False], ids=["no other role", "beside the owner"])
def test_every_page_answers(demonstrated: tuple[str, str], alone: bool, caplog: pytest.LogCaptureFixture) -> None:
    owner, reader = demonstrated
    addresses = (reader,) if alone else (owner, reader)
    with caplog.at_level(logging.WARNING), client_of(*addresses) as client:
        for path in (*(path for _, path in SCREENS), *OTHERS):
            screen = drawn(client, path)
            assert len(screen) > 10_000
            assert '"failure"' not in screen
        assert client.get("/table/ranking.csv").status_code == 200
        assert client.get("/readyz").text == "ok"
        assert client.get("/heartbeat").status_code == 200
        # A role that may only read cannot note an export, which is told in the log, by a thread of its own.
        until = time.monotonic() + 30
        while alone and not any(_of_notes(each) for each in caplog.records):
            assert time.monotonic() < until, "that the export is not in the audit log was not told"
            time.sleep(0.1)
    assert [each.message for each in caplog.records if not (alone and _of_notes(each))] == []


def _of_notes(record: logging.LogRecord) -> bool:
    return record.pathname.endswith("data/audit_notes.py")


def test_a_form_is_kept_by_the_role_that_writes_and_by_no_other(demonstrated: tuple[str, str]) -> None:
    owner, reader = demonstrated
    with closing(open_store(owner)) as store:
        before = dump_hash(store)
        with client_of(reader) as client:
            taken, said = sent(client)
        assert not taken
        assert speaker("vi")("form.failed", reference="").removesuffix(".") in said
        assert dump_hash(store) == before
        with client_of(owner, reader) as client:
            assert sent(client)[0]
        assert dump_hash(store) != before


def test_the_application_does_not_start_with_a_reader_that_may_write(demonstrated: tuple[str, str]) -> None:
    owner, _ = demonstrated
    with pytest.raises(StoreError) as caught, client_of(owner, owner):
        pass
    assert caught.value.told(speaker("vi")) == speaker("vi")("store.reader_may", role="postgres", what="ALL")
