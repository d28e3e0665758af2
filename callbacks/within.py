"""What every screen and file says of whose rows it is made, where these are not all there are."""

from dataclasses import replace
from functools import partial

from access.viewer import Viewer
from callbacks.filters import Filters
from data.facts import Agency
from data.store import Store
from figures.node import Child
from i18n import speaker
from layouts.parts import scope_notice
from layouts.screen import Page
from layouts.words import name_of
from metrics.boards.known import knowing


def told(page: Page, filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The screen, which says before anything else of it whose rows it counts, where these are not all there are."""
    if viewer.scope.agencies is None or "notices" not in page.parts:
        return page
    return replace(page, parts={**page.parts, "notices": partial(_notices, page, filters, store, viewer)})


def _notices(page: Page, filters: Filters, store: Store, viewer: Viewer) -> Child:
    words, short = words_of(filters, store, viewer), words_of(filters, store, viewer, short=True)
    return [scope_notice(words, short), page.parts["notices"]()] if words else page.parts["notices"]()


def words_of(filters: Filters, store: Store, viewer: Viewer, *, short: bool = False) -> str:
    """Whose rows a viewer sees, in a sentence, or in few words where `short`; empty for who sees all, and for
    who sees none."""
    agency = _own(filters, store, viewer)
    if viewer.scope.agencies is None or agency is None:
        return ""
    say = speaker(filters.language)
    key = "scope.ranked" if viewer.scope.ranked else "scope.own"
    return say("scope.short" if short else key, names=name_of(agency, say))


def _own(filters: Filters, store: Store, viewer: Viewer) -> Agency | None:
    """For which agency they act on the day; None for none."""
    code = viewer.member.agency if viewer.member else None
    if code is None:
        return None
    with knowing(store, viewer.scope, filters.asked.at) as known:
        return known.register.agency(code, known.at)
