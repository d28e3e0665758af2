"""Whose rank is another than it was on an earlier day: the latest ranking of each of the two days, side by side."""

from dataclasses import dataclass
from datetime import date

from data.facts import Agency, Indicator
from metrics.boards.agencies import GROUPS, AgencyRow, readings_at
from metrics.boards.known import Known
from metrics.figure import Figure, derived
from metrics.ranking import Ranked, rank


@dataclass(frozen=True)
class RankMoved:
    """The place of an agency in the latest ranking then and now; `moved` counts places gained."""

    indicator: Indicator
    agency: Agency
    before: Figure
    after: Figure
    moved: Figure
    value: Figure | None
    simulated: bool


def ranks_moved(known: Known, then: Known, indicator: Indicator, agency: Agency | None) -> tuple[RankMoved, ...]:
    """Whose place in the latest ranking is another than in the latest one then, of those of whom more may be seen
    than the rank; of one agency, its own."""
    before = then.once(("places", indicator.code), lambda: _places_then(then, indicator))
    periods = known.periods(indicator.code)
    found = []
    for group in _groups(known, indicator):
        for row in known.table(group, indicator, periods[0]).rows:
            old = before.get(row.agency.code)
            alone = known.scope.covers(row.agency.code) if agency is None else row.agency == agency
            if alone and row.rank is not None and old is not None and old.agency == row.agency:
                found.append(_rank(indicator, row, old, then.at))
    moved = [each for each in found if each.moved.quantity.number]
    return tuple(sorted(moved, key=lambda each: -abs(each.moved.quantity.number)))


def _groups(known: Known, indicator: Indicator) -> list[str]:
    """The groups that are ranked in the indicator at its latest period; none where nobody reported."""
    periods = known.periods(indicator.code)
    owing = known.register.owing(indicator, periods[0].end) if periods else ()
    return [name for name, kinds in GROUPS.items() if any(each.kind in kinds for each in owing)]


def _places_then(then: Known, indicator: Indicator) -> dict[str, Ranked]:
    """Who had which place in the latest ranking of that day; only its period is read."""
    periods = then.periods(indicator.code)
    if not periods:
        return {}
    found = then.observations_at(indicator.code, periods[0])
    readings = readings_at(found, periods[0].text, indicator, then.register)
    owing = then.register.owing(indicator, periods[0].end)
    ranked = (
        rank([(each, readings.get(each.code)) for each in owing if each.kind in GROUPS[name]], indicator.direction)
        for name in _groups(then, indicator)
    )
    return {row.agency.code: row for ranking in ranked for row in ranking.rows if row.rank is not None}


def _rank(indicator: Indicator, now: AgencyRow, before: Ranked, on: date) -> RankMoved:
    assert now.rank is not None and before.rank is not None  # rows without one are left out
    mark = f"{on.isoformat()}/{indicator.code}/{now.agency.code}"
    new = int(now.rank.quantity.number)
    return RankMoved(
        indicator,
        now.agency,
        derived(f"rank-then/{mark}", before.rank),
        now.rank,
        derived(f"rank-moved/{mark}", before.rank - new, signed=True),
        now.value,
        now.simulated or before.reading.observation.status == "simulated",
    )
