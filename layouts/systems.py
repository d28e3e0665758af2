"""The national systems on a page: the answer, every system, one in full, who is connected, and what is shared."""

from collections.abc import Callable, Iterator

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import Visit, change, indicator_path
from layouts.notices import notices
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    head,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
)
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.system import (
    STAGES,
    detail_card,
    owner_words,
    plan_words,
    purpose,
    step_name,
    target_words,
    value_words,
)
from layouts.task_twins import connections_twin, shared_twin, systems_twin
from layouts.words import name_of, source_title
from metrics.boards.systems import Linked, NationalSystem, Step, SystemsBoard

_COLUMNS = ("system", "owner", "last", "planned", "figure")


def page(board: SystemsBoard, visit: Visit, say: Say) -> Page:
    """The screen in its parts."""
    parts: dict[str, Callable[[], Child]] = {
        "answer": lambda: titled(_answer(board, say), _facts(board, say), say),
        "notices": lambda: notices(visit, say),
    }
    if board.empty:
        text = state(say("systems.empty_title"), say("systems.empty"), shape="na")
        parts["empty"] = lambda: card([text])
        return Page({"frame": lambda: frame("systems", say, [html.Part("empty")]), **parts})
    parts |= {
        "register": lambda: _register(board, say),
        "detail": lambda: detail_card(board.chosen, say) if board.chosen else None,
        "connections": lambda: _connections(board, say),
        "shared": lambda: _shared(board, say),
    }
    body = html.Div(
        [html.Part("register"), html.Part("detail"), html.Part("connections"), html.Part("shared")],
        className="grid-systems",
    )
    twins = {
        "register": lambda: systems_twin(board, say),
        "connections": lambda: connections_twin(board, say),
        "shared": lambda: shared_twin(board, say),
    }
    return Page({"frame": lambda: frame("systems", say, body), **parts}, twins, board)


def _answer(board: SystemsBoard, say: Say) -> Child:
    if board.empty:
        return say("systems.answer_none")
    counts = {"count": board.count, "running": board.running, "silent": board.silent}
    return sentence(say, "systems.answer", **{name: number(figure, say) for name, figure in counts.items()})


def _facts(board: SystemsBoard, say: Say) -> list[Node]:
    """How many systems are how far, each stage with its shape: the legend of the table."""
    if board.empty:
        return []
    facts = [
        html.Span(
            [glyph(STAGES[stage]), " ", say(f"stage.{stage}"), " ", number(count, say)],
            className="answer-fact stage-count",
        )
        for stage, count in board.counts
        if count.quantity.number
    ]
    return [*facts, html.Span(simulated(say, partly=True), className="label")] if board.simulated else facts


def _register(board: SystemsBoard, say: Say) -> Node:
    heads = [html.Th(say(f"systems.head_{name}"), scope="col", className=f"sys-{name}") for name in _COLUMNS]
    rows = [_row(each, board, say) for each in board.systems]
    milestones = sentence(say, "systems.milestones", count=number(board.milestones, say))
    return card(
        [
            head(say("systems.title"), milestones),
            html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="tasks systems"),
            footer(
                plain_source(say("systems.note")),
                simulated(say, partly=True) if board.simulated else None,
                table_link("register", say),
            ),
        ],
        simulated=board.simulated,
        name="card card-register",
    )


def _row(each: NationalSystem, board: SystemsBoard, say: Say) -> Node:
    shape = STAGES[each.stage]
    name = html.A(name_of(each.system, say), href=change(system=each.system.code), className="task-name")
    about = purpose(each, say)
    cells = [
        html.Th(
            html.Span(
                [glyph(shape, say(f"stage.{each.stage}")), name, html.Small(about, title=about)],
                className="task-cell",
            ),
            scope="row",
            className="sys-system",
        ),
        html.Td(owner_words(each, say), className="sys-owner"),
        html.Td(_last(each, say), className="sys-last"),
        _cell([_plan(step, say) for step in each.planned], "sys-planned"),
        _cell([_figure(linked, say) for linked in (*each.connects, *each.linked)], "sys-figure"),
    ]
    here = {"aria-current": "true"} if board.chosen and each.system.code == board.chosen.system.code else {}
    marks = {"data-simulated": "true"} if each.simulated else {}
    return html.Tr(
        cells,
        **{"data-system": each.system.code, "data-status": shape, "data-stage": str(each.stage)},
        **here,
        **marks,
    )


def _last(each: NationalSystem, say: Say) -> Child:
    """What was told of it last, on which day and by whom."""
    if not each.told:
        return html.Span(say("systems.nothing"), className="ink3")
    step = each.told[0]
    source = source_title(step.source, say)
    by = say("systems.told_by", day=day(step.on), source=source)
    short = say("systems.told_short", day=day(step.on), code=step.source.code)
    return [step_name(step, say), html.Small(short, title=by, className="sys-by")]


def _cell(lines: list[Node], name: str) -> Node:
    """A cell of lines; a dash where there is none, which a phone leaves out."""
    return html.Td(lines or "–", className=name if lines else f"{name} blank")


def _plan(step: Step, say: Say) -> Node:
    event = say(f"milestone.{step.milestone.event}")
    return html.Span(
        [
            *sentence(say, "directives.due_of", due=html.B(day(step.on)), event=event),
            html.Small(plan_words(step, say), className="days-unknown" if step.silent else None),
        ],
        className="due-row",
    )


def _figure(linked: Linked, say: Say) -> Node:
    """A figure that speaks of the system by its code; words where nothing is known of it."""
    code = html.A(linked.indicator.code, href=indicator_path(linked.indicator.code),
                  title=name_of(linked.indicator, say))  # fmt: skip
    value: Child = html.Small(say("status.never"))
    if linked.value is not None:
        value = html.B(figure_link(linked.value, say), className="sim-value" if linked.simulated else None)
    return html.Span([code, " ", value], className="due-row")


def _connections(board: SystemsBoard, say: Say) -> Node:
    """Who is connected, as far as a source says; a published share is not a list of agencies."""
    rows = list(_connected(board, say))
    told = [linked for each in board.systems for linked in each.connects]
    is_simulated = any(linked.simulated for linked in told)
    body = [html.Dl(rows, className="connections")] if rows else [_no_connections(say)]
    return card(
        [
            head(say("systems.connections")),
            *body,
            footer(
                plain_source(say("systems.no_list")),
                simulated(say, partly=True) if is_simulated else None,
                table_link("connections", say) if told else None,
            ),
        ],
        simulated=is_simulated,
        name="card card-connections",
    )


def _no_connections(say: Say) -> Node:
    return state(say("status.never"), say("systems.no_connections"))


def _connected(board: SystemsBoard, say: Say) -> Iterator[Node]:
    for each in sorted(board.systems, key=lambda one: one.system.code):
        counted = [step for step in each.told if step.milestone.event == "connect"] if each.connects else []
        for linked in each.connects:
            lines: list[Child] = [html.Span(value_words(linked, say), className="fact-line")]
            if linked.source is not None and not linked.simulated:
                lines.append(html.Small(source_title(linked.source, say), className="fact-line"))
            aim = target_words(linked, say)
            lines += [html.Span(aim, className="fact-line")] if aim is not None else []
            yield _pair(each, name_of(linked.indicator, say), lines, say)
        for step in counted:
            source = say("systems.told_by", day=day(step.on), source=source_title(step.source, say))
            lines = [html.Span(step_name(step, say), className="fact-line"),
                     html.Small(source, className="fact-line")]  # fmt: skip
            yield _pair(each, say("systems.counted"), lines, say)


def _pair(each: NationalSystem, what: str, lines: list[Child], say: Say) -> Node:
    name = html.A(name_of(each.system, say), href=change(system=each.system.code), className="task-name")
    return html.Div([html.Dt([name, html.Small(what)]), html.Dd(lines)], className="connection")


def _shared(board: SystemsBoard, say: Say) -> Node:
    """Which platforms are to be shared, against everybody building their own."""
    if not board.shared:
        body: list[Node] = [state(say("systems.shared_none_title"), say("systems.shared_none"), shape="na")]
    else:
        counts = {"count": number(board.shared_count, say), "running": number(board.shared_running, say)}
        quoted = next((each for each in board.shared if each.system.shared_as == "proposed"), None)
        body = [
            html.P(sentence(say, "systems.shared_answer", **counts), className="shared-answer"),
            *([_evidence(quoted, say)] if quoted is not None else []),
            html.Ul([_platform(each, say) for each in board.shared], className="shared-list"),
        ]
    return card(
        [
            head(say("systems.shared_title")),
            *body,
            footer(
                plain_source(say("systems.shared_note")), None, table_link("shared", say) if board.shared else None
            ),
        ],
        name="card card-shared",
    )


def _evidence(each: NationalSystem, say: Say) -> Node:
    by = [html.Small(say("directives.set_by", source=source_title(each.source, say),
                         day=day(each.system.published)))] if each.source else []  # fmt: skip
    return html.P([html.Span(f"“{each.system.phrase}”", lang="vi"), *by], className="quote")


def _platform(each: NationalSystem, say: Say) -> Node:
    told = [say(f"systems.shared_{each.system.shared_as}"), say(f"stage.{each.stage}")]
    name = html.A(name_of(each.system, say), href=change(system=each.system.code), className="task-name")
    source = source_title(each.source, say) if each.source else say("systems.no_source")
    return html.Li(
        [glyph(STAGES[each.stage]), html.Span([name, html.Small("; ".join(told)), html.Small(source)])],
        **{"data-system": each.system.code},
    )
