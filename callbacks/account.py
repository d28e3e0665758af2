"""The page of one's own account: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from callbacks.visitors import LONGEST, PERSON_COOKIES, given
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import account as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.account import account

PATH = re.compile("/account")


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The frame of the screen: what is in it is of one person, and is never kept."""
    del store
    visit = Visit(filters.address, Moment(now(), filters.clock), filters.unknown, viewer.member)
    return layout.page(visit, speaker(filters.language))


def timed(filters: Filters, store: Store, viewer: Viewer) -> layout.Parts:
    """The parts of the person, and of their sessions at this moment. Raises what the store raises."""
    token = given(PERSON_COOKIES)[:LONGEST] if viewer.member is not None else ""
    board = account(store, viewer, token, filters.clock)
    return layout.own(board, speaker(filters.language))
