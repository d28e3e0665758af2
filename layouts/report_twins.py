"""The table twins of the reports: the counts, the day by its hours, what is missing, agencies and indicators."""

from i18n import Say
from i18n.formats import day
from layouts.report_words import days_text
from layouts.twin import Twin, text_of, told
from layouts.words import name_of, period_of
from metrics.boards.coverage import Coverage
from metrics.boards.reports import ReportsBoard
from metrics.reporting import TROUBLED, State

_COUNTED = (State.ON_TIME, State.LATE, State.MISSING, State.REJECTED)


def counts_twin(board: ReportsBoard, say: Say) -> Twin:
    """The counts of the tiles."""
    rows = [(say("reports.tile_expected_title"), board.expected)]
    rows += [(say(f"reports.tile_{each}_title"), board.count(each)) for each in _COUNTED]
    rows += told((say("twin.share_in_time"), board.share))
    rows += [(say("twin.regimes"), board.regimes), (say("twin.agencies_missing"), board.agencies_missing)]
    if board.digitised is not None:
        rows += [
            (say("reports.tile_digitised"), board.digitised[0]),
            (say("twin.told_digitised"), board.digitised[1]),
        ]
    return Twin(
        title=say("twin.counts"),
        columns=("count", "value"),
        rows=tuple(rows),
        note=say("reports.tile_source", day=day(board.at)),
        simulated=board.simulated,
    )


def intake_twin(board: ReportsBoard, say: Say) -> Twin:
    """Every delivery of the day by its hour, and what is still waited for."""
    intake = board.intake
    rows = tuple(
        (
            f"{each.receipt.received_at:%H:%M}",
            name_of(each.agency, say),
            each.agency.code,
            name_of(each.regime, say),
            period_of(each.receipt.period, say),
            each.receipt.due,
            say(f"report.{each.state}"),
            each.receipt.codes.replace(";", " ") or None,
        )
        for each in intake.deliveries
    )
    counts = [(say(f"report.{state}"), count) for state, count in intake.counts]
    return Twin(
        title=say("reports.intake_day", day=day(board.at)),
        columns=("hour", "agency", "code", "regime", "period", "due", "state", "refused_for"),
        rows=rows,
        note=say("reports.intake_note"),
        beside=(*counts, (say(f"report.{State.WAITING}"), intake.waiting)),
        simulated=board.simulated,
    )


def list_twin(board: ReportsBoard, say: Say) -> Twin | None:
    """Every report that has to be looked after, those too for which the list has no room; None without any."""
    if not board.listed:
        return None
    rows = tuple(
        (
            name_of(each.agency, say),
            each.agency.code,
            name_of(each.regime, say),
            period_of(each.period.text, say),
            days_text(each.period.start, each.period.end),
            each.due,
            say(f"report.{each.state}"),
            each.days,
            f"{each.came_at:%d/%m/%Y %H:%M}" if each.came_at else None,
        )
        for each in board.listed
    )
    return Twin(
        title=say("reports.list_title"),
        columns=("agency", "code", "regime", "period", "days_of", "due", "state", "days", "came_at"),
        rows=rows,
        note=say("reports.list_note"),
        beside=((say("twin.more"), board.more),),
        simulated=board.simulated,
    )


def matrix_twin(board: ReportsBoard, say: Say) -> Twin:
    """Every agency with how many of its reports stand how; those the drawing folds are among them."""
    count, late = board.folded
    return Twin(
        title=text_of(say("twin.matrix")),
        columns=("agency", "code", "reports_due", "in_time", *TROUBLED),
        rows=tuple(
            (
                name_of(each.agency, say),
                each.agency.code,
                each.due,
                each.count(State.ON_TIME),
                *(each.count(state) for state in TROUBLED),
            )
            for each in board.agencies
        ),
        note=say("reports.matrix_note"),
        beside=((say("twin.regimes"), board.regimes), (say("twin.folded"), count), (say("twin.folded_late"), late)),
        simulated=board.simulated,
    )


def coverage_twin(found: Coverage, say: Say) -> Twin:
    """Every indicator with what stands of it."""
    counts = [(say(f"cover.{state}"), count) for state, count in found.counts]
    rows = tuple(
        (
            name_of(each.indicator, say),
            each.indicator.code,
            say(f"cover.{each.state}"),
            period_of(each.period.text, say) if each.period else None,
            each.owing,
        )
        for each in found.indicators
    )
    return Twin(
        title=say("reports.coverage_title"),
        columns=("indicator", "code", "state", "last", "owing"),
        rows=rows,
        note=say("reports.coverage_note"),
        beside=((say("twin.indicators"), found.count), *counts),
        simulated=found.simulated,
    )
