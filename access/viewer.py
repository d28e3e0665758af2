"""What somebody who asks may see and write: made of who they are, handed to every board and delivery."""

from dataclasses import dataclass

from access.gate import Anybody, Screen, Visitor
from access.matrix import OFFICE, Member
from data.scope import EVERYTHING, Scope
from data.scoping import scope_of
from data.store import Store

#: What a wall shows hangs where many pass: nothing that is not everybody's yet.
_ON_WALLS = Scope(embargoed=False)
_NOTHING = Scope(frozenset(), embargoed=False)


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: the name under which they act, the rows they may see and those they may write; `member` is
    None where nobody signed in. `log` are the rows of the audit log, which tells of every agency."""

    name: str
    scope: Scope
    writes: Scope = _NOTHING
    member: Member | None = None
    log: Scope = _NOTHING

    @property
    def standing(self) -> tuple[str, str | None] | None:
        """What decides, beside the scope, what a screen offers: role and agency; None where nobody signed in."""
        return None if self.member is None else (str(self.member.role), self.member.agency)


#: Whoever stands before a product that is open on the loopback (AUTH=open).
ANYBODY = Viewer("open", EVERYTHING, EVERYTHING, log=EVERYTHING)


def viewer_of(visitor: Visitor, store: Store) -> Viewer:
    """What a visitor may see and write; raises what the store raises."""
    if isinstance(visitor, Anybody):
        return ANYBODY
    if isinstance(visitor, Screen):
        return Viewer(f"screen {visitor.name}", _ON_WALLS)
    if not isinstance(visitor, Member):
        return Viewer("nobody", _NOTHING)
    return Viewer(f"person {visitor.name}", _seen(visitor, store), _written(visitor), visitor, _logged(visitor))


def _seen(member: Member, store: Store) -> Scope:
    embargoed = member.may("rows/embargoed")
    if member.may("rows/others"):
        return Scope(embargoed=embargoed)
    own = member.agency if member.may("rows/own") else None
    nation, ranked = member.may("rows/nation"), member.may("rows/ranked")
    return scope_of(store, own, nation=nation, ranked=ranked, embargoed=embargoed)


def _logged(member: Member) -> Scope:
    return Scope(embargoed=member.may("rows/embargoed")) if member.may("screen/audit") else _NOTHING


def _written(member: Member) -> Scope:
    """A form says besides which agency it speaks for, and the matrix whether it may."""
    if member.agency is None:
        return _NOTHING
    return EVERYTHING if member.agency == OFFICE else Scope(frozenset({member.agency}), embargoed=False)
