"""Moments as input files write them."""

import re
from datetime import UTC, datetime

from data.clock import VIETNAM
from data.periods import parse_day

_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])")
_WITH_OFFSET = re.compile(_MOMENT.pattern + r"(:[0-5][0-9])?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])")
#: Other years are slips, and no engine could tell of them in every zone.
_YEARS = range(1900, 9000)


def read_moment(text: str) -> datetime | None:
    """`2020-08-14T16:30` at UTC+7 as a moment in UTC; None for anything else."""
    found = _MOMENT.fullmatch(text)
    day = parse_day(found[1]) if found else None
    if found is None or day is None or day.year < 2:
        return None
    local = datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=VIETNAM)
    return local.astimezone(UTC)


def read_embargo(text: str) -> datetime | None:
    """`2020-08-14T16:30` at UTC+7, or with an offset such as `2020-08-14T09:30:00Z`, as a moment in UTC; None for
    anything else."""
    found = _WITH_OFFSET.fullmatch(text)
    if found is None:
        moment = read_moment(text)
    else:
        moment = datetime.fromisoformat(text).astimezone(UTC) if _possible(found[1]) else None
    return moment if moment is not None and moment.year in _YEARS else None


def _possible(text: str) -> bool:
    day = parse_day(text)
    return day is not None and day.year in _YEARS
