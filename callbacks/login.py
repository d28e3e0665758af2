"""The doors at which people sign in and out: plain pages that need no script."""

import logging
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, redirect, request

from access.gate import BACK, ELSEWHERE, LOGIN, LOGOUT, Nobody, Revoked, Screen, asked_at
from access.matrix import Member
from callbacks.bundle import Bundle
from callbacks.plain import wanted_language, whole_page
from callbacks.single_sign_on import SignOn, SignOnError
from callbacks.visitors import LONGEST, PERSON_COOKIES, gate, give, given, visitor
from data import sessions
from data.store import Store, StoreError
from i18n import LANGUAGES, speaker
from layouts.login import sign_in_page
from settings import OPEN, Settings

_LOG = logging.getLogger("centre")
#: What a form may hold; a longer one is no form of ours.
_LONGEST_FIELD = 1_000
#: Where the sessions that somebody has elsewhere are ended.
END_OTHERS = "/account/end"
#: Where somebody lands who asked for nothing, or for what is no page of ours: the first of these that they may open.
_HOME, _ACCOUNT = "/", "/account"
_FIRST = (_HOME, "/audit", _ACCOUNT)
#: What is said over the form: nothing, that a session is over, that it was not right, that nobody can sign in now.
_REFUSED, _CLOSED, _OVER, _UNKNOWN, _AWAY = "refused", "closed", "over", "unknown", "away"


@dataclass(frozen=True)
class Landing:
    """What somebody asked for before they were led to the form, and the language that they read."""

    wanted: str
    language: str


def hang(server: Flask, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the doors; there are none where nobody signs in."""
    if settings.auth == OPEN:
        return

    @server.get(LOGIN)
    def form() -> Response:
        who = visitor()
        if isinstance(who, Member):
            return _to(_led(who, _wanted()))
        if isinstance(who, Screen | Revoked):
            # Nobody stands before a wall who could sign in.
            abort(404)
        return _form(settings, files, told=_OVER if isinstance(who, Nobody) and who.ended else None)

    @server.post(LOGIN)
    def sign_in() -> Response:
        name, password = (request.form.get(field, "") for field in ("name", "password"))
        if len(name) > _LONGEST_FIELD or len(password) > _LONGEST_FIELD:
            return _form(settings, files, 401, _REFUSED)
        try:
            token = sessions.log_in(store, name, password, request.remote_addr or "", _presented())
        except StoreError as trouble:
            refused = trouble.rule == "login_refused"
            return _form(settings, files, 401 if refused else 503, _REFUSED if refused else _CLOSED)
        except Exception:
            _LOG.exception("somebody could not sign in")
            return _form(settings, files, 503, _CLOSED)
        return _entered(token, _wanted())

    @server.post(LOGOUT)
    def sign_out() -> Response:
        token = given(PERSON_COOKIES)
        if token and len(token) <= LONGEST:
            sessions.log_out(store, token)
        answer = _to(f"{LOGIN}?lang={wanted_language(settings)}")
        answer.delete_cookie(PERSON_COOKIES[request.is_secure], path="/", secure=request.is_secure, httponly=True)
        return answer

    if settings.single_sign_on is not None:
        _hang_elsewhere(server, store, settings, files, SignOn(server, settings.single_sign_on))

    @server.post(END_OTHERS)
    def end_others() -> Response:
        sessions.end_others(store, given(PERSON_COOKIES)[:LONGEST])
        return _to(f"{_ACCOUNT}?lang={wanted_language(settings)}")


def _hang_elsewhere(server: Flask, store: Store, settings: Settings, files: Bundle, sign_on: SignOn) -> None:
    """Hang the doors to the single sign-on of an agency, and back from it."""

    @server.get(ELSEWHERE)
    def leave() -> Response:
        try:
            return sign_on.begin(_wanted(), wanted_language(settings))
        except SignOnError as trouble:
            return _form(settings, files, 503, trouble.told)

    @server.get(BACK)
    def come_back() -> Response:
        wanted, language = sign_on.asked_for()
        at = Landing(wanted if is_inside(wanted) else _HOME, language if language in LANGUAGES else settings.language)
        try:
            subject = sign_on.vouched()
            token = sessions.enter(store, sign_on.issuer, subject, request.remote_addr or "", _presented())
        except SignOnError as trouble:
            return _form(settings, files, 503 if trouble.told == _AWAY else 401, trouble.told, at)
        except StoreError as trouble:
            unknown = trouble.rule == "login_unknown"
            return _form(settings, files, 401 if unknown else 503, _UNKNOWN if unknown else _CLOSED, at)
        except Exception:
            _LOG.exception("somebody could not come back from the single sign-on")
            return _form(settings, files, 503, _CLOSED, at)
        return _entered(token, at.wanted)


def is_inside(address: str) -> bool:
    """Whether an address is one of ours, without a host: nobody is led elsewhere after signing in."""
    if not address.startswith("/") or address[1:2] in ("/", "\\") or not address.isprintable() or " " in address:
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and parts.path not in (LOGIN, LOGOUT)


def first_page(who: Member) -> str:
    """The first page that somebody may open."""
    return next(path for path in _FIRST if who.may(*asked_at(path)))


def _presented() -> str | None:
    """The token of the session that came with the request, which a new one ends; None where none did."""
    return given(PERSON_COOKIES)[:LONGEST] or None


def _entered(token: str, wanted: str) -> Response:
    """Where somebody with a new session is led, with the cookie of it."""
    who = gate().visitor("", token)
    return give(_to(_led(who, wanted) if isinstance(who, Member) else wanted), PERSON_COOKIES, token)


def _wanted() -> str:
    asked = request.values.get("next", "")
    return asked if is_inside(asked) else _HOME


def _led(who: Member, wanted: str) -> str:
    """Where somebody is led: to what they asked for; who asked for the first page, and may not open it, to theirs."""
    path, _, query = wanted.partition("?")
    return wanted if path != _HOME or who.may("screen/overview") else "?".join(filter(None, (first_page(who), query)))


def _to(address: str) -> Response:
    return cast(Response, redirect(address, 303))


def _form(
    settings: Settings, files: Bundle, status: int = 200, told: str | None = None, at: Landing | None = None
) -> Response:
    """The form, with what is told over it; nothing of what was typed comes back. `at` is where they are led and in
    which language, None where the address says so."""
    at = at or Landing(_wanted(), wanted_language(settings))
    say = speaker(at.language)
    shown = sign_in_page(at.wanted, told, say, demo=settings.demo, elsewhere=_way_out(settings, at))
    page = whole_page(at.language, files.root, say("login.window"), shown)
    return Response(page, status=status, mimetype="text/html")


def _way_out(settings: Settings, at: Landing) -> str | None:
    """Where the single sign-on of an agency begins; None where there is none."""
    if settings.single_sign_on is None:
        return None
    return f"{ELSEWHERE}?{urlencode({'lang': at.language, 'next': at.wanted}, safe='/')}"
