"""The catalogue of services: which procedure an agency offers at which level, from which day on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from data.delivery import Delivery
from data.register import Register
from data.sheet import Sheet
from data.sources.columns import Columns
from data.sources.kinds import SERVICES
from data.sources.told import kept, readable

#: Levels of a service by NĐ 43/2011/NĐ-CP: information, forms, sent online, paid online too.
LEVELS = ("1", "2", "3", "4")
#: Who offers services that are counted: those who owe indicators, and the agencies under the Government.
OFFERING = frozenset({"ministry", "ministerial_agency", "government_agency", "province"})
STATUSES = ("official", "simulated")
#: What is told of a procedure, the same wherever it is offered.
TOLD_ONCE = ("name", "service_group", "owner_code")

Content = dict[str, Any]


def check_services(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required(*SERVICES.required)
    columns.one_of("level", LEVELS)
    read: dict[str, list[Any]] = {name: columns.text(name) for name in ("procedure_code", "name")}
    read |= {"service_group": columns.text("group"), "owner_code": columns.text("owner_code")}
    read |= {"agency_code": columns.text("agency_code"), "level": columns.text("level")}
    read |= {"valid_from": list(columns.days("valid_from")), "valid_to": list(columns.days("valid_to"))}
    read["status"] = [word or STATUSES[0] for word in columns.one_of("status", STATUSES)]
    read["reason"] = columns.text("reason")
    rows = readable(columns, read)
    for _, line, content in rows:
        content["level"] = int(content["level"])
        _check_line(columns, line, content, register, delivery)
    _check_told_once(columns, [(line, content) for _, line, content in rows])
    return kept(columns, rows, SERVICES.key)


def _check_line(columns: Columns, line: int, content: Content, register: Register, delivery: Delivery) -> None:
    add, begins, ends = columns.problems.add, content["valid_from"], content["valid_to"]
    code = content["agency_code"]
    agency = register.agency(code, begins)
    if agency is None:
        rule = "agency_then" if register.knows_agency(code) else "agency"
        hints = {"nearest": register.nearest_agency(code), "day": str(begins)}
        add("E_CODE", rule, line=line, column="agency_code", value=code, **hints)
    elif agency.kind not in OFFERING:
        add("E_CODE", "not_offering", line=line, column="agency_code", value=code)
    elif not delivery.scope.covers(code):
        add("E_SCOPE", "agency", line=line, column="agency_code", value=code)
    if not register.knows_agency(content["owner_code"]):
        nearest = register.nearest_agency(content["owner_code"])
        add("E_CODE", "agency", line=line, column="owner_code", value=content["owner_code"], nearest=nearest)
    if ends is not None and ends < begins:
        add("E_PERIOD", "ends_before_start", line=line, column="valid_to", value=str(ends))
    if content["status"] == "simulated" and not delivery.demo:
        add("E_CODE", "simulated_off", line=line, column="status", value="simulated")


def _check_told_once(columns: Columns, rows: Iterable[tuple[int, Content]]) -> None:
    """Refuse a procedure of two names, groups or owners in one file."""
    first: dict[str, tuple[int, Content]] = {}
    for line, content in rows:
        at, told = first.setdefault(content["procedure_code"], (line, content))
        for name in TOLD_ONCE:
            if content[name] != told[name]:
                column = "group" if name == "service_group" else name
                hints = {"other": told[name], "first": str(at)}
                columns.problems.add(
                    "E_INCONSISTENT", "told_twice", line=line, column=column, value=content[name], **hints
                )


def stretches(rows: Iterable[tuple[date, date | None, int]]) -> list[tuple[date, date | None, int]]:
    """The days of each row (first, last, level) of one procedure at one agency, in order of time: a row without a
    last day holds until the next begins, and for ever where none follows. ValueError where two overlap."""
    found: list[tuple[date, date | None, int]] = []
    for begins, ends, level in sorted(rows, reverse=True):
        following = found[-1][0] if found else None
        if following is not None and ends is not None and ends >= following:
            raise ValueError(f"{ends} is not before {following}")
        last = ends if ends is not None or following is None else date.fromordinal(following.toordinal() - 1)
        found.append((begins, last, level))
    return found[::-1]
