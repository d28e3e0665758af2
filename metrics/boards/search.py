"""What can be found by its name on a day: the provinces and ministries there are, and every indicator."""

from dataclasses import dataclass
from datetime import date

from data.facts import Agency, Indicator
from data.scope import Scope
from data.store import Store
from metrics.boards.agencies import GROUPS
from metrics.boards.known import knowing

_KINDS = frozenset(kind for kinds in GROUPS.values() for kind in kinds)


@dataclass(frozen=True)
class SearchBoard:
    """The agencies of the day in the order of their table, and the indicators in that of theirs."""

    agencies: tuple[Agency, ...]
    indicators: tuple[Indicator, ...]


def search(store: Store, scope: Scope, at: date) -> SearchBoard:
    """What can be found at the end of `at`; empty in a store without any of it. Agencies have pages for those alone
    who see more of them than their ranks."""
    with knowing(store, scope, at) as known:
        register = known.register
        return SearchBoard(
            tuple(
                each
                for each in register.agencies
                if each.kind in _KINDS and each.valid_on(at) and scope.covers(each.code)
            ),
            tuple(register.indicators.values()),
        )
