"""Files that must be refused or held: each with its code, rule, line and column. One thing is wrong with each."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.delivery import Delivery
from data.scope import Scope
from tests.data.bad_workbooks import WORKBOOKS
from tests.deliveries import (
    OFFICIAL,
    Row,
    agency,
    assessment,
    checkin,
    counted,
    directive,
    figure,
    indicator,
    letter,
    milestone,
    plan,
    receipt,
    regime,
    said,
    source,
    system,
    target,
    written,
)

#: What the store holds before each of the files is delivered.
STORED = written(figure("10.7"), figure("12", agency_code="04"), counted("1800"))
STORED_DIRECTIVE = written(directive(code="T00"))
STORED_SYSTEM = written(system(code="T00"))
STORED_MILESTONE = written(milestone(system_code="T00", event="launch"))
STORED_ASSESSMENT = written(assessment())
STORED_REGIMES = written(
    regime(code="T00", status="", valid_from="2019-12-01", valid_to="2020-12-31"),
    regime(code="T01", owners="BNV"),
)
STORED_RECEIPT = written(receipt(regime_code="T00"))
TO_02 = said(scope=Scope(frozenset({"02"})))
CORRECTED = said(reason="đính chính")
IN_2025 = said(machine_today=date(2025, 12, 31))


@dataclass(frozen=True)
class Case:
    """One file, and what must be said of it. `content` is None for a file that is not there."""

    code: str
    rule: str
    line: int | None
    column: str | None
    content: bytes | None
    kind: str = "observations"
    name: str = "in.csv"
    delivery: Delivery = OFFICIAL

    def __str__(self) -> str:
        return f"{self.code}-{self.rule}"


def _told(**cells: str) -> Row:
    """A check-in of the directive that the store holds."""
    return dict.fromkeys(("link", "status", "reason"), "") | checkin(directive_code="T00") | cells


def _wrote(**cells: str) -> Row:
    """A letter about the directive that the store holds."""
    return dict.fromkeys(("published", "status", "reason"), "") | letter(subject="T00") | cells


def _judged(**cells: str) -> Row:
    """An assessment of which the store knows nothing yet."""
    return dict.fromkeys(("status", "certainty", "reason"), "") | assessment(agency_code="04") | cells


def _reached(**cells: str) -> Row:
    """A milestone of the system that the store holds."""
    return milestone(system_code="T00") | cells


def _planned(**cells: str) -> Row:
    """A planned milestone of that system."""
    return plan(system_code="T00") | cells


def _came(**cells: str) -> Row:
    """A receipt of the regime that the store holds: of another province."""
    more = dict.fromkeys(("status", "source", "published", "reason"), "")
    return more | receipt(regime_code="T00", agency_code="04") | cells


def _regime(**cells: str) -> Row:
    """A regime of which the store knows nothing yet."""
    names = ("cutoff_day", "digitised", "indicators", "status", "valid_from", "valid_to", "source")
    return dict.fromkeys(names, "") | regime() | cells


def _text(code: str, rule: str, line: int | None, content: bytes | str, name: str = "in.csv") -> Case:
    """A file that is no table."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return Case(code, rule, line, None, raw, name=name)


def _figure(code: str, rule: str, column: str | None, row: Row, delivery: Delivery = OFFICIAL) -> Case:
    """A right row, and on line 3 a wrong one."""
    right = dict.fromkeys(row, "") | figure("50", agency_code="01", period="2019-11")
    return Case(code, rule, 3, column, written(right, row), delivery=delivery)


def _other(kind: str, code: str, rule: str, column: str | None, *rows: Row) -> Case:
    """A table of another kind, wrong on its last line."""
    return Case(code, rule, len(rows) + 1, column, written(*rows), kind=kind)


PLAIN = written(figure("50", period="2019-11", note="Hà Nội")).decode("utf-8")
HEADER, LINE, _ = PLAIN.split("\n")

TEXTS = (
    _text("E_ENCODING", "utf16", None, PLAIN.encode("utf-16")),
    _text("E_ENCODING", "utf16", None, PLAIN.encode("utf-16-be")),
    _text("E_ENCODING", "not_utf8", 2, PLAIN.encode("cp1258", "replace")),
    _text("E_EMPTY_FILE", "empty", None, b""),
    _text("E_EMPTY_FILE", "empty", None, b"\xef\xbb\xbf \r\n"),
    _text("E_NO_ROWS", "header_alone", 1, HEADER + "\n"),
    _text("E_HEADER", "missing", 1, PLAIN.replace(",unit,", ",", 1).replace(",%,", ",", 1)),
    _text("E_HEADER", "unknown_near", 1, PLAIN.replace("unit", "Unit", 1).replace("note", "note ", 1)),
    _text("E_HEADER", "unknown", 1, PLAIN.replace("note", "người lập", 1)),
    _text("E_HEADER", "twice", 1, PLAIN.replace("note", "unit", 1)),
    _text("E_DELIMITER", "semicolon", 1, PLAIN.replace(",", ";")),
    _text("E_DELIMITER", "tab", 1, PLAIN.replace(",", "\t")),
    _text("E_DELIMITER", "bar", 1, PLAIN.replace(",", "|")),
    _text("E_COLUMNS", "few", 2, PLAIN.removesuffix(",Hà Nội\n")),
    _text("E_COLUMNS", "many", 3, PLAIN + LINE + ",\n"),
    _text("E_COLUMNS", "blank", 2, PLAIN.replace("\n", "\n\n", 1)),
    _text("E_QUOTE", "open", 3, PLAIN + LINE.replace("Hà Nội", '"Hà Nội')),
    _text("E_QUOTE", "bare", 2, PLAIN.replace("Hà Nội", 'Hà "Nội"')),
    _text("E_TOO_LONG", "line", 2, PLAIN.replace("Hà Nội", "a" * 65_536)),
    _text("E_TOO_MANY_ROWS", "bytes", None, HEADER + "\n" + f"{LINE}\n" * (10 * 1024 * 1024 // len(LINE))),
    _text("E_TOO_MANY_ROWS", "rows", 200_002, "a,b\n" + "1,2\n" * 200_001),
    _text("E_CLASSIFIED", "mark", 1, "Độ mật: TUYỆT MẬT\n" + PLAIN),
    _text("E_CLASSIFIED", "mark", 2, PLAIN.replace("Hà Nội", "Tối mật")),
    _text("E_CLASSIFIED", "column", 1, PLAIN.replace("note", "Độ mật", 1)),
    _text("E_CONTENT_TYPE", "html", None, "<!DOCTYPE html><html><table></table></html>"),
    _text("E_CONTENT_TYPE", "pdf", None, b"%PDF-1.7\n"),
    _text("E_CONTENT_TYPE", "ole", None, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512),
    _text("E_CONTENT_TYPE", "ole", None, PLAIN, "in.xls"),
    _text("E_CONTENT_TYPE", "binary", None, b"PAR1" + b"\0" * 64),
    _text("E_CONTENT_TYPE", "suffix", None, PLAIN, "in.txt"),
    _text("E_CONTENT_TYPE", "not_workbook", None, PLAIN, "in.xlsx"),
    _text("E_CONTENT_TYPE", "macros", None, PLAIN, "in.xlsm"),
    Case("E_CONTENT_TYPE", "unreadable", None, None, None),
)

CELLS = (
    _figure("E_ENCODING", "replaced", "note", figure(note="H\ufffd Nội")),
    *(
        _figure("E_LEGACY_FONT", "font", "note", figure(note=note))
        for note in ("Hµ Néi", "Haø Noäi", "Bá»™ Ná»™i vụ")
    ),
    _figure("E_LEGACY_FONT", "escape", "note", figure(note="H<U+00E0> Nội")),
    _figure("E_CONTROL_CHAR", "nul", "note", figure(note="Hà\0Nội")),
    *(
        _figure("E_CONTROL_CHAR", "invisible", "note", figure(note=f"Hà{mark}Nội"))
        for mark in "\u202e\u200b\u2066\x1b"
    ),
    _figure("E_TOO_LONG", "cell", "note", figure(note="a" * 501)),
    *(_figure("E_MISSING", "cell", name, figure() | {name: ""}) for name in ("indicator_code", "unit", "source")),
    _figure("E_MISSING", "value", "value", figure("")),
    _figure("E_MISSING", "both_ends", "period_end", figure(period_start="2019-11-15", period_end="")),
    _figure("E_MISSING", "both_terms", "denominator", figure("", numerator="5", denominator="")),
    _figure("E_MISSING", "withdrawn_reason", "reason", figure("", status="withdrawn", reason="")),
    *(
        _figure("E_NUMBER", "not_a_number", "value", figure(value))
        for value in ("63,5", "inf", "NaN", "1e3", "６３", "+5", "5.", ".5", "1 800", "63%", "−5", "0x1F", "٣")
    ),
    _figure("E_NUMBER", "not_a_number", "numerator", figure("", numerator="1,5", denominator="2")),
    _figure("E_AMBIGUOUS_NUMBER", "counted", "value", counted("1.800")),
    _figure("E_AMBIGUOUS_NUMBER", "counted", "denominator", figure("", numerator="50", denominator="1.800")),
    _figure("E_RANGE", "natural", "value", figure("100.1")),
    _figure("E_RANGE", "natural", "value", figure("-0.1")),
    _figure("E_RANGE", "natural", "value_max", figure("99", value_max="101")),
    _figure("E_RANGE", "negative_term", "numerator", figure("", numerator="-5", denominator="10")),
    _figure("E_UNIT", "other", "unit", figure(unit="điểm %")),
    _figure("E_INCONSISTENT", "withdrawn", "value", figure("10.7", status="withdrawn", reason="nhầm")),
    _figure("E_INCONSISTENT", "nothing_to_withdraw", None, figure("", period="2018", status="withdrawn", reason="x")),
    _figure("E_INCONSISTENT", "upper", "value_max", figure("10", value_max="9")),
    _figure("E_INCONSISTENT", "zero_denominator", "denominator", figure("", numerator="0", denominator="0")),
    _figure("E_INCONSISTENT", "above_denominator", "numerator", figure("", numerator="11", denominator="10")),
    _figure(
        "E_INCONSISTENT", "qualifier_alone", "qualifier", figure("", numerator="1", denominator="2", qualifier="over")
    ),
    _figure("E_INCONSISTENT", "terms", "value", figure("33.4", numerator="1", denominator="3")),
    _figure(
        "E_INCONSISTENT",
        "qualifier",
        "qualifier",
        figure("2.7", numerator="50", denominator="1800", denominator_qualifier="under"),
    ),
    *(
        _figure("E_PERIOD", "not_a_period", "period", figure(period=period))
        for period in ("2019-13", "12/2019", "2019-Q5", "2019-02-30", "20191201", "２０１９")
    ),
    _figure("E_PERIOD", "not_a_day", "published", figure(published="01/02/2020")),
    _figure(
        "E_PERIOD",
        "ends_before_start",
        "period_end",
        figure(period_start="2019-12-14", period_end="2019-11-15"),
    ),
    _figure("E_PERIOD_FUTURE", "published", "published", figure(published="2021-01-01")),
    _figure("E_PERIOD_FUTURE", "begins_after", "period", figure(period="2020-03")),
    _figure("E_PERIOD_FUTURE", "still_running", "status", figure(period="2020-02", status="official")),
    _figure("E_PERIOD_FUTURE", "still_running", "status", figure(period="2020", status="")),
    _figure("E_CODE", "indicator", "indicator_code", figure(indicator_code="DVC1")),
    _figure("E_CODE", "source", "source", figure(source="gso")),
    _figure("E_CODE", "agency", "agency_code", figure(agency_code="Hà Nội")),
    _figure("E_CODE", "agency", "agency_code", figure(agency_code="1")),
    _figure(
        "E_CODE",
        "agency_then",
        "agency_code",
        figure(agency_code="02", period="2025-08", published="2025-12-01"),
        IN_2025,
    ),
    _figure("E_CODE", "word", "qualifier", figure(qualifier="gần")),
    _figure("E_CODE", "word", "status", figure(status="Official")),
    _figure("E_CODE", "word", "certainty", figure(certainty="maybe")),
    _figure("E_CODE", "simulated_off", "status", figure(source="SIM", status="simulated")),
    Case("E_DUPLICATE", "key", 3, None, written(figure("50", period="2018"), figure("51", period="2018"))),
    _figure("E_CONFLICT", "no_reason", None, figure("10.8")),
    _figure(
        "E_CONFLICT", "published_before", "published", figure("10.8", published="2020-01-31", reason="đính chính")
    ),
    _figure(
        "E_CONFLICT",
        "simulated_over_official",
        "status",
        figure("10.8", status="simulated", reason="thử"),
        said(demo=True),
    ),
    Case("E_SCOPE", "agency", 2, "agency_code", written(figure()), delivery=TO_02),
    _figure("W_JUMP", "points", "value", figure("71", period="2020-01")),
    _figure("W_JUMP", "times", "value", counted("5401", period="2020-01")),
    _figure("W_JUMP", "times", "value", counted("599", period="2020-01")),
    _figure("W_UNIT_SUSPECT", "hundredfold", "value", counted("180000", period="2020-01")),
    _figure("W_UNIT_SUSPECT", "hundredfold", "value", figure("0.12", agency_code="04", period="2020-01")),
)

OTHERS = (
    _other("targets", "E_MISSING", "range_end", "value_max", target(shape="range")),
    _other("targets", "E_MISSING", "path_start", "start_on", target(path="linear", start_value="5", start_on="",
           path_status="inferred")),
    _other("targets", "E_MISSING", "path_due", "due", target(path="linear", due="", start_on="2019-01-01",
           start_value="5", path_status="inferred")),
    _other("targets", "E_MISSING", "path_status", "path_status", target(path="2020-06-30:25")),
    _other("targets", "E_INCONSISTENT", "upper", "value_max", target(shape="range", value_max="20")),
    _other("targets", "E_PERIOD_FUTURE", "published", "set_on", target(set_on="2021-01-01")),
    _other("targets", "E_PERIOD", "not_a_period", "due", target(due="cuối năm")),
    _other("targets", "E_CODE", "path", "path", target(path="2020-06-30:25;2019-12-31:20")),
    _other("targets", "E_CODE", "agency", "agency_code", target(agency_code="99")),
    _other("targets", "E_RANGE", "natural", "value", target("130")),
    _other("targets", "E_DUPLICATE", "key", None, target(), target("31")),
    Case("E_SCOPE", "agency", 2, "agency_code", written(target()), "targets", delivery=TO_02),
    _other("directives", "E_CODE", "agency", "owner", directive(owner="XYZ")),
    _other("directives", "E_CODE", "agency", "co_owners", directive(co_owners="BCA;XYZ")),
    _other("directives", "E_CODE", "word", "event", directive(event="sign")),
    _other("directives", "E_CODE", "indicator", "indicators", directive(indicators="DVC01;DVC1")),
    _other("directives", "E_CODE", "source", "source", directive(source="gso")),
    _other("directives", "E_PERIOD", "not_a_period", "due", directive(due="cuối năm")),
    _other("directives", "E_PERIOD_FUTURE", "published", "set_on", directive(set_on="2021-01-01", due="2021")),
    _other("directives", "E_MISSING", "set_on", "set_on", directive(set_on="")),
    _other("directives", "E_INCONSISTENT", "due_before_set", "due", directive(due="2020-01")),
    _other("directives", "E_DUPLICATE", "key", None, directive(), directive(due="2021")),
    _other("directives", "E_CONFLICT", "no_reason", None, directive(code="T00", due="2021")),
    Case("E_SCOPE", "reference", None, None, written(directive()), "directives", delivery=TO_02),
    _other("checkins", "E_CODE", "directive", "directive_code", _told(directive_code="T99")),
    _other("checkins", "E_CODE", "word", "state", _told(state="xong")),
    _other("checkins", "E_CODE", "address", "link", _told(link="chinhphu.vn/van-ban")),
    _other("checkins", "E_CODE", "address", "link", _told(link="javascript:alert(1)")),
    _other("checkins", "E_CODE", "agency", "agency_code", _told(agency_code="XYZ")),
    _other("checkins", "E_CODE", "simulated_off", "status", _told(status="simulated")),
    _other("checkins", "E_INCONSISTENT", "before_directive", "date", _told(date="2020-01-31")),
    _other("checkins", "E_INCONSISTENT", "nothing_to_withdraw", None, _told(status="withdrawn", reason="nhầm")),
    _other("checkins", "E_MISSING", "withdrawn_reason", "reason", _told(status="withdrawn")),
    _other("checkins", "E_PERIOD_FUTURE", "told_before", "date", _told(date="2020-03-05")),
    _other("checkins", "E_PERIOD_FUTURE", "published", "published", _told(published="2021-01-01")),
    _other("checkins", "E_DUPLICATE", "key", None, _told(), _told(state="done")),
    Case("E_SCOPE", "agency", 2, "agency_code", written(_told()), "checkins", delivery=TO_02),
    _other("letters", "E_CODE", "word", "kind", _wrote(kind="call")),
    _other("letters", "E_CODE", "subject", "subject", _wrote(subject="T0")),
    _other("letters", "E_CODE", "word", "part", _wrote(part="2020-03")),
    _other("letters", "E_CODE", "agency", "agency_code", _wrote(agency_code="XYZ")),
    _other("letters", "E_CODE", "simulated_off", "status", _wrote(status="simulated")),
    _other("letters", "E_PERIOD", "not_a_period", "part", _wrote(subject="DVC01", part="issue")),
    _other("letters", "E_PERIOD", "not_of_cycle", "part", _wrote(subject="T01", part="2020-Q1")),
    _other("letters", "E_PERIOD", "not_a_day", "date", _wrote(date="5/3/2020")),
    _other("letters", "E_MISSING", "letter_reminder", "document", _wrote(document="")),
    _other("letters", "E_MISSING", "letter_reminder", "sent_by", _wrote(sent_by="")),
    _other("letters", "E_MISSING", "letter_reply", "words", _wrote(kind="reply")),
    _other("letters", "E_MISSING", "withdrawn_reason", "reason", _wrote(status="withdrawn")),
    _other("letters", "E_INCONSISTENT", "nothing_to_withdraw", None, _wrote(status="withdrawn", reason="nhầm")),
    _other("letters", "E_INCONSISTENT", "before_subject", "date", _wrote(date="2020-01-31")),
    _other("letters", "E_INCONSISTENT", "before_subject", "date", _wrote(subject="DVC01", part="2020-04")),
    _other("letters", "E_PERIOD_FUTURE", "told_before", "date", _wrote(published="2020-03-04")),
    _other("letters", "E_PERIOD_FUTURE", "published", "published", _wrote(published="2021-01-01")),
    _other("letters", "E_DUPLICATE", "key", None, _wrote(), _wrote(document="13/VPCP")),
    _other("letters", "E_TOO_LONG", "cell", "words", _wrote(kind="reply", words="ý" * 501)),
    _other("letters", "E_CLASSIFIED", "mark", None, _wrote(kind="reply", words="Tối mật")),
    Case("E_SCOPE", "agency", 2, "agency_code", written(_wrote()), "letters", delivery=TO_02),
    Case("E_SCOPE", "reminder", 2, "kind", written(_wrote(agency_code="02")), "letters", delivery=TO_02),
    _other("systems", "E_CODE", "agency", "owner", system(owner="XYZ")),
    _other("systems", "E_CODE", "agency", "co_owners", system(co_owners="BCA;XYZ")),
    _other("systems", "E_CODE", "word", "shared_as", system(shared_as="dùng chung")),
    _other("systems", "E_CODE", "word", "owner_certainty", system(owner_certainty="maybe")),
    _other("systems", "E_CODE", "indicator", "connects", system(connects="VB2")),
    _other("systems", "E_CODE", "indicator", "indicators", system(indicators="VB02;VB2")),
    _other("systems", "E_CODE", "directive", "directives", system(directives="T00;T99")),
    _other("systems", "E_CODE", "source", "source", system(source="gso")),
    _other("systems", "E_MISSING", "cell", "purpose_vi", system(purpose_vi="")),
    _other("systems", "E_PERIOD_FUTURE", "published", "published", system(published="2021-01-01")),
    _other("systems", "E_DUPLICATE", "key", None, system(), system(owner="BCA")),
    _other("systems", "E_CONFLICT", "no_reason", None, system(code="T00", owner="BCA")),
    Case("E_CONFLICT", "published_before", 2, "published", written(system(code="T00", published="2020-01-31")),
         "systems", delivery=CORRECTED),
    Case("E_SCOPE", "reference", None, None, written(system()), "systems", delivery=TO_02),
    _other("milestones", "E_CODE", "system", "system_code", _reached(system_code="T99")),
    _other("milestones", "E_CODE", "word", "event", _reached(event="open")),
    _other("milestones", "E_CODE", "word", "state", _reached(state="xong")),
    _other("milestones", "E_CODE", "word", "certainty", _reached(certainty="maybe")),
    _other("milestones", "E_CODE", "source", "source", _reached(source="gso")),
    _other("milestones", "E_PERIOD", "not_a_period", "due", _planned(due="cuối năm")),
    _other("milestones", "E_PERIOD", "not_a_day", "reached", _reached(reached="2020-02")),
    _other("milestones", "E_MISSING", "plan_due", "due", _planned(due="")),
    _other("milestones", "E_MISSING", "told_day", "reached", _reached(state="running", reached="")),
    _other("milestones", "E_INCONSISTENT", "due_before_told", "due", _planned(due="2020-01")),
    _other("milestones", "E_INCONSISTENT", "due_before_told", "due", _planned(due="2020-02-11", source="A")),
    _other("milestones", "E_INCONSISTENT", "plan_reached", "reached",
           _planned(state="planned", reached="2020-02-01")),
    _other("milestones", "E_INCONSISTENT", "told_due", "due", _reached(due="2020-03")),
    _other("milestones", "E_PERIOD_FUTURE", "told_before", "reached", _reached(reached="2020-03-05")),
    _other("milestones", "E_PERIOD_FUTURE", "published", "published", _reached(published="2021-01-01")),
    _other("milestones", "E_DUPLICATE", "key", None, _reached(), _reached(reached="2020-03-02")),
    _other("milestones", "E_MISSING", "withdrawn_reason", "reason", _reached(state="withdrawn")),
    _other("milestones", "E_INCONSISTENT", "nothing_to_withdraw", None, _reached(state="withdrawn", reason="nhầm")),
    _other("milestones", "E_CONFLICT", "no_reason", None, _reached(event="launch", reached="2020-03-02")),
    Case("E_CONFLICT", "published_before", 2, "published",
         written(_reached(event="launch", reached="2020-03-02", published="2020-03-02")), "milestones",
         delivery=CORRECTED),
    Case("E_SCOPE", "reference", None, None, written(_reached()), "milestones", delivery=TO_02),
    _other("assessments", "E_CODE", "indicator", "indicator_code", _judged(indicator_code="DVC1")),
    _other("assessments", "E_CODE", "source", "source", _judged(source="gso")),
    _other("assessments", "E_CODE", "agency", "agency_code", _judged(agency_code="XYZ")),
    _other("assessments", "E_CODE", "word", "verdict", _judged(verdict="Vượt")),
    _other("assessments", "E_CODE", "word", "status", _judged(status="simulated")),
    _other("assessments", "E_CODE", "word", "certainty", _judged(certainty="maybe")),
    _other("assessments", "E_PERIOD", "not_a_period", "period", _judged(period="cuối năm")),
    _other("assessments", "E_PERIOD_FUTURE", "begins_after", "period", _judged(period="2020-03")),
    _other("assessments", "E_PERIOD_FUTURE", "published", "published", _judged(published="2021-01-01")),
    _other("assessments", "E_MISSING", "assessment", "verdict", _judged(verdict="")),
    _other("assessments", "E_MISSING", "assessment_words", "words_en", _judged(words_vi="xuất siêu")),
    _other("assessments", "E_MISSING", "assessment_words", "words_vi", _judged(words_en="trade surplus")),
    _other("assessments", "E_MISSING", "withdrawn_reason", "reason",
           _judged(agency_code="01", status="withdrawn", verdict="")),
    _other("assessments", "E_INCONSISTENT", "assessment_withdrawn", "verdict",
           _judged(agency_code="01", status="withdrawn", reason="nhầm")),
    _other("assessments", "E_INCONSISTENT", "nothing_to_withdraw", None,
           _judged(status="withdrawn", verdict="", reason="nhầm")),
    _other("assessments", "E_DUPLICATE", "key", None, _judged(), _judged(verdict="unmet")),
    _other("assessments", "E_CONFLICT", "no_reason", None, _judged(agency_code="01", verdict="unmet")),
    Case("E_CONFLICT", "published_before", 2, "published",
         written(_judged(agency_code="01", verdict="unmet", published="2020-01-31")), "assessments",
         delivery=CORRECTED),
    Case("E_SCOPE", "agency", 2, "agency_code", written(_judged()), "assessments", delivery=TO_02),
    _other("regimes", "E_MISSING", "cell", "owners", _regime(owners="")),
    _other("regimes", "E_CODE", "word", "periodicity", _regime(periodicity="week")),
    _other("regimes", "E_CODE", "word", "digitised", _regime(digitised="no one knows")),
    _other("regimes", "E_CODE", "agency", "owners", _regime(owners="provinces;XYZ")),
    _other("regimes", "E_CODE", "indicator", "indicators", _regime(indicators="BC1")),
    _other("regimes", "E_CODE", "source", "source", _regime(source="gso")),
    _other("regimes", "E_CODE", "simulated_off", "status", _regime(status="simulated")),
    _other("regimes", "E_NUMBER", "not_whole", "cutoff_day", _regime(cutoff_day="14.5")),
    _other("regimes", "E_RANGE", "days", "cutoff_day", _regime(cutoff_day="32")),
    _other("regimes", "E_RANGE", "days", "grace_days", _regime(grace_days="367")),
    _other("regimes", "E_PERIOD", "not_a_day", "valid_from", _regime(valid_from="2020")),
    _other("regimes", "E_PERIOD", "ends_before_start", "valid_to",
           _regime(valid_from="2020-01-01", valid_to="2019-12-31")),
    _other("regimes", "E_DUPLICATE", "key", None, _regime(), _regime(name_en="Another")),
    _other("regimes", "E_CONFLICT", "no_reason", None, _regime(code="T01", owners="BTC")),
    Case("E_CONFLICT", "cycle_of_receipts", 2, "periodicity",
         written(_regime(code="T00", grace_days="3", valid_from="2019-12-01", valid_to="2020-12-31")), "regimes",
         delivery=CORRECTED),
    Case("E_CONFLICT", "simulated_over_official", 2, "status",
         written(_regime(code="T01", owners="BNV", status="simulated")), "regimes",
         delivery=said(demo=True, reason="thử")),
    Case("E_SCOPE", "reference", None, None, written(_regime()), "regimes", delivery=TO_02),
    _other("receipts", "E_CODE", "regime", "regime_code", _came(regime_code="T0")),
    _other("receipts", "E_CODE", "agency", "agency_code", _came(agency_code="XYZ")),
    _other("receipts", "E_CODE", "not_owing", "agency_code", _came(agency_code="BTC")),
    _other("receipts", "E_CODE", "word", "result", _came(result="late")),
    _other("receipts", "E_CODE", "source", "source", _came(source="gso")),
    _other("receipts", "E_CODE", "simulated_off", "status", _came(status="simulated")),
    _other("receipts", "E_PERIOD", "not_a_period", "period", _came(period="tháng 1")),
    _other("receipts", "E_PERIOD", "not_of_cycle", "period", _came(period="2020-Q1")),
    _other("receipts", "E_PERIOD", "not_in_force", "period", _came(period="2019-11", received_at="2019-11-16T09:00")),
    _other("observations", "E_PERIOD", "not_an_embargo", "embargo_until", figure(embargo_until="ngày mai")),
    _other("observations", "E_PERIOD", "not_an_embargo", "embargo_until", figure(embargo_until="2020-03-01")),
    _other("observations", "E_PERIOD", "not_an_embargo", "embargo_until", figure(embargo_until="2020-02-30T08:00")),
    _other("observations", "E_PERIOD", "not_an_embargo", "embargo_until", figure(embargo_until="9999-01-01T08:00Z")),
    _other("observations", "E_PERIOD", "not_an_embargo", "embargo_until", figure(embargo_until="2020-03-01T08:00+7")),
    _other("receipts", "E_PERIOD", "not_a_moment", "received_at", _came(received_at="2020-01-15 09:30")),
    _other("receipts", "E_PERIOD", "not_a_moment", "received_at", _came(received_at="2020-02-30T09:30")),
    _other("receipts", "E_PERIOD_FUTURE", "before_period", "received_at", _came(received_at="2019-12-14T23:59")),
    _other("receipts", "E_PERIOD_FUTURE", "published", "received_at", _came(received_at="2021-01-01T00:00")),
    _other("receipts", "E_PERIOD_FUTURE", "published", "published", _came(published="2021-01-01")),
    _other("receipts", "E_PERIOD_FUTURE", "told_before", "received_at", _came(published="2020-01-14")),
    _other("receipts", "E_MISSING", "cell", "received_at", _came(received_at="")),
    _other("receipts", "E_MISSING", "withdrawn_reason", "reason", _came(status="withdrawn")),
    _other("receipts", "E_INCONSISTENT", "nothing_to_withdraw", None, _came(status="withdrawn", reason="nhầm")),
    _other("receipts", "E_DUPLICATE", "key", None, _came(), _came(result="rejected")),
    _other("receipts", "E_CONFLICT", "no_reason", None, _came(agency_code="01", result="rejected")),
    Case("E_CONFLICT", "simulated_over_official", 2, "status",
         written(_came(agency_code="01", status="simulated")), "receipts", delivery=said(demo=True, reason="thử")),
    Case("E_SCOPE", "agency", 2, "agency_code", written(_came()), "receipts", delivery=TO_02),
    _other("indicators", "E_NUMBER", "not_rising", "bins", indicator(bins="20;10")),
    _other("indicators", "E_NUMBER", "not_whole", "decimals", indicator(decimals="1.5")),
    _other("indicators", "E_CODE", "levels", "level", indicator(level="tỉnh")),
    _other("indicators", "E_CODE", "word", "unit_kind", indicator(unit_kind="percent")),
    _other("indicators", "E_CONFLICT", "no_reason", None, indicator(), indicator(code="DVC01")),
    Case("E_CONFLICT", "unit_of_figures", 2, "unit", written(indicator(code="DVC01", unit="điểm")), "indicators",
         delivery=CORRECTED),
    Case("E_CONFLICT", "unit_of_figures", 2, "unit", written(indicator(code="DVC08", unit="dịch vụ")), "indicators",
         delivery=CORRECTED),
    Case("E_CONFLICT", "figures_after_end", 2, "valid_to",
         written(agency(code="04", name_vi="Cao Bằng", kind="province", parent="R-NMM", valid_to="2019-12-30")),
         "agencies", delivery=CORRECTED),
    _other("agencies", "E_CODE", "agency", "parent", agency(parent="99")),
    _other("agencies", "E_DUPLICATE", "validity", "valid_from", agency(), agency(valid_from="2020-01-01")),
    _other("agencies", "E_PERIOD", "ends_before_start", "valid_to",
           agency(valid_from="2020-01-01", valid_to="2019-12-31")),
    _other("sources", "E_NUMBER", "not_whole", "rank", source(rank="-1")),
    _other("sources", "E_PERIOD", "not_a_day", "date", source(date="2020")),
    Case("E_SCOPE", "reference", None, None, written(source()), "sources", delivery=TO_02),
    Case("E_CONTENT_TYPE", "mapping_kind", None, None, written(source()), "sources",
         delivery=said(mapping=Path(__file__).parents[2] / "data" / "sources" / "mappings" / "pci_2016.toml")),
)  # fmt: skip

CASES = (
    *TEXTS,
    *CELLS,
    *OTHERS,
    *(Case(code, rule, line, column, raw, name="in.xlsx") for code, rule, line, column, raw in WORKBOOKS),
)
