"""The catalogue of the demonstration: who offers what at which level, in step with the simulated level-4 shares.

On every month's end the share of level 4 in the catalogue is that of DVC01 as nearly as so many services can have it,
but for a few agencies, whose catalogue says less than they report: what a cross-check is for.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.sample.procedures import Procedure, of_ministry, procedures
from data.sample.series import drawn, level_4_terms, months
from data.sample.standing import MINISTRIES, PROVINCES
from data.sources.kinds import SERVICES

#: Services of a province and of a ministry; and of a province where there are many million rows of usage.
OF_PROVINCE, OF_MINISTRY, MANY = 360, 60, 1_200
#: A file may be of 10 MiB at most.
_IN_A_FILE = 40_000
#: When every service is offered from; those that come to level 4 later do so on the first of a month.
FIRST_DAY = date(2014, 1, 1)
#: Agencies whose catalogue holds fewer services of level 4 than they report, in hundredths of those reported.
_FEWER = {"19": 85, "24": 90, "30": 88, "BCT": 80}
#: Of a hundred services that never reach level 4, so many stand at level 3.
_LEVEL_3 = 40


@dataclass(frozen=True)
class Service:
    """One procedure at one agency: its level from the first day on, and the day from which it is at level 4, None
    where it never is."""

    procedure: Procedure
    agency: str
    level: int
    risen: date | None

    def level_on(self, day: date) -> int:
        """Its level on a day."""
        return 4 if self.risen is not None and self.risen <= day else self.level


def services(of_province: int = OF_PROVINCE) -> list[Service]:
    """Every service, agency by agency; so many procedures at each province."""
    offered = procedures(of_province)
    found: list[Service] = []
    for agency in PROVINCES:
        found += _of_agency(agency, offered)
    for agency in MINISTRIES:
        found += _of_agency(agency, of_ministry(agency, OF_MINISTRY))
    return found


def _of_agency(agency: str, offered: list[Procedure]) -> Iterator[Service]:
    # Well-known procedures come to level 4 a little earlier than others.
    order = sorted(offered, key=lambda each: drawn(f"level4/{agency}/{each.code}", 0, 999) + 2 * min(each.rank, 120))
    rises = list(_rises(agency, len(offered)))
    for place, procedure in enumerate(order):
        low = drawn(f"level/{agency}/{procedure.code}", 1, 100)
        risen = rises[place] if place < len(rises) else None
        yield Service(procedure, agency, 3 if low <= _LEVEL_3 or risen is not None else 2, risen)


def _rises(agency: str, offered: int) -> Iterator[date]:
    """On which day each service comes to level 4, the earliest first."""
    reached = 0
    for index, month in enumerate(months()):
        level_4, all_levels = level_4_terms(agency, index)
        count = (level_4 * offered * _FEWER.get(agency, 100) + 50 * all_levels) // (100 * all_levels)
        for _ in range(reached, count):
            yield FIRST_DAY if index == 0 else month
        reached = max(reached, count)


def write_services(folder: Path, of_province: int = OF_PROVINCE) -> list[Path]:
    """Write the catalogue as input files, one for each forty thousand services; the same bytes at each run."""
    found = services(of_province)
    parts = [found[at : at + _IN_A_FILE] for at in range(0, len(found), _IN_A_FILE)]
    paths = [folder / f"services_{number}.csv" for number in range(1, len(parts) + 1)]
    for path, part in zip(paths, parts, strict=True):
        _write(path, part)
    return paths


def _write(path: Path, found: list[Service]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*SERVICES.required, *SERVICES.optional], restval="", lineterminator="\n")
        table.writeheader()
        for each in found:
            row = {
                "procedure_code": each.procedure.code,
                "name": each.procedure.name,
                "group": each.procedure.group,
                "owner_code": each.procedure.owner,
                "agency_code": each.agency,
                "status": "simulated",
            }
            if each.risen != FIRST_DAY:
                table.writerow(row | {"level": each.level, "valid_from": FIRST_DAY.isoformat()})
            if each.risen is not None:
                table.writerow(row | {"level": 4, "valid_from": each.risen.isoformat()})
