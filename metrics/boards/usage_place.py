"""Where a reader of usage stands between the nation and one procedure, and what is summed there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.facts import Agency
from data.periods import Period
from data.usage_facts import Procedure, Used
from i18n.collation import slug
from metrics.boards.agencies import GROUPS
from metrics.boards.known import Known
from metrics.boards.national import COUNTRY
from metrics.boards.usage_read import OWING, by_agency, by_group, by_procedure, catalogue, month_number

#: How many steps lead to one procedure.
_DEEPEST = 3


@dataclass(frozen=True)
class ServiceGroup:
    """A group of services: `key` stands for it in addresses; its name is the catalogue's."""

    key: str
    name: str


@dataclass(frozen=True)
class UsagePlace:
    """All agencies where `agency` is None, else one of them, one of its groups of services, one procedure of that.

    `kind` narrows the nation to the provinces or the ministries, `level` to the services of one level; None where
    nothing narrows.
    """

    agency: Agency | None = None
    group: ServiceGroup | None = None
    procedure: Procedure | None = None
    kind: str | None = None
    level: int | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The place as addresses have it."""
        steps = (
            self.agency.code if self.agency else None,
            self.group.key if self.group else None,
            self.procedure.code if self.procedure else None,
        )
        return tuple(step for step in steps if step is not None)

    @property
    def whole(self) -> bool:
        """Whether it is of more than one agency."""
        return self.agency is None

    def mark(self, period: Period, *below: str) -> str:
        """What names its figures on a page: 40/dat-dai/2020-01, or VN/level-4/2020-01."""
        parts = (*(self.path or (self.kind or COUNTRY,)), *below)
        return "/".join((*parts, *([f"level-{self.level}"] if self.level else []), period.text))


def groups_of(known: Known) -> dict[str, ServiceGroup]:
    """Every group of services by its name, in the order of the catalogue."""

    def make() -> dict[str, ServiceGroup]:
        found: dict[str, ServiceGroup] = {}
        taken: set[str] = set()
        for name in dict.fromkeys(each.group for each in catalogue(known).values()):
            key = first = slug(name) or "nhom"
            number = 1
            while key in taken:
                number += 1
                key = f"{first}-{number}"
            taken.add(key)
            found[name] = ServiceGroup(key, name)
        return found

    return known.once("service-groups", make)


def own_place(known: Known) -> tuple[str, ...]:
    """Where a reader begins who sees one agency alone: the nation would be that agency under the nation's name. Empty
    for who sees everybody."""
    return tuple(each.code for each in known.own if each.kind in OWING)[:1]


def place_of(
    known: Known, path: Sequence[str], on: date, kind: str | None = None, level: int | None = None
) -> UsagePlace | None:
    """The place that a path means on a day; None where it means none."""
    if not path:
        return UsagePlace(kind=kind, level=level)
    agency = known.register.agency(path[0], on)
    if agency is None or agency.kind not in OWING or len(path) > _DEEPEST or not known.scope.covers(agency.code):
        return None
    if len(path) == 1:
        return UsagePlace(agency, level=level)
    group = next((each for each in groups_of(known).values() if each.key == path[1]), None)
    if group is None:
        return None
    if len(path) == 2:
        return UsagePlace(agency, group, level=level)
    procedure = catalogue(known).get(path[2])
    if procedure is None or procedure.group != group.name:
        return None
    return UsagePlace(agency, group, procedure, level=level)


def used_at(known: Known, place: UsagePlace, periods: Sequence[Period]) -> list[Used]:
    """The sums of a place in these months, by month and level; `of` is an agency, a group or a procedure."""
    months = [month_number(each) for each in periods]
    if place.agency is None:
        found = by_agency(known, months)
        codes = members(known, place, periods[-1].end) if place.kind else None
        found = found if codes is None else [each for each in found if each.of in codes]
    elif place.group is None:
        found = by_agency(known, months, place.agency.code)
    elif place.procedure is None:
        found = [each for each in by_group(known, place.agency.code, months) if each.of == place.group.name]
    else:
        found = by_procedure(known, place.agency.code, months, place.procedure.code)
    return [each for each in found if place.level in (None, each.level)]


def members(known: Known, place: UsagePlace, on: date) -> set[str]:
    """The codes of the agencies that a place is of, among those that owe usage on a day."""
    if place.agency is not None:
        return {place.agency.code}
    kinds = OWING if place.kind is None else GROUPS[place.kind]
    return {each.code for each in known.register.agencies if each.kind in kinds and each.valid_on(on)}
