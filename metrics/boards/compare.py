"""What the comparison says: pinned agencies side by side in every indicator, and in one of them in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from data.facts import Agency, Indicator
from data.peers import CITY, peers
from data.periods import Period
from data.scope import Scope
from data.store import Store
from geo.editions import act, edition_on
from metrics.asked import MOST_PINS, Asked
from metrics.boards.agencies import GROUPS, AgencyRow, AgencyTable
from metrics.boards.course import CoursePoint
from metrics.boards.groups import PROVINCES
from metrics.boards.known import Known, knowing
from metrics.boards.matched import Cell, Matched, matched
from metrics.boards.national import HEADLINE, difference_unit
from metrics.boards.own_figures import group_of
from metrics.boards.own_readings import readings_of_agency
from metrics.boards.pins import can_be_pinned, pinned
from metrics.boards.placed import Map, edition_of, placed
from metrics.boards.way import Way, way_of
from metrics.figure import Figure, derived, figure_of, mark_of
from metrics.values import Reading

#: So many are compared at least.
_LEAST = 2
#: What is proposed where nobody is pinned: the first and the last of the ranking, and the first of the cities.
STARTS = ENDS, LARGE, MINISTRIES = ("ends", "cities", "ministries")


@dataclass(frozen=True)
class Lead:
    """In how many of the comparable indicators an agency stands best alone."""

    agency: Agency
    count: Figure


@dataclass(frozen=True)
class PinnedSpread:
    """Where the pinned agencies of one group stand among all of it; `part` is None, since all of it is shown."""

    indicator: Indicator
    period: Period
    whole: AgencyTable
    table: AgencyTable
    part: None
    pins: tuple[Agency, ...]


@dataclass(frozen=True)
class PinnedCourse:
    """The figures of one agency, one a period in order of time. `broken` where earlier ones are left out since they
    are made up of other parts than its latest."""

    agency: Agency
    points: tuple[CoursePoint, ...]
    broken: bool


@dataclass(frozen=True)
class Closing:
    """What one agency lacks: `behind` is the distance to the best of those compared, None for the best itself and
    where they cannot be compared; `way` is that to its target."""

    cell: Cell
    behind: Figure | None
    way: Way


@dataclass(frozen=True)
class Starts:
    """Whom one could begin with, by the ranking of an indicator at a period: the agencies of each of STARTS that has
    any."""

    indicator: Indicator
    period: Period
    groups: tuple[tuple[str, tuple[Agency, ...]], ...]
    simulated: bool


@dataclass(frozen=True)
class CompareBoard:
    """The board of `/compare`, as known at the end of `at`. `pins` are those compared, in the order of their letters;
    `shown` is the edition of the map that decides which province a code means.

    `lines` has every indicator that any of them reported, those that can be compared first; `comparable` counts those
    of them in which one figure is better than another, `leads` who stands best alone in how many, the most first,
    `level` those in which nobody does. `chosen` is the line shown in full, None without one; `spreads`, `courses` and
    `closings` are of it. `starts` is None where two are pinned, `others` can be pinned besides; `outside` where
    the scope does not see the figures of two. `unknown` names what does not exist.
    """

    at: date
    shown: Map
    pins: tuple[Agency, ...]
    lines: tuple[Matched, ...]
    comparable: Figure
    leads: tuple[Lead, ...]
    level: Figure
    chosen: Matched | None
    periods: tuple[Period, ...]
    spreads: tuple[PinnedSpread, ...]
    courses: tuple[PinnedCourse, ...]
    closings: tuple[Closing, ...]
    starts: Starts | None
    others: tuple[Agency, ...]
    outside: bool
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def compare(store: Store, scope: Scope, asked: Asked) -> CompareBoard:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as plain:
        edition = edition_of(plain, asked, None)
        known = placed(plain, edition)
        pins, unknown = pinned(known, asked.pins)
        lines = known.once(("compared", pins), partial(_lines, known, pins))
        chosen, vain = _chosen(known, lines, asked)
        names = "+".join(agency.code for agency in pins)
        counted = [line for line in lines if line.comparable and line.has_side]
        alone = [line for line in counted if sum(cell.leads for cell in line.cells) == 1]
        leads = [
            Lead(agency, derived(f"leads/{names}/{agency.code}", sum(_leads(line, agency) for line in alone)))
            for agency in pins
        ]
        return CompareBoard(
            at=known.at,
            shown=Map(edition, edition_on(known.at), (), (), act()),
            pins=pins,
            lines=lines,
            comparable=derived(f"comparable/{names}", len(counted)),
            leads=tuple(sorted(leads, key=lambda lead: -lead.count.quantity.number)),
            level=derived(f"level/{names}", len(counted) - len(alone)),
            chosen=chosen,
            periods=known.periods(chosen.indicator.code) if chosen else (),
            spreads=_spreads(known, chosen, pins) if chosen else (),
            courses=tuple(_course(known, chosen.indicator, agency) for agency in pins) if chosen else (),
            closings=tuple(_closing(known, chosen, cell) for cell in chosen.cells) if chosen else (),
            starts=_starts(known) if len(pins) < _LEAST else None,
            others=tuple(each for each in can_be_pinned(known) if each not in pins),
            outside=known.scope.agencies is not None and len(can_be_pinned(known)) < _LEAST,
            unknown=(*unknown, *vain),
            updated=known.updated,
            simulated=any(line.simulated for line in lines) or (chosen is not None and chosen.simulated),
            empty=not known.measured,
        )


def _leads(line: Matched, agency: Agency) -> bool:
    return any(cell.leads and cell.agency == agency for cell in line.cells)


def _lines(known: Known, pins: Sequence[Agency]) -> tuple[Matched, ...]:
    every = known.register.indicators.values() if pins else ()
    found = (matched(known, each, pins) for each in every if each.code in known.measured)
    return tuple(sorted((line for line in found if line is not None), key=lambda line: not line.comparable))


def _chosen(known: Known, lines: Sequence[Matched], asked: Asked) -> tuple[Matched | None, list[tuple[str, str]]]:
    """The line of the indicator asked for, else the first comparable one of the country's targets, of all, or any;
    at the period asked for; and what was asked in vain."""
    by_code = {line.indicator.code: line for line in lines}
    unknown: list[tuple[str, str]] = []
    if asked.indicator is not None and asked.indicator not in known.register.indicators:
        unknown.append(("indicator", asked.indicator))
    order = [*HEADLINE, *by_code]
    first = next((code for code in order if code in by_code and by_code[code].comparable), next(iter(by_code), None))
    code = asked.indicator if asked.indicator in by_code else first
    if code is None:
        return None, unknown
    line = by_code[code]
    if asked.period is None or asked.period == line.period.text:
        return line, unknown
    if not any(each.text == asked.period for each in known.periods(code)):
        return line, [*unknown, ("period", asked.period)]
    pins = tuple(cell.agency for cell in line.cells)
    return matched(known, line.indicator, pins, asked.period), unknown


def _spreads(known: Known, chosen: Matched, pins: tuple[Agency, ...]) -> tuple[PinnedSpread, ...]:
    """One for each group of which somebody is pinned and owes the indicator, and for which anybody reported."""
    owing = [cell.agency for cell in chosen.cells if cell.reported is not None]
    groups = [name for name in GROUPS if any(group_of(agency) == name for agency in owing)]
    tables = (known.table(name, chosen.indicator, chosen.period) for name in groups)
    return tuple(
        PinnedSpread(chosen.indicator, chosen.period, table, table, None, pins)
        for table in tables
        if table.rows and known.sees(chosen.indicator, chosen.period, GROUPS[table.group])
    )


def _course(known: Known, indicator: Indicator, agency: Agency) -> PinnedCourse:
    readings = readings_of_agency(known, indicator.code, agency) if indicator.owed_by(agency) else {}
    latest = next(iter(readings.values()), None)
    own: dict[Period, Reading] = {
        period: each
        for period, each in readings.items()
        if latest and each.observation.series == latest.observation.series
    }
    points = tuple(
        CoursePoint(period, figure_of(own[period]), own[period].observation.status == "simulated")
        if period in own
        else CoursePoint(period, None, simulated=False)
        for period in sorted(known.periods(indicator.code))
    )
    return PinnedCourse(agency, points, broken=len(own) < len(readings))


def _closing(known: Known, chosen: Matched, cell: Cell) -> Closing:
    reading = known.readings(chosen.indicator.code, chosen.period.text).get(cell.agency.code)
    if reading is None or cell.row.value is None:
        return Closing(cell, None, Way())
    return Closing(cell, _behind(chosen, cell, reading), way_of(known, chosen.indicator, reading, cell.row))


def _behind(chosen: Matched, cell: Cell, reading: Reading) -> Figure | None:
    if not (chosen.comparable and chosen.has_side) or cell.leads:
        return None
    best = next(each.row for each in chosen.cells if each.leads)
    assert best.number is not None  # who leads has a figure
    mark = f"behind/{best.agency.code}/{mark_of(reading)}"
    return derived(mark, reading.printed - best.number, difference_unit(chosen.indicator), signed=True)


def _starts(known: Known) -> Starts | None:
    """By the first of the country's targets that agencies reported; None where none of them is known."""
    code = next((each for each in HEADLINE if each in known.measured and known.periods(each)), None)
    if code is None:
        return None
    indicator, period = known.register.indicators[code], known.periods(code)[0]
    tables = {name: known.table(name, indicator, period) for name in GROUPS}
    rows = {name: _known_today(known, table.rows) for name, table in tables.items()}
    cities = peers(CITY, known.at, known.at)
    large = [agency for agency in rows[PROVINCES] if agency.code in cities][:MOST_PINS]
    found = ((ENDS, _ends(rows[PROVINCES])), (LARGE, large), (MINISTRIES, _ends(rows["ministries"])))
    return Starts(
        indicator,
        period,
        tuple((name, tuple(agencies)) for name, agencies in found if len(agencies) > 1),
        any(table.simulated for table in tables.values()),
    )


def _ends(agencies: Sequence[Agency]) -> Sequence[Agency]:
    return (agencies[0], agencies[-1]) if len(agencies) > 1 else ()


def _known_today(known: Known, rows: Sequence[AgencyRow]) -> list[Agency]:
    """The agencies of these rows that still are there on the day of the board."""
    return [row.agency for row in rows if known.register.agency(row.agency.code, known.at) == row.agency]


__all__ = ["STARTS", "Agency", "Cell", "Closing", "CompareBoard", "Matched", "PinnedCourse", "compare"]
