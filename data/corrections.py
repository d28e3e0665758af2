"""Read what was corrected: one function per question, each of one snapshot of the store and within a scope."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.facts import Observation
from data.rows import observation_of
from data.schema import OBSERVATION, SUBMISSION
from data.scope import Scope
from data.sources.kinds import WITHDRAWN
from data.store import Snapshot

_KEY = ("indicator_code", "agency_code", "period", "source")


@dataclass(frozen=True, slots=True)
class Correction:
    """A revision of a figure and the one it replaced. `withdrawn` where nothing stands in its place; `delivered_by`
    is who brought it."""

    before: Observation
    after: Observation
    withdrawn: bool
    delivered_by: str


def corrections(
    snapshot: Snapshot, scope: Scope, indicator: str | None, known_on: date, since: date = date.min
) -> list[Correction]:
    """Every revision of a figure of the indicator, or of any (None), that replaced another and became known after
    `since` up to the end of `known_on`, the latest first. Empty where nothing was corrected."""
    before = OBSERVATION.alias("before")
    same = [before.c[name] == OBSERVATION.c[name] for name in _KEY]
    replaced = sa.and_(*same, before.c.revision == OBSERVATION.c.revision - 1)
    among = [OBSERVATION.c.revision > 1, OBSERVATION.c.published > since, OBSERVATION.c.published <= known_on]
    if indicator is not None:
        among.append(OBSERVATION.c.indicator_code == indicator)
    if scope.agencies is not None:
        among.append(OBSERVATION.c.agency_code.in_(scope.agencies))
    after = (
        sa.select(OBSERVATION, SUBMISSION.c.delivered_by, before.c.id.label("replaced"))
        .join(before, replaced)
        .join(SUBMISSION, SUBMISSION.c.id == OBSERVATION.c.submission_id)
        .where(*among)
        .order_by(OBSERVATION.c.published.desc(), OBSERVATION.c.id.desc())
    )
    former = sa.select(before).join(OBSERVATION, replaced).where(*among)
    found = {row.id: observation_of(row) for row in snapshot.execute(former)}
    return [
        Correction(found[row.replaced], observation_of(row), row.status == WITHDRAWN, row.delivered_by)
        for row in snapshot.execute(after)
    ]
