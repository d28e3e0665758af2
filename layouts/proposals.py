"""Corrections of closed periods: what waits for a second person with the forms for it, and what was decided."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit, indicator_path, only, to
from layouts.controls import choice, menu, segment
from layouts.forms import area, form, signer
from layouts.notices import notices
from layouts.parts import (
    card,
    fact,
    facts,
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
from layouts.proposal_twins import other_words, proposals_twin
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.words import clock_text, name_of, period_of, source_short, title_of
from metrics.boards.proposals import ProposalsBoard, ProposedCorrection, Side, Standing
from metrics.figure import Figure

NAME = "corrections"
Parts: TypeAlias = Mapping[str, Callable[[], Child]]
#: The shape that stands for what became of a proposal.
_SHAPES = {Standing.WAITING: "watch", Standing.APPROVED: "met", Standing.REFUSED: "unmet", Standing.OUTDATED: "na"}
#: So many of each card are drawn; the table has all.
_SHOWN = 40


def page(visit: Visit, say: Say) -> Page:
    """The frame; what stands in it is of this moment."""
    body = html.Div([html.Part(name) for name in ("chosen", "proposed", "decided")], className="stack proposals-page")
    return Page({"frame": lambda: frame(NAME, say, body), "notices": lambda: notices(visit, say)})


def shown(board: ProposalsBoard, visit: Visit, say: Say) -> Parts:
    """The parts of one moment."""
    waits = [each for each in board.shown if each.proposal.standing is Standing.WAITING]
    decided = [each for each in board.shown if each.proposal.standing is not Standing.WAITING]
    return {
        "answer": lambda: titled(_answer(board, say), _facts(board, say), say),
        "chosen": lambda: _choices(board, say),
        "proposed": lambda: _waiting(waits, board, visit, say),
        "decided": lambda: _card("decided", decided, visit, say) if decided else None,
    }


def filed(board: ProposalsBoard, say: Say) -> Page:
    """What is shown as a table, which is what a file is made of."""
    return Page({}, {NAME: lambda: proposals_twin(board, say)}, board)


def _answer(board: ProposalsBoard, say: Say) -> Child:
    count = board.counted(Standing.WAITING)
    if not count.quantity.number:
        return say("proposals.answer_none")
    return sentence(say, "proposals.answer", count=number(count, say))


def _facts(board: ProposalsBoard, say: Say) -> Node:
    told = {str(each): number(count, say) for each, count in board.counts}
    return html.Span(sentence(say, "proposals.fact", **told), className="answer-fact")


def _choices(board: ProposalsBoard, say: Say) -> list[Node]:
    """Every standing with its count, side by side where there is room for them, else as a menu."""
    words = {each: say(f"proposals.of_{each}") for each, _ in board.counts}
    links = [_choice(say("proposals.any"), board.count, None, board, say)]
    links += [_choice(words[each], count, each, board, say) for each, count in board.counts]
    name = say("directives.standing")
    chosen = words[board.standing] if board.standing else say("proposals.any")
    return [
        html.Div(segment(links, name), className="controls long-only"),
        html.Div(menu(name, chosen, links), className="controls short-only"),
    ]


def _choice(words: str, count: Figure, standing: Standing | None, board: ProposalsBoard, say: Say) -> Node:
    return choice([f"{words}\u00a0", number(count, say)], here=board.standing is standing, standing=standing)


def _waiting(waits: list[ProposedCorrection], board: ProposalsBoard, visit: Visit, say: Say) -> Node | None:
    """What waits; that nothing does, unless something else was asked for."""
    if waits:
        return _card("waiting", waits, visit, say)
    if board.standing not in (None, Standing.WAITING):
        return None if board.shown else card([state(say("proposals.none_title"), say("proposals.none"), shape="na")])
    return card([state(say("proposals.answer_none"), say("proposals.why"), shape="good")])


def _card(name: str, found: list[ProposedCorrection], visit: Visit, say: Say) -> Node:
    is_simulated = any(each.proposal.after.status == "simulated" for each in found)
    rest = len(found) - _SHOWN
    return card(
        [
            head(say(f"proposals.{name}"), say(f"proposals.{name}_order")),
            html.Ol([_entry(each, visit, say) for each in found[:_SHOWN]], className="proposals"),
            html.P(say("proposals.more", count=rest), className="method") if rest > 0 else None,
            footer(
                plain_source(say("proposals.note")),
                simulated(say, partly=True) if is_simulated else None,
                table_link(NAME, say),
            ),
        ],
        simulated=is_simulated,
        name=f"card card-proposals card-{name}",
    )


def _entry(each: ProposedCorrection, visit: Visit, say: Say) -> Node:
    """One proposal; its key keeps what is typed into its forms with it when others come and go."""
    found = each.proposal
    marks = {"data-proposal": str(found.number), "data-standing": str(found.standing)}
    body = [_figure(each, say), _change(each, say), _reason(each, say), _standing(each, visit, say)]
    return html.Li(body, className="proposal", key=f"proposal-{found.number}", **marks)


def _figure(each: ProposedCorrection, say: Say) -> Node:
    """Which figure: what it is of, whose, and of when; its period opens what is known of it now."""
    found = each.proposal
    agency = name_of(each.agency, say) if each.agency else found.agency
    mark = f"{found.indicator}/{found.agency}/{found.period}"
    period = html.A(period_of(found.period, say), href=only(figure=mark), title=say("figure.open"))
    return html.Div(
        [
            html.H3(html.A(title_of(each.indicator, say), href=indicator_path(found.indicator))),
            html.P([html.B(agency), ", ", period]),
            html.Small(say("proposals.number", number=found.number, source=source_short(each.source, say))),
        ],
        className="proposal-figure",
    )


# The two sides


def _change(each: ProposedCorrection, say: Say) -> Node:
    before, after = _side(each.before, say), _side(each.after, say)
    if each.proposal.withdrawn:
        after = [html.B(say("provenance.withdrawn"))]
    sides = [
        fact(say("indicator.correction_before"), before, "proposal-old"),
        fact(say("indicator.correction_after"), after, "proposal-new"),
    ]
    if each.change is not None:
        sides.append(fact(say("indicator.correction_change"), number(each.change, say)))
    return html.Div([html.Dl(sides, className="proposal-sides"), _others(each, say)], className="proposal-change")


def _side(side: Side, say: Say) -> list[Child]:
    """A figure, and under it both terms of a share."""
    shown: list[Child] = [number(side.value, say) if side.value else "–"]
    if side.numerator is not None and side.denominator is not None:
        shown.append(html.Small([number(side.numerator, say), "/", number(side.denominator, say)]))
    return shown


def _others(each: ProposedCorrection, say: Say) -> Node | None:
    """What would be another besides the number, cell by cell."""
    if not each.others:
        return None
    return html.Ul([html.Li(other_words(*other, say)) for other in each.others], className="proposal-others")


# Why, and what became of it


def _reason(each: ProposedCorrection, say: Say) -> Node:
    found = each.proposal
    by = say("proposals.by", name=each.proposed_by, at=_hour(found.at))
    reason = html.Span(found.reason, lang="vi") if found.reason else "–"
    rows = [(say("proposals.reason"), reason), (say("proposals.proposed_by"), by)]
    return html.Div(facts(rows), className="proposal-why")


def _standing(each: ProposedCorrection, visit: Visit, say: Say) -> Node:
    found = each.proposal
    told = {"name": each.decided_by or "", "at": _hour(found.decided_at) if found.decided_at else ""}
    words: list[Child] = [glyph(_SHAPES[found.standing]), say(f"proposals.is_{found.standing}", **told)]
    answer = None
    if found.answer:
        answer = html.P([say("proposals.answered"), " ", html.Span(f"“{found.answer}”", lang="vi")])
    return html.Div(
        [
            html.P(words, className="proposal-state"),
            answer,
            *(_forms(each, visit, say) if found.standing is Standing.WAITING else ()),
        ],
        className="proposal-standing",
    )


def _forms(each: ProposedCorrection, visit: Visit, say: Say) -> Iterator[Node]:
    """What the second person may do; nobody is one who did not sign in, or proposed it."""
    found = each.proposal
    if visit.member is None:
        yield html.P(say("proposals.unsigned"), className="method")
        return
    given = {"number": str(found.number), "agency_code": found.agency}
    if each.own and visit.sends("approve", found.agency):
        yield html.P(say("proposals.own"), className="method")
    elif visit.sends("approve", found.agency):
        yield form(
            "approve", [html.P(say("proposals.approving"), className="method"), signer(visit, say)], given, say
        )
    if visit.sends("refuse", found.agency):
        yield form("refuse", [area("answer", say), signer(visit, say)], given, say)


def _hour(moment: datetime) -> str:
    return clock_text(moment, moment.date())


def waiting_notice(count: Figure, say: Say) -> Node:
    """On the overview of whoever decides: that corrections wait for them."""
    words = html.Span(sentence(say, "proposals.notice", count=number(count, say)))
    link = html.A(say("proposals.open"), href=to(f"/{NAME}", standing=Standing.WAITING))
    return html.Div([glyph("watch"), html.Span([words, " ", link])], className="notice", role="status")
