"""The one table of who may see and do what: a row for what is asked, a column for each role.

A cell is `yes`, `no`, `own` (of one's own agency), `office` (who is of the Office of the Government) or `own/office`
(of one's own agency, and of any for who is of that Office). What has no row is refused. The tests ask every cell of
it by HTTP.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from data.person_roles import OFFICE, Role

_FILE = Path(__file__).with_name("matrix.csv")


class Grant(StrEnum):
    """What a role is granted of something."""

    YES = "yes"
    NO = "no"
    OWN = "own"
    OFFICE = "office"
    OWN_OR_OFFICE = "own/office"


@dataclass(frozen=True)
class Member:
    """Somebody who signed in; `agency` is None for roles of no agency."""

    name: str
    display: str
    role: Role
    agency: str | None

    def may(self, asked: str, agency: str | None = None) -> bool:
        """Whether they may see or do it; `agency` is whose it is, None where it is nobody's."""
        grant = cells().get((asked, self.role), Grant.NO)
        is_own = agency is not None and agency == self.agency
        is_office = self.agency == OFFICE
        return (
            grant is Grant.YES
            or (is_own and grant in (Grant.OWN, Grant.OWN_OR_OFFICE))
            or (is_office and grant in (Grant.OFFICE, Grant.OWN_OR_OFFICE))
        )


@cache
def cells() -> Mapping[tuple[str, Role], Grant]:
    """Every cell of the table, by what is asked and the role."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["asked"], role): Grant(row[role]) for row in rows for role in Role}


def is_asked(asked: str) -> bool:
    """Whether the table has a row for it."""
    return any(name == asked for name, _ in cells())
