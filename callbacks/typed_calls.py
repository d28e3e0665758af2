"""What is typed on the command line, looked at before anything reads it: no argument may bear a mark of secrecy."""

import argparse
import re
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import Any, NoReturn

from data import secrecy
from data.refusal import Problem, Refusal
from data.store import StoreError, open_store
from i18n import Say
from settings import Settings

_ACTOR = "cli"
#: An argument that is the name of a file.
_FILE = re.compile(r".*\.[A-Za-z0-9]{2,7}", re.DOTALL)
_OPTION = re.compile(r"--[a-z-]+")


def marked(given: Sequence[str]) -> list[str]:
    """Where a mark stands among the arguments: behind which option, else at which place (#1 is the call)."""
    found = []
    for at, argument in enumerate(given):
        option, _, value = argument.partition("=") if argument.startswith("--") else ("", "", argument)
        text = value or option
        if not (secrecy.is_marked(text) or (_FILE.fullmatch(text) and secrecy.told_name(text) != text)):
            continue
        before = given[at - 1] if at else ""
        found.append(next((each for each in (option, before) if _OPTION.fullmatch(each)), f"#{at + 1}"))
    return found


def refusal(given: Sequence[str], places: Sequence[str]) -> argparse.Namespace:
    """The call in the place of one whose arguments bear marks at these places: it refuses them."""
    call = given[0] if given[0].isascii() and given[0].isidentifier() else ""
    return argparse.Namespace(run=partial(_refuse, f"cli {call}".strip(), places))


def _refuse(where: str, places: Sequence[str], _asked: Any, settings: Settings, _say: Say) -> NoReturn:
    try:
        with closing(open_store(settings.database_url)) as store:
            secrecy.note(store, _ACTOR, where, places)
    except StoreError:
        # Without a store there is no log that could be told.
        pass
    raise Refusal([Problem(place, secrecy.CODE, secrecy.RULE) for place in places])
