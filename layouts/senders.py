"""Who reported an indicator for a period, and when: those that did not first, then those that came after its end."""

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import agency_path
from layouts.parts import (
    card,
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
from layouts.words import name_of, period_of
from metrics.boards.indicator import IndicatorBoard, Sender, Senders

#: So many of those that did not report stand in the card, the others folded under them; of those that came late so
#: many, the others are counted.
_ABSENT, _LATE = 10, 6


def listed_of(found: Senders | None) -> int:
    """How many agencies the card names."""
    return 0 if found is None else min(len(found.absent), _ABSENT) + min(len(found.late), _LATE)


def senders_card(board: IndicatorBoard, say: Say) -> Node:
    """The card; where nobody owes the indicator or no period is known, that."""
    found, period = board.senders, board.period
    if found is None or period is None:
        text = state(say("indicator.nobody_title"), say("indicator.nobody"), shape="na")
        return card([head(say("indicator.senders")), text], name="card card-senders")
    code = board.indicator.code
    late = [_row(each, code, say) for each in found.late[:_LATE]]
    rest = len(found.late) - len(late)
    is_simulated = any(each.simulated for each in found.late) or any(table.simulated for table in board.tables)
    return card(
        [
            head(
                say("indicator.senders_of", period=period_of(period.text, say)),
                [number(found.reported, say), "/", number(found.owing, say)],
            ),
            _list("absent", [_row(each, code, say) for each in found.absent[:_ABSENT]], say),
            _folded([_row(each, code, say) for each in found.absent[_ABSENT:]], say),
            _list("late", late, say),
            html.P(say("indicator.more_late", count=rest), className="method") if rest else None,
            html.P(sentence(say, "indicator.prompt", n=number(found.prompt, say)), className="method"),
            footer(
                plain_source(say("indicator.senders_note")),
                simulated(say, partly=True) if is_simulated else None,
                table_link("senders", say),
            ),
        ],
        simulated=is_simulated,
        name="card card-senders",
    )


def _list(name: str, rows: list[Node], say: Say) -> Node | None:
    if not rows:
        return None
    return html.Div([html.H3(say(f"indicator.{name}")), html.Ul(rows, className="senders")])


def _folded(rows: list[Node], say: Say) -> Node | None:
    """The rest of those that did not report, by name but folded."""
    if not rows:
        return None
    summary = html.Summary([glyph("nr"), html.Span(say("indicator.more_absent", count=len(rows)))])
    return html.Details([summary, html.Ul(rows, className="senders")], className="lag-group")


def _row(each: Sender, code: str, say: Say) -> Node:
    shape, key = ("na", "after") if each.received else ("nr", "since")
    last: Child = None
    if not each.received:
        told = say("indicator.last", period=period_of(each.last.text, say)) if each.last else say("status.never")
        last = html.Small(told)
    there = agency_path(each.agency.kind, each.agency.code, edition=None, indicator=code)
    name = html.A(name_of(each.agency, say), href=there)
    days = html.Span(sentence(say, f"indicator.{key}", days=number(each.days, say)), className="sender-days")
    return html.Li([glyph(shape), html.Span([name, last]), days], **{"data-agency": each.agency.code})
