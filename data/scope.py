"""Whose rows may be seen or delivered: a plain value that `access` makes and every query takes."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Scope:
    """The agencies whose rows are open; `agencies` is None where all are.

    `ranked` are others besides, of whom the figures may be seen that stand in a ranking, and nothing behind them.
    `embargoed` says whether a figure is seen before the moment from which it is for everybody.
    """

    agencies: frozenset[str] | None = None
    ranked: frozenset[str] = frozenset()
    embargoed: bool = True

    def covers(self, agency_code: str) -> bool:
        """Whether rows of this agency may be seen or delivered."""
        return self.agencies is None or agency_code in self.agencies

    def ranks(self, agency_code: str) -> bool:
        """Whether figures of this agency may be seen."""
        return self.covers(agency_code) or agency_code in self.ranked

    @property
    def figures(self) -> frozenset[str] | None:
        """The agencies whose figures may be seen; None where all are."""
        return None if self.agencies is None else self.agencies | self.ranked

    @property
    def whole(self) -> "Scope":
        """Every agency, with no more of what is not everybody's yet than is seen here: what a board makes of it names
        nobody whom this scope does not cover."""
        return replace(self, agencies=None, ranked=frozenset())

    def narrowed(self, agency_code: str) -> "Scope":
        """This scope, of one agency only."""
        kept = frozenset({agency_code})
        return replace(
            self,
            agencies=kept if self.covers(agency_code) else frozenset(),
            ranked=kept & self.ranked,
        )


EVERYTHING = Scope()
