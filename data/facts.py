"""The facts that leave this floor, one frozen row each. Absent is None, never zero and never an empty text."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from data.breaks import act_of
from data.periods import Period
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
    figures of different composition cannot be compared. `recorded_at` is for audit only. `parts` are the codes of the
    agencies it was added up from by us; empty for a figure that was delivered.
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
    parts: tuple[str, ...] = ()

    @property
    def series(self) -> str:
        """What its numbers are of: the act under which it is measured, and the parts that were added up. Figures of
        two series are neither compared nor added, and no line joins them."""
        act = act_of(self.indicator, self.period.end)
        return f"{act}: {self.composition}" if act else self.composition


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


@dataclass(frozen=True)
class Letter:
    """What passed between the centre and an agency: `kind` is reminder (`sent_by` whom, by which `document`) or reply
    (`words` are the agency's own). `subject` and `part` name what it is about: a directive and its event, or an
    indicator or report regime and its period. `status` is official or simulated. `published` is when it became known.
    """

    kind: str
    agency: str
    subject: str
    part: str
    day: date
    sent_by: str
    document: str
    words: str
    status: str
    published: date
    revision: int


@dataclass(frozen=True)
class System:
    """A national system as its newest known version tells of it. `owner` is an agency's code, ALL, or None where no
    source names anybody; `owner_words` is how it is worded; `owner_certainty` is sourced, inferred or unconfirmed.

    `shared_as` is proposed, aimed or demanded for a platform that agencies are to share instead of running their own,
    else None. `connects` holds the indicators that say who is connected to it, `indicators` others that speak of it,
    `directives` the demands on it. `source` is None where none is named; `published` is when it became known.
    """

    code: str
    name_vi: str
    name_en: str
    owner: str | None
    owner_words: str
    co_owners: tuple[str, ...]
    owner_certainty: str
    purpose_vi: str
    purpose_en: str
    shared_as: str | None
    connects: tuple[str, ...]
    indicators: tuple[str, ...]
    directives: tuple[str, ...]
    source: str | None
    source_ref: str
    phrase: str
    published: date
    revision: int


@dataclass(frozen=True)
class Milestone:
    """One source's word on an event of a system. `state` is planned (then `due` is the period, `day` None), running
    (it stood so on `day`; when it began is not told) or reached (on `day`). `certainty` is sourced, inferred or
    unconfirmed. `phrase` is empty where the source's own words were not read. `published` is when it became known.
    """

    system: str
    event: str
    source: str
    name_vi: str
    name_en: str
    due: Period | None
    day: date | None
    state: str
    certainty: str
    source_ref: str
    phrase: str
    published: date
    revision: int


__all__ = [
    "OWING_KINDS",
    "Agency",
    "CheckIn",
    "Demand",
    "Indicator",
    "Letter",
    "Milestone",
    "Observation",
    "Path",
    "Qualifier",
    "Quantity",
    "Source",
    "System",
    "Target",
]
