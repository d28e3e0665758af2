"""Which codes a scope is made of: an agency with all that belongs to it, and the nation."""

import sqlalchemy as sa

from data.schema import AGENCY
from data.scope import Scope
from data.store import Store

_NATION = "VN"
#: A district belongs to a province, a department of it too; nothing of ours lies deeper.
_DEEPEST = 5
_RANKED = "province"


def scope_of(store: Store, agency: str | None, *, nation: bool, ranked: bool, embargoed: bool) -> Scope:
    """The rows of an agency and of all that belongs to it on any day; None is no agency.

    With `nation` those of the nation besides, with `ranked` the figures of the provinces that are ranked.
    """
    with store.reading() as snapshot:
        rows = snapshot.execute(sa.select(AGENCY.c.code, AGENCY.c.parent, AGENCY.c.kind)).all()
    own = set() if agency is None else {agency}
    for _ in range(_DEEPEST):
        own |= {row.code for row in rows if row.parent in own}
    if nation:
        own.add(_NATION)
    else:
        own.discard(_NATION)
    provinces = {row.code for row in rows if row.kind == _RANKED} if ranked else set()
    return Scope(frozenset(own), frozenset(provinces - own), embargoed)
