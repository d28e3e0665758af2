"""The page of the audit log: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.periods import parse_day
from data.store import Store
from i18n import speaker
from layouts import audit as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.audit import ACTIONS, FILE, PAGE, Wanted, audit_board

PATH = re.compile("/audit")
#: No text of an address that is looked for is longer.
_LONGEST = 200


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The frame of the screen alone: the log goes on without a delivery of data, so its rows are never kept."""
    del store
    visit = Visit(filters.address, Moment(now(), filters.clock), filters.unknown, viewer.member)
    return layout.page(visit, speaker(filters.language))


def timed(filters: Filters, store: Store, viewer: Viewer) -> layout.Parts:
    """The rows that the address asks for, at this moment. Raises what the store raises."""
    return layout.shown(audit_board(store, viewer.log, filters.clock, _wanted(filters)), speaker(filters.language))


def filed(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """Every row that the address asks for, for its file. Raises what the store raises."""
    board = audit_board(store, viewer.log, filters.clock, _wanted(filters), FILE)
    return layout.filed(board, speaker(filters.language))


def tabled(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The rows of the page, for their table over the screen. Raises what the store raises."""
    board = audit_board(store, viewer.log, filters.clock, _wanted(filters), PAGE)
    return layout.filed(board, speaker(filters.language))


def _wanted(filters: Filters) -> Wanted:
    """What the address asks for; what cannot be used asks for nothing."""
    address = filters.address
    before = address.before or ""
    return Wanted(
        day=parse_day(address.period) if address.period else None,
        actor=(address.actor or "")[:_LONGEST].strip() or None,
        action=address.action if address.action in ACTIONS else None,
        find=(address.find or "")[:_LONGEST].strip() or None,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None,
    )
