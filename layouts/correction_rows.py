"""The corrections of an indicator as the rows of a file."""

from typing import Any

from i18n import Say
from layouts.sheet import Sheet
from layouts.words import name_of
from metrics.boards.indicator import Corrected, IndicatorBoard

COLUMNS = (
    "indicator", "agency", "agency_name", "period", "source", "revision", "before", "after", "change", "withdrawn",
    "delivered_by", "approved_by", "published", "recorded_at", "reason", "status",
)  # fmt: skip


def correction_sheet(board: IndicatorBoard, say: Say) -> Sheet:
    """One row for each correction, the latest first; absent is None."""
    return Sheet("corrections", COLUMNS, COLUMNS, [_row(each, say) for each in board.corrected])


def _row(each: Corrected, say: Say) -> dict[str, Any]:
    seen = each.correction.after
    return {
        "indicator": seen.indicator,
        "agency": seen.agency,
        "agency_name": name_of(each.agency, say) if each.agency else None,
        "period": seen.period.text,
        "source": seen.source,
        "revision": seen.revision,
        "before": each.before.quantity.number if each.before else None,
        "after": each.after.quantity.number if each.after else None,
        "change": each.change.quantity.number if each.change else None,
        "withdrawn": each.correction.withdrawn,
        "delivered_by": each.correction.delivered_by,
        "approved_by": each.correction.approved_by or None,
        "published": seen.published,
        "recorded_at": seen.recorded_at.isoformat(timespec="minutes"),
        "reason": seen.reason or None,
        "status": seen.status,
    }
