"""The page of a province: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import province as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.province import province, province_exists

PATH = re.compile(r"/province/(?P<code>[0-9]{2})")


def exists(filters: Filters, store: Store, viewer: Viewer) -> bool:
    """Whether the path names a province on the day of the address. Raises what the store raises."""
    return province_exists(store, viewer.scope, _code(filters), filters.asked)


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address; a code that means no province is told. Raises what the store raises."""
    say = speaker(filters.language)
    board = province(store, viewer.scope, _code(filters), filters.asked)
    moment = Moment(now(), filters.clock)
    if board is None:
        return layout.unknown(_code(filters), filters.asked.at, say)
    return layout.page(board, Visit(filters.address, moment, (*filters.unknown, *board.unknown)), say)


def _code(filters: Filters) -> str:
    found = PATH.fullmatch(filters.address.path)
    assert found is not None  # the router asks by this pattern
    return found["code"]
