"""Every indicator of which one province or ministry has a figure, a row each."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from figures.node import Child, Node
from figures.sparkline import sparkline
from i18n import Say
from layouts import html
from layouts.address import change, to
from layouts.movement import movement
from layouts.parts import (
    card,
    figure_link,
    footer,
    glyph,
    head,
    number,
    plain_source,
    sentence,
    simulated,
    table_link,
)
from layouts.words import in_sentence, name_of, period_of, standing_word
from metrics.boards.own_figures import COURSE, OwnFigure

_COLUMNS = ("indicator", "period", "standing", "value", "gap", "rank", "moved", "course", "change")


def own_card(own: Sequence[OwnFigure], group: str, chosen: str | None, say: Say) -> Node:
    """The table of an agency of a group; each name chooses its indicator and `chosen` is the one the screen shows;
    where a screen shows none (None) the name leads to the ranking of the group."""
    words = {name: say(f"own.{name}", periods=COURSE) for name in _COLUMNS}
    heads = [html.Th(words[name], scope="col", className=f"own-{name}") for name in _COLUMNS]
    rows = [_row(each, group, chosen, say) for each in own]
    is_simulated = [each.row.simulated for each in own]
    label = simulated(say, partly=not all(is_simulated)) if any(is_simulated) else None
    return card(
        [
            head(say("own.title"), say("own.count", n=len(own))),
            html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="own"),
            footer(plain_source(say(f"own.note_{group}", periods=COURSE)), label, table_link("own", say)),
        ],
        simulated=any(is_simulated),
        name="card card-own",
    )


def _row(each: OwnFigure, group: str, chosen: str | None, say: Say) -> Node:
    code = each.indicator.code
    choose = change(indicator=code, period=None) if chosen else to("/ranking", indicator=code, group=group)
    here = {"aria-current": "true"} if code == chosen else {}
    marks = {"data-simulated": "true"} if each.row.simulated else {}
    status = each.row.judgement.status
    name = html.A(
        name_of(each.indicator, say),
        href=choose,
        className="own-name",
        **here,
    )
    notes = _notes(each, say)
    cells: dict[str, Callable[[], Child]] = {
        "period": lambda: period_of(each.period.text, say),
        "standing": lambda: [_word(each, say), *([html.Small(notes)] if notes else [])],
        "value": lambda: figure_link(each.row.value, say) if each.row.value else None,
        "gap": lambda: [number(each.row.gap, say) if each.row.gap else _dash(), _pace(each, say)],
        "rank": lambda: _rank(each, say),
        "moved": lambda: movement(each.row.moved, say),
        "course": lambda: _course(each.series),
        "change": lambda: number(each.change, say) if each.change else _dash(),
    }
    short = html.Small([period_of(each.period.text, say), ", ", in_sentence(_word(each, say)), *_after(notes)])
    first = html.Th(
        html.Span([glyph(str(status)), html.Span([name, short])], className="own-cell"),
        scope="row",
        className="own-indicator",
    )
    # On a phone the unit of what is counted stands under its number.
    counted = " own-counted" if each.row.value is not None and each.row.value.unit != "%" else ""
    rest = [
        html.Td(cells[column](), className=f"own-{column}" + (counted if column == "value" else ""))
        for column in _COLUMNS[1:]
    ]
    return html.Tr([first, *rest], **{"data-status": str(status), "data-indicator": each.indicator.code}, **marks)


def _pace(each: OwnFigure, say: Say) -> Node | None:
    """What takes it to its target in time."""
    return html.Small(sentence(say, "own.pace", pace=number(each.pace_needed, say))) if each.pace_needed else None


def _rank(each: OwnFigure, say: Say) -> list[Child]:
    """The rank in the country, and in its own region where it is in one."""
    if each.row.rank is None:
        return [_dash()]
    shown: list[Child] = [number(each.row.rank, say), "/", number(each.reported, say)]
    if each.place is not None and each.place_of is not None:
        near = sentence(say, "own.place", rank=number(each.place, say), n=number(each.place_of, say))
        shown.append(html.Small(near))
    return shown


def _course(series: Sequence[Decimal | None]) -> Node:
    """The course as a small line; one figure alone has none."""
    known = [None if value is None else float(value) for value in series]
    return sparkline(known) if sum(value is not None for value in known) > 1 else _dash()


def _dash() -> Node:
    return html.Span("–", className="ink3")


def _after(notes: list[Child]) -> list[Child]:
    return [", ", *notes] if notes else []


def _word(each: OwnFigure, say: Say) -> str:
    return standing_word(each.row.judgement.status, say, aimed=each.row.target is not None)


def _notes(each: OwnFigure, say: Say) -> list[Child]:
    """That it is old, and that others have reported since."""
    notes: list[Child] = []
    if each.age is not None:
        notes += sentence(say, "own.age", days=number(each.age, say))
    if each.awaited is not None:
        notes += [", "] if notes else []
        notes.append(say("own.awaited", period=period_of(each.awaited.text, say)))
    return notes
