"""Programs at the gate: known by the token they bear, whatever cookies come with it; and how the others are told."""

import json
import logging

import sqlalchemy as sa
from flask import Flask, Response, current_app, request

from access.gate import Anybody, Program, Visitor
from callbacks.glance import Glance
from callbacks.plain import wanted_language
from data import programs
from data.memory import Memory
from data.programs import Useless
from data.store import Store
from data.token_tries import TokenTries
from i18n import speaker
from settings import Settings

_LOG = logging.getLogger("centre")
#: No token of ours is longer.
_LONGEST = 100
#: A try of one token from one address is handed on once in so long; of so many it is known when that was.
_TRIED_SECONDS, _TRIED = 60.0, 1_000
_TRIES, _LATELY = "token_tries", "token_tries_lately"


def hang(server: Flask, store: Store) -> None:
    """Have the app keep what is to be noted of tokens that are of no use."""
    server.extensions[_TRIES] = TokenTries(store)
    server.extensions[_LATELY] = Memory(_TRIED)


def token() -> str | None:
    """The token that the request bears, cut where it is longer than any of ours; None where it bears none."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        return None
    return given.token[:_LONGEST]


def bearer(store: Store) -> Visitor | None:
    """The program whose token the request bears, Anybody where it bears none that can be used; None where nobody can
    say."""
    given = token()
    if given is None:
        return Anybody()
    try:
        found = programs.known(store, given)
    except sa.exc.SQLAlchemyError as trouble:
        # Its text may hold what was asked for.
        _LOG.warning("whose a token is could not be looked up: %s", type(trouble).__name__)
        return None
    if isinstance(found, Useless):
        note(found)
        return Anybody()
    return Program(found.name, found.agency_code)


def note(found: Useless) -> None:
    """Note that the request bears a token which is of no use. It neither waits nor fails."""
    address = request.remote_addr or ""
    tries: TokenTries = current_app.extensions[_TRIES]
    lately: Memory = current_app.extensions[_LATELY]
    last = lately.once((found, address), lambda: Glance(lambda: tries.add(found, address), _TRIED_SECONDS))
    last.seen()


def not_let_in(who: Visitor | None, settings: Settings) -> Response:
    """What is told to whoever is no program, in the same words whatever is wrong with their token: 401, and 503 where
    nobody can say who it is."""
    say = speaker(wanted_language(settings))
    if who is None:
        return answered(503, "unavailable", say("api.unavailable"))
    return answered(401, "unauthorized", say("api.unauthorized"))


def answered(status: int, result: str, told: str, **more: str) -> Response:
    """An answer that is one sentence; `more` are headers."""
    answer = as_json(status, {"result": result, "told": [told]})
    answer.headers.update(more)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def as_json(status: int, body: object) -> Response:
    """An answer to a program."""
    return Response(json.dumps(body, ensure_ascii=False), status=status, mimetype="application/json")
