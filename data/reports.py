"""Read what has to be reported and what arrived: one function per question, each of one snapshot and in a scope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from data.clock import VIETNAM
from data.embargo import standing
from data.ledger.receipts import CELL, came_to
from data.newest import newest, parts
from data.periods import Period, parse_period
from data.report_facts import Arrived, Receipt, Regime
from data.report_tables import RECEIPT, REGIME, REPORT
from data.row_security import in_scope
from data.schema import CURRENT, OBSERVATION
from data.scope import Scope
from data.sources.kinds import RECEIPTS, REGIMES, WITHDRAWN
from data.store import Snapshot

#: So many reports are asked for at once; an engine takes no more than some ten thousand values.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Came:
    """The regimes of which one agency's reports of one period were taken, in time or late, or only refused."""

    agency: str
    period: str
    state: str
    simulated: bool
    regimes: tuple[str, ...]


@in_scope
def regimes(snapshot: Snapshot, scope: Scope) -> dict[str, Regime]:
    """The newest revision of every regime by code, in the order of their first delivery. Open to every scope."""
    del scope
    return {row.code: _regime(row) for row in newest(snapshot, REGIME, REGIMES.key)}


@in_scope
def came(snapshot: Snapshot, scope: Scope, known_on: date, periods: Sequence[str]) -> list[Came]:
    """What arrived of the reports of these periods by the end of `known_on`, agency by agency.

    A report of which nothing arrived is not among them: nothing says that it was owed, nor that it was not.
    """
    state = sa.case(
        (REPORT.c.taken_on.is_(None), "rejected"), (REPORT.c.taken_on > REPORT.c.due, "late"), else_="on_time"
    ).label("state")
    by = (REPORT.c.period, REPORT.c.agency_code, state, REPORT.c.simulated)
    question = (
        sa.select(*by, sa.func.aggregate_strings(REPORT.c.regime_code, ";").label("regimes"))
        .where(*_settled(scope, known_on, periods))
        .group_by(*by)
    )
    return [
        Came(row.agency_code, row.period, row.state, row.simulated, tuple(row.regimes.split(";")))
        for row in snapshot.execute(question)
    ]


@in_scope
def came_late(snapshot: Snapshot, scope: Scope, known_on: date, periods: Sequence[str]) -> list[Arrived]:
    """Each report of these periods that was taken after its due day, or only refused, by the end of `known_on`."""
    not_in_time = sa.or_(REPORT.c.taken_on.is_(None), REPORT.c.taken_on > REPORT.c.due)
    question = sa.select(REPORT).where(*_settled(scope, known_on, periods), not_in_time)
    return [_arrived(dict(row._mapping)) for row in snapshot.execute(question)]


@in_scope
def came_since(snapshot: Snapshot, scope: Scope, known_on: date, periods: Sequence[str]) -> list[Arrived]:
    """What was known by the end of `known_on` of reports of which more became known later, and may be otherwise."""
    later = [REPORT.c.period.in_(periods), REPORT.c.first_published <= known_on, REPORT.c.settled > known_on]
    if scope.agencies is not None:
        later.append(REPORT.c.agency_code.in_(scope.agencies))
    same = sa.and_(*(REPORT.c[name] == RECEIPT.c[name] for name in CELL))
    question = sa.select(RECEIPT).join(REPORT, same).where(*later, RECEIPT.c.published <= known_on)
    latest: dict[tuple[str, ...], dict[datetime, Mapping[str, Any]]] = {}
    for row in snapshot.execute(question.order_by(RECEIPT.c.revision)):
        content = dict(row._mapping)
        latest.setdefault(tuple(content[name] for name in CELL), {})[content["received_at"]] = content
    found = (dict(zip(CELL, cell, strict=True)) | came_to(rows.values()) for cell, rows in latest.items())
    return [_arrived(each) for each in found if each["taken_at"] or each["refusals"]]


@in_scope
def last_came(snapshot: Snapshot, scope: Scope, known_on: date, periods: Sequence[str]) -> date | None:
    """The last day on which anything arrived of the reports of these periods, as known at the end of `known_on`; None
    where nothing did."""
    of = (sa.func.max(REPORT.c.taken_on).label("taken"), sa.func.max(REPORT.c.refused_at).label("refused"))
    row = snapshot.execute(sa.select(*of).where(*_settled(scope, known_on, periods))).one()
    refused = _local(row.refused)
    since = (each.taken_at or each.refused_at for each in came_since(snapshot, scope, known_on, periods))
    days = (row.taken, refused.date() if refused else None, *(each.date() if each else None for each in since))
    return max((day for day in days if day is not None), default=None)


@in_scope
def received_on(snapshot: Snapshot, scope: Scope, known_on: date) -> list[Receipt]:
    """Every delivery of that day that was known by its end, by its hour; withdrawn ones are left out."""
    among: list[sa.ColumnElement[bool]] = [RECEIPT.c.received_on == known_on, RECEIPT.c.published <= known_on]
    if scope.agencies is not None:
        among.append(RECEIPT.c.agency_code.in_(scope.agencies))
    rows = newest(snapshot, RECEIPT, RECEIPTS.key, *among)
    found = [_receipt(row) for row in rows if row.status != WITHDRAWN]
    return sorted(found, key=lambda each: (each.received_at, each.regime, each.agency))


@in_scope
def taken_of(
    snapshot: Snapshot, scope: Scope, known_on: date, cells: Iterable[tuple[str, str, str]]
) -> list[Receipt]:
    """When each of these reports (period, agency, regime) first was taken, as known at the end of `known_on`, the
    latest first; one that never was is left out."""
    wanted = sorted({cell for cell in cells if scope.covers(cell[1])})
    which = sa.tuple_(*(RECEIPT.c[name] for name in CELL))
    known = (RECEIPT.c.published <= known_on, RECEIPT.c.received_on <= known_on)
    rows: list[Row[Any]] = []
    for at in range(0, len(wanted), _AT_ONCE):
        rows += newest(snapshot, RECEIPT, RECEIPTS.key, which.in_(wanted[at : at + _AT_ONCE]), *known)
    first: dict[tuple[str, str, str], Receipt] = {}
    for row in sorted(rows, key=lambda row: row.received_at):
        if row.result == "received" and row.status != WITHDRAWN:
            first.setdefault((row.period, row.agency_code, row.regime_code), _receipt(row))
    return sorted(first.values(), key=lambda each: each.received_at, reverse=True)


@in_scope
def last_periods(snapshot: Snapshot, scope: Scope, known_on: date) -> dict[str, Period]:
    """Of every indicator of which a figure was known by the end of `known_on`, the latest period."""
    question = (
        sa.select(CURRENT.c.indicator_code, CURRENT.c.period, sa.func.max(CURRENT.c.period_end).label("last"))
        .where(CURRENT.c.first_published <= known_on, standing(snapshot, scope))
        .group_by(CURRENT.c.indicator_code, CURRENT.c.period)
    )
    if scope.agencies is not None:
        question = question.where(CURRENT.c.agency_code.in_(scope.agencies))
    latest: dict[str, Period] = {}
    for row in snapshot.execute(question).all():
        named = parse_period(row.period)
        assert named is not None, f"period {row.period!r} stands in the store"
        period = Period(row.last, named.start, named.text, named.cycle)
        latest[row.indicator_code] = max(latest.get(row.indicator_code, period), period)
    return latest


@in_scope
def told_at(snapshot: Snapshot, scope: Scope, known_on: date, latest: Mapping[str, Period]) -> set[str]:
    """The indicators of which some figure of that period, known by the end of `known_on`, is not simulated."""
    if not latest:
        return set()
    pairs = [(indicator, period.text) for indicator, period in latest.items()]
    question = (
        sa.select(OBSERVATION.c.indicator_code)
        .distinct()
        .join(CURRENT, CURRENT.c.observation_id == OBSERVATION.c.id)
        .where(sa.tuple_(CURRENT.c.indicator_code, CURRENT.c.period).in_(pairs))
        .where(CURRENT.c.first_published <= known_on, OBSERVATION.c.status != "simulated")
        .where(standing(snapshot, scope))
    )
    if scope.agencies is not None:
        question = question.where(CURRENT.c.agency_code.in_(scope.agencies))
    return set(snapshot.execute(question).scalars())


def _settled(scope: Scope, known_on: date, periods: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    """The reports whose row in the projection was right at the end of that day, and of which something arrived."""
    among = [REPORT.c.period.in_(sorted(periods)), REPORT.c.settled <= known_on]
    among.append(sa.or_(REPORT.c.taken_on.is_not(None), REPORT.c.refusals > 0))
    return among if scope.agencies is None else [*among, REPORT.c.agency_code.in_(scope.agencies)]


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(VIETNAM) if moment else None


def _arrived(row: Mapping[str, Any]) -> Arrived:
    return Arrived(
        regime=row["regime_code"],
        agency=row["agency_code"],
        period=row["period"],
        taken_at=_local(row["taken_at"]),
        refused_at=_local(row["refused_at"]),
        refusals=row["refusals"],
        simulated=row["simulated"],
    )


def _receipt(row: Row[Any]) -> Receipt:
    return Receipt(
        regime=row.regime_code,
        agency=row.agency_code,
        period=row.period,
        due=row.due,
        received_at=row.received_at.astimezone(VIETNAM),
        taken=row.result == "received",
        codes=row.codes,
        file=row.file,
        status=row.status,
    )


def _regime(row: Row[Any]) -> Regime:
    return Regime(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        periodicity=row.periodicity,
        owners=tuple(row.owners.split(";")),
        document=row.document,
        cutoff_day=row.cutoff_day,
        grace_days=row.grace_days,
        digitised={"yes": True, "no": False}.get(row.digitised),
        indicators=parts(row.indicators),
        status=row.status,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        source_ref=row.source_ref,
    )
