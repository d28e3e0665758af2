"""People on both engines: who can be added as what, what becomes of a password, and who is let in."""

from functools import partial

import pytest
import sqlalchemy as sa
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from data import passwords
from data.clock import now
from data.people import Person, add, disable, enable, every, folded, give_password, named
from data.person_roles import Role
from data.schema import PERSON
from data.sessions import Absent, log_in, who
from data.store import Store
from tests.engines import audit_rows, everything, refused

NAME, PASSWORD, HERE = "nguyễn.văn.an", "mười hai chữ là đủ", "192.0.2.7"


def kept_hash(store: Store, name: str = NAME) -> str | None:
    with store.reading() as snapshot:
        found: str | None = snapshot.execute(
            sa.select(PERSON.c.password_hash).where(PERSON.c.name == name)
        ).scalar_one()
    return found


def test_a_person_is_added_given_a_password_disabled_and_enabled(store: Store) -> None:
    began = now()
    assert every(store) == []
    made = add(store, "Nguyễn.Văn.An", Role.REPORTER, "40-SNV", " Nguyễn Văn An ")
    assert made == Person(NAME, "Nguyễn Văn An", Role.REPORTER, "40-SNV", False, made.added_at, None)
    assert began <= made.added_at <= now()
    add(store, "office", Role.PM_OFFICE)
    assert [(each.name, each.display) for each in every(store)] == [(NAME, "Nguyễn Văn An"), ("office", "office")]
    assert every(store)[0] == named(store, NAME) == made
    give_password(store, NAME, PASSWORD)
    assert (named(store, NAME).has_password, named(store, "office").has_password) == (True, False)
    disable(store, NAME)
    disabled_at = named(store, NAME).disabled_at
    assert disabled_at is not None and began <= disabled_at <= now()
    enable(store, NAME)
    assert named(store, NAME).disabled_at is None


def test_every_step_is_in_the_audit_log(store: Store) -> None:
    before = len(audit_rows(store))
    add(store, NAME, Role.MINISTER, "BNV")
    give_password(store, NAME, PASSWORD)
    disable(store, NAME)
    enable(store, NAME)
    rows = audit_rows(store)[before:]
    assert [action for action, _ in rows] == ["person add", "person password", "person disable", "person enable"]
    assert all(f'"person":"{NAME}"' in detail for _, detail in rows)
    assert '"agency":"BNV"' in rows[0][1] and '"role":"minister"' in rows[0][1]


@pytest.mark.parametrize(
    "name", ["", "  ", "a b", "a\nb", "a\x1b[2J", "a\u202eb", "a\u200bb", "x" * 61, "a/b", "a'b", "\ud800", "\0"]
)
def test_a_name_that_nobody_could_type_or_see_is_refused(store: Store, name: str) -> None:
    assert refused(store, lambda: add(store, name, Role.ADMIN)) == "person_name"
    for step in (named, disable, enable, partial(give_password, password=PASSWORD)):
        assert refused(store, partial(step, store, name)) == "person_unknown"


@pytest.mark.parametrize("name", ["x" * 60, "an@bnv.gov.vn", "n_v-a+1", "văn.phòng"])
def test_a_name_may_be_of_any_letters_and_an_address(store: Store, name: str) -> None:
    assert add(store, name, Role.ADMIN).name == name


def test_a_name_is_the_same_in_any_case_and_however_its_letters_are_put_together(store: Store) -> None:
    add(store, NAME, Role.ADMIN)
    for name in ("NGUYỄN.VĂN.AN", "Nguye\u0302\u0303n.Va\u0306n.An", f" {NAME}\n"):
        assert folded(name) == NAME
        assert named(store, name).name == NAME
        assert refused(store, partial(add, store, name, Role.AUDITOR)) == "person_taken"


def test_the_name_of_a_disabled_person_stays_taken(store: Store) -> None:
    add(store, NAME, Role.ADMIN)
    disable(store, NAME)
    assert refused(store, lambda: add(store, NAME, Role.ADMIN)) == "person_taken"


@pytest.mark.parametrize("display", ["", " ", "x" * 121, "a\nb", "a\u202eb", "\ud800"])
def test_a_display_name_that_nobody_could_read_is_refused(store: Store, display: str) -> None:
    assert refused(store, lambda: add(store, NAME, Role.ADMIN, None, display)) == "person_display"


RIGHT = (
    (Role.PM_OFFICE, None),
    (Role.ADMIN, None),
    (Role.AUDITOR, None),
    (Role.MINISTER, "BNV"),
    (Role.MINISTER, "BKHĐT"),
    (Role.MINISTER, "VPCP"),
    (Role.PROVINCE_LEADER, "40"),
    (Role.REPORTER, "BNV"),
    (Role.REPORTER, "40"),
    (Role.REPORTER, "40-SNV"),
    (Role.APPROVER, "BNV"),
)
OF_NOBODY = (Role.PM_OFFICE, Role.ADMIN, Role.AUDITOR)
OF_ANY = (Role.REPORTER, Role.APPROVER)
WRONG = (
    *((role, agency, "person_of_nobody") for role in OF_NOBODY for agency in ("40", "")),
    *((Role.MINISTER, agency, "person_no_ministry") for agency in (None, "", "40", "40-SNV", "VN", "bnv")),
    *((Role.MINISTER, agency, "person_no_ministry") for agency in ("\ud800", "\0")),
    *((Role.PROVINCE_LEADER, agency, "person_no_province") for agency in (None, "BNV", "40-SNV", "R-RRD", "041")),
    *((role, agency, "person_no_agency") for role in OF_ANY for agency in (None, "VN", "R-RRD", "XX")),
)


@pytest.mark.parametrize(("role", "agency"), RIGHT)
def test_a_role_goes_with_its_agency(module_store: Store, role: Role, agency: str | None) -> None:
    name = f"n{len(every(module_store))}"
    assert add(module_store, name, role, agency).agency_code == agency
    assert (named(module_store, name).role, named(module_store, name).agency_code) == (role, agency)


@pytest.mark.parametrize(("role", "agency", "rule"), WRONG)
def test_a_role_without_its_agency_is_refused(module_store: Store, role: Role, agency: str, rule: str) -> None:
    assert refused(module_store, lambda: add(module_store, NAME, role, agency)) == rule


def test_every_role_is_tried_with_what_goes_with_it_and_what_does_not() -> None:
    assert {role for role, _ in RIGHT} == {role for role, *_ in WRONG} == set(Role)


# Passwords


@pytest.mark.parametrize(
    "password",
    ["x" * 11, "", "x" * 1_001, "e\u0302\u0323" * 11, "e\u0302\u0323" * 1_001],
    ids=["short", "empty", "long", "short-composed", "long-composed"],
)
def test_a_password_too_short_or_too_long_is_refused_and_the_old_one_stays(store: Store, password: str) -> None:
    add(store, NAME, Role.ADMIN)
    give_password(store, NAME, PASSWORD)
    assert refused(store, lambda: give_password(store, NAME, password)) == "password_length"
    log_in(store, NAME, PASSWORD, HERE)


@pytest.mark.parametrize("length", [12, 1_000])
def test_a_password_is_counted_in_letters_and_right_however_they_are_put_together(store: Store, length: int) -> None:
    add(store, NAME, Role.ADMIN)
    give_password(store, NAME, "e\u0302\u0323" * length)
    log_in(store, NAME, "ệ" * length, HERE)
    assert not passwords.is_right(kept_hash(store), "ệ" * (length - 1))
    assert not passwords.is_right(kept_hash(store), "Ệ" * length)


def test_kept_is_argon2id_with_the_parameters_of_the_rfc_and_a_salt_of_its_own(store: Store) -> None:
    for name in (NAME, "other"):
        add(store, name, Role.ADMIN)
        give_password(store, name, PASSWORD)
    first, second = kept_hash(store), kept_hash(store, "other")
    assert first is not None and second is not None and first != second
    assert extract_parameters(first) == extract_parameters(second) == RFC_9106_LOW_MEMORY
    assert first.startswith("$argon2id$")


def test_what_stands_in_for_a_hash_has_the_same_parameters_and_no_password() -> None:
    assert extract_parameters(passwords._nobodys()) == RFC_9106_LOW_MEMORY
    assert not passwords.is_outdated(passwords._nobodys())
    assert [each for each in ("", PASSWORD, "\0" * 32) if passwords.is_right(None, each)] == []


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$", "$2b$12$" + "x" * 53])
def test_what_is_no_hash_has_no_password(kept: str) -> None:
    assert not passwords.is_right(kept, PASSWORD)


def test_another_password_signs_out_whoever_came_with_the_one_before(store: Store) -> None:
    add(store, NAME, Role.ADMIN)
    give_password(store, NAME, PASSWORD)
    token = log_in(store, NAME, PASSWORD, HERE)
    give_password(store, NAME, f"{PASSWORD} nữa")
    assert who(store, token) == Absent.ENDED
    assert not passwords.is_right(kept_hash(store), PASSWORD)
    log_in(store, NAME, f"{PASSWORD} nữa", HERE)


def test_a_disabled_person_is_signed_out_everywhere_and_comes_back_with_the_same_password(store: Store) -> None:
    for name in (NAME, "other"):
        add(store, name, Role.ADMIN)
        give_password(store, name, PASSWORD)
    tokens = [log_in(store, NAME, PASSWORD, HERE) for _ in range(2)]
    other = log_in(store, "other", PASSWORD, HERE)
    assert disable(store, NAME) == 2
    assert [who(store, token) for token in tokens] == [Absent.DISABLED] * 2
    assert isinstance(who(store, other), Person)
    assert refused(store, lambda: disable(store, NAME)) == "person_disabled"
    enable(store, NAME)
    assert refused(store, lambda: enable(store, NAME)) == "person_enabled"
    assert [who(store, token) for token in tokens] == [Absent.ENDED] * 2
    assert isinstance(who(store, log_in(store, NAME, PASSWORD, HERE)), Person)


def test_no_password_is_kept(store: Store) -> None:
    given = [PASSWORD, f"{PASSWORD} nữa", "e\u0302\u0323" * 12, "\ud800" * 12]
    add(store, NAME, Role.ADMIN)
    for password in given:
        give_password(store, NAME, password)
    kept = everything(store)
    assert NAME in kept
    assert [each for each in (*given, "ệ" * 12) if each in kept] == []


# What the store itself keeps


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "first"},
        {"issuer": "https://id.gov.vn", "subject": "1"},
        {"issuer": "https://id.gov.vn"},
        {"subject": "2"},
    ],
    ids=["name", "known elsewhere", "issuer alone", "subject alone"],
)
def test_the_store_itself_keeps_a_name_and_an_identity_to_one_person(store: Store, cells: dict[str, str]) -> None:
    row = {"display": "x", "role": "admin", "added_at": now()}
    first = {"id": 1, "name": "first", "issuer": "https://id.gov.vn", "subject": "1"}
    with store.writing() as connection:
        connection.execute(PERSON.insert(), [row | first])
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        connection.execute(PERSON.insert(), [row | {"id": 2, "name": "second"} | cells])
    with store.writing() as connection:
        connection.execute(PERSON.insert(), [row | {"id": 2, "name": "second"}])
        connection.execute(PERSON.insert(), [row | {"id": 3, "name": "third"}])
