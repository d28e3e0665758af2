"""The table twins of the comparison: every indicator of all, one indicator over the periods, what is lacking."""

from i18n import Say
from layouts.compare_sheet import why_not
from layouts.twin import Row, Twin, told
from layouts.words import name_of, period_of, standing_word, title_of
from metrics.boards.compare import Cell, Closing, CompareBoard, Matched

_SHEET = (
    *("indicator", "indicator_code", "period", "agency", "code", "value", "rank", "reported", "standing"),
    *("target", "path", "apart", "compared"),
)
_CLOSING = (
    *("agency", "code", "value", "behind", "gap", "missing", "pace", "pace_seen", "since"),
    *("things_missing", "things_by_month", "standing"),
)


def sheet_twin(board: CompareBoard, say: Say) -> Twin | None:
    """A row for each agency in each indicator; None where nobody is pinned."""
    rows = tuple(_of(line, cell, say) for line in board.lines for cell in line.cells)
    if not rows:
        return None
    leads = [(say("compare.leads_of", name=name_of(lead.agency, say)), lead.count) for lead in board.leads]
    return Twin(
        title=say("compare.sheet"),
        columns=_SHEET,
        rows=rows,
        note=say("compare.sheet_note"),
        traced="value",
        beside=((say("compare.counted_of"), board.comparable), *leads),
        simulated=board.simulated,
    )


def _of(line: Matched, cell: Cell, say: Say) -> Row:
    word = standing_word(cell.row.judgement.status, say, aimed=cell.row.target is not None)
    return (
        title_of(line.indicator, say),
        line.indicator.code,
        period_of(line.period.text, say),
        name_of(cell.agency, say),
        cell.agency.code,
        cell.row.value,
        cell.row.rank if cell.row.value else None,
        cell.reported if cell.row.rank else None,
        word,
        line.target,
        line.path,
        line.apart,
        None if line.comparable else why_not(line, say),
    )


def courses_twin(board: CompareBoard, say: Say) -> Twin | None:
    """The figure of each agency for each period of the indicator shown; None without one."""
    chosen = board.chosen
    if chosen is None:
        return None
    rows = tuple(
        (name_of(each.agency, say), each.agency.code, period_of(point.period.text, say), point.value)
        for each in board.courses
        for point in each.points
    )
    return Twin(
        title=say("compare.courses", indicator=title_of(chosen.indicator, say)),
        columns=("agency", "code", "period", "value"),
        rows=rows,
        note=say("compare.courses_note"),
        traced="value",
        beside=told((say("column.target"), chosen.target)),
        simulated=any(point.simulated for each in board.courses for point in each.points if point.value),
    )


def closing_twin(board: CompareBoard, say: Say) -> Twin | None:
    """What each agency lacks in the indicator shown; None without one."""
    chosen = board.chosen
    if chosen is None:
        return None
    return Twin(
        title=say("compare.closing", indicator=title_of(chosen.indicator, say)),
        columns=_CLOSING,
        rows=tuple(_closing(each, say) for each in board.closings),
        note=say("compare.closing_note"),
        traced="value",
        simulated=chosen.simulated or any(each.way.seen_simulated for each in board.closings),
    )


def _closing(each: Closing, say: Say) -> Row:
    row, way = each.cell.row, each.way
    return (
        name_of(each.cell.agency, say),
        each.cell.agency.code,
        row.value,
        each.behind,
        row.gap,
        way.shortfall,
        way.pace_needed,
        way.pace_seen,
        period_of(way.seen_since, say) if way.seen_since and way.pace_seen else None,
        way.missing,
        way.missing_by_month,
        standing_word(row.judgement.status, say, aimed=row.target is not None),
    )
