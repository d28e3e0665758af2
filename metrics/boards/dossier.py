"""The list of those who must be named, with all that a report on each of them says, and the lists drafted so far."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from data import dossiers as kept
from data.dossier_facts import DRAFTED, REPORTED, SIGNED, STEPS, Dossier, Step
from data.scope import Scope
from data.store import Snapshot, Store
from metrics.asked import Asked
from metrics.boards.known import Known, knowing
from metrics.boards.laggard import Laggard, Matter, OfDirective, OfIndicator, Rule
from metrics.boards.laggards import Laggards, known_laggards
from metrics.boards.national import National
from metrics.figure import Figure, derived

#: Asks for every sheet at once.
EVERY = "all"


@dataclass(frozen=True)
class DossierBoard:
    """The board of `/dossier`, as known at the end of `at`. `nations` says where the nation stands in every indicator
    that an entry touches; `by_rule` counts the entries, `silent` and `withheld` what names nobody.

    `lists` are those drafted by then, the latest first; `chosen` the one asked for with its `content`, None where the
    list of the day itself is shown. `entry` is the entry asked for, None for the covering list; `every` asks for all.
    `unknown` names what was asked and does not exist.
    """

    at: date
    laggards: Laggards
    nations: tuple[tuple[str, National], ...]
    by_rule: tuple[tuple[Rule, Figure], ...]
    silent: Figure
    withheld: Figure
    lists: tuple[Dossier, ...]
    chosen: Dossier | None
    content: str | None
    entry: str | None
    every: bool
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool

    @property
    def laggard(self) -> Laggard | None:
        """The entry that is asked for, on the list of the day; None where there is none."""
        return next((each for each in self.laggards.entries if each.key == self.entry), None)


def dossier(store: Store, scope: Scope, asked: Asked) -> DossierBoard:
    """The board of one moment of the store, computed once and rendered many ways. A list is signed and sent on: no
    figure under embargo stands in it, whoever drafts it."""
    with knowing(store, replace(scope, embargoed=False), asked.at) as known:
        found = known_laggards(known)
        lists = tuple(known.ask("dossiers", kept.dossiers))
        chosen = next((each for each in lists if str(each.number) == asked.list), None)
        unknown = [("list", asked.list)] if asked.list and chosen is None else []
        content = None
        if chosen is not None:
            content = known.ask(("dossier", chosen.number), partial(_content, chosen.number))
        keys = {each.key for each in found.entries}
        if asked.entry and asked.entry != EVERY and chosen is None and asked.entry not in keys:
            unknown.append(("entry", asked.entry))
        return DossierBoard(
            at=asked.at,
            laggards=found,
            nations=_nations(known, found),
            by_rule=tuple(
                (rule, derived(f"laggards/{rule}", sum(each.rule is rule for each in found.entries))) for rule in Rule
            ),
            silent=derived("laggards/silent", len(found.silent)),
            withheld=derived("laggards/withheld", len(found.withheld)),
            lists=lists,
            chosen=chosen,
            content=content,
            entry=asked.entry if asked.entry != EVERY else None,
            every=asked.entry == EVERY,
            unknown=tuple(unknown),
            updated=known.updated,
            simulated=found.simulated,
        )


def _content(number: int, snapshot: Snapshot, scope: Scope, _at: date) -> str | None:
    return kept.content_of(snapshot, scope, number)


def _nations(known: Known, found: Laggards) -> tuple[tuple[str, National], ...]:
    codes = dict.fromkeys(code for entry in found.entries for code in _touched(entry.matter))
    return tuple((code, known.national(code)) for code in codes if code in known.register.indicators)


def _touched(matter: Matter) -> tuple[str, ...]:
    """The codes of the indicators that an entry is about, or that hang on it."""
    if isinstance(matter, OfDirective):
        return tuple(each.code for each in matter.directive.indicators)
    if isinstance(matter, OfIndicator):
        return (matter.indicator.code,)
    return tuple(code for report in matter.missing for code in report.regime.indicators)


__all__ = ["DRAFTED", "EVERY", "REPORTED", "SIGNED", "STEPS", "Dossier", "DossierBoard", "Step", "dossier"]
