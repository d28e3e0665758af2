"""The map of a scene of the wall: the provinces in the shades of one indicator, in a card of its own."""

from collections.abc import Sequence

from figures.node import Node
from i18n import Say
from layouts.map import drawing, legend, names
from layouts.parts import state
from layouts.wall_age import age
from layouts.wall_scene import part_simulated, wall_card
from layouts.words import period_of
from metrics.boards.provinces import ProvinceMap
from metrics.freshness import Freshness


def land_card(
    title: str,
    land: ProvinceMap | None,
    period: str | None,
    fresh: Freshness | None,
    say: Say,
    *,
    named: Sequence[str],
    told: str = "",
) -> Node:
    """The map with its legend, or that there is none.

    `named` are the provinces whose names stand on it; `told` the sentence of its foot before its source, with the
    space after it; `period` that of the figures, None where there are none; `fresh` how old they are, None where
    nothing is known.
    """
    if land is None:
        return wall_card("wall-map-card", title, state(say("map.none_title"), say("map.none"), shape="na"), "")
    source = say("map.source", period=period_of(period, say)) if period else say("map.source_none")
    body = drawing(land, period, say, leads=False, children=[names(land, say), legend(land, say)], named=named)
    label = part_simulated(land.simulated, say)
    return wall_card("wall-map-card", title, body, told + source, label=label, age=age(fresh, say))
