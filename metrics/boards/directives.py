"""What was demanded of whom by when, and how each demand stands on a day: every date of every source is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.facts import Agency
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.directive import EVERYBODY, Directive, known_directives
from metrics.boards.known import Known, knowing
from metrics.boards.laggards import Laggards, known_laggards
from metrics.figure import Figure, derived
from metrics.obligations import FINISHED, PASSED, Standing


@dataclass(frozen=True)
class DirectivesBoard:
    """The board of `/directives`. `shown` are those of `directives` that were asked for, the most urgent first;
    `counts` says how many stand how, of all of them. `chosen` is the one whose history is shown; None without any.

    `owners` says how many concern each agency, None first: those that concern every ministry and province. `due`
    counts those whose leading date has passed or that are done; `silent` those whose date has passed and of which
    nothing is known. `unknown` names what was asked and does not exist.
    """

    at: date
    directives: tuple[Directive, ...]
    shown: tuple[Directive, ...]
    chosen: Directive | None
    counts: tuple[tuple[Standing, Figure], ...]
    standing: Standing | None
    owners: tuple[tuple[Agency | None, Figure], ...]
    owner: Agency | None
    everybody: bool
    count: Figure
    phrases: Figure
    due: Figure
    in_time: Figure
    late: Figure
    overdue: Figure
    silent: Figure
    laggards: Laggards
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def directives(store: Store, scope: Scope, asked: Asked) -> DirectivesBoard:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        return directives_of(known, asked)


def directives_of(known: Known, asked: Asked) -> DirectivesBoard:
    """The board of what is known of a day."""
    found = known_directives(known)
    unknown: list[tuple[str, str]] = []
    standing = next((each for each in Standing if each == asked.standing), None)
    owners = _owners(known, found)
    owner = next((each for each, _ in owners if each is not None and each.code == asked.owner), None)
    everybody = asked.owner == EVERYBODY
    if asked.owner and owner is None and not everybody:
        unknown.append(("owner_outside" if known.hides(asked.owner) else "owner", asked.owner))
    shown = tuple(
        each
        for each in found
        if (standing is None or each.standing is standing)
        and (owner is None or each.concerns(owner))
        and (not everybody or each.everybody)
    )
    chosen = next((each for each in found if each.code == asked.directive), None)
    if asked.directive and chosen is None:
        outside = asked.directive in known.register.directives and known.scope.agencies is not None
        unknown.append(("directive_outside" if outside else "directive", asked.directive))
    return DirectivesBoard(
        at=asked.at,
        directives=found,
        shown=shown,
        chosen=chosen or (shown[0] if shown else None),
        counts=tuple((each, _count(f"standing/{each}", found, {each})) for each in Standing),
        standing=standing,
        owners=owners,
        owner=owner,
        everybody=everybody,
        count=derived("directives", len(found)),
        phrases=derived("phrases", sum(each.phrases for each in found)),
        due=_count("directives/due", found, FINISHED | PASSED),
        in_time=_count("directives/in-time", found, {Standing.DONE, Standing.DONE_IN_TIME}),
        late=_count("directives/late", found, {Standing.DONE_LATE}),
        overdue=_count("directives/overdue", found, {Standing.OVERDUE}),
        silent=_count("directives/unknown", found, {Standing.UNKNOWN}),
        laggards=known_laggards(known),
        unknown=tuple(unknown),
        updated=known.updated,
        simulated=any(each.simulated for each in found),
        empty=not found,
    )


def _owners(known: Known, found: Sequence[Directive]) -> tuple[tuple[Agency | None, Figure], ...]:
    """Everybody, then every agency that a directive names, in the order of protocol, with how many concern it."""
    shared = sum(each.everybody for each in found)
    named = [agency for agency in known.register.agencies if any(each.concerns(agency) for each in found)]
    counted = [(each, derived(f"directives/{each.code}", sum(one.concerns(each) for one in found))) for each in named]
    return ((None, derived(f"directives/{EVERYBODY}", shared)), *counted)


def _count(mark: str, found: Iterable[Directive], among: Iterable[Standing]) -> Figure:
    wanted = set(among)
    return derived(mark, sum(each.standing in wanted for each in found))
