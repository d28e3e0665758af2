"""Cards of the scene of the day: what is digitised, the cycles of the regimes, what stands of the indicators, what to
verify."""

from figures.node import Child, Node
from figures.squares import square
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import glyph, number, sentence, state
from layouts.wall_scene import part_simulated, wall_card
from layouts.words import counted
from metrics.boards.coverage import Cover
from metrics.boards.quality import Quality
from metrics.boards.today import CycleDue, TodayBoard
from metrics.figure import Figure

#: The states of an indicator as the cells stand: what is there, what is old, what is not.
_CELLS = (Cover.SHOWN, Cover.STALE, Cover.NOT_DUE, Cover.MISSING)


def digitised(board: TodayBoard, say: Say) -> Node:
    """How many regimes are digitised: hatched where no source tells; no date was set, so that nothing is judged."""
    reports = board.reports
    named = counted("wall.today_digitised", reports.regimes, say)
    if reports.digitised is None:
        head = big(["–/", number(reports.regimes, say)], named)
        bar: Node = html.Span(className="hatch due-hatch")
        words: Child = say("wall.today_untold")
    else:
        yes, told = reports.digitised
        head = big([number(yes, say), "/", number(reports.regimes, say)], named)
        share = 100 * float(yes.quantity.number) / max(1.0, float(reports.regimes.quantity.number))
        bar = html.Span(html.Span(style={"width": f"{share:.2f}%"}), className="due-share")
        words = sentence(say, "wall.today_told", n=number(told, say))
    aim = say("wall.today_no_due") if reports.digitising else say("reports.tile_no_target")
    return html.Div([head, bar, html.P([html.Span(words), html.Span(aim)], className="due-key")])


def big(figures: list[Child], words: Child) -> Node:
    """A large number and what it is of."""
    return html.P([html.B(figures), html.Span(words)], className="due-big")


def report_key(sign: str, count: Figure, say: Say, key: str = "") -> Node:
    """What a square means, and how many of it there are; `key` names other words than those of the state."""
    words = say(key) if key else say(f"wall.today_key_{sign}")
    return html.Span([square(sign), html.B(number(count, say)), words])


def cycles_card(board: TodayBoard, say: Say) -> Node:
    """How many regimes there are of each cycle, and when they are due."""
    title = sentence(say, "wall.today_cycles", n=number(board.reports.regimes, say))
    if not board.cycles:
        body = state(say("reports.empty_title"), say("wall.today_no_regimes_under"), shape="na")
        return wall_card("wall-cycles", say("wall.today_cycles_title"), body, "")
    most = max(float(each.regimes.quantity.number) for each in board.cycles)
    rows = [_cycle(each, most, say) for each in board.cycles]
    return wall_card(
        "wall-cycles",
        title,
        html.Ul(rows, className="cycle-list"),
        say("wall.today_cycles_note"),
        label=part_simulated(board.reports.simulated, say),
    )


def _cycle(each: CycleDue, most: float, say: Say) -> Node:
    width = 100 * float(each.regimes.quantity.number) / most
    if each.due.quantity.number:
        when: Child = sentence(say, "wall.today_due_now", n=number(each.due, say))
    else:
        when = say("wall.today_due_next", day=day(each.next_due)) if each.next_due else say("wall.today_due_none")
    bar = html.Span(html.Span(style={"width": f"{width:.2f}%"}), className="cycle-bar", **{"aria-hidden": "true"})
    return html.Li(
        [html.Span(say(f"reports.cycle_{each.name}")), bar, html.B(number(each.regimes, say)), html.Span(when)]
    )


def coverage_card(board: TodayBoard, say: Say) -> Node:
    """Every indicator as a cell: whether a figure stands for its current period. Without a date nothing is judged."""
    found = board.reports.coverage
    counts = dict(found.counts)
    title = say("wall.today_coverage")
    if not found.indicators:
        return wall_card("wall-coverage", title, state(say("cover.missing"), "", shape="na"), "")
    shown: list[Child] = [number(counts[Cover.SHOWN], say), "/", number(found.count, say)]
    cells = [
        html.Span(className=f"cell cell-{'new' if each.indicator.code in board.newly_covered else wanted}")
        for wanted in _CELLS
        for each in sorted(found.indicators, key=lambda one: one.indicator.code in board.newly_covered)
        if each.state is wanted
    ]
    key = [
        html.Span([html.Span(className=f"cell cell-{each}"), html.B(number(counts[each], say)), say(f"cover.{each}")])
        for each in _CELLS
        if counts[each].quantity.number
    ]
    if board.covered.quantity.number:
        words = sentence(say, "wall.today_since", n=number(board.covered, say))
        key.insert(1, html.Span([html.Span(className="cell cell-new"), words]))
    only = board.simulated_only
    note = sentence(say, "wall.today_simulated_only", n=number(only, say)) if only.quantity.number else None
    return wall_card(
        "wall-coverage",
        title,
        [
            big(shown, counted("wall.today_coverage_under", found.count, say)),
            html.Div(cells, className="cells", role="img", **{"aria-label": title}),
            html.P(key, className="due-key"),
        ],
        note,
        label=part_simulated(found.simulated, say, partly=True),
    )


def quality_card(board: Quality, say: Say) -> Node:
    """What has to be looked into, kind by kind; whoever reported may explain it."""
    title = say("wall.today_quality")
    if not board.flags:
        return wall_card("wall-quality", title, state(say("wall.today_quality_none"), "", shape="good"), "")
    rows = [
        html.Li([glyph("watch"), html.Span(say(f"wall.today_flag_{each.kind}")), html.B(number(each.count, say))])
        for each in board.flags
    ]
    return wall_card(
        "wall-quality",
        title,
        html.Ul(rows, className="flag-list"),
        say("wall.today_quality_note"),
        label=part_simulated(board.simulated, say, partly=True),
    )
