"""The scene of the national targets: four gauges, the map, the first and last agencies, and who must be named."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from figures.node import Child, Node
from i18n import Say
from i18n.formats import as_written
from layouts import html
from layouts.agency_twins import ranking_twin
from layouts.changes import changes_twin
from layouts.laggards import laggard_lines
from layouts.nation_twins import targets_twin
from layouts.parts import number, sentence, state
from layouts.rank import rank_table, ranked_row
from layouts.short_rank import LOOK, short_rows
from layouts.task_twins import laggards_twin
from layouts.twin import Twin
from layouts.wall_age import age
from layouts.wall_changes import changed_answer
from layouts.wall_land import land_card
from layouts.wall_lanes import short_name
from layouts.wall_scene import Answer, Far, Scene, own, part_simulated, signs, wall_card, with_note
from layouts.wall_tile import wall_tile
from layouts.words import begun, in_sentence, period_of, printed, short_period, tiny_of
from metrics.boards.agencies import AgencyTable
from metrics.boards.overview import Answer as Told
from metrics.boards.overview import Overview
from metrics.boards.ranking import Indicator, RankingBoard
from metrics.status import Status

#: What the shapes of a scene of indicators mean; those that it does not bear are not told.
SIGNS = (Status.EXCEEDED, Status.MET, Status.GOOD, Status.WATCH, Status.BEHIND, Status.OVERDUE, Status.NR)
#: So many of the lowest are named on the map.
NAMED = 5


Ranked: TypeAlias = Overview | RankingBoard


def scene(named: tuple[str, int], made: Callable[[], Overview], say: Say) -> Scene:
    """The scene; `named` is its name and how many seconds it stays."""
    name, seconds = named
    places = [html.Part(own(name, part)) for part in ("tiles", "map", "rank", "laggards")]
    tiles, land, rank, laggards = places
    return Scene(
        name,
        "targets",
        seconds,
        title=lambda: say("wall.title_targets"),
        answers=lambda: _answers(made(), say),
        parts={
            "tiles": lambda: _tiles(made(), slice(None), say),
            "map": lambda: map_card(made(), say),
            "rank": lambda: _rank(made(), say),
            "laggards": lambda: _laggards(made(), say),
        },
        body=[tiles, land, html.Div([rank, laggards], className="wall-stack")],
        foot=lambda: _foot(say),
        boards=lambda: [made()],
        far=(
            Far(0, {"first": lambda: _tiles(made(), slice(0, 2), say)}),
            Far(0, {"second": lambda: _tiles(made(), slice(2, 4), say)}),
            Far(1, {"lowest": lambda: lowest_card(_provinces(made()), made(), say)}),
            Far(2, {"late": lambda: _laggards(made(), say)}),
        ),
        twins={
            "tiles": lambda: targets_twin(made().headline, say),
            "rank": lambda: _twin(made(), say),
            "laggards": lambda: laggards_twin(made().laggards, say),
            "changes": lambda: changes_twin(made().changes, say),
        },
    )


def _twin(board: Overview, say: Say) -> Twin | None:
    table, period = _provinces(board), board.period.text if board.period else None
    return ranking_twin(table, board.indicator, period, say) if table else None


def _tiles(board: Overview, which: slice, say: Say) -> Node:
    """All four gauges, or some of them."""
    told = list(zip(board.headline, board.fresh.headline, strict=True))[which]
    return html.Div([wall_tile(nation, fresh, say) for nation, fresh in told], className="wall-tiles")


def lowest_card(table: AgencyTable | None, board: Ranked, say: Say) -> Node:
    """The last five of those that reported."""
    title = say("rank.title", indicator=tiny_of(board.indicator, say))
    if table is None or not table.rows:
        return wall_card(
            "wall-rank wall-ranks", title, state(say("rank.nobody_title"), say("rank.nobody"), shape="na"), ""
        )
    rows = [ranked_row(row, LOOK, say) for row in table.rows[-NAMED:]]
    nation, fresh = (board.chosen, board.fresh.table) if isinstance(board, Overview) else (board.nation, board.fresh)
    return wall_card(
        "wall-rank wall-ranks",
        say("wall.lowest", indicator=tiny_of(board.indicator, say)),
        html.Div(rank_table(rows, table, nation, LOOK, say), className="rank-short"),
        rank_foot(table, board.period.text if board.period else None, say),
        label=part_simulated(table.simulated, say),
        age=age(fresh, say),
    )


def _answers(board: Overview, say: Say) -> Sequence[Answer]:
    return (
        _on_target(board, say),
        behind_answer(_provinces(board), board.indicator, say),
        changed_answer(board.changes, say),
    )


def _on_target(board: Overview, say: Say) -> Answer:
    answer, worst = board.answer, board.answer.worst
    counts = {"n": number(answer.on_track, say), "of": number(answer.of, say)}
    under: Child = say("wall.all_on_track")
    if not answer.measured.quantity.number:
        under = say("wall.nothing_measured")
    elif worst is None and answer.unjudged:
        under = _unjudged(answer, say)
    elif worst is not None and worst.projection is not None and worst.governing is not None:
        parts = {"projection": number(worst.projection, say), "target": number(worst.governing.value, say)}
        under = sentence(say, "wall.worst_projected", name=tiny_of(worst.indicator, say), **parts)
    elif worst is not None and answer.amount is not None:
        under = sentence(
            say, "wall.worst_short", name=tiny_of(worst.indicator, say), amount=number(answer.amount, say)
        )
    return Answer(
        say("wall.ask_target"),
        sentence(say, "wall.on_track", **counts),
        under,
        str(worst.judgement.status) if worst else _shape(answer),
        part_simulated(any(each.simulated for each in board.headline), say, partly=True),
    )


def _shape(told: Told) -> str:
    """The shape where nothing is behind: good only where all are judged, old where any figure is."""
    statuses = [status for status, _ in told.unjudged]
    return "good" if not statuses else "stale" if Status.STALE in statuses else "nr"


def _unjudged(told: Told, say: Say) -> list[Child]:
    """Of how many nothing can be said, and why."""
    words: list[Child] = []
    for status, n in told.unjudged:
        why = in_sentence(say(f"status.{status or 'never'}"))
        words += [*([", "] if words else []), *sentence(say, "wall.unjudged", n=number(n, say), why=why)]
    return words


def behind_answer(table: AgencyTable | None, indicator: Indicator, say: Say) -> Answer:
    """How many of those that reported are behind, by which rule, and how many did not report."""
    question = say("wall.ask_behind")
    if table is None or not table.rows:
        return Answer(question, say("wall.nobody_reported"), shape="nr")
    counts = dict(table.counts)
    late = counts.get(Status.BEHIND) or counts.get(Status.OVERDUE)
    label = part_simulated(table.simulated, say)
    missing = sentence(say, "wall.not_reported", n=number(counts[Status.NR], say)) if Status.NR in counts else None
    if Status.STALE in counts:
        return Answer(question, say("wall.behind_old"), missing, "stale", label)
    if late is None or not late.quantity.number:
        nobody = say("wall.nobody_behind") if table.target else say("wall.no_verdict")
        return Answer(question, nobody, missing, "good" if table.target else "na", label)
    words = sentence(say, "wall.behind", n=number(late, say), of=number(table.reported, say))
    rule = say("wall.behind_rule", band=as_written(indicator.band, say.language)) if indicator.band else None
    under = [part for part in (rule, "; " if rule and missing else None, missing) if part is not None]
    return Answer(question, words, under, "behind", label)


def map_card(board: Overview, say: Say) -> Node:
    """The map of the provinces with its legend; the lowest are named on it."""
    title = say("wall.map_of", indicator=begun(tiny_of(board.indicator, say)))
    table = _provinces(board)
    lowest = [row.agency.code for row in table.rows[-NAMED:]] if table else []
    return land_card(
        title,
        board.map if table else None,
        board.period.text if board.period else None,
        board.fresh.table,
        say,
        named=lowest,
        told=say("wall.circles", count=len(lowest)) + ". " if lowest else "",
    )


def _rank(board: Overview, say: Say) -> Node:
    table = _provinces(board)
    title = say("rank.title", indicator=tiny_of(board.indicator, say))
    if table is None:
        return wall_card(
            "wall-rank wall-ranks", title, state(say("rank.nobody_title"), say("rank.nobody"), shape="na"), ""
        )
    return wall_card(
        "wall-rank wall-ranks",
        title,
        html.Div(rank_table(short_rows(table, say), table, board.chosen, LOOK, say), className="rank-short"),
        rank_foot(table, board.period.text if board.period else None, say),
        label=part_simulated(table.simulated, say),
        age=age(board.fresh.table, say),
    )


def rank_foot(table: AgencyTable, period: str | None, say: Say) -> Child:
    """What is marked on the bars, of which period it is, and how many of all reported."""
    words = [say("rank.period", period=period_of(period, say)) if period else say("rank.no_period")]
    reported = {"n": printed(table.reported, say).text, "of": printed(table.owing, say).text}
    words.append(say("wall.reported", **reported))
    if table.before_period and table.risen:
        words.append(say("wall.moves_since", period=short_period(table.before_period)))
    return "; ".join(words)


def _laggards(board: Overview, say: Say) -> Node:
    found = board.laggards
    lines = laggard_lines(found, say, short_name)
    body = html.Ul(lines, className="lags") if lines else state(say("wall.none_late"), "", shape="good")
    words = sentence(say, "wall.laggards_count", n=number(found.count, say))
    title = with_note(say("wall.laggards_title"), words)
    label = part_simulated(found.simulated, say, partly=True)
    return wall_card("wall-lags wall-people", title, body, None, label, age=age(board.fresh.laggards, say))


def _foot(say: Say) -> list[Child]:
    """Every card names its own source."""
    return signs([(str(each), say(f"status.{each}")) for each in SIGNS], say("wall.sources_in_cards"))


def _provinces(board: Overview) -> AgencyTable | None:
    return board.tables[0] if board.tables else None
