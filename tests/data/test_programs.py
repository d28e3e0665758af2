"""Programs that deliver, on both engines: a token is of use for its agency, until it expires or is revoked."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from data import programs
from data.audit import verify
from data.clock import now
from data.programs import LONGEST_DAYS, Program, Useless, Why, add, every, known, require, revoke
from data.schema import PROGRAM_TOKEN
from data.store import Store, StoreError
from data.tokens import print_of
from tests.engines import audit_rows, everything, refused

Patch = pytest.MonkeyPatch
NAME = "Cổng dữ liệu Nghệ An"


def later(monkeypatch: Patch, passed: timedelta) -> None:
    """As if so much time had passed."""
    monkeypatch.setattr(programs, "now", lambda: now() + passed)


def useless(store: Store, token: str) -> Useless | None:
    """Why the token is of no use, as the gate and as whoever stores find it, who may not differ; None where it is."""
    found = known(store, token)
    with store.reading() as snapshot:
        if isinstance(found, Program):
            require(snapshot, print_of(token))
            return None
        with pytest.raises(StoreError) as trouble:
            require(snapshot, print_of(token))
    assert (trouble.value.rule, trouble.value.hints) == ("program_token", {"why": str(found.why)})
    return found


def test_a_program_is_added_known_and_revoked(store: Store) -> None:
    began = now()
    token = add(store, NAME, "40", 30)
    (made,) = every(store)
    assert (made.name, made.agency_code, made.revoked_at, made.used_at) == (NAME, "40", None, None)
    assert began <= made.made_at <= now()
    assert made.expires_at == made.made_at + timedelta(days=30)
    assert useless(store, token) is None
    found = known(store, token)
    assert isinstance(found, Program) and (found.name, found.agency_code) == (NAME, "40")
    revoke(store, f" {NAME} ")
    assert useless(store, token) == Useless(Why.REVOKED, NAME)
    (gone,) = every(store)
    assert gone.revoked_at is not None and gone.revoked_at >= made.made_at


def test_a_token_expires_to_the_second(store: Store, monkeypatch: Patch) -> None:
    token = add(store, NAME, "40", 1)
    (made,) = every(store)
    left = made.expires_at - now()
    later(monkeypatch, left - timedelta(seconds=30))
    assert useless(store, token) is None
    later(monkeypatch, left)
    assert useless(store, token) == Useless(Why.EXPIRED, NAME)
    revoke(store, NAME)
    assert useless(store, token) == Useless(Why.REVOKED, NAME)


@pytest.mark.parametrize("token", ["", "x", "Đ", "\udcff", "0" * 43])
def test_what_was_never_given_out_is_of_no_use(store: Store, token: str) -> None:
    add(store, NAME, "40", 30)
    assert useless(store, token) == Useless(Why.UNKNOWN)


def test_tokens_are_long_all_different_and_not_kept(store: Store) -> None:
    given = [add(store, f"{NAME} {number}", "40", 30) for number in range(3)]
    assert len(set(given)) == 3
    assert {len(each) for each in given} == {43}, "256 bits"
    kept = everything(store)
    assert NAME in kept
    assert [each for each in given if each in kept] == []


def test_every_step_is_in_the_audit_log(store: Store) -> None:
    before = len(audit_rows(store))
    add(store, NAME, "40", 30)
    (made,) = every(store)
    revoke(store, NAME)
    rows = audit_rows(store)[before:]
    assert [action for action, _ in rows] == ["token add", "token revoke"]
    added = json.loads(rows[0][1])
    assert (added.pop("program"), added.pop("agency")) == (NAME, "40")
    assert added.keys() == {"expires_at"}
    assert json.loads(rows[1][1]) == {"program": made.name}
    with store.reading() as snapshot:
        assert verify(snapshot).fault is None


def test_a_name_is_of_one_token_at_a_time(store: Store) -> None:
    first = add(store, NAME, "40", 30)
    assert refused(store, lambda: add(store, NAME, "01", 30)) == "program_taken"
    revoke(store, NAME)
    second = add(store, NAME, "01", 30)
    assert useless(store, first) == Useless(Why.REVOKED, NAME)
    assert useless(store, second) is None
    assert [each.agency_code for each in every(store)] == ["40", "01"]


def test_the_store_itself_keeps_a_name_to_one_token(store: Store) -> None:
    add(store, NAME, "40", 30)
    again = {"id": 9, "name": NAME, "agency_code": "40", "token_sha256": "f" * 64, "made_at": now()}
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        connection.execute(PROGRAM_TOKEN.insert(), [again | {"expires_at": now()}])


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\0b", "x" * 61, "a\u202eb"])
def test_a_name_that_nobody_could_read_is_refused(store: Store, name: str) -> None:
    assert refused(store, lambda: add(store, name, "40", 30)) == "program_name"


@pytest.mark.parametrize("agency", ["", "99", "VN", "R-RRD", "nghệ an", "40 ", "\0"])
def test_a_program_is_of_an_agency(store: Store, agency: str) -> None:
    assert refused(store, lambda: add(store, NAME, agency, 30)) == "program_no_agency"


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_a_token_does_not_hold_for_ever(store: Store, days: int) -> None:
    assert refused(store, lambda: add(store, NAME, "40", days)) == "program_days"


def test_what_is_not_there_is_not_revoked(store: Store) -> None:
    assert refused(store, lambda: revoke(store, NAME)) == "program_unknown"


def test_that_a_token_was_used_is_written_down_once_a_minute(store: Store, monkeypatch: Patch) -> None:
    began, token = now(), add(store, NAME, "40", 30)
    log = audit_rows(store)
    assert isinstance(known(store, token), Program)
    first = every(store)[0].used_at
    assert first is not None and began <= first <= now()
    later(monkeypatch, timedelta(seconds=30))
    assert isinstance(known(store, token), Program)
    assert every(store)[0].used_at == first
    later(monkeypatch, timedelta(seconds=90))
    assert isinstance(known(store, token), Program)
    second = every(store)[0].used_at
    assert second is not None and second - first >= timedelta(seconds=60)
    assert audit_rows(store) == log


def test_a_token_is_of_use_while_somebody_writes(store: Store) -> None:
    token = add(store, NAME, "40", 30)
    with store.writing():
        assert isinstance(known(store, token), Program)
    assert useless(store, token) is None
