"""One directive in full: in whose words, by which dates, what must move, and what was told of it."""

from collections.abc import Iterator
from datetime import date

from figures.due_line import DueMark, due_line
from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import Visit, indicator_path
from layouts.forms import area, choice, form, line
from layouts.letters import letter_forms, letter_words
from layouts.parts import card, facts, footer, glyph, labels, number, plain_source, sentence, simulated, told
from layouts.words import begun, name_of, source_title
from metrics.boards.directive import Directive, Event, Told, Version
from metrics.obligations import FINISHED, Standing

#: The shape that stands for a standing, and the status whose colours it takes.
SHAPES = {
    Standing.OVERDUE: "overdue",
    Standing.UNKNOWN: "nr",
    Standing.AT_RISK: "watch",
    Standing.IN_TIME: "good",
    Standing.NOT_DUE: "na",
    Standing.NO_DATE: "na",
    Standing.DONE_LATE: "unmet",
    Standing.DONE: "met",
    Standing.DONE_IN_TIME: "met",
}


_LEFT = (Standing.AT_RISK, Standing.IN_TIME, Standing.NOT_DUE)


def owner_words(each: Directive, say: Say) -> Child:
    """Who leads, and how sure that is; the words of the source where it names no single agency."""
    if each.owner is not None:
        words: Child = name_of(each.owner, say)
    elif each.everybody:
        words = begun(say("directives.everybody"))
    else:
        words = say("directives.no_owner")
    doubt = each.owner_certainty if each.owner is not None else "sourced"
    return words if doubt == "sourced" else [words, " ", html.Small(say(f"directives.{doubt}_owner"))]


def due_words(each: Directive, say: Say) -> Child:
    """Every date of every event: the one that counts first and strong, replaced ones struck through."""
    lines = [_due(version, event, say) for event in each.events for version in event.versions if version.due]
    return lines or html.Span(say("directives.no_date"), className="ink3")


def _due(version: Version, event: Event, say: Say) -> Node:
    assert version.due is not None
    date_words = html.Span(day(version.due), className="struck" if version.replaced else None)
    when = html.B(date_words) if version.governs else date_words
    words: list[Child] = [*sentence(say, "directives.due_of", due=when, event=say(f"event.{event.name}"))]
    if version.demand.due_certainty != "sourced":
        words += [" ", html.Small(["(", say(f"directives.{version.demand.due_certainty}_due"), ")"])]
    return html.Span(words, className="due-row")


def days_words(version: Version, say: Say) -> Child:
    """How late an event is, or how long is left; None where nothing is counted."""
    verdict, days = version.verdict, version.days
    if days is None:
        return None
    if verdict.standing is Standing.OVERDUE:
        return html.Span(sentence(say, "directives.days_overdue", days=number(days, say)), className="inv")
    key = "left" if verdict.standing in _LEFT else "late" if verdict.standing in FINISHED else "unknown"
    return html.Span(sentence(say, f"directives.days_{key}", days=number(days, say)), className=f"days-{key}")


def detail_card(each: Directive, at: date, visit: Visit, say: Say) -> Node:
    """The directive that was chosen, or the most urgent one."""
    versions = [version for event in each.events for version in event.versions]
    sources = dict.fromkeys(source_title(version.source, say) for version in versions)
    return card(
        [
            html.P(
                [
                    glyph(SHAPES[each.standing]),
                    say(f"standing.{each.standing}"),
                    html.Span(each.code, className="code"),
                ],
                className="detail-standing",
            ),
            html.H2(name_of(each, say), className="card-title"),
            *(_quote(version, say) for version in versions if version.demand.phrase),
            _line(each, at, say),
            _warning(each, versions, say),
            facts(_facts(each, say)),
            html.H3(say("directives.history")),
            html.Ol(list(_history(each, at, say)), className="history"),
            *_forms(each, at, visit, say),
            footer(
                plain_source(say("directives.sources", sources="; ".join(sources))),
                labels(
                    told(say("label.some_unconfirmed"))
                    if any(version.demand.due_certainty == "unconfirmed" for version in versions)
                    else None,
                    simulated(say, partly=True) if each.simulated else None,
                ),
            ),
        ],
        simulated=each.simulated,
        name="card card-detail",
    )


def _forms(each: Directive, at: date, visit: Visit, say: Say) -> Iterator[Node]:
    """What its owner, or whoever follows it, may record of its leading event; nothing where no agency leads."""
    if each.owner is None:
        return
    event = each.lead.demand.event
    states = [(state, say(f"directives.state_{state}")) for state in ("open", "at_risk", "done")]
    given = {"directive_code": each.code, "event": event, "agency_code": each.owner.code}
    fields = [
        choice("state", states, say),
        line("date", say, value=at.isoformat()),
        area("note", say),
        line("evidence", say),
        line("link", say, hint="https://…"),
        line("reason", say, hint=say("field.reason_hint")),
    ]
    if visit.sends("checkin", each.owner.code):
        yield form("checkin", fields, given, say)
    yield from letter_forms(each.owner.code, (each.code, event), visit, say)


def _quote(version: Version, say: Say) -> Node:
    by = say("directives.set_by", source=source_title(version.source, say), day=day(version.demand.set_on))
    return html.P([html.Span(f"“{version.demand.phrase}”", lang="vi"), html.Small(by)], className="quote")


def _warning(each: Directive, versions: list[Version], say: Say) -> Node | None:
    """What a reader must not take for more than it is."""
    dates = {version.due for version in versions if version.due and version.demand.event == each.lead.demand.event}
    words = []
    if len(dates) > 1:
        words.append(say("directives.two_dates", count=len(dates)))
    if each.standing is Standing.UNKNOWN:
        words.append(say("directives.no_evidence"))
    return html.P([glyph("watch"), html.Span(" ".join(words))], className="mismatch") if words else None


def _facts(each: Directive, say: Say) -> Iterator[tuple[Child, Child]]:
    yield say("directives.owner"), owner_words(each, say)
    others = ", ".join(name_of(other, say) for other in each.co_owners)
    yield say("directives.co_owners"), others or say("directives.no_co_owners")
    if each.indicators:
        links = [html.A(name_of(one, say), href=indicator_path(one.code), className="fact-link")
                 for one in each.indicators]  # fmt: skip
        yield say("directives.moves"), links
    yield say("directives.versions"), due_words(each, say)
    for event in each.events:
        for version in event.versions:
            if version.at_most is not None:
                name = begun(say(f"event.{event.name}"))
                yield name, sentence(say, "directives.at_most", days=number(version.at_most, say))


def _line(each: Directive, at: date, say: Say) -> Node | None:
    marks = [DueMark(at, "now", [day(at), html.Small(say("directives.today"))])]
    span: tuple[date, date] | None = None
    for event in each.events:
        words = say(f"event.{event.name}")
        seen: set[date] = set()
        for version in event.versions:
            if version.due is None or version.due in seen:
                continue
            seen.add(version.due)
            marks.append(
                DueMark(version.due, "passed" if version.replaced else "due", [day(version.due), html.Small(words)])
            )
        done = next((told.checkin.day for told in event.told if told.checkin.state == "done"), None)
        if done is not None:
            marks.append(DueMark(done, "done", [day(done), html.Small(words)]))
    lead = each.lead
    if (
        lead.due is not None
        and lead.verdict.told is not None
        and lead.verdict.days
        and lead.due < lead.verdict.told.day
    ):
        span = lead.due, lead.verdict.told.day
    days = sorted(mark.on for mark in marks)
    if days[0] == days[-1]:
        return None
    description = say("directives.described", name=name_of(each, say), first=day(days[0]), last=day(days[-1]))
    return due_line(marks, span, description)


def _history(each: Directive, at: date, say: Say) -> Iterator[Node]:
    """Given, told, due: in order of time, up to the day of the board; what is due later stands in the versions."""
    rows: list[tuple[date, int, str, Child]] = []
    for event in each.events:
        words = say(f"event.{event.name}")
        for version in event.versions:
            given: list[Child] = [html.B(f"{say('directives.given')}: {words}")]
            if version.governs and any(other.replaced for other in event.versions):
                given.append(html.Small(say("directives.replaced")))
            rows.append((version.demand.set_on, 0, "na", [*given, html.Small(source_title(version.source, say))]))
            if version.due is not None and version.due < at and not version.replaced:
                rows.append((version.due, 1, "missed", say("directives.due_passed", event=words)))
        rows += [(told.checkin.day, 2, *_told(told, event, say)) for told in event.told]
    rows += [(letter.day, 3, "na", said) for letter, said in letter_words(each.letters, say)]
    for on, _, shape, what in sorted(rows, key=lambda row: row[:2]):
        yield html.Li([html.Span(day(on), className="history-day"), glyph(shape), html.Span(what)])
    if not any(event.told for event in each.events):
        yield html.Li([html.Span(), glyph("nr"), html.Span(say("directives.nothing_told"))])


def _told(told: Told, event: Event, say: Say) -> tuple[str, Child]:
    checkin = told.checkin
    shape = {"done": "met", "at_risk": "watch", "open": "na"}[checkin.state]
    words: list[Child] = [html.B(say(f"directives.told_{checkin.state}", event=begun(say(f"event.{event.name}"))))]
    if checkin.note:
        words.append(html.Small(checkin.note, lang="vi"))
    if checkin.evidence:
        evidence: Child = checkin.evidence
        if checkin.link:
            evidence = html.A(checkin.evidence, href=checkin.link)
        words.append(html.Small(sentence(say, "directives.evidence", evidence=evidence)))
    words.append(html.Small(name_of(told.agency, say) if told.agency else source_title(told.source, say)))
    if checkin.status == "simulated":
        words.append(simulated(say))
    return shape, words
