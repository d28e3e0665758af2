"""What was corrected of an indicator: the old figure, the new one, who brought it, when it became known, and why."""

from figures.node import Child, Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.address import change, to
from layouts.parts import card, footer, head, number, plain_source, simulated, state, table_link
from layouts.words import name_of, period_of
from metrics.boards.indicator import Corrected, IndicatorBoard

_COLUMNS = ("period", "agency", "before", "after", "change", "by", "published", "reason")
#: So many corrections stand in the card; the file has all.
_SHOWN = 30


def corrections_card(board: IndicatorBoard, say: Say) -> Node:
    """The latest corrections first; that there was none, where there was none."""
    found = board.corrected
    if not found:
        # Whoever sees but some of the figures cannot be told that none was corrected.
        words = say("indicator.uncorrected_within" if board.scoped else "indicator.uncorrected")
        text = state(say("indicator.uncorrected_title"), words, shape="good")
        return card([head(say("indicator.corrections")), text], name="card card-corrections")
    heads = [html.Th(say(f"indicator.correction_{name}"), scope="col", className=f"corr-{name}") for name in _COLUMNS]
    rows = [_row(each, say) for each in found[:_SHOWN]]
    rest = len(found) - len(rows)
    is_simulated = any(each.correction.after.status == "simulated" for each in found)
    return card(
        [
            head(say("indicator.corrections"), number(board.corrections, say)),
            html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="plain corrections"),
            html.P(say("indicator.more_corrections", count=rest), className="method") if rest else None,
            footer(_note(say),
                   simulated(say, partly=True) if is_simulated else None, table_link("corrections", say)),
        ],
        simulated=is_simulated,
        name="card card-corrections",
    )  # fmt: skip


def _note(say: Say) -> Node:
    """What holds for all of them, and the way to those that wait for a second person."""
    link = html.A(say("screen.corrections"), href=to("/corrections"), className="card-link")
    return plain_source([say("indicator.corrections_note"), " ", link])


def _approval(each: Corrected, say: Say) -> Node | None:
    """Who approved a correction as the second person; None where nobody had to."""
    name = each.correction.approved_by
    return html.Small(say("indicator.correction_approved", name=name)) if name else None


def _row(each: Corrected, say: Say) -> Node:
    seen = each.correction.after
    agency = name_of(each.agency, say) if each.agency else seen.agency
    mark = f"{seen.indicator}/{seen.agency}/{seen.period.text}"
    after: Child = say("provenance.withdrawn")
    if each.after is not None:
        after = html.B(number(each.after, say))
    cells: dict[str, Child] = {
        "period": html.A(period_of(seen.period.text, say), href=change(figure=mark)),
        "agency": [agency, html.Small(each.source.code)],
        "before": html.Span(number(each.before, say), className="struck") if each.before else "–",
        "after": after,
        "change": number(each.change, say) if each.change else "–",
        "by": [html.Span(each.correction.delivered_by), _approval(each, say)],
        "published": day(seen.published),
        "reason": html.Span(seen.reason, lang="vi") if seen.reason else "–",
    }
    return html.Tr([html.Td(cells[name], className=f"corr-{name}") for name in _COLUMNS])
