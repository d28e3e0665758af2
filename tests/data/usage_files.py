"""Small files of services and usage, and what a store should hold after them, added up by hand in Python."""

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from data.store import Store
from data.usage_tables import (
    BY_AGENCY,
    BY_GROUP,
    BY_PROCEDURE,
    COUNTS,
    PROCEDURE,
    SERVICE_GROUP,
    STOCKS,
    USAGE,
    USAGE_AGENCY,
    USAGE_MONTH,
)
from tests.deliveries import Row, deliver, said, written

#: Everything is taken that simulates nothing, on a day on which all of these facts have come.
USUAL = said()
#: The counts of one row, in the order of COUNTS; None where a portal leaves one out.
Counts = tuple[int | None, ...]
#: (agency, day, procedure, level) of a fact.
Key = tuple[str, str, str, int]
Facts = dict[Key, Counts]


def service(**cells: str) -> Row:
    """A row of the catalogue: Ha Noi registers births at level 3 since 2018."""
    row = {"procedure_code": "P1", "name": "Đăng ký khai sinh", "group": "Hộ tịch", "owner_code": "BTP"}
    return row | {"agency_code": "01", "level": "3", "valid_from": "2018-01-01"} | cells


def used(**cells: str) -> Row:
    """A row of usage: what Ha Noi had of those on 6 January 2020."""
    row = {"date": "2020-01-06", "agency_code": "01", "procedure_code": "P1", "level": "3"}
    row |= {"received_online": "10", "received_other": "30", "resolved_on_time": "25", "resolved_late": "5"}
    return row | {"pending": "40", "pending_late": "4", "satisfied": "8", "rated": "9"} | cells


def deliver_services(store: Store, folder: Path, *rows: Row) -> None:
    """Deliver a catalogue."""
    deliver(store, folder, written(*rows), "services", USUAL)


def facts(store: Store) -> Facts:
    """What the store holds, under codes instead of numbers."""
    with store.reading() as snapshot:
        question = (
            sa.select(USAGE, USAGE_AGENCY.c.code, PROCEDURE.c.code.label("of"))
            .join(USAGE_AGENCY, USAGE_AGENCY.c.id == USAGE.c.agency)
            .join(PROCEDURE, PROCEDURE.c.id == USAGE.c.procedure)
        )
        return {
            (row.code, _dashed(row.day), row.of, row.level): tuple(getattr(row, name) for name in COUNTS)
            for row in snapshot.execute(question)
        }


def sums_of(store: Store) -> dict[str, dict[tuple[object, ...], Counts]]:
    """Every sum the store holds, by table."""
    with store.reading() as snapshot:
        agencies = {row.id: row.code for row in snapshot.execute(sa.select(USAGE_AGENCY))}
        procedures = {row.id: row.code for row in snapshot.execute(sa.select(PROCEDURE))}
        groups = {row.id: row.name for row in snapshot.execute(sa.select(SERVICE_GROUP))}
        told: dict[str, dict[tuple[object, ...], Counts]] = {}
        for table, name, names in (
            (BY_PROCEDURE, "procedure", procedures),
            (BY_GROUP, "group_id", groups),
            (BY_AGENCY, None, {}),
        ):
            rows = snapshot.execute(sa.select(table)).mappings()
            told[table.name] = {
                (row["month"], agencies[row["agency"]], *((names[row[name]],) if name else ()), row["level"]): tuple(
                    None if row[count] is None else int(row[count]) for count in COUNTS
                )
                for row in rows
            }
        told[USAGE_MONTH.name] = {
            (row.month, agencies[row.agency]): (row.days, row.last_day)
            for row in snapshot.execute(sa.select(USAGE_MONTH))
        }
        return told


def rebuilt(known: Facts, groups: dict[str, str]) -> dict[str, dict[tuple[object, ...], Counts]]:
    """Every sum of these facts, from nothing: what is open is that of the last day of each agency and month."""
    days: dict[tuple[int, str], set[int]] = {}
    for agency, day, _, _ in known:
        number = int(day.replace("-", ""))
        days.setdefault((number // 100, agency), set()).add(number)
    last = {key: max(numbers) for key, numbers in days.items()}
    told: dict[str, dict[tuple[object, ...], list[Counts]]] = {
        table.name: {} for table in (BY_PROCEDURE, BY_GROUP, BY_AGENCY)
    }
    for (agency, day, procedure, level), counts in known.items():
        number = int(day.replace("-", ""))
        month = number // 100
        newest = number == last[month, agency]
        row = tuple(
            count if newest or name not in STOCKS else None for name, count in zip(COUNTS, counts, strict=True)
        )
        for name, key in (
            (BY_PROCEDURE.name, (month, agency, procedure, level)),
            (BY_GROUP.name, (month, agency, groups[procedure], level)),
            (BY_AGENCY.name, (month, agency, level)),
        ):
            told[name].setdefault(key, []).append(row)
    summed: dict[str, dict[tuple[object, ...], Counts]] = {
        name: {key: tuple(map(_sum, zip(*rows, strict=True))) for key, rows in each.items()}
        for name, each in told.items()
    }
    summed[USAGE_MONTH.name] = {key: (len(days[key]), last[key]) for key in days}
    return summed


def _sum(counts: Iterable[int | None]) -> int | None:
    there = [count for count in counts if count is not None]
    return sum(there) if there else None


def _dashed(day: int) -> str:
    text = str(day)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
