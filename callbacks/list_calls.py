"""The lists of those who must be named, as the command line asks for them."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from callbacks.export_calls import write_noted
from callbacks.lists import draft_list, every_list, file_of, report_list, sign_list, verify_lists
from data.delivery import Delivery
from data.store import Store
from i18n import Say

#: What each step needs, and what it may have besides.
_STEPS: dict[str, tuple[set[str], set[str]]] = {
    "list": (set(), set()),
    "draft": ({"by"}, {"at"}),
    "sign": ({"number", "by"}, set()),
    "report": ({"number", "by", "document"}, set()),
    "write": ({"number", "to"}, set()),
    "verify": (set(), {"file"}),
}
_OPTIONS = ("number", "by", "at", "document", "to", "file")


def arguments(call: ArgumentParser, day: Callable[[str], date]) -> None:
    """What the call takes; `day` reads the day of --at."""
    call.add_argument("step", choices=tuple(_STEPS))
    call.add_argument("number", nargs="?", type=int, help="which list")
    call.add_argument("--by", help="who drafts, signs or reports, by full name")
    call.add_argument("--at", type=day, help="as known on this day")
    call.add_argument("--document", help="the document by which it was reported")
    call.add_argument("--to", type=Path, metavar="FILE", help="the DOCX to write")
    call.add_argument("--file", type=Path, help="the DOCX to verify")


def lacking(asked: Any) -> str | None:
    """What a step needs, where it was asked for with something else; None where it has just that."""
    required, optional = _STEPS[asked.step]
    given = {name for name in _OPTIONS if getattr(asked, name) is not None}
    if required <= given <= required | optional:
        return None
    return " ".join(name.upper() if name == "number" else f"--{name}" for name in _OPTIONS if name in required) or "–"


def run(asked: Any, store: Store, delivery: Delivery, say: Say) -> tuple[list[str], int]:
    """Take a step and give what is told of it, line by line, and the exit code. Raises Refusal."""
    if asked.step == "draft":
        number = draft_list(store, delivery, asked.by, asked.at or delivery.clock)
        return [say("cli.drafted", number=number)], 0
    if asked.step == "sign":
        sign_list(store, delivery, asked.by, asked.number)
        return [say("cli.signed", number=asked.number)], 0
    if asked.step == "report":
        report_list(store, delivery, asked.by, asked.number, asked.document)
        return [say("cli.reported", number=asked.number)], 0
    if asked.step == "write":
        return _write(asked, store, delivery, say)
    if asked.step == "verify":
        return _verify(asked, store, delivery, say)
    told = []
    for each in every_list(store, delivery.scope):
        words = {"state": say(f"dossier.step_{each.state}"), "person": each.steps[-1].person}
        told.append(say("cli.lists", number=each.number, day=each.at, **words))
    return told or [say("cli.no_lists")], 0


def _write(asked: Any, store: Store, delivery: Delivery, say: Say) -> tuple[list[str], int]:
    file = file_of(store, delivery.scope, asked.number)
    if file is None:
        return [say("cli.unknown_list", value=asked.number)], 1
    return write_noted(asked.to, file, f"dossier {asked.number}", store, say)


def _verify(asked: Any, store: Store, delivery: Delivery, say: Say) -> tuple[list[str], int]:
    found = verify_lists(store, delivery.scope, asked.file.read_bytes() if asked.file else None)
    told = [say(f"finding.{finding.rule}", **dict(finding.hints)) for finding in found.wrong]
    if asked.file:
        key = "cli.not_verified" if found.number is None else "cli.verified"
        told.append(say(key, file=str(asked.file), number=found.number))
    elif not found.wrong:
        told.append(say("cli.lists_whole", count=len(every_list(store, delivery.scope))))
    return told, 1 if found.wrong or (asked.file and found.number is None) else 0
