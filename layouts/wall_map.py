"""The scene of one indicator: the map, every agency by rank in three columns, and where all stand on one scale."""

from collections.abc import Callable, Sequence

from figures.dots import Dot, dot_plot
from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.agency_twins import board_twin
from layouts.distribution import on_scale, placed
from layouts.map import drawing, legend
from layouts.parts import number, sentence, state
from layouts.rank import Look, absent_row, rank_table, ranked_row
from layouts.wall_changes import changed_answer
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card
from layouts.wall_targets import SIGNS, behind_answer, lowest_card, rank_foot
from layouts.words import period_of, source_title, title_of
from metrics.boards.changes import Changes
from metrics.boards.ranking import NOTHING, RankingBoard

_LOOK = Look(("no", "unit", "bar", "value", "move"), terms=False)
_COLUMNS = 3
#: So many of the highest and of the lowest are named on the map; with them everybody who did not report, up to so many.
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
        answers=lambda: (_on_target(made(), say), behind_answer(made().table, say), changed_answer(changed(), say)),
        parts={
            "map": lambda: _map(made(), say),
            "rank": lambda: _rank(made(), say),
            "spread": lambda: _spread(made(), say),
        },
        body=[land, html.Div([rank, spread], className="wall-stack")],
        foot=lambda: _foot(made(), say),
        boards=lambda: [made()],
        far=(
            Far(0, {"map": lambda: _map(made(), say)}),
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
    if board.on_track is None or board.judged_by == NOTHING:
        words: Child = sentence(
            say, "wall.reported_of", n=number(table.reported, say), of=number(table.owing, say)
        )
        return Answer(question, words, under, "na", label)
    words = sentence(say, "wall.places_on_track", n=number(board.on_track, say), of=number(table.reported, say))
    return Answer(question, words, under, str(nation.judgement.status), label)


def _map(board: RankingBoard, say: Say) -> Node:
    title, period = say("wall.by_place"), board.period.text if board.period else None
    table = board.table
    if board.map is None or table is None:
        return wall_card("wall-map-card", title, state(say("map.none_title"), say("map.none"), shape="na"), "")
    absent = [row.agency.code for row in table.unreported]
    ends = [*table.rows[:_HIGHEST], *table.rows[max(_HIGHEST, len(table.rows) - _LOWEST) :]]
    called = [*(row.agency.code for row in ends), *(absent if len(absent) <= _MOST_ABSENT else [])]
    return wall_card(
        "wall-map-card",
        title,
        drawing(board.map, period, say, children=legend(board.map, say), named=called),
        say("map.source", period=period_of(period, say)) if period else say("map.source_none"),
        label=part_simulated(board.map.simulated, say),
    )


def _rank(board: RankingBoard, say: Say) -> Node:
    table = board.table
    if table is None or not table.members:
        return wall_card("wall-rank", say("wall.rank_none"), state(say("rank.nobody_title"), say("rank.nobody"), shape="na"), "")
    rows = [
        *(ranked_row(row, _LOOK, say) for row in table.rows),
        *(absent_row(row, _LOOK, say) for row in table.unreported),
    ]
    columns = [rank_table(part, table, board.nation, _LOOK, say) for part in _split(rows)]
    words: list[Child] = [rank_foot(table, board.period.text if board.period else None, say)]
    if table.path is not None:
        words += ["; ", *sentence(say, "wall.path_marked", value=number(table.path, say))]
    if table.target is not None:
        words += ["; ", *sentence(say, "wall.target_marked", value=number(table.target, say))]
    if table.apart is not None:
        words += ["; ", *sentence(say, "edition.legend", n=number(table.apart, say))]
    return wall_card(
        "wall-rank-whole",
        sentence(say, f"wall.rank_{table.group}", n=number(table.owing, say)),
        html.Div(columns, className="wall-columns"),
        words,
        label=part_simulated(table.simulated, say),
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
        say("wall.spread"),
        dot_plot(on_scale(table, board.indicator, dots, say)),
        words,
        label=part_simulated(table.simulated, say),
    )


def _foot(board: RankingBoard, say: Say) -> list[Child]:
    source = board.nation.source
    shown = [(str(each), say(f"status.{each}")) for each in SIGNS]
    return signs(shown, say("wall.source", source=source_title(source, say)) if source else "")


