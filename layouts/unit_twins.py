"""The table twin of the districts and departments of a province."""

from i18n import Say
from layouts.twin import Twin, told
from layouts.words import name_of, period_of, title_of
from metrics.boards.units import Units


def units_twin(board: Units | None, say: Say) -> Twin | None:
    """Every unit with its figure and what it has left, those that sent none last of their kind; None without any."""
    if board is None:
        return None
    rows = tuple(
        (
            name_of(unit.agency, say),
            unit.agency.code,
            say(f"units.kind_{group.kind}"),
            unit.value,
            unit.terms[0] if unit.terms else None,
            unit.terms[1] if unit.terms else None,
            unit.rest,
        )
        for group in board.groups
        for unit in group.units
    )
    added, lacking = board.added or (None, None), board.lacking or (None, None)
    return Twin(
        title=say("units.title", indicator=title_of(board.indicator, say)),
        columns=("agency", "code", "unit_kind", "value", "numerator", "denominator", "rest"),
        rows=rows,
        note=say("units.note", period=period_of(board.period.text, say)),
        traced="value",
        beside=(
            *told((say("units.own_twin"), board.own), (say("column.target"), board.target)),
            (say("column.reported"), board.reported),
            (say("column.owing"), board.owing),
            *((say(f"units.owing_{group.kind}"), group.owing) for group in board.groups),
            *((say(f"units.reported_{group.kind}"), group.reported) for group in board.groups),
            *told(*((say(f"units.reaching_{group.kind}"), group.reaching) for group in board.groups)),
            *told((say("units.added_numerator"), added[0]), (say("units.added_denominator"), added[1])),
            *told((say("units.lacking_numerator"), lacking[0]), (say("units.lacking_denominator"), lacking[1])),
        ),
        simulated=board.simulated,
    )
