"""Read what became known between two days: one function per question, each of one snapshot and within a scope."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.embargo import standing
from data.report_tables import RECEIPT
from data.row_security import in_scope
from data.schema import CURRENT, OBSERVATION
from data.scope import Scope
from data.sources.kinds import WITHDRAWN
from data.store import Snapshot


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many figures of one indicator and agency, or reports of one agency (`indicator` is None), became known;
    whether any of them is simulated."""

    indicator: str | None
    agency: str
    count: int
    simulated: bool


@in_scope
def figures_since(snapshot: Snapshot, scope: Scope, known_on: date, since: date) -> list[Arrivals]:
    """The figures of which nothing was known at the end of `since` and something at the end of `known_on`. A figure
    withdrawn at once is among them: it did arrive."""
    simulated = sa.func.max(sa.case((OBSERVATION.c.status == "simulated", 1), else_=0))
    question = (
        sa.select(CURRENT.c.indicator_code, CURRENT.c.agency_code, sa.func.count().label("n"), simulated.label("sim"))
        .join(OBSERVATION, OBSERVATION.c.id == CURRENT.c.observation_id)
        .where(CURRENT.c.first_published > since, CURRENT.c.first_published <= known_on)
        .where(standing(snapshot, scope))
        .group_by(CURRENT.c.indicator_code, CURRENT.c.agency_code)
    )
    if scope.agencies is not None:
        question = question.where(CURRENT.c.agency_code.in_(scope.agencies))
    return [Arrivals(row.indicator_code, row.agency_code, row.n, bool(row.sim)) for row in snapshot.execute(question)]


@in_scope
def reports_since(snapshot: Snapshot, scope: Scope, known_on: date, since: date) -> list[Arrivals]:
    """The reports that were received after `since` up to `known_on`, refused deliveries aside, each once."""
    cells = (RECEIPT.c.period, RECEIPT.c.agency_code, RECEIPT.c.regime_code)
    simulated = sa.func.max(sa.case((RECEIPT.c.status == "simulated", 1), else_=0)).label("sim")
    taken = (
        sa.select(*cells, simulated)
        .where(RECEIPT.c.received_on > since, RECEIPT.c.received_on <= known_on, RECEIPT.c.published <= known_on)
        .where(RECEIPT.c.result == "received", RECEIPT.c.status != WITHDRAWN)
        .group_by(*cells)
        .subquery()
    )
    question = sa.select(taken.c.agency_code, sa.func.count().label("n"), sa.func.max(taken.c.sim).label("sim"))
    if scope.agencies is not None:
        question = question.where(taken.c.agency_code.in_(scope.agencies))
    rows = snapshot.execute(question.group_by(taken.c.agency_code))
    return [Arrivals(None, row.agency_code, row.n, bool(row.sim)) for row in rows]
