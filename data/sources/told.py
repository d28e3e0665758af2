"""What the checks of directives, check-ins, letters, systems and milestones have in common: days, agencies, lists."""

from collections.abc import Container
from datetime import date
from typing import Any

from data.delivery import Delivery
from data.facts import Source
from data.register import Register
from data.sources.columns import Columns
from data.sources.kinds import WITHDRAWN

#: How sure a due date, an owner or a milestone is.
SURETIES = ("sourced", "inferred", "unconfirmed")
#: An owner that stands for every ministry and province.
EVERYBODY = "ALL"

Content = dict[str, Any]


def days_or_source(columns: Columns, name: str, sources: list[Source | None]) -> list[date | None]:
    """The day of each row: its own, else that of its source."""
    own = columns.days(name)
    told = (source.published if source else None for source in sources)
    return [day or otherwise for day, otherwise in zip(own, told, strict=True)]


def known_on(columns: Columns, sources: list[Source | None], delivery: Delivery) -> list[date]:
    """When each row became known: as it says, else the day of its source, else the clock."""
    return [day or delivery.clock for day in days_or_source(columns, "published", sources)]


def readable(columns: Columns, read: dict[str, list[Any]]) -> list[tuple[int, int, Content]]:
    """Place, line and cells of the rows in which each cell could be read."""
    unread = set(columns.problems.lines)
    return [
        (at, line, {name: cells[at] for name, cells in read.items()})
        for at, line in enumerate(columns.lines)
        if line not in unread
    ]


def kept(columns: Columns, rows: list[tuple[int, int, Content]], key: tuple[str, ...]) -> list[tuple[int, Content]]:
    """The rows as a ledger takes them. Raises Refusal with every trouble found, a key twice among them."""
    columns.keys_once((line, tuple(str(content[name]) for name in key)) for _, line, content in rows)
    columns.problems.stop()
    return [(line, content) for _, line, content in rows]


def check_owners(columns: Columns, line: int, content: Content, register: Register) -> None:
    """Refuse owners and co-owners that are neither an agency's code nor ALL."""
    for name in ("owner", "co_owners"):
        for code in _parts(content[name]):
            if code != EVERYBODY and not register.knows_agency(code):
                nearest = register.nearest_agency(code)
                columns.problems.add("E_CODE", "agency", line=line, column=name, value=code, nearest=nearest)


def check_listed(
    columns: Columns, line: int, name: str, text: str, known: Container[str], rule: str = "indicator"
) -> None:
    """Refuse codes of a list that nobody knows; `rule` says what they should mean."""
    for code in _parts(text):
        if code not in known:
            columns.problems.add("E_CODE", rule, line=line, column=name, value=code, nearest="—")


def check_published(columns: Columns, line: int, content: Content, delivery: Delivery) -> None:
    """Refuse a row that is said to have become known on a day that has not come."""
    published = content["published"]
    if published > delivery.machine_today:
        columns.problems.add("E_PERIOD_FUTURE", "published", line=line, column="published", value=str(published))


def check_agency(columns: Columns, line: int, content: Content, register: Register, delivery: Delivery) -> None:
    """Refuse a row of an agency that was none on the day of the row, or that is not the deliverer's to speak for."""
    code, add = content["agency_code"], columns.problems.add
    if code and register.agency(code, content["date"]) is None:
        rule = "agency_then" if register.knows_agency(code) else "agency"
        hints = {"nearest": register.nearest_agency(code), "day": str(content["date"])}
        add("E_CODE", rule, line=line, column="agency_code", value=code, **hints)
    elif not delivery.scope.covers(code):
        add("E_SCOPE", "agency", line=line, column="agency_code", value=code or "∅")


def check_status(columns: Columns, line: int, content: Content, delivery: Delivery) -> None:
    """Refuse simulated rows where none are taken, and a withdrawal without its reason."""
    status, add = content["status"], columns.problems.add
    if status == "simulated" and not delivery.demo:
        add("E_CODE", "simulated_off", line=line, column="status", value=status)
    if status == WITHDRAWN:
        check_reason(columns, line, content, delivery)


def check_reason(columns: Columns, line: int, content: Content, delivery: Delivery) -> None:
    """Refuse what is withdrawn without a word."""
    if not (content["reason"] or delivery.reason):
        columns.problems.add("E_MISSING", "withdrawn_reason", line=line, column="reason")


def check_told(columns: Columns, line: int, name: str, content: Content) -> None:
    """Refuse a row whose day lies after the day it became known."""
    day, published = content[name], content["published"]
    if day > published:
        told = {"value": str(day), "published": str(published)}
        columns.problems.add("E_PERIOD_FUTURE", "told_before", line=line, column=name, **told)


def _parts(text: str) -> list[str]:
    return text.split(";") if text else []
