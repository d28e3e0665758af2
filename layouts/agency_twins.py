"""The table twins of what is shown of agencies: the ranking, who reported when, an agency's own figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from i18n import Say
from layouts.edition import formed_words, why_words
from layouts.part_words import part_name
from layouts.rank import note
from layouts.twin import Cell, Row, Twin, text_of, told
from layouts.words import in_sentence, name_of, period_of, standing_word, title_of
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.indicator import Indicator, IndicatorBoard, Sender
from metrics.boards.own_figures import COURSE, OwnFigure
from metrics.boards.ranking import RankingBoard
from metrics.figure import Figure

_ROW = (
    *("agency", "code", "formed", "rank", "place", "improved_rank", "value", "numerator", "denominator", "gap"),
    *("moved", "improved", "improved_since", "change", "since", "standing", "state", "days"),
)
#: Further cells of a row by the code of its agency.
_More = Callable[[str], dict[str, Cell]]


def ranking_twin(table: AgencyTable, indicator: Indicator, period: str | None, say: Say) -> Twin | None:
    """Every agency of a group at a period, those that did not report last and without a rank."""
    return _ranked(table, say("rank.title", indicator=title_of(indicator, say)), period, _nothing, say)


def board_twin(board: RankingBoard, say: Say) -> Twin | None:
    """The table of the ranking: the group or the region that is shown, with how each came there."""
    if board.table is None:
        return None
    name = part_name(board.part, say) if board.part else title_of(board.indicator, say)
    period = board.period.text if board.period else None
    return _ranked(board.table, say("rank.title", indicator=name), period, _beside(board, say), say)


def _beside(board: RankingBoard, say: Say) -> _More:
    """What the ranking tells of a row beside what every table does, by the code of its agency."""
    lines = {line.code: line for line in board.lines}
    changes = {each.code: each for each in board.improvement.changes} if board.improvement else {}
    since = board.improvement.since if board.improvement else None
    reports = {each.code: each for each in board.reports}
    formed = {each.agency.code: each for each in board.shown.formed} if board.moved else {}

    def more(code: str) -> dict[str, Cell]:
        line, change, report = lines.get(code), changes.get(code), reports.get(code)
        cells: dict[str, Cell] = {}
        if line is not None:
            told_since = period_of(line.since, say) if line.since else None
            cells |= {"place": line.place, "change": line.change, "since": told_since}
        if change is not None and since is not None:
            cells |= {"place": change.place, "improved": change.amount, "improved_rank": change.rank}
            cells |= {"improved_since": period_of(since.text, say)}
        if report is not None:
            cells |= {"state": say(f"report.{report.state}"), "days": report.days}
        if code in formed:
            cells |= {"formed": text_of(formed_words(formed[code], say))}
        return cells

    return more


def positions_twin(
    whole: AgencyTable | None, indicator: Indicator, period: str | None, say: Say, *, median: Figure | None = None
) -> Twin | None:
    """All that stand on the scale, and the middle of them where it is marked; None where nobody reported."""
    if whole is None or not whole.rows:
        return None
    title = f"{say(f'ranking.positions_{whole.group}')}: {in_sentence(title_of(indicator, say))}"
    found = _ranked(whole, title, period, _nothing, say)
    return replace(found, beside=(*told((say("column.median"), median)), *found.beside))


def _nothing(_code: str) -> dict[str, Cell]:
    return {}


def _ranked(table: AgencyTable, title: str, period: str | None, more: _More, say: Say) -> Twin:
    aimed = any(row.target is not None for row in table.rows)
    counts = [(standing_word(status, say, aimed=aimed), count) for status, count in table.counts]
    return Twin(
        title=title,
        columns=_ROW,
        rows=(
            *(_row(each, None, more(each.agency.code), say) for each in (*table.rows, *table.unreported)),
            *(_row(each.row, why_words(each, say), more(each.row.agency.code), say) for each in table.incomparable),
        ),
        note=note(table, period, say),
        traced="value",
        beside=(
            *told((say("course.path"), table.path), (say("course.target"), table.target)),
            (say("column.reported"), table.reported),
            (say("column.owing"), table.owing),
            *counts,
            *told((say("edition.below"), table.apart)),
        ),
        simulated=table.simulated,
    )


def _row(row: AgencyRow, why: str | None, more: Mapping[str, Cell], say: Say) -> Row:
    """A row; `why` its agency cannot be compared stands in place of its status."""
    over, under = row.terms or (None, None)
    cells: dict[str, Cell] = {
        **{"agency": name_of(row.agency, say), "code": row.agency.code, "rank": row.rank, "value": row.value},
        **{"numerator": over, "denominator": under, "gap": row.gap, "moved": row.moved},
        "standing": why or standing_word(row.judgement.status, say, aimed=row.target is not None),
        **more,
    }
    return tuple(cells.get(name) for name in _ROW)


def senders_twin(board: IndicatorBoard, say: Say) -> Twin | None:
    """Who did not report for the period, and who came after its end; the others are counted."""
    found, period = board.senders, board.period
    if found is None or period is None:
        return None
    rows = [
        _sender(each, say("indicator.absent" if each.received is None else "indicator.late"), say)
        for each in (*found.absent, *found.late)
    ]
    counts = (
        (say("column.reported"), found.reported),
        (say("column.owing"), found.owing),
        (say("column.prompt"), found.prompt),
    )
    is_simulated = any(each.simulated for each in found.late) or any(table.simulated for table in board.tables)
    return Twin(
        title=say("indicator.senders_of", period=period_of(period.text, say)),
        columns=("agency", "code", "state", "received", "days", "last"),
        rows=tuple(rows),
        note=say("indicator.senders_note"),
        beside=counts,
        simulated=is_simulated,
    )


def _sender(each: Sender, state: str, say: Say) -> Row:
    last = period_of(each.last.text, say) if each.last else None
    return name_of(each.agency, say), each.agency.code, state, each.received, each.days, last


def own_twin(own: Sequence[OwnFigure], group: str, say: Say) -> Twin | None:
    """Every figure of one agency; None where it has none."""
    if not own:
        return None
    return Twin(
        title=say("own.title"),
        columns=(
            "indicator",
            "code",
            "period",
            "value",
            "gap",
            "rank",
            "reported",
            "place",
            "place_of",
            "pace",
            "moved",
            "change",
            "age",
            "standing",
        ),
        rows=tuple(_own(each, say) for each in own),
        note=say(f"own.note_{group}", periods=COURSE),
        traced="value",
        simulated=any(each.row.simulated for each in own),
    )


def _own(each: OwnFigure, say: Say) -> Row:
    row = each.row
    word = standing_word(row.judgement.status, say, aimed=row.target is not None)
    cells: tuple[Cell, ...] = (name_of(each.indicator, say), each.indicator.code, period_of(each.period.text, say))
    counted: tuple[Figure | None, ...] = (
        row.value,
        row.gap,
        row.rank,
        each.reported,
        each.place,
        each.place_of,
        each.pace_needed,
        row.moved,
        each.change,
        each.age,
    )
    return (*cells, *counted, word)
