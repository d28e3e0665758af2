"""Usage on the page of one agency: its last months, and what the latest whole one comes to."""

from dataclasses import dataclass

from data.facts import Agency
from metrics.boards.known import Known
from metrics.boards.usage_months import MONTHS, UsageMonth, usage_months
from metrics.boards.usage_place import UsagePlace
from metrics.boards.usage_read import periods_of


@dataclass(frozen=True)
class UsageCard:
    """The months of one agency, the latest last, which need not be over. `told` is the latest whole month that it
    delivered, None without any. `simulated` where any month is."""

    agency: Agency
    months: tuple[UsageMonth, ...]
    told: UsageMonth | None
    simulated: bool


def usage_card(known: Known, agency: Agency) -> UsageCard | None:
    """The card of an agency; None where nobody delivered usage of any month in which its code meant it."""
    shown = list(reversed(periods_of(known)))[-MONTHS:]
    months = usage_months(known, UsagePlace(agency), shown)
    if not months:
        return None
    whole = [each for each in months if each.whole and each.tally is not None]
    return UsageCard(agency, months, whole[-1] if whole else None, any(each.simulated for each in months))
