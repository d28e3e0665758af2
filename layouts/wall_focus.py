"""The scene of one province or ministry: where it lies and stands, what it reported, what it has to do."""

from collections.abc import Callable, Sequence

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.agency_twins import own_twin
from layouts.duties import duty_lines
from layouts.map import drawing
from layouts.movement import movement
from layouts.parts import fact, figure_link, glyph, number, sentence, state
from layouts.task_twins import duties_twin
from layouts.twin import Twin
from layouts.usage_card import usage_shares
from layouts.wall_age import age
from layouts.wall_changes import changed_answer
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card, with_note
from layouts.wall_targets import SIGNS
from layouts.words import begun, in_sentence, name_of, period_of, short_period, standing_word, tiny_of
from metrics.boards.ministry import MinistryBoard
from metrics.boards.own_figures import OwnFigure
from metrics.boards.province import ProvinceBoard
from metrics.figure import Figure

#: So many figures and lines of duties a card has room for.
_MOST_OWN, _MOST_LINES = 12, 4


def scene(named: tuple[str, int], made: Callable[[], ProvinceBoard | MinistryBoard | None], say: Say) -> Scene:
    """The scene; `named` is its name and how many seconds it stays. A board that is None is of nobody on its day."""
    name, seconds = named

    def board() -> ProvinceBoard | MinistryBoard:
        found = made()
        if found is None:
            raise LookupError(f"{name}: the code means nobody on this day")
        return found

    places = [html.Part(own(name, part)) for part in ("place", "figures", "duties")]
    return Scene(
        name,
        "focus",
        seconds,
        title=lambda: name_of(board().agency, say),
        answers=lambda: _answers(board(), say),
        parts={
            "place": lambda: _place(board(), say),
            "figures": lambda: _figures(board(), say),
            "duties": lambda: _duties(board(), say),
        },
        body=[places[0], html.Div(places[1:], className="wall-stack")],
        foot=lambda: signs([(str(each), say(f"status.{each}")) for each in SIGNS], say("wall.focus_source")),
        boards=lambda: [made()],
        far=(Far(0, {"place": lambda: _place(board(), say)}), Far(1, {"duties": lambda: _duties(board(), say)})),
        twins={
            "figures": lambda: own_twin(
                board().own, "provinces" if isinstance(board(), ProvinceBoard) else "ministries", say
            ),
            "duties": lambda: _duties_twin(board(), say),
        },
    )


def _duties_twin(board: ProvinceBoard | MinistryBoard, say: Say) -> Twin | None:
    return duties_twin(board.duties, say) if board.duties else None


def _answers(board: ProvinceBoard | MinistryBoard, say: Say) -> Sequence[Answer]:
    first = _province_stands(board, say) if isinstance(board, ProvinceBoard) else _ministry_stands(board, say)
    changes = board.changes
    last = (
        changed_answer(changes, say)
        if changes
        else Answer(say("wall.ask_changed_at_all"), say("wall.nothing_changed"))
    )
    return (first, _owes(board, say), last)


def _province_stands(board: ProvinceBoard, say: Say) -> Answer:
    question, row = say("wall.ask_target"), board.row
    if row.value is None:
        under = (
            sentence(say, "wall.last_figure", value=number(board.last, say), period=_period(board.last.mark, say))
            if board.last is not None
            else None
        )
        return Answer(question, say("wall.focus_absent", indicator=tiny_of(board.indicator, say)), under, "nr")
    parts: dict[str, Child] = {"name": begun(tiny_of(board.indicator, say)), "value": figure_link(row.value, say)}
    words = sentence(say, "wall.focus_value", **parts)
    if board.course.target is not None:
        words = sentence(say, "wall.focus_aimed", **parts, target=number(board.course.target, say))
    rank: Child = None
    if board.place.rank is not None:
        ranks = {"rank": number(board.place.rank, say), "of": number(board.place.reported, say)}
        rank = sentence(say, "wall.focus_rank", **ranks)
    return Answer(question, words, rank, str(row.judgement.status), part_simulated(row.simulated, say))


def _ministry_stands(board: MinistryBoard, say: Say) -> Answer:
    question = say("wall.ask_target")
    if not board.judged.quantity.number:
        return Answer(question, say("wall.focus_unjudged"), shape="na")
    words = sentence(say, "wall.focus_on_track", n=number(board.on_track, say), of=number(board.judged, say))
    alright = board.on_track.quantity.number == board.judged.quantity.number
    return Answer(
        question, words, None, "good" if alright else "behind", part_simulated(board.simulated, say, partly=True)
    )


def _owes(board: ProvinceBoard | MinistryBoard, say: Say) -> Answer:
    question, duties = say("wall.ask_owes"), board.duties
    if duties is None:
        return Answer(question, say("wall.focus_no_duties"), shape="na")
    parts = {"own": number(duties.own_count, say), "shared": number(duties.shared_count, say)}
    under = sentence(say, "wall.focus_duties", **parts)
    label = part_simulated(duties.simulated, say, partly=True)
    if not duties.named:
        return Answer(question, say("wall.focus_nothing_named"), under, "good", label)
    return Answer(
        question, sentence(say, "wall.focus_named", n=number(duties.named_count, say)), under, "overdue", label
    )


def _place(board: ProvinceBoard | MinistryBoard, say: Say) -> Node:
    """Where a province lies, with its ranks; of a ministry how it is used, since it lies nowhere."""
    if isinstance(board, MinistryBoard) or board.map is None:
        foot, aged = say("wall.focus_usage_foot"), age(board.fresh.place, say)
        return wall_card("wall-locality", say("wall.focus_usage"), _usage(board, say), foot, age=aged)
    period = board.period.text if board.period else None
    rows = [fact(say("province.rank_country"), _of(board.place.rank, board.place.reported, say))]
    if board.place.region_rank is not None and board.place.region_reported is not None:
        rows.append(fact(say("province.rank_region"), _of(board.place.region_rank, board.place.region_reported, say)))
    rows.append(fact(say("rank.moved"), movement(board.place.moved, say)))
    land = drawing(
        board.map,
        period,
        say,
        leads=False,
        here=board.agency.code,
        named=[board.agency.code],
        children=html.Dl(rows, className="facts"),
    )
    source = say("map.source", period=period_of(period, say)) if period else say("map.source_none")
    label, aged = part_simulated(board.map.simulated, say), age(board.fresh.place, say)
    return wall_card("wall-locality", say("province.place"), land, source, label=label, age=aged)


def _usage(board: ProvinceBoard | MinistryBoard, say: Say) -> Node:
    shares = usage_shares(board.usage, say) if board.usage is not None else None
    return shares or state(say("wall.focus_no_usage"), "", shape="na")


def _of(rank: Figure | None, among: Figure, say: Say) -> Child:
    return [number(rank, say), "/", number(among, say)] if rank is not None else say("rank.absent")


def _figures(board: ProvinceBoard | MinistryBoard, say: Say) -> Node:
    title = sentence(say, "wall.focus_figures", n=str(len(board.own)))
    if not board.own:
        return wall_card("wall-own", say("own.title"), state(say("wall.focus_never"), ""), "")
    rows = [_figure(each, say) for each in board.own[:_MOST_OWN]]
    left = len(board.own) - _MOST_OWN
    simulated = [each.row.simulated for each in board.own]
    label = part_simulated(any(simulated), say, partly=not all(simulated))
    told = say("wall.focus_figures_foot") + (f"; {say('wall.focus_more', count=left)}" if left > 0 else "")
    halves = [html.Table(html.Tbody(part), className="wall-rows") for part in (rows[::2], rows[1::2])]
    body, aged = html.Div(halves, className="wall-halves"), age(board.fresh.own, say)
    return wall_card("wall-own", with_note(title, told), body, None, label, age=aged)


def _figure(each: OwnFigure, say: Say) -> Node:
    status = each.row.judgement.status
    rank = _of(each.row.rank, each.reported, say) if each.row.rank is not None else "–"
    word = standing_word(status, say, aimed=each.row.target is not None)
    under = html.Small([short_period(each.period.text), ", ", in_sentence(word)])
    name = html.Span([html.B(name_of(each.indicator, say)), under], className="wall-two")
    return html.Tr(
        [
            html.Th(html.Span([glyph(str(status)), name], className="wall-named"), scope="row"),
            html.Td(figure_link(each.row.value, say) if each.row.value else "–", className="wall-value"),
            html.Td(rank, className="wall-of-all"),
        ],
        **{"data-status": str(status)},
    )


def _duties(board: ProvinceBoard | MinistryBoard, say: Say) -> Node:
    duties = board.duties
    if duties is None:
        return wall_card(
            "wall-duties wall-people", say("duties.title"), state(say("wall.focus_no_duties"), "", shape="na"), ""
        )
    lines = duty_lines(duties, say)
    body = (
        html.Ul(lines[:_MOST_LINES], className="lags")
        if lines
        else state(say("wall.focus_nothing_named"), "", shape="good")
    )
    left = len(lines) - _MOST_LINES
    foot = [
        say("wall.focus_as_of", day=day(board.at)),
        *([". ", say("wall.focus_more", count=left)] if left > 0 else []),
    ]
    return wall_card(
        "wall-duties wall-people",
        say("duties.title"),
        body,
        foot,
        label=part_simulated(duties.simulated, say, partly=True),
        age=age(board.fresh.duties, say),
    )


def _period(mark: str, say: Say) -> str:
    return period_of(mark.rsplit("/", 1)[-1], say)
