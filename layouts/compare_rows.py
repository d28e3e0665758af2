"""The rows of a file of the comparison: each pinned agency in each indicator, and whether it can be compared."""

from i18n import Say
from layouts.sheet import Sheet
from layouts.words import name_of, printed
from metrics.boards.compare import CompareBoard

_TEXTS = (
    "indicator",
    "name",
    "period",
    "agency",
    "agency_name",
    "printed",
    "status",
    "comparable",
    "reason",
    "apart",
)


def compare_sheet(board: CompareBoard, say: Say) -> Sheet:
    """One row for each indicator and agency, in the order of the page; absent is None, never zero."""
    rows = []
    for line in board.lines:
        for cell in line.cells:
            rank = cell.row.rank
            rows.append(
                {
                    "indicator": line.indicator.code,
                    "name": name_of(line.indicator, say),
                    "period": line.period.text,
                    "agency": cell.agency.code,
                    "agency_name": name_of(cell.agency, say),
                    "printed": printed(cell.row.value, say).text if cell.row.value else None,
                    "status": str(cell.row.judgement.status),
                    "comparable": "yes" if line.comparable else "no",
                    "reason": cell.reason or None,
                    "apart": printed(line.apart, say).text if line.apart else None,
                    "number": cell.row.number,
                    "rank": rank.quantity.number if rank else None,
                    "leads": "yes" if cell.leads else "no",
                }
            )
    return Sheet("lines", (*_TEXTS, "number", "rank", "leads"), _TEXTS, rows)
