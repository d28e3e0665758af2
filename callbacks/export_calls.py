"""The boards as files, as the command line asks for them."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from data.embargo import waiting
from data.export_notes import ExportNotes
from data.refusal import shown
from data.scope import EVERYTHING, Scope
from data.store import Store
from i18n import LANGUAGES, Say, speaker
from layouts.classification import is_public_board, label_of
from layouts.files import FORMATS, write_board
from layouts.sheet import Board
from metrics.asked import LEVEL, MOST_PINS, SORTS, THEMES, Asked
from metrics.boards.compare import compare
from metrics.boards.directives import directives
from metrics.boards.dossier import dossier
from metrics.boards.groups import CHOICES
from metrics.boards.indicator import indicator
from metrics.boards.national import HEADLINE
from metrics.boards.province import province
from metrics.boards.ranking import ranking
from metrics.boards.reports import reports
from metrics.boards.systems import systems
from metrics.boards.theme import overview_of
from metrics.boards.usage import usage

OVERVIEW, PROVINCE, INDICATOR, RANKING, COMPARE = "overview", "province", "indicator", "ranking", "compare"


def _usage(store: Store, scope: Scope, asked: Asked) -> Board:
    """Usage of the nation."""
    board = usage(store, scope, asked)
    assert board is not None  # no path names no place
    return board


_BOARDS: dict[str, Callable[[Store, Scope, Asked], Board]] = {
    OVERVIEW: overview_of,
    RANKING: ranking,
    COMPARE: compare,
    "directives": directives,
    "laggards": dossier,
    "reports": reports,
    "systems": systems,
    "usage": _usage,
}
#: The boards of one thing by its code: a province takes --province, an indicator --indicator.
_NAMED: dict[str, Callable[[Store, Scope, str, Asked], Board | None]] = {PROVINCE: province, INDICATOR: indicator}
#: What can be written, by the word that asks for it.
BOARDS = (*_BOARDS, *_NAMED)


def arguments(call: ArgumentParser, day: Callable[[str], date]) -> None:
    """What the call takes; `day` reads one."""
    call.add_argument("what", choices=BOARDS)
    call.add_argument("--to", type=Path, required=True, metavar="FILE")
    call.add_argument("--indicator")
    call.add_argument("--period")
    call.add_argument("--at", type=day)
    call.add_argument("--group", choices=CHOICES, help="who is ranked")
    call.add_argument("--region", help="the provinces of one region only, such as R-RRD")
    call.add_argument("--sort", choices=SORTS, help="by what rows are ranked")
    call.add_argument("--pin", action="append", metavar="CODE", help="who is compared, two to four of them")
    call.add_argument("--province", help="which province, by its two digits, such as 40")
    call.add_argument("--theme", choices=THEMES, help="which overview")
    call.add_argument("--lang", choices=LANGUAGES)


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    if _form(asked) not in FORMATS:
        return say("cli.export_form", file=str(asked.to), forms=", ".join(FORMATS))
    if asked.what != RANKING and (asked.group or asked.region or asked.sort):
        return say("cli.only_ranking")
    if asked.what != OVERVIEW and asked.theme:
        return say("cli.only_overview")
    pins = dict.fromkeys(asked.pin or ())
    if (asked.what == COMPARE) != (2 <= len(pins) <= MOST_PINS) or (asked.what != COMPARE and pins):
        return say("cli.only_compare", most=MOST_PINS)
    if (asked.what == PROVINCE) != (asked.province is not None):
        return say("cli.only_province")
    return None


def run(asked: Any, store: Store, at: date, say: Say, language: str) -> tuple[list[str], int]:
    """Write the board as known at the end of `at`, in a language; what is told of it line by line, and the exit code:
    1 where something was asked for that does not exist, and nothing is written."""
    pins = tuple(dict.fromkeys(asked.pin or ()))
    chosen = {"group": asked.group, "region": asked.region, "sort": asked.sort or LEVEL, "theme": asked.theme}
    wanted = Asked(at, asked.indicator, asked.period, **chosen, pins=pins)
    board: Board | None
    if asked.what in _NAMED:
        of = asked.province or asked.indicator or HEADLINE[0]
        board = _NAMED[asked.what](store, EVERYTHING, of, wanted)
        if board is None:
            key = "cli.unknown_province" if asked.what == PROVINCE else "cli.unknown_indicator"
            return [say(key, value=shown(of))], 1
    else:
        board = _BOARDS[asked.what](store, EVERYTHING, wanted)
    if board.unknown:
        return [say(f"cli.unknown_{name}", value=shown(value)) for name, value in board.unknown], 1
    with store.reading() as snapshot:
        public = is_public_board(board) and not waiting(snapshot, EVERYTHING)
    words = speaker(language)
    content = write_board(board, asked.what, _form(asked), words, label_of(words, public=public))
    return write_noted(asked.to, content, asked.what, store, say)


def write_noted(to: Path, content: bytes, what: str, store: Store, say: Say) -> tuple[list[str], int]:
    """Write a file and note it in the audit log; what is told of it, also where the log takes nothing just now, which
    stops nobody who only reads."""
    to.write_bytes(content)
    notes = ExportNotes(store)
    notes.add("cli", what, to.name, content)
    told = [say("cli.written", file=str(to))]
    return (told if notes.written() else [*told, say("cli.export_not_noted")]), 0


def _form(asked: Any) -> str:
    return str(asked.to.suffix.removeprefix("."))
