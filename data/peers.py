"""What puts an agency beside others of its kind: that it is a city run by the centre, and how many people it had."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from data.periods import parse_day

CITY, CENSUS = "city", "census"
_FILE = Path(__file__).parent / "reference" / "peers.csv"


@dataclass(frozen=True)
class Peer:
    """One fact of one agency by its code. `kind` is CITY or CENSUS; `people` counts them, None for a city.

    It holds from `valid_from` to `valid_to`, both included; None where no limit is known. It became known on
    `published`; None where it was known on any day of ours. `certainty` is sourced or unconfirmed; `basis` names what
    it stands on.
    """

    kind: str
    agency: str
    people: int | None
    valid_from: date | None
    valid_to: date | None
    published: date | None
    certainty: str
    basis: str


def peers(kind: str, on: date, known_on: date) -> dict[str, Peer]:
    """The facts of a kind that hold on a day and were known by the end of `known_on`, by the code of the agency."""
    return {
        each.agency: each
        for each in every_peer()
        if each.kind == kind
        and (each.valid_from is None or each.valid_from <= on)
        and (each.valid_to is None or on <= each.valid_to)
        and (each.published is None or each.published <= known_on)
    }


@cache
def every_peer() -> tuple[Peer, ...]:
    """Every fact of the reference folder, in the order of its file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Peer(
                row["kind"],
                row["agency_code"],
                int(row["people"]) if row["people"] else None,
                parse_day(row["valid_from"]),
                parse_day(row["valid_to"]),
                parse_day(row["published"]),
                row["certainty"],
                row["basis"],
            )
            for row in csv.DictReader(file)
        )
