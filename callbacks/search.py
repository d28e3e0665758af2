"""The search of every screen: what can be found on the day of the address."""

from access.viewer import Viewer
from callbacks.filters import Filters
from data.store import Store
from figures.node import Node
from i18n import speaker
from layouts.search import search_box
from metrics.boards.search import search


def show(filters: Filters, store: Store, viewer: Viewer) -> Node:
    """The search box. Raises what the store raises."""
    return search_box(search(store, viewer.scope, filters.asked.at), speaker(filters.language))
