"""One entry of the list of those who must be named: by which rule, what they owe, and on which evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from data.facts import Agency, Indicator, Letter, Source
from data.periods import Period
from data.report_facts import Receipt
from metrics.boards.directive import Directive, Told, Version
from metrics.boards.expected import Report
from metrics.figure import Figure


class Rule(StrEnum):
    """Why somebody is named, in the order of the list."""

    OVERDUE = "overdue"
    UNREPORTED = "unreported"
    BEHIND = "behind"


@dataclass(frozen=True)
class OfDirective:
    """An event of a directive that is overdue by the date of `version`; `told` is what was told of it last, latest
    first."""

    directive: Directive
    version: Version
    told: tuple[Told, ...]

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """What letters about it name."""
        return ((self.directive.code, self.version.demand.event),)


@dataclass(frozen=True)
class OfIndicator:
    """A figure of a period: `value` is None where the agency reported none. `path` is the glidepath on its day, `gap`
    the distance to it and `band` how much of one is behind; `missing` is what lacks to the target; each None where
    there is none. `reported` are the last figures the agency did report, latest first."""

    indicator: Indicator
    period: Period
    value: Figure | None
    path: Figure | None
    gap: Figure | None
    band: Figure | None
    missing: Figure | None
    reported: tuple[tuple[Period, Figure], ...]

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """What letters about it name."""
        return ((self.indicator.code, self.period.text),)


@dataclass(frozen=True)
class OfReports:
    """Reports that never came, the one due first before the others, and how many. `received` are the last reports of
    the same regimes that the agency did send, latest first."""

    missing: tuple[Report, ...]
    count: Figure
    received: tuple[Receipt, ...]

    @property
    def subjects(self) -> tuple[tuple[str, str], ...]:
        """What letters about it name."""
        return tuple((each.regime.code, each.period.text) for each in self.missing)


Matter: TypeAlias = OfDirective | OfIndicator | OfReports


@dataclass(frozen=True)
class Laggard:
    """One entry: an agency and what it owes. `days` are late since `since`: of an overdue event to the last day it
    was told open, of a report to the day of the list; both are None below a path. `letters` are the reminders and
    replies about it, the latest first, `reminded` how many of them are reminders."""

    key: str
    rule: Rule
    agency: Agency
    since: date | None
    days: Figure | None
    matter: Matter
    letters: tuple[Letter, ...]
    reminded: Figure
    simulated: bool

    @property
    def reminders(self) -> tuple[Letter, ...]:
        """The reminders, the latest first."""
        return tuple(each for each in self.letters if each.kind == "reminder")

    @property
    def reply(self) -> Letter | None:
        """What the agency said last; None where it said nothing."""
        return next((each for each in self.letters if each.kind == "reply"), None)


@dataclass(frozen=True)
class Alike:
    """The entries of one rule and one matter, or one overdue event alone; the worst first. `of` is how many could be
    among them, None where that says nothing."""

    entries: tuple[Laggard, ...]
    count: Figure
    of: Figure | None

    @property
    def worst(self) -> Laggard:
        """The first of them."""
        return self.entries[0]


def about(letters: Iterable[Letter], matter: Matter) -> tuple[Letter, ...]:
    """Those of an agency's letters that are about one matter, the latest first."""
    found = [each for each in letters if (each.subject, each.part) in matter.subjects]
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


__all__ = [
    "Alike",
    "Laggard",
    "Letter",
    "Matter",
    "OfDirective",
    "OfIndicator",
    "OfReports",
    "Rule",
    "Source",
    "about",
]
