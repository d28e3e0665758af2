"""What a source says in words of a figure: its own verdict on the target, and what it prints in place of a number."""

from typing import Any

from data.delivery import Delivery
from data.periods import Period
from data.register import Register
from data.sheet import Sheet
from data.sources.columns import Columns
from data.sources.kinds import ASSESSMENTS, WITHDRAWN
from data.sources.told import Content, check_published, check_reason, kept, known_on, readable

#: How a source says that a target was reached.
VERDICTS = ("exceeded", "met", "unmet")
STATUSES = ("official", WITHDRAWN)
CERTAINTIES = ("sourced", "unconfirmed")
_SAID = ("verdict", "words_vi", "words_en")


def check_assessments(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required(*ASSESSMENTS.required)
    columns.known("indicator_code", register.indicators, "indicator")
    sources = columns.known("source", register.sources, "source")
    periods = columns.periods("period")
    columns.one_of("verdict", VERDICTS)
    names = (*ASSESSMENTS.required, *ASSESSMENTS.optional)
    read: dict[str, list[Any]] = {name: columns.text(name) for name in names}
    read["status"] = [word or STATUSES[0] for word in columns.one_of("status", STATUSES)]
    read["certainty"] = [word or CERTAINTIES[0] for word in columns.one_of("certainty", CERTAINTIES)]
    read["published"] = known_on(columns, sources, delivery)
    rows = readable(columns, read)
    for at, line, content in rows:
        period = periods[at]
        assert period is not None  # a row without one is not readable
        _check_agency(columns, line, content, register, (delivery, period))
        _check_begun(columns, line, content, period)
        check_published(columns, line, content, delivery)
        _check_said(columns, line, content, delivery)
    return kept(columns, rows, ASSESSMENTS.key)


def _check_agency(
    columns: Columns, line: int, content: Content, register: Register, under: tuple[Delivery, Period]
) -> None:
    """Refuse a row of an agency that was none at the end of the period, or that is not the deliverer's."""
    delivery, period = under
    code, add = content["agency_code"], columns.problems.add
    if register.agency(code, period.end) is None:
        rule = "agency_then" if register.knows_agency(code) else "agency"
        hints = {"nearest": register.nearest_agency(code), "day": str(period.end)}
        add("E_CODE", rule, line=line, column="agency_code", value=code, **hints)
    elif not delivery.scope.covers(code):
        add("E_SCOPE", "agency", line=line, column="agency_code", value=code)


def _check_begun(columns: Columns, line: int, content: Content, period: Period) -> None:
    """Refuse a verdict on a period that had not begun when it became known."""
    if period.start > content["published"]:
        told = {"value": period.text, "published": str(content["published"])}
        columns.problems.add("E_PERIOD_FUTURE", "begins_after", line=line, column="period", **told)


def _check_said(columns: Columns, line: int, content: Content, delivery: Delivery) -> None:
    """A row says something, in both languages; one that withdraws says nothing but its reason."""
    add = columns.problems.add
    said = [name for name in _SAID if content[name]]
    if content["status"] == WITHDRAWN:
        for name in said:
            add("E_INCONSISTENT", "assessment_withdrawn", line=line, column=name, value=content[name])
        check_reason(columns, line, content, delivery)
    elif not said:
        add("E_MISSING", "assessment", line=line, column="verdict")
    elif bool(content["words_vi"]) != bool(content["words_en"]):
        missing = "words_en" if content["words_vi"] else "words_vi"
        add("E_MISSING", "assessment_words", line=line, column=missing)
