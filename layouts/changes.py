"""What changed since a day: the counts first, then the first few of each, with the way to the screen that has all."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import agency_path, indicator_path, to
from layouts.controls import choice, segment
from layouts.directive import SHAPES as STANDINGS
from layouts.movement import movement
from layouts.parts import (
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
from layouts.twin import Row, Twin
from layouts.words import counted, name_of, period_of, title_of
from metrics.boards.changes import Changes, Corrected, Directive, FigureMoved, RankMoved, Report

#: Those that count ranks.
_OF_RANKS = ("risen", "fallen")
#: So many of each kind stand in the card.
_SHOWN = 5
_COUNTS = ("moved", "risen", "fallen", "arrived", "reports", "newly_late", "newly_missing", "corrections")


def changes_parts(found: Changes, say: Say) -> dict[str, Callable[[], Child]]:
    """The card by its parts: what an indicator's ranking says of the changes goes over the wire by itself."""
    parts: dict[str, Callable[[], Child]] = {"changes": lambda: _card(found, say)}
    if not found.none:
        parts["change-counts"] = lambda: _counts(found, say)
    if found.ranks:
        parts["change-ranks"] = lambda: _ranks(found, say)
    return parts


def _card(found: Changes, say: Say) -> Node:
    """The card; where nothing changed it says so, with both days."""
    days = {"since": day(found.since.day), "at": day(found.at)}
    title = head(say("changes.title", day=days["since"]), _choices(found, say))
    if found.none:
        key = "changes.none_within" if found.outside else "changes.none"
        text = state(say("changes.none_title"), say(key, **days), shape="na")
        return card([title, text, footer(plain_source(say("changes.note", **days)))], name="card card-changes")
    ranks = html.Part("change-ranks") if found.ranks else None
    groups = [_figures(found, say), ranks, _late(found, say), _corrected(found, say)]
    return card(
        [
            title,
            html.Part("change-counts"),
            html.Div([each for each in groups if each is not None], className="change-groups"),
            footer(
                plain_source(say("changes.note", **days)),
                simulated(say, partly=True) if found.simulated else None,
                table_link("changes", say),
            ),
        ],
        simulated=found.simulated,
        name="card card-changes",
    )


def _choices(found: Changes, say: Say) -> Node:
    """Since when, as links; beside them the field for a day of the reader's own."""
    since = found.since
    links = [
        choice(say(f"changes.since_{name}"), here=on == since.day, since=on.isoformat()) for name, on in since.choices
    ]
    field = html.Input(
        type="date",
        defaultValue=since.day.isoformat(),
        key=since.day.isoformat(),
        max=(found.at - timedelta(days=1)).isoformat(),
        title=say("changes.since_other"),
        **{"data-goes": "since", "aria-label": say("changes.since_other")},
    )
    return html.Div([segment(links, say("changes.since")), field], className="change-since")


def _counted(found: Changes) -> list[str]:
    """What is counted; ranks only where there is a ranking, since none moved is another thing than none ranked."""
    is_ranked = found.ranked is not None and not found.outside
    return [name for name in _COUNTS if is_ranked or name not in _OF_RANKS]


def _counts(found: Changes, say: Say) -> Node:
    return html.Ul([_count(name, found, say) for name in _counted(found)], className="change-counts")


def _count(name: str, found: Changes, say: Say) -> Node:
    count = getattr(found, name)
    blank = "" if count.quantity.number else "none"
    words = html.Span(counted(f"changes.count_{name}", count, say))
    return html.Li([html.B(number(count, say)), words], className=blank or None)


def _group(title: Child, rows: list[Node], rest: int, every: Child, say: Say) -> Node | None:
    """The first of one kind; how many more there are leads to where all are. None without any."""
    if not rows:
        return None
    told: list[Child] = [say("changes.more", count=rest), "; " if every else ""] if rest > 0 else []
    more = html.P([*told, every], className="method") if told or every else None
    return html.Div([html.H3(title), html.Ul(rows[:_SHOWN], className="change-list"), more], className="change-group")


def _figures(found: Changes, say: Say) -> Node | None:
    rows = [_figure(each, say) for each in found.figures[:_SHOWN]]
    every = None if found.agency else html.A(say("changes.all_indicators"), href=to("/reports"))
    return _group(say("changes.figures"), rows, len(found.figures) - len(rows), every, say)


def _figure(each: FigureMoved, say: Say) -> Node:
    """Old and new with their periods; the old one as it was known then."""
    old: list[Child] = [html.Span(say("changes.unknown_then"), className="ink3")]
    periods = period_of(each.period.text, say)
    if each.before is not None and each.before_period is not None:
        old = [html.Span(number(each.before, say), className="change-old")]
        if each.before_period != each.period:
            periods = f"{period_of(each.before_period.text, say)} – {periods}"
    change = html.B(number(each.change, say)) if each.change else None
    name = html.A(title_of(each.indicator, say), href=indicator_path(each.indicator.code))
    values = [*old, _arrow(say), html.B(figure_link(each.after, say)), html.Span(change, className="change-by")]
    what = html.Span([name, html.Small(periods)], className="change-what")
    return html.Li([what, html.Span(values, className="change-values")], **{"data-indicator": each.indicator.code})


def _arrow(say: Say) -> Node:
    return glyph("chevron-right", say("changes.to"))


def _ranks(found: Changes, say: Say) -> Node | None:
    rows = [_rank(each, say) for each in found.ranks[:_SHOWN]]
    every = html.A(say("changes.all_ranks"), href=to("/ranking"))
    title = say("changes.ranks", indicator=title_of(found.ranked, say)) if found.ranked else ""
    return _group(title, rows, len(found.ranks) - len(rows), every, say)


def _rank(each: RankMoved, say: Say) -> Node:
    name = html.A(name_of(each.agency, say), href=agency_path(each.agency.kind, each.agency.code))
    values = [
        html.Span(number(each.before, say), className="change-old"),
        _arrow(say),
        html.B(number(each.after, say)),
        html.Span(movement(each.moved, say), className="change-by"),
    ]
    return html.Li([html.Span(name, className="change-what"), html.Span(values, className="change-values")],
                   **{"data-agency": each.agency.code})  # fmt: skip


def _late(found: Changes, say: Say) -> Node | None:
    """Directives first, then reports; each list has its own screen."""
    lines = [*(_directive(each, say) for each in found.late), *(_report(each, say) for each in found.missing)]
    ways: list[Child] = []
    if found.late:
        ways.append(html.A(say("changes.all_directives"), href=to("/directives")))
    if found.missing:
        ways += [", "] if ways else []
        ways.append(html.A(say("changes.all_reports"), href=to("/reports")))
    return _group(say("changes.late"), lines[:_SHOWN], len(lines) - _SHOWN, ways, say)


def _directive(each: Directive, say: Say) -> Node:
    name = html.A(name_of(each, say), href=to("/directives", directive=each.code))
    due = each.lead.due
    words = html.Small(say("changes.due", day=day(due)) if due else "")
    standing = html.Span(
        [glyph(STANDINGS[each.standing]), say(f"standing.{each.standing}")], className="change-values"
    )
    return html.Li([html.Span([name, words], className="change-what"), standing], **{"data-directive": each.code})


def _report(each: Report, say: Say) -> Node:
    name = html.A(name_of(each.agency, say), href=to("/reports", agency=each.agency.code))
    words = html.Small([name_of(each.regime, say), ", ", say("changes.due", day=day(each.due))])
    standing = html.Span([glyph("nr"), say(f"report.{each.state}")], className="change-values")
    return html.Li([html.Span([name, words], className="change-what"), standing], **{"data-report": each.regime.code})


def _corrected(found: Changes, say: Say) -> Node | None:
    rows = [_correction(each, say) for each in found.corrected[:_SHOWN]]
    return _group(say("indicator.corrections"), rows, len(found.corrected) - len(rows), None, say)


def _correction(each: Corrected, say: Say) -> Node:
    seen = each.correction.after
    agency = name_of(each.agency, say) if each.agency else seen.agency
    name = html.A(f"{agency}, {seen.indicator}", href=indicator_path(seen.indicator))
    after: Child = html.B(number(each.after, say)) if each.after else say("provenance.withdrawn")
    values = [
        html.Span(number(each.before, say), className="struck") if each.before else "–",
        _arrow(say),
        after,
        html.Span(number(each.change, say) if each.change else None, className="change-by"),
    ]
    under = html.Small(
        sentence(say, "changes.corrected", period=period_of(seen.period.text, say), day=day(seen.published))
    )
    return html.Li([html.Span([name, under], className="change-what"), html.Span(values, className="change-values")])


def changes_twin(found: Changes, say: Say) -> Twin | None:
    """Everything that changed, a row each; None where nothing did."""
    if found.none:
        return None
    days = {"since": day(found.since.day), "at": day(found.at)}
    return Twin(
        title=f"{say('changes.title', day=days['since'])} – {days['at']}",
        columns=("matter", "kind_of", "agency", "before_period", "before", "period", "value", "change", "due"),
        rows=tuple(_rows(found, say)),
        note=say("changes.note", **days),
        traced="value",
        beside=tuple(
            (counted(f"changes.count_{name}", count, say), count)
            for name, count in ((each, getattr(found, each)) for each in _counted(found))
        ),
        simulated=found.simulated,
    )


def _rows(found: Changes, say: Say) -> Iterator[Row]:
    of = name_of(found.agency, say) if found.agency else None
    for each in found.figures:
        was = period_of(each.before_period.text, say) if each.before_period else None
        yield (
            title_of(each.indicator, say),
            *(say("changes.figures"), of, was, each.before),
            *(period_of(each.period.text, say), each.after, each.change, None),
        )
    for rank in found.ranks:
        name = name_of(rank.agency, say)
        yield (
            title_of(rank.indicator, say),
            say("column.rank"),
            name,
            None,
            rank.before,
            None,
            rank.after,
            rank.moved,
            None,
        )
    for late in found.late:
        owner = name_of(late.owner, say) if late.owner else None
        standing = say(f"standing.{late.standing}")
        yield name_of(late, say), standing, owner, None, None, None, None, None, late.lead.due
    for report in found.missing:
        period = period_of(report.period.text, say)
        name = name_of(report.agency, say)
        yield (
            name_of(report.regime, say),
            say(f"report.{report.state}"),
            name,
            None,
            None,
            period,
            None,
            None,
            report.due,
        )
    for done in found.corrected:
        seen = done.correction.after
        name = name_of(done.agency, say) if done.agency else seen.agency
        kind = say("indicator.corrections")
        yield (
            seen.indicator,
            kind,
            name,
            None,
            done.before,
            period_of(seen.period.text, say),
            done.after,
            done.change,
            None,
        )
