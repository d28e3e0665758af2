"""What is answered where there is no answer: to what no page of ours sends, and where something broke inside."""

import logging
import secrets
from html import escape
from typing import Any

from dash import Dash
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from callbacks.plain import plain_page, wanted_language
from i18n import speaker
from settings import Settings

_LOG = logging.getLogger("centre")
#: What Dash answers for the callbacks.
_ASK = "/_dash-update-component"


def hang(app: Dash, settings: Settings, root: str) -> None:
    """Hang them; after every callback is registered, since no other than these is asked."""
    server: Flask = app.server
    ties = {
        name: [(each["id"], each["property"]) for each in tied["inputs"]] for name, tied in app.callback_map.items()
    }

    @server.before_request
    def only_our_questions() -> Response | None:
        asks = request.path == _ASK and request.method == "POST" and request.is_json
        return Response(status=400) if asks and not _is_ours(request.get_json(silent=True), ties) else None

    @server.errorhandler(Exception)
    def broken(trouble: Exception) -> Response | HTTPException:
        if isinstance(trouble, HTTPException):
            return trouble
        reference = secrets.token_hex(4)
        path = request.path[:200].encode("unicode_escape").decode()
        _LOG.error("%s failed [%s]", path, reference, exc_info=trouble)
        if request.method != "GET" or request.path.startswith("/_"):
            return Response(reference, status=500, mimetype="text/plain")
        language = wanted_language(settings)
        say = speaker(language)
        body = f"<p>{escape(say('failure.text', reference=reference))}</p>"
        page = plain_page(language, root, escape(say("failure.title")), body, "broken")
        return Response(page, status=500, mimetype="text/html")


def _is_ours(body: Any, ties: dict[str, list[tuple[str, str]]]) -> bool:
    """Whether it asks one of the callbacks for what it gives, of what it takes: values are the callback's to read."""
    if not isinstance(body, dict) or body.get("state"):
        return False
    output, inputs = body.get("output"), body.get("inputs")
    if not isinstance(output, str) or output not in ties or not isinstance(inputs, list):
        return False
    of, _, named = output.rpartition(".")
    if body.get("outputs") != {"id": of, "property": named}:
        return False
    return [_place(each) for each in inputs] == ties[output]


def _place(each: Any) -> tuple[Any, Any] | None:
    return (each.get("id"), each.get("property")) if isinstance(each, dict) else None
