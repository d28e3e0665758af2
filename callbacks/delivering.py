"""One delivery of a program, in a process of its own: asked on stdin, answered on stdout, both in JSON.

The files are open already, and are handed over by their numbers. Nothing is said on stderr, nor of what was read in a
trouble that nobody foresaw: there only its kind and its place in the code are told.
"""

import json
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from callbacks.ingest_calls import conditions, told, told_last
from data import programs, stock
from data.delivery import Delivery
from data.ingest import Taken, ingest
from data.refusal import Held, Problem, Proposed, Refusal, reason, shown
from data.refusal import told as told_of
from data.scope import EVERYTHING
from data.store import Store, StoreError, because
from i18n import Say, speaker

#: By which rule a delivery is refused whose token is of no use.
_NOT_TRUSTED = "program_token"


def main() -> None:
    """Answer the one question on stdin."""
    asked = json.load(sys.stdin)
    try:
        answer = delivered(asked)
    except Exception as trouble:
        # Neither its text nor its values: those are cells.
        places = traceback.extract_tb(trouble.__traceback__)
        at = " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places[-6:]))
        answer = {"failed": f"{type(trouble).__name__} at {at}"}
    json.dump(answer, sys.stdout)


def delivered(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Status and body of the answer; `why` and no body where the sentence is the door's own: 401 where the token is
    of no use any more, 503 where the store takes nothing."""
    try:
        with closing(stock.ready(asked["database_url"])) as store:
            today = None if asked["today"] is None else date.fromisoformat(asked["today"])
            return taken(asked, store, replace(conditions(store, today, demo=asked["demo"]), **_own(asked)))
    except StoreError as trouble:
        if trouble.rule == _NOT_TRUSTED:
            return {"status": 401, "why": trouble.hints["why"]}
        return {"status": 503, "why": str(trouble)}
    except (sa.exc.OperationalError, sa.exc.InterfaceError) as trouble:
        return {"status": 503, "why": because(trouble)}


def _own(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The conditions of a program: its name, the rows of its agency, and that its token is still of use."""
    require: Callable[[Connection], None] = partial(programs.require, token_sha256=asked["token_sha256"])
    return {
        "actor": f"program {asked['program']}",
        "scope": EVERYTHING.narrowed(asked["agency"]),
        "require": require,
        **{name: asked[name] for name in ("reason", "confirm", "dry_run")},
    }


def taken(asked: Mapping[str, Any], store: Store, delivery: Delivery) -> dict[str, Any]:
    """What became of the files, as status and body. Raises what the store raises."""
    say = speaker(asked["language"])
    files = [(Path(f"/dev/fd/{number}"), name) for number, name in asked["files"]]
    try:
        found = ingest(asked["kind"], files, store, delivery)
    except Refusal as trouble:
        return {"status": 409 if isinstance(trouble, Held) else 422, "body": refused(trouble, say)}
    return {"status": 200, "body": accepted(found, delivery.dry_run, say)}


def accepted(found: list[Taken], dry_run: bool, say: Say) -> dict[str, Any]:
    """What is said of files that were taken, or would be."""
    counted = ("file", "rows", "new", "corrected", "same", "identical_to")
    known = all(each.identical_to is not None for each in found)
    return {
        "result": "identical" if known else "checked" if dry_run else "taken",
        "files": [{name: getattr(each, name) for name in counted} for each in found],
        "told": [told(each, dry_run, say) for each in found],
    }


def refused(trouble: Refusal, say: Say) -> dict[str, Any]:
    """What is said of files that were refused or held: the troubles one by one, and the lines of the command line."""
    return {
        "result": _result(trouble),
        "total": trouble.total,
        "problems": [_problem(each, say) for each in trouble.problems],
        "told": [*(told_of(each, say) for each in trouble.problems), told_last(trouble, say)],
    }


def _result(trouble: Refusal) -> str:
    if isinstance(trouble, Proposed):
        return "proposed"
    return "held" if isinstance(trouble, Held) else "refused"


def _problem(problem: Problem, say: Say) -> dict[str, Any]:
    def safe(text: str | None) -> str | None:
        return None if text is None else shown(text)

    return {
        "file": problem.file,
        "line": problem.line,
        "column": safe(problem.column),
        "value": safe(problem.value),
        "code": problem.code,
        "rule": problem.rule,
        "message": reason(problem, say),
    }
