"""Where programs deliver: files by HTTP, taken by the same doors as those of `cli.py ingest`.

What reads files runs in a process of its own for each delivery: it takes memory and a processor that pages need, and
gives both back.
"""

import json
import logging
import secrets
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from access.gate import INGEST, Program
from callbacks import gate
from callbacks.bearer import answered, as_json, note, token
from callbacks.plain import wanted_language
from callbacks.spool import LARGEST, Cut, Spooled, spooled
from data.labels import is_label
from data.programs import Useless, Why
from data.refusal import shown
from data.secrecy import told_name
from data.sources.kinds import KINDS
from data.tokens import print_of
from i18n import LANGUAGES, Say, speaker
from settings import ROOT, Settings

_LOG = logging.getLogger("centre")
#: A worker takes so many at once, fewer than it has threads: pages go on being answered.
_AT_ONCE = 2
#: After so long a process is stuck.
_PATIENCE_SECONDS = 900
#: When a program may try again.
_AGAIN = "10"
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
#: No reason may have more letters.
LONGEST_REASON = 500
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from callbacks.delivering import main; main()"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class _Wrong(Exception):  # noqa: N818 - how the call is put
    """The query is wrong; the text says how."""


def hang(server: Flask, settings: Settings) -> None:
    """Hang the door; who comes through it was looked at by the gate."""
    places = BoundedSemaphore(_AT_ONCE)

    @server.route(INGEST, methods=_METHODS, defaults={"kind": ""})
    @server.route(f"{INGEST}<path:kind>", methods=_METHODS)
    def ingest(kind: str) -> Response:
        say = speaker(wanted_language(settings))
        if request.method != "POST":
            return answered(405, "method", say("api.method"), Allow="POST")
        if kind not in KINDS:
            unknown = say("api.unknown_kind", value=shown(told_name(kind)), known=", ".join(KINDS))
            return answered(404, "unknown_kind", unknown)
        if not places.acquire(blocking=False):
            return _later("busy", say)
        try:
            return _taken(kind, _asked(say), settings, say)
        except _Wrong as wrong:
            return answered(400, "wrong_call", str(wrong))
        except RequestEntityTooLarge:
            return answered(413, "too_large", say("api.too_large", most=LARGEST // 1024 // 1024))
        except Cut:
            return answered(400, "wrong_call", say("api.cut"))
        except OSError as trouble:
            _LOG.warning("a delivery could not be spooled: %s", trouble.strerror)
            return _later("unavailable", say)
        finally:
            places.release()


def _asked(say: Say) -> dict[str, Any]:
    """What the query asks for. A wrong one is refused: of a name mistyped something would be stored that was to be
    tried. Raises _Wrong."""
    found: dict[str, Any] = {"dry_run": False, "confirm": False, "reason": ""}
    for name, value in request.args.items():
        if name in ("dry_run", "confirm"):
            if value not in _FLAGS:
                raise _Wrong(say("api.wrong_flag", name=name, value=shown(told_name(value))))
            found[name] = _FLAGS[value]
        elif name == "reason":
            if value and not is_label(value, LONGEST_REASON):
                raise _Wrong(say("api.wrong_reason", most=LONGEST_REASON))
            found[name] = value
        elif name != "lang":
            raise _Wrong(say("api.wrong_name", name=shown(told_name(name))))
        elif value not in LANGUAGES:
            raise _Wrong(say("api.wrong_language", value=shown(told_name(value))))
    return found


def _taken(kind: str, asked: dict[str, Any], settings: Settings, say: Say) -> Response:
    """What became of the files of the request. Raises as spooling them does."""
    who = gate.visitor()
    assert isinstance(who, Program)
    with ExitStack() as open_until:
        files = spooled(open_until)
        if not files:
            raise _Wrong(say("api.no_file"))
        told = asked | {
            "kind": kind,
            "program": who.name,
            "agency": who.agency,
            "token_sha256": print_of(token() or ""),
            "language": say.language,
            "database_url": settings.database_url,
            "today": None if settings.today is None else settings.today.isoformat(),
            "demo": settings.demo,
        }
        return _delivered(told, files, say)


def _delivered(told: dict[str, Any], files: Sequence[Spooled], say: Say) -> Response:
    """Let a process of its own take the files, and give its answer."""
    numbers = []
    for file in files:
        file.content.flush()
        numbers.append(file.content.fileno())
    question = told | {"files": [[number, file.name] for number, file in zip(numbers, files, strict=True)]}
    program = [sys.executable, "-c", _CHILD, str(ROOT)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            program,
            input=json.dumps(question).encode(),
            stdout=subprocess.PIPE,
            # What a library says there may hold a cell.
            stderr=subprocess.DEVNULL,
            pass_fds=numbers,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as trouble:
        return _failed(type(trouble).__name__, say)
    if "failed" in found:
        return _failed(found["failed"], say)
    if found["status"] == 503:
        _LOG.warning("a delivery was not stored: %s", found["why"])
        return _later("unavailable", say)
    if found["status"] == 401:
        note(Useless(Why(found["why"]), question["program"]))
        return answered(401, "unauthorized", say("api.unauthorized"))
    return as_json(found["status"], found["body"])


def _later(result: str, say: Say) -> Response:
    return answered(503, result, say(f"api.{result}"), **{"Retry-After": _AGAIN})


def _failed(why: str, say: Say) -> Response:
    reference = secrets.token_hex(4)
    _LOG.error("a delivery failed [%s]: %s", reference, why)
    return answered(500, "failed", say("api.failed", reference=reference))
