"""The overview of a theme: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import overview as layout
from layouts.address import Moment, Visit
from layouts.economy import page as economy_page
from layouts.screen import Page
from metrics.boards.economy import Economy
from metrics.boards.theme import overview_of

PATH = re.compile("/")


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address. Raises what the store raises."""
    board = overview_of(store, viewer.scope, filters.asked)
    visit = Visit(filters.address, Moment(now(), filters.clock), (*filters.unknown, *board.unknown))
    say = speaker(filters.language)
    return economy_page(board, visit, say) if isinstance(board, Economy) else layout.page(board, visit, say)
