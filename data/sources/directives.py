"""Directives, one row for each phrase that demands an event of one, and what is told of them later (check-ins)."""

from typing import Any
from urllib.parse import urlsplit

from data.delivery import Delivery
from data.periods import Period
from data.register import Register
from data.sheet import Sheet
from data.sources.columns import Columns
from data.sources.kinds import CHECKINS, DIRECTIVES, WITHDRAWN
from data.sources.told import (
    SURETIES,
    Content,
    check_agency,
    check_listed,
    check_owners,
    check_published,
    check_status,
    check_told,
    days_or_source,
    kept,
    known_on,
    readable,
)

#: What may be demanded, in the order in which one follows from another.
EVENTS = ("submit", "issue", "operate", "carry_out", "report")
STATES = ("open", "at_risk", "done")
STATUSES = ("official", "simulated", WITHDRAWN)


def check_directives(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required("code", "event", "source", "name_vi", "name_en")
    if delivery.scope.agencies is not None:
        columns.problems.add("E_SCOPE", "reference")
    columns.one_of("event", EVENTS)
    sources = columns.known("source", register.sources, "source")
    periods = columns.periods("due")
    read: dict[str, list[Any]] = {name: columns.text(name) for name in (*DIRECTIVES.required, *DIRECTIVES.optional)}
    read["set_on"] = days_or_source(columns, "set_on", sources)
    for name in ("owner_certainty", "due_certainty"):
        read[name] = [word or SURETIES[0] for word in columns.one_of(name, SURETIES)]
    rows = readable(columns, read)
    for at, line, content in rows:
        check_owners(columns, line, content, register)
        check_listed(columns, line, "indicators", content["indicators"], register.indicators)
        _check_set_on(columns, line, content, periods[at], delivery)
    return kept(columns, rows, DIRECTIVES.key)


def check_checkins(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required(*CHECKINS.required)
    columns.known("directive_code", register.directives, "directive")
    columns.one_of("event", EVENTS)
    columns.one_of("state", STATES)
    sources = columns.known("source", register.sources, "source")
    columns.read("link", _address, "E_CODE", "address")
    read: dict[str, list[Any]] = {name: columns.text(name) for name in (*CHECKINS.required, *CHECKINS.optional)}
    read["date"] = list(columns.days("date"))
    read["published"] = known_on(columns, sources, delivery)
    read["status"] = [word or STATUSES[0] for word in columns.one_of("status", STATUSES)]
    read["certainty"] = [word or SURETIES[0] for word in columns.one_of("certainty", SURETIES)]
    rows = readable(columns, read)
    for _, line, content in rows:
        check_agency(columns, line, content, register, delivery)
        _check_days(columns, line, content, register, delivery)
        check_status(columns, line, content, delivery)
    return kept(columns, rows, CHECKINS.key)


def _check_set_on(columns: Columns, line: int, content: Content, due: Period | None, delivery: Delivery) -> None:
    set_on, add = content["set_on"], columns.problems.add
    if set_on is None:
        add("E_MISSING", "set_on", line=line, column="set_on")
    elif set_on > delivery.machine_today:
        add("E_PERIOD_FUTURE", "published", line=line, column="set_on", value=str(set_on))
    elif due is not None and due.end < set_on:
        add("E_INCONSISTENT", "due_before_set", line=line, column="due", value=due.text, set_on=str(set_on))


def _check_days(columns: Columns, line: int, content: Content, register: Register, delivery: Delivery) -> None:
    day, add = content["date"], columns.problems.add
    begun = register.directives[content["directive_code"]]
    if day < begun:
        add("E_INCONSISTENT", "before_directive", line=line, column="date", value=str(day), set_on=str(begun))
    check_published(columns, line, content, delivery)
    check_told(columns, line, "date", content)


def _address(text: str) -> str | None:
    """An address of the web as it stands; None for anything else."""
    try:
        found = urlsplit(text)
    except ValueError:
        return None
    right = found.scheme in ("http", "https") and "." in (found.hostname or "") and " " not in text
    return text if right else None
