"""The national systems, a row each, and what is planned or told of them (milestones)."""

from typing import Any

from data.delivery import Delivery
from data.facts import Source
from data.periods import Period
from data.register import Register, nearest
from data.sheet import Sheet
from data.sources.columns import Columns
from data.sources.kinds import MILESTONES, SYSTEMS, WITHDRAWN
from data.sources.told import (
    SURETIES,
    Content,
    check_listed,
    check_owners,
    check_published,
    check_reason,
    check_told,
    kept,
    known_on,
    readable,
)

#: What becomes of a system, in the order in which one follows from another.
EVENTS = ("draft", "build", "connect", "trial", "operate", "launch", "extend")
STATES = ("planned", "running", "reached")
#: How a source speaks of a platform that agencies are to share.
SHARED = ("proposed", "aimed", "demanded")
PLANNED, _, REACHED = STATES


def check_systems(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required("code", "name_vi", "name_en", "purpose_vi", "purpose_en")
    if delivery.scope.agencies is not None:
        columns.problems.add("E_SCOPE", "reference")
    columns.one_of("shared_as", SHARED)
    sources = columns.known("source", register.sources, "source")
    read: dict[str, list[Any]] = {name: columns.text(name) for name in (*SYSTEMS.required, *SYSTEMS.optional)}
    read["source"] = [code or None for code in columns.text("source")]
    read["owner_certainty"] = [word or SURETIES[0] for word in columns.one_of("owner_certainty", SURETIES)]
    read["published"] = known_on(columns, sources, delivery)
    rows = readable(columns, read)
    for _, line, content in rows:
        check_owners(columns, line, content, register)
        for name in ("connects", "indicators"):
            check_listed(columns, line, name, content[name], register.indicators)
        check_listed(columns, line, "directives", content["directives"], register.directives, "directive")
        check_published(columns, line, content, delivery)
    return kept(columns, rows, SYSTEMS.key)


def check_milestones(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required(*MILESTONES.required)
    if delivery.scope.agencies is not None:
        columns.problems.add("E_SCOPE", "reference")
    columns.one_of("event", EVENTS)
    sources = columns.known("source", register.sources, "source")
    periods = columns.periods("due")
    read: dict[str, list[Any]] = {name: columns.text(name) for name in (*MILESTONES.required, *MILESTONES.optional)}
    read["reached"] = list(columns.days("reached"))
    told = zip(columns.one_of("state", (*STATES, WITHDRAWN)), read["reached"], strict=True)
    read["state"] = [word or (REACHED if day else PLANNED) for word, day in told]
    read["certainty"] = [word or SURETIES[0] for word in columns.one_of("certainty", SURETIES)]
    read["published"] = known_on(columns, sources, delivery)
    rows = readable(columns, read)
    for at, line, content in rows:
        _check_system(columns, line, content["system_code"], register)
        check_published(columns, line, content, delivery)
        if content["state"] == WITHDRAWN:
            check_reason(columns, line, content, delivery)
        elif content["state"] == PLANNED:
            _check_plan(columns, line, content, periods[at], sources[at])
        else:
            _check_told(columns, line, content)
    return kept(columns, rows, MILESTONES.key)


def _check_system(columns: Columns, line: int, code: str, register: Register) -> None:
    if code not in register.systems:
        hint = nearest(code, register.systems) or "—"
        columns.problems.add("E_CODE", "system", line=line, column="system_code", value=code, nearest=hint)


def _check_plan(columns: Columns, line: int, content: Content, due: Period | None, source: Source | None) -> None:
    """What is planned has a period, which is not over when it is told, and no day of its own."""
    told = source.published if source and source.published else content["published"]
    add = columns.problems.add
    if due is None:
        add("E_MISSING", "plan_due", line=line, column="due")
    elif due.end < told:
        add("E_INCONSISTENT", "due_before_told", line=line, column="due", value=due.text, told=str(told))
    if content["reached"] is not None:
        add("E_INCONSISTENT", "plan_reached", line=line, column="reached", value=str(content["reached"]))


def _check_told(columns: Columns, line: int, content: Content) -> None:
    """What is told has a day, which is no later than the day it became known, and no period it is planned for."""
    add = columns.problems.add
    if content["reached"] is None:
        add("E_MISSING", "told_day", line=line, column="reached")
    else:
        check_told(columns, line, "reached", content)
    if content["due"]:
        add("E_INCONSISTENT", "told_due", line=line, column="due", value=content["due"])
