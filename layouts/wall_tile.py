"""One of the four national targets on a wall: gauge, status, two facts, and on whose word, printed in full."""

from figures.node import Child, Node
from figures.theme import DARK
from i18n import Say
from layouts import html
from layouts.parts import chip, facts, figure_link
from layouts.tile import gauge, tile_facts
from layouts.wall_age import age
from layouts.wall_scene import part_simulated
from layouts.words import as_of, source_title, status_word, title_of
from metrics.boards.national import National
from metrics.freshness import Freshness

_FACTS = 2


def wall_tile(nation: National, fresh: Freshness | None, say: Say) -> Node:
    """The card of one indicator. Without a measurement there is no arc and no number, and it says so."""
    value: Child = figure_link(nation.value, say) if nation.value else html.Span("–", className="ink3")
    status = nation.judgement.status
    aged = age(fresh, say)
    marks = aged.marks | ({"data-simulated": "true"} if nation.simulated else {})
    return html.Article(
        [
            aged.notice,
            html.H2(title_of(nation.indicator, say), className="card-title"),
            html.Div([*gauge(nation, say, DARK), html.P(value, className="tile-value")], className="gauge"),
            html.P(chip(status, status_word(nation, say)), className="tile-chip"),
            facts(_facts(nation, say)),
            html.Footer(_source(nation, say), className="wall-foot"),
        ],
        className="card wall-card wall-tile",
        **{"data-status": str(status)},
        **marks,
    )


def _facts(nation: National, say: Say) -> list[tuple[str, Child, str]]:
    """The first two; a path that nobody approved says so in its name."""
    found = tile_facts(nation, say)[:_FACTS]
    inferred = nation.governing and nation.path_value and nation.governing.target.path.status == "inferred"
    path = say("fact.path")
    return [
        (say("label.inferred_path") if inferred and name == path else name, value, tone)
        for name, value, tone in found
    ]


def _source(nation: National, say: Say) -> Child:
    if nation.value is None or nation.source is None:
        return say("tile.never_measured" if nation.governing else "tile.nothing_known")
    governing, trace = nation.governing, nation.value.trace
    unsure = (trace and trace.certainty == "unconfirmed") or (
        governing and governing.target.certainty == "unconfirmed"
    )
    told = say("tile.source", as_of=as_of(nation.value, say), source=source_title(nation.source, say))
    return [
        part_simulated(nation.simulated, say),
        html.Span(say("label.unconfirmed"), className="der") if unsure else None,
        html.Span(told),
    ]
