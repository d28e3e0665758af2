"""Programs that deliver: each has a token for the rows of one agency and for so many days, which can be revoked.

A token is 256 bits of chance and is given away once; the store keeps its sha256. Each step is a row of the audit log.
Raises StoreError where a step is not right, and what the store raises.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.engine import Connection

from data.clock import now
from data.person_roles import is_agency
from data.refusal import shown
from data.schema import PROGRAM_TOKEN
from data.store import QUICK_MS, Store, StoreError
from data.tokens import Holders, print_of

#: A token that is forgotten is of no use after a year.
LONGEST_DAYS = 366
#: That a token was used is written down once in so long.
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Program:
    """A program and its token as they are kept. `revoked_at` is None until it was revoked, `used_at` until something
    was asked with it; that is written down once a minute at most."""

    name: str
    agency_code: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None


class Why(StrEnum):
    """Why a token is of no use."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Useless:
    """A token that is of no use, and whose it was; `name` is None where it was never given out."""

    why: Why
    name: str | None = None


#: Who holds a token.
PROGRAMS = Holders(PROGRAM_TOKEN, Program, "program", "token")


def add(store: Store, name: str, agency_code: str, days: int) -> str:
    """Make a program that delivers for an agency and give its token, which nobody can be told again.

    StoreError where the name cannot be used or a token that is not revoked has it, where no agency has the code, and
    where the days are not 1 to 366.
    """
    name, code = PROGRAMS.named(name), unicodedata.normalize("NFC", agency_code)
    if not 1 <= days <= LONGEST_DAYS:
        raise StoreError("program_days", days=str(days), most=str(LONGEST_DAYS))
    with store.writing() as connection:
        if not is_agency(connection, code):
            raise StoreError("program_no_agency", agency=shown(code) or "–")
        moment = now()
        cells = {"agency_code": code, "made_at": moment, "expires_at": moment + timedelta(days=days)}
        return PROGRAMS.add(connection, name, cells, agency=code, expires_at=cells["expires_at"])


def known(store: Store, token: str) -> Program | Useless:
    """The program whose token this is, or why it is of no use, which is for the audit log: whoever guesses is not
    told. That it was used is written down where that can be done at once."""
    with store.reading(QUICK_MS) as snapshot:
        found = _found(snapshot, print_of(token))
    moment = now()
    used = isinstance(found, Program) and (found.used_at is None or moment - found.used_at >= _NOTED_EVERY)
    if used:
        _note_use(store, print_of(token), moment)
    return found


def require(connection: Connection, token_sha256: str) -> None:
    """Raise StoreError, which says why, unless the token is of use now: a body takes its time, and a standby may not
    have heard."""
    found = _found(connection, token_sha256)
    if isinstance(found, Useless):
        raise StoreError("program_token", why=str(found.why))


def revoke(store: Store, name: str) -> None:
    """Trust the token of a program no more; the name is free for another. StoreError where no program has it."""
    PROGRAMS.revoke(store, name)


def every(store: Store) -> list[Program]:
    """Every program there ever was, in the order in which they were added."""
    return PROGRAMS.every(store)


def _found(connection: Connection, token_sha256: str) -> Program | Useless:
    found = PROGRAMS.given(connection, "token_sha256", token_sha256)
    if found is None:
        return Useless(Why.UNKNOWN)
    if found.revoked_at is not None:
        return Useless(Why.REVOKED, found.name)
    return Useless(Why.EXPIRED, found.name) if found.expires_at <= now() else found


def _note_use(store: Store, token_sha256: str, moment: datetime) -> None:
    try:
        with store.noting() as connection:
            wanted = PROGRAM_TOKEN.update().where(PROGRAM_TOKEN.c.token_sha256 == token_sha256)
            connection.execute(wanted.values(used_at=moment))
    except StoreError:
        # Somebody is writing; what is delivered says by itself in the audit log when that was.
        return
