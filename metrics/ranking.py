"""Who stands where: standard competition ranks (1, 2, 2, 4) on the values as printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from data.facts import Agency
from metrics.values import Reading


@dataclass(frozen=True)
class Ranked:
    """One agency that reported. `rank` is None where the indicator has no better side."""

    agency: Agency
    reading: Reading
    rank: int | None


@dataclass(frozen=True)
class Ranking:
    """Those that reported in order, those that did not apart and without a rank, in the order they were given."""

    rows: tuple[Ranked, ...]
    unreported: tuple[Agency, ...]

    @property
    def reported(self) -> int:
        """How many reported: the n of "61/63"."""
        return len(self.rows)

    @property
    def owing(self) -> int:
        """How many should have reported."""
        return len(self.rows) + len(self.unreported)


def rank(entries: Iterable[tuple[Agency, Reading | None]], direction: str) -> Ranking:
    """Rank the agencies of one indicator and period; None stands for an agency that did not report.

    Highest first, lowest first where `direction` is lower; where it is `range` or `none` rows are ordered by
    value, highest first, and have no rank. Equal printed values share a rank and keep the order they were given in,
    as do those that did not report (codes for provinces, protocol for ministries); qualifiers do not count.
    """
    entries = list(entries)
    sign = 1 if direction == "lower" else -1
    reported = sorted(
        ((agency, reading) for agency, reading in entries if reading is not None),
        key=lambda entry: sign * entry[1].printed,
    )
    places = _places(reading.printed for _, reading in reported)
    has_ranks = direction in ("higher", "lower")
    return Ranking(
        tuple(
            Ranked(agency, reading, places[reading.printed] if has_ranks else None) for agency, reading in reported
        ),
        tuple(agency for agency, reading in entries if reading is None),
    )


def rank_changes(changes: Mapping[str, Decimal], direction: str) -> Mapping[str, int]:
    """The rank of each change by its code, the greatest improvement first: the greatest rise, or the greatest fall
    where `direction` is lower. Equal changes share a rank. Empty where the indicator has no better side."""
    if direction not in ("higher", "lower"):
        return {}
    sign = 1 if direction == "lower" else -1
    places = _places(sorted(changes.values(), key=lambda change: sign * change))
    return {code: places[change] for code, change in changes.items()}


def _places(numbers: Iterable[Decimal]) -> Mapping[Decimal, int]:
    """The place of each number of an ordered list: that of the first equal to it."""
    places: dict[Decimal, int] = {}
    for place, number in enumerate(numbers, start=1):
        places.setdefault(number, place)
    return places


def movement(now: Ranked, before: Ranked | None) -> int | None:
    """Places gained since the earlier period (5th after 8th is 3, a loss is negative).

    None where the earlier period is missing, either row has no rank, the code meant another agency then, or the
    two figures have another composition (a break in the series).
    """
    if before is None or now.rank is None or before.rank is None:
        return None
    same_agency = (now.agency.code, now.agency.valid_from) == (before.agency.code, before.agency.valid_from)
    same_parts = now.reading.observation.series == before.reading.observation.series
    return before.rank - now.rank if same_agency and same_parts else None


def movements(now: Ranking, before: Ranking | None) -> Mapping[str, int | None]:
    """The movement of every ranked agency by its code; None as in `movement`."""
    earlier = {} if before is None else {row.agency.code: row for row in before.rows}
    return {row.agency.code: movement(row, earlier.get(row.agency.code)) for row in now.rows}
