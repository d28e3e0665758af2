"""The table of the ranking: every agency of the group in a row, with its last periods; who did not report below."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from figures.node import Child, Node
from figures.sparkline import sparkline
from i18n import Say
from i18n.collation import vietnamese_order
from layouts import html
from layouts.controls import choice, segment
from layouts.edition import incomparable_rows, rebased_look, ring_key
from layouts.part_words import part_name
from layouts.parts import card, footer, glyph, head, number, plain_source, sentence, simulated, table_link
from layouts.pins import pin_button
from layouts.rank import Look, absent_cell, legend, note, rank_table, ranked_row, rule_row, unit_cell
from layouts.report_words import SHAPES
from layouts.words import name_of, period_of, printed, title_of, unit
from metrics.asked import IMPROVEMENT, LEVEL, NAME, SORTS
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.improvement import Change, Improvement
from metrics.boards.lines import Line
from metrics.boards.national import difference_unit
from metrics.boards.punctuality import Punctual
from metrics.boards.ranking import RankingBoard
from metrics.reporting import TROUBLED

#: So many figures make a line.
_LEAST = 2


def table_card(board: RankingBoard, say: Say) -> Node:
    """The group of the board, all of it in one table, in the order that was chosen; rows can be found by name. The
    reader's own row is marked and stands first, with the rank that it has."""
    table = board.table
    assert table is not None  # the caller asked
    look = replace(_look(board, table, say), here=board.own)
    ranked, left = _ordered(board, table, say)
    own = [row for row in (*ranked, *left, *table.unreported) if row.agency.code == board.own]
    ranked, left, absent = ([row for row in each if row not in own] for each in (ranked, left, table.unreported))
    rows = [_absent(row, look, say) if row.value is None else ranked_row(row, look, say) for row in own]
    rows += [ranked_row(row, look, say) for row in ranked]
    if left:
        rows.append(rule_row("ranking.below_change", look, say))
        rows += [ranked_row(row, look, say) for row in left]
    if absent and table.rows:
        rows.append(rule_row("ranking.below", look, say))
    rows += [_absent(row, look, say) for row in absent]
    rows += incomparable_rows(table.incomparable, look, say)
    aside = sentence(say, "rank.reported", n=number(table.reported, say), owing=number(table.owing, say))
    kind = "rank-of-part" if board.part else f"rank-{table.group}"
    title = part_name(board.part, say) if board.part else title_of(board.indicator, say)
    return card(
        [
            head(say("rank.title", indicator=title), aside),
            Node(
                "RowFilter",
                [
                    _sorts(board, say),
                    html.Div([legend(table, say), ring_key(say) if look.rings else None], className="legend-line"),
                    html.Div(rank_table(rows, table, board.nation, look, say), className=f"rank-full {kind}"),
                ],
                label=say("ranking.find"),
                count=say("ranking.found"),
                none=say("ranking.found_none"),
            ),
            footer(
                plain_source(_note(board, look, say), "rank"),
                simulated(say) if table.simulated else None,
                table_link("table", say),
            ),
        ],
        simulated=table.simulated,
        name="card card-ranking",
    )


def _sorts(board: RankingBoard, say: Say) -> Node:
    links = [
        choice(say(f"ranking.sort_{name}"), here=name == board.sort, sort=None if name == LEVEL else name)
        for name in SORTS
        if name != IMPROVEMENT or not board.moved
    ]
    name = html.Span(say("ranking.sort"), className="control-name")
    return html.Div([name, segment(links, say("ranking.sort"))], className="control")


def _ordered(board: RankingBoard, table: AgencyTable, say: Say) -> tuple[Sequence[AgencyRow], Sequence[AgencyRow]]:
    """The rows that reported in the order chosen, and apart from them those that this order cannot place."""
    if board.sort == NAME:
        return sorted(table.rows, key=lambda row: vietnamese_order(name_of(row.agency, say))), ()
    if board.improvement is None:
        return table.rows, ()
    by_code = {row.agency.code: row for row in table.rows}
    placed = [by_code[each.code] for each in board.improvement.changes]
    return placed, [row for row in table.rows if row not in placed]


def _look(board: RankingBoard, table: AgencyTable, say: Say) -> Look:
    """The columns that hold anything: no path, no distance to it; one period, no line."""
    if board.moved:
        look = rebased_look(board.shown, say)
        return replace(
            look,
            columns=("no", "pin", *look.columns[1:]),
            more={**look.more, "pin": lambda row: pin_button(row.agency, board.pins, say)},
            heads={**look.heads, "pin": _pin_head(say)},
        )
    lines = {line.code: line for line in board.lines}
    changes = {each.code: each for each in board.improvement.changes} if board.improvement else {}
    reports = {each.code: each for each in board.reports}
    improved = board.improvement is not None
    wanted = {
        "place": board.part is not None,
        "no": True,
        "level": improved,
        "move": not improved and any(row.moved for row in table.rows),
        "pin": True,
        "unit": True,
        "bar": bool(table.unreported) or any(row.target is not None for row in table.rows),
        "value": True,
        "gap": not improved and any(row.gap for row in table.rows),
        "change": improved,
        "course": _periods(board) >= _LEAST,
        "report": bool(board.reports),
    }
    words = unit(difference_unit(board.indicator), say).strip()
    nation = say("ranking.head_nation" if board.part else "rank.rank")
    heads: dict[str, Child] = {
        "place": say("ranking.head_place" if board.region or not board.part else "ranking.head_group"),
        "no": nation,
        "level": say("ranking.head_level"),
        "pin": _pin_head(say),
        "change": say("ranking.head_change", unit=words),
        "course": say("ranking.head_line", n=_periods(board))
        if improved
        else say("ranking.head_course", n=_periods(board), unit=words),
        "report": say("ranking.head_report"),
    }

    def rank(row: AgencyRow) -> Child:
        change = changes.get(row.agency.code)
        return number(change.rank, say) if change and change.rank else "–"

    def place(row: AgencyRow) -> Child:
        own = changes.get(row.agency.code) if improved else lines[row.agency.code]
        return number(own.place, say) if own and own.place else "–"

    more: dict[str, Callable[[AgencyRow], Child]] = {
        "place": place,
        "level": lambda row: number(row.rank, say) if row.rank else "–",
        "pin": lambda row: pin_button(row.agency, board.pins, say),
        "change": lambda row: _change(changes.get(row.agency.code), say),
        "course": lambda row: _course(lines[row.agency.code], say, told=not improved),
        "report": lambda row: _report(reports.get(row.agency.code), say),
    }
    if improved:
        more["no"] = rank
    return Look(tuple(name for name, holds in wanted.items() if holds), not improved, more, heads)


def _pin_head(say: Say) -> Node:
    return html.Span(say("pins.head"), className="offscreen")


def _periods(board: RankingBoard) -> int:
    """How many periods the lines have."""
    return max((len(line.series) for line in board.lines), default=0)


def _change(change: Change | None, say: Say) -> Node:
    return number(change.amount, say, unit=False) if change else html.Span("–", className="ink3")


def _report(report: Punctual | None, say: Say) -> Child:
    """How the report stands by shape and word, and by how many days."""
    if report is None:
        return html.Span("–", className="ink3")
    state = str(report.state)
    late = report.days is not None and report.state in TROUBLED
    words: Child = (
        sentence(say, f"ranking.report_{state}", days=number(report.days, say))
        if late and report.days is not None
        else say(f"report.{state}").lower()
    )
    return html.Span(
        [glyph(SHAPES[report.state]), html.Span(words)], className="report-cell", **{"data-report": state}
    )


def _course(line: Line, say: Say, *, told: bool = True) -> Node:
    """The last periods as a line, and the change over them where it can be told; only the line where it is not to be
    told since another column tells a change."""
    drawn = sparkline([None if each is None else float(each) for each in line.series])
    if not told:
        return html.Span(drawn, className="course-cell")
    if line.change is None or line.since is None:
        change = html.Span("–", className="ink3")
    else:
        since = say("ranking.since", period=period_of(line.since, say))
        change = html.Span(number(line.change, say, unit=False), title=since)
    return html.Span([drawn, html.Span(change, className="course-change")], className="course-cell")


def _absent(row: AgencyRow, look: Look, say: Say) -> Node:
    """An agency that did not report: dashes, a hatched bar, and how its line ran until then."""
    cells = [
        unit_cell(row, "nr", look, say)
        if name == "unit"
        else html.Td(
            absent_cell(name, row, look),
            className=f"rank-{name}",
        )
        for name in look.columns
    ]
    here = {"aria-current": "true"} if row.agency.code == look.here else {}
    return html.Tr(cells, className="unreported", **{"data-status": "nr", "data-agency": row.agency.code}, **here)


def _note(board: RankingBoard, look: Look, say: Say) -> str:
    """Of what the table is, among how many the ranks are, what movement is counted against, how lines are scaled."""
    table, whole = board.table, board.whole
    assert table is not None and whole is not None  # the caller asked
    period = board.period.text if board.period else None
    parts = [note(table, period, say) if board.improvement is None else _improved(board, board.improvement, say)]
    if any(row.rank for row in table.rows):
        parts.append(say(f"ranking.among_{table.group}", n=printed(whole.reported, say).text))
    if "course" in look.columns:
        parts.append(say("ranking.lines", n=_periods(board)))
    if board.part is not None and board.part.band is not None:
        parts.append(say("ranking.census" if board.part.certain else "ranking.census_unconfirmed"))
    if board.reports:
        parts.append(say("ranking.reports"))
    return "; ".join(parts)


def _improved(board: RankingBoard, found: Improvement, say: Say) -> str:
    """Between which periods changes are counted, of how many, by which rule."""
    if found.since is None or board.period is None:
        return say("ranking.no_change")
    periods = {"since": period_of(found.since.text, say), "period": period_of(board.period.text, say)}
    words = say("ranking.improved", n=printed(found.compared, say).text, **periods)
    return "; ".join([words, say("ranking.rule"), say("rank.ties")])
