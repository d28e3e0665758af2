"""Who somebody is here, and where they are signed in."""

from dataclasses import dataclass, replace
from datetime import date

from access.matrix import Member
from access.viewer import Viewer
from data import sessions
from data.clock import VIETNAM
from data.facts import Agency
from data.sessions import Session
from data.store import Store
from metrics.boards.known import knowing


@dataclass(frozen=True)
class AccountBoard:
    """The board of `/account`. `member` is None where nobody signs in; `agency` where they are of none, or it is none
    on the day. `sessions` are theirs that go on, the one that asks first, at UTC+7; none where it is not known which
    that is."""

    member: Member | None
    agency: Agency | None
    sessions: tuple[Session, ...]


def account(store: Store, viewer: Viewer, token: str, at: date) -> AccountBoard:
    """The board of whoever asks; `token` is that of the session by which they do. Raises what the store raises."""
    member = viewer.member
    if member is None:
        return AccountBoard(None, None, ())
    agency = None
    if member.agency is not None:
        with knowing(store, viewer.scope, at) as known:
            agency = known.register.agency(member.agency, at)
    return AccountBoard(member, agency, tuple(map(_local, sessions.going_on(store, token) if token else ())))


def _local(session: Session) -> Session:
    """The session with its moments as the clocks in Viet Nam tell them."""
    made_at, seen_at = (each.astimezone(VIETNAM) for each in (session.made_at, session.seen_at))
    return replace(session, made_at=made_at, seen_at=seen_at)


__all__ = ["AccountBoard", "Session", "account"]
