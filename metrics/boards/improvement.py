"""Who came forward how far: the change of each agency between two periods of one indicator, ranked.

All rows are held against one and the same earlier period: the first within the twelve months before the period shown
for which any of them has a figure that can be compared; else the latest one before that. Two figures can be compared
that are made up of the same parts, were told by the same agency and tell of as long a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from data.facts import Indicator
from data.periods import Period
from metrics.boards.agencies import AgencyTable
from metrics.boards.known import Known
from metrics.boards.lines import reading_of_same
from metrics.boards.national import difference_unit
from metrics.boards.regions import Part
from metrics.figure import Figure, derived, mark_of
from metrics.periods import same_measure
from metrics.ranking import rank_changes
from metrics.values import Reading

#: The days of twelve months, a leap day among them.
_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Change:
    """How far one agency came. `rank` is among all that have two figures, `place` among those of the part shown; both
    are None where the indicator has no better side, `place` also without a part."""

    code: str
    amount: Figure
    rank: Figure | None
    place: Figure | None


@dataclass(frozen=True)
class Improvement:
    """The changes since `since`, the greatest improvement first; who is not among them has no two figures that can be
    compared. `since` is None where nobody has; `compared` counts them in the whole table."""

    since: Period | None
    changes: tuple[Change, ...]
    compared: Figure


def improvement(
    known: Known, whole: AgencyTable, part: Part | None, of: tuple[Indicator, Period | None]
) -> Improvement:
    """The changes of a table, narrowed to a part of it; ranks are those of the whole table."""
    indicator, period = of
    pairs, since = known.once(
        ("improvement", whole.group, indicator.code, period), lambda: _pairs(known, whole, indicator, period)
    )
    amounts = {code: now.printed - before.printed for code, (now, before) in pairs.items()}
    inside = {code: amount for code, amount in amounts.items() if part is None or code in part.codes}
    ranks = rank_changes(amounts, indicator.direction)
    places = rank_changes(inside, indicator.direction) if part else {}
    name = part.name if part else whole.group

    def change(code: str, amount: Decimal) -> Change:
        now, before = pairs[code]
        mark = f"{before.observation.period.text}/{mark_of(now)}"
        return Change(
            code,
            derived(f"improved/{mark}", amount, difference_unit(indicator), signed=True),
            derived(f"improved-rank/{mark}", ranks[code]) if code in ranks else None,
            derived(f"improved-place/{name}/{mark}", places[code]) if code in places else None,
        )

    sign = 1 if indicator.direction == "lower" else -1
    order = sorted(inside, key=lambda code: sign * inside[code])
    text = period.text if period else ""
    return Improvement(
        since,
        tuple(change(code, inside[code]) for code in order),
        derived(f"improved-among/{whole.group}/{indicator.code}/{text}", len(pairs)),
    )


Pairs = Mapping[str, tuple[Reading, Reading]]


def _pairs(
    known: Known, whole: AgencyTable, indicator: Indicator, period: Period | None
) -> tuple[Pairs, Period | None]:
    """The figures of the period and of the earlier one, by the code of who has both, and that earlier period."""
    if period is None:
        return {}, None
    earlier = sorted(
        each
        for each in known.periods(indicator.code)
        if each.end < period.end and same_measure(each, period, indicator.cycle, indicator.unit_kind)
    )
    recent = [each for each in earlier if each.end >= period.end - _YEAR]
    for before in (*recent, *(each for each in reversed(earlier) if each not in recent)):
        found = _compared(known, whole, indicator, (period, before))
        if found:
            return found, before
    return {}, None


def _compared(known: Known, whole: AgencyTable, indicator: Indicator, periods: tuple[Period, Period]) -> Pairs:
    now, before = (known.readings(indicator.code, each.text) for each in periods)
    found = {}
    for row in whole.rows:
        reading = now.get(row.agency.code)
        then = reading_of_same(known, row.agency, periods[1], before)
        if reading and then and reading.observation.series == then.observation.series:
            found[row.agency.code] = (reading, then)
    return found
