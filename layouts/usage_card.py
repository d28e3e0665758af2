"""Usage on the page of one agency: its months as columns, and the shares of the latest whole one."""

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import usage_path
from layouts.parts import card, facts, footer, head, number, plain_source, sentence, simulated, state, table_link
from layouts.twin import Twin
from layouts.usage_months import months_drawing, months_key
from layouts.usage_twins import months_twin
from layouts.words import begun, period_of
from metrics.boards.usage_card import UsageCard
from metrics.boards.usage_tally import Rate


def usage_card(found: UsageCard, say: Say) -> Node:
    """The card; an agency that delivered no month says so."""
    last = max((each.last_day for each in found.months if each.last_day), default=None)
    link = html.A(say("usage.card_open"), href=usage_path(found.agency.code), className="card-link")
    if last is None:
        body: Child = state(say("usage.card_none_title"), say("usage.card_none"))
    else:
        body = html.Div(
            [html.Div([months_key(say), months_drawing(found.months, say)], className="usage-card-months"),
             usage_shares(found, say)],
            className="usage-card-halves",
        )  # fmt: skip
    return card(
        [
            head(say("usage.card_title"), link),
            body,
            footer(
                plain_source(say("usage.card_note", day=day(last)) if last else say("usage.absent"), "online"),
                simulated(say) if found.simulated else None,
                table_link("usage", say) if last else None,
            ),
        ],
        simulated=found.simulated,
        name="card card-wide card-usage",
    )


def usage_shares(found: UsageCard, say: Say) -> Node | None:
    """The shares of the latest whole month, each with its denominator."""
    told = found.told
    if told is None or told.tally is None:
        return None
    tally = told.tally
    rows: list[tuple[Child, Child]] = [
        (say("usage.head_received"), number(tally.received, say)),
        (say("usage.head_online"), _share(tally.online, say)),
        (say("usage.on_time_received_row"), _share(tally.on_time_of_received, say)),
        (say("usage.on_time_resolved_row"), _share(tally.on_time_of_resolved, say)),
    ]
    if tally.satisfied is not None:
        rows.append((say("usage.tile_satisfied"), _share(tally.satisfied, say)))
    if tally.pending is not None:
        rows.append((say("column.pending"), number(tally.pending, say)))
    if tally.pending_late is not None:
        rows.append((say("column.pending_late"), number(tally.pending_late, say)))
    title = html.H3(begun(period_of(told.period.text, say)))
    return html.Div([title, facts(rows)], className="usage-card-facts")


def _share(rate: Rate, say: Say) -> Child:
    """A share and its two terms."""
    terms = html.Small(sentence(say, "usage.share_terms", over=number(rate.over, say), under=number(rate.under, say)))
    return [number(rate.share, say) if rate.share is not None else "–", " ", terms]


def usage_card_twin(found: UsageCard, say: Say) -> Twin:
    """The months of the card."""
    return months_twin(found.months, say, simulated=found.simulated)
