"""What is offered where on which day, as arrays: a hundred thousand rows of a delivery are looked up at once."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from data.usage_tables import PROCEDURE, SERVICE_NOW, USAGE_AGENCY

Numbers = NDArray[np.int64]

_DAY = 100_000_000
_FOR_EVER = 99_999_999


@dataclass(frozen=True)
class Catalogue:
    """Every service there is. `procedures` and `agencies` give the numbers that facts hold; `keys` are agency,
    procedure and first day of each stretch as one number, in order, `last` and `levels` its last day and level."""

    procedures: dict[str, int]
    agencies: dict[tuple[str, date], int]
    keys: Numbers
    last: Numbers
    levels: Numbers

    def levels_on(self, agency: Numbers, procedure: Numbers, day: Numbers) -> Numbers:
        """The level at which each of these is offered on its day; 0 where it is not offered."""
        pair = _pair(agency, procedure)
        if not len(self.keys):
            return np.zeros(len(day), dtype=np.int64)
        at = np.searchsorted(self.keys, pair * _DAY + day, side="right") - 1
        found = (at >= 0) & (self.keys[at] // _DAY == pair) & (day <= self.last[at])
        return np.where(found, self.levels[at], 0)


def catalogue(connection: Connection) -> Catalogue:
    """The catalogue as it is now."""
    now = SERVICE_NOW.c
    rows = connection.execute(
        sa.select(now.agency, now.procedure, now.first_day, now.last_day, now.level).order_by(
            now.agency, now.procedure, now.first_day
        )
    ).all()
    cells = np.array([(*row[:3], row.last_day or _FOR_EVER, row.level) for row in rows], dtype=np.int64).reshape(
        -1, 5
    )
    return Catalogue(
        {row.code: row.id for row in connection.execute(sa.select(PROCEDURE.c.code, PROCEDURE.c.id))},
        {(row.code, row.valid_from): row.id for row in connection.execute(sa.select(USAGE_AGENCY))},
        _pair(cells[:, 0], cells[:, 1]) * _DAY + cells[:, 2],
        cells[:, 3],
        cells[:, 4],
    )


def _pair(agency: Numbers, procedure: Numbers) -> Numbers:
    return agency * 1_000_000 + procedure
