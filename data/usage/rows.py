"""What the texts of a usage file mean, and whether its rows can be: checked a part at a time, column by column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from data.delivery import Delivery
from data.periods import parse_day
from data.refusal import SHOWN, Problems
from data.register import Register, nearest
from data.sources.columns import read_number
from data.sources.services import LEVELS, STATUSES
from data.sources.usage import Part
from data.usage.catalogue import Catalogue, Numbers
from data.usage.days import day_of, number_of
from data.usage_tables import COUNTS, OPTIONAL

#: Stands for a count that is absent; no count is below zero.
ABSENT = -1
#: What a text means that cannot be read; it has been told.
_UNREADABLE = -2
_MOST = 2_147_483_647
#: So many combinations are looked up in a table; more are sorted.
_TABLE = 4_000_000
#: One agency, by its number, on one day.
Day = tuple[int, int]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Rows that passed every check. `days` are the distinct ones of agencies, `of_day` says for each row which of
    them is its own; `counts` has a column for each of COUNTS, ABSENT for what a row leaves out."""

    days: list[Day]
    of_day: Numbers
    agency: Numbers
    day: Numbers
    procedure: Numbers
    level: Numbers
    counts: dict[str, Numbers]
    simulated: Mask

    def __len__(self) -> int:
        return len(self.day)


@dataclass
class Reader:
    """Reads the parts of one file; troubles go to `problems`."""

    register: Register
    catalogue: Catalogue
    delivery: Delivery
    problems: Problems
    _meant: dict[str, dict[str, int]] = field(default_factory=dict)
    _whose: dict[tuple[str, int], int] = field(default_factory=dict)

    def read(self, part: Part) -> Rows | None:
        """The rows of a part as numbers; None where any of them is wrong."""
        before = self.problems.total
        today = number_of(self.delivery.machine_today)
        day = self._numbers(part, "date", _day, lambda _: ("E_PERIOD", "not_a_day", {}))
        level = self._numbers(part, "level", _level, lambda _: ("E_RANGE", "level", {}))
        procedure = self._numbers(part, "procedure_code", self.catalogue.procedures.get, self._unknown)
        counts = {name: self._numbers(part, name, _count, _wrong_count, absent=name in OPTIONAL) for name in COUNTS}
        days, of_day = self._days(part)
        agency = np.array([each for each, _ in days], dtype=np.int64)[of_day]
        simulated = self._simulated(part)
        self._note(part, "date", day > today, "E_PERIOD_FUTURE", "day")
        self._refuse_sums(part, counts)
        if self.problems.total == before:
            self._refuse_uncatalogued(part, (agency, procedure, day), level)
        if self.problems.total > before:
            return None
        return Rows(days, of_day, agency, day, procedure, level, counts, simulated)

    def _numbers(
        self,
        part: Part,
        column: str,
        read: Callable[[str], int | None],
        wrong: Callable[[str], tuple[str, str, Mapping[str, str]]],
        *,
        absent: bool = False,
    ) -> Numbers:
        """The cells of a column as numbers; `wrong` says the code and rule of one that cannot be read, and hints."""
        cells, meant = part.cells[column], self._meant.setdefault(column, {})
        for text in cells.texts:
            if text not in meant:
                found = (ABSENT if absent else None) if not text else read(text)
                meant[text] = _UNREADABLE if found is None else found
        meanings = np.array([meant[text] for text in cells.texts], dtype=np.int64)
        numbers: Numbers = meanings[cells.at]
        for place in np.flatnonzero(meanings == _UNREADABLE).tolist():
            text, where = cells.texts[place], cells.at == place
            if self._counted_only(where):
                continue
            code, rule, hints = wrong(text) if text else ("E_MISSING", "cell", {})
            self._note(part, column, where, code, rule, **hints)
        return numbers

    def _days(self, part: Part) -> tuple[list[Day], Numbers]:
        """Whom each row's code means on its day: the distinct pairs, and for each row the place of its own."""
        agencies, dates = part.cells["agency_code"], part.cells["date"]
        both = agencies.at.astype(np.int64) * len(dates.texts) + dates.at
        found: dict[Day, int] = {}
        distinct, at = _distinct(both, len(agencies.texts) * len(dates.texts))
        places = np.zeros(len(distinct), dtype=np.int64)
        for place, each in enumerate(distinct.tolist()):
            code = agencies.texts[each // len(dates.texts)]
            when = self._meant["date"][dates.texts[each % len(dates.texts)]]
            agency = self._agency(part, code, when, partial(np.equal, at, place))
            places[place] = found.setdefault((agency, when), len(found))
        return list(found), places[at]

    def _agency(self, part: Part, code: str, when: int, rows: Callable[[], Mask]) -> int:
        """The number of whom a code means on a day, remembered once it is known."""
        if (code, when) in self._whose:
            return self._whose[code, when]
        agency = self.register.agency(code, day_of(when)) if when > 0 else None
        number = None if agency is None else self.catalogue.agencies.get((code, agency.valid_from or date.min))
        if number is None and when > 0 and self._counted_only(rows()):
            pass
        elif not code:
            self._note(part, "agency_code", rows(), "E_MISSING", "cell")
        elif when <= 0:
            pass  # which day it is could not be read, and that was told
        elif agency is None:
            rule = "agency_then" if self.register.knows_agency(code) else "agency"
            hints = {"nearest": self.register.nearest_agency(code), "day": str(day_of(when))}
            self._note(part, "agency_code", rows(), "E_CODE", rule, **hints)
        elif not self.delivery.scope.covers(code):
            self._note(part, "agency_code", rows(), "E_SCOPE", "agency")
        elif number is None:
            self._note(part, "agency_code", rows(), "E_CODE", "no_services")
        else:
            self._whose[code, when] = number
            return number
        return _UNREADABLE

    def _simulated(self, part: Part) -> Mask:
        known = {"": 0} | {word: number for number, word in enumerate(STATUSES)}
        listed = {"allowed": ", ".join(STATUSES)}
        status = self._numbers(part, "status", known.get, lambda _: ("E_CODE", "word", listed), absent=True)
        simulated: Mask = status == known["simulated"]
        if not self.delivery.demo:
            self._note(part, "status", simulated, "E_CODE", "simulated_off")
        return simulated

    def _refuse_sums(self, part: Part, counts: Mapping[str, Numbers]) -> None:
        """Refuse more rated than resolved, more satisfied than rated, more late than open."""
        resolved = counts["resolved_on_time"] + counts["resolved_late"]
        for less, rule, limit in (
            ("rated", "more_than_resolved", resolved),
            ("satisfied", "more_than_rated", counts["rated"]),
            ("pending_late", "more_than_pending", counts["pending"]),
        ):
            over = (counts[less] >= 0) & (counts[less] > limit)
            if over.any():
                most = str(int(np.maximum(limit, 0)[np.argmax(over)]))
                self._note(part, less, over, "E_INCONSISTENT", rule, most=most)

    def _refuse_uncatalogued(self, part: Part, where: tuple[Numbers, Numbers, Numbers], level: Numbers) -> None:
        """Refuse services that the catalogue does not have on that day, or has at another level."""
        offered = self.catalogue.levels_on(*where)
        self._note(part, "procedure_code", offered == 0, "E_INCONSISTENT", "not_offered")
        other = (offered != 0) & (offered != level)
        for wanted in np.unique(offered[other]):
            wrong = other & (offered == wanted)
            self._note(part, "level", wrong, "E_INCONSISTENT", "other_level", wanted=str(wanted))

    def _note(self, part: Part, column: str, where: Mask, code: str, rule: str, **hints: str) -> None:
        """Tell one trouble of many rows: the first ones each, all of them counted."""
        count = int(np.count_nonzero(where))
        if not count:
            return
        shown = np.flatnonzero(where)[: max(0, SHOWN - len(self.problems.found))]
        cells = part.cells[column]
        for row in shown:
            value = cells.texts[cells.at[row]]
            self.problems.add(code, rule, line=part.first_line + int(row), column=column, value=value, **hints)
        self.problems.total += count - len(shown)

    def _counted_only(self, where: Mask) -> bool:
        """Whether as many troubles are told as there is room for: these are counted, and no hint is looked for."""
        if len(self.problems.found) < SHOWN:
            return False
        self.problems.total += int(np.count_nonzero(where))
        return True

    def _unknown(self, text: str) -> tuple[str, str, Mapping[str, str]]:
        return "E_CODE", "procedure", {"nearest": nearest(text, tuple(self.catalogue.procedures)) or "—"}


def _distinct(numbers: Numbers, most: int) -> tuple[Numbers, Numbers]:
    """The distinct numbers below `most` in order, and for each number the place of its own among them."""
    if most > _TABLE:
        return np.unique(numbers, return_inverse=True)
    there = np.zeros(most, dtype=bool)
    there[numbers] = True
    distinct = np.flatnonzero(there)
    places = np.zeros(most, dtype=np.int64)
    places[distinct] = np.arange(len(distinct))
    return distinct, places[numbers]


def _day(text: str) -> int | None:
    day = parse_day(text)
    return number_of(day) if day else None


def _level(text: str) -> int | None:
    return int(text) if text in LEVELS else None


def _count(text: str) -> int | None:
    """A whole number that is not negative."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return None
    return int(text) if int(text) <= _MOST else None


def _wrong_count(text: str) -> tuple[str, str, Mapping[str, str]]:
    """Why a text is no count: a fraction may be thousands, what is negative or beyond all bounds is out of range."""
    number = read_number(text)
    if number is None:
        return "E_NUMBER", "not_a_number", {"mended": "120"}
    if number != int(number) or "." in text:
        return "E_AMBIGUOUS_NUMBER", "counted", {}
    return "E_RANGE", "natural", {"low": "0", "high": str(_MOST)}
