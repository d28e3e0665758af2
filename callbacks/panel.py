"""The panel behind one figure, on every screen."""

from access.viewer import Viewer
from callbacks.filters import Filters
from data.store import Store
from figures.node import Child
from i18n import speaker
from layouts import provenance as layout
from metrics.boards.provenance import provenance


def show(filters: Filters, store: Store, viewer: Viewer) -> Child:
    """The provenance of the figure the address names; nothing where it names none."""
    mark = filters.address.figure
    if not mark:
        return None
    say = speaker(filters.language)
    found = provenance(store, viewer.scope, mark, filters.asked.at)
    if found is not None:
        return layout.panel(found, say)
    named = mark.split("/")
    return layout.missing(mark[:80], say, outside=len(named) > 1 and not viewer.scope.covers(named[1]))
