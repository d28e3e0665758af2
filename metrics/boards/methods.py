"""What the page of methods says: every indicator with its formula, and the centre's terms."""

from dataclasses import dataclass
from datetime import date

from data.facts import Indicator
from data.glossary import Term, terms
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.known import knowing
from metrics.figure import Figure, derived


@dataclass(frozen=True)
class MethodsBoard:
    """The board of `/methods`: the indicators in the order of their table, and the terms in that of their file; how
    many there are of each, and how many of the indicators say how they are counted."""

    at: date
    indicators: tuple[Indicator, ...]
    terms: tuple[Term, ...]
    count: Figure
    with_formula: Figure
    worded: Figure


def methods(store: Store, scope: Scope, asked: Asked) -> MethodsBoard:
    """The board of one moment of the store."""
    with knowing(store, scope, asked.at) as known:
        every = tuple(known.register.indicators.values())
        return MethodsBoard(
            at=asked.at,
            indicators=every,
            terms=terms(),
            count=derived("methods/indicators", len(every)),
            with_formula=derived("methods/formulas", sum(bool(each.formula) for each in every)),
            worded=derived("methods/terms", len(terms())),
        )


__all__ = ["Indicator", "MethodsBoard", "Term", "methods"]
