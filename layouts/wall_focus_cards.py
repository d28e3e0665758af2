"""The cards of one agency on a wall: its rank, its figures, its services, its reports, and what it has to do."""

from itertools import accumulate
from textwrap import wrap

from figures.node import Child, Node
from figures.squares import squares
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.directive import SHAPES, days_words, due_words
from layouts.duties import named_lines, role_word
from layouts.laggards import laggard_line
from layouts.parts import figure_link, glyph, number, sentence, state
from layouts.rank import Look, absent_row, rank_table, ranked_row
from layouts.usage_card import usage_shares
from layouts.wall_age import age
from layouts.wall_band import report_key
from layouts.wall_lanes import short_name, short_system
from layouts.wall_scene import part_simulated, wall_card, with_note
from layouts.words import in_sentence, period_of, short_period, standing_word, tiny_of, title_of
from metrics.boards.directive import Directive
from metrics.boards.duties import Duties
from metrics.boards.ministry import MinistryBoard
from metrics.boards.own_figures import OwnFigure
from metrics.boards.own_reports import OwnReports
from metrics.boards.province import ProvinceBoard
from metrics.boards.ranking import RankingBoard
from metrics.figure import Figure
from metrics.reporting import State

#: So many figures the card has room for.
MOST_OWN = 12
_LOOK = ("no", "unit", "bar", "value", "move")
#: The states of its reports as the squares stand; what is not due yet has none.
_STATES = (State.ON_TIME, State.LATE, State.REJECTED, State.WAITING, State.MISSING)
#: So many letters stand on a line of what it has to do: of a title with its days, and of what stands under them.
_ON_A_LINE = (46, 50)
#: So many national systems are named.
_MOST_SYSTEMS = 3


def ranking_card(board: RankingBoard, code: str, say: Say, *, most: int | None = None) -> Node:
    """Every agency of its group by rank, the own one marked; `most` keeps those around it."""
    table, title = board.table, say("rank.title", indicator=tiny_of(board.indicator, say))
    if table is None or not table.members:
        nothing = state(say("rank.nobody_title"), say("rank.nobody"), shape="na")
        return wall_card("wall-rank wall-ranks", title, nothing, "")
    look = Look(_LOOK, terms=False, here=code)
    members = [*table.rows, *table.unreported]
    codes = [row.agency.code for row in members]
    at = codes.index(code) if code in codes else 0
    first = 0 if most is None else max(0, min(at - most // 2, len(members) - most))
    shown = members[first : None if most is None else first + most]
    rows = [(absent_row if row.value is None else ranked_row)(row, look, say) for row in shown]
    count = sentence(say, "rank.reported", n=number(table.reported, say), owing=number(table.owing, say))
    words: list[Child] = []
    for key, figure in (("wall.target_marked", table.target), ("wall.path_marked", table.path)):
        words += [*sentence(say, key, value=number(figure, say)), "; "] if figure is not None else []
    if board.period is not None:
        told = say("rank.period", period=period_of(board.period.text, say))
        words.append(in_sentence(told) if words else told)
    return wall_card(
        "wall-rank wall-ranks",
        with_note(title, count),
        rank_table(rows, table, board.nation, look, say),
        words,
        label=part_simulated(table.simulated, say),
        age=age(board.fresh, say),
    )


def out_of(rank: Figure | None, among: Figure, say: Say) -> Child:
    """A rank and of how many; that nothing was reported where there is none."""
    return [number(rank, say), "/", number(among, say)] if rank is not None else say("rank.absent")


def figures_card(board: ProvinceBoard | MinistryBoard, say: Say, *, most: int = MOST_OWN) -> Node:
    """Its latest figures: value, standing, distance to the path, rank. Where there are more than `most`, those held
    against a path come first; a few stand in one column."""
    own = board.own
    if not own:
        return wall_card("wall-own", say("own.title"), state(say("wall.focus_never"), ""), "")
    title = sentence(say, "wall.focus_figures", n=str(len(own)))
    left = len(own) - most
    shown = sorted(own, key=lambda each: each.row.gap is None)[:most] if left > 0 else own
    rows = [_figure(each, say) for each in shown]
    simulated = [each.row.simulated for each in own]
    label = part_simulated(any(simulated), say, partly=not all(simulated))
    told = say("wall.focus_figures_foot") + (f"; {say('wall.focus_more', count=left)}" if left > 0 else "")
    parts = (rows[::2], rows[1::2]) if most == MOST_OWN else (rows,)
    halves = [html.Table(html.Tbody(part), className="wall-rows") for part in parts]
    body, aged = html.Div(halves, className="wall-halves"), age(board.fresh.own, say)
    return wall_card("wall-own", with_note(title, told), body, None, label, age=aged)


def _figure(each: OwnFigure, say: Say) -> Node:
    status = each.row.judgement.status
    word = standing_word(status, say, aimed=each.row.target is not None)
    under: list[Child] = [short_period(each.period.text), ", ", in_sentence(word)]
    if each.row.gap is not None:
        under += [", ", number(each.row.gap, say)]
    name = [glyph(str(status)), html.B(title_of(each.indicator, say)), html.Small(under)]
    rank = out_of(each.row.rank, each.reported, say) if each.row.rank is not None else "–"
    value = figure_link(each.row.value, say) if each.row.value else "–"
    cells = [
        html.Th(name, scope="row"),
        html.Td(value, className="wall-value"),
        html.Td(rank, className="wall-of-all"),
    ]
    return html.Tr(cells, **{"data-status": str(status)})


def usage_card(board: ProvinceBoard | MinistryBoard, say: Say) -> Node:
    """How its services were used in the latest whole month."""
    usage = board.usage
    shares = usage_shares(usage, say) if usage is not None else None
    body = shares or state(say("wall.focus_no_usage"), "", shape="na")
    label = part_simulated(usage is not None and usage.simulated, say)
    aged = age(board.fresh.usage, say)
    return wall_card("wall-services", say("wall.focus_usage"), body, None, label, age=aged)


def reports_card(own: OwnReports, say: Say) -> Node:
    """The reports it owed last, a square each."""
    title, found = say("wall.focus_reports"), dict(own.counts)
    if not found:
        return wall_card("wall-own-reports", title, state(say("wall.focus_no_reports"), "", shape="na"), "")
    shown = [(str(each), found[each]) for each in _STATES if each in found]
    drawn = squares([(each, int(count.quantity.number)) for each, count in shown], title)
    body = [drawn, html.P([report_key(each, count, say) for each, count in shown], className="due-key")]
    label, aged = part_simulated(own.simulated, say), age(own.fresh, say)
    return wall_card("wall-own-reports", title, body, None, label, age=aged)


def duties_card(
    board: ProvinceBoard | MinistryBoard, say: Say, *, lines: int, letters: tuple[int, int] = _ON_A_LINE
) -> Node:
    """What it must be named for, its own directives, those of everybody, in at most so many lines, of which each has
    so many `letters` of a title and its days, or of what stands under them; its systems come last."""
    title, duties = say("duties.title"), board.duties
    if duties is None:
        return wall_card("wall-duties wall-people", title, state(say("wall.focus_no_duties"), "", shape="na"), "")
    systems = [_systems(duties, say)] if duties.systems else []
    named = named_lines(duties, say)
    directives = [_directive(each, duties, say) for each in (*duties.own, *duties.shared)]
    room = lines - sum(_height(each, letters) for each in systems)
    every = [*named, *directives]
    # What stands first is shown, however long it is.
    taken = accumulate(_height(each, letters) for each in every)
    first = every[: max(1, sum(height <= room for height in taken))]
    left = len(every) - len(first)
    if not first and not systems:
        return wall_card(
            "wall-duties wall-people", title, state(say("wall.focus_nothing_named"), "", shape="good"), ""
        )
    foot = [
        say("wall.focus_as_of", day=day(board.at)),
        *(["; ", say("wall.focus_more", count=left)] if left > 0 else []),
    ]
    return wall_card(
        "wall-duties wall-people",
        title,
        html.Ul([*first, *systems], className="lags"),
        foot,
        label=part_simulated(duties.simulated, say, partly=True),
        age=age(board.fresh.duties, say),
    )


def _height(entry: Node, letters: tuple[int, int]) -> int:
    """How many lines an entry takes: its title beside its days, and what stands under both."""
    _, words, late = entry.children
    assert isinstance(words, Node) and isinstance(late, Node)
    title, under = (each.text for each in words.children if isinstance(each, Node))
    beside = max(letters[0] - len(late.text) - 2, letters[0] // 3)
    return len(wrap(title, beside)) + len(wrap(under, letters[1]))


def _directive(each: Directive, duties: Duties, say: Say) -> Node:
    """A directive by its short name: its role in it, its dates, and how many days are left or gone."""
    role = say("wall.focus_everybody") if each.everybody else role_word(each, duties, say)
    under = html.Span([role, "; ", due_words(each, say)], className="duty-dates")
    return laggard_line(SHAPES[each.standing], short_name(each, say), under, days_words(each.lead, say))


def _systems(duties: Duties, say: Say) -> Node:
    """The national systems it owns or shares in, each with how far it is told to have come."""
    title = say("duties.systems", count=len(duties.systems))
    named, left = duties.systems[:_MOST_SYSTEMS], len(duties.systems) - _MOST_SYSTEMS
    names = [f"{short_system(each, say)} ({in_sentence(say(f'stage.{each.stage}'))})" for each in named]
    names += [say("wall.focus_more", count=left)] if left > 0 else []
    return laggard_line("na", title, ", ".join(names), None)
