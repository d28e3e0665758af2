"""The directives: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import directives as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.directives import directives

PATH = re.compile("/directives")


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address. Raises what the store raises."""
    board = directives(store, viewer.scope, filters.asked)
    visit = Visit(filters.address, Moment(now(), filters.clock), (*filters.unknown, *board.unknown), viewer.member)
    return layout.page(board, visit, speaker(filters.language))
