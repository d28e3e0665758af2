"""Letters between the centre and an agency about one thing it owes: reminders and replies, one row each."""

from datetime import date
from typing import Any

from data.delivery import Delivery
from data.periods import parse_period
from data.register import Register, nearest
from data.sheet import Sheet
from data.sources.columns import Columns
from data.sources.directives import EVENTS, STATUSES
from data.sources.kinds import LETTERS, WITHDRAWN
from data.sources.told import Content, check_agency, check_published, check_status, check_told, kept, readable

KINDS = ("reminder", "reply")
REMINDER, REPLY = KINDS
#: What a letter of a kind is none without: who reminded and by which document, the words of a reply.
_NEEDED = {REMINDER: ("letter_reminder", ("sent_by", "document")), REPLY: ("letter_reply", ("words",))}


def check_letters(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required(*LETTERS.required)
    columns.one_of("kind", KINDS)
    read: dict[str, list[Any]] = {name: columns.text(name) for name in (*LETTERS.required, *LETTERS.optional)}
    read["date"] = list(columns.days("date"))
    told = zip(columns.days("published"), read["date"], strict=True)
    read["published"] = [published or day for published, day in told]
    read["status"] = [word or STATUSES[0] for word in columns.one_of("status", STATUSES)]
    rows = readable(columns, read)
    for _, line, content in rows:
        check_agency(columns, line, content, register, delivery)
        _check_kind(columns, line, content, delivery)
        _check_subject(columns, line, content, register)
        check_published(columns, line, content, delivery)
        check_told(columns, line, "date", content)
        check_status(columns, line, content, delivery)
    return kept(columns, rows, LETTERS.key)


def _check_kind(columns: Columns, line: int, content: Content, delivery: Delivery) -> None:
    """What the kind needs is there; reminders are the centre's own."""
    rule, needed = _NEEDED[content["kind"]]
    for name in needed:
        if not content[name] and content["status"] != WITHDRAWN:
            columns.problems.add("E_MISSING", rule, line=line, column=name)
    if content["kind"] == REMINDER and delivery.scope.agencies is not None:
        columns.problems.add("E_SCOPE", "reminder", line=line, column="kind", value=REMINDER)


def _check_subject(columns: Columns, line: int, content: Content, register: Register) -> None:
    """The subject is known, its part is one of its parts, and it had begun when the letter was written."""
    subject, part, add = content["subject"], content["part"], columns.problems.add
    period = parse_period(part)
    begun: date | None = None
    if subject in register.directives:
        begun = register.directives[subject]
        if part not in EVENTS:
            add("E_CODE", "word", line=line, column="part", value=part, allowed=", ".join(EVENTS))
    elif subject not in register.indicators and subject not in register.regimes:
        known = (*register.directives, *register.indicators, *register.regimes)
        add("E_CODE", "subject", line=line, column="subject", value=subject, nearest=nearest(subject, known) or "—")
    elif period is None:
        add("E_PERIOD", "not_a_period", line=line, column="part", value=part)
    else:
        regime = register.regimes.get(subject)
        if regime is not None and period.cycle != regime.periodicity:
            add("E_PERIOD", "not_of_cycle", line=line, column="part", value=part, cycle=regime.periodicity)
            return
        begun = (regime.days_of(period) if regime else period).start
    if begun is not None and content["date"] < begun:
        told = {"value": str(content["date"]), "begun": str(begun)}
        add("E_INCONSISTENT", "before_subject", line=line, column="date", **told)
