"""People who may sign in: added by name with a role, given a password, disabled and enabled.

A name is what somebody signs in with: NFC, without regard to case, and never given to anybody else, so that the
audit log speaks of one person by it. No password is kept, only its argon2id hash. Each step is a row of the audit
log. Raises StoreError where a step is not right, and what the store raises.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data import passwords
from data.clock import now
from data.labels import is_label, label
from data.ledger.entries import audit, next_id
from data.person_roles import Role, require_pair
from data.refusal import shown
from data.schema import PERSON, PERSON_SESSION
from data.store import Snapshot, Store, StoreError

#: Letters and digits of any script and what stands in addresses of mail: nothing that cannot be seen.
_NAME = re.compile(r"[\w.@+-]{1,60}")
#: A display name is read by people, on one line.
_LONGEST_DISPLAY = 120
#: OpenID Connect Core 1.0, 2: no subject is longer.
LONGEST_SUBJECT = 255
_KEEPER = "cli"


@dataclass(frozen=True)
class Person:
    """A person as they are kept. `agency_code` is None for roles of no agency, `disabled_at` unless they are disabled
    now; `has_password` is False until one was given, and for those who only sign in elsewhere; `subject` is what the
    single sign-on calls them, None where they sign in here alone."""

    name: str
    display: str
    role: Role
    agency_code: str | None
    has_password: bool
    added_at: datetime
    disabled_at: datetime | None
    subject: str | None = None


def add(store: Store, name: str, role: Role, agency_code: str | None = None, display: str | None = None) -> Person:
    """Make a person, who cannot sign in before they are given a password; without `display` the name is shown.

    StoreError where the name is taken or cannot be used, and where the role does not go with the agency.
    """
    shown_as = label(name if display is None else display)
    if not _NAME.fullmatch(folded(name)):
        raise StoreError("person_name", name=shown(name))
    if not is_label(shown_as, _LONGEST_DISPLAY):
        raise StoreError("person_display", display=shown(shown_as), most=str(_LONGEST_DISPLAY))
    code = None if agency_code is None else unicodedata.normalize("NFC", agency_code)
    made = Person(folded(name), shown_as, role, code, False, now(), None)
    with store.writing() as connection:
        if kept(connection, name) is not None:
            raise StoreError("person_taken", name=made.name)
        require_pair(connection, role, code)
        row = {
            "id": next_id(connection, PERSON),
            "name": made.name,
            "display": made.display,
            "role": str(role),
            "agency_code": code,
            "added_at": made.added_at,
        }
        connection.execute(PERSON.insert(), [row])
        audit(connection, _KEEPER, "person add", {"person": made.name, "role": str(role), "agency": code})
    return made


def every(store: Store) -> list[Person]:
    """Every person there ever was, in the order in which they were added."""
    with store.reading() as snapshot:
        return [person_of(row) for row in snapshot.execute(sa.select(PERSON).order_by(PERSON.c.id))]


def named(store: Store, name: str) -> Person:
    """The person of this name. StoreError where nobody has it."""
    with store.reading() as snapshot:
        return person_of(required(snapshot, name))


def displays(snapshot: Snapshot, names: Iterable[str]) -> dict[str, str]:
    """What those of these names are called who have an account, by the name as it was given."""
    given = {name: folded(name) for name in names}
    kept_by = sa.select(PERSON.c.name, PERSON.c.display).where(PERSON.c.name.in_(sorted(set(given.values()))))
    found = {row.name: row.display for row in snapshot.execute(kept_by)}
    return {name: found[account] for name, account in given.items() if account in found}


def give_password(store: Store, name: str, password: str) -> None:
    """Give a person their first or another password; whoever is signed in by the one before is signed out.

    StoreError where nobody has the name, or the password is too short or too long.
    """
    named(store, name)
    # Counting it out takes a while, and must not hold up the one writer.
    made = passwords.hashed(password)
    with store.writing() as connection:
        found = required(connection, name)
        _set(connection, found, password_hash=made)
        ended = end_sessions(connection, found.id, "password")
        audit(connection, _KEEPER, "person password", {"person": found.name, "sessions": ended})


def disable(store: Store, name: str) -> int:
    """Let a person in no more, end every session of theirs, and give how many. StoreError where nobody has the name
    or they are disabled."""
    with store.writing() as connection:
        found = required(connection, name)
        if found.disabled_at is not None:
            raise StoreError("person_disabled", name=found.name)
        _set(connection, found, disabled_at=now())
        ended = end_sessions(connection, found.id, "disabled")
        audit(connection, _KEEPER, "person disable", {"person": found.name, "sessions": ended})
    return ended


def enable(store: Store, name: str) -> None:
    """Let a person in again, with the password they have; no session comes back. StoreError where nobody has the
    name or they are not disabled."""
    with store.writing() as connection:
        found = required(connection, name)
        if found.disabled_at is None:
            raise StoreError("person_enabled", name=found.name)
        _set(connection, found, disabled_at=None)
        audit(connection, _KEEPER, "person enable", {"person": found.name})


def link(store: Store, name: str, issuer: str, subject: str) -> None:
    """Let a person sign in through the single sign-on `issuer`, which calls them `subject`; every session ends.

    StoreError where nobody has the name, the subject cannot be used, or it is another person's.
    """
    if not is_label(subject, LONGEST_SUBJECT):
        raise StoreError("person_subject", subject=shown(subject), most=str(LONGEST_SUBJECT))
    with store.writing() as connection:
        found = required(connection, name)
        holder = known_elsewhere(connection, issuer, subject)
        if holder is not None and holder.id != found.id:
            raise StoreError("person_linked", name=holder.name, subject=shown(subject))
        _set(connection, found, issuer=issuer, subject=subject)
        ended = end_sessions(connection, found.id, "link")
        detail = {"person": found.name, "issuer": issuer, "subject": subject, "sessions": ended}
        audit(connection, _KEEPER, "person link", detail)


def unlink(store: Store, name: str) -> None:
    """Let a person sign in here alone; every session ends. StoreError where nobody has the name, or they are
    not known elsewhere."""
    with store.writing() as connection:
        found = required(connection, name)
        if found.subject is None:
            raise StoreError("person_not_linked", name=found.name)
        _set(connection, found, issuer=None, subject=None)
        ended = end_sessions(connection, found.id, "link")
        audit(connection, _KEEPER, "person unlink", {"person": found.name, "sessions": ended})


def known_elsewhere(connection: Connection, issuer: str, subject: str) -> Row[Any, Any, Any, Any] | None:
    """The row of the person whom a single sign-on calls so, to the letter; None where it means nobody here."""
    same = PERSON.c.issuer == issuer, PERSON.c.subject == subject
    return connection.execute(sa.select(PERSON).where(*same)).one_or_none()


def end_sessions(connection: Connection, number: int, why: str) -> int:
    """End every session of a person that nobody ended, and give how many; also those that are too old, should the
    machine's clock go back."""
    mine = PERSON_SESSION.c.person_id == number, PERSON_SESSION.c.ended_at.is_(None)
    done = connection.execute(PERSON_SESSION.update().where(*mine).values(ended_at=now(), why_ended=why))
    return done.rowcount


def kept(connection: Connection, name: str) -> Row[Any, Any, Any, Any] | None:
    """The row of the person of this name; None where nobody has it, or could."""
    if not _NAME.fullmatch(folded(name)):
        return None
    return connection.execute(sa.select(PERSON).where(PERSON.c.name == folded(name))).one_or_none()


def required(connection: Connection, name: str) -> Row[Any, Any, Any, Any]:
    """The row of the person of this name. StoreError where nobody has it."""
    found = kept(connection, name)
    if found is None:
        raise StoreError("person_unknown", name=shown(folded(name)))
    return found


def person_of(row: Row[Any, Any, Any, Any]) -> Person:
    """A row of the people's table, or one that holds its columns, as it leaves this floor."""
    return Person(
        row.name,
        row.display,
        Role(row.role),
        row.agency_code,
        row.password_hash is not None,
        row.added_at,
        row.disabled_at,
        row.subject,
    )


def folded(name: str) -> str:
    """A name as it is compared: NFC, without case, without white space around it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).strip()


def _set(connection: Connection, found: Row[Any, Any, Any, Any], **cells: object) -> None:
    connection.execute(PERSON.update().where(PERSON.c.id == found.id).values(**cells))
