"""Signing in on both engines: who is let in, what is told to whoever is not, and how long a session lasts."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import Event, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy.engine import make_url

from data import login_tries, passwords, people, sessions
from data.clock import now
from data.login_tries import MOST_FAILURES, WINDOW, short_print
from data.people import Person, add, disable, enable, give_password
from data.person_roles import Role
from data.schema import LOGIN_TRY, PERSON, PERSON_SESSION
from data.sessions import IDLE, LONGEST, Absent, end_every, log_in, log_out, sessions_of, who
from data.store import Store, StoreError
from data.tokens import print_of
from tests.engines import audit_rows, dump_hash, everything, refused

Patch = pytest.MonkeyPatch
NAME, OTHER, PASSWORD, WRONG = "an", "bình", "mười hai chữ là đủ", "không phải mật khẩu này"
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    moment: datetime

    def go(self, passed: timedelta) -> None:
        """Move it on."""
        self.moment += passed


@pytest.fixture
def clock(monkeypatch: Patch) -> Clock:
    """The clock of people and sessions."""
    made = Clock(now())
    for module in (people, sessions):
        monkeypatch.setattr(module, "now", lambda: made.moment)
    return made


@pytest.fixture
def signing(store: Store) -> Store:
    """A store with two people who have the same password."""
    for name in (NAME, OTHER):
        add(store, name, Role.PM_OFFICE)
    with store.writing() as connection:
        connection.execute(PERSON.update().values(password_hash=kept_once()))
    return store


@cache
def kept_once() -> str:
    """The password as it is kept, counted out once for all tests."""
    return passwords.hashed(PASSWORD)


def enters(store: Store, name: str = NAME, password: str = PASSWORD, address: str = HERE) -> bool:
    """Whether somebody is let in; every refusal is in the same words."""
    try:
        log_in(store, name, password, address)
    except StoreError as trouble:
        assert (trouble.rule, trouble.hints) == ("login_refused", {})
        return False
    return True


def fail(store: Store, times: int = MOST_FAILURES, name: str = NAME, address: str = HERE) -> None:
    """Fail, each try written down as a failure."""
    before = len(audit_rows(store))
    assert [enters(store, name, WRONG, address) for _ in range(times)] == [False] * times
    assert [action for action, _ in audit_rows(store)[before:]] == ["person login failed"] * times


def answers(store: Store, token: str, **how: bool) -> Absent | str:
    """The name of whoever has the token, or why nobody has."""
    found = who(store, token, **how)
    return found.name if isinstance(found, Person) else found


# Who is let in


def test_a_person_signs_in_is_known_and_signs_out(signing: Store) -> None:
    before = len(audit_rows(signing))
    token = log_in(signing, " AN ", PASSWORD, HERE)
    assert who(signing, token) == people.named(signing, NAME)
    log_out(signing, token)
    assert who(signing, token) == Absent.ENDED
    rows = audit_rows(signing)[before:]
    assert [action for action, _ in rows] == ["person login", "person logout"]
    assert rows[0][1] == f'{{"address":"{HERE}","person":"{NAME}"}}'
    log_out(signing, token)
    log_out(signing, "x" * 43)
    assert len(audit_rows(signing)) == before + 2


def test_whoever_is_not_let_in_is_told_the_same(signing: Store) -> None:
    add(signing, "elsewhere", Role.ADMIN)
    disable(signing, OTHER)
    assert enters(signing)
    tries = [(NAME, WRONG), (NAME, ""), (NAME, "x" * 1_001), (NAME, "\ud800"), (OTHER, PASSWORD)]
    tries += [(name, PASSWORD) for name in ("nobody", "elsewhere", "", "a b", "\ud800", "\0", "x" * 100_000)]
    for number, (name, password) in enumerate(tries):
        assert not enters(signing, name, password, f"192.0.2.{number}")
    enable(signing, OTHER)
    assert enters(signing, OTHER)


def test_tokens_are_long_all_different_and_known_only_to_whoever_has_them(signing: Store) -> None:
    tokens = [log_in(signing, NAME, PASSWORD, HERE) for _ in range(3)]
    assert {len(token) for token in tokens} == {43}, "256 bits"
    assert len(set(tokens)) == 3
    for token in ("", "x" * 43, "\ud800", "\0", print_of(tokens[0]), "' OR 1=1 --"):
        assert who(signing, token) == Absent.UNKNOWN


class Counted:
    """The real hasher, which counts what it is asked to verify."""

    def __init__(self, real: PasswordHasher) -> None:
        self._real = real
        self.verified: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def verify(self, kept: str, password: bytes) -> bool:
        """Verify by the real one."""
        self.verified.append(kept)
        return self._real.verify(kept, password)


def test_every_try_costs_one_verification_of_the_same_parameters(signing: Store, monkeypatch: Patch) -> None:
    add(signing, "elsewhere", Role.ADMIN)
    hasher = Counted(passwords._HASHER)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    tries = [(NAME, PASSWORD), (NAME, WRONG), (NAME, "x" * 1_001), ("nobody", PASSWORD), ("elsewhere", PASSWORD)]
    for name, password in [*tries, *[(NAME, WRONG)] * 5, (NAME, PASSWORD), ("a b", PASSWORD)]:
        hasher.verified.clear()
        enters(signing, name, password)
        (kept,) = hasher.verified
        assert not passwords.is_outdated(kept)
    assert [action for action, _ in audit_rows(signing)].count("person throttled") == 1


def test_a_password_given_between_the_look_and_the_login_counts(signing: Store, monkeypatch: Patch) -> None:
    meanwhile = meanwhile_of(monkeypatch)
    meanwhile.append(lambda: give_password(signing, NAME, WRONG))
    assert not enters(signing)
    meanwhile.append(lambda: disable(signing, NAME))
    assert not enters(signing, password=WRONG)


def meanwhile_of(monkeypatch: Patch) -> list[Callable[[], object]]:
    """What happens while a password is counted out, each thing once."""
    todo: list[Callable[[], object]] = []
    real = passwords.is_right

    def counted_out(kept: str | None, password: str) -> bool:
        found = real(kept, password)
        if todo:
            todo.pop()()
        return found

    monkeypatch.setattr(passwords, "is_right", counted_out)
    return todo


def test_a_hash_of_other_parameters_is_made_anew_by_the_next_login_only(signing: Store) -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    kept = older.hash(PASSWORD.encode())
    with signing.writing() as connection:
        connection.execute(PERSON.update().where(PERSON.c.name == NAME).values(password_hash=kept))
    assert not enters(signing, password=WRONG)
    assert hash_of(signing) == kept
    assert enters(signing)
    renewed = hash_of(signing)
    assert renewed != kept and not passwords.is_outdated(renewed)
    assert enters(signing)
    assert hash_of(signing) == renewed


def hash_of(store: Store) -> str:
    with store.reading() as snapshot:
        found: str = snapshot.execute(sa.select(PERSON.c.password_hash).where(PERSON.c.name == NAME)).scalar_one()
    return found


# How often somebody may try


def test_after_five_failures_the_right_password_is_refused_too_until_they_are_too_long_ago(
    signing: Store, clock: Clock
) -> None:
    fail(signing, MOST_FAILURES - 1)
    assert enters(signing), "four failures are nothing"
    fail(signing, 1)
    assert not enters(signing), "a login that succeeds takes no failure away"
    assert audit_rows(signing)[-1] == ("person throttled", f'{{"address":"{HERE}","person":"{NAME}"}}')
    clock.go(WINDOW - SECOND)
    assert not enters(signing)
    clock.go(SECOND)
    assert enters(signing)


def test_each_failure_counts_for_a_quarter_of_an_hour(signing: Store, clock: Clock) -> None:
    for _ in range(MOST_FAILURES):
        fail(signing, 1)
        clock.go(MINUTE)
    clock.go(WINDOW - 5 * MINUTE - SECOND)
    assert not enters(signing)
    clock.go(SECOND)
    fail(signing, 1)
    assert not enters(signing), "the second, third, fourth, fifth and a new one"
    clock.go(MINUTE)
    assert enters(signing)


def test_tries_that_are_refused_unseen_make_nobody_wait_longer_and_write_nothing_more(
    signing: Store, clock: Clock
) -> None:
    fail(signing)
    assert not enters(signing)
    for _ in range(2):
        clock.go(MINUTE)
        assert refused(signing, lambda: log_in(signing, NAME, PASSWORD, HERE)) == "login_refused"
    clock.go(WINDOW - 2 * MINUTE)
    assert enters(signing)


def test_a_name_is_shut_out_at_the_address_that_failed_and_nowhere_else(signing: Store) -> None:
    fail(signing)
    assert not enters(signing)
    assert enters(signing, address=ELSEWHERE), "nobody can be locked out by somebody else's failures"
    assert enters(signing, OTHER)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (HERE, f"::ffff:{HERE}", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("2001:DB8:1:2::1", "2001:db8:1:2:0:0:0:1", True),
        ("unix:", "unix:", True),
        ("unix:", "", False),
        (HERE, ELSEWHERE, False),
    ],
)
def test_an_address_is_what_one_owner_has(first: str, second: str, same: bool) -> None:
    assert (login_tries.print_of_try(NAME, first) == login_tries.print_of_try(NAME, second)) == same
    assert login_tries.print_of_try(NAME, first) == login_tries.print_of_try(" An\n", first)
    assert login_tries.print_of_try(NAME, first) != login_tries.print_of_try(OTHER, first)


def test_a_name_that_nobody_has_is_throttled_like_any_other(signing: Store) -> None:
    fail(signing, name="nobody")
    before = len(audit_rows(signing))
    for _ in range(2):
        assert not enters(signing, "Nobody")
    told = f'{{"address":"{HERE}","name_print":"{short_print("nobody")}"}}'
    assert audit_rows(signing)[before:] == [("person throttled", told)]
    assert len(short_print("nobody")) == 4


def test_tries_at_once_are_all_counted_and_no_more_are_looked_at_than_may_fail(signing: Store) -> None:
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda _: enters(signing, password=WRONG), range(2))) == [False, False]
    assert outcomes(signing) == [False, False]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: enters(signing, password=WRONG), range(6)))
    assert outcomes(signing).count(False) == MOST_FAILURES
    assert not enters(signing)


def outcomes(store: Store) -> list[bool]:
    """Of each try that is kept, whether it was refused unseen."""
    with store.reading() as snapshot:
        return list(snapshot.execute(sa.select(LOGIN_TRY.c.throttled).order_by(LOGIN_TRY.c.id)).scalars())


def test_right_ones_among_many_at_once_are_let_in(signing: Store) -> None:
    with ThreadPoolExecutor(3) as pool:
        tokens = list(pool.map(lambda _: log_in(signing, NAME, PASSWORD, HERE), range(3)))
    assert [answers(signing, token) for token in tokens] == [NAME] * 3


def test_tries_that_count_no_more_are_forgotten(signing: Store, clock: Clock) -> None:
    fail(signing, 2, name="nobody")
    clock.go(WINDOW)
    assert enters(signing)
    assert outcomes(signing) == []
    fail(signing, 1)
    clock.go(WINDOW)
    fail(signing, 1, name="nobody")
    assert len(outcomes(signing)) == 1


# How long a session lasts


def test_a_session_ends_half_an_hour_after_it_was_last_used(signing: Store, clock: Clock) -> None:
    token = log_in(signing, NAME, PASSWORD, HERE)
    clock.go(IDLE)
    assert answers(signing, token, acts=False) == NAME
    assert answers(signing, token) == NAME, "half an hour to the second"
    clock.go(IDLE + SECOND)
    assert answers(signing, token) == Absent.IDLE
    assert answers(signing, token) == Absent.IDLE, "asking is not using"


def test_what_a_page_asks_by_itself_keeps_no_session_open(signing: Store, clock: Clock) -> None:
    token = log_in(signing, NAME, PASSWORD, HERE)
    for _ in range(3):
        clock.go(IDLE / 3)
        assert answers(signing, token, acts=False) == NAME
    clock.go(SECOND)
    assert answers(signing, token, acts=False) == Absent.IDLE


def test_a_session_that_is_always_used_ends_after_eight_hours(signing: Store, clock: Clock) -> None:
    token = log_in(signing, NAME, PASSWORD, HERE)
    steps = int(LONGEST / IDLE)
    for _ in range(steps):
        clock.go(IDLE)
        assert answers(signing, token) == NAME
    clock.go(SECOND)
    assert answers(signing, token) == Absent.EXPIRED


def test_using_a_session_is_written_down_once_a_minute_at_most(signing: Store, clock: Clock) -> None:
    token = log_in(signing, NAME, PASSWORD, HERE)
    before = dump_hash(signing)
    for _ in range(59):
        clock.go(SECOND)
        assert answers(signing, token) == NAME
    assert dump_hash(signing) == before
    clock.go(SECOND)
    assert answers(signing, token, acts=False) == NAME
    assert dump_hash(signing) == before
    assert answers(signing, token) == NAME
    assert sessions_of(signing, NAME)[0].seen_at == clock.moment


def test_a_session_that_came_with_the_form_ends_with_the_login(signing: Store) -> None:
    first = log_in(signing, NAME, PASSWORD, HERE)
    beside = log_in(signing, NAME, PASSWORD, HERE)
    second = log_in(signing, NAME, PASSWORD, HERE, first)
    assert [answers(signing, token) for token in (first, beside, second)] == [Absent.ENDED, NAME, NAME]
    with pytest.raises(StoreError):
        log_in(signing, NAME, WRONG, HERE, second)
    assert answers(signing, second) == NAME, "a login that failed ends nothing"
    before = len(audit_rows(signing))
    other = log_in(signing, OTHER, PASSWORD, HERE, second)
    assert [answers(signing, token) for token in (second, other)] == [Absent.ENDED, OTHER]
    assert [action for action, _ in audit_rows(signing)[before:]] == ["person end", "person login"]
    assert f'"person":"{NAME}"' in audit_rows(signing)[before][1]
    log_in(signing, OTHER, PASSWORD, HERE, first)
    log_in(signing, OTHER, PASSWORD, HERE, "x" * 43)


def test_every_session_of_a_person_is_ended_at_once(signing: Store) -> None:
    mine = [log_in(signing, NAME, PASSWORD, HERE) for _ in range(2)]
    other = log_in(signing, OTHER, PASSWORD, HERE)
    assert end_every(signing, NAME) == 2
    assert [answers(signing, token) for token in (*mine, other)] == [Absent.ENDED, Absent.ENDED, OTHER]
    assert audit_rows(signing)[-1] == ("person end", f'{{"person":"{NAME}","sessions":2}}')
    assert end_every(signing, NAME) == 0
    assert refused(signing, lambda: end_every(signing, "nobody")) == "person_unknown"


def test_sessions_are_listed_with_why_they_are_over(signing: Store, clock: Clock) -> None:
    assert sessions_of(signing, NAME) == []
    began = clock.moment
    log_in(signing, NAME, PASSWORD, HERE)
    clock.go(IDLE)
    log_out(signing, log_in(signing, NAME, PASSWORD, HERE))
    log_in(signing, OTHER, PASSWORD, HERE)
    clock.go(IDLE)
    log_in(signing, NAME, PASSWORD, HERE)
    listed = sessions_of(signing, NAME)
    assert [each.over for each in listed] == [None, Absent.ENDED, Absent.IDLE]
    assert [each.made_at - began for each in listed] == [2 * IDLE, IDLE, timedelta()]
    assert [each.ended_at for each in listed] == [None, began + IDLE, None]
    clock.go(LONGEST)
    assert [each.over for each in sessions_of(signing, NAME)] == [Absent.IDLE, Absent.ENDED, Absent.EXPIRED]
    assert refused(signing, lambda: sessions_of(signing, "nobody")) == "person_unknown"


def test_sessions_that_are_long_over_are_forgotten(signing: Store, clock: Clock) -> None:
    old = log_in(signing, NAME, PASSWORD, HERE)
    clock.go(timedelta(days=30))
    assert answers(signing, old) == Absent.EXPIRED
    assert sessions_of(signing, NAME) == []
    log_in(signing, OTHER, PASSWORD, HERE)
    assert answers(signing, old) == Absent.UNKNOWN


# While others write, and where nothing can be written


def test_a_session_that_ends_while_it_is_looked_at_is_ended(signing: Store, monkeypatch: Patch) -> None:
    token = log_in(signing, NAME, PASSWORD, HERE)
    asked: list[bool] = []

    def later() -> datetime:
        """The moment is asked for between the look and the writing down."""
        if not asked:
            asked.append(True)
            log_out(signing, token)
        return now() + 2 * MINUTE

    monkeypatch.setattr(sessions, "now", later)
    assert answers(signing, token) == Absent.ENDED


def test_using_a_session_waits_for_no_delivery(signing: Store, clock: Clock) -> None:
    token = log_in(signing, NAME, PASSWORD, HERE)
    waits = "PRAGMA busy_timeout" if signing.embedded else "SHOW lock_timeout"
    with signing.noting() as connection:
        assert connection.exec_driver_sql(waits).scalar() == (0 if signing.embedded else "500ms")
    clock.go(MINUTE)
    writing, done = Event(), Event()

    def deliver() -> None:
        with signing.writing() as connection:
            connection.execute(sa.text("UPDATE store_meta SET content = content"))
            writing.set()
            done.wait(30)

    delivery = Thread(target=deliver)
    delivery.start()
    try:
        assert writing.wait(30)
        assert answers(signing, token) == NAME
        assert delivery.is_alive()
        seen_at = sessions_of(signing, NAME)[0].seen_at
        assert (seen_at == clock.moment) == (not signing.embedded), "PostgreSQL writes it down beside the delivery"
    finally:
        done.set()
        delivery.join()
    with signing.writing() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1, "the next writer waits as ever"
        if signing.embedded:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5_000


def test_a_page_is_read_where_nothing_can_be_written_down(signing: Store, clock: Clock) -> None:
    token = log_in(signing, NAME, PASSWORD, HERE)
    clock.go(MINUTE)
    if signing.embedded:
        pytest.skip("SQLite reads and writes one file")
    gone = make_url(signing.url).set(port=1).render_as_string(hide_password=False)
    standby = Store(gone, signing.url)
    try:
        assert answers(standby, token) == NAME
        with pytest.raises(StoreError) as trouble, standby.noting():
            pass
        assert trouble.value.rule == "no_notes", "it is not tried each time"
        with pytest.raises(StoreError) as trouble, standby.writing():
            pass
        assert trouble.value.rule == "not_stored"
    finally:
        standby.close()


def test_a_note_is_tried_again_after_a_while(signing: Store, monkeypatch: Patch) -> None:
    failed = sa.exc.OperationalError("UPDATE", {}, Exception("gone"))
    with pytest.raises(StoreError), signing.noting():
        raise failed
    with pytest.raises(StoreError), signing.noting():
        raise AssertionError("nothing is noted now")
    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with signing.noting() as connection:
        connection.execute(sa.text("UPDATE store_meta SET content = content"))


# What is kept and told


def test_no_secret_and_no_unknown_name_is_in_any_table_or_log(
    signing: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    in_the_wrong_field = "Mật-khẩu.gõ.nhầm.ô"
    tokens = [log_in(signing, NAME, PASSWORD, HERE)]
    tokens.append(log_in(signing, NAME, PASSWORD, HERE, tokens[0]))
    for name, password in ((NAME, WRONG), (in_the_wrong_field, ""), ("nobody at all", PASSWORD), (WRONG, NAME)):
        assert not enters(signing, name, password)
    fail(signing, name=in_the_wrong_field, address=ELSEWHERE)
    assert not enters(signing, in_the_wrong_field, PASSWORD, ELSEWHERE)
    who(signing, tokens[1])
    log_out(signing, tokens[1])
    told = everything(signing) + "\n".join(str(vars(record)) for record in caplog.records)
    secrets = [*tokens, PASSWORD, WRONG, in_the_wrong_field, in_the_wrong_field.casefold(), "nobody at all"]
    assert HERE in told and NAME in told
    assert [each for each in secrets if each in told] == []
    logged = "\n".join(detail for _, detail in audit_rows(signing))
    prints = [
        print_of(each) for each in (*tokens, PASSWORD, WRONG, in_the_wrong_field, in_the_wrong_field.casefold())
    ]
    assert [each for each in prints if each in logged] == []
    assert hash_of(signing) not in logged


def test_a_token_is_found_by_an_index(signing: Store) -> None:
    question = sa.select(PERSON.c.name).join(PERSON_SESSION).where(PERSON_SESSION.c.token_sha256 == "0" * 64)
    text = str(question.compile(dialect=signing.writer.dialect, compile_kwargs={"literal_binds": True}))
    with signing.reading() as snapshot:
        if not signing.embedded:
            snapshot.exec_driver_sql("SET LOCAL enable_seqscan = off")
        plan = snapshot.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if signing.embedded else ''}{text}")
        told = " ".join(str(cell) for row in plan for cell in row)
    assert "token_sha256" in told or "sqlite_autoindex_person_session" in told, told
