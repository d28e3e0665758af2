"""One system in full: in whose words, who owns it, which figures speak of it, every milestone with its article."""

from collections.abc import Iterator

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import indicator_path, to
from layouts.directive import SHAPES
from layouts.parts import card, facts, figure_link, footer, glyph, number, plain_source, sentence, simulated
from layouts.words import begun, name_of, period_of, period_words, source_title
from metrics.boards.systems import Demanded, Linked, NationalSystem, Step
from metrics.milestones import Stage
from metrics.obligations import Standing

#: The shape that stands for a stage, and the status whose colours it takes.
STAGES = {
    Stage.UNKNOWN: "nr",
    Stage.PLANNED: "na",
    Stage.UNDER_WAY: "good",
    Stage.NOTHING: "na",
    Stage.RUNNING: "met",
}


def owner_words(each: NationalSystem, say: Say) -> Child:
    """Who owns it, and how sure that is; that nobody is named where no source names anybody."""
    names = [name_of(agency, say) for agency in (each.owner, *each.co_owners) if agency is not None]
    if each.everybody or each.shared_with:
        names.append(say("directives.everybody"))
    if not names:
        return say("directives.no_owner")
    words = begun(", ".join(names))
    doubt = each.system.owner_certainty
    return words if doubt == "sourced" else [words, " ", html.Small(say(f"directives.{doubt}_owner"))]


def purpose(each: NationalSystem, say: Say) -> str:
    """What it is for, in the reader's language."""
    return each.system.purpose_vi if say.language == "vi" else each.system.purpose_en


def step_name(step: Step, say: Say) -> str:
    """What the milestone is, in the reader's language."""
    return step.milestone.name_vi if say.language == "vi" else step.milestone.name_en


def when(step: Step, say: Say) -> str:
    """The day it was reached or told, or the period it is planned for."""
    due = step.milestone.due
    return period_of(due.text, say) if due else day(step.on)


def plan_words(step: Step, say: Say) -> Child:
    """How a planned milestone stands: the days left, that nothing is known, or what is known of its day."""
    verdict = step.verdict
    assert verdict is not None
    if step.at_most is not None:
        return sentence(say, "directives.at_most", days=number(step.at_most, say))
    if step.days is None:
        return say(f"standing.{verdict.standing}")
    if step.silent:
        return sentence(say, "systems.plan_silent", days=number(step.days, say))
    if verdict.standing is Standing.OVERDUE:
        return html.Span(sentence(say, "directives.days_overdue", days=number(step.days, say)), className="inv")
    key = "directives.days_late" if verdict.standing is Standing.DONE_LATE else "directives.days_left"
    return sentence(say, key, days=number(step.days, say))


def value_words(linked: Linked, say: Say) -> Child:
    """A figure with its day, or that nothing is known."""
    if linked.value is None:
        return html.Span(say("status.never"), className="ink3")
    words: list[Child] = [html.B(figure_link(linked.value, say)), " ", html.Small(period_words(linked.value, say))]
    return [*words, " ", simulated(say)] if linked.simulated else words


def target_words(linked: Linked, say: Say) -> Child:
    """What is to be reached, by when, and who set it; None where nothing was set."""
    if linked.target is None or linked.target_source is None:
        return None
    target, source = number(linked.target, say), source_title(linked.target_source, say)
    if linked.due is None:
        return html.Small(sentence(say, "systems.target_no_due", target=target, source=source))
    return html.Small(sentence(say, "systems.target", target=target, due=day(linked.due), source=source))


def detail_card(each: NationalSystem, say: Say) -> Node:
    """The system that was chosen, or the one that needs a word first."""
    sources = dict.fromkeys(
        source_title(source, say) for source in (each.source, *(step.source for step in each.steps)) if source
    )
    named = sentence(say, "directives.sources", sources="; ".join(sources) or say("systems.no_source"))
    return card(
        [
            html.P(
                [
                    glyph(STAGES[each.stage]),
                    say(f"stage.{each.stage}"),
                    html.Span(each.system.code, className="code"),
                ],
                className="detail-standing",
            ),
            html.H2(name_of(each.system, say), className="card-title"),
            html.P(purpose(each, say), className="purpose"),
            _quote(each, say),
            _warning(each, say),
            facts(_facts(each, say)),
            html.H3(say("systems.history")),
            html.Ol(list(_history(each, say)), className="history"),
            footer(plain_source(named), simulated(say, partly=True) if each.simulated else None),
        ],
        simulated=each.simulated,
        name="card card-detail card-system",
    )


def _quote(each: NationalSystem, say: Say) -> Node | None:
    if not each.system.phrase or each.source is None:
        return None
    by = say("directives.set_by", source=source_title(each.source, say), day=day(each.system.published))
    return html.P([_words(each.system.phrase), html.Small(by)], className="quote")


def _words(phrase: str) -> Node:
    return html.Span(f"“{phrase}”", lang="vi")


def _warning(each: NationalSystem, say: Say) -> Node | None:
    """What a reader must not take for more than it is."""
    if not any(step.silent for step in each.steps):
        return None
    return html.P([glyph("nr"), html.Span(say("systems.no_evidence"))], className="mismatch")


def _facts(each: NationalSystem, say: Say) -> Iterator[tuple[Child, Child]]:
    yield say("systems.owner"), owner_words(each, say)
    if each.system.owner_words and each.system.owner_words != each.system.owner:
        yield say("systems.owner_words"), html.Span(f"“{each.system.owner_words}”", lang="vi")
    for linked in (*each.connects, *each.linked):
        name = html.A(name_of(linked.indicator, say), href=indicator_path(linked.indicator.code))
        aim = target_words(linked, say)
        lines = [html.Span(value_words(linked, say), className="fact-line")]
        yield name, [*lines, html.Span(aim, className="fact-line")] if aim is not None else lines
    for demand in each.demanded:
        yield say("systems.demanded"), _demand(demand, say)


def _demand(demand: Demanded, say: Say) -> Child:
    link = html.A(name_of(demand, say), href=to("/directives", directive=demand.code), className="fact-link")
    told = [glyph(SHAPES[demand.standing]), " ", say(f"standing.{demand.standing}")]
    return [link, html.Small([*told, f" ({day(demand.due)})"] if demand.due else told)]


def _history(each: NationalSystem, say: Say) -> Iterator[Node]:
    """Every milestone, the first day or period first, with its words and its article."""
    for step in reversed(each.steps):
        words: list[Child] = [html.B(step_name(step, say))]
        if step.verdict is None:
            words.append(html.Small(say(f"systems.told_{step.milestone.state}", day=day(step.on))))
        else:
            words.append(html.Small([html.Span(say("systems.told_planned", due=when(step, say))), ": ",
                                     html.Span(plan_words(step, say))]))  # fmt: skip
        if step.milestone.phrase:
            words.append(html.Small(_words(step.milestone.phrase)))
        words.append(html.Small(_source(step, say)))
        yield html.Li([html.Span(day(step.on), className="history-day"), glyph(_shape(step)), html.Span(words)])
    if not each.steps:
        yield html.Li([html.Span(), glyph("nr"), html.Span(say("systems.nothing_told"))])


def _source(step: Step, say: Say) -> Child:
    words = [source_title(step.source, say)]
    if step.milestone.certainty != "sourced":
        words.append(say(f"directives.{step.milestone.certainty}_owner"))
    return ", ".join(words)


def _shape(step: Step) -> str:
    if step.verdict is not None:
        return SHAPES[step.verdict.standing]
    return {"reached": "met", "running": "good"}[step.milestone.state]
