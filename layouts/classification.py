"""Which label a file or a printed screen bears, "Công khai" or "Nội bộ": the one place where that is decided.

Nothing is public but what is listed here; where one file holds both, it is internal (docs/adr/0042-labels.md).
"""

from collections.abc import Mapping

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.sheet import Board
from layouts.twin import Twin
from metrics.boards.economy import Economy
from metrics.boards.ranking import RankingBoard

_NATION = frozenset(("course", "nation", "versions"))
_RANKED = frozenset(("map", "positions", "ranking", "table"))
#: The tables of published figures, of the nation and of agencies as they are ranked, by the path of their screen.
_PUBLIC: Mapping[str, frozenset[str]] = {
    "": _NATION | _RANKED | {"tiles", "plan"},
    "ranking": _NATION | _RANKED,
    "indicator": _NATION | {"map", "positions"},
    "usage": frozenset(("tiles", "months", "levels", "ranking")),
}
#: Screens of one thing by its code, of which every one has the same tables.
_OF_CODES = ("indicator",)
#: A table that has anything in one of these columns tells how an agency reports.
_OF_REPORTS = frozenset(("days", "received", "reason"))


def is_public(path: str, name: str, twin: Twin) -> bool:
    """Whether a table of the screen of this path holds published figures of the nation and of rankings alone."""
    screen = path.strip("/")
    first = screen.partition("/")[0]
    tables = _PUBLIC.get(first if first in _OF_CODES else screen, frozenset())
    told = {each for at, each in enumerate(twin.columns) if any(row[at] not in (None, "") for row in twin.rows)}
    return name in tables and _OF_REPORTS.isdisjoint(told)


def is_public_board(board: Board | None) -> bool:
    """Whether every figure of a board is published, of the nation or of a ranking."""
    if isinstance(board, RankingBoard):
        return not board.reports
    return isinstance(board, Economy)


def label_of(say: Say, *, public: bool) -> str:
    """The label in words."""
    return say("classification.public" if public else "classification.internal")


def label_line(say: Say, *, public: bool) -> Node:
    """What the foot of a screen says of it, and so its paper."""
    mark = "public" if public else "internal"
    return html.Span(say("classification.line", label=label_of(say, public=public)), **{"data-classification": mark})
