"""Dossiers received by month: online at the base, the rest on it, the share online over each column."""

from dataclasses import replace
from decimal import Decimal

from figures.axis import ticks
from figures.columns import Column, Grid, columns
from figures.node import Child, Node
from i18n import Say
from i18n.formats import as_written
from layouts import html
from layouts.parts import card, footer, head, number, plain_source, simulated, table_link
from layouts.words import period_of, printed
from metrics.boards.usage import UsageBoard
from metrics.boards.usage_months import UsageMonth

#: Where counts are written as millions, or as thousands.
_MILLION = Decimal(1_000_000)


def months_card(board: UsageBoard, say: Say) -> Node:
    """The months of a place, the chosen one last."""
    shown = any(each.simulated for each in board.months)
    return card(
        [
            head(say("usage.months_title"), months_key(say)),
            months_drawing(board.months, say),
            footer(
                plain_source(say("usage.months_note"), "dossier"),
                simulated(say) if shown else None,
                table_link("months", say),
            ),
        ],
        simulated=shown,
        name="card card-usage-months",
    )


def months_key(say: Say) -> Node:
    """What the two parts of a column are."""
    return html.Span(
        [
            html.Span(
                [html.Span(className=f"usage-key key-{name}"), say(f"usage.key_{name}")], className="legend-part"
            )
            for name in ("online", "other")
        ],
        className="legend",
    )


def months_drawing(months: tuple[UsageMonth, ...], say: Say, *, shares: bool = True) -> Node:
    """The columns, with the share online over each where `shares`; a month that is not over is lighter and says until
    when."""
    drawn = [_column(each, months, say) for each in months]
    if not shares:
        drawn = [replace(each, label=None) for each in drawn]
    tallest = max((each.base + each.rest for each in drawn if each.base is not None), default=0.0)
    marks = ticks(tallest)
    millions = marks[-1] >= _MILLION
    last = max(marks)
    grid = [Grid(float(mark), _word(mark, millions=millions, top=mark == last, say=say)) for mark in marks]
    return columns(drawn, grid, say("usage.months_described", months=len(months)))


def _word(mark: Decimal, *, millions: bool, top: bool, say: Say) -> str:
    """A value of the axis; the unit stands at the highest alone."""
    if not millions:
        return as_written(mark, say.language)
    text = as_written((mark / _MILLION).normalize() + 0, say.language)
    return say("usage.million", count=text) if top else text


def _column(each: UsageMonth, months: tuple[UsageMonth, ...], say: Say) -> Column:
    start = each.period.start
    begins = each is months[0] or start.month == 1
    year = str(start.year) if begins else ""
    if not each.whole and each.last_day is not None:
        year = say("usage.to_day", day=f"{each.last_day:%d/%m}")
    if each.tally is None:
        return Column(f"{start:%m}", year, None, 0.0, None)
    online = each.tally.online
    share: Child = number(online.share, say) if online.share is not None else "–"
    over, under = (float(term.quantity.number) for term in (online.over, online.under))
    words = say("usage.month_told", period=period_of(each.period.text, say), received=printed(online.under, say).text)
    return Column(f"{start:%m}", year, over, under - over, html.Span(share, title=words), each.whole)
