"""Sessions of people: begun by name and password, known by a token, and ended.

A token is 256 bits of chance and is given away once; the store keeps its sha256. A session is over half an hour after
its person last did something, eight hours after it began, and as soon as somebody ends it. Each step is a row of the
audit log. Raises StoreError where a step is not right, and what the store raises.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from data import login_tries, passwords, people
from data.clock import now
from data.ledger.entries import audit, next_id
from data.people import Person, person_of
from data.refusal import shown
from data.schema import PERSON, PERSON_SESSION
from data.store import Store, StoreError
from data.tokens import new_token, print_of

#: A session is over when longer than this nothing was done in it, or it is older than that.
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)
#: What somebody does is written down this often: reading must not be writing.
_TOUCHED_EVERY = timedelta(minutes=1)
#: So long sessions that are over can be listed.
_LISTED = timedelta(days=30)
_KEEPER = "cli"
#: Who tries to sign in is nobody yet.
_NOBODY = "login"

_SESSION = PERSON_SESSION.c
#: What is read of a session; its number has another name than that of its person.
_COLUMNS = (_SESSION.id.label("session"), _SESSION.made_at, _SESSION.seen_at, _SESSION.ended_at)
#: The person and the session of a token: every request asks, so it is put together once.
_OF_TOKEN = sa.select(PERSON, *_COLUMNS).join(PERSON_SESSION).where(_SESSION.token_sha256 == sa.bindparam("print"))


class Absent(StrEnum):
    """Why a token is nobody's."""

    UNKNOWN = "unknown"
    DISABLED = "disabled"
    ENDED = "ended"
    EXPIRED = "expired"
    IDLE = "idle"


@dataclass(frozen=True)
class Session:
    """A session as it is listed; `over` is None while it goes on, and `ended_at` unless somebody ended it. `own` says
    that it is the one of the token by which the list was asked for."""

    made_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    over: Absent | None
    own: bool = False

    @property
    def until(self) -> datetime:
        """When it is over at the latest, where nobody does anything in it from now on."""
        return min(self.seen_at + IDLE, self.made_at + LONGEST)


def log_in(store: Store, name: str, password: str, address: str, presented: str | None = None) -> str:
    """Begin a session and give its token; the session of `presented`, the token that came with the form, ends.

    StoreError, in the same words and after the same work, where nobody has the name, the password is another, the
    person is disabled or signs in elsewhere only, and where five tries for the name from this address failed within
    15 minutes (see `login_tries`): whoever guesses learns nothing, nor how many tries are left. `address` is the one
    the server itself saw, never what the asker wrote into a header.
    """
    tried = login_tries.print_of_try(name, address)
    with store.reading() as snapshot:
        found = people.kept(snapshot, name)
        noted = login_tries.is_known_throttled(snapshot, tried, now())
    kept = None if found is None else found.password_hash
    # Counted out before the one writer is asked for, and before it is known whether it counts at all.
    right = passwords.is_right(kept, password)
    if noted:
        raise StoreError("login_refused")
    renewed = passwords.hashed(password) if right and kept and passwords.is_outdated(kept) else None
    with store.writing() as connection:
        moment = now()
        # Many tries at once pass the first look together; here they come one by one, and the sixth is refused.
        throttled = login_tries.failed(connection, tried, moment) >= login_tries.MOST_FAILURES
        person = people.kept(connection, name)
        right = right and person is not None and person.password_hash == kept and person.disabled_at is None
        if person is not None and right and not throttled:
            return _begin(connection, person, renewed, address, presented, moment)
        login_tries.note(connection, tried, moment, throttled=throttled)
        step = "person throttled" if throttled else "person login failed"
        audit(connection, _NOBODY, step, _named(person, name) | {"address": shown(address)})
    raise StoreError("login_refused")


def enter(store: Store, issuer: str, subject: str, address: str, presented: str | None = None) -> str:
    """Begin a session for whom a single sign-on has vouched and give its token; the session of `presented` ends.

    StoreError where nobody here is known to it by this subject, or they are disabled. The subject is in the log then:
    by it an administrator tells whom to link, and it opens nothing.
    """
    with store.writing() as connection:
        person = people.known_elsewhere(connection, issuer, subject)
        if person is not None and person.disabled_at is None:
            return _begin(connection, person, None, address, presented, now())
        detail = {"issuer": issuer, "subject": shown(subject), "address": shown(address)}
        detail |= {} if person is None else {"person": person.name}
        audit(connection, _NOBODY, "person login failed", detail)
    raise StoreError("login_unknown")


def who(store: Store, token: str, *, acts: bool = True) -> Person | Absent:
    """The person whose session has this token, or why nobody has it.

    `acts` says that somebody did something: that keeps the session from becoming idle, and is written down once a
    minute at most. It is False for what a page asks by itself, or an open page would never be left. What cannot be
    written down now is left for the next time. On a standby what it has not heard of yet is told as it was; an ended
    session is at the latest known by that writing, which goes to the primary.
    """
    with store.reading() as snapshot:
        found = _found(snapshot, token)
    if found is None:
        return Absent.UNKNOWN
    moment = now()
    over = Absent.DISABLED if found.disabled_at is not None else _over(found, moment)
    if over is None and acts and moment - found.seen_at >= _TOUCHED_EVERY:
        over = _touch(store, found.session, moment)
    return person_of(found) if over is None else over


def log_out(store: Store, token: str) -> None:
    """End the session of a token; nothing where it has none that goes on."""
    with store.writing() as connection:
        name = _end(connection, token, "logout")
        if name is not None:
            audit(connection, f"person {name}", "person logout", {"person": name})


def end_every(store: Store, name: str) -> int:
    """End every session of a person and give how many there were. StoreError where nobody has the name."""
    with store.writing() as connection:
        found = people.required(connection, name)
        ended = people.end_sessions(connection, found.id, "ended")
        audit(connection, _KEEPER, "person end", {"person": found.name, "sessions": ended})
    return ended


def count_going_on(snapshot: Connection, moment: datetime) -> int:
    """How many sessions go on."""
    wanted = _SESSION.ended_at.is_(None), _SESSION.made_at >= moment - LONGEST, _SESSION.seen_at >= moment - IDLE
    return snapshot.execute(sa.select(sa.func.count()).where(*wanted)).scalar_one()


def end_others(store: Store, token: str) -> int:
    """End every session of a person but that of this token, and give how many there were; 0 where it is nobody's."""
    with store.writing() as connection:
        found = _going_on(connection, token, now())
        if found is None:
            return 0
        others = _SESSION.person_id == found.id, _SESSION.id != found.session, _SESSION.ended_at.is_(None)
        over = {"ended_at": now(), "why_ended": "ended"}
        ended = connection.execute(PERSON_SESSION.update().where(*others).values(over)).rowcount
        audit(connection, f"person {found.name}", "person end", {"person": found.name, "sessions": ended})
    return ended


def going_on(store: Store, token: str) -> list[Session]:
    """The sessions that go on of the person of this token, its own first, then the newest; none where it is
    nobody's."""
    moment = now()
    with store.reading() as snapshot:
        found = _going_on(snapshot, token, moment)
        if found is None:
            return []
        mine = _SESSION.person_id == found.id, _SESSION.ended_at.is_(None), _SESSION.made_at > moment - LONGEST
        rows = snapshot.execute(sa.select(*_COLUMNS).where(*mine).order_by(_SESSION.id.desc())).all()
    listed = [
        Session(row.made_at, row.seen_at, row.ended_at, _over(row, moment), row.session == found.session)
        for row in rows
    ]
    return sorted((each for each in listed if each.over is None), key=lambda each: not each.own)


def _going_on(connection: Connection, token: str, moment: datetime) -> Row[Any, Any, Any, Any] | None:
    """The person of this token with their session; None where it is over or nobody's."""
    found = _found(connection, token)
    return None if found is None or found.disabled_at is not None or _over(found, moment) is not None else found


def sessions_of(store: Store, name: str) -> list[Session]:
    """The sessions of a person, the newest first: those that go on, and those of the last 30 days. StoreError where
    nobody has the name."""
    moment = now()
    with store.reading() as snapshot:
        number = people.required(snapshot, name).id
        wanted = _SESSION.person_id == number, _SESSION.made_at > moment - _LISTED
        rows = snapshot.execute(sa.select(*_COLUMNS).where(*wanted).order_by(_SESSION.id.desc())).all()
    return [Session(row.made_at, row.seen_at, row.ended_at, _over(row, moment)) for row in rows]


def _begin(
    connection: Connection,
    person: Row[Any, Any, Any, Any],
    renewed: str | None,
    address: str,
    presented: str | None,
    moment: datetime,
) -> str:
    """A new session of a person, and its token; with a hash of their password where that was made anew."""
    token = new_token()
    connection.execute(PERSON_SESSION.delete().where(_SESSION.made_at <= moment - _LISTED))
    login_tries.forget(connection, moment)
    before = None if presented is None else _end(connection, presented, "login")
    if before is not None:
        audit(connection, f"person {person.name}", "person end", {"person": before, "sessions": 1})
    if renewed is not None:
        connection.execute(PERSON.update().where(PERSON.c.id == person.id).values(password_hash=renewed))
    row = {
        "id": next_id(connection, PERSON_SESSION),
        "token_sha256": print_of(token),
        "person_id": person.id,
        "made_at": moment,
        "seen_at": moment,
    }
    connection.execute(PERSON_SESSION.insert(), [row])
    audit(connection, f"person {person.name}", "person login", {"person": person.name, "address": shown(address)})
    return token


def _found(connection: Connection, token: str) -> Row[Any, Any, Any, Any] | None:
    """The person of this token with their session, over or not; None where it is nobody's."""
    return connection.execute(_OF_TOKEN, {"print": print_of(token)}).one_or_none()


def _end(connection: Connection, token: str, why: str) -> str | None:
    """End the session of a token and give whose it was; None where it has none that goes on."""
    wanted = _SESSION.token_sha256 == print_of(token), _SESSION.ended_at.is_(None)
    question = sa.select(PERSON.c.name, *_COLUMNS).join(PERSON_SESSION).where(*wanted)
    found = connection.execute(question).one_or_none()
    if found is None:
        return None
    ended = {"ended_at": now(), "why_ended": why}
    connection.execute(PERSON_SESSION.update().where(_SESSION.id == found.session).values(ended))
    name: str = found.name
    return name


def _touch(store: Store, session: int, moment: datetime) -> Absent | None:
    """Write down that somebody did something; ENDED where somebody ended the session meanwhile."""
    going_on = _SESSION.id == session, _SESSION.ended_at.is_(None)
    try:
        with store.noting() as connection:
            done = connection.execute(PERSON_SESSION.update().where(*going_on).values(seen_at=moment))
    except StoreError:
        return None
    return None if done.rowcount else Absent.ENDED


def _over(found: Row[Any, Any, Any, Any], moment: datetime) -> Absent | None:
    """Why a session is over; None while it goes on."""
    if found.ended_at is not None:
        return Absent.ENDED
    if moment - found.made_at > LONGEST:
        return Absent.EXPIRED
    return Absent.IDLE if moment - found.seen_at > IDLE else None


def _named(person: Row[Any, Any, Any, Any] | None, name: str) -> dict[str, object]:
    """Who was meant by a name that was given, for the audit log: a name that nobody has may be a password that was
    typed in the wrong field."""
    return {"name_print": login_tries.short_print(name)} if person is None else {"person": person.name}
