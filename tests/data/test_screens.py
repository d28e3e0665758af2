"""Screens on walls on both engines: a token is of use once and for a day, a cookie until it is revoked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from data import screens
from data.clock import now
from data.schema import WALL_SCREEN
from data.screens import TOKEN_HOLDS, add, every, exchange, known, revoke
from data.store import Store, StoreError
from tests.engines import audit_rows, everything, refused

Patch = pytest.MonkeyPatch
NAME, PROFILE = "Phòng họp tầng 2", "national"


def later(monkeypatch: Patch, passed: timedelta) -> None:
    """As if so much time had passed."""
    monkeypatch.setattr(screens, "now", lambda: now() + passed)


def test_a_screen_is_added_enrolled_known_and_revoked(store: Store) -> None:
    began = now()
    token = add(store, NAME, PROFILE)
    (waiting,) = every(store)
    assert (waiting.name, waiting.profile, waiting.enrolled_at, waiting.revoked_at) == (NAME, PROFILE, None, None)
    assert began + TOKEN_HOLDS <= waiting.token_until <= now() + TOKEN_HOLDS
    cookie = exchange(store, token)
    found = known(store, cookie)
    assert found is not None and found == every(store)[0]
    assert found.enrolled_at is not None and began <= found.enrolled_at <= now()
    revoke(store, NAME)
    gone = known(store, cookie)
    assert gone is not None and gone.revoked_at is not None
    assert (gone.name, gone.profile, gone.enrolled_at) == (NAME, PROFILE, found.enrolled_at)


def test_secrets_are_long_all_different_and_not_kept(store: Store) -> None:
    tokens = [add(store, f"{NAME} {number}", PROFILE) for number in range(3)]
    given = [*tokens, *(exchange(store, token) for token in tokens)]
    assert len(set(given)) == 6
    assert {len(each) for each in given} == {43}, "256 bits"
    kept = everything(store)
    assert NAME in kept
    assert [each for each in given if each in kept] == []


def test_every_step_is_in_the_audit_log(store: Store) -> None:
    before = len(audit_rows(store))
    exchange(store, add(store, NAME, PROFILE))
    revoke(store, NAME)
    assert [action for action, _ in audit_rows(store)[before:]] == ["screen add", "screen enrol", "screen revoke"]
    assert all(NAME in detail for _, detail in audit_rows(store)[before:])


def test_a_token_is_refused_in_the_same_words_whatever_is_wrong_with_it(store: Store, monkeypatch: Patch) -> None:
    used, withdrawn, old = (add(store, name, PROFILE) for name in ("used", "withdrawn", "old"))
    cookie = exchange(store, used)
    revoke(store, "withdrawn")
    for token in (used, withdrawn, cookie, "", "x" * 43, "đ", "\ud800"):
        assert refused(store, partial(exchange, store, token)) == "screen_token"
    later(monkeypatch, TOKEN_HOLDS + timedelta(seconds=1))
    assert refused(store, lambda: exchange(store, old)) == "screen_token"


def test_a_token_holds_for_a_day(store: Store, monkeypatch: Patch) -> None:
    token = add(store, NAME, PROFILE)
    later(monkeypatch, TOKEN_HOLDS - timedelta(minutes=1))
    cookie = exchange(store, token)
    later(monkeypatch, timedelta(days=4_000))
    assert known(store, cookie) is not None, "a cookie holds until it is revoked"


def test_of_two_that_exchange_one_token_at_once_one_is_enrolled(store: Store) -> None:
    token = add(store, NAME, PROFILE)

    def attempt(_number: int) -> str | None:
        try:
            return exchange(store, token)
        except StoreError:
            return None

    with ThreadPoolExecutor(4) as pool:
        cookies = [each for each in pool.map(attempt, range(4)) if each is not None]
    assert len(cookies) == 1
    assert known(store, cookies[0]) is not None


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "' OR 1=1 --", "\ud800"])
def test_a_cookie_that_nobody_was_given_is_nobodys(store: Store, cookie: str) -> None:
    token = add(store, NAME, PROFILE)
    assert known(store, cookie) is None
    assert known(store, token) is None
    exchange(store, token)
    assert known(store, cookie) is None
    assert known(store, token) is None


def test_a_name_is_taken_until_its_screen_is_revoked(store: Store) -> None:
    first = exchange(store, add(store, NAME, PROFILE))
    assert refused(store, lambda: add(store, f" {NAME} ", "provinces")) == "screen_taken"
    revoke(store, NAME)
    assert refused(store, lambda: revoke(store, NAME)) == "screen_unknown"
    second = exchange(store, add(store, NAME, "provinces"))
    old, new = known(store, first), known(store, second)
    assert old is not None and new is not None
    assert (old.revoked_at is None, new.revoked_at is None) == (False, True)
    assert [each.profile for each in every(store)] == [PROFILE, "provinces"]


def test_the_store_itself_keeps_a_name_to_one_screen(store: Store) -> None:
    add(store, NAME, PROFILE)
    with store.reading() as snapshot:
        row = dict(snapshot.execute(sa.select(WALL_SCREEN)).one()._mapping)
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        connection.execute(WALL_SCREEN.insert(), [row | {"id": 2, "token_sha256": "0" * 64}])
    with store.writing() as connection:
        cells = {"id": 3, "token_sha256": "1" * 64, "revoked_at": now()}
        connection.execute(WALL_SCREEN.insert(), [row | cells])


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\nb", "a\x1b[2J", "a\u202eb"])
def test_a_name_that_nobody_could_read_is_refused(store: Store, name: str) -> None:
    assert refused(store, lambda: add(store, name, PROFILE)) == "screen_name"


def test_a_name_is_the_same_however_its_letters_are_put_together(store: Store) -> None:
    add(store, "Pho\u0300ng", PROFILE)
    assert refused(store, lambda: add(store, "Phòng", PROFILE)) == "screen_taken"
    revoke(store, "Pho\u0300ng")


def test_a_cookie_is_found_by_an_index(store: Store) -> None:
    question = sa.select(WALL_SCREEN.c.name).where(WALL_SCREEN.c.cookie_sha256 == "0" * 64)
    text = str(question.compile(dialect=store.writer.dialect, compile_kwargs={"literal_binds": True}))
    with store.reading() as snapshot:
        if not store.embedded:
            snapshot.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = snapshot.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if store.embedded else ''}{text}")
        told = " ".join(str(cell) for row in plan for cell in row)
    assert "INDEX" in told.upper()
    assert "SCAN wall_screen" not in told
