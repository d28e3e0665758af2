"""The audit log, as the command line speaks of it to an auditor."""

import argparse
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from data import audit
from data.audit import Entry
from data.clock import VIETNAM
from data.integrity import altered_log
from data.refusal import escaped
from data.scope import EVERYTHING
from data.store import Store
from i18n import Say
from settings import Settings

#: What each step may have.
_STEPS = {"verify": ("noted",), "list": ("since", "actor", "action")}
_OPTIONS = tuple(name for names in _STEPS.values() for name in names)


def arguments(call: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    """What the call takes; `day` reads a date."""
    call.add_argument("step", choices=tuple(_STEPS))
    call.add_argument("--noted", type=_noted, metavar="N:CHECKSUM", help="a row as an earlier verify told it")
    call.add_argument("--since", type=day, metavar="DATE", help="rows of this day and later")
    call.add_argument("--actor", help="rows of who did it")
    call.add_argument("--action", help="rows of what was done, in all of its words or the first")


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    given = {name for name in _OPTIONS if getattr(asked, name) is not None}
    if given <= set(_STEPS[asked.step]):
        return None
    return say("cli.only_audit", step=asked.step, takes=" ".join(f"--{name}" for name in _STEPS[asked.step]))


def run(asked: Any, store: Store, _settings: Settings, say: Say) -> tuple[list[str], int]:
    """Take a step and give what is told of it, line by line, and the exit code."""
    with store.reading() as snapshot:
        if asked.step == "verify":
            return told(audit.verify(snapshot, asked.noted), say)
        found = audit.entries(snapshot, EVERYTHING, asked.since, asked.actor, asked.action)
        return [_line(entry, say) for entry in found] or [say("cli.no_audit_rows")], 0


def told(found: audit.Verified, say: Say) -> tuple[list[str], int]:
    """How far the log holds, line by line, and the exit code."""
    wrong = [say(f"finding.{finding.rule}", **dict(finding.hints)) for finding in altered_log(found)]
    if wrong:
        return wrong, 1
    if found.first is None or found.last is None:
        return [say("cli.no_audit_rows")], 0
    last = f"{found.last.number}:{found.last.checksum}"
    span = {"first": _hour(found.first.at), "last": _hour(found.last.at)}
    return [say("cli.audit_whole", count=found.rows, **span), say("cli.audit_noted", noted=last)], 0


def _line(entry: Entry, say: Say) -> str:
    cells = {name: escaped(getattr(entry, name)) for name in ("actor", "action", "detail")}
    return say("cli.audit_row", number=entry.number, at=_hour(entry.at), **cells)


def _hour(at: datetime | str) -> str:
    """A moment as the clocks in Viet Nam tell it; what is none, as it stands in the log."""
    return escaped(at) if isinstance(at, str) else at.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M:%S")


def _noted(text: str) -> tuple[int, str]:
    if not re.fullmatch(r"[1-9][0-9]{0,17}:[0-9a-f]{64}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no row; write N:CHECKSUM as `audit verify` printed it")
    number, checksum = text.split(":")
    return int(number), checksum
