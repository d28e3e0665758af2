"""Corrections of closed periods, decided on a page: by whoever is signed in, under the name of their account."""

from collections.abc import Callable
from typing import TypeVar

from access.viewer import Viewer
from data.closings import Standing
from data.store import Store, StoreError
from i18n import Say

Made = TypeVar("Made")


class Untaken(Exception):  # noqa: N818 - what became of a form, and no fault
    """A form of which nothing comes; its text says why, in the language of the reader."""


def approve_correction(store: Store, viewer: Viewer, number: int, say: Say) -> str:
    """Approve a proposal of those on which the viewer decides, and say so. Raises Untaken, also where the figure was
    changed since, and what the store raises."""
    from data import proposing  # noqa: PLC0415 - what reads files takes memory that a page does not need

    name = _name(viewer, say)
    standing = _told(lambda: proposing.approve(store, number, name, viewer.decides), say)
    if standing is Standing.OUTDATED:
        raise Untaken(say("proposals.why_outdated", number=number))
    return say("proposals.done_approved", number=number)


def refuse_correction(store: Store, viewer: Viewer, number: int, reason: str, say: Say) -> str:
    """Refuse a proposal of those on which the viewer decides, and say so. Raises Untaken, Refusal of a reason that no
    cell may hold, and what the store raises."""
    from data import proposing  # noqa: PLC0415 - what reads files takes memory that a page does not need

    name = _name(viewer, say)
    _told(lambda: proposing.refuse(store, number, name, reason, viewer.decides), say)
    return say("proposals.done_refused", number=number)


def _name(viewer: Viewer, say: Say) -> str:
    """The account of whoever is signed in: a second person is never typed."""
    if viewer.member is None:
        raise Untaken(say("proposals.why_unsigned"))
    return viewer.member.name


def _told(step: Callable[[], Made], say: Say) -> Made:
    """What a step gives. What is not right about it is said without the words of the command line; what the store
    cannot do is raised on."""
    try:
        return step()
    except StoreError as trouble:
        key = f"proposals.why_{trouble.rule}"
        if not say.knows(key):
            raise
        raise Untaken(say(key, **trouble.hints)) from None
