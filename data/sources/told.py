"""What the checks of directives, check-ins, systems and milestones have in common: days, owners, lists of codes."""

from collections.abc import Container
from datetime import date
from typing import Any

from data.delivery import Delivery
from data.facts import Source
from data.register import Register
from data.sources.columns import Columns

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


def _parts(text: str) -> list[str]:
    return text.split(";") if text else []
