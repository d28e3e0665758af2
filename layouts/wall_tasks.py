"""The scene of the directives: their dates on lanes, what is past its date or has none, and the national systems."""

from collections.abc import Callable, Iterator, Sequence

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.directive import SHAPES
from layouts.laggards import laggard_line
from layouts.parts import agency_mark, number, sentence, state
from layouts.system import STAGES
from layouts.task_twins import laggards_twin, register_twin, systems_twin
from layouts.wall_age import age
from layouts.wall_lanes import doubt_words, lanes_drawn, owner_name, short_name
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card
from layouts.wall_systems import stages_card, systems_card
from layouts.words import begun, counted, in_sentence, name_of
from metrics.boards.directive import Version
from metrics.boards.systems import SystemsBoard
from metrics.boards.tasks import Lane, TasksBoard
from metrics.figure import Figure
from metrics.obligations import PASSED, Standing

#: So many lanes and rows of the list there is room for.
_LANES, _ROWS = 9, 5
#: From ten metres so many lanes.
_FAR = 5
#: Percent of the days that a letter needs, and from ten metres.
_LETTER, _FAR_LETTER = 1.6, 1.95
#: What the shapes mean, the gravest first; only those that the scene shows are told.
_SIGNS = ("overdue", "nr", "watch", "good", "na", "met", "unmet")
_MOST_SIGNS = 6
#: What changed, in the order in which it is told, and how many of them.
_CHANGED = ("newly_late", "done", "given", "told", "milestones")
_TOLD = 2

Tasks = Callable[[], TasksBoard]
Systems = Callable[[], SystemsBoard]


def scene(named: tuple[str, int], tasks: Tasks, systems: Systems, say: Say) -> Scene:
    """The scene; `named` is its name and how many seconds it stays."""
    name, seconds = named
    return Scene(
        name,
        "tasks",
        seconds,
        title=lambda: [say("wall.tasks_title"), html.Span(say("wall.tasks_title_more"), className="wall-title-more")],
        answers=lambda: (_in_time(tasks(), say), _behind(tasks(), say), _changed(tasks(), say)),
        parts={
            "lanes": lambda: _lanes(tasks(), say),
            "urgent": lambda: _urgent(tasks(), say),
            "systems": lambda: systems_card(systems(), say),
        },
        body=[html.Part(own(name, part)) for part in ("lanes", "urgent", "systems")],
        foot=lambda: _foot(tasks(), systems(), say),
        boards=lambda: [tasks(), systems()],
        far=(
            Far(0, {"urgent": lambda: _urgent(tasks(), say, far=True)}),
            Far(1, {"lanes": lambda: _lanes(tasks(), say, far=True)}),
            Far(2, {"stages": lambda: stages_card(systems(), say)}),
        ),
        twins={
            "lanes": lambda: register_twin(tasks().directives, say),
            "urgent": lambda: laggards_twin(tasks().directives.laggards, say),
            "systems": lambda: systems_twin(systems(), say),
        },
    )


# Answers


def _in_time(board: TasksBoard, say: Say) -> Answer:
    found, question = board.directives, say("wall.tasks_ask")
    if found.empty:
        return Answer(question, say("wall.tasks_none_given"), say("wall.tasks_none_given_under"), "na")
    no_date = dict(found.counts)[Standing.NO_DATE]
    dateless: Child = say("wall.tasks_all_dated")
    if no_date.quantity.number:
        dateless = sentence(say, "wall.tasks_dateless", n=number(no_date, say), of=number(found.count, say))
    silent = found.silent.quantity.number
    if found.overdue.quantity.number:
        words, shape = sentence(say, "wall.tasks_overdue", n=number(found.overdue, say)), "overdue"
    elif silent:
        words, shape = sentence(say, "wall.tasks_passed", n=number(found.silent, say)), "nr"
    else:
        words, shape = [say("wall.tasks_none_overdue")], "good"
    return Answer(question, words, dateless, shape, part_simulated(found.simulated, say, partly=True))


def _behind(board: TasksBoard, say: Say) -> Answer:
    """Whom a source names as late; that a date passed in silence names nobody."""
    question = say("wall.ask_behind")
    if board.named:
        (agency, worst), simulated = board.named[0], any(entry.simulated for _, entry in board.named)
        words = sentence(say, "wall.tasks_agencies", n=number(board.agencies, say))
        days = number(worst.days, say) if worst.days else ""
        under = sentence(say, "wall.tasks_longest", agency=name_of(agency, say), days=days)
        return Answer(question, words, under, "overdue", part_simulated(simulated, say, partly=True))
    if board.withheld.quantity.number:
        withheld = sentence(say, "wall.tasks_withheld", n=number(board.withheld, say))
        return Answer(question, say("wall.tasks_nobody_named"), withheld, "na")
    if board.directives.silent.quantity.number:
        return Answer(question, say("wall.tasks_nobody_named"), say("wall.tasks_no_evidence"), "na")
    return Answer(question, say("wall.tasks_nobody"), None, "good")


def _changed(board: TasksBoard, say: Say) -> Answer:
    changes = board.changes
    question = say("wall.ask_changed", day=day(changes.since)[:5])
    label = part_simulated(changes.simulated, say)
    counted: list[tuple[str, Figure]] = [(name, getattr(changes, name)) for name in _CHANGED]
    told = [(name, figure) for name, figure in counted if figure.quantity.number][:_TOLD]
    under = say("wall.tasks_last", day=day(changes.last)) if changes.last else say("wall.tasks_nothing_told")
    if not told:
        return Answer(question, say("wall.tasks_nothing_new"), under, None, label)
    words: list[Child] = []
    for name, figure in told:
        words += [", "] if words else []
        words += sentence(say, f"wall.tasks_new_{name}", n=number(figure, say))
    return Answer(question, words, under, "nr" if told[0][0] == "newly_late" else None, label)


# Lanes


def _lanes(board: TasksBoard, say: Say, *, far: bool = False) -> Node:
    title = say("wall.tasks_lanes_title")
    if not board.lanes:
        text = (
            say("wall.tasks_no_dates")
            if board.directives.count.quantity.number
            else say("wall.tasks_none_given_under")
        )
        return wall_card("wall-lanes", title, state(say("wall.tasks_no_dates_title"), text, shape="na"), "")
    shown = board.lanes[: _FAR if far else _LANES]
    legend = [
        html.Span([html.Span(className=f"lane-key lane-key-{name}"), say(f"wall.tasks_key_{name}")])
        for name in ("missed", "ahead", "silent", "late", "again", "document")
    ]
    passed = [each.directive.code for each in board.lanes if each.directive.standing in PASSED]
    rest = len(board.lanes) - len(shown)
    more = html.Span(say("wall.tasks_more", count=rest), className="wall-more") if rest else None
    return wall_card(
        "wall-lanes",
        [title, more],
        lanes_drawn(shown, board.directives.at, say, _FAR_LETTER if far else _LETTER),
        html.Span(legend, className="wall-legend"),
        label=part_simulated(any(each.directive.simulated for each in shown), say, partly=True),
        age=age(board.fresh, say),
        marks={"data-passed": " ".join(sorted(passed))} if passed else None,
    )


# The list


def _urgent(board: TasksBoard, say: Say, *, far: bool = False) -> Node:
    """Who must be asked next: what is overdue, past its date or nearest, and how many have no date at all."""
    found = board.directives
    rows = [_row(lane, say) for lane in board.lanes if not lane.finished]
    overdue = bool(found.overdue.quantity.number)
    title = say("wall.tasks_list_overdue") if overdue else say("wall.tasks_list")
    body: list[Child] = [html.Ul(rows[:_ROWS], className="lags")]
    if not rows:
        words = say("wall.tasks_none_given_under") if found.empty else say("wall.tasks_none_ahead_under")
        body = [state(say("wall.tasks_none_ahead"), words, shape="na")]
    rest = len(rows) - _ROWS
    no_date = dict(found.counts)[Standing.NO_DATE]
    if no_date.quantity.number and not far:
        body.append(_dateless(no_date, found.count, say))
    words = say("wall.tasks_order")
    return wall_card(
        "wall-urgent",
        title,
        body,
        [words, html.Span(say("wall.tasks_more", count=rest), className="wall-more")] if rest > 0 else words,
        label=part_simulated(any(lane.directive.simulated for lane in board.lanes[:_ROWS]), say, partly=True),
        age=age(board.fresh, say),
    )


def _dateless(no_date: Figure, count: Figure, say: Say) -> Node:
    parts = html.B([number(no_date, say), "/", number(count, say)])
    words = html.Span(counted("wall.tasks_unmeasured_under", count, say))
    return html.Div([html.H3(say("wall.tasks_unmeasured")), html.P([parts, words])], className="wall-dateless")


def _row(lane: Lane, say: Say) -> Node:
    """Shape, task, who leads it, days, and which date; a missed date that was set again stays before the new one."""
    each, lead = lane.directive, lane.directive.lead
    title, owner, mark = short_name(each, say), owner_name(each, say), agency_mark(each.owner)
    doubt_of = doubt_words(lead, say)
    under = say("wall.tasks_owner_event", owner=owner, event=say(f"event.{lead.demand.event}"))
    under = f"{owner}; {doubt_of}" if doubt_of else under
    if each.standing is Standing.OVERDUE:
        when = say("wall.tasks_set_again", due=day(lane.reset)) if lane.reset else _due(lead, say)
        late = [html.Span(_days(lead, say), className="inv"), html.Small(when)]
        return laggard_line("overdue", title, under, late, mark)
    if lane.missed is not None and lane.reset is not None:
        version = lane.missed.version
        first = say("wall.tasks_first_due", due=day(lane.missed.on))
        doubt = version.demand.due_certainty
        # A date that nobody confirmed names nobody.
        if doubt == "sourced":
            first = f"{owner}, {in_sentence(first)}"
        else:
            first = begun(say("wall.tasks_owner_doubtful", owner=first, doubt=say(f"wall.tasks_doubt_{doubt}")))
        late = [html.B(sentence(say, "wall.tasks_missed_by", days=_days(version, say)))]
        when = say("wall.tasks_set_again", due=day(lane.reset))
        return laggard_line("crossed", title, first, [*late, html.Small(when)], mark)
    key = "wall.tasks_past" if each.standing is Standing.UNKNOWN else "directives.days_left"
    left = html.B(sentence(say, key, days=_days(lead, say)), className=_soon(each.standing))
    return laggard_line(SHAPES[each.standing], title, under, [left, html.Small(_due(lead, say))], mark)


def _days(version: Version, say: Say) -> Node | None:
    return number(version.days, say) if version.days else None


def _due(version: Version, say: Say) -> str:
    return say("wall.tasks_due", due=day(version.due) if version.due else "")


def _soon(standing: Standing) -> str | None:
    return "lag-soon" if standing is Standing.AT_RISK else None


def _foot(tasks: TasksBoard, systems: SystemsBoard, say: Say) -> Sequence[Child]:
    used = {*_shapes(tasks), *(STAGES[each.stage] for each in systems.systems)}
    shown = [(shape, say(f"wall.tasks_sign_{shape}")) for shape in _SIGNS if shape in used][:_MOST_SIGNS]
    return signs(shown, "")


def _shapes(board: TasksBoard) -> Iterator[str]:
    yield from (SHAPES[lane.directive.standing] for lane in board.lanes)
