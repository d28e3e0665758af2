"""What is known on one edition of the map: every code means that edition's province, whatever the day of a figure."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar

from data.facts import Agency, Indicator, Observation, Target
from data.periods import Period
from data.register import Register
from geo.editions import Edition, act, changed, edition_on, formed_of, successor
from metrics.asked import Asked
from metrics.boards.agencies import AgencyTable, readings_at, set_apart
from metrics.boards.known import Known
from metrics.boards.national import National
from metrics.editions import Rebased, rebased
from metrics.figure import Figure, figure_of

EDITIONS = tuple(Edition)
#: The last day of the first edition, the first day of the other.
CHANGED = {edition: edition.day for edition in EDITIONS}
_PROVINCE = "province"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Member:
    """A former or later province on the ground of another, with its own figure; None where it did not report."""

    agency: Agency
    value: Figure | None


@dataclass(frozen=True)
class Formed:
    """A province of the edition shown, and those of the edition that reported which make up its ground."""

    agency: Agency
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Kin:
    """What a province of an `edition` was formed of, or went into, by which act; empty for one that was kept
    whole."""

    edition: Edition
    agencies: tuple[Agency, ...]
    act: str


@dataclass(frozen=True)
class Reused:
    """A code that means one province on the map of the 63 and another on that of the 34."""

    code: str
    before: Agency
    after: Agency


@dataclass(frozen=True)
class Map:
    """Which edition of the map is shown, and that of the day of the figures, `own`. Where they differ, `formed` tells
    of what each province is made up and `reused` which codes mean another place; else both are empty. `act` is the
    act by which the one became the other."""

    edition: Edition
    own: Edition
    formed: tuple[Formed, ...]
    reused: tuple[Reused, ...]
    act: str

    @property
    def rebased(self) -> bool:
        """Whether figures are shown on another ground than the one they were reported for."""
        return self.edition is not self.own

    def named_on(self, at: date) -> str | None:
        """What an address has to say of the edition on a day; None where the day itself decides so."""
        return None if edition_on(at) is self.edition else str(self.edition)


def edition_of(known: Known, asked: Asked, period: Period | None) -> Edition:
    """The edition that was asked for, else that of the days of the figures."""
    return Edition(asked.edition) if asked.edition else edition_on(period.end if period else known.at)


def placed(known: Known, edition: Edition) -> Known:
    """The same day on the ground of an edition; on a day before the merger that of the 63 is what was reported."""
    if edition is Edition.OF_63 and known.at < changed():
        return known
    return _Placed(known, edition)


def map_shown(known: Known, edition: Edition, indicator: Indicator, period: Period | None) -> Map:
    """The edition shown and, where it is not that of the figures, what its provinces are formed of."""
    own = edition_on(period.end if period else known.at)
    if own is edition:
        return Map(edition, own, (), (), act())
    return Map(edition, own, _formed(known, edition, indicator, period), _reused(known), act())


def kin_of(known: Known, agency: Agency, edition: Edition) -> Kin:
    """The former provinces of one of the 34, or what one of the 63 was merged into; `known` is the day as
    reported."""
    other = Edition.OF_63 if edition is Edition.OF_34 else Edition.OF_34
    codes = formed_of(edition).get(agency.code, ()) if edition is Edition.OF_34 else (successor(agency.code),)
    found = [known.register.agency(code, other.day) for code in codes]
    whole = len(formed_of(Edition.OF_34)[codes[0] if edition is Edition.OF_63 else agency.code]) == 1
    return Kin(edition, () if whole else tuple(each for each in found if each is not None), act())


def _formed(known: Known, edition: Edition, indicator: Indicator, period: Period | None) -> tuple[Formed, ...]:
    here = placed(known, edition).register
    readings = known.readings(indicator.code, period.text if period else None)
    day = period.end if period else known.at
    found = []
    for code, parts in formed_of(edition).items():
        agency = here.agency(code, day)
        members = [(known.register.agency(part, day), readings.get(part)) for part in parts]
        named = tuple(Member(each, figure_of(read) if read else None) for each, read in members if each is not None)
        if agency is not None:
            found.append(Formed(agency, named))
    return tuple(found)


def _reused(known: Known) -> tuple[Reused, ...]:
    """The codes of which the place has another name after the merger and is no longer the place it was."""
    found = []
    for code, parts in formed_of(Edition.OF_34).items():
        before, after = (known.register.agency(code, edition.day) for edition in (Edition.OF_63, Edition.OF_34))
        if before and after and len(parts) > 1 and before.name_vi != after.name_vi:
            found.append(Reused(code, before, after))
    return tuple(found)


class _Placed(Known):
    """A day as known, on the ground of one edition; `plain` is the same day with the provinces as they reported."""

    def __init__(self, plain: Known, edition: Edition) -> None:
        self.edition = edition
        self.plain = plain
        self.at, self.scope = plain.at, plain.scope
        self.updated = plain.updated
        self.register = self.once("register", lambda: _register(plain.register, edition))

    @property
    def measured(self) -> set[str]:
        return self.plain.measured

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        return self.plain.once((self.edition, key), make)

    def targeted(self) -> set[str]:
        return self.plain.targeted()

    def national(self, code: str) -> National:
        return self.plain.national(code)

    def periods(self, code: str) -> tuple[Period, ...]:
        return self.plain.periods(code)

    def targets(self, code: str) -> Sequence[Target]:
        """As of the day, but for the targets of a single province whose code means another place on this edition, or
        more than it did."""
        return self.once(
            ("targets", code), lambda: [each for each in self.plain.targets(code) if self._has_target(each)]
        )

    def observations(self, code: str) -> Sequence[Observation]:
        """The figures of an indicator; those of provinces on the ground of this edition."""
        return self.once(("observations", code), partial(self._observations, code))

    def table(self, group: str, indicator: Indicator, period: Period | None) -> AgencyTable:
        """As of the day; apart those for which no figure can be made although one is known of their ground."""
        table = super().table(group, indicator, period)
        found = self._rebased(indicator.code).get(period.text) if period else None
        if found is None or not found.incomparable or period is None:
            return table
        names = {
            part: agency
            for each in found.incomparable.values()
            for part in each.stopped_by
            if (agency := self.plain.register.agency(part, period.end)) is not None
        }
        stopped = found.incomparable
        return self.once(("apart", group, indicator.code, period), lambda: set_apart(table, stopped, names))

    def _observations(self, code: str) -> Sequence[Observation]:
        made = self._rebased(code)
        kept = [
            each
            for each in self.plain.observations(code)
            if each.period.text not in made or not self._is_province(each)
        ]
        added = [each for found in made.values() for every in found.observations.values() for each in every]
        return sorted([*kept, *added], key=lambda each: (each.period, each.agency, each.source))

    def _rebased(self, code: str) -> Mapping[str, Rebased]:
        """What was reported on the other edition, by period."""
        return self.once(("rebased", code), partial(self._rebase, self.register.indicators[code]))

    def _rebase(self, indicator: Indicator) -> Mapping[str, Rebased]:
        by_period: dict[str, list[Observation]] = {}
        for each in self.plain.observations(indicator.code):
            if self._is_province(each) and edition_on(each.period.end) is not self.edition:
                by_period.setdefault(each.period.text, []).append(each)
        return {
            period: rebased(
                readings_at(every, period, indicator, self.plain.register), every, indicator, self.edition
            )
            for period, every in by_period.items()
        }

    def _is_province(self, observation: Observation) -> bool:
        agency = self.plain.register.agency(observation.agency, observation.period.end)
        return agency is not None and agency.kind == _PROVINCE

    def _has_target(self, target: Target) -> bool:
        if not any(each.code == target.agency and each.kind == _PROVINCE for each in self.plain.register.agencies):
            return True
        return edition_on(target.set_on) is self.edition or target.agency in formed_of(Edition.OF_63)


def _register(register: Register, edition: Edition) -> Register:
    """The agencies of an edition. A code means its province on every day; provinces of the other are not there."""
    return replace(
        register,
        agencies=tuple(
            _timeless(each, edition) if each.kind == _PROVINCE else each
            for each in register.agencies
            if each.kind != _PROVINCE or each.valid_on(edition.day)
        ),
        _by_code={},
    )


def _timeless(agency: Agency, edition: Edition) -> Agency:
    """The regions are those of the 63: none of the 34 is in one."""
    parent = agency.parent if edition is Edition.OF_63 else "VN"
    return replace(agency, parent=parent, valid_from=None, valid_to=None)
