"""Programs at the gate: known by the token they bear, whatever cookies come with it; and how the others are told."""

import json
import logging

import sqlalchemy as sa
from flask import Response, request

from access.gate import Anybody, Program, Visitor
from callbacks.plain import wanted_language
from data import programs
from data.store import Store
from i18n import speaker
from settings import Settings

_LOG = logging.getLogger("centre")
#: No token of ours is longer.
_LONGEST = 100


def token() -> str | None:
    """The token that the request bears; None where it bears none that could be ours."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token or len(given.token) > _LONGEST:
        return None
    return given.token


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
    return Anybody() if found is None else Program(found.name, found.agency_code)


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
