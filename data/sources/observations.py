"""Figures of agencies: one row per indicator, agency, period and source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from data.delivery import Delivery
from data.facts import Agency, Indicator, Source
from data.periods import Period
from data.quantity import Qualifier, Quantity, decimals_of, rounded, share
from data.queries import NO_BEGINNING
from data.register import Register
from data.sheet import Sheet
from data.sources.columns import Columns
from data.sources.kinds import OBSERVATIONS

QUALIFIERS = tuple(str(qualifier) for qualifier in Qualifier)
STATUSES = ("official", "preliminary", "estimated", "simulated", "withdrawn")
CERTAINTIES = ("sourced", "unconfirmed")
#: A period that is still running may only carry one of these.
_UNFINISHED = ("preliminary", "estimated")

Content = dict[str, Any]


@dataclass(frozen=True)
class _Line:
    """One line of the file, its codes and cells understood."""

    number: int
    indicator: Indicator
    source: Source
    period: Period
    content: Content
    published_given: bool


def check(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content, bool]]:
    """The rows as the ledger keeps them: (line, content, whether `published` was written in the file).

    Raises Refusal with every trouble found; the store is not asked.
    """
    columns = Columns(sheet)
    lines = list(_read(columns, register, delivery))
    unread = set(columns.problems.lines)
    for line in lines:
        if line.number not in unread:
            _check_codes(columns, line, register, delivery)
            _check_numbers(columns, line, delivery)
            _check_dates(columns, line, delivery)
    columns.keys_once((line.number, key_of(line.content)) for line in lines)
    columns.problems.stop()
    return [(line.number, line.content, line.published_given) for line in lines]


def _read(columns: Columns, register: Register, delivery: Delivery) -> Iterator[_Line]:
    """Read column by column; a line is given only where its codes and period are known."""
    columns.required("indicator_code", "agency_code", "period", "unit", "source")
    indicators = columns.known("indicator_code", register.indicators, "indicator")
    sources = columns.known("source", register.sources, "source")
    periods = columns.periods("period")
    starts, ends = columns.days("period_start"), columns.days("period_end")
    published = columns.days("published")
    numbers = {name: columns.numbers(name) for name in ("value", "value_max", "numerator", "denominator")}
    words = {
        "qualifier": columns.one_of("qualifier", QUALIFIERS),
        "numerator_qualifier": columns.one_of("numerator_qualifier", QUALIFIERS),
        "denominator_qualifier": columns.one_of("denominator_qualifier", QUALIFIERS),
        "status": [word or "official" for word in columns.one_of("status", STATUSES)],
        "certainty": [word or "sourced" for word in columns.one_of("certainty", CERTAINTIES)],
    }
    texts = {
        name: columns.text(name)
        for name in ("agency_code", "unit", "source_ref", "phrase", "note", "composition", "reason")
    }
    for at, number in enumerate(columns.lines):
        indicator, source, period = indicators[at], sources[at], periods[at]
        if indicator is None or source is None or period is None:
            continue
        start, end = starts[at], ends[at]
        if (start is None) != (end is None):
            columns.problems.add(
                "E_MISSING", "both_ends", line=number, column="period_start" if end else "period_end"
            )
        elif start and end and end < start:
            columns.problems.add("E_PERIOD", "ends_before_start", line=number, column="period_end", value=str(end))
        content: Content = {name: cells[at] for name, cells in (texts | words).items()}
        content |= {name: cells[at] for name, cells in numbers.items()}
        content |= {
            "indicator_code": indicator.code,
            "source": source.code,
            "period": period.text,
            "period_start": start or period.start,
            "period_end": end or period.end,
            "published": published[at] or source.published or delivery.clock,
        }
        yield _Line(number, indicator, source, period, content, published[at] is not None or bool(source.published))


def _check_codes(columns: Columns, line: _Line, register: Register, delivery: Delivery) -> None:
    content, add = line.content, columns.problems.add
    code = content["agency_code"]
    agency: Agency | None = register.agency(code, content["period_end"])
    if agency is None:
        rule = "agency_then" if register.knows_agency(code) else "agency"
        add(
            "E_CODE",
            rule,
            line=line.number,
            column="agency_code",
            value=code,
            nearest=register.nearest_agency(code),
            day=str(content["period_end"]),
        )
    elif not delivery.scope.covers(code):
        add("E_SCOPE", "agency", line=line.number, column="agency_code", value=code)
    else:
        content["agency_from"] = agency.valid_from or NO_BEGINNING
    if content["unit"] != line.indicator.unit:
        add("E_UNIT", "other", line=line.number, column="unit", value=content["unit"], unit=line.indicator.unit)
    if content["status"] == "simulated" and not delivery.demo:
        add("E_CODE", "simulated_off", line=line.number, column="status", value="simulated")


def _check_numbers(columns: Columns, line: _Line, delivery: Delivery) -> None:
    content, indicator, add = line.content, line.indicator, columns.problems.add
    value, upper = content["value"], content["value_max"]
    numerator, denominator = content["numerator"], content["denominator"]
    if content["status"] == "withdrawn":
        for name in ("value", "value_max", "numerator", "denominator"):
            if content[name] is not None:
                add("E_INCONSISTENT", "withdrawn", line=line.number, column=name, value=str(content[name]))
        if not (content["reason"] or delivery.reason):
            add("E_MISSING", "withdrawn_reason", line=line.number, column="reason")
        return
    if (numerator is None) != (denominator is None):
        add("E_MISSING", "both_terms", line=line.number, column="denominator" if denominator is None else "numerator")
        return
    if value is None and numerator is None:
        add("E_MISSING", "value", line=line.number, column="value")
        return
    counted = {"value": value, "value_max": upper} if indicator.unit_kind in ("count", "rank") else {}
    if indicator.unit_kind == "share":
        counted = {"numerator": numerator, "denominator": denominator}
    for name, number in counted.items():
        if number is not None and decimals_of(number):
            add("E_AMBIGUOUS_NUMBER", "counted", line=line.number, column=name, value=str(number))
            return
    for name, number in (("value", value), ("value_max", upper)):
        columns.natural(line.number, name, number, indicator)
    for name, number in (("numerator", numerator), ("denominator", denominator)):
        if number is not None and number < 0:
            add("E_RANGE", "negative_term", line=line.number, column=name, value=str(number))
    if upper is not None and (value is None or upper < value):
        add("E_INCONSISTENT", "upper", line=line.number, column="value_max", value=str(upper))
    if numerator is not None and denominator is not None:
        _check_terms(columns, line, numerator, denominator)


def _check_terms(columns: Columns, line: _Line, numerator: Decimal, denominator: Decimal) -> None:
    content, add = line.content, columns.problems.add
    if denominator == 0:
        add("E_INCONSISTENT", "zero_denominator", line=line.number, column="denominator", value="0")
        return
    if line.indicator.unit_kind == "share" and numerator > denominator:
        add(
            "E_INCONSISTENT",
            "above_denominator",
            line=line.number,
            column="numerator",
            value=str(numerator),
            denominator=str(denominator),
        )
        return
    value: Decimal | None = content["value"]
    if value is None:
        if content["qualifier"]:
            add("E_INCONSISTENT", "qualifier_alone", line=line.number, column="qualifier", value=content["qualifier"])
        return
    ratio = derived(content, line.indicator)
    assert ratio is not None
    expected = rounded(ratio.number, decimals_of(value), ratio.qualifier)
    if value != expected:
        add("E_INCONSISTENT", "terms", line=line.number, column="value", value=str(value), expected=str(expected))
    elif ratio.qualifier is not Qualifier.EXACT and content["qualifier"] != ratio.qualifier:
        add(
            "E_INCONSISTENT",
            "qualifier",
            line=line.number,
            column="qualifier",
            value=content["qualifier"],
            expected=str(ratio.qualifier),
        )


def key_of(content: Content) -> tuple[str, ...]:
    """Which figure a row is: indicator, agency, period, source."""
    return tuple(str(content[name]) for name in OBSERVATIONS.key)


def derived(content: Content, indicator: Indicator) -> Quantity | None:
    """The value as the terms give it; None without both terms or over a denominator of zero."""
    numerator, denominator = content["numerator"], content["denominator"]
    if numerator is None or denominator is None:
        return None
    return share(
        Quantity(numerator, Qualifier(content["numerator_qualifier"])),
        Quantity(denominator, Qualifier(content["denominator_qualifier"])),
        scale=100 if indicator.unit == "%" else 1,
    )


def _check_dates(columns: Columns, line: _Line, delivery: Delivery) -> None:
    content, add = line.content, columns.problems.add
    published: date = content["published"]
    if published > delivery.machine_today:
        add("E_PERIOD_FUTURE", "published", line=line.number, column="published", value=str(published))
    elif content["period_start"] > published:
        add("E_PERIOD_FUTURE", "begins_after", line=line.number, column="period", value=line.period.text,
            published=str(published))  # fmt: skip
    elif content["period_end"] > published and content["status"] not in (*_UNFINISHED, "withdrawn"):
        add("E_PERIOD_FUTURE", "still_running", line=line.number, column="status", value=content["status"],
            end=str(content["period_end"]), published=str(published))  # fmt: skip
