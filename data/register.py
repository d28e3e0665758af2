"""What the codes of a file mean: the agencies, indicators, sources, directives and systems there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from data.facts import Agency, Indicator, Source
from data.report_facts import Regime
from data.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class Register:
    """Every agency, indicator, source and report regime the store knows, by code; of the directives the day each was
    first given, of the systems their codes. Whoever `scope` may not see owes nothing here: of them it is not known
    whether they reported."""

    agencies: tuple[Agency, ...]
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    directives: Mapping[str, date] = field(default_factory=dict)
    regimes: Mapping[str, Regime] = field(default_factory=dict)
    systems: frozenset[str] = frozenset()
    scope: Scope = EVERYTHING
    _by_code: dict[str, list[Agency]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for agency in self.agencies:
            self._by_code.setdefault(agency.code, []).append(agency)

    def agency(self, code: str, on: date) -> Agency | None:
        """Whom the code means on that day; None where it means nobody."""
        return next((agency for agency in self._by_code.get(code, ()) if agency.valid_on(on)), None)

    def knows_agency(self, code: str) -> bool:
        """Whether the code means somebody on any day."""
        return code in self._by_code

    def owed(self, indicator: Indicator, on: date) -> tuple[Agency, ...]:
        """The ministries and provinces that owe the indicator on that day, in the order of the agencies' table,
        whether or not the scope sees them: for telling whether it sees them all, and for nothing else."""
        return tuple(
            agency
            for agency in self.agencies
            if agency.kind != "country" and agency.valid_on(on) and indicator.owed_by(agency)
        )

    def owing(self, indicator: Indicator, on: date) -> tuple[Agency, ...]:
        """Those of them whose figures may be seen."""
        return tuple(agency for agency in self.owed(indicator, on) if self.scope.ranks(agency.code))

    def reporting(self, regime: Regime, on: date) -> tuple[Agency, ...]:
        """Who has to send a report whose days end on that day, in the order of the agencies' table."""
        return tuple(
            agency
            for agency in self.agencies
            if self.scope.covers(agency.code) and agency.valid_on(on) and regime.owed_by(agency)
        )

    def nearest_agency(self, text: str) -> str:
        """The nearest official code or name, as a hint only; a dash where nothing is near."""
        names = {agency.name_vi.casefold(): f"{agency.code} ({agency.name_vi})" for agency in self.agencies}
        names |= {agency.code.casefold(): agency.code for agency in self.agencies}
        return nearest(text.casefold(), names) or "—"


def nearest(text: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """The nearest of the known texts, as a hint in a message; the empty text where nothing is near."""
    names = known if isinstance(known, Mapping) else {name: name for name in known}
    found = get_close_matches(text, list(names), n=1, cutoff=0.5)
    return names[found[0]] if found else ""
