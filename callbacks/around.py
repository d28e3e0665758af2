"""What stands around a screen for whoever asks: the navigation, who they are, and what of it a form says."""

from collections.abc import Callable, Mapping

from access.gate import asked_at
from access.viewer import Viewer
from callbacks.filters import Filters
from callbacks.visitors import mark_of
from data.clock import now
from figures.node import Child
from i18n import speaker
from layouts.address import Moment, Visit
from layouts.bar import account, openly, sender
from layouts.navigation import navigation


def parts(filters: Filters, viewer: Viewer) -> Mapping[str, Callable[[], Child]]:
    """The parts of every screen with a reader that are of the reader and of no figure."""
    visit = Visit(filters.address, Moment(now(), filters.clock), (), viewer.member)
    say = speaker(filters.language)
    screen = asked_at(filters.address.path)[0].partition("/")[2]
    return {
        "nav": lambda: navigation(visit, say),
        "account": lambda: account(visit, mark_of(viewer.member) if viewer.member else "", screen, say),
        "open": lambda: openly(visit, say),
        "sender": lambda: sender(visit, say),
    }
