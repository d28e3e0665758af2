"""The districts and departments of a province: all on one scale for each kind, those with most left to do by name."""

from decimal import Decimal

from figures.axis import ticks
from figures.dots import Dot, DotShape, Tick, dot_plot
from figures.node import Child, Node
from figures.sparkline import sparkline
from i18n import Say
from i18n.formats import as_written
from layouts import html
from layouts.hero import things_of
from layouts.parts import card, figure_link, footer, head, number, plain_source, sentence, simulated, table_link
from layouts.words import begun, name_of, period_of, printed, title_of, unit
from metrics.boards.units import Unit, UnitGroup, Units
from metrics.figure import Figure

#: So many are listed by name, and so many of the lowest named on the scale.
_LISTED, _NAMED = 6, 2
_COLUMNS = ("unit", "denominator", "numerator", "value", "rest", "course")


def units_card(board: Units, say: Say) -> Node:
    """The card; what of the province's own terms no unit has told is said."""
    everybody = sentence(say, "units.reported", n=number(board.reported, say), owing=number(board.owing, say))
    scale = _scale(board)
    return card(
        [
            head(say("units.title", indicator=title_of(board.indicator, say)), everybody),
            html.Div(
                [
                    html.Div([_strip(group, board, scale, say) for group in board.groups], className="unit-strips"),
                    html.Div([_table(board, say), _sum(board, say)], className="unit-table"),
                ],
                className="unit-halves",
            ),
            footer(
                plain_source(say("units.note", period=period_of(board.period.text, say))),
                simulated(say) if board.simulated else None,
                table_link("units", say),
            ),
        ],
        simulated=board.simulated,
        name="card card-wide card-units",
    )


def _scale(board: Units) -> list[Decimal]:
    numbers = [unit.number for group in board.groups for unit in group.units if unit.number is not None]
    marks = [each.quantity.number for each in (board.own, board.target) if each is not None]
    return list(ticks(float(max([*numbers, *marks])), 0.0))


def _strip(group: UnitGroup, board: Units, scale: list[Decimal], say: Say) -> Node:
    told = [unit for unit in group.units if unit.number is not None]
    lowest = {unit.agency.code for unit in told[-_NAMED:]}
    counts: list[Child] = [html.B(sentence(say, f"units.{group.kind}", n=number(group.owing, say)))]
    if group.reaching is not None and board.target is not None:
        words = {"n": number(group.reaching, say), "of": number(group.reported, say)}
        counts.append(
            html.Span(sentence(say, "units.reaching", target=html.Span(printed(board.target, say).text), **words))
        )
    absent = [name_of(unit.agency, say) for unit in group.units if unit.number is None]
    if absent:
        counts.append(html.Span(say("units.absent", names=", ".join(absent)), className="unit-absent"))
    close = "%" if board.indicator.unit == "%" else ""
    shape = DotShape(
        description=say(
            "units.described",
            indicator=title_of(board.indicator, say),
            n=printed(group.reported, say).text,
            owing=printed(group.owing, say).text,
        ),
        dots=tuple(_dot(each, lowest, say) for each in told),
        scale=tuple(Tick(float(each), f"{as_written(each, say.language)}{close}") for each in scale),
        path=_tick(board.own, "units.own", say),
        target=_tick(board.target, "ranking.target", say),
    )
    return html.Div([html.P(counts, className="unit-counts"), dot_plot(shape)], className="unit-strip")


def _dot(each: Unit, lowest: set[str], say: Say) -> Dot:
    assert each.number is not None and each.value is not None  # it reported
    named = each.agency.code in lowest
    words = f"{name_of(each.agency, say)} {printed(each.value, say).text}"
    return Dot(each.agency.code, float(each.number), words, "group", words if named else None)


def _tick(figure: Figure | None, key: str, say: Say) -> Tick | None:
    if figure is None:
        return None
    label = Node("span", sentence(say, key, value=html.Span(printed(figure, say).text)))
    return Tick(float(figure.quantity.number), label)


def _table(board: Units, say: Say) -> Node:
    """Those with most left to do: volume decides where to act."""
    listed = board.heaviest[:_LISTED]
    most = max((each.rest.quantity.number for each in listed if each.rest), default=None)
    things = begun(things_of(board.indicator.code, say) or say("units.head_denominator"))
    words = {
        "unit": say("units.heaviest"),
        "denominator": things,
        "numerator": say("units.head_numerator"),
        "value": unit(board.indicator.unit, say).strip(),
        "rest": say("units.head_rest"),
        "course": say("units.head_course"),
    }
    heads = html.Tr([html.Th(words[name], scope="col", className=f"unit-{name}") for name in _COLUMNS])
    rows = [_row(each, float(most or 1), say) for each in listed]
    return html.Table([html.Thead(heads), html.Tbody(rows)], className="units")


def _row(each: Unit, most: float, say: Say) -> Node:
    assert each.value is not None and each.rest is not None  # the caller listed it
    numerator, denominator = each.terms
    rest = each.rest.quantity.number
    bar = html.Span(className="unit-bar", style={"width": f"{100 * float(rest) / most:.1f}%"})
    cells: dict[str, Child] = {
        "denominator": number(denominator, say),
        "numerator": number(numerator, say),
        "value": figure_link(each.value, say, unit=False),
        "rest": html.Span(
            [html.Span(bar, className="unit-track", **{"aria-hidden": "true"}), number(each.rest, say)],
            className="unit-left",
        ),
        "course": sparkline([None if value is None else float(value) for value in each.series]),
    }
    first = html.Th(name_of(each.agency, say), scope="row", className="unit-unit")
    marks = {"data-simulated": "true"} if each.simulated else {}
    rest_cells = [html.Td(cells[name], className=f"unit-{name}") for name in _COLUMNS[1:]]
    return html.Tr([first, *rest_cells], **{"data-agency": each.agency.code}, **marks)


def _sum(board: Units, say: Say) -> Node | None:
    """Whether the units add up to what the province tells."""
    if board.added is None or board.lacking is None:
        return None
    over, under = board.added
    words = {"numerator": number(over, say), "denominator": number(under, say)}
    whole = not any(each.quantity.number for each in board.lacking)
    key = "units.sum_whole" if whole else "units.sum_lacking"
    if not whole:
        words |= {"rest": number(board.lacking[1], say)}
    return html.P(sentence(say, key, **words), className="method")
