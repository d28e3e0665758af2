"""The table twins of the page of a province: the figure with the way to its target, and where it stands."""

from dataclasses import replace

from i18n import Say
from layouts.map import map_twin
from layouts.twin import Twin, told
from layouts.words import name_of, period_of, title_of
from metrics.boards.province import ProvinceBoard
from metrics.figure import Figure


def hero_twin(board: ProvinceBoard, say: Say) -> Twin | None:
    """The figure, its terms, the way to the target and the levels; None where nothing was ever reported."""
    shown = board.row.value or board.last
    if shown is None and board.breakdown is None:
        return None
    over, under = (board.row.terms or board.last_terms) or (None, None)
    way, levels = board.way, board.breakdown
    since = period_of(way.seen_since, say) if way.seen_since else ""
    rows: list[tuple[str, Figure | None]] = [
        (title_of(board.indicator, say), shown),
        (say("column.numerator"), over),
        (say("column.denominator"), under),
        (say("column.path"), way.path),
        (say("column.gap"), board.row.gap),
        (say("column.target"), board.course.target),
        (say("column.missing"), way.shortfall),
        (say("twin.things_missing"), way.missing),
        (say("twin.things_by_month"), way.missing_by_month),
        (say("column.pace"), way.pace_needed),
        (say("province.pace_since", period=since), way.pace_seen),
    ]
    if levels is not None:
        rows += [(say("province.level", level=each.level), each.value) for each in levels.levels]
        rows += [(say("twin.levels_stated"), levels.stated), (say("twin.levels_added"), levels.added)]
    return Twin(
        title=f"{name_of(board.agency, say)}: {title_of(board.indicator, say)}",
        columns=("figure", "value"),
        rows=told(*rows),
        traced="value",
        simulated=board.simulated,
    )


def place_twin(board: ProvinceBoard, say: Say) -> Twin | None:
    """The map with the ranks of this province; None where there is no map."""
    period = board.period.text if board.period else None
    found = map_twin(board.map, board.indicator, period, say)
    if found is None:
        return None
    place = board.place
    ranks = told(
        (say("province.rank_country"), place.rank),
        (say("column.reported"), place.reported),
        (say("province.rank_region"), place.region_rank),
        (say("twin.region_reported"), place.region_reported),
        (say("column.moved"), place.moved),
        (say("twin.things_by_month"), board.way.missing_by_month),
    )
    return replace(found, beside=(*ranks, *found.beside))
