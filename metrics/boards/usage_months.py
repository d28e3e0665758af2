"""Usage by month: what was received, how much of it online, and how many agencies the sums are of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.periods import Period
from data.usage.days import day_of
from metrics.boards.known import Known
from metrics.boards.national import POINTS
from metrics.boards.usage_place import UsagePlace, members, used_at
from metrics.boards.usage_read import delivered_in, month_number
from metrics.boards.usage_tally import Tally, tally
from metrics.figure import Figure, derived
from metrics.usage import NOTHING, added

#: So many months are shown beside each other.
MONTHS = 12


@dataclass(frozen=True)
class UsageMonth:
    """One month of a place. `tally` is None where none of its agencies delivered. `reported` counts those that
    delivered any day of it, of `owing`; `last_day` is the last day that was delivered. `whole` is False where the
    month was not over by the day of the board."""

    period: Period
    tally: Tally | None
    reported: Figure
    owing: Figure
    last_day: date | None
    whole: bool
    simulated: bool


def usage_months(known: Known, place: UsagePlace, shown: Sequence[Period]) -> tuple[UsageMonth, ...]:
    """The months of a place, in order of time; read in one question. Of an agency only those in which its code meant
    it, since a code is given again."""
    agency = place.agency
    if agency is not None:
        shown = [each for each in shown if known.register.agency(agency.code, each.end) == agency]
    if not shown:
        return ()
    used = used_at(known, place, shown)
    delivered = delivered_in(known, [month_number(each) for each in shown])
    found = []
    for period in shown:
        number = month_number(period)
        owing = members(known, place, period.end)
        told = [each for each in delivered if each.month == number and each.agency in owing]
        dossiers = added(each.dossiers for each in used if each.month == number)
        mark = place.mark(period)
        found.append(
            UsageMonth(
                period=period,
                tally=tally(mark, dossiers or NOTHING) if told else None,
                reported=derived(f"usage-reported/{mark}", len(told)),
                owing=derived(f"usage-owing/{mark}", len(owing)),
                last_day=day_of(max(each.last_day for each in told)) if told else None,
                whole=period.end <= known.at,
                simulated=any(each.simulated for each in told),
            )
        )
    return tuple(found)


def change(months: Sequence[UsageMonth], place: UsagePlace) -> Figure | None:
    """By how many points the share online moved from the month before, both as printed; None where either has none,
    or is not over."""
    if len(months) < 2:
        return None
    before, now = months[-2:]
    if not (before.whole and now.whole and before.tally and now.tally):
        return None
    first, last = before.tally.online.share, now.tally.online.share
    if first is None or last is None or before.period.end.month % 12 + 1 != now.period.end.month:
        return None
    moved = last.quantity.number - first.quantity.number
    return derived(f"online-change/{place.mark(now.period)}", moved, POINTS, signed=True)
