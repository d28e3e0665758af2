"""One entry of the list as a report of its own: six points, each number in them a figure of the board."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from i18n import Say
from i18n.formats import paper_day
from layouts.paper import Grid, Paragraph, Run, Runs, Sheet
from layouts.paper_parts import filled, joined, plain, point, words
from layouts.words import name_of, period_of, shape_key, source_title, title_of
from metrics.boards.laggard import Laggard, Letter, OfDirective, OfIndicator, OfReports, Rule, Source
from metrics.boards.national import National, TargetVersion
from metrics.figure import Figure

_WIDTHS = (14, 33, 53)
_HEADS = ("day", "what", "content")
#: So many missing reports and so many letters have a row of their own, so that a sheet stays one page.
_REPORTS, _LETTERS = 6, 5
Nations: TypeAlias = Mapping[str, National]
#: A row of the table of dates: the day it is sorted by, what happened, and more of it.
Dated: TypeAlias = tuple[date, str, Runs]


@dataclass(frozen=True)
class _Said:
    """What a kind of entry says: what it is about, the four points that differ, and on whose word."""

    about: str
    task: Runs
    late: Runs
    dates: tuple[Dated, ...]
    effect: tuple[str, ...]
    proposal: str
    sources: tuple[Source, ...]


def entry_sheet(entry: Laggard, nations: Nations, at: date, say: Say) -> Sheet:
    """The report of one entry; `nations` holds where the nation stands in each indicator it touches."""
    matter, agency = entry.matter, name_of(entry.agency, say)
    if isinstance(matter, OfDirective):
        said = _of_directive(entry, matter, at, say)
    elif isinstance(matter, OfIndicator):
        said = _of_indicator(entry, matter, nations[matter.indicator.code], at, say)
    else:
        said = _of_reports(entry, matter, at, say)
    dated = sorted([*said.dates, *_letters(entry.letters, say)], key=lambda row: row[0])
    rows = tuple((words(paper_day(day)), words(what), more) for day, what, more in dated)
    reply = entry.reply
    title = ("reply_dated", {"day": paper_day(reply.day)}) if reply else ("reply", {})
    answer = f"“{reply.words}”{_mark(reply.status, say)}." if reply else say("official.point.no_reply")
    return Sheet(
        key=entry.key,
        about=said.about,
        blocks=(
            Paragraph(words(say("official.lead.order") + say("official.lead.one"))),
            point(say, "task", said.task),
            point(say, "late", said.late),
            point(say, "dates"),
            Grid(tuple(say(f"official.grid.{name}") for name in _HEADS), _WIDTHS, (0,), rows),
            point(say, title[0], words(answer), agency=agency, **title[1]),
            point(say, "effect", _effect(said.effect, nations, say)),
            point(say, "proposal", words(said.proposal)),
            Paragraph(words(say("official.point.close"))),
        ),
        recipients=(
            *(say(f"official.foot.{name}") for name in ("as_above", "deputies")),
            say("official.foot.agency", agency=agency),
            say("official.foot.filed"),
        ),
        sources="; ".join(dict.fromkeys(_source(each, say) for each in said.sources)),
        simulated=entry.simulated,
    )


def _source(source: Source, say: Say) -> str:
    title = source_title(source, say)
    return f"{title}, {paper_day(source.published)}" if source.published else title


def _mark(status: str, say: Say) -> str:
    """What is simulated says so in its own row."""
    return say("official.grid.simulated") if status == "simulated" else ""


def _letters(letters: Sequence[Letter], say: Say) -> Iterator[Dated]:
    """The reminders, numbered from the first, and the replies; the last of them where there are many."""
    number, rows = 0, []
    for letter in reversed(letters):
        if letter.kind == "reminder":
            number += 1
            by = say("official.grid.by", document=letter.document, sent_by=letter.sent_by)
            rows.append((letter.day, say("official.grid.reminder", n=number), words(by + _mark(letter.status, say))))
        else:
            told = say("official.grid.at_point") + _mark(letter.status, say)
            rows.append((letter.day, say("official.grid.reply"), words(told)))
    yield from rows[-_LETTERS:]


def _effect(codes: Sequence[str], nations: Nations, say: Say) -> Runs:
    """Where the nation stands in each indicator that hangs on it."""
    if not codes:
        return words(say("official.effect.none"))
    return joined([_stands(nations[code], say) for code in codes])


def _stands(nation: National, say: Say) -> Runs:
    name, value = title_of(nation.indicator, say), nation.value
    if value is None or value.trace is None:
        return words(say("official.effect.indicator_none", name=name))
    return filled(say, "official.effect.indicator", name=name, value=value, as_of=paper_day(value.trace.as_of))


# A directive


def _of_directive(entry: Laggard, matter: OfDirective, at: date, say: Say) -> _Said:
    directive, verdict = matter.directive, matter.version.verdict
    agency, name = name_of(entry.agency, say), name_of(directive, say)
    event = say(f"event.{matter.version.demand.event}")
    versions = sorted(
        (version for each in directive.events for version in each.versions), key=lambda each: each.demand.set_on
    )
    demands = [say("official.about.directive_told", agency=agency, event=event, name=name)]
    for version in versions:
        quoted = "demand" if version.demand.phrase else "demand_unquoted"
        told = {"source": source_title(version.source, say), "day": paper_day(version.demand.set_on)}
        demands.append(say(f"official.task.{quoted}", phrase=version.demand.phrase, **told))
    assert entry.since is not None and entry.days is not None and verdict.told is not None  # it is overdue
    late = {"since": paper_day(entry.since), "until": paper_day(verdict.told.day)}
    rows: list[Dated] = []
    for place, version in enumerate(versions):
        about = say(f"event.{version.demand.event}")
        due = (
            say("official.grid.due_is", event=about, due=paper_day(version.due))
            if version.due
            else say("official.grid.no_due")
        )
        given = say("official.grid.again" if place else "official.grid.given")
        rows.append((version.demand.set_on, given, words(due)))
        if version.due is not None and version.due < at:
            over = say("official.grid.due_replaced" if version.replaced else "official.grid.due", event=about)
            rows.append((version.due, over, words(say("official.grid.not_done"))))
    for told_of in matter.told:
        checkin = told_of.checkin
        parts = [say(f"official.grid.{checkin.state}"), checkin.note]
        if told_of.agency is None:
            parts.append(source_title(told_of.source, say))
        elif told_of.agency != entry.agency:
            parts.append(name_of(told_of.agency, say))
        told_words = "; ".join(part for part in parts if part) + _mark(checkin.status, say)
        rows.append((checkin.day, say("official.grid.told"), words(told_words)))
    return _Said(
        about=say("official.about.directive", event=event, name=name),
        task=joined([words(each) for each in demands]),
        late=filled(say, "official.late.overdue", event=event, days=entry.days, **late),
        dates=tuple(rows),
        effect=tuple(each.code for each in directive.indicators),
        proposal=say("official.proposal.directive", agency=agency, event=event),
        sources=tuple(version.source for version in versions),
    )


# A figure


def _of_indicator(entry: Laggard, matter: OfIndicator, nation: National, at: date, say: Say) -> _Said:
    agency, name = name_of(entry.agency, say), name_of(matter.indicator, say)
    period = period_of(matter.period.text, say)
    aims = [(version.target.set_on, _aim(version, say)) for version in nation.versions]
    once = {
        (set_on, "".join(run.text for run in aim)): (set_on, say("official.grid.target"), aim) for set_on, aim in aims
    }
    rows: list[Dated] = list(once.values())
    for told, value in reversed(matter.reported):
        status = _mark(value.trace.status, say) if value.trace else ""
        what = say("official.grid.report", period=period_of(told.text, say))
        rows.append((told.end, what, (*plain(value, say), Run(status)) if status else plain(value, say)))
    if matter.value is None:
        rows.append(
            (matter.period.end, say("official.grid.report", period=period), words(say("official.grid.no_figure")))
        )
    head = words(say("official.task.indicator", agency=agency, name=name))
    return _Said(
        about=say(f"official.about.{entry.rule}", agency=agency, name=name, period=period),
        task=(
            *head,
            *(_governing(nation.governing, say) if nation.governing else words(say("official.task.no_target"))),
        ),
        late=_late(entry, matter, nation, (period, at), say),
        dates=tuple(rows),
        effect=(matter.indicator.code,),
        proposal=say(f"official.proposal.{entry.rule}", agency=agency),
        sources=tuple(version.source for version in nation.versions),
    )


def _governing(version: TargetVersion, say: Say) -> Runs:
    """The target in force, on whose word."""
    told = {"source": source_title(version.source, say), "day": paper_day(version.target.set_on)}
    return filled(say, "official.task.target", aim=_aim(version, say), **told)


def _aim(version: TargetVersion, say: Say) -> Runs:
    """One version of a target: what, and by when."""
    value, due = filled(say, shape_key(version.target), value=plain(version.value, say)), version.target.due
    if due is None:
        return filled(say, "official.task.aim_no_due", value=value)
    return filled(say, "official.task.aim", value=value, due=paper_day(due.end))


def _late(entry: Laggard, matter: OfIndicator, nation: National, when: tuple[str, date], say: Say) -> Runs:
    period, at = when
    if entry.rule is Rule.UNREPORTED:
        assert entry.since is not None and entry.days is not None  # what is not reported has a day
        since = paper_day(entry.since)
        return filled(say, "official.late.unreported", days=entry.days, since=since, until=paper_day(at))
    assert matter.value is not None  # else it is not reported
    if entry.rule is Rule.OVERDUE:
        assert entry.days is not None and matter.missing is not None  # it falls short after its date
        return filled(
            say, "official.late.overdue_target", days=entry.days, value=matter.value, missing=matter.missing
        )
    assert matter.gap is not None and matter.path is not None and matter.band is not None  # it is behind its path
    parts: dict[str, Figure] = {"value": matter.value, "gap": matter.gap, "path": matter.path}
    governing = nation.governing
    status = say(f"official.late.path_{governing.target.path.status if governing else ''}")
    return filled(say, "official.late.behind", period=period, band=plain(matter.band, say), status=status, **parts)


# Reports


def _of_reports(entry: Laggard, matter: OfReports, at: date, say: Say) -> _Said:
    agency = name_of(entry.agency, say)
    assert entry.since is not None and entry.days is not None  # the first of them has its day
    rows: list[Dated] = []
    for report in matter.missing[:_REPORTS]:
        named = {"regime": name_of(report.regime, say), "period": period_of(report.period.text, say)}
        rows.append((report.due, say("official.grid.missing"), words(say("official.grid.not_received", **named))))
    more = len(matter.missing) - _REPORTS
    if more > 0:
        last = matter.missing[-1].due
        rows.append((last, say("official.grid.missing"), words(say("official.grid.more", count=more))))
    regimes = {report.regime.code: report.regime for report in matter.missing}
    for receipt in matter.received:
        named = {"regime": name_of(regimes[receipt.regime], say), "period": period_of(receipt.period, say)}
        told = say("official.grid.of_regime", **named) + _mark(receipt.status, say)
        rows.append((receipt.received_at.date(), say("official.grid.received"), words(told)))
    until = {"since": paper_day(entry.since), "until": paper_day(at)}
    return _Said(
        about=say("official.about.reports", agency=agency),
        task=words(say("official.task.reports", agency=agency)),
        late=filled(say, "official.late.reports", count=matter.count, days=entry.days, **until),
        dates=tuple(rows),
        effect=tuple(dict.fromkeys(code for regime in regimes.values() for code in regime.indicators)),
        proposal=say("official.proposal.reports", agency=agency),
        sources=(),
    )
