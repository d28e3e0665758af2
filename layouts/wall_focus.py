"""The scene of one province or ministry: where it lies and stands, what it reported, what it has to do."""

from collections.abc import Callable, Sequence

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.agency_twins import own_twin
from layouts.map import drawing
from layouts.movement import movement
from layouts.parts import fact, figure_link, number, sentence, state
from layouts.task_twins import duties_twin
from layouts.twin import Twin
from layouts.usage_card import usage_card_twin
from layouts.wall_age import age
from layouts.wall_changes import changed_answer
from layouts.wall_focus_cards import (
    MOST_OWN,
    duties_card,
    figures_card,
    out_of,
    ranking_card,
    reports_card,
    usage_card,
)
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card
from layouts.wall_targets import SIGNS
from layouts.words import begun, name_of, period_of, tiny_of
from metrics.boards.ministry import MinistryBoard
from metrics.boards.own_reports import OwnReports
from metrics.boards.province import ProvinceBoard
from metrics.boards.ranking import RankingBoard

#: So many lines of duties there is room for, less two for each row of figures; the reports stand there too where
#: these are few.
_MOST_LINES, _LOW = 19, 3
#: From ten metres: figures, lines of duties, so many letters on one, and ranks around the own one.
_FAR, _FAR_LINES, _FAR_LETTERS, _FAR_RANKS = 5, 8, (76, 95), 7


def scene(
    named: tuple[str, int],
    made: Callable[[], ProvinceBoard | MinistryBoard | None],
    ranked: Callable[[], RankingBoard],
    reported: Callable[[], OwnReports],
    say: Say,
) -> Scene:
    """The scene; `named` is its name and how many seconds it stays. A board that is None is of nobody on its day.
    `ranked` is the ranking of the ministries, which is asked of a ministry alone."""
    name, seconds = named

    def board() -> ProvinceBoard | MinistryBoard:
        found = made()
        if found is None:
            raise LookupError(f"{name}: the code means nobody on this day")
        return found

    def tall() -> int:
        """How many rows of figures stand over the other cards, so that these fill what is left."""
        return -(-min(len(board().own), MOST_OWN) // 2)

    place, figures, usage, reports, duties = (
        html.Part(own(name, part)) for part in ("place", "figures", "usage", "reports", "duties")
    )
    below = html.Div([html.Div([usage, reports], className="wall-column"), duties], className="wall-pair")
    return Scene(
        name,
        "focus",
        seconds,
        title=lambda: name_of(board().agency, say),
        answers=lambda: _answers(board(), say),
        parts={
            "place": lambda: _place(board(), ranked, say),
            "figures": lambda: figures_card(board(), say),
            "usage": lambda: usage_card(board(), say),
            "reports": lambda: reports_card(reported(), say) if tall() <= _LOW else None,
            "duties": lambda: duties_card(board(), say, lines=_MOST_LINES - 2 * tall()),
        },
        body=[place, html.Div([figures, below], className="wall-stack")],
        foot=lambda: signs([(str(each), say(f"status.{each}")) for each in SIGNS], say("wall.focus_source")),
        boards=lambda: [made(), reported(), ranked() if isinstance(board(), MinistryBoard) else None],
        far=(
            Far(0, {"place": lambda: _place(board(), ranked, say, far=True)}),
            Far(0, {"figures": lambda: figures_card(board(), say, most=_FAR)}),
            Far(1, {"duties": lambda: duties_card(board(), say, lines=_FAR_LINES, letters=_FAR_LETTERS)}),
        ),
        twins={
            "figures": lambda: own_twin(
                board().own, "provinces" if isinstance(board(), ProvinceBoard) else "ministries", say
            ),
            "usage": lambda: _usage_twin(board(), say),
            "duties": lambda: _duties_twin(board(), say),
        },
    )


def _usage_twin(board: ProvinceBoard | MinistryBoard, say: Say) -> Twin | None:
    return usage_card_twin(board.usage, say) if board.usage else None


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


def _place(
    board: ProvinceBoard | MinistryBoard, ranked: Callable[[], RankingBoard], say: Say, *, far: bool = False
) -> Node:
    """Where a province lies, with its ranks; where a ministry stands among the others, since it lies nowhere."""
    if isinstance(board, MinistryBoard):
        return ranking_card(ranked(), board.agency.code, say, most=_FAR_RANKS if far else None)
    if board.map is None:
        nothing = state(say("map.none_title"), say("map.none"), shape="na")
        return wall_card("wall-locality", say("province.place"), nothing, "")
    period = board.period.text if board.period else None
    rows = [fact(say("province.rank_country"), out_of(board.place.rank, board.place.reported, say))]
    if board.place.region_rank is not None and board.place.region_reported is not None:
        rows.append(
            fact(say("province.rank_region"), out_of(board.place.region_rank, board.place.region_reported, say))
        )
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


def _period(mark: str, say: Say) -> str:
    return period_of(mark.rsplit("/", 1)[-1], say)
