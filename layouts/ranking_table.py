"""The table of the ranking: every agency of the group in a row, with its last periods; who did not report below."""

from figures.node import Node
from figures.sparkline import sparkline
from i18n import Say
from layouts import html
from layouts.parts import card, footer, head, number, plain_source, sentence, simulated
from layouts.rank import Look, legend, note, rank_table, ranked_row, unit_cell
from layouts.words import name_of, period_of, printed, title_of, unit
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.lines import Line
from metrics.boards.national import difference_unit
from metrics.boards.ranking import RankingBoard

#: So many figures make a line.
_LEAST = 2
#: Columns for which a phone has no room (see assets/ranking.css); they are the last ones.
_HIDDEN = ("gap", "course")


def table_card(board: RankingBoard, say: Say) -> Node:
    """The group of the board, all of it in one table."""
    table = board.table
    assert table is not None  # the caller asked
    look = _look(board, table, say)
    rows = [ranked_row(row, look, say) for row in table.rows]
    if table.unreported and table.rows:
        rows.append(_below(look, say))
    rows += [_absent(row, look, say) for row in table.unreported]
    aside = sentence(say, "rank.reported", n=number(table.reported, say), owing=number(table.owing, say))
    kind = "rank-of-region" if board.region else f"rank-{table.group}"
    title = name_of(board.region, say) if board.region else title_of(board.indicator, say)
    return card(
        [
            head(say("rank.title", indicator=title), aside),
            legend(table, say),
            html.Div(rank_table(rows, table, board.nation, look, say), className=f"rank-full {kind}"),
            footer(plain_source(_note(board, look, say), "rank"), simulated(say) if table.simulated else None),
        ],
        simulated=table.simulated,
        name="card card-ranking",
    )


def _look(board: RankingBoard, table: AgencyTable, say: Say) -> Look:
    """The columns that hold anything: no path, no distance to it; one period, no line."""
    lines = {line.code: line for line in board.lines}
    wanted = {
        "place": board.region is not None,
        "no": True,
        "move": any(row.moved for row in table.rows),
        "unit": True,
        "bar": bool(table.unreported) or any(row.target is not None for row in table.rows),
        "value": True,
        "gap": any(row.gap for row in table.rows),
        "course": _periods(board) >= _LEAST,
    }
    words = unit(difference_unit(board.indicator), say).strip()
    heads = {
        "place": say("ranking.head_place"),
        "no": say("ranking.head_nation" if board.region else "rank.rank"),
        "course": say("ranking.head_course", n=_periods(board), unit=words),
    }
    return Look(
        tuple(name for name, holds in wanted.items() if holds),
        more={
            "place": lambda row: _place(lines[row.agency.code], say),
            "course": lambda row: _course(lines[row.agency.code], say),
        },
        heads=heads,
    )


def _periods(board: RankingBoard) -> int:
    """How many periods the lines have."""
    return max((len(line.series) for line in board.lines), default=0)


def _place(line: Line, say: Say) -> Node | str:
    return number(line.place, say) if line.place else "–"


def _course(line: Line, say: Say) -> Node:
    """The last periods as a line, and the change over them where it can be told."""
    drawn = sparkline([None if each is None else float(each) for each in line.series])
    if line.change is None or line.since is None:
        change = html.Span("–", className="ink3")
    else:
        since = say("ranking.since", period=period_of(line.since, say))
        change = html.Span(number(line.change, say, unit=False), title=since)
    return html.Span([drawn, html.Span(change, className="course-change")], className="course-cell")


def _below(look: Look, say: Say) -> Node:
    """The rule under those that have a rank; columns that a phone hides have cells of their own in it."""
    hidden = [name for name in look.columns if name in _HIDDEN]
    words = html.Td(say("ranking.below"), colSpan=len(look.columns) - len(hidden))
    return html.Tr([words, *(html.Td(className=f"rank-{name}") for name in hidden)], className="rank-note")


def _absent(row: AgencyRow, look: Look, say: Say) -> Node:
    """An agency that did not report: dashes, a hatched bar, and how its line ran until then."""
    cells = [
        unit_cell(row, "nr", look, say)
        if name == "unit"
        else html.Td(
            html.Span(className="hatch")
            if name == "bar"
            else look.more[name](row)
            if name == "course"
            else html.Span("–", className="ink3"),
            className=f"rank-{name}",
        )
        for name in look.columns
    ]
    return html.Tr(cells, className="unreported", **{"data-status": "nr", "data-agency": row.agency.code})


def _note(board: RankingBoard, look: Look, say: Say) -> str:
    """Of what the table is, among how many the ranks are, what movement is counted against, how lines are scaled."""
    table, whole = board.table, board.whole
    assert table is not None and whole is not None  # the caller asked
    parts = [note(table, board.period.text if board.period else None, say)]
    if any(row.rank for row in table.rows):
        parts.append(say(f"ranking.among_{table.group}", n=printed(whole.reported, say).text))
    if "course" in look.columns:
        parts.append(say("ranking.lines", n=_periods(board)))
    return "; ".join(parts)
