"""Screens on walls: added by name, enrolled once with a token, known by their cookie from then on, and revoked.

Token and cookie are 256 bits of chance and are given away once; the store keeps the sha256 of each. Each step is a
row of the audit log. Raises StoreError where a step is not right, and what the store raises.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data.clock import now
from data.labels import is_label, label
from data.ledger.entries import audit, next_id
from data.refusal import shown
from data.schema import WALL_SCREEN
from data.store import QUICK_MS, Store, StoreError
from data.tokens import new_token, print_of

#: So long a token waits for its screen.
TOKEN_HOLDS = timedelta(hours=24)
#: A name is read by people, on one line.
_LONGEST = 60
_KEEPER = "cli"


@dataclass(frozen=True)
class Screen:
    """A screen as it is kept. `enrolled_at` is None until its token was exchanged, `revoked_at` until it was revoked;
    a token that was not exchanged is of no use after `token_until`."""

    name: str
    profile: str
    token_until: datetime
    enrolled_at: datetime | None
    revoked_at: datetime | None


_SHOWN = [WALL_SCREEN.c[name] for name in Screen.__dataclass_fields__]


def add(store: Store, name: str, profile: str) -> str:
    """Make a screen of a profile and give the token that enrols it, which nobody can be told again.

    StoreError where the name cannot be used, or a screen that is not revoked has it.
    """
    name = _named(name)
    token = new_token()
    with store.writing() as connection:
        if _held(connection, name) is not None:
            raise StoreError("screen_taken", name=name)
        moment = now()
        row = {
            "id": next_id(connection, WALL_SCREEN),
            "name": name,
            "profile": profile,
            "added_at": moment,
            "token_sha256": print_of(token),
            "token_until": moment + TOKEN_HOLDS,
        }
        connection.execute(WALL_SCREEN.insert(), [row])
        audit(connection, _KEEPER, "screen add", {"screen": name, "profile": profile})
    return token


def exchange(store: Store, token: str) -> str:
    """Enrol the screen of a token and give the cookie it is known by.

    StoreError, the same for each, where the token was never given out, is too old, was used, or its screen was
    revoked: whoever guesses learns nothing.
    """
    # Looked for before it is written: a wrong token neither waits for the one writer nor holds it up.
    with store.reading() as snapshot:
        _waiting(snapshot, token)
    cookie = new_token()
    with store.writing() as connection:
        found = _waiting(connection, token)
        cells = {"cookie_sha256": print_of(cookie), "enrolled_at": now()}
        connection.execute(WALL_SCREEN.update().where(WALL_SCREEN.c.id == found.id).values(cells))
        audit(connection, f"screen {found.name}", "screen enrol", {"screen": found.name, "profile": found.profile})
    return cookie


def known(store: Store, cookie: str) -> Screen | None:
    """The screen that has this cookie, also one that was revoked since; None where no screen ever had it."""
    question = sa.select(*_SHOWN).where(WALL_SCREEN.c.cookie_sha256 == print_of(cookie))
    with store.reading(QUICK_MS) as snapshot:
        found = snapshot.execute(question).one_or_none()
    return None if found is None else Screen(*found)


def revoke(store: Store, name: str) -> None:
    """Trust a screen no more, nor its token; the name is free again. StoreError where no screen has it."""
    name = label(name)
    with store.writing() as connection:
        number = _held(connection, name)
        if number is None:
            raise StoreError("screen_unknown", name=shown(name))
        connection.execute(WALL_SCREEN.update().where(WALL_SCREEN.c.id == number).values(revoked_at=now()))
        audit(connection, _KEEPER, "screen revoke", {"screen": name})


def every(store: Store) -> list[Screen]:
    """Every screen there ever was, in the order in which they were added."""
    with store.reading() as snapshot:
        return [Screen(*row) for row in snapshot.execute(sa.select(*_SHOWN).order_by(WALL_SCREEN.c.id))]


def _held(connection: Connection, name: str) -> int | None:
    """The number of the screen that has the name and is not revoked."""
    wanted = WALL_SCREEN.c.name == name, WALL_SCREEN.c.revoked_at.is_(None)
    found: int | None = connection.execute(sa.select(WALL_SCREEN.c.id).where(*wanted)).scalar()
    return found


def _waiting(connection: Connection, token: str) -> Row[Any, Any, Any, Any]:
    """The screen that this token may enrol."""
    columns = WALL_SCREEN.c
    wanted = columns.token_sha256 == print_of(token), columns.enrolled_at.is_(None), columns.revoked_at.is_(None)
    question = sa.select(columns.id, columns.name, columns.profile, columns.token_until).where(*wanted)
    found = connection.execute(question).one_or_none()
    if found is None or found.token_until <= now():
        raise StoreError("screen_token")
    return found


def _named(name: str) -> str:
    found = label(name)
    if not is_label(found, _LONGEST):
        raise StoreError("screen_name", name=shown(found), most=str(_LONGEST))
    return found
