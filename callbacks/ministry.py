"""The page of a ministry: from an address to a screen."""

import re

from access.viewer import Viewer
from callbacks.filters import Filters
from data.clock import now
from data.store import Store
from i18n import speaker
from layouts import ministry as layout
from layouts.address import Moment, Visit
from layouts.screen import Page
from metrics.boards.ministry import ministry, ministry_exists

#: An abbreviation as the agencies' table has it: capital letters, in Vietnamese.
PATH = re.compile(r"/ministry/(?P<code>[A-ZĐ]{2,12})")


def exists(filters: Filters, store: Store, viewer: Viewer) -> bool:
    """Whether the path names a ministry on the day of the address. Raises what the store raises."""
    return ministry_exists(store, viewer.scope, _code(filters), filters.asked.at)


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen of the address; a code that means no ministry is told. Raises what the store raises."""
    say = speaker(filters.language)
    board = ministry(store, viewer.scope, _code(filters), filters.asked)
    if board is None:
        return layout.unknown(_code(filters), filters.asked.at, say)
    return layout.page(
        board, Visit(filters.address, Moment(now(), filters.clock), (*filters.unknown, *board.unknown)), say
    )


def _code(filters: Filters) -> str:
    found = PATH.fullmatch(filters.address.path)
    assert found is not None  # the router asks by this pattern
    return found["code"]
