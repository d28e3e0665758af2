"""Reference tables: indicators, agencies, sources. Small, complete in themselves, corrected with a reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

from data.delivery import Delivery
from data.periods import CYCLE_MONTHS
from data.queries import NO_BEGINNING
from data.register import Register
from data.sheet import Sheet
from data.sources.columns import Columns, read_number
from data.sources.kinds import AGENCIES, INDICATORS, SOURCES, Kind

UNIT_KINDS = ("share", "rate", "count", "amount", "score", "rank")
DIRECTIONS = ("higher", "lower", "range", "none")
LEVELS = ("national", "ministry", "province", "district", "department")
THEMES = ("egov", "economy")
CALENDARS = ("civil", "report")
AGENCY_KINDS = (
    "country",
    "group",
    "region",
    "province",
    "ministry",
    "ministerial_agency",
    "government_agency",
    "district",
    "department",
)

Content = dict[str, Any]


def check_indicators(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The indicators' table as it is kept. Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required("code", "name_vi", "name_en", "unit", "unit_kind", "direction", "level", "theme", "cycle",
        "calendar", "decimals")  # fmt: skip
    columns.one_of("unit_kind", UNIT_KINDS)
    columns.one_of("direction", DIRECTIONS)
    columns.one_of("theme", THEMES)
    columns.one_of("cycle", CYCLE_MONTHS)
    columns.one_of("calendar", CALENDARS)
    columns.read("level", _listed(LEVELS), "E_CODE", "levels")
    columns.read("bins", _rising, "E_NUMBER", "not_rising")
    numbers = {name: columns.numbers(name) for name in ("band", "natural_min", "natural_max")}
    decimals = columns.read("decimals", _whole, "E_NUMBER", "not_whole")
    return _rows(columns, INDICATORS, delivery, {**numbers, "decimals": decimals})


def check_agencies(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The agencies' table as it is kept; a code may return with other days of validity, never on the same day."""
    columns = Columns(sheet)
    columns.required("code", "name_vi", "name_en", "kind")
    columns.one_of("kind", AGENCY_KINDS)
    begins: list[Any] = [day or NO_BEGINNING for day in columns.days("valid_from")]
    ends = columns.days("valid_to")
    codes = columns.text("code")
    known = set(codes) | {agency.code for agency in register.agencies}
    parents: list[Any] = [parent or None for parent in columns.text("parent")]
    delivered = set(zip(codes, begins, strict=True))
    taken: dict[str, list[tuple[date, date]]] = {}
    for agency in register.agencies:
        begin = agency.valid_from or NO_BEGINNING
        if (agency.code, begin) not in delivered:
            taken.setdefault(agency.code, []).append((begin, agency.valid_to or date.max))
    for line, code, parent, begin, end in zip(columns.lines, codes, parents, begins, ends, strict=True):
        if parent and parent not in known:
            columns.problems.add("E_CODE", "agency", line=line, column="parent", value=parent,
                nearest=register.nearest_agency(parent))  # fmt: skip
        last = end or date.max
        if last < begin:
            columns.problems.add("E_PERIOD", "ends_before_start", line=line, column="valid_to", value=str(end))
        if any(begin <= other_last and other_begin <= last for other_begin, other_last in taken.get(code, ())):
            columns.problems.add("E_DUPLICATE", "validity", line=line, column="valid_from", value=code)
        taken.setdefault(code, []).append((begin, last))
    read: dict[str, list[Any]] = {"valid_from": begins, "valid_to": list(ends), "parent": parents}
    return _rows(columns, AGENCIES, delivery, read)


def check_sources(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The sources' table as it is kept. Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required("code", "title", "publisher", "rank")
    read: dict[str, list[Any]] = {
        "date": list(columns.days("date")),
        "rank": list(columns.read("rank", _whole, "E_NUMBER", "not_whole")),
    }
    return _rows(columns, SOURCES, delivery, read)


def _rows(columns: Columns, kind: Kind, delivery: Delivery, read: dict[str, list[Any]]) -> list[tuple[int, Content]]:
    """The cells as they stand but for those `read`, once nothing is wrong with any of them."""
    if delivery.scope.agencies is not None:
        columns.problems.add("E_SCOPE", "reference")
    cells = {name: columns.text(name) for name in kind.required} | read
    rows = [(line, {name: cells[name][at] for name in cells}) for at, line in enumerate(columns.lines)]
    columns.keys_once((line, tuple(str(content[name]) for name in kind.key)) for line, content in rows)
    columns.problems.stop()
    return rows


def _listed(allowed: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda text: text if all(word in allowed for word in text.split(";")) else None


def _rising(text: str) -> str | None:
    numbers = [read_number(part) for part in text.split(";")]
    known = [number for number in numbers if number is not None]
    return text if len(known) == len(numbers) and known == sorted(set(known)) else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
