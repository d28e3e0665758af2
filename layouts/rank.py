"""A table of agencies: rank, shape, name with both terms, bullet, value, distance to the path, movement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import agency_path
from layouts.movement import movement
from layouts.parts import bullet, figure_link, glyph, number, sentence
from layouts.words import in_sentence, name_of, period_of, standing_word, unit
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.national import National
from metrics.figure import Figure

#: Columns for which a phone has no room (see assets/ranking.css and edition.css).
_HIDDEN = ("gap", "change", "course", "report", "code", "formed", "terms")
#: Columns that have something to tell of who has no figure.
_TOLD_OF_ABSENT = ("course", "pin", "report", "code", "formed")


@dataclass(frozen=True)
class Look:
    """Which columns a table has, in their order, and whether names stand with both terms. `more` draws the cells of
    columns that are not those of every table, by name; `heads` are their words. `rings` are further values on the bar
    of an agency, by its code. `here` is the code of the agency whose row is marked, None where none is."""

    columns: tuple[str, ...] = ("no", "unit", "bar", "value", "gap", "move")
    terms: bool = True
    more: Mapping[str, Callable[[AgencyRow], Child]] = field(default_factory=dict)
    heads: Mapping[str, Child] = field(default_factory=dict)
    rings: Mapping[str, Sequence[float]] = field(default_factory=dict)
    under: Callable[[AgencyRow], Child] | None = None
    here: str | None = None


def legend(table: AgencyTable, say: Say) -> Node:
    """What the shapes mean, with how many there are of each; the counts add up to all that owe a report."""
    aimed = any(row.target is not None for row in table.rows)
    return html.P(
        [
            html.Span(
                [
                    glyph(str(status)),
                    *sentence(
                        say,
                        "rank.legend",
                        n=number(count, say),
                        status=in_sentence(standing_word(status, say, aimed=aimed)),
                    ),
                ],
                className="legend-part",
            )
            for status, count in table.counts
        ]
        + ([apart_words(table.apart, say)] if table.apart else []),
        className="legend",
    )


def apart_words(count: Figure, say: Say) -> Node:
    """How many cannot be compared on the edition of the map that is shown."""
    return html.Span(
        [glyph("na"), html.Span(sentence(say, "edition.legend", n=number(count, say)))], className="legend-part"
    )


def note(table: AgencyTable, period: str | None, say: Say) -> str:
    """What a table is of, what movement is counted against, and how ties rank."""
    parts = [say("rank.period", period=period_of(period, say))] if period else [say("rank.no_period")]
    if table.series_break and table.before_period:
        parts.append(say("rank.break", period=period_of(table.before_period, say)))
    elif table.risen and table.before_period:
        parts.append(say("rank.moved_since", period=period_of(table.before_period, say)))
    parts.append(say("rank.ties"))
    return "; ".join(parts)


def rank_table(rows: Sequence[Node], table: AgencyTable, nation: National, look: Look, say: Say) -> Node:
    """The rows under their heads; the bullets' own scale is told over them."""
    scale: list[Any] = []
    if table.path:
        scale += [html.Span(sentence(say, "rank.path", path=number(table.path, say)), className="nowrap"), " "]
    if table.target:
        scale.append(html.Span(sentence(say, "rank.target", target=number(table.target, say)), className="nowrap"))
    words: dict[str, Child] = {
        "no": say("rank.rank"),
        "unit": say(f"rank.head_{table.group}"),
        "bar": html.Span(scale),
        "value": unit(nation.indicator.unit, say).strip(),
        "gap": say("rank.gap"),
        "move": say("rank.moved"),
        **look.heads,
    }
    heads = [html.Th(words[name], scope="col", className=f"rank-{name}") for name in look.columns]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="rank")


def ranked_row(row: AgencyRow, look: Look, say: Say) -> Node:
    """An agency that reported."""
    status = str(row.judgement.status)
    assert row.value is not None
    marks = {"data-simulated": "true"} if row.simulated else {}
    target, expected = row.target, row.judgement.expected
    cells: dict[str, Callable[[], Child]] = {
        "no": lambda: number(row.rank, say) if row.rank else "–",
        "bar": lambda: (
            bullet(
                float(row.number or 0),
                float(target),
                None if expected is None else float(expected),
                rings=look.rings.get(row.agency.code, ()),
            )
            if target and target > 0
            else None
        ),
        "value": lambda: figure_link(row.value, say, unit=False) if row.value else None,
        "gap": lambda: number(row.gap, say, unit=False) if row.gap else "–",
        "move": lambda: movement(row.moved, say),
    }
    return html.Tr(
        [
            unit_cell(row, status, look, say)
            if name == "unit"
            else html.Td(look.more[name](row) if name in look.more else cells[name](), className=f"rank-{name}")
            for name in look.columns
        ],
        **{"data-status": status, "data-agency": row.agency.code},
        **marks,
        **_here(row, look),
    )


def _here(row: AgencyRow, look: Look) -> dict[str, str]:
    return {"aria-current": "true"} if row.agency.code == look.here else {}


def absent_row(row: AgencyRow, look: Look, say: Say) -> Node:
    """An agency that did not report: no rank, no bar, no number."""
    before = [name for name in look.columns if name in ("no", "unit", "bar")]
    cells = {
        "no": html.Td("–", className="rank-no"),
        "unit": unit_cell(row, "nr", look, say),
        "bar": html.Td(html.Span(className="hatch"), className="rank-bar"),
    }
    rest = html.Td(html.Span(say("rank.absent")), className="rank-absent", colSpan=len(look.columns) - len(before))
    marks = {"data-status": "nr", "data-agency": row.agency.code}
    return html.Tr([*(cells[name] for name in before), rest], className="unreported", **marks, **_here(row, look))


def rule_row(key: str, look: Look, say: Say) -> Node:
    """The rule above those that have no rank; columns that a phone hides have cells of their own in it."""
    hidden = [name for name in look.columns if name in _HIDDEN]
    words = html.Td(say(key), colSpan=len(look.columns) - len(hidden))
    return html.Tr([words, *(html.Td(className=f"rank-{name}") for name in hidden)], className="rank-note")


def absent_cell(name: str, row: AgencyRow, look: Look) -> Child:
    """What a column tells of an agency that has no figure: mostly a dash, and a hatched bar."""
    if name == "bar":
        return html.Span(className="hatch")
    return look.more[name](row) if name in _TOLD_OF_ABSENT else html.Span("–", className="ink3")


def unit_cell(row: AgencyRow, status: str, look: Look, say: Say) -> Node:
    """The cell that heads a row: shape, name, and both terms where the look has them and the source gives them."""
    words = name_of(row.agency, say)
    name = html.A(words, href=agency_path(row.agency.kind, row.agency.code), className="rank-name")
    parts: list[Any] = [glyph(status, standing_word(status, say, aimed=row.target is not None)), name]
    if row.terms and look.terms:
        over, under = (number(term, say) for term in row.terms)
        parts.append(html.Span([over, " / ", under], className="terms"))
    if look.under is not None:
        parts.append(look.under(row))
    return html.Th(html.Span(parts, className="rank-cell"), scope="row", className="rank-unit")
