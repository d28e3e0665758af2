"""Simulated report regimes and what arrived of them, from 2019 to August 2020, each row marked simulated.

The sources count 200 regimes and name none: names are placeholders, whether one is digitised is told of none. Owners,
cycles and receipts come from a hash of names, the same bytes at each run. Most monthly regimes begin in 2020, so that
the history is thin; all of them end on the last day that is simulated, since silence after it would mean nothing.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2s
from pathlib import Path

from data.periods import Period, civil_period
from data.report_facts import Regime
from data.sample.standing import MINISTRIES, PROVINCES
from data.sources.kinds import RECEIPTS, REGIMES

#: The last day of the simulation.
LAST_DAY = date(2020, 8, 31)
#: How many regimes of each cycle: all provinces, all ministries, a few agencies each; and since when they are owed.
_CYCLES = (
    ("month", (8, 10, 42), date(2019, 12, 15)),
    ("quarter", (8, 6, 42), date(2019, 7, 1)),
    ("half", (4, 4, 20), date(2019, 1, 1)),
    ("year", (6, 6, 44), date(2019, 1, 1)),
)
#: The first monthly regimes are owed from here on.
_EARLY, _EARLY_COUNT = date(2019, 1, 1), 4
#: Days between the cut-off and the due day, in turn.
_GRACES = (0, 2, 4, 6)
_FEW = (3, 8)
#: In ten thousand reports: never sent, refused and not sent again, refused and sent again late, late.
_NEVER, _REFUSED, _MENDED, _LATE = 110, 30, 40, 320
_FIRST_MINUTE, _MINUTES = 7 * 60 + 20, 560


@dataclass(frozen=True)
class Simulated:
    """A simulated regime and the codes of those who owe it."""

    regime: Regime
    owing: tuple[str, ...]


@dataclass(frozen=True)
class Unsent:
    """A report that nobody ever sent: regime, agency, period, and the last day on which it was in time."""

    regime: str
    agency: str
    period: str
    due: date


def unsent() -> Iterator[Unsent]:
    """The simulated reports of which nothing ever arrives, regime by regime."""
    for each in simulated_regimes():
        for period in _periods(each.regime):
            for agency in each.owing:
                if next(_deliveries(each.regime, agency, period), None) is None:
                    yield Unsent(each.regime.code, agency, period.text, each.regime.due(period))


def write_reports(folder: Path) -> list[Path]:
    """Write the regimes and their receipts as two input files, `regimes.csv` and `receipts.csv`, in this order."""
    found = list(simulated_regimes())
    rows = {"regimes": map(_regime_row, found), "receipts": _receipts(found)}
    written = []
    for kind in (REGIMES, RECEIPTS):
        path = folder / f"{kind.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, [*kind.required, *kind.optional], restval="", lineterminator="\n")
            table.writeheader()
            table.writerows(rows[kind.name])
        written.append(path)
    return written


def simulated_regimes() -> Iterator[Simulated]:
    """The 200 regimes, by cycle; their codes are MP001 to MP200."""
    number = 0
    for cycle, counts, begins in _CYCLES:
        owners = [owners for owners, count in zip(("provinces", "ministries", "few"), counts, strict=True)
                  for _ in range(count)]  # fmt: skip
        for at, owner in enumerate(owners):
            number += 1
            since = _EARLY if cycle == "month" and at % 8 == 0 and at // 8 < _EARLY_COUNT else begins
            yield _simulated(number, cycle, owner, since)


def _simulated(number: int, cycle: str, owner: str, since: date) -> Simulated:
    code = f"MP{number:03}"
    groups = {"provinces": tuple(PROVINCES), "ministries": tuple(MINISTRIES)}
    owing = groups.get(owner) or _few(code)
    regime = Regime(
        code=code,
        name_vi=f"Chế độ báo cáo mô phỏng {number:03}",
        name_en=f"Simulated report regime {number:03}",
        periodicity=cycle,
        owners=(owner,) if owner in groups else owing,
        document="",
        cutoff_day=14,
        grace_days=_GRACES[number % len(_GRACES)],
        digitised=None,
        indicators=(),
        status="simulated",
        valid_from=since,
        valid_to=LAST_DAY,
        source="SIM",
        source_ref="",
    )
    return Simulated(regime, owing)


def _few(code: str) -> tuple[str, ...]:
    everybody = (*MINISTRIES, *PROVINCES)
    drawn = {_between(f"{code}/owner/{turn}", 0, len(everybody) - 1) for turn in range(_between(code, *_FEW))}
    return tuple(everybody[at] for at in sorted(drawn))


def _regime_row(each: Simulated) -> dict[str, object]:
    regime = each.regime
    names = ("code", "name_vi", "name_en", "periodicity", "cutoff_day", "grace_days", "status", "source")
    days = {"valid_from": regime.valid_from, "valid_to": regime.valid_to}
    return {name: getattr(regime, name) for name in names} | {"owners": ";".join(regime.owners)} | days


def _receipts(found: list[Simulated]) -> Iterator[dict[str, object]]:
    for each in found:
        for period in _periods(each.regime):
            for agency in each.owing:
                yield from _deliveries(each.regime, agency, period)


def _periods(regime: Regime) -> Iterator[Period]:
    """The periods of a regime whose days lie in the simulation, the earliest first."""
    back = [regime.days_of(civil_period(regime.periodicity, LAST_DAY, at)) for at in range(24)]
    return (days for days in reversed(back) if regime.in_force(days.end))


def _deliveries(regime: Regime, agency: str, period: Period) -> Iterator[dict[str, object]]:
    """What one agency sent of one report: usually one receipt, sometimes none, sometimes a refused one before."""
    key = f"{regime.code}/{agency}/{period.text}"
    fate, due = _between(key, 0, 9_999), regime.due(period)
    late = due + timedelta(days=_between(f"{key}/late", 1, 28))
    room = max(2, regime.grace_days)
    in_time = due - timedelta(days=max(0, _between(f"{key}/early", -1, room)))
    if fate < _NEVER:
        return
    if fate < _NEVER + _REFUSED + _MENDED:
        yield _receipt(key, in_time, "rejected")
        if fate < _NEVER + _REFUSED:
            return
        sent = late
    else:
        sent = late if fate < _NEVER + _REFUSED + _MENDED + _LATE else in_time
    if sent <= LAST_DAY:
        yield _receipt(key, sent, "received")


def _receipt(key: str, on: date, result: str) -> dict[str, object]:
    regime, agency, period = key.split("/")
    # The sum of two draws, so that most come in the middle of the morning and of the afternoon.
    minute = sum(_between(f"{key}/{result}/{turn}", 0, _MINUTES // 2) for turn in (1, 2))
    hour, minute = divmod(_FIRST_MINUTE + minute, 60)
    return {
        "regime_code": regime,
        "agency_code": agency,
        "period": period,
        "received_at": f"{on}T{hour:02}:{minute:02}",
        "result": result,
        "status": "simulated",
        "source": "SIM",
        "published": on.isoformat(),
    }


def _between(key: str, low: int, high: int) -> int:
    """A whole number from low to high that depends on the key alone."""
    drawn = int.from_bytes(blake2s(key.encode(), digest_size=8).digest(), "big")
    return low + drawn % (high - low + 1)
