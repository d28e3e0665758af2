"""What one agency has to do: what it must be named for, and the directives that it leads, shares in, or all have."""

from dataclasses import dataclass

from data.facts import Agency
from metrics.boards.directive import Directive, known_directives
from metrics.boards.known import Known
from metrics.boards.laggard import Laggard
from metrics.boards.laggards import known_laggards, of_agency
from metrics.boards.systems import NationalSystem, known_systems
from metrics.figure import Figure, derived


@dataclass(frozen=True)
class Duties:
    """`named` are its entries in the list of those who must be named. Of the directives it leads or shares in `own`,
    the most urgent first; `shared` are those of every ministry and province. `systems` are the national systems that
    it owns or shares in."""

    agency: Agency
    named: tuple[Laggard, ...]
    own: tuple[Directive, ...]
    shared: tuple[Directive, ...]
    systems: tuple[NationalSystem, ...]
    named_count: Figure
    own_count: Figure
    shared_count: Figure

    @property
    def simulated(self) -> bool:
        """Whether any of it rests on simulated data."""
        directives = (*self.own, *self.shared)
        return any(each.simulated for each in self.named) or any(each.simulated for each in directives)


def duties_of(known: Known, agency: Agency) -> Duties:
    """The duties of an agency as known at the end of the day."""
    every = known_directives(known)
    named = of_agency(known_laggards(known), agency)
    own = tuple(each for each in every if each.concerns(agency))
    shared = tuple(each for each in every if each.everybody)
    return Duties(
        agency,
        named,
        own,
        shared,
        tuple(each for each in known_systems(known) if agency in (each.owner, *each.co_owners)),
        derived(f"duties/named/{agency.code}", len(named)),
        derived(f"duties/own/{agency.code}", len(own)),
        derived(f"duties/shared/{agency.code}", len(shared)),
    )
