"""Where all that reported stand on one scale: a dot each, with the path and the target."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from figures.axis import ticks
from figures.dots import PINNED, Dot, DotShape, Tick, dot_plot
from figures.node import Node
from i18n import Say
from i18n.formats import as_written
from layouts import html
from layouts.part_words import part_name
from layouts.parts import card, footer, head, number, plain_source, sentence, simulated, state, table_link
from layouts.pins import pin_key
from layouts.words import Timed, in_sentence, name_of, period_of, printed, title_of, unit
from metrics.boards.agencies import AgencyRow, AgencyTable
from metrics.boards.groups import Group
from metrics.boards.ranking import Agency, Indicator
from metrics.figure import Figure


class Spread(Protocol):
    """What a board has of which the spread can be drawn: the `whole` group at a period, and of it the `table` that is
    shown, those of its `part` where one is chosen; `pins` are marked."""

    @property
    def indicator(self) -> Indicator: ...
    @property
    def period(self) -> Timed | None: ...
    @property
    def whole(self) -> AgencyTable | None: ...
    @property
    def table(self) -> AgencyTable | None: ...
    @property
    def part(self) -> Group | None: ...
    @property
    def pins(self) -> Sequence[Agency]: ...


def distribution_card(board: Spread, say: Say, twin: str = "positions") -> Node:
    """The dots of the whole group, those of the region shown darker; where nobody reported, that."""
    whole, table = board.whole, board.table
    assert whole is not None and table is not None  # a ranking without agencies has no such card
    title = spread_head(whole, board.indicator, say)
    if not whole.rows:
        text = state(say("ranking.no_positions_title"), say("ranking.no_positions"))
        return card([title, text], name="card card-dots")
    key = _key(board, say)
    source = say("rank.period", period=period_of(board.period.text, say)) if board.period else say("rank.no_period")
    return card(
        [
            title,
            dot_plot(_shape(board, whole, table, say)),
            html.P(key, className="method") if key else None,
            pin_key(board.pins, say) if board.pins else None,
            footer(plain_source(source), simulated(say) if whole.simulated else None, table_link(twin, say)),
        ],
        simulated=whole.simulated,
        name="card card-dots",
    )


def spread_head(whole: AgencyTable, indicator: Indicator, say: Say) -> Node:
    """The title of a spread: how many reported, and in which unit where the scale does not tell it."""
    told = sentence(say, "rank.reported", n=number(whole.reported, say), owing=number(whole.owing, say))
    words = "" if _close(indicator, say) else unit(indicator.unit, say).strip()
    return head(say(f"ranking.positions_{whole.group}"), [*told, f"; {words}"] if words else told)


def _key(board: Spread, say: Say) -> str | None:
    """What dark dots are, where a part is shown."""
    if board.part is None:
        return None
    if board.part.region is not None:
        return say("ranking.dots_region", region=part_name(board.part, say))
    return say("ranking.dots_part", part=in_sentence(part_name(board.part, say)))


def _shape(board: Spread, whole: AgencyTable, table: AgencyTable, say: Say) -> DotShape:
    tones = {row.agency.code: "group" for row in table.rows}
    tones |= {agency.code: tone for agency, tone in zip(board.pins, PINNED, strict=False)}
    dots = tuple(
        Dot(row.agency.code, value, title, tones.get(row.agency.code, "")) for row, value, title in placed(whole, say)
    )
    return on_scale(whole, board.indicator, dots, say)


def placed(whole: AgencyTable, say: Say) -> Iterator[tuple[AgencyRow, float, str]]:
    """Every row that has a figure, its place on the scale, and its name with the figure."""
    for row in whole.rows:
        if row.number is not None and row.value is not None:
            yield row, float(row.number), f"{name_of(row.agency, say)}: {printed(row.value, say).text}"


def on_scale(
    whole: AgencyTable, indicator: Indicator, dots: tuple[Dot, ...], say: Say, middle: Figure | None = None
) -> DotShape:
    """The dots of a group on a scale that holds them, its path and its target."""
    numbers = [row.number for row in whole.rows if row.number is not None]
    marked = [each.quantity.number for each in (whole.path, whole.target) if each is not None]
    scale = ticks(float(max([*numbers, *marked])), float(min([*numbers, Decimal(0)])))
    return DotShape(
        description=say(
            "ranking.positions_described",
            indicator=title_of(indicator, say),
            n=printed(whole.reported, say).text,
            owing=printed(whole.owing, say).text,
        ),
        dots=dots,
        scale=tuple(Tick(float(each), f"{as_written(each, say.language)}{_close(indicator, say)}") for each in scale),
        path=_marked(whole.path, "ranking.path", say),
        target=_marked(whole.target, "ranking.target", say),
        middle=_marked(middle, "indicator.median", say),
    )


def _marked(figure: Figure | None, key: str, say: Say) -> Tick | None:
    """A value of the scale with its word."""
    if figure is None:
        return None
    label = Node("span", sentence(say, key, value=number(figure, say)))
    return Tick(float(figure.quantity.number), label)


def _close(indicator: Indicator, say: Say) -> str:
    """The unit behind the values of the axis, where it stands at the number."""
    word = unit(indicator.unit, say)
    return word if word == "%" else ""
