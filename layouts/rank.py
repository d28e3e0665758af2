"""A table of agencies: rank, shape, name with both terms, bullet, value, distance to the path, movement."""

from typing import Any

from dash import html

from i18n import Say
from layouts.address import Address
from layouts.parts import bullet, card, figure_link, footer, glyph, head, number, plain_source, sentence, simulated
from layouts.words import name_of, period_of, printed, unit
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.national import National
from metrics.status import Status

#: Groups of more rows than this stand in two columns.
_LONG = 40


def rank_card(table: AgencyTable, nation: National, period: str | None, say: Say, address: Address) -> html.Section:
    """One group of agencies, those without a report below the line."""
    rows = [_row(row, address, say) for row in table.rows]
    rows += [_absent(row, say) for row in table.unreported]
    if len(rows) > _LONG:
        half = (len(rows) + 1) // 2
        columns = [_table(part, table, nation, say) for part in (rows[:half], rows[half:])]
        body = html.Div([html.Div(column) for column in columns], className="rank-pair")
    else:
        body = html.Div(_table(rows, table, nation, say), className="rank-single")
    aside = sentence(say, "rank.reported", n=number(table.reported, say), owing=number(table.owing, say))
    return card(
        [
            head(sentence(say, f"rank.{table.group}", owing=number(table.owing, say)), aside),
            _legend(table, say),
            body,
            footer(plain_source(_note(table, period, say)), simulated(say) if table.simulated else None),
        ],
        simulated=table.simulated,
    )


def _legend(table: AgencyTable, say: Say) -> html.P:
    """What the shapes mean, with how many there are of each; the counts add up to all that owe a report."""
    aimless = all(row.target is None for row in table.rows)
    return html.P(
        [
            html.Span(
                [
                    glyph(str(status)),
                    *sentence(
                        say,
                        "rank.legend",
                        n=number(count, say),
                        status=_lower(_word(status, aimless, say)),
                    ),
                ],
                className="legend-part",
            )
            for status, count in table.counts
        ],
        className="legend",
    )


def _word(status: str, aimless: bool, say: Say) -> str:
    """The word of a status; without a target there is nothing to be judged by."""
    return say("status.no_target" if status == Status.NA and aimless else f"status.{status}")


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]


def _note(table: AgencyTable, period: str | None, say: Say) -> str:
    parts = [say("rank.period", period=period_of(period, say))] if period else [say("rank.no_period")]
    if table.series_break and table.before_period:
        parts.append(say("rank.break", period=period_of(table.before_period, say)))
    elif table.risen and table.before_period:
        parts.append(say("rank.moved_since", period=period_of(table.before_period, say)))
    parts.append(say("rank.ties"))
    return "; ".join(parts)


def _table(rows: list[html.Tr], table: AgencyTable, nation: National, say: Say) -> html.Table:
    scale: list[Any] = []
    if table.path:
        scale += [html.Span(sentence(say, "rank.path", path=number(table.path, say)), className="nowrap"), " "]
    if table.target:
        scale.append(html.Span(sentence(say, "rank.target", target=number(table.target, say)), className="nowrap"))
    heads: tuple[tuple[str, Any], ...] = (
        ("rank-no", say("rank.rank")),
        ("rank-unit", say(f"rank.head_{table.group}")),
        ("rank-bar", html.Span(scale)),
        ("rank-value", unit(nation.indicator.unit, say).strip()),
        ("rank-gap", say("rank.gap")),
        ("rank-move", say("rank.moved")),
    )
    return html.Table(
        [html.Thead(html.Tr([html.Th(word, scope="col", className=name) for name, word in heads])), html.Tbody(rows)],
        className="rank",
    )


def _row(row: AgencyRow, address: Address, say: Say) -> html.Tr:
    status = str(row.judgement.status)
    assert row.value is not None
    marks = {"data-simulated": "true"} if row.simulated else {}
    target, expected = row.target, row.judgement.expected
    return html.Tr(
        [
            html.Td(number(row.rank, say) if row.rank else "–", className="rank-no"),
            _unit(row, status, say),
            html.Td(
                bullet(float(row.number or 0), float(target), None if expected is None else float(expected))
                if target and target > 0
                else None,
                className="rank-bar",
            ),
            html.Td(figure_link(row.value, address, say, unit=False), className="rank-value"),
            html.Td(number(row.gap, say, unit=False) if row.gap else "–", className="rank-gap"),
            html.Td(_moved(row, say), className="rank-move"),
        ],
        **{"data-status": status},
        **marks,
    )


def _unit(row: AgencyRow, status: str, say: Say) -> html.Th:
    name = html.Span(name_of(row.agency, say), className="rank-name")
    parts: list[Any] = [glyph(status, _word(status, row.target is None, say)), name]
    if row.terms:
        over, under = (number(term, say) for term in row.terms)
        parts.append(html.Span([over, " / ", under], className="terms"))
    return html.Th(html.Span(parts, className="rank-cell"), scope="row", className="rank-unit")


def _moved(row: AgencyRow, say: Say) -> Any:
    if row.moved is None:
        return html.Span("–", className="ink3")
    places = row.moved.quantity.number
    way = "up" if places > 0 else "down" if places < 0 else "flat"
    text = printed(row.moved, say)
    sign = html.Span(text.number[:1], className="offscreen") if places else ""
    digits = text.number[1:] if places else text.number
    return html.Span(
        [glyph(way, say(f"rank.{way}")), html.Span([sign, digits], **{"data-derived": row.moved.mark})],
        className=f"move move-{way}",
    )


def _absent(row: AgencyRow, say: Say) -> html.Tr:
    return html.Tr(
        [
            html.Td("–", className="rank-no"),
            _unit(row, "nr", say),
            html.Td(html.Span(className="hatch"), className="rank-bar"),
            html.Td(say("rank.absent"), className="rank-absent", colSpan=3),
        ],
        className="unreported",
        **{"data-status": "nr"},
    )
