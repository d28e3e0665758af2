"""The short list of the overview: the first, the last, what a source states among the simulated, who is missing."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.address import to
from layouts.parts import card, footer, head, plain_source, sentence, simulated, table_link
from layouts.rank import Look, absent_row, note, rank_table, ranked_row
from layouts.words import printed, title_of
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.national import National

#: So many from the top, from the end, of the stated ones between, and of those without a report.
_FIRST, _LAST, _MOST_STATED, _MOST_ABSENT = 5, 5, 2, 4
#: Its columns.
LOOK = Look(("no", "unit", "bar", "value", "move"), terms=False)


def short_card(
    table: AgencyTable, nation: National, period: str | None, say: Say, *, own: Collection[str] = ()
) -> Node:
    """One group of agencies in few rows; the lines between say who is left out. The rows of those whose codes are
    `own` are marked and stand first, each with its rank."""
    own_rows = [row for row in (*table.rows, *table.unreported) if row.agency.code in own]
    table_ = replace(
        table,
        rows=tuple(row for row in table.rows if row not in own_rows),
        unreported=tuple(row for row in table.unreported if row not in own_rows),
    )
    rows = [_own_row(row, say) for row in own_rows]
    rows += [*short_rows(table_, say), *(absent_row(row, LOOK, say) for row in table_.unreported[:_MOST_ABSENT])]
    if len(table_.unreported) > _MOST_ABSENT:
        rows.append(_line(say("rank.more_absent", count=len(table_.unreported) - _MOST_ABSENT)))
    everyone = html.A(
        sentence(say, "rank.all", owing=html.Span(printed(table.owing, say).text)),
        href=to("/ranking", group=None if table.group == "provinces" else table.group),
        className="card-link",
    )
    return card(
        [
            head(say("rank.title", indicator=title_of(nation.indicator, say)), everyone),
            html.Div(rank_table(rows, table, nation, LOOK, say), className="rank-short"),
            footer(
                plain_source(note(table, period, say), "rank"),
                simulated(say) if table.simulated else None,
                table_link("ranking", say),
            ),
        ],
        simulated=table.simulated,
        name="card card-rank",
    )


def _own_row(row: AgencyRow, say: Say) -> Node:
    look = replace(LOOK, here=row.agency.code)
    return absent_row(row, look, say) if row.value is None else ranked_row(row, look, say)


def short_rows(table: AgencyTable, say: Say) -> list[Node]:
    """The first and the last of those that reported, and between them the lines that say who is left out."""
    kept = {row.agency.code for row in _kept(table)}
    rows: list[Node] = []
    left_out: list[AgencyRow] = []
    for row in table.rows:
        if row.agency.code not in kept:
            left_out.append(row)
            continue
        rows += [_fold(left_out, table, say)] if left_out else []
        left_out = []
        rows.append(ranked_row(row, LOOK, say))
    return rows + ([_fold(left_out, table, say)] if left_out else [])


def _kept(table: AgencyTable) -> Sequence[AgencyRow]:
    """The rows of the list: the first, the last, and between them those with a figure that is not simulated."""
    if len(table.rows) <= _FIRST + _LAST + 1:
        return table.rows
    between = table.rows[_FIRST:-_LAST]
    stated = [row for row in between if not row.simulated] if table.simulated else []
    return [*table.rows[:_FIRST], *stated[:_MOST_STATED], *table.rows[-_LAST:]]


def _fold(rows: Sequence[AgencyRow], table: AgencyTable, say: Say) -> Node:
    """The line that stands for rows left out, with their ranks."""
    first, last = rows[0].rank, rows[-1].rank
    if first is None or last is None:
        return _line(say(f"rank.fold_{table.group}", count=len(rows)))
    ends = {"first": printed(first, say).text, "last": printed(last, say).text}
    return _line(say(f"rank.fold_ranks_{table.group}", count=len(rows), **ends))


def _line(words: str) -> Node:
    return html.Tr([html.Td(), html.Td(words, colSpan=len(LOOK.columns) - 1)], className="rank-note")
