"""Four cards of the scene of the day: the cycles of the regimes, who owes, what stands of the indicators, and what to
verify."""

from figures.node import Child, Node
from figures.squares import square
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import agency_mark, glyph, number, sentence, state
from layouts.wall_age import age
from layouts.wall_band import big
from layouts.wall_scene import part_simulated, wall_card
from layouts.words import counted, name_of
from metrics.boards.coverage import Cover
from metrics.boards.quality import Quality
from metrics.boards.today import CycleDue, Owing, TodayBoard

#: The states of an indicator as the cells stand: what is there, what is old, what is not.
_CELLS = (Cover.SHOWN, Cover.STALE, Cover.NOT_DUE, Cover.MISSING)
#: So many agencies there is room for; from so many days on a debt stands inverse.
_AGENCIES, _LONG = 9, 5


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
        age=age(board.fresh, say),
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


def owing_card(board: TodayBoard, say: Say, most: int = _AGENCIES) -> Node:
    """Who owes reports from before: the oldest debt first; `most` of them are named."""
    title = say("wall.today_owing_title")
    if not board.owing:
        text = say("reports.empty_title") if board.reports.empty else ""
        body = state(say("wall.today_nobody_owes"), text, shape="na" if board.reports.empty else "good")
        return wall_card("wall-owing", title, body, "", age=age(board.fresh, say))
    rows = [_owes(each, say) for each in board.owing[:most]]
    rest = len(board.owing) - len(rows)
    words: list[Child] = [say("wall.today_owing_order")]
    if rest:
        words.append(html.Span(say("wall.today_owing_more", count=rest), className="wall-more"))
    return wall_card(
        "wall-owing",
        title,
        html.Ul(rows, className="lags"),
        words,
        label=part_simulated(board.reports.simulated, say),
        age=age(board.fresh, say),
    )


def _owes(each: Owing, say: Say) -> Node:
    under: list[Child] = sentence(say, "wall.today_owes", n=number(each.missing, say))
    if each.reminders:
        told = {"n": number(each.reminded, say), "day": day(each.reminders[0].day)}
        under += ["; ", *sentence(say, "wall.today_reminded", **told)]
    else:
        under += ["; ", say("wall.today_not_reminded")]
    days = number(each.days, say)
    late = html.Span(days, className="inv") if each.days.quantity.number >= _LONG else html.B(days)
    words = html.Span([html.B(name_of(each.agency, say)), html.Small(under)], className="lag-words")
    return html.Li([square("missing"), words, html.Span(late)], **agency_mark(each.agency))


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
        age=age(board.fresh_covered, say),
    )


def quality_card(board: Quality, say: Say) -> Node:
    """What has to be looked into, kind by kind; whoever reported may explain it."""
    title = say("wall.today_quality")
    if not board.flags:
        nothing = state(say("wall.today_quality_none"), "", shape="good")
        return wall_card("wall-quality", title, nothing, "", age=age(board.fresh, say))
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
        age=age(board.fresh, say),
    )
