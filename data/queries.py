"""Read: one function per question, each of one snapshot of the store and within a scope.

Reference tables (agencies, indicators, sources, targets) are open to every scope; observations are not.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data import embargo
from data.embargo import Version
from data.facts import Agency, Indicator, Observation, Path, Source, Target
from data.periods import Period, parse_day, parse_period
from data.register import Register
from data.reports import regimes
from data.row_security import in_scope
from data.rows import observation_of
from data.schema import (
    AGENCY,
    CURRENT,
    INDICATOR,
    OBSERVATION,
    SOURCE,
    STORE_META,
    SUBMISSION,
    TARGET,
)
from data.scope import Scope
from data.sources.kinds import WITHDRAWN
from data.store import Snapshot
from data.task_tables import DIRECTIVE, SYSTEM

#: Stands for "no beginning known" in a key, which cannot be null.
NO_BEGINNING = date.min
#: Asked with every question of a page, so put together once: the newest delivery, and the day of the demonstration.
_NEWEST = sa.select(SUBMISSION.c.id, SUBMISSION.c.recorded_at).order_by(SUBMISSION.c.id.desc()).limit(1)
_CLOCK = sa.select(STORE_META.c.content).where(STORE_META.c.name == "demonstration_clock")


@in_scope
def register(snapshot: Snapshot, scope: Scope) -> Register:
    """Every agency (in the order they were delivered), indicator, source, directive, regime and system, for all;
    who of them owes something is told of those alone whom the scope may see."""
    return Register(
        tuple(_agency(row) for row in snapshot.execute(sa.select(AGENCY).order_by(AGENCY.c.position))),
        {row.code: _indicator(row) for row in snapshot.execute(sa.select(INDICATOR).order_by(INDICATOR.c.position))},
        {
            row.code: Source(row.code, row.title, row.publisher, row.date, row.address, row.rank)
            for row in snapshot.execute(sa.select(SOURCE).order_by(SOURCE.c.rank, SOURCE.c.code))
        },
        {
            row.code: row.begun
            for row in snapshot.execute(
                sa.select(DIRECTIVE.c.code, sa.func.min(DIRECTIVE.c.set_on).label("begun")).group_by(DIRECTIVE.c.code)
            )
        },
        regimes(snapshot, scope),
        frozenset(snapshot.execute(sa.select(SYSTEM.c.code).distinct()).scalars()),
        scope,
    )


@in_scope
def known_observations(
    snapshot: Snapshot, scope: Scope, indicator: str, known_on: date, periods: Sequence[str] | None = None
) -> list[Observation]:
    """The newest revision of each figure of one indicator, as known at the end of `known_on`.

    One row per agency, period and source, ordered by period and agency; withdrawn ones are left out. An agency
    without a row did not report; it did not report zero. Unit: the indicator's. `periods` narrows to these.
    """
    narrow = [CURRENT.c.indicator_code == indicator, embargo.standing(snapshot, scope)]
    if periods is not None:
        narrow.append(CURRENT.c.period.in_(periods))
    if scope.figures is not None:
        narrow.append(CURRENT.c.agency_code.in_(scope.figures))
    settled = (
        sa.select(OBSERVATION, CURRENT.c.revision.label("number"))
        .join(CURRENT, CURRENT.c.observation_id == OBSERVATION.c.id)
        .where(*narrow, CURRENT.c.published <= known_on)
    )
    # A figure corrected after that day: the newest of its revisions that was known by then.
    revised = (
        sa.select(OBSERVATION, embargo.number(snapshot, scope).label("number"))
        .join(CURRENT, _same_key(CURRENT, OBSERVATION))
        .where(*narrow, CURRENT.c.published > known_on, CURRENT.c.first_published <= known_on)
        .where(OBSERVATION.c.published <= known_on, embargo.there(snapshot, scope))
    )
    newest: dict[tuple[str, str, str], Any] = {}
    for row in snapshot.execute(revised).all():
        key = (row.agency_code, row.period, row.source)
        if key not in newest or newest[key].revision < row.revision:
            newest[key] = row
    rows = [*snapshot.execute(settled).all(), *newest.values()]
    found = [observation_of(row) for row in rows if row.status != WITHDRAWN]
    return sorted(found, key=lambda each: (each.period, each.agency, each.source))


@in_scope
def reported_periods(snapshot: Snapshot, scope: Scope, indicator: str, known_on: date) -> list[tuple[Period, bool]]:
    """The periods for which anything was known by the end of `known_on`, latest first, each with whether an agency
    below the nation is among those that reported."""
    below = sa.func.max(sa.case((CURRENT.c.agency_code == "VN", 0), else_=1))
    question = (
        sa.select(CURRENT.c.period, CURRENT.c.period_end, below.label("below"))
        .where(CURRENT.c.indicator_code == indicator, CURRENT.c.first_published <= known_on)
        .where(embargo.standing(snapshot, scope))
        .group_by(CURRENT.c.period, CURRENT.c.period_end)
    )
    if scope.figures is not None:
        question = question.where(CURRENT.c.agency_code.in_(scope.figures))
    found: dict[str, tuple[Period, bool]] = {}
    for row in snapshot.execute(question.order_by(CURRENT.c.period_end)):
        named = parse_period(row.period)
        assert named is not None
        found[row.period] = (named, bool(row.below) or found.get(row.period, (named, False))[1])
    return sorted(found.values(), key=lambda each: each[0], reverse=True)


@in_scope
def revisions(
    snapshot: Snapshot, scope: Scope, indicator: str, agency: str, period: str, known_on: date
) -> list[tuple[Observation, bool]]:
    """Every revision of one figure known by the end of `known_on`, newest first, each with whether it withdraws it.

    All sources of the figure are among them. Empty where nothing was ever known, or where the scope is closed.
    """
    if not scope.covers(agency):
        return []
    rows = snapshot.execute(
        sa.select(OBSERVATION, embargo.number(snapshot, scope).label("number"))
        .where(
            embargo.there(snapshot, scope),
            OBSERVATION.c.indicator_code == indicator,
            OBSERVATION.c.agency_code == agency,
            OBSERVATION.c.period == period,
            OBSERVATION.c.published <= known_on,
        )
        .order_by(sa.desc("number"), OBSERVATION.c.source)
    )
    return [(observation_of(row), row.status == WITHDRAWN) for row in rows]


@in_scope
def targets(snapshot: Snapshot, scope: Scope, indicators: Iterable[str] | None = None) -> list[Target]:
    """The newest revision of every version of the targets; of these indicators where named. Open to every scope."""
    del scope
    later = TARGET.alias()
    question = sa.select(TARGET).where(
        ~sa.exists().where(
            later.c.indicator_code == TARGET.c.indicator_code,
            later.c.agency_code == TARGET.c.agency_code,
            later.c.due == TARGET.c.due,
            later.c.source == TARGET.c.source,
            later.c.revision > TARGET.c.revision,
        )
    )
    if indicators is not None:
        question = question.where(TARGET.c.indicator_code.in_(list(indicators)))
    return [_target(row) for row in snapshot.execute(question.order_by(TARGET.c.id))]


@in_scope
def indicators_with_figures(snapshot: Snapshot, scope: Scope, known_on: date) -> set[str]:
    """The codes of the indicators of which any figure was known by the end of `known_on`."""
    question = sa.select(CURRENT.c.indicator_code).distinct().where(CURRENT.c.first_published <= known_on)
    question = question.where(embargo.standing(snapshot, scope))
    if scope.figures is not None:
        question = question.where(CURRENT.c.agency_code.in_(scope.figures))
    return set(snapshot.execute(question).scalars())


@in_scope
def first_published(snapshot: Snapshot, scope: Scope) -> date | None:
    """The day on which the first of all figures became known; None in a store without one."""
    question = sa.select(sa.func.min(CURRENT.c.first_published)).where(embargo.standing(snapshot, scope))
    if scope.figures is not None:
        question = question.where(CURRENT.c.agency_code.in_(scope.figures))
    return snapshot.execute(question).scalar()


@in_scope
def last_delivery(snapshot: Snapshot, scope: Scope) -> tuple[int, datetime] | None:
    """Number and moment of the newest submission; None where there is none. Submissions of which nothing is seen yet
    are not counted."""
    unseen = embargo.unseen(snapshot, scope)
    row = snapshot.execute(_NEWEST.where(SUBMISSION.c.id.not_in(unseen)) if unseen else _NEWEST).first()
    return (row.id - sum(each < row.id for each in unseen), row.recorded_at) if row else None


@in_scope
def version(snapshot: Snapshot, scope: Scope) -> Version | None:
    """Which data there are; None in a store to which nothing was delivered. It changes with each delivery, and by
    itself at the moment at which an embargo passes."""
    newest = last_delivery(snapshot, scope)
    return Version(*newest, embargo.passed(snapshot)) if newest else None


@in_scope
def delivered_kinds(snapshot: Snapshot, scope: Scope) -> set[str]:
    """The kinds of files ever taken, so that an empty store can say what it lacks."""
    seen = SUBMISSION.c.id.not_in(embargo.unseen(snapshot, scope))
    return set(snapshot.execute(sa.select(SUBMISSION.c.kind).distinct().where(seen)).scalars())


@in_scope
def demonstration_clock(snapshot: Snapshot, scope: Scope) -> date | None:
    """The day at which the clock of the demonstration stands; None in a store without it."""
    del scope
    written = snapshot.execute(_CLOCK).scalar()
    return parse_day(written) if written else None


@in_scope
def demonstration(snapshot: Snapshot, scope: Scope) -> str | None:
    """How far the demonstration data have come: begun or complete; None in a store without them."""
    del scope
    return snapshot.execute(sa.select(STORE_META.c.content).where(STORE_META.c.name == "demonstration")).scalar()


def _same_key(left: sa.Table, right: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(*(left.c[name] == right.c[name] for name in ("indicator_code", "agency_code", "period", "source")))


def _agency(row: Row[Any]) -> Agency:
    return Agency(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        kind=row.kind,
        parent=row.parent,
        valid_from=None if row.valid_from == NO_BEGINNING else row.valid_from,
        valid_to=row.valid_to,
    )


def _indicator(row: Row[Any]) -> Indicator:
    given = dict(row._mapping)
    given.pop("position")
    given["levels"] = tuple(given.pop("level").split(";"))
    given["bins"] = tuple(Decimal(text) for text in given["bins"].split(";") if text)
    return Indicator(**given)


def _target(row: Row[Any]) -> Target:
    milestones: tuple[tuple[date, Decimal], ...] = ()
    kind = row.path or "none"
    if ":" in kind:
        milestones = tuple(
            (parse_day(day) or date.min, Decimal(value))
            for day, value in (point.split(":") for point in kind.split(";"))
        )
        kind = "milestones"
    return Target(
        indicator=row.indicator_code,
        agency=row.agency_code,
        due=parse_period(row.due) if row.due else None,
        shape=row.shape,
        value=row.value,
        upper=row.value_max,
        strict=row.strict,
        source=row.source,
        set_on=row.set_on,
        path=Path(kind, row.path_status, row.start_on, row.start_value, milestones),
        certainty=row.certainty,
        source_ref=row.source_ref,
        phrase=row.phrase,
        revision=row.revision,
    )
