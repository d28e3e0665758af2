"""What is known of everything at the end of one day: read when a board asks for it, kept until the next delivery or
until an embargo passes."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import TypeAlias, TypeVar

from data import queries
from data.facts import Agency, Indicator, Observation, Target
from data.memory import Memory
from data.periods import Period
from data.register import Register
from data.scope import Scope
from data.store import Snapshot, Store
from metrics.boards.agencies import GROUPS, AgencyTable, agency_table, of_part, readings_at
from metrics.boards.national import COUNTRY, National, national
from metrics.targets import judging, versions
from metrics.values import Reading

#: So many things read or made of one day are kept.
_THINGS = 400
Made = TypeVar("Made")
#: Where what is known in a scope is kept: what is known of a day, and where none is given what is the same on each.
Shelves: TypeAlias = Callable[[Scope, date | None], Memory]


class Known:
    """One moment of the store as known at the end of `at`, within a scope.

    `updated` is the moment of the newest delivery, None in a store without one.
    """

    def __init__(self, snapshot: Snapshot, scope: Scope, at: date, shelves: Shelves) -> None:
        self.at = at
        self.scope = scope
        self._snapshot = snapshot
        self._shelves = shelves
        self._shelf = shelves(scope, at)
        self._always = shelves(scope, None)
        self.register: Register = self._always.once("register", partial(queries.register, snapshot, scope))
        version = self._always.once("version", partial(queries.version, snapshot, scope))
        self.updated: datetime | None = version.delivered if version else None

    @property
    def measured(self) -> set[str]:
        """The codes of the indicators of which any figure is known."""
        return self.ask("measured", queries.indicators_with_figures)

    def on(self, at: date) -> "Known":
        """The same moment of the store as known at the end of another day."""
        return Known(self._snapshot, self.scope, at, self._shelves)

    @property
    def whole(self) -> "Known":
        """The same day of every agency: for what is decided by all of them, such as which period is over for most,
        and for counts of the nation. What is taken from it names nobody whom the scope does not cover."""
        if self.scope.agencies is None:
            return self
        return Known(self._snapshot, self.scope.whole, self.at, self._shelves)

    @property
    def own(self) -> tuple[Agency, ...]:
        """Whose provinces and ministries the day is seen for; none where everybody is seen."""
        kinds = {kind for each in GROUPS.values() for kind in each}
        return tuple(
            each
            for each in self.register.agencies
            if self.scope.agencies is not None
            and each.code in self.scope.agencies
            and each.kind in kinds
            and each.valid_on(self.at)
        )

    def hides(self, code: str | None) -> bool:
        """Whether the code means somebody of whom the scope does not see the rows."""
        return code is not None and self.register.knows_agency(code) and not self.scope.covers(code)

    def sees(self, indicator: Indicator, period: Period | None, kinds: Collection[str] | None = None) -> bool:
        """Whether the figures of everybody may be seen who owes an indicator at a period, of these kinds where named;
        of others a sum, a count or a rank would be one of a part and look like that of all."""
        owed = self.register.owed(indicator, period.end if period else self.at)
        return all(self.scope.ranks(each.code) for each in owed if kinds is None or each.kind in kinds)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Something of this day that is made once."""
        return self._shelf.once(key, make)

    def ask(self, key: Hashable, question: Callable[[Snapshot, Scope, date], Made]) -> Made:
        """What a question of this day is answered with, asked once."""
        return self.once(key, partial(question, self._snapshot, self.scope, self.at))

    @property
    def ranks(self) -> dict[str, int]:
        """The rank of every source."""
        return {code: source.rank for code, source in self.register.sources.items()}

    def targets(self, code: str) -> Sequence[Target]:
        """Every version of the targets of an indicator, those set after `at` included."""
        every = self._every_target
        return self._always.once(("targets", code), lambda: [each for each in every if each.indicator == code])

    def judging(self, code: str, agency: str, period: Period | None) -> Target | None:
        """The version of a target that an agency's figure of a period is judged by; None where none was set by then.
        Whether the agency owes the indicator is the caller's question."""
        return judging(versions(self.targets(code), agency, self.at, self.ranks), period)

    def targeted(self) -> set[str]:
        """The codes of the indicators of which a target was set by the end of `at`."""
        return {target.indicator for target in self._every_target if target.set_on <= self.at}

    @property
    def _every_target(self) -> Sequence[Target]:
        return self._always.once("targets", partial(queries.targets, self._snapshot, self.scope))

    def observations(self, code: str) -> Sequence[Observation]:
        """The newest revision of every figure of an indicator, by period and agency."""
        ask = partial(queries.known_observations, self._snapshot, self.scope, code, self.at)
        return self.once(("observations", code), ask)

    def observations_of(self, code: str, agency: str) -> list[Observation]:
        """The newest revision of every figure of one agency in an indicator; reads its figures only."""
        narrow = self.scope.narrowed(agency)
        ask = partial(queries.known_observations, self._snapshot, narrow, code, self.at)
        return self.once(("observations", code, agency), ask)

    def observations_at(self, code: str, period: Period) -> list[Observation]:
        """The newest revision of every figure of one period of an indicator; reads that period only."""
        return queries.known_observations(self._snapshot, self.scope, code, self.at, [period.text])

    def national(self, code: str) -> National:
        """Where the nation stands in an indicator; reads the nation's figures only."""

        def make() -> National:
            found = self.observations_of(code, COUNTRY)
            return national(self.register.indicators[code], found, self.targets(code), self.register, self.at)

        return self.once(("national", code), make)

    def periods(self, code: str) -> tuple[Period, ...]:
        """The periods for which any agency reported, the latest first; those of the nation where only it reports."""

        def make() -> tuple[Period, ...]:
            reported = queries.reported_periods(self._snapshot, self.scope, code, self.at)
            by_agencies = tuple(period for period, below in reported if below)
            return by_agencies or tuple(period for period, _ in reported)

        return self.once(("periods", code), make)

    def readings(self, code: str, period: str | None) -> dict[str, Reading]:
        """The figure to show of every agency that reported for a period; empty without a period."""
        indicator = self.register.indicators[code]
        found = self.observations
        return self.once(
            ("readings", code, period), lambda: readings_at(found(code), period, indicator, self.register)
        )

    def table(self, group: str, indicator: Indicator, period: Period | None) -> AgencyTable:
        """The agencies of one group at a period, ranked and judged; without a period nobody reported. Where the scope
        sees a part of the group nobody has a rank, and of whom it sees the figure alone there are no terms."""

        def make() -> AgencyTable:
            before = next((each for each in self.periods(indicator.code) if period and each.end < period.end), None)
            texts = period.text if period else "", before.text if before else None
            owing = self.register.owing(indicator, period.end if period else self.at)
            readings = self.readings(indicator.code, texts[0]), self.readings(indicator.code, texts[1])
            among = indicator, self.targets(indicator.code), self.register, self.at
            table = agency_table(group, owing, readings, among, texts)
            return of_part(table, self.scope.covers, whole=self.sees(indicator, period, GROUPS[group]))

        return self.once(("table", group, indicator.code, period), make)


@contextmanager
def knowing(store: Store, scope: Scope, at: date) -> Iterator[Known]:
    """Everything asked inside is of one moment of the store."""
    with store.reading() as snapshot:
        version = queries.version(snapshot, scope)

        def shelf_of(seen: Scope, day: date | None) -> Memory:
            kept = store.memory if day is not None else store.undated
            return kept.once((version, seen, day), partial(Memory, _THINGS))

        yield Known(snapshot, scope, at, shelf_of)
