"""Usage of services, from the nation to one procedure: from an address to a screen."""

import re
from dataclasses import replace

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import usage as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.asked import Asked
from metrics.boards.usage import usage, usage_exists

#: An agency, a group of its services, a procedure of the group.
PATH = re.compile(r"/usage(?P<place>(?:/[^/]{1,40}){0,3})")


def exists(filters: Filters, store: Store, viewer: Viewer) -> bool:
    """Whether the path means a place of usage on the day of the address. Raises what the store raises."""
    return usage_exists(store, viewer.scope, _asked(filters))


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address; a path that means nothing is told. Raises what the store raises."""
    say = speaker(filters.language)
    board = usage(store, viewer.scope, _asked(filters))
    if board is None:
        return layout.unknown(filters.address.path, say)
    visit = Visit(filters.address, Moment(now(), filters.clock), (*filters.unknown, *board.unknown))
    return layout.page(board, visit, say)


def _asked(filters: Filters) -> Asked:
    """What is asked, with the place that the path names."""
    found = PATH.fullmatch(filters.address.path)
    assert found is not None  # the router asks by this pattern
    return replace(filters.asked, place=tuple(part for part in found["place"].split("/") if part))
