"""Simulated figures of the districts and departments of Nghệ An: its own simulated terms, shared out among them.

The parts of a period add up to the province's terms but for the units that sent nothing. Every number is invented.
"""

from collections.abc import Iterator
from hashlib import blake2s

from data.sample.series import Row, Terms, row, rows_of
from data.sample.standing import AS_AT

#: The one indicator of which units have figures, and the province they belong to.
INDICATOR, PROVINCE = "DVC02", "40"
DISTRICTS = tuple(str(code) for code in range(412, 433))
DEPARTMENTS = tuple(
    f"{PROVINCE}-{name}"
    for name in (
        *("SNV", "STP", "SKHĐT", "STC", "SCT", "SNNPTNT", "SGTVT", "SXD", "STNMT", "STTTT"),
        *("SLĐTBXH", "SVHTT", "SKHCN", "SGDĐT", "SYT", "SDL", "SNgV", "BDT", "TTT", "VPUBND"),
    )
)
#: Reports that never came.
_MISSING = {("417", AS_AT), ("417", "2020-01"), ("40-SDL", "2019-08")}
#: By how many times the busiest unit may count what the least does, and how far its share may lie from another's.
_VOLUMES, _SHARES = (15, 140), (40, 170)


def unit_rows() -> Iterator[Row]:
    """A row for each unit and period of which the province has simulated terms."""
    for given in rows_of(INDICATOR, PROVINCE):
        whole = given.terms
        for unit, terms in shared_out(whole, (*DEPARTMENTS, *DISTRICTS)).items():
            if (unit, given.period) not in _MISSING:
                yield row(INDICATOR, unit, given.period, terms, given.published)


def shared_out(whole: Terms, units: tuple[str, ...]) -> dict[str, Terms]:
    """Numerator and denominator shared out among the units, so that both add up again."""
    numerator, denominator = whole
    sizes = _parts(denominator, [_between(f"{each}/volume", *_VOLUMES) for each in units])
    volumes = dict(zip(units, sizes, strict=True))
    weights = [volumes[each] * _between(f"{each}/share", *_SHARES) for each in units]
    return {each: (part, volumes[each]) for each, part in zip(units, _parts(numerator, weights), strict=True)}


def _parts(whole: int, weights: list[int]) -> list[int]:
    """Whole numbers in the ratio of the weights that add up to the whole: what is left goes to the largest rests."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    rests = sorted(range(len(weights)), key=lambda at: -(whole * weights[at] % total))
    for at in rests[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def _between(key: str, low: int, high: int) -> int:
    drawn = int.from_bytes(blake2s(key.encode(), digest_size=8).digest(), "big")
    return low + drawn % (high - low + 1)
