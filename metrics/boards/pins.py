"""The agencies that somebody pinned to hold them against each other: provinces and ministries of the day."""

from collections.abc import Sequence

from data.facts import Agency
from metrics.boards.agencies import GROUPS
from metrics.boards.known import Known

_KINDS = frozenset(kind for kinds in GROUPS.values() for kind in kinds)


def pinned(known: Known, codes: Sequence[str]) -> tuple[tuple[Agency, ...], list[tuple[str, str]]]:
    """The agencies of these codes on the day, in their order, and the codes that mean none or nobody who may be
    seen."""
    found: list[Agency] = []
    unknown: list[tuple[str, str]] = []
    for code in codes:
        agency = known.register.agency(code, known.at)
        if agency is None or agency.kind not in _KINDS:
            unknown.append(("pin", code))
        elif known.scope.ranks(code):
            found.append(agency)
        else:
            unknown.append(("pin_outside", code))
    return tuple(found), unknown


def can_be_pinned(known: Known) -> tuple[Agency, ...]:
    """Every province and ministry of the day that may be seen, in the order of the agencies' table."""
    return tuple(
        each
        for each in known.register.agencies
        if each.kind in _KINDS and each.valid_on(known.at) and known.scope.ranks(each.code)
    )
