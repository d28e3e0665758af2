"""What a file adds or corrects, kind by kind: what checks its rows, what is kept of them, and what keeps them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from sqlalchemy.engine import Connection

from data import held
from data.delivery import Delivery
from data.facts import Indicator
from data.ledger import observations as kept_observations
from data.ledger import receipts as kept_reports
from data.ledger import reference as kept_reference
from data.ledger import services as kept_services
from data.ledger import stretches
from data.ledger import versions as kept_versions
from data.ledger.entries import (
    Change,
    Content,
    Stamp,
    refuse_contradiction,
    refuse_earlier,
    refuse_milestone,
    sort_out,
)
from data.refusal import Problems
from data.register import Register
from data.sheet import Sheet
from data.sources import (
    assessments,
    directives,
    letters,
    observations,
    reference,
    regimes,
    services,
    systems,
    targets,
)
from data.sources.kinds import (
    ASSESSMENTS,
    CHECKINS,
    LETTERS,
    MILESTONES,
    OBSERVATIONS,
    RECEIPTS,
    REGIMES,
    SERVICES,
    SYSTEMS,
    Kind,
)
from data.store import asked_at

#: What checks the rows of a kind that is kept in versions, and of one that is a table of what holds now.
_VERSIONED = {
    "targets": targets.check,
    "directives": directives.check_directives,
    "checkins": directives.check_checkins,
    "letters": letters.check_letters,
    "systems": systems.check_systems,
    "milestones": systems.check_milestones,
    "assessments": assessments.check_assessments,
}
#: What no reason can mend in a correction of these kinds.
_CONTRADICTIONS = {
    CHECKINS.name: refuse_contradiction,
    LETTERS.name: refuse_contradiction,
    SYSTEMS.name: refuse_earlier,
    MILESTONES.name: refuse_milestone,
    ASSESSMENTS.name: refuse_contradiction,
}
#: What checks regimes and receipts, what is kept of them, what no reason mends, and what keeps them.
_REPORTS = {
    REGIMES.name: (regimes.check_regimes, kept_reports.refuse_regimes, kept_reports.save_regimes),
    RECEIPTS.name: (regimes.check_receipts, kept_reports.refuse_receipts, kept_reports.save_receipts),
}
_REFERENCE = {
    "indicators": reference.check_indicators,
    "agencies": reference.check_agencies,
    "sources": reference.check_sources,
}


def compare(
    kind: Kind, sheet: Sheet, connection: Connection, under: tuple[Register, Delivery, Problems, Problems]
) -> tuple[list[Change], Callable[[Connection, Sequence[Change], Stamp], None]]:
    """What the file adds or corrects, and what keeps it."""
    register, delivery, problems, _ = under
    if kind is OBSERVATIONS:
        return _figures(observations.check(sheet, register, delivery), connection, under), kept_observations.save
    if kind.name in _VERSIONED:
        checked = _VERSIONED[kind.name](sheet, register, delivery)
        found = sort_out(checked, kind, kept_versions.kept(connection, kind), problems, delivery.reason)
        for change in found if kind.name in _CONTRADICTIONS else ():
            _CONTRADICTIONS[kind.name](change, problems)
        return found, partial(_save_versions, kind)
    if kind.name in _REPORTS:
        check, refuse_contradictions, save = _REPORTS[kind.name]
        checked = check(sheet, register, delivery)
        stored = (
            kept_reports.kept_regimes(connection)
            if kind is REGIMES
            else kept_reports.kept_receipts(connection, checked)
        )
        found = sort_out(checked, kind, stored, problems, delivery.reason)
        refuse_contradictions(connection, found, problems)
        return found, save
    if kind is SERVICES:
        checked = services.check_services(sheet, register, delivery)
        found = sort_out(checked, kind, kept_services.kept(connection), problems, delivery.reason)
        kept_services.refuse_contradictions(connection, found, problems)
        return found, kept_services.save
    checked = _REFERENCE[kind.name](sheet, register, delivery)
    found = sort_out(checked, kind, kept_reference.kept(connection, kind), problems, delivery.reason)
    kept_reference.refuse_contradictions(connection, kind, found, problems)
    return found, partial(_save_reference, kind)


def _figures(
    rows: Sequence[observations.Delivered],
    connection: Connection,
    under: tuple[Register, Delivery, Problems, Problems],
) -> list[Change]:
    """What a file of figures adds or corrects of what whoever delivers it sees."""
    register, delivery, problems, doubts = under
    moment, indicators = asked_at(connection), {row.content["indicator_code"] for row in rows}
    newest = kept_observations.kept(connection, indicators)
    seen, waiting = newest, stretches.waiting(connection, indicators, moment)
    if not delivery.scope.embargoed:
        seen, waiting = kept_observations.kept(connection, indicators, delivery.scope), {}
    found = kept_observations.changes(rows, seen, waiting, problems, delivery.reason, moment)
    held.look(found, seen, register.indicators, _value_of, doubts)
    for change in found if delivery.answers is not None else ():
        until = change.content["embargo_until"]
        if until is not None and until > moment:
            # The square of a report that came would tell of the figures in it.
            problems.add("E_CONFLICT", "embargo_in_report", line=change.line, column="embargo_until")
    return kept_observations.placed(found, newest)


def _save_versions(kind: Kind, connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    kept_versions.save(connection, kind, found, stamp)


def _save_reference(kind: Kind, connection: Connection, found: Sequence[Change], stamp: Stamp) -> None:
    kept_reference.save(connection, kind, found, stamp)


def _value_of(content: Content, indicator: Indicator) -> Decimal | None:
    """The stated value of a row, else that of its terms; None where it is withdrawn."""
    if content["value"] is not None:
        value: Decimal = content["value"]
        return value
    divided = observations.derived(content, indicator)
    return divided.number if divided else None
