"""How old a card of the wall is: its marks for whoever reads the page, and a line on its edge once it is too old."""

from dataclasses import dataclass

from figures.node import Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.parts import glyph
from layouts.words import printed
from metrics.freshness import Freshness


@dataclass(frozen=True)
class Age:
    """What a card carries of its age; `notice` is None while it is fresh."""

    marks: dict[str, str]
    notice: Node | None


def age(fresh: Freshness | None, say: Say) -> Age:
    """The age of a card; what shows nothing that is known has neither marks nor a line."""
    if fresh is None:
        return Age({}, None)
    marks = {"data-as-of": fresh.as_of.isoformat(), "data-fresh-until": fresh.fresh_until.isoformat()}
    if fresh.past is None:
        return Age(marks, None)
    notice = html.P(
        [
            glyph("stale"),
            html.Span(say("wall.old", days=printed(fresh.past, say).text)),
            html.Span(say("wall.old_limit", day=day(fresh.fresh_until)), className="wall-old-limit"),
        ],
        className="wall-old",
    )
    return Age(marks | {"data-old": "true"}, notice)
