"""Deliveries of usage that may be right and look wrong: far more resolved than was received and still open."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.held import JUMP_TIMES
from data.refusal import Problems
from data.usage_tables import USAGE_AGENCY, USAGE_DAY

#: Fewer resolved dossiers than these say nothing: three of a day after a holiday are many times one.
LEAST_RESOLVED = 100

Counts = Mapping[str, int | None]


def look(connection: Connection, days: Mapping[tuple[int, int], Counts], problems: Problems) -> None:
    """Note every agency that resolved more than three times what it received in these days and had open before them.

    What was open is what stood open at the end of the last day delivered before; where that is not known, what must
    have stood open for the first of these days to end as it did; where neither is known, nothing.
    """
    of_agency: dict[int, list[tuple[int, Counts]]] = {}
    for (agency, day), counts in sorted(days.items()):
        of_agency.setdefault(agency, []).append((day, counts))
    for agency, delivered in of_agency.items():
        received = sum(_received(counts) for _, counts in delivered)
        resolved = sum(_resolved(counts) for _, counts in delivered)
        if resolved < LEAST_RESOLVED or resolved <= JUMP_TIMES * received:
            continue
        first, counts = delivered[0]
        opened = _open_before(connection, agency, first)
        if opened is None and counts["pending"] is not None:
            opened = max(0, counts["pending"] + _resolved(counts) - _received(counts))
        if resolved > JUMP_TIMES * (received + (opened or 0)):
            code = connection.execute(sa.select(USAGE_AGENCY.c.code).where(USAGE_AGENCY.c.id == agency)).scalar_one()
            told = {"agency": code, "received": str(received), "open": "—" if opened is None else str(opened)}
            problems.add("W_JUMP", "resolved", value=str(resolved), limit=str(JUMP_TIMES), **told)


def _open_before(connection: Connection, agency: int, day: int) -> int | None:
    cells = USAGE_DAY.c
    found: int | None = connection.execute(
        sa.select(cells.pending)
        .where(cells.agency == agency, cells.day < day)
        .order_by(cells.day.desc(), cells.revision.desc())
        .limit(1)
    ).scalar()
    return found


def _received(counts: Counts) -> int:
    return _sum(counts[name] for name in ("received_online", "received_other"))


def _resolved(counts: Counts) -> int:
    return _sum(counts[name] for name in ("resolved_on_time", "resolved_late"))


def _sum(counts: Iterable[Any]) -> int:
    return sum(count or 0 for count in counts)
