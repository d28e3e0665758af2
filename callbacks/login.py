"""The doors at which people sign in and out: plain pages that need no script."""

import logging
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, redirect, request

from access.gate import LOGIN, LOGOUT, Nobody, Revoked, Screen, asked_at
from access.matrix import Member
from callbacks.bundle import Bundle
from callbacks.plain import wanted_language, whole_page
from callbacks.visitors import LONGEST, PERSON_COOKIES, gate, give, given, visitor
from data import sessions
from data.store import Store, StoreError
from i18n import speaker
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
_REFUSED, _CLOSED, _OVER = "refused", "closed", "over"


def hang(server: Flask, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the doors; there are none where nobody signs in."""
    if settings.auth == OPEN:
        return

    @server.get(LOGIN)
    def form() -> Response:
        who = visitor()
        if isinstance(who, Member):
            return _to(_led(who))
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
            presented = given(PERSON_COOKIES)[:LONGEST] or None
            token = sessions.log_in(store, name, password, request.remote_addr or "", presented)
        except StoreError as trouble:
            refused = trouble.rule == "login_refused"
            return _form(settings, files, 401 if refused else 503, _REFUSED if refused else _CLOSED)
        except Exception:
            _LOG.exception("somebody could not sign in")
            return _form(settings, files, 503, _CLOSED)
        who = gate().visitor("", token)
        return give(_to(_led(who) if isinstance(who, Member) else _wanted()), PERSON_COOKIES, token)

    @server.post(LOGOUT)
    def sign_out() -> Response:
        token = given(PERSON_COOKIES)
        if token and len(token) <= LONGEST:
            sessions.log_out(store, token)
        answer = _to(f"{LOGIN}?lang={wanted_language(settings)}")
        answer.delete_cookie(PERSON_COOKIES[request.is_secure], path="/", secure=request.is_secure, httponly=True)
        return answer

    @server.post(END_OTHERS)
    def end_others() -> Response:
        sessions.end_others(store, given(PERSON_COOKIES)[:LONGEST])
        return _to(f"{_ACCOUNT}?lang={wanted_language(settings)}")


def is_inside(address: str) -> bool:
    """Whether an address is one of ours, without a host: nobody is led elsewhere after signing in."""
    if not address.startswith("/") or address[1:2] in ("/", "\\") or not address.isprintable() or " " in address:
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and parts.path not in (LOGIN, LOGOUT)


def first_page(who: Member) -> str:
    """The first page that somebody may open."""
    return next(path for path in _FIRST if who.may(*asked_at(path)))


def _wanted() -> str:
    asked = request.values.get("next", "")
    return asked if is_inside(asked) else _HOME


def _led(who: Member) -> str:
    """Where somebody is led: to what they asked for; who asked for the first page, and may not open it, to theirs."""
    wanted = _wanted()
    path, _, query = wanted.partition("?")
    return wanted if path != _HOME or who.may("screen/overview") else "?".join(filter(None, (first_page(who), query)))


def _to(address: str) -> Response:
    return cast(Response, redirect(address, 303))


def _form(settings: Settings, files: Bundle, status: int = 200, told: str | None = None) -> Response:
    """The form, with what is told over it; nothing of what was typed comes back."""
    language = wanted_language(settings)
    say = speaker(language)
    shown = sign_in_page(_wanted(), told, say, demo=settings.demo)
    page = whole_page(language, files.root, say("login.window"), shown)
    return Response(page, status=status, mimetype="text/html")
