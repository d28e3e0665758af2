"""The page of an indicator: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import indicator as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.indicator import indicator, indicator_exists

PATH = re.compile(r"/indicator/(?P<code>[A-Za-z0-9_]{1,20})")


def exists(filters: Filters, store: Store, viewer: Viewer) -> bool:
    """Whether the path names an indicator. Raises what the store raises."""
    return indicator_exists(store, viewer.scope, _code(filters), filters.asked.at)


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address; a code that means no indicator is told. Raises what the store raises."""
    say = speaker(filters.language)
    board = indicator(store, viewer.scope, _code(filters), filters.asked)
    if board is None:
        return layout.unknown(_code(filters), say)
    visit = Visit(filters.address, Moment(now(), filters.clock), (*filters.unknown, *board.unknown))
    return layout.page(board, visit, say)


def _code(filters: Filters) -> str:
    found = PATH.fullmatch(filters.address.path)
    assert found is not None  # the router asks by this pattern
    return found["code"]
