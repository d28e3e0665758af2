"""How the agencies of a group stand, each in the shape of its status on one scale, with the middle of them all."""

from figures.dots import Dot, dot_plot
from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.distribution import on_scale, placed, spread_head
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    number,
    plain_source,
    sentence,
    simulated,
    state,
    table_link,
)
from layouts.rank import apart_words
from layouts.words import Timed, in_sentence, name_of, period_of, standing_word
from metrics.boards.agencies import AgencyTable
from metrics.boards.indicator import Indicator
from metrics.figure import Figure


def standing_card(
    table: AgencyTable, indicator: Indicator, period: Timed | None, median: Figure | None, say: Say, *, twin: str
) -> Node:
    """The card of one group; `twin` names its table. Where nobody reported, that."""
    title = spread_head(table, indicator, say)
    if not table.rows:
        text = state(say("ranking.no_positions_title"), say("ranking.no_positions"))
        return card([title, text], name="card card-dots")
    dots = tuple(
        Dot(row.agency.code, value, f"{name}, {in_sentence(_word(row.judgement.status, table, say))}",
            status=row.judgement.status)
        for row, value, name in placed(table, say)
    )  # fmt: skip
    source = say("rank.period", period=period_of(period.text, say)) if period else say("rank.no_period")
    if indicator.unit_kind == "share":
        source = f"{source}; {say('indicator.no_mean')}"
    return card(
        [
            title,
            html.P(_legend(table, say), className="legend"),
            dot_plot(on_scale(table, indicator, dots, say, median)),
            _ends(table, say),
            footer(
                plain_source(source),
                simulated(say) if table.simulated else None,
                table_link(twin, say),
            ),
        ],
        simulated=table.simulated,
        name="card card-dots",
    )


def _word(status: str, table: AgencyTable, say: Say) -> str:
    return standing_word(status, say, aimed=any(row.target is not None for row in table.rows))


def _legend(table: AgencyTable, say: Say) -> list[Child]:
    """How many stand how; together they are all that owe the indicator."""
    legend: list[Child] = [
        html.Span([glyph(str(status)), html.Span([number(count, say), " ", in_sentence(_word(status, table, say))])],
                  className="legend-part")
        for status, count in table.counts
    ]  # fmt: skip
    return legend if table.apart is None else [*legend, apart_words(table.apart, say)]


def _ends(table: AgencyTable, say: Say) -> Node | None:
    """Who stands first and last; nobody where the indicator has no better side."""
    if len(table.rows) < 2 or table.rows[0].rank is None:
        return None
    first, last = table.rows[0], table.rows[-1]
    assert first.value is not None and last.value is not None  # they reported
    told = {
        "first": name_of(first.agency, say),
        "high": figure_link(first.value, say),
        "last": name_of(last.agency, say),
        "low": figure_link(last.value, say),
    }
    return html.P(sentence(say, "indicator.ends", **told), className="ends")
