"""The usage of the demonstration: what each service received and resolved on each working day, a file a month.

Dossiers of an agency in a month, and how many of them came online, are those of DVC07; a few agencies report a larger
share than their services add up to: what a cross-check is for. Counts come from a hash of agency, procedure and day,
the same at each run.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from data.sample.procedures import known
from data.sample.series import drawn, months, online_terms
from data.sample.services import MANY, OF_PROVINCE, Service, services

#: The last day that is simulated, and the first where one year is: twelve whole months and a part of one.
LAST_DAY, FIRST_MONTH = date(2020, 2, 12), date(2019, 2, 1)
#: Rows are multiplied by years first, as far as the catalogue goes back, then by how often a procedure is used.
MOST_YEARS = 5
#: Agencies whose services add up to less than they report, in hundredths of the online share reported.
_LESS_ONLINE = {"19": 80, "31": 88, "56": 75, "82": 78, "BGTVT": 70}
#: Weeks without a working day: Tết.
_CLOSED = ((date(2019, 2, 4), date(2019, 2, 8)), (date(2020, 1, 23), date(2020, 1, 29)))
#: Of the procedures that are not used daily, so many of a hundred weekly, and so many monthly.
_WEEKLY, _MONTHLY = 18, 14
#: So many of a ministry's procedures are used daily.
_DAILY_OF_MINISTRY = 6
_DAYS_OF_MONTH = 21
_MILLION = 1_000_000
Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


@dataclass
class _Offices:
    """Every service that is used, as arrays: `open` is what stood open at the end of the day before."""

    used: list[Service]
    seed: Ints
    #: On one of how many working days there is anything.
    every: Ints
    weight: Floats
    agency: Ints
    open: Ints
    late: Floats


def write_usage(folder: Path, scale: int = 1, *, evenly: bool = False) -> list[Path]:
    """Write the facts as `usage_YYYY-MM.parquet`, about a million rows for each unit of `scale`.

    Above 1, or `evenly`, of the same many procedures at every scale, all of them used as often as makes the rows: so
    a page asks for as many sums at a hundred million rows as at one.
    """
    years = min(scale, MOST_YEARS)
    first = date(FIRST_MONTH.year - years + 1, FIRST_MONTH.month, 1)
    days = [first + timedelta(n) for n in range((LAST_DAY - first).days + 1)]
    working = [day for day in days if _works(day)]
    many = evenly or scale > 1
    found = services(MANY if many else OF_PROVINCE)
    offices = _offices(found, max(1, round(len(found) * len(working) / (scale * _MILLION))) if many else None)
    written: list[Path] = []
    for month in sorted({day.replace(day=1) for day in working}):
        path = folder / f"usage_{month:%Y-%m}.parquet"
        parts = [_of_day(offices, day, at) for at, day in enumerate(working) if day.replace(day=1) == month]
        order = [(name, "ascending") for name in ("agency_code", "date", "procedure_code")]
        parquet.write_table(pa.concat_tables(parts).sort_by(order), path)
        written.append(path)
    return written


def _works(day: date) -> bool:
    return day.weekday() < 5 and not any(begins <= day <= ends for begins, ends in _CLOSED)


def _offices(found: list[Service], even: int | None) -> _Offices:
    """Who receives dossiers of what, and how often: each on one of `even` working days, where that is given."""
    paces = [(each, even or _pace(each)) for each in found]
    used, every = [each for each, pace in paces if pace], [pace for _, pace in paces if pace]
    names = {name: number for number, name in enumerate(dict.fromkeys(each.agency for each in used))}
    weights = [
        drawn(f"weight/{each.agency}/{each.procedure.code}", 20, 100) / pace**0.3
        for each, pace in zip(used, every, strict=True)
    ]
    count = len(used)
    return _Offices(
        used,
        np.array([drawn(f"seed/{each.agency}/{each.procedure.code}", 0, 2**62) for each in used]),
        np.array(every),
        np.array(weights),
        np.array([names[each.agency] for each in used]),
        np.zeros(count, dtype=np.int64),
        np.array([drawn(f"late/{each.agency}", 10, 60) / 1000 for each in used]),
    )


def _pace(service: Service) -> int:
    """On one of how many working days there is anything of a service; 0 where there never is."""
    of_ministry = not service.agency[0].isdigit()
    if service.procedure.rank <= (_DAILY_OF_MINISTRY if of_ministry else len(known())):
        return 1
    turn = drawn(f"pace/{service.agency}/{service.procedure.code}", 1, 100)
    return 5 if turn <= _WEEKLY else _DAYS_OF_MONTH if turn <= _WEEKLY + _MONTHLY else 0


def _of_day(offices: _Offices, day: date, number: int) -> pa.Table:
    """The facts of one working day, the one of this number; what stands open is carried on."""
    turn = day.toordinal()
    here = (offices.seed + number) % offices.every == 0
    levels = np.array([each.level_on(day) for each in offices.used])
    expected, online_share = _expected(offices, day, levels)
    received = _rounded(expected * (0.5 + _drawn(offices.seed, turn, 1)), offices.seed, turn, 2)
    online = np.minimum(_rounded(received * online_share, offices.seed, turn, 3), received)
    standing = offices.open + np.where(here, received, 0)
    finished = _rounded(standing * np.where(offices.every == 1, 0.45, 0.8), offices.seed, turn, 4)
    resolved = np.where(here, np.minimum(finished, standing), 0)
    late = np.minimum(_rounded(resolved * offices.late, offices.seed, turn, 5), resolved)
    offices.open = standing - resolved
    pending_late = np.minimum(_rounded(offices.open * offices.late, offices.seed, turn, 6), offices.open)
    rated = np.minimum(_rounded(resolved * 0.2, offices.seed, turn, 7), resolved)
    satisfied = np.minimum(_rounded(rated * 0.9, offices.seed, turn, 8), rated)
    at = np.flatnonzero(here)
    chosen = [offices.used[place] for place in at]
    cells = {
        "received_online": online, "received_other": received - online, "resolved_on_time": resolved - late,
        "resolved_late": late, "pending": offices.open, "pending_late": pending_late, "satisfied": satisfied,
        "rated": rated,
    }  # fmt: skip
    return pa.table(
        {
            "date": pa.array([day] * len(at), pa.date32()),
            "agency_code": pa.array([each.agency for each in chosen]),
            "procedure_code": pa.array([each.procedure.code for each in chosen]),
            "level": pa.array(levels[at], pa.int8()),
            **{name: pa.array(counts[at], pa.int32()) for name, counts in cells.items()},
            "status": pa.array(["simulated"] * len(at)),
        }
    )


def _expected(offices: _Offices, day: date, levels: Ints) -> tuple[Floats, Floats]:
    """Dossiers that each service may expect on its day, and the share of them online: only from level 3 on."""
    index = min(max((day.year - 2019) * 12 + day.month - 3, 0), len(months()) - 1)
    count = int(offices.agency.max()) + 1
    first = [int(np.argmax(offices.agency == number)) for number in range(count)]
    terms = [(each.agency, *online_terms(each.agency, index)) for each in (offices.used[place] for place in first)]
    dossiers = np.array([all_of_them for _, _, all_of_them in terms])
    share = np.array(
        [online / all_of_them * _LESS_ONLINE.get(agency, 100) / 100 for agency, online, all_of_them in terms]
    )
    frequency = offices.weight / offices.every
    whole = np.bincount(offices.agency, frequency, count)
    able = np.bincount(offices.agency, frequency * (levels >= 3), count)
    online_share = np.minimum(0.92, share * whole / np.maximum(able, 1e-9))
    per_day = dossiers / _DAYS_OF_MONTH / whole
    return per_day[offices.agency] * offices.weight, np.where(levels >= 3, online_share[offices.agency], 0.0)


def _rounded(expected: NDArray[Any], seed: Ints, turn: int, what: int) -> Ints:
    """Whole numbers that are right on average."""
    whole: Ints = np.floor(expected + _drawn(seed, turn, what)).astype(np.int64)
    return whole


def _drawn(seed: Ints, turn: int, what: int) -> Floats:
    """Numbers from 0 to 1 that depend on the seed, the day and the purpose alone (splitmix64)."""
    with np.errstate(over="ignore"):
        mixed = seed.astype(np.uint64) + np.uint64(turn * 16 + what) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    drawn_numbers: Floats = (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)
    return drawn_numbers
