"""Who must be named to the Prime Minister: in few lines on the overview, and in full beside the directives."""

from collections.abc import Iterator, Sequence

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import agency_path, to
from layouts.parts import card, figure_link, footer, glyph, head, number, plain_source, sentence, simulated, state
from layouts.words import begun, name_of, period_of, tiny_of
from metrics.boards.directive import Directive
from metrics.boards.laggards import Alike, Laggard, Laggards, Rule

#: The shape that stands for a rule.
SHAPES = {Rule.OVERDUE: "overdue", Rule.UNREPORTED: "nr", Rule.BEHIND: "behind"}
#: So many lines the card of the overview has room for; so many entries of a group are shown unfolded.
_LINES, _UNFOLDED = 4, 6
#: So many agencies a line names.
_NAMED = 3
_COLUMNS = ("agency", "rule", "since", "late", "evidence")


def laggards_card(found: Laggards, say: Say) -> Node:
    """The card of the overview: the worst of every rule, what nobody knows of, and the next date."""
    named = [_group(group, say) for group in found.groups]
    lines = [*named[: _LINES - 1], *_silent(found.silent, say), *_coming(found.coming, say)]
    label = simulated(say, partly=True) if found.simulated else None
    return card(
        [
            head(say("laggards.title"), _count(found, say)),
            None if named else html.P(say("laggards.none"), className="lag-none"),
            html.Ul(lines[:_LINES], className="lags"),
            footer(plain_source(_everyone(say)), label),
        ],
        simulated=found.simulated,
        name="card card-laggards",
    )


def _count(found: Laggards, say: Say) -> Child:
    return html.B(number(found.count, say), className="lag-count")


def _everyone(say: Say) -> Node:
    return html.A(say("laggards.all"), href=to("/directives"))


def _group(group: Alike, say: Say) -> Node:
    worst = group.worst
    if worst.directive is not None:
        title: Child = name_of(worst.directive, say)
        under: Child = _owed(name_of(worst.agency, say), worst, say)
    else:
        assert worst.indicator is not None and worst.period is not None  # it is a directive or an indicator
        title = group_title(group, say)
        words = say(
            f"laggards.under_{worst.rule}",
            indicator=tiny_of(worst.indicator, say),
            period=period_of(worst.period.text, say),
            worst=name_of(worst.agency, say),
        )
        under = begun(words)
    return laggard_line(SHAPES[worst.rule], title, under, late_words(worst, say))


def group_title(group: Alike, say: Say) -> Child:
    """How many of how many, or their names where they are few."""
    rule = group.worst.rule
    if rule is Rule.UNREPORTED and len(group.entries) <= _NAMED:
        return say("laggards.title_unreported", names=", ".join(name_of(each.agency, say) for each in group.entries))
    kind = "provinces" if group.worst.agency.kind == "province" else "ministries"
    of = number(group.of, say) if group.of else None
    return sentence(say, f"laggards.{rule}_{kind}", n=number(group.count, say), of=of)


def _owed(owner: str, entry: Laggard, say: Say) -> Child:
    assert entry.version is not None  # an entry of a directive has its version
    event = say(f"event.{entry.version.demand.event}")
    since = day(entry.since) if entry.since else ""
    return say("laggards.owed", owner=owner, event=event, due=since)


def late_words(entry: Laggard, say: Say) -> Child:
    """By how much: days, or the distance to the path."""
    if entry.rule is Rule.BEHIND and entry.gap is not None:
        return html.B(number(entry.gap, say), className="behind")
    if entry.days is None:
        return None
    words = sentence(say, f"laggards.days_{entry.rule}", days=number(entry.days, say))
    return html.Span(words, className="inv") if entry.rule is Rule.OVERDUE else html.B(words)


def _silent(silent: Sequence[Directive], say: Say) -> Iterator[Node]:
    """Date passed and nothing known: never called late, so that no number of days stands there as if it were."""
    if silent:
        first = silent[0]
        key = "laggards.silent_more" if len(silent) > 1 else "laggards.silent_one"
        under = say(key, name=name_of(first, say), count=len(silent) - 1)
        yield laggard_line(
            "nr", say("laggards.silent", count=len(silent)), under, html.Small(say("laggards.no_verdict"))
        )


def _coming(coming: Sequence[Directive], say: Say) -> Iterator[Node]:
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
        yield laggard_line(
            "watch" if first.standing == "at_risk" else "na", name_of(first, say), under, html.Span(left)
        )


def laggard_line(shape: str, title: Child, under: Child, late: Child) -> Node:
    """One line: shape, what it is about, on whose account and since when, by how much."""
    return html.Li(
        [glyph(shape), html.Span([html.B(title), html.Small(under)], className="lag-words"), html.Span(late)],
        **{"data-status": shape},
    )


def laggard_list(found: Laggards, say: Say) -> Node:
    """Every entry with its evidence, in groups; what is counted and names nobody stands below."""
    body: list[Child] = [_folded(group, say) for group in found.groups]
    if not body:
        body = [state(say("laggards.none_title"), say("laggards.none"), shape="good")]
    notes = []
    if found.silent:
        notes.append(say("laggards.note_silent", count=len(found.silent)))
    if found.withheld:
        notes.append(say("laggards.note_withheld", count=len(found.withheld)))
    return card(
        [
            head(say("laggards.title"), say("laggards.rule")),
            *body,
            html.P(" ".join(notes), className="method") if notes else None,
            footer(plain_source(say("laggards.basis")), simulated(say, partly=True) if found.simulated else None),
        ],
        simulated=found.simulated,
        name="card card-laggards card-wide",
    )


def _folded(group: Alike, say: Say) -> Node:
    """A group under its title; long ones are opened by hand."""
    worst = group.worst
    if worst.directive is not None:
        title: list[Child] = [name_of(worst.directive, say)]
    else:
        assert worst.indicator is not None and worst.period is not None  # it is a directive or an indicator
        what = say("laggards.of", indicator=tiny_of(worst.indicator, say), period=period_of(worst.period.text, say))
        title = [html.Span(group_title(group, say)), " ", html.Small(what)]
    rows = [_row(entry, say) for entry in group.entries]
    heads = [html.Th(say(f"laggards.head_{name}"), scope="col", className=f"lag-{name}") for name in _COLUMNS]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="lag-table")
    summary = html.Summary([glyph(SHAPES[worst.rule]), html.Span(title)])
    return html.Details([summary, table], open=len(rows) <= _UNFOLDED or None, className="lag-group")


def _row(entry: Laggard, say: Say) -> Node:
    marks = {"data-simulated": "true"} if entry.simulated else {}
    cells = {
        "rule": say(f"laggards.{entry.rule}"),
        "since": day(entry.since) if entry.since else "–",
        "late": late_words(entry, say),
        "evidence": _evidence(entry, say),
    }
    chosen = {"indicator": entry.indicator.code} if entry.indicator else {}
    first = html.A(name_of(entry.agency, say), href=agency_path(entry.agency.kind, entry.agency.code, **chosen))
    rest = [html.Td(cells[column], className=f"lag-{column}") for column in _COLUMNS[1:]]
    return html.Tr(
        [html.Th(first, scope="row", className="lag-agency"), *rest],
        **{"data-status": SHAPES[entry.rule], "data-laggard": entry.key},
        **marks,
    )


def _evidence(entry: Laggard, say: Say) -> Child:
    """The last three reports or check-ins."""
    parts: list[list[Child]] = []
    for told in entry.told:
        parts.append([day(told.checkin.day), " ", say(f"directives.state_{told.checkin.state}")])
    for period, figure in entry.reported:
        parts.append([period_of(period.text, say), ": ", figure_link(figure, say)])
    return [html.Span(each, className="lag-proof") for each in parts] or say("laggards.no_evidence")
