"""Figures under embargo: which revisions there are to whoever asks, at the moment of which they ask.

A revision under embargo is not there before its time for a scope that sees no embargo: neither are its number, its
day nor its reason, and what stands in its place is what was known without it. `current` holds, for each stretch
between two embargoes of a figure, which revision is the newest in it, so that one condition decides.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from data.row_security import within
from data.schema import ALWAYS, CURRENT, FOREVER, OBSERVATION, SUBMISSION
from data.scope import EVERYTHING, Scope
from data.sources.kinds import OBSERVATIONS
from data.store import Snapshot, asked_at

_UNTIL = OBSERVATION.c.embargo_until
#: Every question asks, so it is put together once.
_LATEST = sa.select(sa.func.max(_UNTIL)).where(_UNTIL.is_not(None))


class Version(NamedTuple):
    """Which data the store has for whoever asks: the number and moment of the newest delivery, and how many embargoes
    have passed. Two that are equal are of the same figures."""

    number: int
    delivered: datetime
    passed: int

    @property
    def text(self) -> str:
        """The version as pages compare it: `17`, and `17.2` once two embargoes have passed."""
        return f"{self.number}.{self.passed}" if self.passed else str(self.number)


def _last(snapshot: Snapshot) -> datetime:
    """Until when the last of all figures is or was under embargo, ALWAYS where none ever was; looked up once in a
    snapshot, so that a store that knows of no embargo pays for none."""
    options = snapshot.get_execution_options()
    known: datetime | None = options.get("last_embargo")
    if known is not None:
        return known
    with within(snapshot, EVERYTHING):
        latest = snapshot.execute(_LATEST).scalar()
    found: datetime = latest or ALWAYS
    if "asked_at" in options:
        snapshot.execution_options(last_embargo=found)
    return found


def _sees_all(snapshot: Snapshot, scope: Scope) -> bool:
    return scope.embargoed or _last(snapshot) <= asked_at(snapshot)


def standing(snapshot: Snapshot, scope: Scope) -> sa.ColumnElement[bool]:
    """Which rows of `current` hold: every question to it has this condition."""
    if _last(snapshot) == ALWAYS:
        return sa.true()
    if _sees_all(snapshot, scope):
        return CURRENT.c.seen_until == FOREVER
    moment = asked_at(snapshot)
    return sa.and_(CURRENT.c.seen_from <= moment, CURRENT.c.seen_until > moment)


def there(snapshot: Snapshot, scope: Scope, table: sa.FromClause = OBSERVATION) -> sa.ColumnElement[bool]:
    """Which revisions of the ledger, or an alias of it, there are: every question to it has this condition."""
    if _sees_all(snapshot, scope):
        return sa.true()
    return sa.or_(table.c.embargo_until.is_(None), table.c.embargo_until <= asked_at(snapshot))


def number(snapshot: Snapshot, scope: Scope, table: sa.FromClause = OBSERVATION) -> sa.ColumnElement[int]:
    """The number of a revision among those there are; a gap would tell of one that is not. Those that are seen are
    counted, since the server shows no others."""
    if _sees_all(snapshot, scope):
        return sa.type_coerce(table.c.revision, sa.Integer)
    seen = OBSERVATION.alias("seen")
    return (
        sa.select(sa.func.count())
        .select_from(seen)
        .where(*(seen.c[name] == table.c[name] for name in OBSERVATIONS.key))
        .where(seen.c.revision <= table.c.revision, there(snapshot, scope, seen))
        .correlate(table)
        .scalar_subquery()
    )


def passed(snapshot: Snapshot) -> int:
    """How many embargoes have passed."""
    if _last(snapshot) == ALWAYS:
        return 0
    over = OBSERVATION.c.embargo_until <= asked_at(snapshot)
    with within(snapshot, EVERYTHING):
        count: int = snapshot.execute(sa.select(sa.func.count()).select_from(OBSERVATION).where(over)).scalar_one()
    return count


def waiting(snapshot: Snapshot, scope: Scope) -> bool:
    """Whether a scope sees figures that are still under embargo for others."""
    return scope.embargoed and _last(snapshot) > asked_at(snapshot)


def unseen(snapshot: Snapshot, scope: Scope) -> set[int]:
    """The submissions of which nothing is seen yet: they brought nothing but figures under embargo."""
    if _sees_all(snapshot, scope):
        return set()
    waiting = (
        sa.select(OBSERVATION.c.submission_id, sa.func.count().label("rows"))
        .where(OBSERVATION.c.embargo_until > asked_at(snapshot))
        .group_by(OBSERVATION.c.submission_id)
        .subquery()
    )
    alone = sa.select(SUBMISSION.c.id).join(waiting, waiting.c.submission_id == SUBMISSION.c.id)
    with within(snapshot, EVERYTHING):
        return set(snapshot.execute(alone.where(waiting.c.rows == SUBMISSION.c.stored)).scalars())


def longest(snapshot: Snapshot, submissions: Iterable[int]) -> datetime | None:
    """Until when the last of the figures that came by these submissions is under embargo; None where none is."""
    among = OBSERVATION.c.submission_id.in_(list(submissions)), OBSERVATION.c.embargo_until > asked_at(snapshot)
    return snapshot.execute(sa.select(sa.func.max(OBSERVATION.c.embargo_until)).where(*among)).scalar()
