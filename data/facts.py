"""The facts that leave this floor, one frozen row each. Absent is None, never zero and never an empty text."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from data.periods import Period, cut_off
from data.quantity import Qualifier, Quantity

#: Kinds of agencies that owe indicators, by the levels of an indicator.
OWING_KINDS = {
    "national": frozenset({"country"}),
    "ministry": frozenset({"ministry", "ministerial_agency"}),
    "province": frozenset({"province"}),
}


@dataclass(frozen=True)
class Agency:
    """Whoever reports: the country, a region, a ministry, a province, a district, a department.

    The same code may mean another agency at another time (24 is Bắc Giang until 30/06/2025, Bắc Ninh after);
    `valid_from` and `valid_to` are None where no limit is known. Both days are included.
    """

    code: str
    name_vi: str
    name_en: str
    kind: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Whether the code means this agency on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Indicator:
    """What is measured. `band` (points) is None where met or not met is all there is; `decimals` is how many are
    printed at most; `direction` is higher, lower, range or none; `levels` says who owes it."""

    code: str
    name_vi: str
    name_en: str
    unit: str
    unit_kind: str
    direction: str
    formula: str
    levels: tuple[str, ...]
    theme: str
    cycle: str
    calendar: str
    band: Decimal | None
    decimals: int
    bins: tuple[Decimal, ...]
    natural_min: Decimal | None
    natural_max: Decimal | None
    legal_basis: str

    def owed_by(self, agency: Agency) -> bool:
        """Whether an agency of this kind has to report it."""
        return any(agency.kind in OWING_KINDS[level] for level in self.levels)


@dataclass(frozen=True)
class Source:
    """On whose word a figure stands. `rank` 1 is preferred; `published` is None where no date is known."""

    code: str
    title: str
    publisher: str
    published: date | None
    address: str
    rank: int


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as known on some day: one revision of (indicator, agency, period, source).

    `value` is None where the source gives only the two terms. Unit: the indicator's. Both terms are None where
    the source gives none. `status` is official, preliminary, estimated or simulated (a withdrawn figure does not
    leave the store). `composition` names the parts that were added up where a mapping did so, else it is empty:
    figures of different composition cannot be compared. `recorded_at` is for audit only.
    """

    indicator: str
    agency: str
    period: Period
    source: str
    value: Quantity | None
    numerator: Quantity | None
    denominator: Quantity | None
    unit: str
    status: str
    certainty: str
    source_ref: str
    phrase: str
    note: str
    composition: str
    published: date
    revision: int
    reason: str
    recorded_at: datetime


@dataclass(frozen=True)
class Path:
    """The way from a start to a target. `kind` is linear, flat, none or milestones; `status` approved, inferred
    or empty. Linear has `start_on` and `start_value`; milestones are (day, value) in order of time."""

    kind: str
    status: str
    start_on: date | None = None
    start_value: Decimal | None = None
    milestones: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True)
class Target:
    """One version of what is to be reached. `agency` is a code or ALL; `due` is None where no date is given.

    `shape` is at_least, at_most, range or about; `upper` is the other end of a range (or of "10 to 15");
    `strict` for "dưới": the value itself does not meet it. `set_on` is the day of the act or article.
    """

    indicator: str
    agency: str
    due: Period | None
    shape: str
    value: Decimal
    upper: Decimal | None
    strict: bool
    source: str
    set_on: date
    path: Path
    certainty: str
    source_ref: str
    phrase: str
    revision: int


@dataclass(frozen=True)
class Demand:
    """One phrase by which a directive demands an event: to submit, issue, operate, carry out or report something.

    A directive is every demand of one code; a later source may set another date for the same event. `owner` is an
    agency's code, ALL, or None where the source names nobody; `owner_words` is how it words it. `due` is None where
    no date is given. `owner_certainty` and `due_certainty` are sourced, inferred or unconfirmed. `set_on` is the day
    of the act or article. `phrase` is empty where the source was read in a summary only.
    """

    code: str
    event: str
    source: str
    name_vi: str
    name_en: str
    owner: str | None
    owner_words: str
    co_owners: tuple[str, ...]
    owner_certainty: str
    due: Period | None
    due_certainty: str
    indicators: tuple[str, ...]
    source_ref: str
    phrase: str
    set_on: date
    revision: int


@dataclass(frozen=True)
class CheckIn:
    """What is told of an event of a directive on a day: `state` is open, at_risk or done (then `day` is when).

    `agency` is whose word it is, None where no agency speaks. `evidence` names a document, `link` is its address;
    either may be empty. `status` is official or simulated. `published` is when it became known.
    """

    directive: str
    event: str
    day: date
    state: str
    source: str
    agency: str | None
    status: str
    certainty: str
    note: str
    evidence: str
    link: str
    source_ref: str
    phrase: str
    published: date
    revision: int


#: The words by which a regime names every agency of a group, and the kinds of agencies in it.
OWNER_GROUPS = {
    "provinces": OWING_KINDS["province"],
    "ministries": OWING_KINDS["ministry"],
    "ALL": OWING_KINDS["province"] | OWING_KINDS["ministry"],
}


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
        groups = (OWNER_GROUPS[each] for each in self.owners if each in OWNER_GROUPS)
        return agency.code in self.owners or any(agency.kind in kinds for kinds in groups)

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


__all__ = [
    "OWING_KINDS",
    "OWNER_GROUPS",
    "Agency",
    "Arrived",
    "CheckIn",
    "Demand",
    "Indicator",
    "Observation",
    "Path",
    "Qualifier",
    "Quantity",
    "Receipt",
    "Regime",
    "Source",
    "Target",
]
