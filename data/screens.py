"""Screens on walls: added by name, enrolled once with a token, known by their cookie from then on, and revoked.

Token and cookie are 256 bits of chance and are given away once; the store keeps the sha256 of each. Each step is a
row of the audit log. Raises StoreError where a step is not right, and what the store raises.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from data.clock import now
from data.ledger.entries import audit
from data.schema import WALL_SCREEN
from data.store import QUICK_MS, Store, StoreError
from data.tokens import Holders, new_token, print_of

#: So long a token waits for its screen.
TOKEN_HOLDS = timedelta(hours=24)


@dataclass(frozen=True)
class Screen:
    """A screen as it is kept. `enrolled_at` is None until its token was exchanged, `revoked_at` until it was revoked;
    a token that was not exchanged is of no use after `token_until`."""

    name: str
    profile: str
    token_until: datetime
    enrolled_at: datetime | None
    revoked_at: datetime | None


#: Who holds a token, and then a cookie.
SCREENS = Holders(WALL_SCREEN, Screen, "screen", "screen")


def add(store: Store, name: str, profile: str) -> str:
    """Make a screen of a profile and give the token that enrols it, which nobody can be told again.

    StoreError where the name cannot be used, or a screen that is not revoked has it.
    """
    name = SCREENS.named(name)
    with store.writing() as connection:
        moment = now()
        cells = {"profile": profile, "added_at": moment, "token_until": moment + TOKEN_HOLDS}
        return SCREENS.add(connection, name, cells, profile=profile)


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
        connection.execute(WALL_SCREEN.update().where(WALL_SCREEN.c.token_sha256 == print_of(token)).values(cells))
        audit(connection, f"screen {found.name}", "screen enrol", {"screen": found.name, "profile": found.profile})
    return cookie


def known(store: Store, cookie: str) -> Screen | None:
    """The screen that has this cookie, also one that was revoked since; None where no screen ever had it."""
    with store.reading(QUICK_MS) as snapshot:
        return SCREENS.given(snapshot, "cookie_sha256", print_of(cookie))


def revoke(store: Store, name: str) -> None:
    """Trust a screen no more, nor its token; the name is free again. StoreError where no screen has it."""
    SCREENS.revoke(store, name)


def every(store: Store) -> list[Screen]:
    """Every screen there ever was, in the order in which they were added."""
    return SCREENS.every(store)


def _waiting(connection: Connection, token: str) -> Screen:
    """The screen that this token may enrol. StoreError where there is none."""
    found = SCREENS.given(connection, "token_sha256", print_of(token))
    if found is None or found.enrolled_at is not None or found.revoked_at is not None or found.token_until <= now():
        raise StoreError("screen_token")
    return found
