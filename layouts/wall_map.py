"""The scene of one indicator: the map, every agency by rank in three columns, and where all stand on one scale."""

from collections.abc import Callable, Sequence

from figures.dots import Dot, dot_plot
from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.agency_twins import board_twin
from layouts.distribution import on_scale, placed
from layouts.parts import number, sentence, state
from layouts.rank import Look, absent_row, rank_table, ranked_row
from layouts.wall_age import age
from layouts.wall_changes import changed_answer
from layouts.wall_land import land_card
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card, with_note
from layouts.wall_targets import SIGNS, behind_answer, lowest_card
from layouts.words import short_period, source_title, title_of
from metrics.boards.changes import Changes
from metrics.boards.ranking import NOTHING, RankingBoard
from metrics.status import Status

_LOOK = Look(("no", "unit", "bar", "value", "move"), terms=False)
_COLUMNS = 3
#: So many of the highest and of the lowest are named on the map, and so many at most who did not report.
_HIGHEST, _LOWEST, _MOST_ABSENT = 3, 5, 4


def scene(
    named: tuple[str, int], made: Callable[[], RankingBoard], changed: Callable[[], Changes], say: Say
) -> Scene:
    """The scene; `named` is its name and how many seconds it stays."""
    name, seconds = named
    land, rank, spread = (html.Part(own(name, part)) for part in ("map", "rank", "spread"))
    return Scene(
        name,
        "map",
        seconds,
        title=lambda: say("wall.title_map", indicator=title_of(made().indicator, say)),
        answers=lambda: (
            _on_target(made(), say),
            behind_answer(made().table, made().indicator, say),
            changed_answer(changed(), say),
        ),
        parts={
            "map": lambda: _map(made(), say),
            "rank": lambda: _rank(made(), say),
            "spread": lambda: _spread(made(), say),
        },
        body=[land, html.Div([rank, spread], className="wall-stack")],
        foot=lambda: _foot(say),
        boards=lambda: [made()],
        far=(
            Far(0, {"map": lambda: _map(made(), say, highest=0)}),
            Far(1, {"lowest": lambda: lowest_card(made().table, made(), say)}),
        ),
        twins={"rank": lambda: board_twin(made(), say)},
    )


def _on_target(board: RankingBoard, say: Say) -> Answer:
    question, table, nation = say("wall.ask_target"), board.table, board.nation
    if table is None or not table.rows:
        return Answer(question, say("wall.nobody_reported"), shape="nr")
    under: list[Child] = []
    if nation.value is not None:
        under += sentence(say, "wall.nation", value=number(nation.value, say))
    for key, figure in (("wall.path", table.path), ("wall.target", table.target)):
        if figure is not None:
            under += [*([", "] if under else []), *sentence(say, key, value=number(figure, say))]
    label = part_simulated(table.simulated, say)
    if Status.STALE in dict(table.counts):
        return Answer(question, say("wall.behind_old"), under, "stale", label)
    if board.on_track is None or board.judged_by == NOTHING:
        words: Child = sentence(say, "wall.reported_of", n=number(table.reported, say), of=number(table.owing, say))
        return Answer(question, words, under, "na", label)
    words = sentence(say, "wall.places_on_track", n=number(board.on_track, say), of=number(table.reported, say))
    return Answer(question, words, under, str(nation.judgement.status), label)


def _map(board: RankingBoard, say: Say, highest: int = _HIGHEST) -> Node:
    """The map; without any of the highest as it is seen from ten metres, where no figure of the nation stands by."""
    table = board.table
    absent = [row.agency.code for row in table.unreported] if table and highest else []
    ends = [*table.rows[:highest], *table.rows[max(highest, len(table.rows) - _LOWEST) :]] if table else []
    called = [*(row.agency.code for row in ends), *(absent if len(absent) <= _MOST_ABSENT else [])]
    return land_card(
        say("wall.by_place"),
        board.map if table else None,
        board.period.text if board.period else None,
        board.fresh,
        say,
        named=called,
        told=_source(board, say) if highest else "",
    )


def _source(board: RankingBoard, say: Say) -> str:
    """On whose word the figure of the nation is."""
    source = board.nation.source
    return say("wall.nation_source", source=source_title(source, say)) + " " if source else ""


def _rank(board: RankingBoard, say: Say) -> Node:
    table = board.table
    if table is None or not table.members:
        return wall_card(
            "wall-rank wall-ranks",
            say("wall.rank_none"),
            state(say("rank.nobody_title"), say("rank.nobody"), shape="na"),
            "",
        )
    rows = [
        *(ranked_row(row, _LOOK, say) for row in table.rows),
        *(absent_row(row, _LOOK, say) for row in table.unreported),
    ]
    columns = [rank_table(part, table, board.nation, _LOOK, say) for part in _split(rows)]
    told: list[Child] = []
    if table.target is not None:
        told.append(sentence(say, "wall.target_marked", value=number(table.target, say)))
    if table.path is not None:
        told.append(sentence(say, "wall.path_marked", value=number(table.path, say)))
    if table.before_period and table.risen:
        told.append(say("wall.moves_since", period=short_period(table.before_period)))
    if table.apart is not None:
        told.append(sentence(say, "edition.legend", n=number(table.apart, say)))
    words: list[Child] = [part for at, each in enumerate(told) for part in ("; " if at else "", each)]
    return wall_card(
        "wall-rank-whole wall-ranks",
        with_note(sentence(say, f"wall.rank_{table.group}", n=number(table.owing, say)), words),
        html.Div(columns, className="wall-columns"),
        None,
        label=part_simulated(table.simulated, say),
        age=age(board.fresh, say),
    )


def _split(rows: Sequence[Node]) -> list[Sequence[Node]]:
    """The rows in columns that are read one after another, the first the longest."""
    each = -(-len(rows) // _COLUMNS)
    return [rows[at : at + each] for at in range(0, len(rows), each)]


def _spread(board: RankingBoard, say: Say) -> Node:
    table = board.table
    if table is None or not table.rows:
        nothing = state(say("ranking.no_positions_title"), say("ranking.no_positions"))
        return wall_card("wall-spread", say("wall.spread"), nothing, "")
    dots = tuple(Dot(row.agency.code, value, title) for row, value, title in placed(table, say))
    words = sentence(say, "rank.reported", n=number(table.reported, say), owing=number(table.owing, say))
    return wall_card(
        "wall-spread",
        with_note(say("wall.spread"), words),
        dot_plot(on_scale(table, board.indicator, dots, say)),
        None,
        label=part_simulated(table.simulated, say),
        age=age(board.fresh, say),
    )


def _foot(say: Say) -> list[Child]:
    return signs([(str(each), say(f"status.{each}")) for each in SIGNS], say("wall.sources_in_cards"))
