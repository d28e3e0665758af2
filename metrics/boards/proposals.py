"""Corrections of closed periods that wait for a second person, and what became of the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from data import people, queries
from data.audit import EMBARGO
from data.clock import VIETNAM
from data.closings import Proposal, Standing, proposals, waiting
from data.facts import Agency, Indicator, Observation, Source
from data.ledger.dossiers import same_person
from data.register import Register
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.corrected import compared
from metrics.boards.national import COUNTRY
from metrics.figure import Figure, derived, term

#: What the two sides of a proposal are told as; the others of its cells are told by their names.
FIGURES = frozenset(
    {"value", "value_max", "qualifier", "numerator", "denominator", "numerator_qualifier", "denominator_qualifier"}
)


@dataclass(frozen=True)
class Side:
    """A figure as it is printed, None where it was withdrawn or could not be read; its terms are None where its
    source gives none."""

    value: Figure | None
    numerator: Figure | None
    denominator: Figure | None


@dataclass(frozen=True)
class ProposedCorrection:
    """One proposal: of which figure, and both sides of it. `agency` is None where its code is none at the period;
    `change` where one of the sides has no number. `others` are the cells that would be others besides (name, old,
    new), each as it is kept, empty where there is nothing. `proposed_by` and `decided_by` are as people read them,
    before the name of the account where there is one; `own` where whoever asks proposed it."""

    proposal: Proposal
    indicator: Indicator
    agency: Agency | None
    source: Source
    before: Side
    after: Side
    change: Figure | None
    others: tuple[tuple[str, str, str], ...]
    proposed_by: str
    decided_by: str | None
    own: bool


@dataclass(frozen=True)
class ProposalsBoard:
    """The board of `/corrections`, of the moment at which it is asked; its moments are at UTC+7.

    `shown` are those of the standing that was asked for, of any where `standing` is None: first what waits, the
    oldest first, then what was decided, the latest first. `counts` are all of them by standing.
    """

    at: date
    standing: Standing | None
    shown: tuple[ProposedCorrection, ...]
    count: Figure
    counts: tuple[tuple[Standing, Figure], ...]
    simulated: bool
    unknown: tuple[tuple[str, str], ...] = ()

    def counted(self, standing: Standing) -> Figure:
        """How many have this standing."""
        return dict(self.counts)[standing]


def proposals_board(store: Store, scope: Scope, asked: Asked, name: str | None) -> ProposalsBoard:
    """The board for somebody of this account, None where nobody signs in. Raises what the store raises."""
    with store.reading() as snapshot:
        register = queries.register(snapshot, scope)
        found = [_local(each) for each in proposals(snapshot, _own(scope))]
        names = {name for each in found for name in (each.proposed_by, each.decided_by) if name}
        called = people.displays(snapshot, names)
    standing = next((each for each in Standing if each == asked.standing), None)
    wanted = [each for each in found if standing is None or each.standing is standing]
    shown = tuple(_proposed(each, register, called, name) for each in sorted(wanted, key=_order))
    return ProposalsBoard(
        at=asked.at,
        standing=standing,
        shown=shown,
        count=derived("corrections/proposed", len(found)),
        counts=tuple(
            (each, derived(f"corrections/{each}", sum(one.standing is each for one in found))) for each in Standing
        ),
        simulated=any(each.proposal.after.status == "simulated" for each in shown),
    )


def to_decide(store: Store, scope: Scope) -> Figure | None:
    """How many corrections wait for whoever decides in this scope; None where none does. Raises what the store
    raises."""
    if scope.agencies is not None and not scope.agencies:
        return None
    with store.reading() as snapshot:
        count = waiting(snapshot, scope)
    return derived("corrections/to-decide", count) if count else None


def _own(scope: Scope) -> Scope:
    """Figures of the nation are everybody's once they are published: what is proposed of them is not."""
    return scope if scope.agencies is None else replace(scope, agencies=scope.agencies - {COUNTRY})


def _local(each: Proposal) -> Proposal:
    decided = each.decided_at.astimezone(VIETNAM) if each.decided_at else None
    return replace(each, at=each.at.astimezone(VIETNAM), decided_at=decided)


def _order(each: Proposal) -> tuple[int, float, int]:
    if each.decided_at is None:
        return 0, each.at.timestamp(), each.number
    return 1, -each.decided_at.timestamp(), -each.number


def _proposed(each: Proposal, register: Register, called: Mapping[str, str], name: str | None) -> ProposedCorrection:
    seen, found = each.after, register.indicators[each.indicator]
    # Several may be proposed of one figure.
    mark = f"{each.indicator}/{each.agency}/{each.period}/{each.source}/proposal-{each.number}"
    old, new, change = compared(each.before, None if each.withdrawn else seen, mark, found)
    return ProposedCorrection(
        proposal=each,
        indicator=found,
        agency=register.agency(each.agency, seen.period.end),
        source=register.sources[each.source],
        before=_side(f"replaced/{mark}", old, each.before),
        after=_side(f"corrected/{mark}", new, seen),
        change=change,
        others=tuple(_others(each)),
        proposed_by=_called(each.proposed_by, called),
        decided_by=None if each.decided_by is None else _called(each.decided_by, called),
        own=name is not None and same_person(each.proposed_by, name),
    )


def _side(mark: str, value: Figure | None, seen: Observation) -> Side:
    terms = (
        term(f"{name}/{mark}", quantity) if quantity and value else None
        for name, quantity in (("numerator", seen.numerator), ("denominator", seen.denominator))
    )
    return Side(value, *terms)


def _called(name: str, called: Mapping[str, str]) -> str:
    """Several may be called alike, so that the account stands beside it."""
    display = called.get(name, name)
    return name if display == name else f"{display} ({name})"


def _others(each: Proposal) -> Iterator[tuple[str, str, str]]:
    for name in each.new:
        if name not in FIGURES:
            old, new = (_at_home(name, side[name]) for side in (each.old, each.new))
            yield name, old, new


def _at_home(name: str, cell: str) -> str:
    """A moment as the clocks in Viet Nam tell it; any other cell as it is."""
    return datetime.fromisoformat(cell).astimezone(VIETNAM).isoformat() if cell and name == EMBARGO else cell


__all__ = ["ProposalsBoard", "ProposedCorrection", "Side", "Standing", "proposals_board", "to_decide"]
