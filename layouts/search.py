"""The search that every screen has in its header: agencies, indicators and screens by their names."""

from figures.node import Node
from i18n import Say
from layouts.address import agency_path, indicator_path, to
from layouts.navigation import CORRECTIONS, SCREENS
from layouts.words import name_of
from metrics.boards.search import SearchBoard


def search_box(found: SearchBoard, say: Say) -> Node:
    """What the browser searches by itself: of each thing its name, its code, its kind in a word, and where it is."""
    # Where a word of the bar may be parted is nothing that somebody types.
    things = [
        [say(f"nav.{name}").replace("\u00ad", ""), "", say("search.screen"), to(path)]
        for name, path in (*SCREENS, CORRECTIONS)
    ]
    things += [
        [name_of(each, say), each.code, say(f"search.{'province' if each.kind == 'province' else 'ministry'}"),
         agency_path(each.kind, each.code, edition=None)]
        for each in found.agencies
    ]  # fmt: skip
    things += [
        [name_of(each, say), each.code, say("search.indicator"), indicator_path(each.code)]
        for each in found.indicators
    ]
    return Node(
        "Search",
        things=things,
        label=say("search.label"),
        hint=say("search.hint"),
        none=say("search.none"),
        close=say("panel.close"),
    )
