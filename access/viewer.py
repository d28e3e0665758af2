"""What somebody who asks may see and write: made of who they are, handed to every board and delivery."""

from dataclasses import dataclass

from access.gate import Anybody, Screen, Visitor, asked_at, for_everybody
from access.matrix import Member
from data.person_roles import OFFICE
from data.scope import EVERYTHING, Scope
from data.scoping import scope_of
from data.store import Store

#: What a wall shows hangs where many pass: nothing that is not everybody's yet.
_ON_WALLS = Scope(embargoed=False)
_NOTHING = Scope(frozenset(), embargoed=False)
#: Below it every path is of an agency.
_USAGE = "screen/usage"
_APPROVE = "form/approve"


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: the name under which they act, the rows they may see and those they may write; `member` is
    None where nobody signed in. `log` are the rows of the audit log, which tells of every agency; `decides` those of
    which they approve or refuse corrections."""

    name: str
    scope: Scope
    writes: Scope = _NOTHING
    member: Member | None = None
    log: Scope = _NOTHING
    decides: Scope = _NOTHING

    @property
    def standing(self) -> tuple[object, ...] | None:
        """Of two who see the same rows what tells apart those who may not open and send the same; None for nobody who
        signed in."""
        return None if self.member is None else (self.member.role, self.member.agency)

    def opens(self, path: str) -> bool:
        """Whether a link to this path leads anywhere for them: they may see its screen, and what it is of."""
        if self.member is None or for_everybody(path):
            return True
        screen, agency = asked_at(path)
        whose = (agency or "").partition("/")[0]
        return self.member.may(screen, agency) and (screen != _USAGE or not whose or self.scope.covers(whose))

    def takes(self, form: str, agency: str | None) -> bool:
        """Whether a form about an agency is read that they send; None is about nobody."""
        return self.member is None or self.member.may(f"form/{form}", agency)


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
    may = _seen(visitor, store), _written(visitor), visitor, _logged(visitor), _decided(visitor)
    return Viewer(f"person {visitor.name}", *may)


def sees_embargoed(visitor: Visitor | None) -> bool:
    """Whether a visitor sees figures before the moment from which they are for everybody."""
    return isinstance(visitor, Anybody) or (isinstance(visitor, Member) and visitor.may("rows/embargoed"))


def _seen(member: Member, store: Store) -> Scope:
    embargoed = member.may("rows/embargoed")
    if member.may("rows/others"):
        return Scope(embargoed=embargoed)
    own = member.agency if member.may("rows/own") else None
    nation, ranked = member.may("rows/nation"), member.may("rows/ranked")
    return scope_of(store, own, nation=nation, ranked=ranked, embargoed=embargoed)


def _logged(member: Member) -> Scope:
    return Scope(embargoed=member.may("rows/embargoed")) if member.may("screen/audit") else _NOTHING


def _decided(member: Member) -> Scope:
    """Of which agencies they are a second person."""
    embargoed = member.may("rows/embargoed")
    if member.may(_APPROVE):
        return Scope(embargoed=embargoed)
    own = member.agency if member.may(_APPROVE, member.agency) else None
    return _NOTHING if own is None else Scope(frozenset({own}), embargoed=embargoed)


def _written(member: Member) -> Scope:
    """A form says besides which agency it speaks for, and the matrix whether it may."""
    if member.agency is None:
        return _NOTHING
    return EVERYTHING if member.agency == OFFICE else Scope(frozenset({member.agency}), embargoed=False)
