"""The reports: from an address to a screen."""

import re
from collections.abc import Callable, Mapping

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from figures.node import Child
from i18n import speaker
from layouts import reports as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.reports import reports

PATH = re.compile("/reports")


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address. Raises what the store raises."""
    board = reports(store, viewer.scope, filters.asked)
    visit = Visit(filters.address, Moment(now(), filters.clock), (*filters.unknown, *board.unknown))
    return layout.page(board, visit, speaker(filters.language))


def timed(filters: Filters, store: Store, viewer: Viewer) -> Mapping[str, Callable[[], Child]]:
    """What of the screen tells the time, and so is drawn at each pull."""
    say = speaker(filters.language)
    return {"now": lambda: layout.now_line(reports(store, viewer.scope, filters.asked), now(), say)}
