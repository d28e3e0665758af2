"""Who stands before the gate, and what each may ask: the rules alone, which know neither request nor store.

What no rule names is refused.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from access.matrix import Member, is_asked

#: The walls, each by the name of its profile.
WALL = re.compile(r"/wall(?:/([a-z0-9-]+))?")
#: Where a token is exchanged.
ENROL = "/wall/enrol"
#: Where people sign in and out.
LOGIN, LOGOUT = "/login", "/logout"
#: Where the way to the single sign-on of an agency begins, and where it ends.
ELSEWHERE, BACK = "/login/elsewhere", "/login/back"
#: What is for programs, or tells of them.
_PROGRAMS = "/api/"
#: Where programs deliver, and nobody else.
INGEST = "/api/v1/ingest/"
#: What is told to everybody, and asked by whoever watches whether the centre lives.
_EVERYBODY = ("/livez", "/readyz", "/heartbeat", ENROL, LOGIN, LOGOUT, ELSEWHERE, BACK)
#: Files of the page, which are the same for everybody and hold no figure.
_FILES = "/static/"
#: What the renderer of Dash asks; what it asks of a screen is looked at once more where it is answered.
_DASH = ("/_dash-", "/_reload-hash")
#: Under these a screen's tables are files.
_TABLES = "/table"
_WORKBOOK = "/board.xlsx"
#: Parts of an address that open the rows behind a figure.
_ROWS = frozenset({"figure", "table"})


@dataclass(frozen=True)
class Anybody:
    """Nobody in particular: whom AUTH=open lets in."""


@dataclass(frozen=True)
class Nobody:
    """Whoever has to sign in first; `ended` says why the session that they had is over, None where they had none."""

    ended: str | None = None


@dataclass(frozen=True)
class Screen:
    """A screen on a wall, enrolled for one profile; nobody stands before it who could be asked who they are."""

    name: str
    profile: str


@dataclass(frozen=True)
class Revoked:
    """A screen that is trusted no more."""

    name: str


@dataclass(frozen=True)
class Program:
    """A program that delivers the rows of one agency, known by its token where it delivers and nowhere else."""

    name: str
    agency: str


Visitor: TypeAlias = Anybody | Member | Nobody | Screen | Revoked | Program


@dataclass(frozen=True)
class Rules:
    """`first` is the profile of a wall whose address names none; `enrolled` says whether walls are for enrolled
    screens alone (WALL_ACCESS). Screens of the profiles in `minutes` may fetch the workbook of what they show."""

    first: str
    enrolled: bool
    minutes: Collection[str] = ()

    def opens(self, visitor: Visitor, path: str) -> bool:
        """Whether a visitor may ask for this path at all."""
        if for_everybody(path):
            return True
        if isinstance(visitor, Program) or path.startswith(INGEST):
            return isinstance(visitor, Program) and path.startswith(INGEST)
        if isinstance(visitor, Anybody):
            return not (self.enrolled and is_wall(path.removeprefix(_TABLES)))
        if isinstance(visitor, Member):
            return path.startswith(_DASH) or visitor.may(*asked_at(path))
        if not isinstance(visitor, Screen):
            return False
        return path.startswith(_DASH) or self._shows(visitor, path) or self._minutes(visitor, path)

    def answers(self, visitor: Visitor, path: str, names: Collection[str]) -> bool:
        """Whether a visitor is told what is on the screen of this path; `names` are the parts of its query."""
        if isinstance(visitor, Anybody):
            return self.opens(visitor, path)
        if isinstance(visitor, Member):
            return visitor.may(*asked_at(path))
        return isinstance(visitor, Screen) and self._shows(visitor, path) and _ROWS.isdisjoint(names)

    def takes(self, visitor: Visitor, form: str, agency: str | None) -> bool:
        """Whether a form of this visitor is read; `agency` is the one it speaks for, None for none."""
        if isinstance(visitor, Member):
            return visitor.may(f"form/{form}", agency)
        return isinstance(visitor, Anybody)

    def _shows(self, screen: Screen, path: str) -> bool:
        wall = WALL.fullmatch(path)
        return wall is not None and (wall[1] or self.first) == screen.profile

    def _minutes(self, screen: Screen, path: str) -> bool:
        """Whether it is the workbook of its own wall, for the minutes of a meeting, and its profile allows that."""
        wall = path.removeprefix(_TABLES).removesuffix(_WORKBOOK)
        is_workbook = path.startswith(_TABLES) and path.endswith(_WORKBOOK)
        return is_workbook and screen.profile in self.minutes and self._shows(screen, wall)


def for_everybody(path: str) -> bool:
    """Whether a path is answered without asking who asks."""
    return path in _EVERYBODY or path.startswith(_FILES)


def asked_at(path: str) -> tuple[str, str | None]:
    """What the matrix calls the screen of a path or of the file of one, and the agency that the path names."""
    if path.startswith(f"{_TABLES}/"):
        path = path.removeprefix(_TABLES).rpartition("/")[0]
    if path.startswith(_PROGRAMS):
        return "route/api", None
    name, _, agency = path.removeprefix("/").partition("/")
    return f"screen/{name or 'overview'}", agency or None


def is_known(path: str) -> bool:
    """Whether the matrix has a row for the path; nobody is granted anything else."""
    return for_everybody(path) or path.startswith(_DASH) or is_asked(asked_at(path)[0])


def is_wall(path: str) -> bool:
    """Whether the path is that of a wall or below it."""
    return path == "/wall" or path.startswith("/wall/")
