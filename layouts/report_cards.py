"""Two cards of the reports: what stands of every indicator, and every report of every agency."""

from collections.abc import Iterator
from itertools import takewhile

from figures.node import Child, Node
from figures.report_matrix import matrix, matrix_row, places
from i18n import Say
from layouts import html
from layouts.address import change, indicator_path
from layouts.parts import card, footer, head, number, plain_source, sentence, simulated, table_link
from layouts.report_words import SHAPES, report_words
from layouts.words import name_of, period_of
from metrics.boards.coverage import Cover, Coverage, Covered
from metrics.boards.expected import CYCLES, AgencyReports, Owed
from metrics.boards.reports import ReportsBoard
from metrics.reporting import TROUBLED, State

_LEGEND = (*TROUBLED[::-1], State.WAITING)
_TOTALS = (State.LATE, State.MISSING, State.REJECTED)
_GROUPS = {"ministries": ("ministry", "ministerial_agency"), "provinces": ("province",)}


def coverage_card(coverage: Coverage, filled: bool, say: Say) -> Node:
    """Every indicator as a cell by the letters of its code; below, those without a figure and who owes them."""
    counts = dict(coverage.counts)
    shown = [number(counts[Cover.SHOWN], say), "/", number(coverage.count, say)]
    groups: dict[str, list[Covered]] = {}
    for each in coverage.indicators:
        groups.setdefault("".join(takewhile(str.isalpha, each.indicator.code)), []).append(each)
    rows = [
        html.Div(
            [html.Dt(letters), html.Dd([_cell(each, letters, say) for each in found])],
            className="cover-row",
        )
        for letters, found in groups.items()
    ]
    legend = [
        html.Span([html.Span(number(count, say), className=f"cover cover-{each}"), html.Span(say(f"cover.{each}"))])
        for each, count in coverage.counts
    ]
    return card(
        [
            head(say("reports.coverage_title"), html.B(shown) if filled else None),
            html.Dl(rows, className="cover-rows"),
            html.P(legend, className="cover-legend"),
            *_folds(coverage, say),
            footer(
                plain_source(say("reports.coverage_note")),
                simulated(say, partly=True) if coverage.simulated else None,
                table_link("coverage", say) if filled else None,
            ),
        ],
        simulated=coverage.simulated,
        name="card card-coverage",
    )


def _cell(each: Covered, letters: str, say: Say) -> Node:
    name = f"{name_of(each.indicator, say)}: {say(f'cover.{each.state}')}"
    name += f" ({say('label.simulated')})" if each.simulated else ""
    return html.A(
        each.indicator.code.removeprefix(letters) or letters,
        href=indicator_path(each.indicator.code),
        className=f"cover cover-{each.state}",
        title=name,
        **{"aria-label": name, "data-cover": str(each.state)},
    )


def _folds(coverage: Coverage, say: Say) -> Iterator[Node]:
    """The indicators without a figure for the current period, each with who owes it."""
    for wanted in (Cover.STALE, Cover.MISSING, Cover.NOT_DUE):
        found = [each for each in coverage.indicators if each.state is wanted]
        if found:
            yield html.Details(
                [html.Summary(say(f"reports.without_{wanted}")), html.Ul([_owed(each, say) for each in found])],
                className="cover-fold",
            )


def _owed(each: Covered, say: Say) -> Node:
    who: Child = say("reports.owed_nation")
    if each.owing is not None:
        who = sentence(say, "reports.owed", count=number(each.owing, say))
    last = say("reports.last", period=period_of(each.period.text, say)) if each.period else None
    return html.Li([f"{each.indicator.code} {name_of(each.indicator, say)}", html.Small([who, last])])


def matrix_card(board: ReportsBoard, say: Say) -> Node:
    """Every agency with a mark for each report: those that miss some first, provinces that miss none folded."""
    groups = [sum(each.regime.periodicity == name for each in board.owed) for name in CYCLES]
    rows: list[Node] = []
    for group, kinds in _GROUPS.items():
        found = [each for each in board.agencies if each.agency.kind in kinds]
        if found:
            rows.append(html.Tr(html.Td(say(f"reports.group_{group}"), colSpan=6), className="matrix-group"))
            rows += [
                _row(each, groups, board, say) for each in found if not each.folded or each.agency == board.agency
            ]
    count, late = (number(each, say) for each in board.folded)
    rest = sentence(say, "reports.folded", count=count, late=late) if board.folded[0].quantity.number else None
    legend = [html.Span([html.Span(className=f"matrix-key mark-{each}"), say(f"report.{each}")],
                        className="legend-part") for each in (State.ON_TIME, *_LEGEND)]  # fmt: skip
    heads = [html.Th(say(f"reports.total_{name}"), scope="col") for name in ("due", *_TOTALS)]
    return card(
        [
            head(
                sentence(say, "reports.matrix_title", count=number(board.regimes, say)),
                html.Span([*legend, html.Span(say("reports.not_owed"), className="legend-part")], className="legend"),
            ),
            matrix(
                html.Table(
                    [
                        html.Thead(
                            html.Tr([html.Th(say("reports.agency"), scope="col"), _cycles(groups, say), *heads])
                        ),
                        html.Tbody(rows),
                    ],
                    className="matrix",
                ),
                [_column(each, say) for each in board.owed],
                groups,
                {str(state): (shape, say(f"report.{state}")) for state, shape in SHAPES.items()},
            ),
            html.P(rest, className="method") if rest else None,
            footer(
                plain_source(say("reports.matrix_note")),
                simulated(say) if board.simulated else None,
                table_link("matrix", say),
            ),
        ],
        simulated=board.simulated,
        name="card card-matrix",
    )


def _column(each: Owed, say: Say) -> tuple[str, str]:
    """A regime, and which report of it a column is of."""
    return name_of(each.regime, say), report_words(each, say)


def _cycles(groups: list[int], say: Say) -> Node:
    """The names of the cycles over their columns."""
    lefts, width = places(groups)
    names, at = [], 0
    for name, count in zip(CYCLES, groups, strict=True):
        if count:
            style = {"left": f"{100 * lefts[at] / width:.2f}%", "width": f"{100 * 5 * count / width:.2f}%"}
            names.append(html.Span(say(f"reports.cycle_{name}"), className="matrix-cycle", style=style))
        at += count
    return html.Th(names, scope="col", className="matrix-marks")


def _row(each: AgencyReports, groups: list[int], board: ReportsBoard, say: Say) -> Node:
    name = name_of(each.agency, say)
    drawn = matrix_row({str(state): found for state, found in each.columns}, groups,
                       say("reports.row_described", name=name))  # fmt: skip
    here = {"aria-current": "true"} if each.agency == board.agency else {}
    cells = [html.Td(number(each.count(state), say), className=f"total-{state}") for state in _TOTALS]
    return html.Tr(
        [
            html.Th(html.A(name, href=change(agency=each.agency.code)), scope="row"),
            html.Td(drawn, className="matrix-marks"),
            html.Td(number(each.due, say)),
            *cells,
        ],
        **{"data-agency": each.agency.code},
        **here,
    )
