"""The overview: from an address to a screen, and to the panel behind one figure."""

import logging
import secrets
from typing import Any

from access.viewer import Viewer
from callbacks.filters import Filters, read_query
from data import queries
from data.clock import clock, now
from data.store import Store
from i18n import Say, speaker
from i18n.formats import day
from layouts import overview as layout
from layouts import provenance as panel_layout
from layouts.address import Moment, Visit
from layouts.shell import failure
from layouts.words import clock_text
from metrics.boards.overview import overview
from metrics.boards.provenance import provenance
from settings import Settings

PATH = "/"
_LOG = logging.getLogger("centre")


def filters_of(query: str, store: Store, viewer: Viewer, settings: Settings) -> Filters:
    """What the address asks, on the day of the product."""
    demonstration = None
    if settings.today is None:
        with store.reading() as snapshot:
            demonstration = queries.demonstration_clock(snapshot, viewer.scope)
    return read_query(query, clock(settings.today, demonstration), settings.language)


def show(filters: Filters, store: Store, viewer: Viewer) -> list[Any]:
    """The screen of the address. Raises what the store raises."""
    say = speaker(filters.language)
    board = overview(store, viewer.scope, filters.asked)
    unknown = (*filters.unknown, *board.unknown)
    moment = Moment(now(), filters.clock)
    return layout.page(board, Visit(filters.address, moment, unknown), say)


def show_panel(filters: Filters, store: Store, viewer: Viewer) -> Any:
    """The provenance of the figure the address names; nothing where it names none."""
    mark = filters.address.figure
    if not mark:
        return None
    say = speaker(filters.language)
    found = provenance(store, viewer.scope, mark, filters.asked.at)
    if found is None:
        return panel_layout.missing(mark[:80], filters.address, say)
    return panel_layout.panel(found, filters.address, say)


def show_failure(query: str, settings: Settings) -> list[Any]:
    """What is shown where a screen could not be made; the log has the trouble under the same reference."""
    reference = secrets.token_hex(4)
    _LOG.exception("screen %s failed [%s]", PATH, reference)
    filters = read_query(query, clock(settings.today, None), settings.language)
    say: Say = speaker(filters.language)
    moment = now()
    return failure(say, filters.address, reference, clock_text(moment, moment.date()) or day(moment.date()))
