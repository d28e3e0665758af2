"""The published national figure and, beside it and never in its place, the sum of the agencies that reported."""

from collections.abc import Iterator
from typing import Any

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.address import indicator_path
from layouts.parts import (
    card,
    figure_link,
    footer,
    head,
    labels,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
    told,
)
from layouts.words import name_of, period_of, period_words, source_title
from metrics.boards.agencies import AgencySum
from metrics.boards.national import National


def nation_card(nation: National, beside: AgencySum | None, period: str, say: Say) -> Node:
    """Two figures with their own labels; either may be absent and says so. `period` is that of the sum."""
    shown: list[Any] = []
    if nation.value and nation.source:
        facts = sentence(
            say,
            "nation.published",
            as_of=html.Span(period_words(nation.value, say)),
            source=html.Span(source_title(nation.source, say)),
        )
        if nation.indicator.unit_kind == "share" and not nation.terms:
            facts = [*facts, "; ", say("provenance.no_terms")]
        shown.append(_statement(figure_link(nation.value, say), facts))
        shown += [
            _statement(
                figure_link(value, say),
                sentence(say, "nation.other", source=html.Span(source_title(source, say))),
            )
            for value, source in nation.others
            if value.quantity != nation.value.quantity
        ]
    else:
        shown.append(state(say("nation.none_title"), say("nation.none"), shape="nr"))
    if beside:
        shown.append(_sum(beside, period, say))
    name = html.A(name_of(nation.indicator, say), href=indicator_path(nation.indicator.code), className="title-link")
    title = sentence(say, "nation.title", indicator=name)
    marks = labels(
        *_kind(nation, say),
        told(say("label.derived")) if beside and beside.share else None,
        simulated(say, partly=not nation.simulated and nation.value is not None)
        if nation.simulated or (beside and beside.simulated)
        else None,
    )
    note = say("nation.method") if beside and beside.share else say("nation.note")
    return card(
        [
            head(title),
            html.Div(shown, className="statements"),
            footer(plain_source(note, "sum"), marks, table_link("nation", say) if nation.value or beside else None),
        ],
        simulated=nation.simulated or bool(beside and beside.simulated),
    )


def _kind(nation: National, say: Say) -> Iterator[Node]:
    """The labels of a published figure that is not final, or not confirmed."""
    trace = nation.value.trace if nation.value else None
    if trace is not None and trace.status in ("preliminary", "estimated"):
        yield told(say(f"data_status.{trace.status}"))
    if trace is not None and trace.certainty == "unconfirmed":
        yield told(say("label.unconfirmed"))


def _statement(amount: Any, facts: list[Any]) -> Node:
    return html.P([html.Span(amount, className="amount"), html.Span(facts, className="count")], className="statement")


def _sum(beside: AgencySum, period: str, say: Say) -> Any:
    counted = {"n": number(beside.reported, say), "owing": number(beside.owing, say)}
    if beside.share is None or beside.numerator is None or beside.denominator is None:
        return state(say("nation.no_sum_title"), sentence(say, "nation.no_sum", **counted), shape="na")
    return _statement(
        number(beside.share, say),
        sentence(
            say,
            "nation.sum",
            period=period_of(period, say),
            numerator=number(beside.numerator, say),
            denominator=number(beside.denominator, say),
            **counted,
        ),
    )
