"""The overview on a page: the answer, four targets, the agencies, and what they are measured by."""

from typing import Any

from dash import html

from i18n import Say
from i18n.formats import day
from layouts.address import Address, Visit
from layouts.nation import nation_card
from layouts.parts import card, glyph, head, notice, number, sentence, simulated, state
from layouts.rank import rank_card
from layouts.shell import header, main, skip
from layouts.tile import tile
from layouts.versions import versions_card
from layouts.words import clock_text, name_of, period_of, title_of
from metrics.boards.overview import Overview
from metrics.status import Status

#: So many that did not report are named in the answer line; more are counted.
_NAMED = 3


def page(board: Overview, visit: Visit, say: Say) -> list[Any]:
    """Header, screen and foot."""
    address, moment = visit.address, visit.moment
    answer = _answer(board, say)
    plain = "".join(_text(part) for part in answer)
    body: list[Any] = [
        html.Div([html.H1(answer), *_facts(board, say)], className="answer"),
        *_notices(board, visit, say),
        _controls(board, address, say),
        html.Div([tile(nation, address, say) for nation in board.headline], className="grid-tiles"),
    ]
    body += [_empty(say)] if board.empty else _details(board, address, say)
    return [
        skip(say),
        header(say, address, say("shell.updated", at=clock_text(moment.pulled, moment.clock))),
        main("overview", plain, say, body),
        html.Footer([html.Span(say("foot.rule")), html.Span(say("foot.data"))], className="page-foot"),
    ]


def _text(part: Any) -> str:
    """The words of a component, for the title of the window."""
    if isinstance(part, str):
        return part
    children = getattr(part, "children", None)
    if children is None:
        return ""
    return "".join(_text(child) for child in (children if isinstance(children, list) else [children]))


def _answer(board: Overview, say: Say) -> list[Any]:
    answer = board.answer
    counts = {
        "n": number(answer.on_track, say),
        "of": number(answer.of, say),
        "measured": number(answer.measured, say),
    }
    if not answer.measured.quantity.number:
        return sentence(say, "answer.nothing", **counts)
    worst = answer.worst
    if worst is None:
        return sentence(say, "answer.on_track" if answer.on_track.quantity.number else "answer.too_little", **counts)
    if answer.amount is None:
        return sentence(say, "answer.on_track", **counts)
    name = html.Span(say(f"tiny.{worst.indicator.code}"))
    return sentence(say, f"answer.{worst.judgement.status}", **counts, name=name, amount=number(answer.amount, say))


def _facts(board: Overview, say: Say) -> list[Any]:
    facts: list[Any] = []

    def add(key: str, **parts: Any) -> None:
        facts.append(html.Span(sentence(say, key, **parts), className="answer-fact"))

    if board.answer.measured.quantity.number != board.answer.of.quantity.number:
        add("answer.fact_measured", n=number(board.answer.measured, say), of=number(board.answer.of, say))
    for table in board.tables[:1]:
        counts = dict(table.counts)
        behind = counts.get(Status.BEHIND) or counts.get(Status.OVERDUE)
        if behind:
            add(f"answer.fact_behind_{table.group}", n=number(behind, say), of=number(table.reported, say))
        if table.rows and 0 < len(table.unreported) <= _NAMED:
            add("answer.fact_absent", names=html.B(", ".join(name_of(row.agency, say) for row in table.unreported)))
        elif table.rows and table.unreported:
            add(f"answer.fact_absent_{table.group}", n=number(counts[Status.NR], say))
        if table.risen and table.fallen and table.before_period:
            since = html.Span(period_of(table.before_period, say))
            add("answer.fact_moved", since=since, risen=number(table.risen, say), fallen=number(table.fallen, say))
    if board.simulated:
        facts.append(html.Span(simulated(say, partly=True), className="label"))
    return facts


def _notices(board: Overview, visit: Visit, say: Say) -> list[Any]:
    """What the page has to say of itself: what it could not use, and that it does not show today."""
    notices = [notice(say(f"notice.unknown_{name}", value=value)) for name, value in visit.unknown]
    if board.at != visit.moment.clock:
        back = html.A(say("notice.replay_end", day=day(visit.moment.clock)), href=visit.address.href(at=None))
        notices.append(notice([say("notice.replay", day=day(board.at)), " ", back], shape="replay"))
    return notices


def _controls(board: Overview, address: Address, say: Say) -> html.Div:
    """What is shown, and as of when; each choice is a link, so that the address stays the state."""
    indicators = [
        html.A(
            title_of(each, say),
            href=address.href(indicator=each.code, period=None),
            **({"aria-current": "true"} if each.code == board.indicator.code else {}),
        )
        for each in board.choices
    ]
    controls = [_menu(say("control.indicator"), title_of(board.indicator, say), indicators)]
    if board.period:
        periods = [
            html.A(
                period_of(each.text, say),
                href=address.href(period=each.text),
                **({"aria-current": "true"} if each == board.period else {}),
            )
            for each in board.periods
        ]
        controls.append(_menu(say("control.period"), period_of(board.period.text, say), periods))
    known = sentence(say, "control.known_on", day=html.B(day(board.at), className="num"))
    return html.Div([*controls, html.Span(known, className="controls-aside")], className="controls")


def _menu(name: str, chosen: str, links: list[html.A]) -> html.Div:
    return html.Div(
        [
            html.Span(name, className="control-name"),
            html.Details(
                [
                    html.Summary([chosen, glyph("chevron-down")], **{"aria-label": f"{name}: {chosen}"}),
                    html.Div(links, className="menu-list"),
                ],
                className="menu",
            ),
        ],
        className="control",
    )


def _details(board: Overview, address: Address, say: Say) -> list[html.Div]:
    """What lies behind the chosen indicator: the nation, the agencies, the versions of its target."""
    period = board.period.text if board.period else None
    nation = nation_card(board.chosen, board.sum_beside, period or "", address, say)
    versions = versions_card(board.chosen, address, say)
    cards = [rank_card(table, board.chosen, period, say, address) for table in board.tables]
    if not cards:
        text = state(say("rank.nobody_title"), say("rank.nobody"), shape="na")
        cards = [card([head(name_of(board.indicator, say)), text])]
    return [
        html.Div(nation, className="grid-wide"),
        html.Div([cards[0], html.Div([versions, *cards[1:]], className="stack")], className="grid-main"),
    ]


def _empty(say: Say) -> html.Div:
    """A store without a figure says what to do next."""
    steps = html.Ol([html.Li(html.Code(line)) for line in say("empty.steps").split("\n")])
    return html.Div([card([head(say("empty.title")), html.P(say("empty.text")), steps])], className="grid-main")
