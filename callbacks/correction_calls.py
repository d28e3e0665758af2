"""Corrections that wait for a second person, as the command line speaks of them."""

from argparse import ArgumentParser
from typing import Any

from data import closings
from data.clock import minute_of
from data.closings import Proposal, Standing
from data.refusal import escaped
from data.scope import EVERYTHING
from data.store import Store
from i18n import Say
from settings import Settings

#: What each step needs, and nothing else.
_STEPS = {"list": (), "approve": ("number", "by"), "refuse": ("number", "by", "reason")}
_WORDS = {"number": "NUMBER", "by": "--by NAME", "reason": "--reason TEXT"}


def arguments(call: ArgumentParser) -> None:
    """What the call takes."""
    call.add_argument("step", choices=tuple(_STEPS))
    call.add_argument("number", nargs="?", type=int, help="which proposal")
    call.add_argument("--by", metavar="NAME", help="the second person")
    call.add_argument("--reason", metavar="TEXT", help="why it is refused")


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    given = {name for name in _WORDS if getattr(asked, name) is not None}
    if given == set(_STEPS[asked.step]):
        return None
    needed = " ".join(_WORDS[name] for name in _STEPS[asked.step]) or "–"
    return say("cli.only_correction", step=asked.step, needed=needed)


def run(asked: Any, store: Store, _settings: Settings, say: Say) -> tuple[list[str], int]:
    """Take a step and give what is told of it, line by line, and the exit code. Raises StoreError."""
    if asked.step == "list":
        with store.reading() as snapshot:
            found = closings.proposals(snapshot, EVERYTHING)
        return [_line(each, say) for each in found] or [say("cli.no_proposals")], 0
    from data import proposing  # noqa: PLC0415 - what reads files takes memory that a list does not need

    if asked.step == "refuse":
        proposing.refuse(store, asked.number, asked.by, asked.reason)
        return [say("cli.proposal_refused", number=asked.number)], 0
    if proposing.approve(store, asked.number, asked.by) is Standing.OUTDATED:
        return [say("cli.proposal_outdated", number=asked.number)], 1
    return [say("cli.proposal_approved", number=asked.number)], 0


def _line(each: Proposal, say: Say) -> str:
    """One proposal: of which figure, old and new, why, by whom, and what became of it."""
    figure = f"{each.indicator}/{each.agency}/{each.period}/{each.source}"
    changes = ", ".join(f"{name} {each.old[name] or '∅'} → {each.new[name] or '∅'}" for name in each.new)
    told = {"changes": escaped(changes), "reason": escaped(each.reason), "name": escaped(each.proposed_by)}
    at = "" if each.decided_at is None else minute_of(each.decided_at)
    decided = {"name": escaped(each.decided_by or ""), "at": at, "reason": escaped(each.answer or "")}
    standing = say(f"cli.standing_{each.standing}", **decided)
    return say("cli.proposal", number=each.number, figure=figure, at=minute_of(each.at), standing=standing, **told)
