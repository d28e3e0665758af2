"""Periods that are closed, as the command line speaks of them."""

from argparse import ArgumentParser
from typing import Any

from data import closings
from data.clock import minute_of
from data.scope import EVERYTHING
from data.store import Store
from i18n import Say
from settings import Settings

#: What each step may have, and what it needs of it.
_STEPS = {"close": ("indicator", "period", "by"), "list": ()}
_NEEDED = {"close": ("indicator", "period"), "list": ()}
_WORDS = {"indicator": "INDICATOR", "period": "PERIOD", "by": "[--by NAME]"}


def arguments(call: ArgumentParser) -> None:
    """What the call takes."""
    call.add_argument("step", choices=tuple(_STEPS))
    call.add_argument("indicator", nargs="?", help="which indicator, by its code")
    call.add_argument("period", nargs="?", help="its period, such as 2020-08")
    call.add_argument("--by", metavar="NAME", help="who closes it; else cli")


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    given = {name for name in _WORDS if getattr(asked, name) is not None}
    if given.issuperset(_NEEDED[asked.step]) and given.issubset(_STEPS[asked.step]):
        return None
    return say(
        "cli.only_period", step=asked.step, needed=" ".join(_WORDS[name] for name in _STEPS[asked.step]) or "–"
    )


def run(asked: Any, store: Store, _settings: Settings, say: Say) -> tuple[list[str], int]:
    """Take a step and give what is told of it, line by line, and the exit code. Raises StoreError."""
    if asked.step == "close":
        made = closings.close(store, asked.indicator, asked.period, asked.by or "cli")
        return [say("cli.period_closed", indicator=made.indicator, period=made.period)], 0
    with store.reading() as snapshot:
        found = closings.closings(snapshot, EVERYTHING)
    lines = [
        say("cli.period", indicator=each.indicator, period=each.period, name=each.closed_by, at=minute_of(each.at))
        for each in found
    ]
    return lines or [say("cli.no_periods")], 0
