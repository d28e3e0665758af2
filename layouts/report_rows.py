"""The expected reports that have to be looked after as a table of a file: missing, refused and late ones."""

from typing import Any

from i18n import Say
from layouts.sheet import Sheet
from layouts.words import name_of
from metrics.boards.expected import Report
from metrics.boards.reports import ReportsBoard

COLUMNS = (
    "regime", "regime_name", "agency", "agency_name", "period", "period_start", "period_end", "due", "state",
    "state_name", "days", "came_at", "refusals", "simulated",
)  # fmt: skip


def report_sheet(board: ReportsBoard, say: Say) -> Sheet:
    """One row for each report of the list, in its order. Days are whole; absent is None, never zero."""
    return Sheet("reports", COLUMNS, COLUMNS, [_row(each, say) for each in board.listed])


def _row(each: Report, say: Say) -> dict[str, Any]:
    return {
        "regime": each.regime.code,
        "regime_name": name_of(each.regime, say),
        "agency": each.agency.code,
        "agency_name": name_of(each.agency, say),
        "period": each.period.text,
        "period_start": each.period.start,
        "period_end": each.period.end,
        "due": each.due,
        "state": str(each.state),
        "state_name": say(f"report.{each.state}"),
        "days": int(each.days.quantity.number) if each.days else None,
        "came_at": each.came_at.isoformat(timespec="minutes") if each.came_at else None,
        "refusals": each.refusals,
        "simulated": each.simulated,
    }
