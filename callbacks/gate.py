"""The one gate of every request: who asks, by their cookie, and whether they may ask that.

It stands before everything else, and a second time around each callback of Dash, whose one path says nothing of what
is asked through it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from html import escape
from typing import Any
from urllib.parse import parse_qs, unquote

from flask import Flask, Response, abort, after_this_request, current_app, g, request

from access.gate import ENROL, INGEST, WALL, Anybody, Revoked, Rules, Screen, Visitor, for_everybody, is_wall
from callbacks.bearer import bearer, not_let_in
from callbacks.bundle import ENROLMENT, Bundle
from callbacks.glance import Glance
from callbacks.plain import plain_page, wanted_language, watch
from data import screens
from data.memory import Memory
from data.store import Store, StoreError
from data.wall_profiles import read_profiles
from i18n import speaker
from settings import ENROLLED, Settings

__all__ = ["ENROL", "WALL", "for_who_may_see", "for_who_may_send", "hang", "told", "visitor"]

_LOG = logging.getLogger("centre")
#: The second where the connection is secure: a browser takes it from no other host and no other path.
COOKIE, SECURE_COOKIE = "screen", "__Host-screen"
#: What a browser shortens is given anew with each wall.
_TEN_YEARS = 10 * 365 * 24 * 3600
#: No secret of ours is longer.
_LONGEST = 100
#: Cookies of which it is kept whose they are; there are fewer walls.
_COOKIES = 1_000
#: Each request looks for itself: a screen is revoked with its next one.
_LOOK_SECONDS = 0.0
#: What a callback bears that passes the gate.
MARK = "passes_gate"
#: In the place of what is refused: what the page calls itself, its title and its text.
_NOT_ENROLLED = ("not-enrolled", "gate.not_enrolled", "gate.not_enrolled_text")
_NOT_KNOWN = ("not-known", "gate.not_known", "gate.not_known_text")
_REVOKED = ("revoked", "alive.revoked", "alive.revoked_text")
_NOT_HERE = ("not-here", "gate.not_here", "gate.not_here_text")


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
    """The rules, and who was seen."""

    rules: Rules
    store: Store
    looks: Memory = field(default_factory=lambda: Memory(_COOKIES))

    def visitor(self, cookie: str) -> Visitor | None:
        """Who bears this cookie; None where nobody can say."""
        if not cookie or len(cookie) > _LONGEST:
            return Anybody()
        look: Look = self.looks.once(cookie, lambda: Look(lambda: _bearer(self.store, cookie)))
        return look.visitor()


def _bearer(store: Store, cookie: str) -> Visitor:
    found = screens.known(store, cookie)
    if found is None:
        return Anybody()
    return Screen(found.name, found.profile) if found.revoked_at is None else Revoked(found.name)


def visitor() -> Visitor | None:
    """Who asks in this request; None for one with a cookie of which the store cannot say whose it is."""
    if "visitor" not in g:
        if request.path.startswith(INGEST):
            g.visitor = bearer(_gate().store)
        else:
            g.visitor = _gate().visitor(request.cookies.get(_cookie_name(), ""))
    found: Visitor | None = g.visitor
    return found


def told() -> dict[str, object]:
    """What a beat says of the screen that asks; to anybody else that walls are kept for enrolled screens, where they
    are."""
    who = visitor()
    if isinstance(who, Screen):
        return {"screen": who.name}
    if isinstance(who, Revoked):
        return {"screen": None, "revoked": True}
    return {"walls": ENROLLED} if isinstance(who, Anybody) and _gate().rules.enrolled else {}


def for_who_may_see(answer: Callable[[Any], str]) -> Callable[[Any], str]:
    """A question of the page, answered to whoever may see the screen it is of; 403 for all others."""

    @wraps(answer)
    def passed(asked: Any) -> str:
        who = visitor()
        if who is None or not _gate().rules.answers(who, *_place(asked)):
            abort(403)
        return answer(asked)

    vars(passed)[MARK] = True
    return passed


def for_who_may_send(take: Callable[[Any], str]) -> Callable[[Any], str]:
    """A form of the page, taken from whoever may send one; 403 for all others."""

    @wraps(take)
    def passed(sent: Any) -> str:
        who = visitor()
        if who is None or not _gate().rules.takes(who):
            abort(403)
        return take(sent)

    vars(passed)[MARK] = True
    return passed


def hang(server: Flask, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the gate before every other door, and the door at which a screen is enrolled."""
    profiles = read_profiles(settings.wall_profiles)
    minutes = frozenset(name for name, profile in profiles.items() if profile.minutes)
    rules = Rules(next(iter(profiles)), settings.wall_access == ENROLLED, minutes)
    server.extensions["gate"] = Gate(rules, store)

    @server.before_request
    def only_who_may() -> Response | None:
        # Whether the centre lives is told without the store.
        if for_everybody(request.path):
            return None
        who = visitor()
        if who is None or not _gate().rules.opens(who, request.path):
            return _refused(who, settings, files.root)
        if isinstance(who, Screen) and WALL.fullmatch(request.path):
            after_this_request(_renewed)
        return None

    @server.post(ENROL)
    def enrol() -> Response:
        sent = request.get_json(silent=True)
        token = sent.get("token") if isinstance(sent, dict) else None
        if not isinstance(token, str) or len(token) > _LONGEST:
            return Response(status=403)
        try:
            cookie = screens.exchange(store, token)
        except StoreError as trouble:
            # Only of a token that is not taken the page asks no more.
            return Response(status=403 if trouble.rule == "screen_token" else 503)
        except Exception:
            _LOG.exception("a screen could not be enrolled")
            return Response(status=503)
        return _given(Response(status=204), cookie)


def _gate() -> Gate:
    """The gate of the app; a KeyError where it has none, so that nothing is served without one."""
    found: Gate = current_app.extensions["gate"]
    return found


def _place(asked: Any) -> tuple[str, set[str]]:
    """Path and names of the query of what a browser asks, read as the router reads them; neither where it is no
    question."""
    if not isinstance(asked, dict):
        return "", set()
    path, query = asked.get("path"), asked.get("search")
    if not (isinstance(path, str) and isinstance(query, str)):
        return "", set()
    return unquote(path), set(parse_qs(query.removeprefix("?"), keep_blank_values=True))


def _cookie_name() -> str:
    return SECURE_COOKIE if request.is_secure else COOKIE


def _given(answer: Response, cookie: str) -> Response:
    rules: dict[str, Any] = {"path": "/", "secure": request.is_secure, "httponly": True, "samesite": "Lax"}
    answer.set_cookie(_cookie_name(), cookie, max_age=_TEN_YEARS, **rules)
    return answer


def _renewed(answer: Response) -> Response:
    return _given(answer, request.cookies[_cookie_name()])


def _refused(who: Visitor | None, settings: Settings, root: str) -> Response:
    """A 403 to the reader of a page with words, to a program without; 503 where nobody can say who it is."""
    if request.path.startswith(INGEST):
        return not_let_in(who, settings)
    status = 503 if who is None else 403
    if request.method != "GET" or request.path.startswith("/_"):
        return Response(status=status)
    kinds = {Anybody: _NOT_ENROLLED, Screen: _NOT_HERE, Revoked: _REVOKED}
    screen, title, text = _NOT_KNOWN if who is None else kinds[type(who)]
    language = wanted_language(settings)
    say = speaker(language)
    body, on_wall = f"<p>{escape(say(text))}</p>", is_wall(request.path)
    if isinstance(who, Screen):
        own = escape(f"/wall/{who.profile}")
        # Nobody clicks on a wall: there the address is told.
        leads = f'<a href="{own}">{escape(say("gate.own_wall"))}</a>'
        body += f"<p>{escape(say('gate.own_address', address=own)) if on_wall else leads}</p>"
    body += f'{watch()}<script src="{root}{ENROLMENT}"></script>'
    page = plain_page(language, root, escape(say(title)), body, screen, on_wall=on_wall)
    return Response(page, status=status, mimetype="text/html")
