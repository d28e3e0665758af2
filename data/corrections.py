"""Read what was corrected: one function per question, each of one snapshot of the store and within a scope."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from data.embargo import number, there
from data.facts import Observation
from data.row_security import in_scope
from data.rows import observation_of
from data.schema import OBSERVATION, SUBMISSION
from data.scope import Scope
from data.sources.kinds import OBSERVATIONS, WITHDRAWN
from data.store import Snapshot


@dataclass(frozen=True, slots=True)
class Correction:
    """A revision of a figure and the one it replaced. `withdrawn` where nothing stands in its place; `delivered_by`
    is who brought it, `approved_by` who approved it as the second person, empty where nobody had to."""

    before: Observation
    after: Observation
    withdrawn: bool
    delivered_by: str
    approved_by: str


@in_scope
def corrections(
    snapshot: Snapshot, scope: Scope, indicator: str | None, known_on: date, since: date = date.min
) -> list[Correction]:
    """Every revision of a figure of the indicator, or of any (None), that replaced another and became known after
    `since` up to the end of `known_on`, the latest first. Empty where nothing was corrected."""
    before, earlier = OBSERVATION.alias("before"), OBSERVATION.alias("earlier")
    newest = sa.select(sa.func.max(earlier.c.revision)).where(
        _same(earlier, OBSERVATION), earlier.c.revision < OBSERVATION.c.revision, there(snapshot, scope, earlier)
    )
    replaced = sa.and_(
        _same(before, OBSERVATION), before.c.revision == newest.correlate(OBSERVATION).scalar_subquery()
    )
    among = [
        OBSERVATION.c.revision > 1,
        OBSERVATION.c.published > since,
        OBSERVATION.c.published <= known_on,
        there(snapshot, scope),
    ]
    if indicator is not None:
        among.append(OBSERVATION.c.indicator_code == indicator)
    if scope.agencies is not None:
        among.append(OBSERVATION.c.agency_code.in_(scope.agencies))
    after = (
        sa.select(
            OBSERVATION,
            SUBMISSION.c.delivered_by,
            SUBMISSION.c.approved_by,
            before.c.id.label("replaced"),
            number(snapshot, scope).label("number"),
        )
        .select_from(OBSERVATION)
        .join(before, replaced)
        .join(SUBMISSION, SUBMISSION.c.id == OBSERVATION.c.submission_id)
        .where(*among)
        .order_by(OBSERVATION.c.published.desc(), OBSERVATION.c.id.desc())
    )
    former = (
        sa.select(before, number(snapshot, scope, before).label("number"))
        .select_from(before)
        .join(OBSERVATION, replaced)
    )
    found = {row.id: observation_of(row) for row in snapshot.execute(former.where(*among))}
    return [
        Correction(
            found[row.replaced], observation_of(row), row.status == WITHDRAWN, row.delivered_by, row.approved_by
        )
        for row in snapshot.execute(after)
    ]


@in_scope
def approvals(
    snapshot: Snapshot, scope: Scope, indicator: str, agency: str, period: str, known_on: date
) -> dict[tuple[str, int], tuple[str, str]]:
    """Who made and who approved the revisions of one figure that needed a second person, by source and number."""
    if not scope.covers(agency):
        return {}
    question = (
        sa.select(
            OBSERVATION.c.source,
            number(snapshot, scope).label("number"),
            SUBMISSION.c.delivered_by,
            SUBMISSION.c.approved_by,
        )
        .join(SUBMISSION, SUBMISSION.c.id == OBSERVATION.c.submission_id)
        .where(
            OBSERVATION.c.indicator_code == indicator,
            OBSERVATION.c.agency_code == agency,
            OBSERVATION.c.period == period,
            OBSERVATION.c.published <= known_on,
            SUBMISSION.c.approved_by != "",
            there(snapshot, scope),
        )
    )
    return {
        (row.source, row.number): (row.delivered_by, row.approved_by)
        for row in snapshot.execute(question)
        if row.number > 1
    }


def _same(left: sa.FromClause, right: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.and_(*(left.c[name] == right.c[name] for name in OBSERVATIONS.key))
