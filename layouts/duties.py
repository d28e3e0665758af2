"""What one agency has to do: what it must be named for, its directives, and those that everybody has."""

from collections.abc import Iterator

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import to
from layouts.directive import SHAPES, days_words, due_words
from layouts.laggards import SHAPES as RULE_SHAPES
from layouts.laggards import laggard_line, late_words, matter_words, reminded_words
from layouts.parts import card, footer, glyph, head, number, plain_source, sentence, simulated, table_link
from layouts.system import STAGES
from layouts.words import name_of, period_of, tiny_of
from metrics.boards.directive import Directive
from metrics.boards.duties import Duties
from metrics.boards.laggard import Laggard, OfIndicator


def duties_card(duties: Duties, say: Say) -> Node:
    """The card on the page of a province or ministry."""
    counts = {name: number(getattr(duties, f"{name}_count"), say) for name in ("named", "own", "shared")}
    lines = duty_lines(duties, say)
    return card(
        [
            head(say("duties.title"), sentence(say, "duties.count", **counts)),
            html.Ul(lines, className="lags") if lines else html.P(say("duties.none"), className="lag-none"),
            _shared(duties, say) if duties.shared else None,
            _systems(duties, say) if duties.systems else None,
            footer(
                plain_source(say("duties.note")),
                simulated(say, partly=True) if duties.simulated else None,
                table_link("duties", say) if lines or duties.shared else None,
            ),
        ],
        simulated=duties.simulated,
        name="card card-laggards card-wide card-duties",
    )


def duty_lines(duties: Duties, say: Say) -> list[Node]:
    """What it must be named for, then the directives it leads or shares in, a line each."""
    return [*named_lines(duties, say), *(_directive(each, duties, say) for each in duties.own)]


def named_lines(duties: Duties, say: Say) -> list[Node]:
    """What it must be named for, a line each."""
    return [_named(entry, say) for entry in duties.named]


def _named(entry: Laggard, say: Say) -> Node:
    words = say(f"laggards.{entry.rule}")
    matter = entry.matter
    short: Child = tiny_of(matter.indicator, say) if isinstance(matter, OfIndicator) else matter_words(matter, say)
    under: list[Child] = []
    if isinstance(matter, OfIndicator):
        told = {"indicator": name_of(matter.indicator, say), "period": period_of(matter.period.text, say)}
        under.append(say("laggards.of", **told))
    if entry.reminders:
        under += ["; " if under else "", reminded_words(entry, say, "laggards.reminded_short")]
    return laggard_line(RULE_SHAPES[entry.rule], [words, ": ", short], under, late_words(entry, say))


def _directive(each: Directive, duties: Duties, say: Say) -> Node:
    """A directive that the agency leads or shares in; one of everybody's has no role to tell."""
    role = None if each.everybody else role_word(each, duties, say)
    link = html.A(name_of(each, say), href=to("/directives", directive=each.code))
    dates = due_words(each, say)
    under = [role, "; ", dates] if role else dates
    return laggard_line(SHAPES[each.standing], link, html.Span(under, className="duty-dates"), _days(each, say))


def role_word(each: Directive, duties: Duties, say: Say) -> str:
    """Whether the agency leads a directive of its own or shares in it."""
    return say("duties.leads" if each.owner == duties.agency else "duties.shares")


def _days(each: Directive, say: Say) -> Iterator[Child]:
    yield say(f"standing.{each.standing}")
    days = days_words(each.lead, say)
    if days is not None:
        yield from (", ", days)


def _systems(duties: Duties, say: Say) -> Node:
    """The national systems it owns or shares in, and how far each is told to have come."""
    lines = []
    for each in duties.systems:
        role = say("duties.owns" if each.owner == duties.agency else "duties.shares")
        link = html.A(name_of(each.system, say), href=to("/systems", system=each.system.code))
        lines.append(laggard_line(STAGES[each.stage], link, role, say(f"stage.{each.stage}")))
    title = say("duties.systems", count=len(duties.systems))
    summary = html.Summary([glyph("na"), html.Span(title)])
    return html.Details([summary, html.Ul(lines, className="lags")], className="lag-group", open=True)


def _shared(duties: Duties, say: Say) -> Node:
    """What every ministry and province has to do, folded: it is the same on every page."""
    title = html.Span(sentence(say, "duties.shared", count=number(duties.shared_count, say)))
    lines = [_directive(each, duties, say) for each in duties.shared]
    summary = html.Summary([glyph("na"), title])
    return html.Details([summary, html.Ul(lines, className="lags")], className="lag-group")
