"""The choice of a day and the ribbon of a replayed one, which every screen has."""

from access.viewer import Viewer
from callbacks.filters import Filters
from data.store import Store
from i18n import speaker
from layouts import replay as layout
from layouts.screen import Page
from metrics.boards.replay import replay


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """Both parts. Raises what the store raises."""
    board = replay(store, viewer.scope, filters.asked.at, filters.clock)
    say = speaker(filters.language)
    return Page({"day": lambda: layout.day_menu(board, say), "ribbon": lambda: layout.ribbon(board, say)})
