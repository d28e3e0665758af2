"""The doors at which people sign in and out: plain pages that need no script."""

import logging
from html import escape
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, Response, redirect, request

from access.gate import LOGIN, LOGOUT
from access.matrix import Member
from callbacks.bundle import Bundle
from callbacks.plain import plain_page, wanted_language
from callbacks.visitors import LONGEST, PERSON_COOKIES, give, given, visitor
from data import sessions
from data.store import Store, StoreError
from i18n import speaker
from settings import OPEN, Settings

_LOG = logging.getLogger("centre")
#: What a form may hold; a longer one is no form of ours.
_LONGEST_FIELD = 1_000
#: Where somebody lands who asked for nothing, or for what is no page of ours.
_HOME, _ACCOUNT = "/", "/account"


def hang(server: Flask, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the doors; there are none where nobody signs in."""
    if settings.auth == OPEN:
        return

    @server.get(LOGIN)
    def form() -> Response:
        who = visitor()
        if isinstance(who, Member):
            return _to(_led(who))
        return _form(settings, files)

    @server.post(LOGIN)
    def sign_in() -> Response:
        name, password = (request.form.get(field, "") for field in ("name", "password"))
        if len(name) > _LONGEST_FIELD or len(password) > _LONGEST_FIELD:
            return _form(settings, files, 401, "login_refused")
        try:
            presented = given(PERSON_COOKIES)[:LONGEST] or None
            token = sessions.log_in(store, name, password, request.remote_addr or "", presented)
        except StoreError as trouble:
            refused = trouble.rule == "login_refused"
            return _form(settings, files, 401 if refused else 503, trouble.rule if refused else "login_closed")
        except Exception:
            _LOG.exception("somebody could not sign in")
            return _form(settings, files, 503, "login_closed")
        return give(_to(_wanted()), PERSON_COOKIES, token)

    @server.post(LOGOUT)
    def sign_out() -> Response:
        token = given(PERSON_COOKIES)
        if token and len(token) <= LONGEST:
            sessions.log_out(store, token)
        answer = _to(LOGIN)
        answer.delete_cookie(PERSON_COOKIES[request.is_secure], path="/", secure=request.is_secure, httponly=True)
        return answer


def is_inside(address: str) -> bool:
    """Whether an address is one of ours, without a host: nobody is led elsewhere after signing in."""
    if not address.startswith("/") or address[1:2] in ("/", "\\") or not address.isprintable() or " " in address:
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and parts.path not in (LOGIN, LOGOUT)


def _wanted() -> str:
    asked = request.values.get("next", "")
    return asked if is_inside(asked) else _HOME


def _led(who: Member) -> str:
    """Where somebody is led: what they asked for, else the first page they may see."""
    wanted = _wanted()
    return wanted if wanted != _HOME or who.may("screen/overview") else _ACCOUNT


def _to(address: str) -> Response:
    return cast(Response, redirect(address, 303))


def _form(settings: Settings, files: Bundle, status: int = 200, trouble: str | None = None) -> Response:
    language = wanted_language(settings)
    say = speaker(language)
    told = f'<p role="alert">{escape(say(f"login.{trouble}"))}</p>' if trouble else ""
    wanted = escape(_wanted())
    body = (
        f'{told}<form method="post" action="{LOGIN}?lang={language}">'
        f'<input type="hidden" name="next" value="{wanted}">'
        f'<label>{escape(say("login.name"))}<input name="name" autocomplete="username" required></label>'
        f"<label>{escape(say('login.password'))}"
        '<input name="password" type="password" autocomplete="current-password" required></label>'
        f"<button>{escape(say('login.enter'))}</button></form>"
    )
    page = plain_page(language, files.root, escape(say("login.title")), body, "login")
    return Response(page, status=status, mimetype="text/html")
