"""Who asks in a request, by the cookies it bears: a screen, somebody who signed in, or nobody in particular."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2s, sha256

from flask import Response, current_app, g, request

from access.gate import INGEST, Anybody, Nobody, Revoked, Rules, Screen, Visitor
from access.matrix import Member
from access.viewer import Viewer, viewer_of
from callbacks.bearer import bearer
from callbacks.glance import Glance
from data import screens, sessions
from data.memory import Memory
from data.people import Person
from data.sessions import Absent
from data.store import Store

#: The second of each where the connection is secure: a browser takes it from no other host and no other path.
SCREEN_COOKIES = ("screen", "__Host-screen")
PERSON_COOKIES = ("sid", "__Host-sid")
#: No secret of ours is longer.
LONGEST = 100
#: Cookies of which it is kept whose they are; there are fewer walls and people at one time.
_COOKIES = 1_000
#: Each request looks for itself: a screen is revoked, and a session ended, with the next one.
_LOOK_SECONDS = 0.0
#: What somebody does is told to their session this often; the session itself writes it down once a minute.
_ACTS_SECONDS = 20.0
#: Who belongs to an agency changes with its reference tables alone.
_SCOPE_SECONDS = 30.0


class Look:
    """Whose one cookie is. Where the store cannot be read what it said last holds: a wall keeps its picture when the
    database is down, and nobody is revoked by that."""

    def __init__(self, ask: Callable[[], Visitor]) -> None:
        self._glance = Glance(ask, _LOOK_SECONDS)
        self._last: Visitor | None = None

    def visitor(self) -> Visitor | None:
        """Who it is; None where the store could never be asked."""
        found = self._glance.seen()
        if found is not None:
            self._last = found
        return self._last


@dataclass(frozen=True)
class Gate:
    """The rules, and who was seen; `signed` says that people sign in here."""

    rules: Rules
    store: Store
    signed: bool
    looks: Memory = field(default_factory=lambda: Memory(_COOKIES))
    touches: Memory = field(default_factory=lambda: Memory(_COOKIES))
    scopes: Memory = field(default_factory=lambda: Memory(_COOKIES))

    def visitor(self, screen: str, person: str) -> Visitor | None:
        """Who bears these cookies; None where nobody can say. What is enrolled as a screen is nothing else."""
        found = self._known(("screen", screen), lambda: _screen_of(self.store, screen)) if screen else Nobody()
        if not isinstance(found, Nobody) or not self.signed:
            return Anybody() if isinstance(found, Nobody) else found
        if not person:
            return Nobody()
        return self._known(("person", person), lambda: _member_of(self.store, person, acts=False))

    def act(self, person: str) -> None:
        """Whoever bears this cookie did something: that keeps their session from becoming idle."""
        touch = self.touches.once(
            person, lambda: Glance(lambda: _member_of(self.store, person, acts=True), _ACTS_SECONDS)
        )
        touch.seen()

    def viewer(self, visitor: Visitor) -> Viewer:
        """What they may see and write. Raises what the store raises where that was never known."""
        if not isinstance(visitor, Member):
            return viewer_of(visitor, self.store)
        look = self.scopes.once(visitor, lambda: Kept(lambda: viewer_of(visitor, self.store)))
        found: Viewer = look.viewer()
        return found

    def _known(self, key: tuple[object, ...], ask: Callable[[], Visitor]) -> Visitor | None:
        if len(str(key[1])) > LONGEST:
            return Nobody()
        look: Look = self.looks.once(key, lambda: Look(ask))
        return look.visitor()


class Kept:
    """What one member may see, asked again after a while; what was known last where the store cannot be read."""

    def __init__(self, ask: Callable[[], Viewer]) -> None:
        self._ask = ask
        self._glance = Glance(ask, _SCOPE_SECONDS)
        self._last: Viewer | None = None

    def viewer(self) -> Viewer:
        """Raises what the store raises where it could never be asked."""
        found = self._glance.seen() or self._last or self._ask()
        self._last = found
        return found


def _screen_of(store: Store, cookie: str) -> Visitor:
    found = screens.known(store, cookie)
    if found is None:
        return Nobody()
    return Screen(found.name, found.profile) if found.revoked_at is None else Revoked(found.name)


def _member_of(store: Store, token: str, *, acts: bool) -> Visitor:
    found = sessions.who(store, token, acts=acts)
    if isinstance(found, Person):
        return Member(found.name, found.display, found.role, found.agency_code)
    # Why is told to whoever bears the cookie; not that somebody shut them out.
    told = Absent.ENDED if found is Absent.DISABLED else found
    return Nobody(None if found is Absent.UNKNOWN else str(told))


def gate() -> Gate:
    """The gate of the app; a KeyError where it has none, so that nothing is served without one."""
    found: Gate = current_app.extensions["gate"]
    return found


def visitor(*, acts: bool = False) -> Visitor | None:
    """Who asks in this request; None for one with a cookie of which the store cannot say whose it is. `acts` says
    that somebody did something, which keeps their session from becoming idle."""
    if "visitor" not in g and request.path.startswith(INGEST):
        g.visitor = bearer(gate().store)
    elif "visitor" not in g:
        g.visitor = gate().visitor(given(SCREEN_COOKIES), given(PERSON_COOKIES))
    found: Visitor | None = g.visitor
    if acts and isinstance(found, Member):
        gate().act(given(PERSON_COOKIES))
    return found


def viewer() -> Viewer:
    """What whoever asks in this request may see and write. Raises what the store raises; nobody sees anything."""
    return gate().viewer(visitor() or Nobody())


def mark_of(member: Member) -> str:
    """What tells a page that it is of another person now, or of one who may see other things: it tells nobody who."""
    key = str(current_app.secret_key).encode("utf-8")
    words = "\x1f".join((member.name, member.display, str(member.role), member.agency or ""))
    return blake2s(words.encode("utf-8"), key=sha256(key).digest(), digest_size=6).hexdigest()


def give(answer: Response, cookies: tuple[str, str], value: str, seconds: int | None = None) -> Response:
    """The answer with a cookie, kept so long; None is until the browser is closed."""
    secure = request.is_secure
    answer.set_cookie(cookies[secure], value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="Lax")
    return answer


def given(cookies: tuple[str, str]) -> str:
    """What the request bears of a cookie; the empty text where it bears none."""
    return request.cookies.get(cookies[request.is_secure], "")
