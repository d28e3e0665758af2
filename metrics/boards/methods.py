"""What the page of methods says: every indicator with its formula, and the centre's terms."""

from dataclasses import dataclass
from datetime import date

from data.facts import Indicator
from data.glossary import Term, terms
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.known import knowing


@dataclass(frozen=True)
class MethodsBoard:
    """The board of `/methods`: the indicators in the order of their table, and the terms in that of their file."""

    at: date
    indicators: tuple[Indicator, ...]
    terms: tuple[Term, ...]


def methods(store: Store, scope: Scope, asked: Asked) -> MethodsBoard:
    """The board of one moment of the store."""
    with knowing(store, scope, asked.at) as known:
        return MethodsBoard(asked.at, tuple(known.register.indicators.values()), terms())


__all__ = ["Indicator", "MethodsBoard", "Term", "methods"]
