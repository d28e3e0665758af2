"""Monthly series of the demonstration data, from March 2019 to December 2020, and the rows as at 12/02/2020.

Everything comes from whole numbers and a hash of names: the same bytes on every machine and at every run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2s

from data.periods import add_months
from data.sample.standing import AS_AT, MINISTRIES, PROVINCES, TOLD_BY_ARTICLE

#: The day on which the demonstration is set: 10,7 % is dated 12/02/2020 and must not look stale.
DEMO_CLOCK = date(2020, 2, 14)

#: Level of the national sum at the end of each month, in thousandths of where it stands on 12/02/2020.
_GROWTH = (
    *(500, 540, 582, 626, 672, 720, 769, 820, 873, 928),  # 2019-03 to 2019-12
    *(985, 1045, 1130, 1220, 1312, 1408, 1506, 1605, 1706, 1810, 1914, 2020),  # 2020-01 to 2020-12
)
_FIRST_MONTH = date(2019, 3, 1)
_AS_AT_DAY = date.fromisoformat(AS_AT)
_AS_AT_INDEX = 11

#: Agencies that deliver later than the 7th of the next month, and by how many days.
_LATE = {"04": 2, "67": 1, "95": 3, "BNG": 1, "UBDT": 2}

#: Reports that never came: absence has to occur, and is not zero.
_MISSING: dict[str, dict[str, tuple[str, ...]]] = {
    "DVC01": {
        "62": ("2019-12", "2020-01", AS_AT),
        "94": ("2019-12", "2020-01", AS_AT),
        "11": ("2019-08",),
        "95": ("2020-06",),
        "BQP": ("2019-06",),
    },
    "DVC02": {"12": ("2019-11",), "BNG": ("2020-01",)},
    "DVC07": {"06": ("2019-05",), "62": (AS_AT,)},
    "HL02": {"BQP": ("2020-01", AS_AT), "14": ("2020-04",), "UBDT": ("2019-07",)},
    "TT04": {"93": ("2020-01", AS_AT), "TTCP": ("2019-10",)},
    "VB01": {"BCA": ("2019-09",), "96": ("2020-03",)},
}

#: Ministries and provinces that have a platform to share data, of the 85 that should: (period, published, how many).
_PLATFORMS = (
    ("2019-Q2", "2019-07-07", 38),
    ("2019-Q3", "2019-10-07", 47),
    ("2019-Q4", "2020-01-07", 55),
    (AS_AT, "2020-02-13", 61),
    ("2020-Q1", "2020-04-07", 66),
    ("2020-Q2", "2020-07-07", 72),
    ("2020-Q3", "2020-10-07", 79),
    ("2020-Q4", "2021-01-07", 84),
)


@dataclass(frozen=True)
class Curve:
    """How a simulated share runs. `level` and `spread` are hundredths of a per cent on 12/02/2020; `before` and
    `after` say how much of the room to 0 or 100 %, whichever is nearer, lies between there and the ends, in per
    cent; `volume` is the least and the most that an agency counts in a month."""

    indicator: str
    level: int
    spread: int
    before: int
    after: int
    volume: tuple[int, int]


_CURVES = {
    curve.indicator: curve
    for curve in (
        Curve("DVC02", 1240, 600, 45, 75, (1_500, 42_000)),
        Curve("DVC07", 1350, 650, 50, 70, (1_500, 42_000)),
        Curve("HL02", 8400, 800, 35, 35, (400, 6_000)),
        Curve("TT04", 8600, 1000, 120, 70, (1_500, 42_000)),
        Curve("VB01", 8700, 700, 100, 35, (4_000, 80_000)),
    )
}
Terms = tuple[int, int]
Row = tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """The terms that an agency gives for a period, and when."""

    period: str
    terms: Terms
    published: date


def series_of(indicator: str) -> Iterator[Row]:
    """Every row of one indicator that agencies owe: its months and the day, agency by agency."""
    for agency in (*PROVINCES, *MINISTRIES):
        for given in rows_of(indicator, agency):
            yield row(indicator, agency, given.period, given.terms, given.published)


def rows_of(indicator: str, agency: str) -> Iterator[Given]:
    """What one agency gives of one indicator, in order of time."""
    missing = _MISSING[indicator].get(agency, ())
    for index in range(len(_GROWTH)):
        month = add_months(_FIRST_MONTH, index)
        period = f"{month:%Y-%m}"
        if index == _AS_AT_INDEX and AS_AT not in missing and not _told(indicator, agency):
            delay = 0 if indicator == "DVC01" else 1
            yield Given(AS_AT, _terms_as_at(indicator, agency), _AS_AT_DAY + timedelta(delay))
        if period not in missing:
            published = add_months(month, 1) + timedelta(6 + _LATE.get(agency, 0))
            yield Given(period, _terms(indicator, agency, index), published)


def _told(indicator: str, agency: str) -> bool:
    return indicator == "DVC01" and agency in TOLD_BY_ARTICLE


def row(indicator: str, agency: str, period: str, terms: Terms, published: date) -> Row:
    """A row of the input format: a simulated share by its terms."""
    numerator, denominator = terms
    counts = (str(numerator), str(denominator))
    return (indicator, agency, period, "", "%", "SIM", *counts, "simulated", "sourced", published.isoformat())


def months() -> list[date]:
    """The first day of each month of the series."""
    return [add_months(_FIRST_MONTH, index) for index in range(len(_GROWTH))]


def level_4_terms(agency: str, index: int) -> Terms:
    """Services at level 4 and at all levels of one agency, at the end of the month of that place."""
    return _services(agency, index)


def online_terms(agency: str, index: int) -> Terms:
    """Dossiers received online and in all of one agency in the month of that place."""
    return _terms("DVC07", agency, index)


def platforms() -> Iterator[Row]:
    """How many agencies have a platform to share data, as the nation tells it."""
    owing = len(PROVINCES) + len(MINISTRIES)
    for period, published, count in _PLATFORMS:
        yield row("DL01", "VN", period, (count, owing), date.fromisoformat(published))


def _terms_as_at(indicator: str, agency: str) -> Terms:
    """Numerator and denominator on 12/02/2020."""
    if indicator == "DVC01":
        return _standing(agency)
    curve = _CURVES[indicator]
    denominator = _volume(curve, agency)
    return _part(denominator, _level(curve, agency)), denominator


def _terms(indicator: str, agency: str, index: int) -> Terms:
    """Numerator and denominator at the end of a month."""
    if indicator == "DVC01":
        return _services(agency, index)
    curve = _CURVES[indicator]
    key = f"{indicator}/{agency}/{index}"
    level = _level(curve, agency)
    room = min(level, 10_000 - level)
    grown = _GROWTH[index] - 1000
    # Growth runs from -500 to +1020 thousandths of the level, and reaches each end of the curve exactly there.
    moved = room * curve.before * grown // 50_000 if grown < 0 else room * curve.after * grown // 102_000
    share = min(max(level + moved + drawn(f"{key}/share", -35, 35), 60), 9_990)
    denominator = _volume(curve, agency) * drawn(f"{key}/volume", 900, 1100) // 1000
    return _part(denominator, share), denominator


def _services(agency: str, index: int) -> Terms:
    """Services at level 4 of services at all levels: both grow, the former with a pace of the agency's own."""
    level_4, services = _standing(agency)
    pace = 20 if agency in TOLD_BY_ARTICLE else drawn(f"DVC01/{agency}/pace", 75, 125)
    grown = 1000 + (_GROWTH[index] - 1000) * pace // 100 + drawn(f"DVC01/{agency}/{index}", -10, 10)
    catalogue = services * (1000 + 3 * (index - _AS_AT_INDEX)) // 1000
    return max(1, (level_4 * grown * catalogue + 500 * services) // (1000 * services)), catalogue


def _standing(agency: str) -> Terms:
    return PROVINCES[agency] if agency in PROVINCES else MINISTRIES[agency]


def _level(curve: Curve, agency: str) -> int:
    """Hundredths of a per cent on 12/02/2020; the sum of two draws, so that most lie about the middle."""
    draws = (drawn(f"{curve.indicator}/{agency}/{turn}", 0, curve.spread) for turn in (1, 2))
    return curve.level - curve.spread + sum(draws)


def _volume(curve: Curve, agency: str) -> int:
    # Dossiers are the same dossiers whichever of their shares is asked for, so the draw leaves out the indicator.
    return drawn(f"volume/{agency}", *curve.volume)


def _part(denominator: int, share: int) -> int:
    """So many hundredths of a per cent of the denominator, rounded half up."""
    return (denominator * share + 5_000) // 10_000


def drawn(key: str, low: int, high: int) -> int:
    """A whole number from low to high that depends on the key alone."""
    drawn = int.from_bytes(blake2s(key.encode(), digest_size=8).digest(), "big")
    return low + drawn % (high - low + 1)
