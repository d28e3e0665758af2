"""The map of the provinces with its legend, both archipelagos in their frames, and the choice of what it shows."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from figures.node import Child, Node
from i18n import Say
from i18n.formats import number as written
from layouts import html
from layouts.controls import choice, segment
from layouts.parts import card, footer, number, plain_source, simulated, state, table_link
from layouts.twin import Twin
from layouts.words import Named, name_of, period_of, printed, title_of, unit
from metrics.boards.provinces import Bin, Mark, ProvinceMap
from metrics.figure import Figure
from metrics.status import Status

#: The two groups of islands, which every map shows.
_ARCHIPELAGOS = ("hoang-sa", "truong-sa")


def map_card(board: ProvinceMap | None, title: Child, period: str | None, slider: Child, say: Say) -> Node:
    """The map; where there is none, that. `title` names or chooses what is shown, `slider` chooses the period."""
    if board is None:
        return card(
            [html.Div(title, className="card-head"), state(say("map.none_title"), say("map.none"), shape="na")],
            name="card card-map",
        )
    source = say("map.source", period=period_of(period, say)) if period else say("map.source_none")
    return card(
        [
            html.Div([title, _choice(board, say)], className="card-head"),
            drawing(board, period, say, children=legend(board, say)),
            slider,
            footer(plain_source(source), simulated(say) if board.simulated else None, table_link("map", say)),
        ],
        simulated=board.simulated,
        name="card card-map",
    )


def map_twin(board: ProvinceMap | None, indicator: Named, period: str | None, say: Say) -> Twin | None:
    """Every province with its shade, by code, and how many there are of each; None where there is no map."""
    if board is None:
        return None
    shades = {each.shade: _span(each, say) for each in board.bins}
    rows = tuple(
        (
            name_of(mark.agency, say),
            mark.agency.code,
            mark.value,
            mark.gap,
            shades[mark.shade] if mark.shade else say(f"map.unshaded_{board.shown}"),
            say(f"status.{mark.status}"),
        )
        for mark in board.marks
    )
    measure = unit(board.unit, say).strip()
    counts = [(f"{_span(each, say)} {measure}".strip(), each.count) for each in board.bins]
    return Twin(
        title=say("twin.map", indicator=title_of(indicator, say)),
        columns=("agency", "code", "value", "gap", "shade", "standing"),
        rows=rows,
        note=say("map.source", period=period_of(period, say)) if period else say("map.source_none"),
        traced="value",
        beside=(
            *counts,
            (say(f"map.unshaded_{board.shown}"), board.unshaded),
            *([(say("map.incomparable"), board.incomparable)] if board.incomparable.quantity.number else []),
        ),
        simulated=board.simulated,
    )


def drawing(
    board: ProvinceMap,
    period: str | None,
    say: Say,
    *,
    here: str | None = None,
    named: Sequence[str] = (),
    leads: bool = True,
    children: Child = None,
) -> Node:
    """What the browser draws: borders by address, shades and words from the board; `here` is outlined, the agencies
    whose codes are `named` are pointed at and called by name. Provinces lead to their pages where `leads`."""
    reported = [mark.value for mark in board.marks if mark.value is not None]
    return Node(
        "ProvinceMap",
        children,
        marks={mark.agency.code: [mark.shade or "", *_tip(mark, say)] for mark in board.marks},
        islands={name: [say(f"map.{name}"), say(f"map.{name}_of")] for name in _ARCHIPELAGOS},
        statuses={str(mark.status): say(f"status.{mark.status}").lower() for mark in board.marks},
        absent=say("rank.absent"),
        edition=str(board.edition),
        marked=_pattern((each for each in reported if not each.derived), period),
        derived=_pattern((each for each in reported if each.derived), period),
        summed=[mark.agency.code for mark in board.marks if mark.value is not None and mark.value.derived],
        path="/province/" if leads else None,
        here=here,
        named=[
            [mark.agency.code, name_of(mark.agency, say), str(mark.status)]
            for mark in board.marks
            if mark.agency.code in named
        ]
        or None,
        description=say(
            "map.description",
            places=board.edition.size,
            n=printed(board.reported, say).text,
            owing=printed(board.owing, say).text,
        ),
    )


def _pattern(figures: Iterable[Figure], period: str | None) -> str | None:
    """The mark of any of these figures of one indicator and period, with a star for the agency; None without one."""
    first = next(iter(figures), None)
    return None if first is None or period is None else f"{first.mark.rsplit('/', 2)[0]}/*/{period}"


def _tip(mark: Mark, say: Say) -> list[str]:
    """The figure as printed, and its status where there is one to tell; nothing where it was not reported."""
    if mark.value is None:
        return []
    told = [] if mark.status in (Status.NA, Status.NR) else [str(mark.status)]
    return [printed(mark.value, say).text, *told]


def names(board: ProvinceMap | None, say: Say) -> Node | None:
    """What the provinces are called: told to the browser once, for every map it draws."""
    if board is None:
        return None
    return Node("ProvinceNames", names={mark.agency.code: name_of(mark.agency, say) for mark in board.marks})


def _choice(board: ProvinceMap, say: Say) -> Node:
    """Values, or the distance to the path."""
    choices = ("value", "gap") if board.has_gaps else ("value",)
    links = [
        choice(say(f"map.{each}"), here=each == board.shown, map=None if each == "value" else each)
        for each in choices
    ]
    return segment(links, say("map.shows"))


def legend(board: ProvinceMap, say: Say) -> Node:
    """Every shade with what it holds and how many provinces; the counts add up to all that owe a report."""
    rows = [_shade(each, say) for each in board.bins]
    rows.append(
        html.Li(
            [
                html.Span(className="shade nr"),
                html.Span(say(f"map.unshaded_{board.shown}")),
                number(board.unshaded, say),
            ]
        )
    )
    if board.incomparable.quantity.number:
        words = html.Span(say("map.incomparable"))
        rows.append(html.Li([html.Span(className="shade nr"), words, number(board.incomparable, say)]))
    measure = unit(board.unit, say).strip()
    return html.Div(
        [
            html.P(say(f"map.legend_{board.shown}", unit=measure), className="map-unit"),
            html.Ul(rows, className="map-legend"),
        ]
    )


def _shade(each: Bin, say: Say) -> Node:
    words = [_span(each, say)]
    if each.met:
        words.append(say("map.met"))
    return html.Li([html.Span(className=f"shade {each.shade}"), html.Span(" ".join(words)), number(each.count, say)])


def _span(each: Bin, say: Say) -> str:
    """What a bin holds in words: "từ 5 – dưới 10"."""
    low, high = each.span.low, each.span.high
    ends = {"low": _edge(low, say), "high": _edge(high, say)}
    below = "to" if each.span.with_high else "under"
    above = "from" if each.span.with_low else "over"
    if low is None and high is None:
        return say("map.all")
    if low is None:
        return say(f"map.{below}", **ends)
    if high is None:
        return say(f"map.{above}", **ends)
    return say(f"map.{above}_{below}", **ends)


def _edge(edge: Decimal | None, say: Say) -> str:
    if edge is None:
        return ""
    exponent = edge.as_tuple().exponent
    return written(edge, max(0, -exponent) if isinstance(exponent, int) else 0, say.language)
