"""The one gate of every request: who asks, by their cookie, and whether they may ask that.

It stands before everything else, and a second time around each callback of Dash, whose one path says nothing of what
is asked through it.
"""

import logging
from collections.abc import Callable
from functools import wraps
from html import escape
from typing import Any, cast
from urllib.parse import parse_qs, quote, unquote

from flask import Flask, Response, abort, after_this_request, redirect, request

from access.gate import (
    ENROL,
    INGEST,
    LOGIN,
    WALL,
    Anybody,
    Nobody,
    Revoked,
    Rules,
    Screen,
    Visitor,
    for_everybody,
    is_known,
    is_wall,
)
from access.matrix import Member
from callbacks import bearer
from callbacks.bundle import ENROLMENT, Bundle
from callbacks.plain import plain_page, refuse_unknown, wanted_language, watch
from callbacks.visitors import LONGEST, SCREEN_COOKIES, Gate, gate, give, given, mark_of, visitor
from data import screens
from data.store import Store, StoreError
from data.wall_profiles import read_profiles
from i18n import LANGUAGES, speaker
from settings import ENROLLED, OPEN, Settings

__all__ = ["ENROL", "WALL", "for_who_may_see", "for_who_may_send", "hang", "told", "visitor"]

_LOG = logging.getLogger("centre")
#: What a browser shortens is given anew with each wall.
_TEN_YEARS = 10 * 365 * 24 * 3600
#: What a callback bears that passes the gate.
MARK = "passes_gate"
#: In the place of what is refused: what the page calls itself, its title and its text.
_NOT_ENROLLED = ("not-enrolled", "gate.not_enrolled", "gate.not_enrolled_text")
_NOT_KNOWN = ("not-known", "gate.not_known", "gate.not_known_text")
_REVOKED = ("revoked", "alive.revoked", "alive.revoked_text")
_NOT_HERE = ("not-here", "gate.not_here", "gate.not_here_text")
_NOT_YOURS = ("not-yours", "gate.not_yours", "gate.not_yours_text")


def told() -> dict[str, object]:
    """What a beat says of the screen that asks, of whose session it is or why it is over, and to anybody else that
    walls are kept for enrolled screens, where they are."""
    who = visitor()
    if isinstance(who, Nobody):
        return {"session": who.ended, "walls": ENROLLED}
    if isinstance(who, Member):
        return {"person": mark_of(who)}
    if isinstance(who, Screen):
        return {"screen": who.name}
    if isinstance(who, Revoked):
        return {"screen": None, "revoked": True}
    return {"walls": ENROLLED} if isinstance(who, Anybody) and gate().rules.enrolled else {}


def for_who_may_see(answer: Callable[[Any], str]) -> Callable[[Any], str]:
    """A question of the page, answered to whoever may see the screen it is of; 403 for all others."""

    @wraps(answer)
    def passed(asked: Any) -> str:
        # What an open page asks by itself keeps nobody signed in.
        who = visitor(acts=not (isinstance(asked, dict) and asked.get("alone") is True))
        _require(who, who is not None and gate().rules.answers(who, *_place(asked)))
        return answer(asked)

    vars(passed)[MARK] = True
    return passed


def for_who_may_send(take: Callable[[Any], str]) -> Callable[[Any], str]:
    """A form of the page, taken from whoever may send one; 403 for all others."""

    @wraps(take)
    def passed(sent: Any) -> str:
        who = visitor(acts=True)
        _require(who, who is not None and gate().rules.takes(who, *_form(sent)))
        return take(sent)

    vars(passed)[MARK] = True
    return passed


def _require(who: Visitor | None, may: bool) -> None:
    """403, and 401 to whoever has to sign in, unless they may."""
    if not may:
        abort(401 if isinstance(who, Nobody) else 403)


def hang(server: Flask, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the gate before every other door, and the door at which a screen is enrolled."""
    profiles = read_profiles(settings.wall_profiles)
    minutes = frozenset(name for name, profile in profiles.items() if profile.minutes)
    rules = Rules(next(iter(profiles)), settings.wall_access == ENROLLED, minutes)
    server.extensions["gate"] = Gate(rules, store, settings.auth != OPEN)
    bearer.hang(server, store)

    @server.before_request
    def only_who_may() -> Response | None:
        # Whether the centre lives is told without the store.
        if for_everybody(request.path):
            return None
        who = visitor(acts=not request.path.startswith("/_"))
        if who is None or not gate().rules.opens(who, request.path):
            return _refused(who, settings, files.root)
        if isinstance(who, Screen) and WALL.fullmatch(request.path):
            after_this_request(_renewed)
        return None

    @server.post(ENROL)
    def enrol() -> Response:
        sent = request.get_json(silent=True)
        token = sent.get("token") if isinstance(sent, dict) else None
        if not isinstance(token, str) or len(token) > LONGEST:
            return Response(status=403)
        try:
            cookie = screens.exchange(store, token)
        except StoreError as trouble:
            # Only of a token that is not taken the page asks no more.
            return Response(status=403 if trouble.rule == "screen_token" else 503)
        except Exception:
            _LOG.exception("a screen could not be enrolled")
            return Response(status=503)
        return give(Response(status=204), SCREEN_COOKIES, cookie, _TEN_YEARS)


def _place(asked: Any) -> tuple[str, set[str]]:
    """Path and names of the query of what a browser asks, read as the router reads them; neither where it is no
    question."""
    if not isinstance(asked, dict):
        return "", set()
    path, query = asked.get("path"), asked.get("search")
    if not (isinstance(path, str) and isinstance(query, str)):
        return "", set()
    return unquote(path), set(parse_qs(query.removeprefix("?"), keep_blank_values=True))


def _form(sent: Any) -> tuple[str, str | None]:
    """The name of a form and the agency that it speaks for, if any; the empty name where it is no form."""
    cells = sent.get("cells") if isinstance(sent, dict) else None
    name, agency = (sent.get("name"), cells.get("agency_code")) if isinstance(cells, dict) else (None, None)
    return (name if isinstance(name, str) else "", agency if isinstance(agency, str) else None)


def _renewed(answer: Response) -> Response:
    return give(answer, SCREEN_COOKIES, given(SCREEN_COOKIES), _TEN_YEARS)


def _sign_in() -> str:
    """Where whoever asks signs in to be led to what they asked for; in the language of that, where it names one."""
    asked = request.args.get("lang")
    language = f"lang={asked}&" if asked in LANGUAGES else ""
    return f"{LOGIN}?{language}next={quote(request.full_path.removesuffix('?'), safe='')}"


def _refused(who: Visitor | None, settings: Settings, root: str) -> Response:
    """A 403 to the reader of a page with words, to a program without; 503 where nobody can say who it is. Whoever has
    to sign in is led there, a program is told 401; a wall is nowhere asked to."""
    if request.path.startswith(INGEST):
        return bearer.not_let_in(who, settings)
    on_wall = is_wall(request.path)
    status = 503 if who is None else 401 if isinstance(who, Nobody) and not on_wall else 403
    if request.method != "GET" or request.path.startswith("/_"):
        return Response(status=status)
    if status == 401:
        return cast(Response, redirect(_sign_in()))
    kinds = {Anybody: _NOT_ENROLLED, Nobody: _NOT_ENROLLED, Member: _NOT_YOURS, Screen: _NOT_HERE, Revoked: _REVOKED}
    screen, title, text = _NOT_KNOWN if who is None else kinds[type(who)]
    if isinstance(who, Member) and not is_known(request.path):
        return refuse_unknown(request.path, settings, root)
    language = wanted_language(settings)
    say = speaker(language)
    body = f"<p>{escape(say(text))}</p>"
    if isinstance(who, Member):
        body += f'<p><a class="button" href="/account?lang={language}">{escape(say("account.title"))}</a></p>'
    if isinstance(who, Screen):
        own = escape(f"/wall/{who.profile}")
        # Nobody clicks on a wall: there the address is told.
        leads = f'<a href="{own}">{escape(say("gate.own_wall"))}</a>'
        body += f"<p>{escape(say('gate.own_address', address=own)) if on_wall else leads}</p>"
    body += f'{watch()}<script src="{root}{ENROLMENT}"></script>'
    page = plain_page(language, root, escape(say(title)), body, screen, on_wall=on_wall)
    return Response(page, status=status, mimetype="text/html")
