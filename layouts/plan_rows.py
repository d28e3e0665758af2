"""The plan of a year as the rows of a file: each indicator with its target, figure, verdict and the next plan."""

from typing import Any

from i18n import Say
from layouts.said import printed_words
from layouts.sheet import Sheet
from layouts.words import name_of
from metrics.boards.economy import Economy
from metrics.boards.plan_lines import Plan, PlanLine

COLUMNS = (
    "line", "indicator", "name", "unit", "year", "shape", "strict", "target", "target_max", "target_source",
    "target_certainty", "qualifier", "value", "value_max", "words", "source", "certainty", "published", "verdict",
    "status", "side", "by", "doubt", "next_year", "next_shape", "next_target", "next_target_max", "change",
    "change_by",
)  # fmt: skip


def plan_sheet(board: Economy, say: Say) -> Sheet:
    """One row for each line of the plan and for each of its parts, in the order of the page; absent is None."""
    rows = [_row(each, board, say) for line in board.lines for each in (line, *line.parts)]
    return Sheet("plan", COLUMNS, COLUMNS, rows)


def _row(line: PlanLine, board: Economy, say: Say) -> dict[str, Any]:
    quantity = line.value.quantity if line.value else None
    trace = line.value.trace if line.value else None
    said = line.words or line.verdict
    after = _target(line.next)
    return {
        "line": line.number.quantity.number if line.number else None,
        "indicator": line.indicator.code,
        "name": name_of(line.indicator, say),
        "unit": line.indicator.unit,
        "year": board.year.text if board.year else None,
        **_target(line.plan),
        "target_source": line.plan.source.code if line.plan else None,
        "target_certainty": line.plan.target.certainty if line.plan else None,
        "qualifier": (str(quantity.qualifier) or None) if quantity else None,
        "value": quantity.number if quantity else None,
        "value_max": quantity.upper if quantity else None,
        "words": printed_words(line.words, say) if line.words else None,
        "source": trace.source if trace else said.source if said else None,
        "certainty": trace.certainty if trace else said.certainty if said else None,
        "published": trace.published if trace else said.published if said else None,
        "verdict": line.verdict.verdict if line.verdict else None,
        "status": str(line.status) if line.status else None,
        "side": str(line.side) if line.side else None,
        "by": line.by.quantity.number if line.by else None,
        "doubt": str(line.doubt) if line.doubt else None,
        "next_year": board.after.text if board.after else None,
        "next_shape": after["shape"],
        "next_target": after["target"],
        "next_target_max": after["target_max"],
        "change": str(line.change) if line.change else None,
        "change_by": line.change_by.quantity.number if line.change_by else None,
    }


def _target(plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return dict.fromkeys(("shape", "strict", "target", "target_max"))
    target = plan.target
    return {"shape": target.shape, "strict": target.strict, "target": target.value, "target_max": target.upper}
