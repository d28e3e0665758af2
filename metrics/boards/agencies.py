"""The agencies that owe one indicator, at one period: ranked, judged, and beside them those that did not report."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from data.facts import Agency, Indicator, Observation, Target
from data.quantity import Quantity
from data.register import Register
from metrics.aggregate import Sum, sum_of
from metrics.boards.national import difference_unit, readings_of
from metrics.editions import Incomparable, Why
from metrics.figure import Figure, derived, figure_of, mark_of, term
from metrics.ranking import Ranked, Ranking, movements, rank
from metrics.status import Judgement, Status, judge
from metrics.targets import judging, versions
from metrics.values import Reading

#: The groups that are ranked among themselves, by the kinds of agencies in them.
GROUPS = {"provinces": ("province",), "ministries": ("ministry", "ministerial_agency")}


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency of a table. Without a report everything but the agency is None or empty.

    `number` is the value and `target` what it is judged by, as plain numbers for a drawing.
    """

    agency: Agency
    rank: Figure | None
    value: Figure | None
    terms: tuple[Figure, ...]
    gap: Figure | None
    moved: Figure | None
    judgement: Judgement
    number: Decimal | None
    target: Decimal | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class Incommensurable:
    """An agency of which no figure can be made on the edition of the map that is shown: why, and who stops it."""

    row: AgencyRow
    why: Why
    stopped_by: tuple[Agency, ...]


@dataclass(frozen=True)
class AgencyTable:
    """One group: those that reported in order of rank, then the others, in the order of the agencies' table.

    `series_break` is True where the period before was made up of other parts, so that nobody can be said to have
    moved. `target` and `path` are those of every row, None where the rows have different ones or none. `incomparable`
    are neither ranked nor unreported; `apart` counts them, None where there are none: with it `counts` add up to
    `owing`.
    """

    group: str
    rows: tuple[AgencyRow, ...]
    unreported: tuple[AgencyRow, ...]
    target: Figure | None
    path: Figure | None
    reported: Figure
    owing: Figure
    counts: tuple[tuple[Status, Figure], ...]
    risen: Figure | None
    fallen: Figure | None
    before_period: str | None
    series_break: bool
    simulated: bool
    incomparable: tuple[Incommensurable, ...] = ()
    apart: Figure | None = None

    @property
    def members(self) -> tuple[AgencyRow, ...]:
        """Everybody who owes the indicator: ranked, unreported, then those that cannot be compared."""
        return (*self.rows, *self.unreported, *(each.row for each in self.incomparable))


@dataclass(frozen=True)
class AgencySum:
    """The sum of the agencies that reported; `share` is None where a report gave no terms (`without_terms`)."""

    share: Figure | None
    numerator: Figure | None
    denominator: Figure | None
    reported: Figure
    owing: Figure
    simulated: bool
    without_terms: tuple[str, ...]


def readings_at(
    found: Sequence[Observation], period: str | None, indicator: Indicator, register: Register
) -> dict[str, Reading]:
    """The figure to show of every agency that reported for the period, by its code."""
    by_agency: dict[str, list[Observation]] = {}
    for each in found:
        if each.period.text == period:
            by_agency.setdefault(each.agency, []).append(each)
    read = {code: readings_of(each, indicator, register) for code, each in by_agency.items()}
    return {code: readings[0] for code, readings in read.items() if readings}


def agency_table(
    group: str,
    owing: Sequence[Agency],
    readings: tuple[Mapping[str, Reading], Mapping[str, Reading]],
    among: tuple[Indicator, Sequence[Target], Register, date],
    periods: tuple[str, str | None],
) -> AgencyTable:
    """One group of agencies at a period, beside the period before: `readings` and `periods` are (now, before)."""
    indicator, targets, register, at = among
    now, before = readings
    members = [agency for agency in owing if agency.kind in GROUPS[group]]
    ranked = rank([(agency, now.get(agency.code)) for agency in members], indicator.direction)
    earlier = rank([(agency, before.get(agency.code)) for agency in members], indicator.direction)
    moved = movements(ranked, earlier)
    ranks = {code: source.rank for code, source in register.sources.items()}

    rows = []
    for each in ranked.rows:
        known = versions(targets, each.agency.code, at, ranks)
        target = judging(known, each.reading.observation.period)
        judgement = judge(each.reading, target, indicator, at)
        rows.append(_row(each, moved[each.agency.code], (judgement, target, indicator)))
    mark = f"{group}/{indicator.code}/{periods[0]}"
    counted = Counter(row.judgement.status for row in rows)
    counted[Status.NR] += len(ranked.unreported)
    changes = [change for change in moved.values() if change is not None]
    return AgencyTable(
        group=group,
        rows=tuple(rows),
        unreported=tuple(_absent(agency) for agency in ranked.unreported),
        target=_common(f"target/{mark}", (row.target for row in rows), indicator),
        path=_common(f"path/{mark}", (row.judgement.expected for row in rows), indicator),
        reported=derived(f"reported/{mark}", ranked.reported),
        owing=derived(f"owing/{mark}", ranked.owing),
        counts=counts_of(counted, mark),
        risen=derived(f"risen/{mark}", sum(change > 0 for change in changes)) if changes else None,
        fallen=derived(f"fallen/{mark}", sum(change < 0 for change in changes)) if changes else None,
        before_period=periods[1],
        series_break=bool(ranked.rows) and bool(earlier.rows) and not changes and _recomposed(ranked, earlier),
        simulated=any(row.simulated for row in rows),
    )


def set_apart(table: AgencyTable, stopped: Mapping[str, Incomparable], names: Mapping[str, Agency]) -> AgencyTable:
    """The table with those of its unreported apart of which no figure can be made, by code; `names` are who stops
    them."""
    apart = tuple(
        Incommensurable(
            replace(row, judgement=Judgement(Status.NA)),
            stopped[row.agency.code].why,
            tuple(names[code] for code in stopped[row.agency.code].stopped_by if code in names),
        )
        for row in table.unreported
        if row.agency.code in stopped
    )
    kept = tuple(row for row in table.unreported if row.agency.code not in stopped)
    counted = Counter({status: int(count.quantity.number) for status, count in table.counts})
    counted[Status.NR] -= len(apart)
    mark = table.reported.mark.removeprefix("reported/")
    count = derived(f"incomparable/{mark}", len(apart))
    return replace(table, unreported=kept, incomparable=apart, apart=count, counts=counts_of(counted, mark))


def of_part(table: AgencyTable, covers: Callable[[str], bool], *, whole: bool) -> AgencyTable:
    """The table as a scope has it: `covers` says of whom more may be seen than the figure, by code; `whole` whether
    everybody of the group is in the table. Among a part nobody has a rank, and nobody has moved."""
    if whole and all(covers(row.agency.code) for row in table.rows):
        return table
    rows = [row if covers(row.agency.code) else replace(row, terms=()) for row in table.rows]
    if whole:
        return replace(table, rows=tuple(rows))
    rows = [replace(row, rank=None, moved=None) for row in rows]
    return replace(table, rows=tuple(rows), risen=None, fallen=None, series_break=False)


def counts_of(counted: Mapping[Status, int], mark: str) -> tuple[tuple[Status, Figure], ...]:
    """How many stand how, in the order of the statuses; those that nobody has are left out."""
    return tuple((status, derived(f"count-{status}/{mark}", counted[status])) for status in Status if counted[status])


def agency_sum(
    readings: Mapping[str, Reading], owing: Sequence[Agency], indicator: Indicator, period: str
) -> AgencySum | None:
    """Terms of all reports added and divided once; None where nobody reported or it is no share."""
    reported = [readings[agency.code] for agency in owing if agency.code in readings]
    found: Sum | None = sum_of(reported, indicator, len(owing))
    if found is None:
        return None
    mark = f"{indicator.code}/{period}"
    share = found.printed
    return AgencySum(
        share=None
        if share is None or found.share is None
        else derived(f"sum/{mark}", Quantity(share, found.share.qualifier), indicator.unit),
        numerator=term(f"sum-numerator/{mark}", found.numerator) if found.numerator else None,
        denominator=term(f"sum-denominator/{mark}", found.denominator) if found.denominator else None,
        reported=derived(f"sum-reported/{mark}", found.reported),
        owing=derived(f"sum-owing/{mark}", found.owing),
        simulated=found.simulated,
        without_terms=found.without_terms,
    )


def _row(each: Ranked, moved: int | None, judged: tuple[Judgement, Target | None, Indicator]) -> AgencyRow:
    judgement, target, indicator = judged
    seen, mark, gap = each.reading.observation, mark_of(each.reading), judgement.gap
    return AgencyRow(
        agency=each.agency,
        rank=derived(f"rank/{mark}", each.rank) if each.rank else None,
        value=figure_of(each.reading),
        terms=(term(f"numerator/{mark}", seen.numerator), term(f"denominator/{mark}", seen.denominator))
        if seen.numerator and seen.denominator
        else (),
        gap=None if gap is None else derived(f"gap/{mark}", gap, difference_unit(indicator), signed=True),
        moved=None if moved is None else derived(f"moved/{mark}", moved, signed=True),
        judgement=judgement,
        number=each.reading.printed,
        target=target.value if target else None,
        simulated=seen.status == "simulated",
    )


def _absent(agency: Agency) -> AgencyRow:
    return AgencyRow(agency, None, None, (), None, None, Judgement(Status.NR), None, None, simulated=False)


def _common(mark: str, values: Iterable[Decimal | None], indicator: Indicator) -> Figure | None:
    """What every row shares; None where there are several, or none."""
    found = set(values)
    only = found.pop() if len(found) == 1 else None
    return None if only is None else derived(mark, only, indicator.unit)


def _recomposed(now: Ranking, before: Ranking) -> bool:
    return {row.reading.observation.series for row in now.rows} != {
        row.reading.observation.series for row in before.rows
    }
