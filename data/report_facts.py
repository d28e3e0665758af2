"""Reports as they leave this floor: who owes which how often, and what came of each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from data.facts import OWING_KINDS, Agency
from data.periods import Period, cut_off

#: The words by which a regime names every agency of a group, and the kinds of agencies in it.
OWNER_GROUPS = {
    "provinces": OWING_KINDS["province"],
    "ministries": OWING_KINDS["ministry"],
    "ALL": OWING_KINDS["province"] | OWING_KINDS["ministry"],
}


@cache
def _kinds(owners: tuple[str, ...]) -> frozenset[str]:
    """The kinds of the agencies that are named by their group."""
    return frozenset[str]().union(*(OWNER_GROUPS[each] for each in owners if each in OWNER_GROUPS))


@dataclass(frozen=True)
class Regime:
    """One report regime: who owes which report how often. `owners` are codes and words of OWNER_GROUPS.

    `cutoff_day` ends the days a report speaks of (14: from the 15th to the 14th), `grace_days` lie between that end
    and the due day. `digitised` is None where nobody told. `status` is official or simulated. It owes the reports
    whose days end from `valid_from` to `valid_to`, both included; None where no limit is known.
    """

    code: str
    name_vi: str
    name_en: str
    periodicity: str
    owners: tuple[str, ...]
    document: str
    cutoff_day: int
    grace_days: int
    digitised: bool | None
    indicators: tuple[str, ...]
    status: str
    valid_from: date | None
    valid_to: date | None
    source: str
    source_ref: str

    def owed_by(self, agency: Agency) -> bool:
        """Whether an agency has to send it."""
        return agency.code in self.owners or agency.kind in _kinds(self.owners)

    def in_force(self, on: date) -> bool:
        """Whether a report whose days end on that day is owed at all."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def days_of(self, name: Period) -> Period:
        """The days that a report of this name speaks of."""
        return cut_off(name, self.cutoff_day)

    def due(self, period: Period) -> date:
        """The last day on which the report of a period is in time."""
        return period.end + timedelta(days=self.grace_days)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One delivery of a report: when it came (at UTC+7) and whether it was taken or refused, with which codes.

    `due` is the last day on which it is in time. `status` is official or simulated.
    """

    regime: str
    agency: str
    period: str
    due: date
    received_at: datetime
    taken: bool
    codes: str
    file: str
    status: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of one report by a day: when it was first taken, None where it never was; else when it was last
    refused. `refusals` counts those it was refused. Moments are at UTC+7."""

    regime: str
    agency: str
    period: str
    taken_at: datetime | None
    refused_at: datetime | None
    refusals: int
    simulated: bool
