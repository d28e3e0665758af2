"""Who must be named to the Prime Minister, on which evidence. This is the rule, in one place:

overdue     an event of a directive was told open after its due date, where the source itself names date and owner; or
            a figure whose as-of date lies after the due date of its target falls short of it
unreported  most of its group reported a headline indicator for a period that is over, the agency that owes it did
            not; or the due day of a report of a regime is over and nothing came of it
behind      its figure for that period stands a band or more below the path

Silence is no evidence: an event of which nothing was told since its date passed is `silent`, never late. What is late
by a date or an owner that a source only implies, or nobody confirmed, is `withheld`: counted, and nobody is named. A
report that was refused did come, and is not listed here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from data import reports as sent
from data import tasks
from data.facts import Agency, Indicator, Letter
from data.periods import Period, civil_period
from data.report_facts import Receipt
from metrics.boards.agencies import GROUPS, AgencyRow, AgencyTable
from metrics.boards.directive import Directive, Event, Version, known_directives
from metrics.boards.expected import Report, expected
from metrics.boards.fresh import fresh_directives, fresh_reports, fresh_table
from metrics.boards.known import Known
from metrics.boards.laggard import Alike, Laggard, Matter, OfDirective, OfIndicator, OfReports, Rule, about
from metrics.boards.national import HEADLINE, difference_unit
from metrics.boards.own_readings import readings_of_agency
from metrics.figure import Figure, derived, figure_of
from metrics.freshness import Freshness, newest
from metrics.obligations import Standing
from metrics.reporting import State
from metrics.status import Status

_DAYS = "ngày"
_SOURCED = "sourced"
_SIMULATED = "simulated"
#: So many of the last reports or check-ins are the evidence of an entry.
_EVIDENCE = 3
#: Before its date, the nearest first.
_COMING = frozenset({Standing.AT_RISK, Standing.IN_TIME, Standing.NOT_DUE})


@dataclass(frozen=True)
class Laggards:
    """The list of a day. `groups` hold the `count` entries in the order of the list; `silent` are directives whose
    date has passed and of which nothing is known, `withheld` those that are late by a date or an owner that is not
    certain, `coming` those before their date, the nearest first. `outside` where there may be others whom the scope
    does not see."""

    groups: tuple[Alike, ...]
    count: Figure
    silent: tuple[Directive, ...]
    withheld: tuple[Directive, ...]
    coming: tuple[Directive, ...]
    outside: bool
    simulated: bool

    @property
    def entries(self) -> Iterator[Laggard]:
        """Every entry, in the order of the list."""
        return (entry for group in self.groups for entry in group.entries)


def known_laggards(known: Known) -> Laggards:
    """The list as known at the end of the day."""
    return known.once("laggards", lambda: _made(known))


def laggards_fresh(known: Known) -> Freshness | None:
    """How new the list is: what was ordered or told, what was reported, and the figures that agencies are held to;
    None where nothing of it is known."""

    def make() -> Freshness | None:
        indicators = (known.register.indicators[code] for code in HEADLINE)
        tables = [(each, _due_table(known, group, each)) for each in indicators for group in GROUPS]
        figures = [fresh_table(found[0], (each, found[1]), known.at) for each, found in tables if found]
        return newest(fresh_directives(known_directives(known), known.at), fresh_reports(known), *figures)

    return known.once("laggards fresh", make)


def of_agency(found: Laggards, agency: Agency) -> tuple[Laggard, ...]:
    """The entries of one agency."""
    return tuple(entry for entry in found.entries if entry.agency == agency)


def _made(known: Known) -> Laggards:
    directives = known_directives(known)
    groups = [*_overdue_events(known, directives), *_of_reports(known), *_of_indicators(known)]
    groups.sort(key=_place)
    return Laggards(
        groups=tuple(groups),
        count=derived("laggards", sum(len(group.entries) for group in groups)),
        silent=tuple(each for each in directives if each.standing is Standing.UNKNOWN),
        withheld=tuple(each for each in directives if any(map(_is_withheld, _late(each)))),
        coming=tuple(each for each in directives if each.standing in _COMING),
        outside=known.scope.agencies is not None,
        simulated=any(entry.simulated for group in groups for entry in group.entries),
    )


def _place(group: Alike) -> tuple[int, int]:
    """By rule, and within one the most days first; what stands below a path keeps the order of the targets."""
    worst = group.worst
    return list(Rule).index(worst.rule), -int(worst.days.quantity.number) if worst.days else 0


def _entry(
    known: Known, rule: Rule, agency: Agency, matter: Matter, late: tuple[date | None, Figure | None], simulated: bool
) -> Laggard:
    """The entry of an agency with its letters; `late` is since when and how many days."""
    key = "/".join((rule, *_named(matter, agency)))
    letters = about(_letters(known).get(agency.code, ()), matter)
    return Laggard(
        key=key,
        rule=rule,
        agency=agency,
        since=late[0],
        days=late[1],
        matter=matter,
        letters=letters,
        reminded=derived(f"reminders/{key}", sum(each.kind == "reminder" for each in letters)),
        simulated=simulated or any(each.status == _SIMULATED for each in letters),
    )


def _letters(known: Known) -> dict[str, list[Letter]]:
    """Every letter of the day, agency by agency."""

    def make() -> dict[str, list[Letter]]:
        found: dict[str, list[Letter]] = {}
        for letter in known.ask("letters", tasks.letters):
            found.setdefault(letter.agency, []).append(letter)
        return found

    return known.once("letters of agencies", make)


def _named(matter: Matter, agency: Agency) -> tuple[str, ...]:
    """What tells an entry from the others of its rule."""
    if isinstance(matter, OfDirective):
        return matter.directive.code, matter.version.demand.event
    if isinstance(matter, OfIndicator):
        return matter.indicator.code, agency.code, matter.period.text
    return "reports", agency.code


# Directives


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


def _overdue_events(known: Known, directives: Iterable[Directive]) -> Iterator[Alike]:
    for late in (each for directive in directives for each in _late(directive) if not _is_withheld(each)):
        directive, event, version = late
        assert directive.owner is not None  # else it is withheld
        if not known.scope.covers(directive.owner.code):
            continue
        matter = OfDirective(directive, version, event.told[:_EVIDENCE])
        told = version.verdict.told
        simulated = told is not None and told.status == _SIMULATED
        entry = _entry(known, Rule.OVERDUE, directive.owner, matter, (version.due, version.days), simulated)
        yield Alike((entry,), derived(f"laggards/{entry.key}", 1), None)


# Reports of regimes


def _of_reports(known: Known) -> Iterator[Alike]:
    """Every agency of which a report never came, those first that wait longest."""
    found = expected(known)
    missing: dict[str, list[Report]] = {}
    for report in found.troubled:
        if report.state is State.MISSING:
            missing.setdefault(report.agency.code, []).append(report)
    if not missing:
        return
    receipts = _received(known, [report for reports in missing.values() for report in reports])
    entries = [_of_agency(known, reports, receipts) for reports in missing.values()]
    yield Alike(
        tuple(entries),
        derived(f"laggards-{Rule.UNREPORTED}/reports", len(entries)),
        derived("owing/reports", len(found.agencies)) if known.scope.agencies is None else None,
    )


def _of_agency(known: Known, reports: list[Report], receipts: Iterable[Receipt]) -> Laggard:
    """The entry of an agency that misses these reports, the first due of them first."""
    first = reports[0]
    regimes = {each.regime.code for each in reports}
    own = [each for each in receipts if each.agency == first.agency.code and each.regime in regimes]
    matter = OfReports(tuple(reports), derived(f"missing/{first.agency.code}", len(reports)), tuple(own[:_EVIDENCE]))
    days = derived(f"laggard-days/reports/{first.agency.code}", (known.at - first.due).days, _DAYS)
    return _entry(
        known, Rule.UNREPORTED, first.agency, matter, (first.due, days), any(each.simulated for each in reports)
    )


def _received(known: Known, missing: Iterable[Report]) -> list[Receipt]:
    """What the same agencies sent of the same regimes for the periods before, the latest first."""
    cells = [
        (civil_period(each.period.cycle, each.period.end, back).text, each.agency.code, each.regime.code)
        for each in missing
        for back in range(1, _EVIDENCE + 1)
    ]
    return known.ask("sent before", partial(sent.taken_of, cells=cells))


# Headline indicators


def _of_indicators(known: Known) -> Iterator[Alike]:
    """Who did not report a headline indicator for its latest period, or stands below its path or target."""
    for code in HEADLINE:
        indicator = known.register.indicators[code]
        for group in GROUPS:
            found = _due_table(known, group, indicator)
            if found is not None:
                yield from _of_table(known, *found, indicator)


def _due_table(known: Known, group: str, indicator: Indicator) -> tuple[AgencyTable, Period] | None:
    """The latest period that is over and for which most of a group reported: one report alone makes nobody late.
    None also where the scope covers nobody of the group: nobody of it would be named."""
    kinds = GROUPS[group]
    if not any(each.kind in kinds and known.scope.covers(each.code) for each in known.register.agencies):
        return None
    # Who sees the figures of the whole group needs nobody's besides.
    counted = known if known.sees(indicator, None, kinds) else known.whole
    if indicator.code not in counted.measured:
        return None
    for period in counted.periods(indicator.code):
        table = counted.table(group, indicator, period)
        if period.end < known.at and len(table.rows) > len(table.unreported):
            return known.table(group, indicator, period), period
    return None


def _of_table(known: Known, table: AgencyTable, period: Period, indicator: Indicator) -> Iterator[Alike]:
    named: dict[Rule, list[AgencyRow]] = {
        Rule.OVERDUE: [row for row in reversed(table.rows) if row.judgement.status is Status.OVERDUE],
        Rule.UNREPORTED: list(table.unreported),
        Rule.BEHIND: [row for row in reversed(table.rows) if row.judgement.status is Status.BEHIND],
    }
    for rule, rows in named.items():
        rows = [row for row in rows if known.scope.covers(row.agency.code)]
        if rows:
            mark = f"laggards-{rule}/{table.group}/{indicator.code}/{period.text}"
            entries = tuple(_of_row(known, rule, row, (indicator, period, table)) for row in rows)
            of = table.owing if rule is Rule.UNREPORTED else table.reported
            yield Alike(entries, derived(mark, len(entries)), of if known.scope.agencies is None else None)


def _of_row(known: Known, rule: Rule, row: AgencyRow, of: tuple[Indicator, Period, AgencyTable]) -> Laggard:
    indicator, period, table = of
    days = (known.at - period.end).days if rule is Rule.UNREPORTED else row.judgement.days_overdue
    last = list(readings_of_agency(known, indicator.code, row.agency).items())[:_EVIDENCE]
    reported = tuple((each, figure_of(reading)) for each, reading in last)
    mark = f"laggard-days/{rule}/{indicator.code}/{row.agency.code}/{period.text}"
    late = _since(rule, period, days), None if days is None else derived(mark, days, _DAYS)
    judged, unit = row.judgement, difference_unit(indicator)
    own = f"{indicator.code}/{row.agency.code}/{period.text}"
    matter = OfIndicator(
        indicator=indicator,
        period=period,
        value=row.value,
        path=None if judged.expected is None else derived(f"path/{own}", judged.expected, indicator.unit),
        gap=row.gap,
        band=None if indicator.band is None else derived(f"band/{indicator.code}", indicator.band, unit),
        missing=None if judged.shortfall is None else derived(f"missing/{own}", judged.shortfall, unit),
        reported=reported,
    )
    return _entry(known, rule, row.agency, matter, late, row.simulated if row.value is not None else table.simulated)


def _since(rule: Rule, period: Period, days: int | None) -> date | None:
    """The day it was due: the end of the period of a report, the due date of a target; None below a path."""
    if rule is Rule.UNREPORTED:
        return period.end
    return period.end - timedelta(days=days) if days is not None else None
