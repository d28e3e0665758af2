"""The corrections that wait for a second person: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import proposals as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.proposals import ProposalsBoard, proposals_board

PATH = re.compile("/corrections")


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The frame of the screen alone: what is proposed is no delivery of data, so nothing of it is kept."""
    del store
    return layout.page(_visit(filters, viewer), speaker(filters.language))


def timed(filters: Filters, store: Store, viewer: Viewer) -> layout.Parts:
    """What there is at this moment. Raises what the store raises."""
    return layout.shown(_board(filters, store, viewer), _visit(filters, viewer), speaker(filters.language))


def filed(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The same as a table, for the screen and for its file."""
    return layout.filed(_board(filters, store, viewer), speaker(filters.language))


tabled = filed


def _board(filters: Filters, store: Store, viewer: Viewer) -> ProposalsBoard:
    name = viewer.member.name if viewer.member else None
    return proposals_board(store, viewer.scope, filters.asked, name)


def _visit(filters: Filters, viewer: Viewer) -> Visit:
    return Visit(filters.address, Moment(now(), filters.clock), filters.unknown, viewer.member)
