"""What stands around a screen for whoever asks: the navigation, who they are, and what of it a form says."""

from collections.abc import Callable, Mapping
from functools import cache

from access.gate import asked_at
from access.viewer import Viewer
from callbacks.filters import Filters
from callbacks.visitors import mark_of
from data.clock import now
from data.store import Store
from figures.node import Child
from i18n import speaker
from layouts.address import HOME, Moment, Visit
from layouts.bar import account, openly, sender
from layouts.navigation import navigation
from layouts.proposals import waiting_notice
from metrics.boards.proposals import to_decide


def parts(filters: Filters, store: Store, viewer: Viewer) -> Mapping[str, Callable[[], Child]]:
    """The parts of every screen with a reader that are of the reader and of no figure."""
    visit = Visit(filters.address, Moment(now(), filters.clock), (), viewer.member)
    say = speaker(filters.language)
    screen = asked_at(filters.address.path)[0].partition("/")[2]
    waits = cache(lambda: to_decide(store, viewer.decides))

    def notice() -> Child:
        count = waits() if filters.address.path == HOME else None
        return waiting_notice(count, say) if count else None

    return {
        "nav": lambda: navigation(visit, say, waits()),
        "waits": notice,
        "account": lambda: account(visit, mark_of(viewer.member) if viewer.member else "", screen, say),
        "open": lambda: openly(visit, say),
        "sender": lambda: sender(visit, say),
    }
