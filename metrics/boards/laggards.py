"""Who must be named to the Prime Minister, on which evidence. This is the rule, in one place:

overdue     an event of a directive was told open after its due date, where the source itself names date and owner; or
            a figure whose as-of date lies after the due date of its target falls short of it
unreported  most of its group reported a headline indicator for a period that is over, the agency that owes it did not
behind      its figure for that period stands a band or more below the path

Silence is no evidence: an event of which nothing was told since its date passed is `silent`, never late. What is late
by a date or an owner that a source only implies, or nobody confirmed, is `withheld`: counted, and nobody is named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data.facts import Agency, Indicator
from data.periods import Period
from metrics.boards.agencies import GROUPS, AgencyRow, AgencyTable
from metrics.boards.directive import Directive, Event, Told, Version, known_directives
from metrics.boards.known import Known
from metrics.boards.national import HEADLINE
from metrics.boards.own_figures import readings_of_agency
from metrics.figure import Figure, derived, figure_of
from metrics.obligations import Standing
from metrics.status import Status

_DAYS = "ngày"
_SOURCED = "sourced"
#: So many of the last reports or check-ins are the evidence of an entry.
_EVIDENCE = 3
#: Before its date, the nearest first.
_COMING = frozenset({Standing.AT_RISK, Standing.IN_TIME, Standing.NOT_DUE})


class Rule(StrEnum):
    """Why somebody is named, in the order of the list."""

    OVERDUE = "overdue"
    UNREPORTED = "unreported"
    BEHIND = "behind"


@dataclass(frozen=True)
class Laggard:
    """One entry. Of a directive it holds `directive`, `version` and what was `told` of it, latest first; of an
    indicator `indicator`, `period` and the agency's figure (`value`, None where it reported none) and the last
    figures it did report, `reported`, latest first.

    `days` are late since `since`: of an overdue event to the last day it was told open, of a report to the day of the
    list; None for `behind`, where `gap` is the distance to the path.
    """

    key: str
    rule: Rule
    agency: Agency
    since: date | None
    days: Figure | None
    gap: Figure | None = None
    directive: Directive | None = None
    version: Version | None = None
    told: tuple[Told, ...] = ()
    indicator: Indicator | None = None
    period: Period | None = None
    value: Figure | None = None
    reported: tuple[tuple[Period, Figure], ...] = ()
    simulated: bool = False


@dataclass(frozen=True)
class Alike:
    """The entries of one rule, indicator and period, or one overdue event alone; the worst first."""

    entries: tuple[Laggard, ...]
    count: Figure
    of: Figure | None

    @property
    def worst(self) -> Laggard:
        """The first of them."""
        return self.entries[0]


@dataclass(frozen=True)
class Laggards:
    """The list of a day. `groups` hold the `count` entries in the order of the list; `silent` are directives whose
    date has passed and of which nothing is known, `withheld` those that are late by a date or an owner that is not
    certain, `coming` those before their date, the nearest first."""

    groups: tuple[Alike, ...]
    count: Figure
    silent: tuple[Directive, ...]
    withheld: tuple[Directive, ...]
    coming: tuple[Directive, ...]
    simulated: bool

    @property
    def entries(self) -> Iterator[Laggard]:
        """Every entry, in the order of the list."""
        return (entry for group in self.groups for entry in group.entries)


def known_laggards(known: Known) -> Laggards:
    """The list as known at the end of the day."""
    return known.once("laggards", lambda: _made(known))


def of_agency(found: Laggards, agency: Agency) -> tuple[Laggard, ...]:
    """The entries of one agency."""
    return tuple(entry for entry in found.entries if entry.agency == agency)


def _made(known: Known) -> Laggards:
    directives = known_directives(known)
    groups = [*_overdue_events(directives), *_of_indicators(known)]
    groups.sort(key=_place)
    return Laggards(
        groups=tuple(groups),
        count=derived("laggards", sum(len(group.entries) for group in groups)),
        silent=tuple(each for each in directives if each.standing is Standing.UNKNOWN),
        withheld=tuple(each for each in directives if any(map(_is_withheld, _late(each)))),
        coming=tuple(each for each in directives if each.standing in _COMING),
        simulated=any(entry.simulated for group in groups for entry in group.entries),
    )


def _place(group: Alike) -> tuple[int, int]:
    """By rule, and within one the most days first; what stands below a path keeps the order of the targets."""
    worst = group.worst
    return list(Rule).index(worst.rule), -int(worst.days.quantity.number) if worst.days else 0


def _late(directive: Directive) -> Iterator[tuple[Directive, Event, Version]]:
    """The events that are overdue by the date that counts."""
    for event in directive.events:
        version = event.governing
        if version is not None and version.verdict.standing is Standing.OVERDUE:
            yield directive, event, version


def _is_withheld(late: tuple[Directive, Event, Version]) -> bool:
    directive, _, version = late
    certain = version.demand.due_certainty == _SOURCED and directive.owner_certainty == _SOURCED
    return directive.owner is None or not certain


def _overdue_events(directives: Iterable[Directive]) -> Iterator[Alike]:
    for late in (each for directive in directives for each in _late(directive) if not _is_withheld(each)):
        directive, event, version = late
        assert directive.owner is not None  # else it is withheld
        entry = Laggard(
            key=f"{Rule.OVERDUE}/{directive.code}/{event.name}",
            rule=Rule.OVERDUE,
            agency=directive.owner,
            since=version.due,
            days=version.days,
            directive=directive,
            version=version,
            told=event.told[:_EVIDENCE],
            simulated=version.verdict.told is not None and version.verdict.told.status == "simulated",
        )
        yield Alike((entry,), derived(f"laggards/{entry.key}", 1), None)


def _of_indicators(known: Known) -> Iterator[Alike]:
    """Who did not report a headline indicator for its latest period, or stands below its path or target."""
    for code in HEADLINE:
        indicator = known.register.indicators[code]
        for group in GROUPS:
            found = _due_table(known, group, indicator) if code in known.measured else None
            if found is not None:
                yield from _of_table(known, *found, indicator)


def _due_table(known: Known, group: str, indicator: Indicator) -> tuple[AgencyTable, Period] | None:
    """The latest period that is over and for which most of a group reported: one report alone makes nobody late."""
    for period in known.periods(indicator.code):
        table = known.table(group, indicator, period)
        if period.end < known.at and len(table.rows) > len(table.unreported):
            return table, period
    return None


def _of_table(known: Known, table: AgencyTable, period: Period, indicator: Indicator) -> Iterator[Alike]:
    named: dict[Rule, list[AgencyRow]] = {
        Rule.OVERDUE: [row for row in reversed(table.rows) if row.judgement.status is Status.OVERDUE],
        Rule.UNREPORTED: list(table.unreported),
        Rule.BEHIND: [row for row in reversed(table.rows) if row.judgement.status is Status.BEHIND],
    }
    for rule, rows in named.items():
        if rows:
            mark = f"laggards-{rule}/{table.group}/{indicator.code}/{period.text}"
            entries = tuple(_of_row(known, rule, row, (indicator, period, table)) for row in rows)
            of = table.owing if rule is Rule.UNREPORTED else table.reported
            yield Alike(entries, derived(mark, len(entries)), of)


def _of_row(known: Known, rule: Rule, row: AgencyRow, of: tuple[Indicator, Period, AgencyTable]) -> Laggard:
    indicator, period, table = of
    key = f"{rule}/{indicator.code}/{row.agency.code}/{period.text}"
    days = (known.at - period.end).days if rule is Rule.UNREPORTED else row.judgement.days_overdue
    readings = readings_of_agency(known, indicator.code, row.agency)
    last = list(readings.items())[:_EVIDENCE]
    return Laggard(
        key=key,
        rule=rule,
        agency=row.agency,
        since=_since(rule, period, days),
        days=None if days is None else derived(f"laggard-days/{key}", days, _DAYS),
        gap=row.gap,
        indicator=indicator,
        period=period,
        value=row.value,
        reported=tuple((each, figure_of(reading)) for each, reading in last),
        simulated=row.simulated if row.value is not None else table.simulated,
    )


def _since(rule: Rule, period: Period, days: int | None) -> date | None:
    """The day it was due: the end of the period of a report, the due date of a target; None below a path."""
    if rule is Rule.UNREPORTED:
        return period.end
    return period.end - timedelta(days=days) if days is not None else None
