"""The agencies in one month of usage: ranked by what the reader chose, and apart from them who did not deliver."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from data.facts import Agency
from data.peers import CENSUS, peers
from data.periods import Period
from data.usage.days import day_of
from data.usage_facts import Delivered, Dossiers, Used
from metrics.asked import ONLINE, PEOPLE
from metrics.boards.known import Known
from metrics.boards.usage_place import UsagePlace
from metrics.boards.usage_tally import Tally, tally
from metrics.figure import Figure, derived
from metrics.ranking import rank_changes
from metrics.usage import NOTHING, per_thousand, sums_of


@dataclass(frozen=True)
class UsageRow:
    """One agency in the month. `measured` is what it is ranked by and `rank` its place, both None where that cannot
    be told of it: a share over no dossier, ministries to a thousand inhabitants. `per_thousand` are dossiers received
    online to a thousand inhabitants. `last_day` is the last that it delivered, of `days`."""

    agency: Agency
    tally: Tally
    per_thousand: Figure | None
    measured: Figure | None
    rank: Figure | None
    days: Figure
    last_day: date
    simulated: bool


def usage_rows(
    known: Known,
    owing: Sequence[Agency],
    told: tuple[Sequence[Used], Sequence[Delivered]],
    place: UsagePlace,
    of: tuple[Period, str],
) -> tuple[UsageRow, ...]:
    """Those who delivered, the greatest first, then those who have no rank in the order of their table. `told` are
    the sums and the deliveries of the month, `of` the month and the measure."""
    period, measure = of
    census = peers(CENSUS, period.end, known.at)
    people = {code: peer.people for code, peer in census.items() if peer.people is not None}
    delivered = {each.agency: each for each in told[1]}
    sums = sums_of(told[0])
    rows = [
        _row(each, delivered[each.code], sums.get(each.code), people.get(each.code), (place, period, measure))
        for each in owing
        if each.code in delivered
    ]
    values = {row.agency.code: row.measured.quantity.number for row in rows if row.measured is not None}
    ranks = rank_changes(values, "higher")
    ranked = sorted((row for row in rows if row.agency.code in ranks), key=lambda row: -values[row.agency.code])
    mark = f"usage-rank-{measure}"
    return (
        *(replace(row, rank=derived(f"{mark}/{_of(place, row.agency, period)}", ranks[row.agency.code]))
          for row in ranked),
        *(row for row in rows if row.agency.code not in ranks),
    )  # fmt: skip


def _of(place: UsagePlace, agency: Agency, period: Period) -> str:
    return UsagePlace(agency, level=place.level).mark(period)


def _row(
    agency: Agency,
    delivered: Delivered,
    dossiers: Dossiers | None,
    people: int | None,
    of: tuple[UsagePlace, Period, str],
) -> UsageRow:
    place, period, measure = of
    mark = _of(place, agency, period)
    dossiers = dossiers or NOTHING
    summed = tally(mark, dossiers)
    each_thousand: Decimal | None = None if people is None else per_thousand(dossiers.received_online, people)
    by_people = None if each_thousand is None else derived(f"per-thousand/{mark}", each_thousand)
    share = (summed.online if measure == ONLINE else summed.on_time_of_received).share
    return UsageRow(
        agency=agency,
        tally=summed,
        per_thousand=by_people,
        measured=by_people if measure == PEOPLE else share,
        rank=None,
        days=derived(f"days/{agency.code}/{period.text}", delivered.days),
        last_day=day_of(delivered.last_day),
        simulated=delivered.simulated,
    )
