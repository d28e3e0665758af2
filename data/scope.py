"""Whose rows may be seen or delivered: a plain value that `access` makes and every query takes."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Scope:
    """The agencies whose rows are open; `agencies` is None where all are. `ranked` are those whose figures may stand
    in rankings besides. `embargoed` says whether figures under embargo are seen before their time."""

    agencies: frozenset[str] | None = None
    ranked: frozenset[str] = frozenset()
    embargoed: bool = True

    def covers(self, agency_code: str) -> bool:
        """Whether rows of this agency may be seen or delivered."""
        return self.agencies is None or agency_code in self.agencies

    def narrowed(self, agency_code: str) -> "Scope":
        """This scope, of one agency only."""
        return replace(self, agencies=frozenset({agency_code}) if self.covers(agency_code) else frozenset())


EVERYTHING = Scope()
