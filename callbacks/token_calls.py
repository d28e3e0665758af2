"""The tokens with which programs deliver, as the command line speaks of them."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from data import programs
from data.clock import minute_of, now
from data.labels import label
from data.programs import Program
from data.refusal import shown
from data.store import Store
from i18n import Say
from settings import Settings

#: What each step needs.
_STEPS: dict[str, tuple[str, ...]] = {"add": ("name", "agency", "days"), "list": (), "revoke": ("name",)}
_WORDS = {"name": "NAME", "agency": "--agency", "days": "--days"}


def arguments(call: ArgumentParser) -> None:
    """What the call takes."""
    call.add_argument("step", choices=tuple(_STEPS))
    call.add_argument("name", nargs="?", help="how the program is called")
    call.add_argument("--agency", help="whose rows it delivers, by the code of the agency")
    call.add_argument("--days", type=int, metavar="N", help=f"how long the token holds, 1 to {programs.LONGEST_DAYS}")


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    needed = _STEPS[asked.step]
    if needed == tuple(name for name in _WORDS if getattr(asked, name) is not None):
        return None
    return say("cli.only_token", step=asked.step, needed=" ".join(_WORDS[name] for name in needed) or "–")


def run(asked: Any, store: Store, _settings: Settings, say: Say) -> tuple[list[str], int]:
    """Take a step and give what is told of it, line by line, and the exit code. Raises StoreError."""
    if asked.step == "add":
        token = programs.add(store, asked.name, asked.agency, asked.days)
        return [say("cli.token", token=token), say("cli.token_use")], 0
    if asked.step == "revoke":
        programs.revoke(store, asked.name)
        return [say("cli.token_taken_back", name=shown(label(asked.name)))], 0
    moment = now()
    return [_line(each, moment, say) for each in programs.every(store)] or [say("cli.no_tokens")], 0


def _line(program: Program, moment: datetime, say: Say) -> str:
    """One program and how its token stands."""
    if program.revoked_at is not None:
        state = say("cli.token_revoked", at=minute_of(program.revoked_at))
    else:
        over = program.expires_at <= moment
        state = say("cli.token_expired" if over else "cli.token_holds", at=minute_of(program.expires_at))
    used = "–" if program.used_at is None else minute_of(program.used_at)
    told = {"made": minute_of(program.made_at), "used": used, "state": state}
    return say("cli.program", name=program.name, agency=program.agency_code, **told)
