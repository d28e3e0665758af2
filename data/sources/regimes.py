"""Report regimes (who owes which report how often) and receipts, one row for each delivery of a report."""

from datetime import date
from typing import Any

from data.clock import VIETNAM
from data.delivery import Delivery
from data.periods import Period
from data.register import Register
from data.report_facts import OWNER_GROUPS, Regime
from data.sheet import Sheet
from data.sources.columns import Columns
from data.sources.kinds import RECEIPTS, REGIMES, WITHDRAWN
from data.sources.moments import read_moment

PERIODICITIES = ("month", "quarter", "half", "year")
RESULTS = ("received", "rejected")
_TOLD = ("yes", "no")
_REGIME_STATUSES = ("official", "simulated")
_RECEIPT_STATUSES = (*_REGIME_STATUSES, WITHDRAWN)
#: What holds where a file says nothing else: NĐ 09/2019 cuts off on the 14th; no act names days of grace.
CUTOFF_DAY, GRACE_DAYS = 14, 0
_CUTOFFS, _GRACES = range(1, 32), range(367)

Content = dict[str, Any]


def check_regimes(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required(*REGIMES.required)
    if delivery.scope.agencies is not None:
        columns.problems.add("E_SCOPE", "reference")
    columns.one_of("periodicity", PERIODICITIES)
    columns.one_of("digitised", _TOLD)
    columns.known("source", register.sources, "source")
    read: dict[str, list[Any]] = {name: columns.text(name) for name in (*REGIMES.required, *REGIMES.optional)}
    read["status"] = [word or _REGIME_STATUSES[0] for word in columns.one_of("status", _REGIME_STATUSES)]
    read["cutoff_day"] = _within(columns, "cutoff_day", _CUTOFFS, CUTOFF_DAY)
    read["grace_days"] = _within(columns, "grace_days", _GRACES, GRACE_DAYS)
    for name in ("valid_from", "valid_to"):
        read[name] = list(columns.days(name))
    rows = _rows(columns, read)
    for line, content in rows:
        _check_owners(columns, line, content["owners"], register)
        for code in content["indicators"].split(";") if content["indicators"] else ():
            if code not in register.indicators:
                columns.problems.add("E_CODE", "indicator", line=line, column="indicators", value=code, nearest="—")
        begins, ends = content["valid_from"], content["valid_to"]
        if begins and ends and ends < begins:
            columns.problems.add("E_PERIOD", "ends_before_start", line=line, column="valid_to", value=str(ends))
        _check_simulated(columns, line, content["status"], delivery)
    columns.keys_once((line, (content["code"],)) for line, content in rows)
    columns.problems.stop()
    return rows


def check_receipts(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required(*RECEIPTS.required)
    regimes = columns.known("regime_code", register.regimes, "regime")
    periods = columns.periods("period")
    moments = columns.read("received_at", read_moment, "E_PERIOD", "not_a_moment")
    columns.known("source", register.sources, "source")
    columns.one_of("result", RESULTS)
    read: dict[str, list[Any]] = {name: columns.text(name) for name in (*RECEIPTS.required, *RECEIPTS.optional)}
    told = columns.days("published")
    days = [moment.astimezone(VIETNAM).date() if moment else None for moment in moments]
    read["published"] = [day or otherwise for day, otherwise in zip(told, days, strict=True)]
    read["status"] = [word or _RECEIPT_STATUSES[0] for word in columns.one_of("status", _RECEIPT_STATUSES)]
    read |= {"received_at": list(moments), "received_on": list(days), "codes": [""] * len(days)}
    read |= {"_regime": list(regimes), "_period": list(periods)}
    rows = _rows(columns, read)
    for line, content in rows:
        regime, period = content.pop("_regime"), content.pop("_period")
        if not delivery.scope.covers(content["agency_code"]):
            columns.problems.add("E_SCOPE", "agency", line=line, column="agency_code", value=content["agency_code"])
        for code, rule, column, hints in wrong_report(regime, period, content["agency_code"], register):
            columns.problems.add(code, rule, line=line, column=column, **hints)
        if period.cycle == regime.periodicity:
            days_spoken_of = regime.days_of(period)
            content |= {"period_start": days_spoken_of.start, "period_end": days_spoken_of.end}
            content["due"] = regime.due(days_spoken_of)
            _check_days(columns, line, content, delivery)
        _check_simulated(columns, line, content["status"], delivery)
        if content["status"] == WITHDRAWN and not (content["reason"] or delivery.reason):
            columns.problems.add("E_MISSING", "withdrawn_reason", line=line, column="reason")
    columns.keys_once((line, tuple(str(content[name]) for name in RECEIPTS.key)) for line, content in rows)
    columns.problems.stop()
    return rows


def wrong_report(
    regime: Regime, period: Period, agency: str, register: Register
) -> list[tuple[str, str, str, dict[str, str]]]:
    """What is wrong with a report of this name by this agency: (code, rule, column, value and hints)."""
    if period.cycle != regime.periodicity:
        return [("E_PERIOD", "not_of_cycle", "period", {"value": period.text, "cycle": regime.periodicity})]
    days = regime.days_of(period)
    told = {"start": str(days.start), "end": str(days.end)}
    if not regime.in_force(days.end):
        return [("E_PERIOD", "not_in_force", "period", {"value": period.text} | told)]
    owing = register.agency(agency, days.end)
    if owing is None:
        rule = "agency_then" if register.knows_agency(agency) else "agency"
        hints = {"nearest": register.nearest_agency(agency), "day": str(days.end)}
        return [("E_CODE", rule, "agency_code", {"value": agency} | hints)]
    if not regime.owed_by(owing):
        return [("E_CODE", "not_owing", "agency_code", {"value": agency, "regime": regime.code})]
    return []


def _rows(columns: Columns, read: dict[str, list[Any]]) -> list[tuple[int, Content]]:
    """Line and cells of the rows in which each cell could be read."""
    unread = set(columns.problems.lines)
    return [
        (line, {name: cells[at] for name, cells in read.items()})
        for at, line in enumerate(columns.lines)
        if line not in unread
    ]


def _within(columns: Columns, name: str, allowed: range, otherwise: int) -> list[int]:
    """Whole numbers of a column; another is E_RANGE, an empty cell is `otherwise`."""
    found = columns.read(name, _whole, "E_NUMBER", "not_whole")
    limits = {"low": str(allowed[0]), "high": str(allowed[-1])}
    for line, number in zip(columns.lines, found, strict=True):
        if number is not None and number not in allowed:
            columns.problems.add("E_RANGE", "days", line=line, column=name, value=str(number), **limits)
    return [otherwise if number is None else number for number in found]


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _check_owners(columns: Columns, line: int, owners: str, register: Register) -> None:
    for code in owners.split(";"):
        if code not in OWNER_GROUPS and not register.knows_agency(code):
            nearest = register.nearest_agency(code)
            columns.problems.add("E_CODE", "agency", line=line, column="owners", value=code, nearest=nearest)


def _check_days(columns: Columns, line: int, content: Content, delivery: Delivery) -> None:
    received: date = content["received_on"]
    published, begins, add = content["published"], content["period_start"], columns.problems.add
    if received < begins:
        told = {"start": str(begins), "period": content["period"]}
        add("E_PERIOD_FUTURE", "before_period", line=line, column="received_at", value=str(received), **told)
    if max(received, published) > delivery.machine_today:
        column, late = ("received_at", received) if received > delivery.machine_today else ("published", published)
        add("E_PERIOD_FUTURE", "published", line=line, column=column, value=str(late))
    elif received > published:
        told = {"published": str(published)}
        add("E_PERIOD_FUTURE", "told_before", line=line, column="received_at", value=str(received), **told)


def _check_simulated(columns: Columns, line: int, status: str, delivery: Delivery) -> None:
    if status == "simulated" and not delivery.demo:
        columns.problems.add("E_CODE", "simulated_off", line=line, column="status", value=status)
