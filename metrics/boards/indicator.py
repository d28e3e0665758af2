"""What the page of one indicator says: what it is, where the nation stands, who reported when, what was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.corrections import Correction, corrections
from data.facts import Agency, Indicator
from data.periods import Period
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.agencies import AgencySum, AgencyTable
from metrics.boards.corrected import Corrected, corrected
from metrics.boards.course import Course, national_course
from metrics.boards.known import Known, knowing
from metrics.boards.middle import median
from metrics.boards.national import National, TargetVersion, distance
from metrics.boards.origin import Origin, origin_of
from metrics.boards.overview import map_of, period_of, sum_beside, tables_of
from metrics.boards.placed import Map, edition_of, map_shown, placed
from metrics.boards.plan_lines import Assessment, assessments_of
from metrics.boards.provinces import ProvinceMap
from metrics.figure import Figure, derived
from metrics.values import Reading

_DAYS = "ngày"


@dataclass(frozen=True)
class Sender:
    """One agency that owes the indicator. `received` is the day its figure of the period became known, None without
    one; `last` the latest period it did report then, None where it never did. `days` count from the end of the period
    to that day, or to the day of the board."""

    agency: Agency
    received: date | None
    last: Period | None
    days: Figure
    simulated: bool


@dataclass(frozen=True)
class Senders:
    """Who reported for a period: `absent` did not, by the order of the agencies' table; `late` are those whose figure
    became known after its end, the latest first, and `prompt` counts the others."""

    reported: Figure
    owing: Figure
    absent: tuple[Sender, ...]
    late: tuple[Sender, ...]
    prompt: Figure


@dataclass(frozen=True)
class IndicatorBoard:
    """The board of `/indicator/<code>`, as known at the end of `at`. `tables` are the groups that owe it, each ranked
    at `period`, and `medians` the middle of each; `amount` is the distance that the title tells. `senders` is None
    where nobody owes it or no period is known. `missed` are versions of the target that a later one replaced after
    their date had passed unmet. `said` is what sources say in words of the nation's figures, the latest period first.
    `corrected` has the latest corrections first; `origin` is None where the nation has no figure. `scoped` where the
    scope does not see everybody, `outside` where agencies owe the indicator whose figures it does not see. `unknown`
    names what was asked and does not exist."""

    at: date
    indicator: Indicator
    nation: National
    amount: Figure | None
    course: Course
    period: Period | None
    periods: tuple[Period, ...]
    shown: Map
    tables: tuple[AgencyTable, ...]
    medians: tuple[Figure | None, ...]
    map: ProvinceMap | None
    sum_beside: AgencySum | None
    senders: Senders | None
    missed: tuple[TargetVersion, ...]
    said: tuple[Assessment, ...]
    corrected: tuple[Corrected, ...]
    corrections: Figure
    origin: Origin | None
    scoped: bool
    outside: bool
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool

    @property
    def part(self) -> None:
        """No part of a group is chosen on this page."""

    @property
    def pins(self) -> tuple[Agency, ...]:
        """Nobody is pinned on this page."""
        return ()

    @property
    def whole(self) -> AgencyTable | None:
        """The first group that owes it; None where no agency does."""
        return self.tables[0] if self.tables else None

    @property
    def table(self) -> AgencyTable | None:
        """The same: every agency of the group is shown."""
        return self.whole


def indicator_exists(store: Store, scope: Scope, code: str, at: date) -> bool:
    """Whether there is an indicator of this code."""
    with knowing(store, scope, at) as known:
        return code in known.register.indicators


def indicator(store: Store, scope: Scope, code: str, asked: Asked) -> IndicatorBoard | None:
    """The board of one moment of the store; None where no indicator has the code."""
    with knowing(store, scope, asked.at) as known:
        found = known.register.indicators.get(code)
        return None if found is None else _board(known, found, asked)


def _board(known: Known, found: Indicator, asked: Asked) -> IndicatorBoard:
    periods = known.periods(found.code)
    period, vain = period_of(periods, asked)
    edition = edition_of(known, asked, period)
    tables, nation = tables_of(placed(known, edition), found, period), known.national(found.code)
    replaced = known.once(("corrected", found.code), lambda: _corrections(known, found))
    return IndicatorBoard(
        at=known.at,
        indicator=found,
        nation=nation,
        amount=distance(nation),
        course=known.once(("course", found.code), lambda: national_course(known, found)),
        period=period,
        periods=periods,
        shown=map_shown(known, edition, found, period),
        tables=tables,
        medians=tuple(median(table, found, period) for table in tables),
        map=map_of(known, tables, found, asked),
        sum_beside=sum_beside(known, found, period),
        senders=_senders(known, found, period) if tables and period and _covered(known, found, period) else None,
        missed=tuple(each for each in nation.versions if each.due_passed and not each.governs and _unmet(each)),
        said=tuple(reversed(assessments_of(known, found.code))),
        corrected=replaced,
        corrections=derived(f"corrections/{found.code}", len(replaced)),
        origin=origin_of(nation, replaced),
        unknown=tuple(vain),
        updated=known.updated,
        simulated=nation.simulated or any(table.simulated for table in tables),
        scoped=known.scope.agencies is not None,
        outside=not known.sees(found, period),
        empty=not known.measured,
    )


def _unmet(version: TargetVersion) -> bool:
    """Whether its date passed and what was reached falls short of it."""
    return version.missing is not None and bool(version.missing.quantity.number)


# Who reported


def _covered(known: Known, found: Indicator, period: Period) -> bool:
    """Whether of everybody who owes it may be seen when their report came: that stands behind their figure."""
    return all(known.scope.covers(each.code) for each in known.register.owed(found, period.end))


def _senders(known: Known, found: Indicator, period: Period) -> Senders:
    owing = known.register.owing(found, period.end)
    readings = known.readings(found.code, period.text)
    sent = [_sender(known, each, readings.get(each.code), (found, period)) for each in owing]
    late = [each for each in sent if each.received is not None and each.days.quantity.number > 0]
    prompt = [each for each in sent if each.received is not None and each not in late]
    mark = f"{found.code}/{period.text}"
    return Senders(
        reported=derived(f"senders/{mark}", len(late) + len(prompt)),
        owing=derived(f"senders-owing/{mark}", len(sent)),
        absent=tuple(each for each in sent if each.received is None),
        late=tuple(sorted(late, key=lambda each: -each.days.quantity.number)),
        prompt=derived(f"prompt/{mark}", len(prompt)),
    )


def _sender(known: Known, agency: Agency, reading: Reading | None, of: tuple[Indicator, Period]) -> Sender:
    found, period = of
    received = reading.observation.published if reading else None
    days = max(0, ((received or known.at) - period.end).days)
    return Sender(
        agency=agency,
        received=received,
        last=None if reading else _last(known, agency, found, period),
        days=derived(f"sent/{found.code}/{agency.code}/{period.text}", days, _DAYS),
        simulated=reading is not None and reading.observation.status == "simulated",
    )


def _last(known: Known, agency: Agency, found: Indicator, before: Period) -> Period | None:
    """The latest period before for which the agency reported."""
    earlier = (period for period in known.periods(found.code) if period < before)
    valid = (period for period in earlier if known.register.agency(agency.code, period.end) == agency)
    return next((period for period in valid if agency.code in known.readings(found.code, period.text)), None)


# Corrections


def _corrections(known: Known, found: Indicator) -> tuple[Corrected, ...]:
    def ask() -> Sequence[Correction]:
        return known.ask(
            ("corrections", found.code), lambda snapshot, scope, at: corrections(snapshot, scope, found.code, at)
        )

    return tuple(corrected(known, each, found) for each in ask())


__all__ = ["Corrected", "Indicator", "IndicatorBoard", "Sender", "Senders", "indicator", "indicator_exists"]
