"""Figures of agencies: one row per indicator, agency, period and source."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Any

from data.delivery import Delivery
from data.facts import Indicator
from data.quantity import Qualifier, Quantity, decimals_of, rounded, share
from data.queries import NO_BEGINNING
from data.register import Register
from data.sheet import Sheet
from data.sources.columns import Columns, limits, within
from data.sources.kinds import OBSERVATIONS, WITHDRAWN
from data.sources.moments import read_embargo
from data.sources.rows import Cells, Row

QUALIFIERS = tuple(str(qualifier) for qualifier in Qualifier)
STATUSES = ("official", "preliminary", "estimated", "simulated", WITHDRAWN)
CERTAINTIES = ("sourced", "unconfirmed")
#: A period that is still running may only carry one of these.
_UNFINISHED = ("preliminary", "estimated")

Content = Mapping[str, Any]
#: What a trouble of one row is, before its line is known: code, rule, column, value, hints.
Trouble = tuple[str, str, str, str | None, dict[str, str]]
#: The columns that a judgement of numbers looks at.
_NUMBERS = (
    "value",
    "value_max",
    "qualifier",
    "numerator",
    "denominator",
    "numerator_qualifier",
    "denominator_qualifier",
)
_TEXTS = ("agency_code", "unit", "source_ref", "phrase", "note", "composition", "reason")


@dataclass(frozen=True, slots=True)
class Delivered:
    """One understood row of the file; `published_given` says whether the file, or its source, tells that day."""

    line: int
    content: Row
    published_given: bool


def check(sheet: Sheet, register: Register, delivery: Delivery) -> list[Delivered]:
    """The rows as the ledger keeps them. Raises Refusal with every trouble found; the store is not asked.

    What rows have in common is judged once for each distinct combination, however many rows hold it.
    """
    columns = Columns(sheet)
    understood = _read(columns, register, delivery)
    cells = understood.cells
    unread = {at for at, line in enumerate(understood.lines) if line in columns.problems.lines}
    for judged in (
        _judged(
            _codes(register, delivery),
            cells,
            ("agency_code", "period_end", "indicator_code", "unit", "status"),
            unread,
        ),
        _judged(_numbers(register, delivery), cells, ("indicator_code", "status", "reason", *_NUMBERS), unread),
        _judged(_dates(delivery), cells, ("period", "period_start", "period_end", "published", "status"), unread),
    ):
        for at, (code, rule, column, value, hints) in judged:
            columns.problems.add(code, rule, line=understood.lines[at], column=column, value=value, **hints)
    columns.keys_once(
        zip(understood.lines, zip(*(cells[name] for name in OBSERVATIONS.key), strict=True), strict=True)
    )
    columns.problems.stop()
    cells["agency_from"] = _beginnings(cells, register)
    return [Delivered(line, Row(cells, at), understood.given[at]) for at, line in enumerate(understood.lines)]


@dataclass(frozen=True)
class _Understood:
    """The rows whose codes and periods are known, by column, with their lines."""

    lines: list[int]
    cells: Cells
    given: list[bool]


def _read(columns: Columns, register: Register, delivery: Delivery) -> _Understood:
    """Read column by column; a row is kept only where its indicator, source and period are known."""
    columns.required("indicator_code", "agency_code", "period", "unit", "source")
    indicators = columns.known("indicator_code", register.indicators, "indicator")
    sources = columns.known("source", register.sources, "source")
    periods = columns.periods("period")
    starts, ends = columns.days("period_start"), columns.days("period_end")
    published = columns.days("published")
    embargoes = columns.read("embargo_until", read_embargo, "E_PERIOD", "not_an_embargo")
    _check_ends(columns, starts, ends)
    cells: Cells = {name: list(columns.text(name)) for name in _TEXTS}
    cells |= {name: list(columns.numbers(name)) for name in ("value", "value_max", "numerator", "denominator")}
    for name in ("qualifier", "numerator_qualifier", "denominator_qualifier"):
        cells[name] = list(columns.one_of(name, QUALIFIERS))
    cells["status"] = [word or "official" for word in columns.one_of("status", STATUSES)]
    cells["certainty"] = [word or "sourced" for word in columns.one_of("certainty", CERTAINTIES)]
    cells |= {"indicator_code": list(columns.text("indicator_code")), "source": list(columns.text("source"))}
    cells |= {"period": list(columns.text("period"))}
    cells["period_start"] = [
        start or (period and period.start) for start, period in zip(starts, periods, strict=True)
    ]
    cells["period_end"] = [end or (period and period.end) for end, period in zip(ends, periods, strict=True)]
    cells["published"] = [
        day or (source and source.published) or delivery.clock for day, source in zip(published, sources, strict=True)
    ]
    cells["embargo_until"] = list(embargoes)
    given = [
        day is not None or bool(source and source.published) for day, source in zip(published, sources, strict=True)
    ]
    known = [
        bool(each and source and period) for each, source, period in zip(indicators, sources, periods, strict=True)
    ]
    if not all(known):
        cells = {name: list(compress(column, known)) for name, column in cells.items()}
        return _Understood(list(compress(columns.lines, known)), cells, list(compress(given, known)))
    return _Understood(columns.lines, cells, given)


def _check_ends(columns: Columns, starts: list[date | None], ends: list[date | None]) -> None:
    for line, start, end in zip(columns.lines, starts, ends, strict=True):
        if (start is None) != (end is None):
            columns.problems.add("E_MISSING", "both_ends", line=line, column="period_start" if end else "period_end")
        elif start and end and end < start:
            columns.problems.add("E_PERIOD", "ends_before_start", line=line, column="period_end", value=str(end))


def _judged(
    judge: Callable[..., Iterable[Trouble]], cells: Cells, names: tuple[str, ...], unread: set[int]
) -> Iterator[tuple[int, Trouble]]:
    """The troubles of these rows by what stands in the named columns; each distinct combination is judged once."""
    found: dict[tuple[Any, ...], tuple[Trouble, ...]] = {}
    for at, combination in enumerate(zip(*(cells[name] for name in names), strict=True)):
        if at in unread:
            continue
        if combination not in found:
            found[combination] = tuple(judge(*combination))
        for trouble in found[combination]:
            yield at, trouble


def _beginnings(cells: Cells, register: Register) -> list[date]:
    """From when on the code of each row means its agency."""
    pairs = list(zip(cells["agency_code"], cells["period_end"], strict=True))
    begins = {}
    for code, day in set(pairs):
        agency = register.agency(code, day)
        assert agency is not None  # judged before
        begins[code, day] = agency.valid_from or NO_BEGINNING
    return [begins[pair] for pair in pairs]


def _codes(register: Register, delivery: Delivery) -> Callable[..., Iterator[Trouble]]:
    def judge(code: str, day: date, indicator: str, unit: str, status: str) -> Iterator[Trouble]:
        its_unit = register.indicators[indicator].unit
        if register.agency(code, day) is None:
            rule = "agency_then" if register.knows_agency(code) else "agency"
            hints = {"nearest": register.nearest_agency(code), "day": str(day)}
            yield "E_CODE", rule, "agency_code", code, hints
        elif not delivery.scope.covers(code):
            yield "E_SCOPE", "agency", "agency_code", code, {}
        if unit != its_unit:
            yield "E_UNIT", "other", "unit", unit, {"unit": its_unit}
        if status == "simulated" and not delivery.demo:
            yield "E_CODE", "simulated_off", "status", status, {}

    return judge


def _numbers(register: Register, delivery: Delivery) -> Callable[..., Iterator[Trouble]]:
    def judge(code: str, status: str, reason: str, *numbers: Any) -> Iterator[Trouble]:
        indicator = register.indicators[code]
        row = dict(zip(_NUMBERS, numbers, strict=True))
        if status == WITHDRAWN:
            yield from _withdrawn(row, reason or delivery.reason)
            return
        value, numerator, denominator = row["value"], row["numerator"], row["denominator"]
        if (numerator is None) != (denominator is None):
            yield "E_MISSING", "both_terms", "denominator" if denominator is None else "numerator", None, {}
        elif value is None and numerator is None:
            yield "E_MISSING", "value", "value", None, {}
        elif fractions := list(_fractions(row, indicator)):
            yield from fractions
        else:
            yield from _limits(row, indicator)
            if numerator is not None:
                yield from _terms(row, indicator)

    return judge


def _withdrawn(row: Content, reason: str) -> Iterator[Trouble]:
    for name in ("value", "value_max", "numerator", "denominator"):
        if row[name] is not None:
            yield "E_INCONSISTENT", "withdrawn", name, str(row[name]), {}
    if not reason:
        yield "E_MISSING", "withdrawn_reason", "reason", None, {}


def _fractions(row: Content, indicator: Indicator) -> Iterator[Trouble]:
    """Decimals where things are counted: "1.800" may be 1800 or 1,8."""
    counted = {"share": ("numerator", "denominator"), "count": ("value", "value_max"), "rank": ("value", "value_max")}
    for name in counted.get(indicator.unit_kind, ()):
        if row[name] is not None and decimals_of(row[name]):
            yield "E_AMBIGUOUS_NUMBER", "counted", name, str(row[name]), {}


def _limits(row: Content, indicator: Indicator) -> Iterator[Trouble]:
    for name in ("value", "value_max"):
        if row[name] is not None and not within(row[name], indicator):
            yield "E_RANGE", "natural", name, str(row[name]), limits(indicator)
    for name in ("numerator", "denominator"):
        if row[name] is not None and row[name] < 0:
            yield "E_RANGE", "negative_term", name, str(row[name]), {}
    upper = row["value_max"]
    if upper is not None and (row["value"] is None or upper < row["value"]):
        yield "E_INCONSISTENT", "upper", "value_max", str(upper), {}


def _terms(row: Content, indicator: Indicator) -> Iterator[Trouble]:
    numerator, denominator, value = row["numerator"], row["denominator"], row["value"]
    if denominator == 0:
        yield "E_INCONSISTENT", "zero_denominator", "denominator", "0", {}
    elif indicator.unit_kind == "share" and numerator > denominator:
        hints = {"denominator": str(denominator)}
        yield "E_INCONSISTENT", "above_denominator", "numerator", str(numerator), hints
    elif value is None:
        if row["qualifier"]:
            yield "E_INCONSISTENT", "qualifier_alone", "qualifier", row["qualifier"], {}
    else:
        ratio = derived(row, indicator)
        assert ratio is not None
        expected = rounded(ratio.number, decimals_of(value), ratio.qualifier)
        if value != expected:
            yield "E_INCONSISTENT", "terms", "value", str(value), {"expected": str(expected)}
        elif ratio.qualifier is not Qualifier.EXACT and row["qualifier"] != ratio.qualifier:
            yield "E_INCONSISTENT", "qualifier", "qualifier", row["qualifier"], {"expected": str(ratio.qualifier)}


def _dates(delivery: Delivery) -> Callable[..., Iterator[Trouble]]:
    def judge(period: str, start: date, end: date, published: date, status: str) -> Iterator[Trouble]:
        if published > delivery.machine_today:
            yield "E_PERIOD_FUTURE", "published", "published", str(published), {}
        elif start > published:
            yield "E_PERIOD_FUTURE", "begins_after", "period", period, {"published": str(published)}
        elif end > published and status not in (*_UNFINISHED, WITHDRAWN):
            hints = {"end": str(end), "published": str(published)}
            yield "E_PERIOD_FUTURE", "still_running", "status", status, hints

    return judge


def derived(content: Mapping[str, Any], indicator: Indicator) -> Quantity | None:
    """The value as the terms give it; None without both terms or over a denominator of zero."""
    numerator, denominator = content["numerator"], content["denominator"]
    if numerator is None or denominator is None:
        return None
    return share(
        Quantity(numerator, Qualifier(content["numerator_qualifier"])),
        Quantity(denominator, Qualifier(content["denominator_qualifier"])),
        scale=100 if indicator.unit == "%" else 1,
    )
