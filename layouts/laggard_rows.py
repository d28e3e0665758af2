"""The list of those who must be named as the rows of a file."""

from typing import Any

from i18n import Say
from layouts.paper_list import late_figure
from layouts.sheet import Sheet
from layouts.words import name_of
from metrics.boards.dossier import DossierBoard
from metrics.boards.laggard import Laggard, OfDirective, OfIndicator

COLUMNS = (
    "entry", "rule", "rule_name", "agency", "agency_name", "subjects", "matter", "since", "late", "late_unit",
    "value", "missing_reports", "reminders", "last_reminder", "reply_on", "reply", "simulated",
)  # fmt: skip


def laggard_sheet(board: DossierBoard, say: Say) -> Sheet:
    """One row for each entry, in the order of the list; absent is None."""
    return Sheet("laggards", COLUMNS, COLUMNS, [_row(entry, say) for entry in board.laggards.entries])


def _row(entry: Laggard, say: Say) -> dict[str, Any]:
    late, matter = late_figure(entry), entry.matter
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "entry": entry.key,
        "rule": str(entry.rule),
        "rule_name": say(f"laggards.{entry.rule}"),
        "agency": entry.agency.code,
        "agency_name": name_of(entry.agency, say),
        "subjects": ";".join("/".join(each) for each in matter.subjects),
        "since": entry.since,
        "late": late.quantity.number,
        "late_unit": late.unit,
        "reminders": entry.reminded.quantity.number,
        "last_reminder": entry.reminders[0].day if entry.reminders else None,
        "reply_on": entry.reply.day if entry.reply else None,
        "reply": entry.reply.words if entry.reply else None,
        "simulated": entry.simulated,
    }
    if isinstance(matter, OfDirective):
        row["matter"] = name_of(matter.directive, say)
    elif isinstance(matter, OfIndicator):
        row |= {"matter": name_of(matter.indicator, say), "value": matter.value and matter.value.quantity.number}
    else:
        row |= {"matter": name_of(matter.missing[0].regime, say), "missing_reports": matter.count.quantity.number}
    return row
