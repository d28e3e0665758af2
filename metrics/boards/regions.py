"""A part of the agencies out of a national table: its own members, counted anew, with the ranks they have there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.facts import Agency, Indicator
from data.periods import Period
from metrics.boards.agencies import AgencyTable, counts_of
from metrics.figure import Figure, derived
from metrics.ranking import rank
from metrics.status import Status
from metrics.values import Reading


@dataclass(frozen=True)
class Part:
    """Some agencies that are ranked among themselves: its name in addresses and marks, the codes of its members."""

    name: str
    codes: frozenset[str]


def of_region(table: AgencyTable, region: Agency) -> Part:
    """The members of a region among the agencies of a table."""
    every = (*table.rows, *table.unreported)
    return Part(region.code, frozenset(row.agency.code for row in every if row.agency.parent == region.code))


def within(table: AgencyTable, part: Part, indicator: Indicator, period: Period | None) -> AgencyTable:
    """The rows of `table` that belong to the part, in its order; ranks and movements stay those of the nation.

    Counts are of the part alone; who has risen or fallen is None where it is None in the nation.
    """
    rows = tuple(row for row in table.rows if row.agency.code in part.codes)
    unreported = tuple(row for row in table.unreported if row.agency.code in part.codes)
    incomparable = tuple(each for each in table.incomparable if each.row.agency.code in part.codes)
    mark = f"{part.name}/{indicator.code}/{period.text if period else ''}"
    counted = Counter(row.judgement.status for row in rows)
    counted[Status.NR] += len(unreported)
    moves = [row.moved.quantity.number for row in rows if row.moved is not None]
    return replace(
        table,
        rows=rows,
        unreported=unreported,
        incomparable=incomparable,
        apart=derived(f"incomparable/{mark}", len(incomparable)) if incomparable else None,
        reported=derived(f"reported/{mark}", len(rows)),
        owing=derived(f"owing/{mark}", len(rows) + len(unreported) + len(incomparable)),
        counts=counts_of(counted, mark),
        risen=derived(f"risen/{mark}", sum(move > 0 for move in moves)) if moves else None,
        fallen=derived(f"fallen/{mark}", sum(move < 0 for move in moves)) if moves else None,
        simulated=any(row.simulated for row in rows),
    )


def places(table: AgencyTable, part: Part, readings: Mapping[str, Reading], direction: str) -> dict[str, Figure]:
    """The rank of each row among those of its own part's `table`, by its code; `readings` are those of its period.
    A row that did not report, or is not ranked, is not in it."""
    found = rank([(row.agency, readings.get(row.agency.code)) for row in table.rows], direction)
    ranks = {each.agency.code: each.rank for each in found.rows}
    return {
        row.agency.code: derived(f"place/{part.name}/{row.value.mark}", place)
        for row in table.rows
        for place in (ranks[row.agency.code],)
        if row.value is not None and place is not None
    }
