"""The table twins of usage: the tiles, months, levels, agencies, what nobody used, checks, and the steps."""

from collections.abc import Sequence

from i18n import Say
from layouts.twin import Cell, Row, Twin, Twins, text_of, told
from layouts.usage_steps import STEPS, thing_name
from layouts.words import name_of, period_of, title_of
from metrics.boards.usage import UsageBoard
from metrics.boards.usage_months import UsageMonth
from metrics.boards.usage_tally import Tally

#: What is counted of dossiers, each share after its two terms.
_COUNTED = (
    "dossiers", "dossiers_online", "online_share", "resolved_in_time", "on_time_of_received", "resolved",
    "on_time_of_resolved", "pending", "pending_late", "satisfied", "rated", "satisfied_share",
)  # fmt: skip


def usage_twins(board: UsageBoard, say: Say) -> Twins:
    """The tables of the cards that the screen has."""
    place = board.place
    found: Twins = {
        "tiles": lambda: _tiles(board, say),
        "months": lambda: months_twin(board.months, say, simulated=board.simulated),
        **({"levels": lambda: _levels(board, say)} if board.levels else {}),
        **({"ranking": lambda: _ranking(board, say)} if place.whole else {}),
        **({"unused": lambda: _unused(board, say)} if board.unused else {}),
        **({"checks": lambda: _checks(board, say)} if board.checks else {}),
        "steps": lambda: _steps(board, say),
    }
    return found


def _of(board: UsageBoard, say: Say) -> str:
    """The month, and the note of every table."""
    assert board.period is not None  # a board without a month has no tables
    return say("usage.twin_note", period=period_of(board.period.text, say))


def _counts(tally: Tally | None) -> Row:
    """Counts and shares, each share after its two terms."""
    if tally is None:
        return (None,) * len(_COUNTED)
    online, received, resolved = tally.online, tally.on_time_of_received, tally.on_time_of_resolved
    return (
        tally.received, online.over, online.share, received.over, received.share, resolved.under, resolved.share,
        tally.pending, tally.pending_late, *(
            (None,) * 3 if tally.satisfied is None
            else (tally.satisfied.over, tally.satisfied.under, tally.satisfied.share)
        ),
    )  # fmt: skip


def _tiles(board: UsageBoard, say: Say) -> Twin:
    tally = board.whole
    rows: list[tuple[str, Cell]] = []
    if tally is not None:
        rows = [*zip((say(f"column.{name}") for name in _COUNTED), _counts(tally), strict=True)]
    if board.unused_count is not None:
        rows += [
            (say("usage.tile_unused"), board.unused_count.over),
            (say("column.offered_level_4"), board.unused_count.under),
            (say("column.unused_share"), board.unused_count.share),
        ]
    if board.change is not None:
        rows.append((say("column.online_change"), board.change))
    kept = tuple((name, figure) for name, figure in rows if figure is not None)
    return Twin(say("usage.twin_tiles"), ("count", "value"), kept, _of(board, say),
                simulated=board.simulated)  # fmt: skip


def months_twin(months: Sequence[UsageMonth], say: Say, *, simulated: bool) -> Twin:
    """The counts and shares of some months, a row each."""
    rows = tuple(
        (period_of(each.period.text, say), *_counts(each.tally), each.reported, each.owing) for each in months
    )
    columns = (
        "period", *_COUNTED, "reported", "owing",
    )  # fmt: skip
    return Twin(say("usage.months_title"), columns, rows, say("usage.months_note"), simulated=simulated)


def _levels(board: UsageBoard, say: Say) -> Twin:
    rows = tuple(
        (
            say("usage.of_level", level=each.level), each.offered, each.used.over, each.used.share,
            *_counts(each.tally),
        )
        for each in board.levels
    )  # fmt: skip
    columns = (
        "service_level", "offered", "with_dossiers", "with_dossiers_share", *_COUNTED,
    )  # fmt: skip
    return Twin(say("usage.levels_title"), columns, rows, _of(board, say), simulated=board.simulated)


def _ranking(board: UsageBoard, say: Say) -> Twin:
    rows: list[Row] = [
        (name_of(row.agency, say), row.agency.code, row.rank, row.per_thousand, *_counts(row.tally), row.days,
         row.last_day)
        for row in board.rows
    ]  # fmt: skip
    rows += [(name_of(each, say), each.code) for each in board.absent]
    columns = (
        "agency", "code", "rank", "per_thousand", *_COUNTED, "days_delivered", "last_day",
    )  # fmt: skip
    padded = tuple((*row, *(None,) * (len(columns) - len(row))) for row in rows)
    return Twin(
        say(f"usage.ranking_{board.measure}"), columns, padded, say(f"usage.ranking_note_{board.measure}"),
        beside=((say("column.owing"), board.rows_owing),), simulated=board.simulated,
    )  # fmt: skip


def _unused(board: UsageBoard, say: Say) -> Twin:
    rows = tuple(
        (
            each.procedure.name,
            each.procedure.code,
            each.procedure.group,
            each.places,
            ", ".join(name_of(agency, say) for agency in each.agencies),
        )
        for each in board.unused
    )
    assert board.unused_count is not None  # there is a list
    beside = (
        (say("usage.tile_unused"), board.unused_count.over),
        (say("column.offered_level_4"), board.unused_count.under),
        *told((say("column.unused_share"), board.unused_count.share)),
    )  # fmt: skip
    columns = ("procedure", "code", "service_group", "places", "agencies")
    return Twin(
        say("usage.unused_title"), columns, rows, say("usage.unused_note"), beside=beside, simulated=board.simulated,
    )  # fmt: skip


def _checks(board: UsageBoard, say: Say) -> Twin:
    rows = tuple(
        (
            name_of(each.agency, say), title_of(each.indicator, say), each.on, each.reported, each.computed.share,
            each.computed.over, each.computed.under, each.difference,
            say("usage.to_verify") if each.to_verify else None,
        )
        for each in board.checks
    )  # fmt: skip
    columns = (
        "agency", "indicator", "counted_on", "reported_share", "computed_share", "numerator", "denominator",
        "difference", "verify",
    )  # fmt: skip
    return Twin(
        say("usage.checks_title"), columns, rows, say("usage.checks_note"), traced="reported_share",
        simulated=any(each.simulated for each in board.checks),
    )  # fmt: skip


def _steps(board: UsageBoard, say: Say) -> Twin:
    first = board.path.steps[0].received
    rows: list[Row] = [(say("usage.nation"), None, None, first, None, None, None)]
    for at, step in enumerate(board.path.steps):
        title = say(f"usage.step_{STEPS[at]}")
        rows += [
            (
                text_of(thing_name(each.thing, say)), title, each.path[-1], each.received,
                each.online.over if each.online else None, each.online.share if each.online else None,
                say("usage.here") if each.here else None,
            )
            for each in step.parts
        ]  # fmt: skip
    columns = ("part", "step", "code", "dossiers", "dossiers_online", "online_share", "chosen")
    beside = [(say(f"usage.step_count_{STEPS[at]}"), step.count) for at, step in enumerate(board.path.steps)]
    found = board.path.procedure
    if found is not None and found.tally is not None:
        shares = (found.tally.on_time_of_received.share, found.tally.on_time_of_resolved.share)
        names = (say("column.on_time_of_received"), say("column.on_time_of_resolved"))
        beside += told(*zip(names, shares, strict=True))
    return Twin(
        say("usage.steps_title"), columns, tuple(rows), say("usage.steps_note"), beside=tuple(beside),
        simulated=board.simulated,
    )  # fmt: skip
