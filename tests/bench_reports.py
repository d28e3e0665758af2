"""The reports at their full size: 200 regimes, 85 agencies and 24 months, beside the overview of the same store."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from access.viewer import ANYBODY
from callbacks.router import answer
from data.clock import VIETNAM
from data.periods import civil_period, cut_off
from data.report_tables import RECEIPT, REGIME, REPORT
from data.sample.standing import MINISTRIES, PROVINCES
from data.store import Store
from settings import Settings

REGIMES, MONTHS = 200, 24
LAST = date(2020, 8, 20)
#: Of a hundred reports, those that come late, that are refused, and that never come.
_LATE, _REFUSED, _NEVER = 3, 1, 1


def fill(store: Store) -> int:
    """Put made-up reports into a store that holds the demonstration, past the ingest; how many are expected."""
    agencies = (*MINISTRIES, *PROVINCES)
    with store.writing() as connection:
        first = connection.execute(sa.select(sa.func.max(REGIME.c.id))).scalar_one()
        connection.execute(REGIME.insert(), list(_regimes(first)))
        number = connection.execute(sa.select(sa.func.max(RECEIPT.c.id))).scalar_one()
        for back in range(MONTHS):
            rows = list(_month(back, agencies, number))
            number += len(rows)
            connection.execute(RECEIPT.insert(), [receipt for receipt, _ in rows])
            connection.execute(REPORT.insert(), [report for _, report in rows])
    if not store.embedded:
        with store.writing() as connection:
            connection.execute(sa.text("ANALYZE"))
    return REGIMES * len(agencies) * MONTHS


def asking(store: Store, settings: Settings, path: str) -> Any:
    """A call that answers for a page of which nothing is kept."""

    def ask() -> str:
        store.memory.__init__(3)  # type: ignore[misc]  # emptied in its place, as by a delivery: others hold it
        store.screens.__init__(48)  # type: ignore[misc]  # the same of the screens
        return answer({"path": path, "search": f"?at={LAST}", "number": 1, "shown": {}}, store, settings, ANYBODY)

    return ask


def _regimes(first: int) -> Iterator[dict[str, Any]]:
    for number in range(REGIMES):
        yield {
            "id": first + number + 1,
            "code": f"B{number:03}",
            "revision": 1,
            "name_vi": f"Chế độ {number:03}",
            "name_en": f"Regime {number:03}",
            "periodicity": "month",
            "owners": "ALL",
            "cutoff_day": 14,
            "grace_days": 4,
            "status": "simulated",
            "submission_id": 1,
            "recorded_at": datetime.now(UTC),
        }


def _month(back: int, agencies: Sequence[str], first: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    days = cut_off(civil_period("month", LAST, back), 14)
    due, number = days.end + timedelta(days=4), first
    for regime in range(REGIMES):
        for at, agency in enumerate(agencies):
            fate = (regime * 31 + at * 17 + back * 7) % 100
            if fate < _NEVER:
                continue
            number += 1
            on = due + timedelta(days=2 if fate < _NEVER + _LATE else -(fate % 5))
            moment = datetime(on.year, on.month, on.day, 8 + fate % 9, (regime * 7 + at) % 60, tzinfo=VIETNAM)
            refused = fate == _NEVER + _LATE
            cell = {"period": days.text, "agency_code": agency, "regime_code": f"B{regime:03}", "due": due}
            receipt = cell | {
                "id": number,
                "received_at": moment,
                "revision": 1,
                "period_start": days.start,
                "period_end": days.end,
                "received_on": on,
                "result": "rejected" if refused else "received",
                "status": "simulated",
                "published": on,
                "submission_id": 1,
                "recorded_at": datetime.now(UTC),
            }
            taken, other = (None, moment) if refused else (moment, None)
            report: dict[str, Any] = {"taken_at": taken, "taken_on": None if refused else on, "refused_at": other}
            report |= {"refusals": int(refused), "simulated": True, "first_published": on, "settled": on}
            yield receipt, cell | report
