"""What is to be reached: one row per indicator, agency, due date and source. A later version never erases one."""

from typing import Any

from data.delivery import Delivery
from data.register import Register
from data.sheet import Sheet
from data.sources.columns import Columns, read_path
from data.sources.kinds import TARGETS
from data.sources.observations import CERTAINTIES

SHAPES = ("at_least", "at_most", "range", "about")
PATH_STATUSES = ("", "approved", "inferred")
EVERYBODY = "ALL"
_STRICT = {"": False, "true": True, "false": False, "1": True, "0": False}

Content = dict[str, Any]


def check(sheet: Sheet, register: Register, delivery: Delivery) -> list[tuple[int, Content]]:
    """The rows as the ledger keeps them: (line, content). Raises Refusal with every trouble found."""
    columns = Columns(sheet)
    columns.required("indicator_code", "agency_code", "shape", "value", "source", "set_on")
    indicators = columns.known("indicator_code", register.indicators, "indicator")
    columns.known("source", register.sources, "source")
    columns.periods("due")
    read: dict[str, list[Any]] = {
        **{name: columns.text(name) for name in ("indicator_code", "agency_code", "due", "source")},
        **{name: columns.text(name) for name in ("source_ref", "phrase")},
        **{name: columns.numbers(name) for name in ("value", "value_max", "start_value")},
        **{name: columns.days(name) for name in ("set_on", "start_on")},
        "shape": columns.one_of("shape", SHAPES),
        "strict": [_STRICT.get(word, False) for word in columns.one_of("strict", _STRICT)],
        "path": [path or "none" for path in columns.read("path", read_path, "E_CODE", "path")],
        "path_status": columns.one_of("path_status", PATH_STATUSES),
        "certainty": [word or "sourced" for word in columns.one_of("certainty", CERTAINTIES)],
    }
    rows: list[tuple[int, Content]] = []
    unread = set(columns.problems.lines)
    for at, line in enumerate(columns.lines):
        if line in unread:
            continue
        content: Content = {name: cells[at] for name, cells in read.items()}
        content["reason"] = ""
        rows.append((line, content))
        _check_line(columns, line, content, register, delivery)
        indicator = indicators[at]
        if indicator is not None:
            for name in ("value", "value_max"):
                columns.natural(line, name, content[name], indicator)
    columns.keys_once((line, tuple(str(content[name]) for name in TARGETS.key)) for line, content in rows)
    columns.problems.stop()
    return rows


def _check_line(columns: Columns, line: int, content: Content, register: Register, delivery: Delivery) -> None:
    add = columns.problems.add
    code = content["agency_code"]
    if code != EVERYBODY and not register.knows_agency(code):
        add("E_CODE", "agency", line=line, column="agency_code", value=code, nearest=register.nearest_agency(code))
    elif not delivery.scope.covers(code):
        add("E_SCOPE", "agency", line=line, column="agency_code", value=code)
    if content["shape"] == "range" and content["value_max"] is None:
        add("E_MISSING", "range_end", line=line, column="value_max")
    if content["value_max"] is not None and content["value_max"] < content["value"]:
        add("E_INCONSISTENT", "upper", line=line, column="value_max", value=str(content["value_max"]))
    if content["set_on"] > delivery.machine_today:
        add("E_PERIOD_FUTURE", "published", line=line, column="set_on", value=str(content["set_on"]))
    if content["path"] == "linear":
        for name in ("start_on", "start_value"):
            if content[name] is None:
                add("E_MISSING", "path_start", line=line, column=name)
        if not content["due"]:
            add("E_MISSING", "path_due", line=line, column="due")
    if content["path"] not in ("none", "flat") and not content["path_status"]:
        add("E_MISSING", "path_status", line=line, column="path_status")
