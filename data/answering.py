"""The report that a delivery answers: checked before anything is read, recorded with what became of the files."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from data.clock import now
from data.delivery import Answered, Delivery
from data.ledger.entries import Change, Content, Stamp, insert, next_id
from data.ledger.receipts import save_receipts
from data.periods import parse_period
from data.refusal import Problem, Refusal
from data.register import Register, nearest
from data.report_tables import REPORT
from data.schema import SUBMISSION
from data.sources.kinds import RECEIPTS
from data.sources.regimes import wrong_report


def refuse_unasked(answered: Answered, register: Register, delivery: Delivery) -> None:
    """Raise Refusal where no such report is owed: what is refused so is the receipt of nothing."""
    regime, period = register.regimes.get(answered.regime), parse_period(answered.period)
    if regime is None:
        near = nearest(answered.regime, tuple(register.regimes)) or "—"
        raise _refusal("E_CODE", "regime", "--regime", value=answered.regime, nearest=near)
    if period is None:
        raise _refusal("E_PERIOD", "not_a_period", "--period", value=answered.period)
    if not delivery.scope.covers(answered.agency):
        raise _refusal("E_SCOPE", "agency", "--agency", value=answered.agency)
    for code, rule, column, hints in wrong_report(regime, period, answered.agency, register):
        raise _refusal(code, rule, {"agency_code": "--agency"}.get(column, "--period"), **hints)
    begins = regime.days_of(period).start
    if delivery.clock < begins:
        told = {"value": str(delivery.clock), "start": str(begins), "period": period.text}
        raise _refusal("E_PERIOD_FUTURE", "before_period", "--period", **told)


def _refusal(code: str, rule: str, option: str, *, value: str, **hints: str) -> Refusal:
    return Refusal([Problem(option, code, rule, value=value, hints=tuple(hints.items()))])


def record(
    connection: Connection,
    register: Register,
    delivery: Delivery,
    files: Sequence[str],
    *,
    submission: int | None = None,
    refused: Sequence[str] | None = None,
) -> None:
    """Record the delivery as the receipt of its report; nothing where it answers none.

    `refused` are the codes for which it was refused, None where it was taken. It stands under the submission that
    brought the files; a refused or identical file brought none, so that the receipt is a submission of its own.
    """
    answered = delivery.answers
    if answered is None:
        return
    regime, period = register.regimes[answered.regime], parse_period(answered.period)
    assert period is not None, "refuse_unasked looked at it"
    days = regime.days_of(period)
    moment = now()
    # The hour is the machine's, the day that of the product, as on every screen.
    received_at = datetime.combine(delivery.clock, time(tzinfo=moment.tzinfo)) + (
        moment - datetime.combine(moment.date(), time(tzinfo=moment.tzinfo))
    )
    content: Content = {
        "regime_code": regime.code,
        "agency_code": answered.agency,
        "period": period.text,
        "received_at": received_at.astimezone(UTC),
        "period_start": days.start,
        "period_end": days.end,
        "due": regime.due(days),
        "received_on": delivery.clock,
        "result": "received" if refused is None else "rejected",
        "codes": ";".join(refused or ()),
        "file": ";".join(files),
        "note": "",
        "status": "official",
        "source": "",
        "reason": delivery.reason,
        "published": delivery.clock,
    }
    recorded_at = datetime.now(UTC)
    if submission is None:
        submission = _submission(connection, delivery, content, recorded_at)
    save_receipts(connection, [Change(1, content, 1, None)], Stamp(submission, recorded_at))


def taken_before(connection: Connection, answered: Answered) -> bool:
    """Whether the report was taken already."""
    same = (
        REPORT.c.regime_code == answered.regime,
        REPORT.c.agency_code == answered.agency,
        REPORT.c.period == answered.period,
        REPORT.c.taken_at.is_not(None),
    )
    return bool(connection.execute(sa.select(sa.exists().where(*same))).scalar())


def _submission(connection: Connection, delivery: Delivery, content: Content, recorded_at: datetime) -> int:
    number = next_id(connection, SUBMISSION)
    key = "/".join(str(content[name]) for name in RECEIPTS.key)
    row: Content = {
        "id": number,
        "kind": RECEIPTS.name,
        "file": content["file"],
        "sha256": sha256(f"{key}/{recorded_at.isoformat()}".encode()).hexdigest(),
        "rows": 1,
        "stored": 1,
        "delivered_by": delivery.actor,
        "reason": delivery.reason,
        "recorded_at": recorded_at,
    }
    insert(connection, SUBMISSION, [row])
    return number
