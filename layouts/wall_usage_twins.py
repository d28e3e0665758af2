"""The table twins of usage on the wall: the provinces by their share online, and who offers what nobody used."""

from i18n import Say
from layouts.twin import Twin
from layouts.words import name_of, period_of
from metrics.boards.wall_usage import WallUsage


def provinces_twin(board: WallUsage, say: Say) -> Twin | None:
    """Every province that delivered, and those that did not; None without a month."""
    if board.board.period is None:
        return None
    rows = [
        (
            name_of(each.row.agency, say),
            each.row.agency.code,
            each.row.rank,
            each.moved,
            each.row.tally.online.over,
            each.row.tally.received,
            each.row.measured,
        )
        for each in board.placed
    ]
    absent = [(name_of(each, say), each.code, *(None,) * 5) for each in board.absent]
    columns = ("agency", "code", "rank", "moved", "dossiers_online", "dossiers", "online_share")
    return Twin(
        say("usage.ranking_online"),
        columns,
        (*rows, *absent),
        say("usage.ranking_note_online"),
        beside=((say("column.reported"), board.reported), (say("column.owing"), board.owing)),
        simulated=board.board.simulated,
    )


def owners_twin(board: WallUsage, say: Say) -> Twin | None:
    """Every agency that offers at level 4 what nobody used; None without a month."""
    count, period = board.board.unused_count, board.board.period
    if count is None or period is None:
        return None
    rows = tuple(
        (name_of(each.agency, say), each.agency.code, each.rate.over, each.rate.under, each.rate.share)
        for each in board.owners
    )
    columns = ("agency", "code", "unused", "offered_level_4", "unused_share")
    return Twin(
        say("usage.tile_unused"),
        columns,
        rows,
        say("usage.twin_note", period=period_of(period.text, say)),
        beside=((say("usage.tile_unused"), count.over), (say("column.offered_level_4"), count.under)),
        simulated=board.board.simulated,
    )
