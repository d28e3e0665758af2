"""Who must be named to the Prime Minister: in few lines on the overview, and in full beside the directives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import agency_path, to
from layouts.parts import (
    agency_mark,
    card,
    figure_link,
    footer,
    glyph,
    head,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
)
from layouts.words import begun, name_of, period_of, tiny_of
from metrics.boards.directive import Directive
from metrics.boards.laggard import Alike, Laggard, Letter, Matter, OfDirective, OfIndicator, OfReports, Rule
from metrics.boards.laggards import Laggards

#: What a directive is called.
Named: TypeAlias = Callable[[Directive, Say], str]
#: The shape that stands for a rule.
SHAPES = {Rule.OVERDUE: "overdue", Rule.UNREPORTED: "nr", Rule.BEHIND: "behind"}
#: So many lines the card of the overview has room for; so many entries of a group are shown unfolded.
_LINES, _UNFOLDED = 4, 6
#: So many agencies a line names.
_NAMED = 3
_COLUMNS = ("agency", "matter", "since", "late", "evidence", "reminders", "reply")


def laggards_card(found: Laggards, say: Say) -> Node:
    """The card of the overview: the worst of every rule, what nobody knows of, and the next date."""
    lines = laggard_lines(found, say)
    label = simulated(say, partly=True) if found.simulated else None
    return card(
        [
            head(say("laggards.title"), _count(found, say)),
            None if found.groups else html.P(_none(found, say), className="lag-none"),
            html.Ul(lines, className="lags"),
            footer(plain_source(_everyone(say)), label, table_link("laggards", say) if lines else None),
        ],
        simulated=found.simulated,
        name="card card-laggards",
    )


def laggard_lines(found: Laggards, say: Say, name: Named = name_of) -> list[Node]:
    """The worst of every rule, what nobody knows of, and the next date, in few lines; `name` is how a directive is
    called there."""
    named = [_group(group, say, name) for group in _first_of_each(found.groups)]
    return [*named[: _LINES - 1], *_silent(found.silent, say, name), *_coming(found.coming, say, name)][:_LINES]


def _count(found: Laggards, say: Say) -> Child:
    return html.B(number(found.count, say), className="lag-count")


def _none(found: Laggards, say: Say) -> str:
    """That nobody has to be named: of all, or of those whom the reader may see."""
    return say("laggards.none_within" if found.outside else "laggards.none")


def _everyone(say: Say) -> Node:
    return html.A(say("laggards.all"), href=to("/directives"))


def _first_of_each(groups: Sequence[Alike]) -> list[Alike]:
    """The groups, the first of every rule before the others: a short list leaves no rule out."""
    first = {group.worst.rule: group for group in reversed(groups)}
    return sorted(groups, key=lambda group: (group is not first[group.worst.rule],))


def _group(group: Alike, say: Say, name: Named) -> Node:
    worst = group.worst
    # Of several that did not report none is told before the others.
    one = worst.rule is not Rule.UNREPORTED or isinstance(worst.matter, OfReports) or len(group.entries) == 1
    mark = agency_mark(worst.agency if one else None)
    return laggard_line(
        SHAPES[worst.rule], group_title(group, say, name), _under(group, say), late_words(worst, say), mark
    )


def _under(group: Alike, say: Say) -> Child:
    """Whom it is about, or who is worst of them."""
    worst, matter = group.worst, group.worst.matter
    name = name_of(worst.agency, say)
    if isinstance(matter, OfDirective):
        due = day(worst.since) if worst.since else ""
        return say("laggards.owed", owner=name, event=say(f"event.{matter.version.demand.event}"), due=due)
    if isinstance(matter, OfReports):
        return sentence(say, "laggards.under_reports", worst=name, count=number(matter.count, say))
    words = {"indicator": tiny_of(matter.indicator, say), "period": period_of(matter.period.text, say)}
    return begun(say(f"laggards.under_{worst.rule}", worst=name, **words))


def group_title(group: Alike, say: Say, name: Named = name_of) -> Child:
    """What it is about; of several agencies how many of how many, or their names where they are few."""
    rule, matter = group.worst.rule, group.worst.matter
    if isinstance(matter, OfDirective):
        return name(matter.directive, say)
    of = number(group.of, say) if group.of else None
    if of is None and len(group.entries) <= _NAMED:
        names = ", ".join(name_of(each.agency, say) for each in group.entries)
        what = "reports" if isinstance(matter, OfReports) else rule
        return say(f"laggards.title_{what}", names=names)
    if isinstance(matter, OfReports):
        return sentence(say, "laggards.unreported_agencies", n=number(group.count, say), of=of)
    if rule is Rule.UNREPORTED and len(group.entries) <= _NAMED:
        return say("laggards.title_unreported", names=", ".join(name_of(each.agency, say) for each in group.entries))
    kind = "provinces" if group.worst.agency.kind == "province" else "ministries"
    return sentence(say, f"laggards.{rule}_{kind}", n=number(group.count, say), of=of)


def matter_words(matter: Matter, say: Say) -> Child:
    """What an entry is about, in a few words."""
    if isinstance(matter, OfDirective):
        return name_of(matter.directive, say)
    if isinstance(matter, OfReports):
        first = matter.missing[0]
        named = say("laggards.report_of", regime=name_of(first.regime, say), period=period_of(first.period.text, say))
        more = len(matter.missing) - 1
        return [named, " ", html.Small(say("laggards.more_reports", count=more))] if more else named
    return say("laggards.of", indicator=tiny_of(matter.indicator, say), period=period_of(matter.period.text, say))


def late_words(entry: Laggard, say: Say) -> Child:
    """By how much: days, or the distance to the path."""
    if isinstance(entry.matter, OfIndicator) and entry.rule is Rule.BEHIND and entry.matter.gap is not None:
        return html.B(number(entry.matter.gap, say), className="behind")
    if entry.days is None:
        return None
    words = sentence(say, f"laggards.days_{entry.rule}", days=number(entry.days, say))
    return html.Span(words, className="inv") if entry.rule is Rule.OVERDUE else html.B(words)


def _silent(silent: Sequence[Directive], say: Say, name: Named) -> Iterator[Node]:
    """Date passed and nothing known: never called late, so that no number of days stands there as if it were."""
    if silent:
        first = silent[0]
        key = "laggards.silent_more" if len(silent) > 1 else "laggards.silent_one"
        under = say(key, name=name(first, say), count=len(silent) - 1)
        yield laggard_line(
            "nr", say("laggards.silent", count=len(silent)), under, html.Small(say("laggards.no_verdict"))
        )


def _coming(coming: Sequence[Directive], say: Say, name: Named) -> Iterator[Node]:
    if coming:
        first = coming[0]
        due, days = first.lead.due, first.lead.days
        owner = name_of(first.owner, say) if first.owner else begun(say("directives.everybody"))
        event = say(f"event.{first.lead.demand.event}")
        under = say("laggards.owed", owner=owner, event=event, due=day(due) if due else "")
        left = (
            html.Span(sentence(say, "directives.days_left", days=number(days, say)), className="lag-soon")
            if days
            else None
        )
        shape = "watch" if first.standing == "at_risk" else "na"
        yield laggard_line(shape, name(first, say), under, html.Span(left), agency_mark(first.owner))


def laggard_line(
    shape: str, title: Child, under: Child, late: Child, mark: Mapping[str, str] = MappingProxyType({})
) -> Node:
    """One line: shape, what it is about, on whose account and since when, by how much; `mark` names its agency."""
    return html.Li(
        [glyph(shape), html.Span([html.B(title), html.Small(under)], className="lag-words"), html.Span(late)],
        **{"data-status": shape, **mark},
    )


def laggard_list(found: Laggards, say: Say) -> Node:
    """Every entry with its evidence, in groups; what is counted and names nobody stands below."""
    body: list[Child] = [_folded(group, say) for group in found.groups]
    if not body:
        title = say("scope.nobody_title") if found.outside else say("laggards.none_title")
        body = [state(title, _none(found, say), shape="good")]
    notes = []
    if found.silent:
        notes.append(say("laggards.note_silent", count=len(found.silent)))
    if found.withheld:
        notes.append(say("laggards.note_withheld", count=len(found.withheld)))
    return card(
        [
            head(say("laggards.title"), html.A(say("dossier.open"), href=to("/dossier"), className="button")),
            html.P(say("laggards.rule"), className="method"),
            *body,
            html.P(" ".join(notes), className="method") if notes else None,
            footer(
                plain_source(say("laggards.basis"), "laggards"),
                simulated(say, partly=True) if found.simulated else None,
                table_link("laggards", say) if found.groups else None,
            ),
        ],
        simulated=found.simulated,
        name="card card-laggards card-wide",
    )


def _folded(group: Alike, say: Say) -> Node:
    """A group under its title; long ones are opened by hand."""
    worst, matter = group.worst, group.worst.matter
    title: list[Child] = [html.Span(group_title(group, say))]
    if isinstance(matter, OfIndicator):
        title += [" ", html.Small(matter_words(matter, say))]
    rows = [_row(entry, say) for entry in group.entries]
    heads = [html.Th(say(f"laggards.head_{name}"), scope="col", className=f"lag-{name}") for name in _COLUMNS]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="lag-table")
    summary = html.Summary([glyph(SHAPES[worst.rule]), html.Span(title)])
    return html.Details([summary, table], open=len(rows) <= _UNFOLDED or None, className="lag-group")


def _row(entry: Laggard, say: Say) -> Node:
    marks = {"data-simulated": "true"} if entry.simulated else {}
    cells = {
        "matter": [
            html.A(say(f"laggards.{entry.rule}"), href=to("/dossier", entry=entry.key)),
            html.Small(_matter(entry.matter, say)),
        ],
        "since": day(entry.since) if entry.since else "–",
        "late": late_words(entry, say),
        "evidence": _evidence(entry.matter, say),
        "reminders": reminded_words(entry, say),
        "reply": _reply(entry.reply, say),
    }
    matter = entry.matter
    chosen = {"indicator": matter.indicator.code} if isinstance(matter, OfIndicator) else {}
    agency = entry.agency
    first = html.A(name_of(agency, say), href=agency_path(agency.kind, agency.code, edition=None, **chosen))
    rest = [html.Td(cells[column], className=f"lag-{column}") for column in _COLUMNS[1:]]
    return html.Tr(
        [html.Th(first, scope="row", className="lag-agency"), *rest],
        **{"data-status": SHAPES[entry.rule], "data-laggard": entry.key},
        **marks,
    )


def _matter(matter: Matter, say: Say) -> Child:
    """What stands under the rule; the title of the group has told the indicator."""
    return matter_words(matter, say) if isinstance(matter, OfReports) else None


def reminded_words(entry: Laggard, say: Say, key: str = "laggards.reminded") -> Child:
    """How often it was reminded, and when last, in the words of `key`."""
    if not entry.reminders:
        return "–"
    count = number(entry.reminded, say)
    return sentence(say, key, count=count, day=day(entry.reminders[0].day))


def _reply(reply: Letter | None, say: Say) -> Child:
    return day(reply.day) if reply else say("laggards.no_reply")


def _evidence(matter: Matter, say: Say) -> Child:
    """The last three reports or check-ins."""
    parts: list[list[Child]] = []
    if isinstance(matter, OfDirective):
        for told in matter.told:
            parts.append([day(told.checkin.day), " ", say(f"directives.state_{told.checkin.state}")])
    elif isinstance(matter, OfReports):
        for receipt in matter.received:
            parts.append([period_of(receipt.period, say), ": ", day(receipt.received_at.date())])
    else:
        for period, figure in matter.reported:
            parts.append([period_of(period.text, say), ": ", figure_link(figure, say)])
    return [html.Span(each, className="lag-proof") for each in parts] or say("laggards.no_evidence")
