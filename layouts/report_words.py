"""How the state of a report looks, and in which words it is told which report it is."""

from datetime import date

from i18n import Say
from i18n.formats import day
from layouts.words import period_of
from metrics.boards.expected import Owed, Report
from metrics.reporting import State

#: The shape that stands for a state.
SHAPES = {
    State.MISSING: "overdue",
    State.REJECTED: "rejected",
    State.LATE: "behind",
    State.WAITING: "nr",
    State.ON_TIME: "good",
    State.NOT_DUE: "na",
}


def days_text(start: date, end: date) -> str:
    """The first and the last day of a period."""
    return f"{day(start)} – {day(end)}"


def report_words(each: Owed | Report, say: Say) -> str:
    """Which report it is: its period by name and by its days, and the last day on which it is in time."""
    named, days = period_of(each.period.text, say), days_text(each.period.start, each.period.end)
    return say("reports.row_period", period=named, due=day(each.due), days=days)
