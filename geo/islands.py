"""The archipelagos Hoàng Sa and Trường Sa: on every map, each in a frame of its own."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "islands.csv"


@dataclass(frozen=True)
class Island:
    """One island or reef, at degrees of WGS 84 as a map of the country shows it: good for a dot and no more."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Archipelago:
    """An archipelago: `code` is hoang-sa or truong-sa, `province` and `district` the statistical codes it belongs to.

    On a map it takes the fill, the hover and the click of its province.
    """

    code: str
    province: str
    district: str
    islands: tuple[Island, ...]


@cache
def archipelagos() -> tuple[Archipelago, ...]:
    """Hoàng Sa and Trường Sa, in this order. Source: islands.csv, positions still to be confirmed against the
    official map."""
    found: dict[tuple[str, str, str], list[Island]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["archipelago"], row["province_code"], row["district_code"]
            found.setdefault(key, []).append(Island(row["island"], float(row["lat"]), float(row["lon"])))
    return tuple(Archipelago(*key, tuple(islands)) for key, islands in found.items())
