"""What changed between the ends of two days: what was known then beside what is known now, of one store.

Nothing is told of why. A figure that was known then is printed as it was known then, whatever became of it since.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from data import news
from data.corrections import Correction, corrections
from data.facts import Agency, Indicator
from data.periods import Period, parse_day
from data.quantity import Quantity
from metrics.boards.agencies import GROUPS
from metrics.boards.corrected import Corrected, corrected
from metrics.boards.directive import Directive, known_directives
from metrics.boards.expected import Report, expected
from metrics.boards.known import Known
from metrics.boards.national import COUNTRY, HEADLINE, difference_unit, readings_of
from metrics.boards.rank_moves import RankMoved, ranks_moved
from metrics.figure import Figure, derived, figure_of, mark_of
from metrics.obligations import PASSED
from metrics.reporting import State
from metrics.values import Reading

#: The stretches that can be chosen beside the period before, in days back.
STRETCHES = (("day", 1), ("week", 7), ("month", 30))
PERIOD = "period"


@dataclass(frozen=True)
class FigureMoved:
    """The latest figure of an indicator then and now. `before` and `before_period` are None where nothing was known
    then; `change` is None too where the two are made up of other parts."""

    indicator: Indicator
    before: Figure | None
    before_period: Period | None
    after: Figure
    period: Period
    change: Figure | None
    simulated: bool


@dataclass(frozen=True)
class Since:
    """The day against whose end it is told, what can be chosen (name, day), and what was asked in vain."""

    day: date
    choices: tuple[tuple[str, date], ...]
    unknown: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Changes:
    """What changed after the end of `since.day` up to the end of `at`, of the nation or of one agency (`agency`).

    `figures` and `ranks` hold those that moved, the largest first; `risen` and `fallen` count ranks. `arrived` counts
    figures, `reports` received reports that became known. `late` are directives whose date passed since, `missing`
    reports whose due day passed since and of which nothing came. `corrected` has the latest corrections first.
    `ranked` is the indicator of the ranks; None where none is ranked. `outside` where there may be changes that the
    scope does not see: ranks are then counted of nobody.
    """

    at: date
    since: Since
    agency: Agency | None
    ranked: Indicator | None
    figures: tuple[FigureMoved, ...]
    ranks: tuple[RankMoved, ...]
    late: tuple[Directive, ...]
    missing: tuple[Report, ...]
    corrected: tuple[Corrected, ...]
    moved: Figure
    risen: Figure
    fallen: Figure
    arrived: Figure
    reports: Figure
    newly_late: Figure
    newly_missing: Figure
    corrections: Figure
    outside: bool
    simulated: bool

    @property
    def none(self) -> bool:
        """Whether nothing changed at all."""
        counts = (self.moved, self.risen, self.fallen, self.arrived, self.reports, self.newly_late)
        return not any(each.quantity.number for each in (*counts, self.newly_missing, self.corrections))


def since_of(at: date, periods: Sequence[Period], asked: str | None) -> Since:
    """The day that was asked where it is before `at`; else the end of the period before the latest, or 30 days."""
    choices = [(name, at - timedelta(days=days)) for name, days in STRETCHES]
    before = next((each.end for each in periods[1:] if each.end < at), None)
    if before is not None:
        choices.append((PERIOD, before))
    wanted = parse_day(asked) if asked else None
    if wanted is not None and wanted < at:
        return Since(wanted, tuple(choices), ())
    return Since(choices[-1][1], tuple(choices), (("since", asked[:40]),) if asked else ())


def changes(known: Known, indicator: Indicator | None, agency: Agency | None, since: Since) -> Changes:
    """The changes of the nation (None) or of one agency; ranks are those of `indicator`, where one is given."""
    key = ("changes", indicator.code if indicator else None, agency.code if agency else None, since.day)
    return known.once(key, lambda: _made(known, indicator, agency, since))


def _made(known: Known, indicator: Indicator | None, agency: Agency | None, since: Since) -> Changes:
    then = known.on(since.day)
    ranks = ranks_moved(known, then, indicator, agency) if indicator is not None else ()
    replaced = tuple(_corrections(known, agency, since.day))
    late = tuple(newly_late(known, then, agency))
    missing = tuple(_missing(known, agency, since.day))
    arrived, reports = _arrivals(known, agency, since.day)
    figures = _figures(known, then, agency, _touched(arrived, replaced, agency))
    moves = [rank.moved.quantity.number for rank in ranks]
    of = f"{agency.code if agency else COUNTRY}/{since.day.isoformat()}"
    return Changes(
        at=known.at,
        since=since,
        agency=agency,
        ranked=indicator,
        figures=figures,
        ranks=ranks,
        late=late,
        missing=missing,
        corrected=replaced,
        moved=derived(f"changed/figures/{of}", len(figures)),
        risen=derived(f"changed/risen/{of}", sum(move > 0 for move in moves)),
        fallen=derived(f"changed/fallen/{of}", sum(move < 0 for move in moves)),
        arrived=derived(f"changed/arrived/{of}", sum(each.count for each in arrived)),
        reports=derived(f"changed/reports/{of}", sum(each.count for each in reports)),
        newly_late=derived(f"changed/late/{of}", len(late)),
        newly_missing=derived(f"changed/missing/{of}", len(missing)),
        corrections=derived(f"changed/corrected/{of}", len(replaced)),
        outside=_outside(known, indicator, agency),
        simulated=any(each.simulated for each in figures)
        or any(each.simulated for each in ranks)
        or any(each.simulated for each in late)
        or any(each.simulated for each in missing)
        or any(each.simulated for each in (*arrived, *reports))
        or any(each.correction.after.status == "simulated" for each in replaced),
    )


def _outside(known: Known, indicator: Indicator | None, agency: Agency | None) -> bool:
    if known.scope.agencies is None or agency is None:
        return known.scope.agencies is not None
    periods = known.periods(indicator.code) if indicator else ()
    kinds = [each for group in GROUPS.values() if agency.kind in group for each in group]
    return indicator is not None and not known.sees(indicator, periods[0] if periods else None, kinds)


# Figures


def _touched(arrived: Iterable[news.Arrivals], replaced: Iterable[Corrected], agency: Agency | None) -> set[str]:
    """The indicators of which a figure of the agency, or of the nation, arrived or was corrected: no other moved."""
    of = agency.code if agency else COUNTRY
    new = {each.indicator for each in arrived if each.agency == of and each.indicator is not None}
    return new | {each.correction.after.indicator for each in replaced if each.correction.after.agency == of}


def _figures(known: Known, then: Known, agency: Agency | None, codes: set[str]) -> tuple[FigureMoved, ...]:
    """The latest figure of every indicator where it is another than it was: the targets first, then by how much."""
    of = agency or known.register.agency(COUNTRY, known.at)
    assert of is not None  # every register has the country
    found = []
    for code in known.register.indicators:
        indicator = known.register.indicators[code]
        if code not in codes or (agency is not None and not indicator.owed_by(agency)):
            continue
        moved = _figure(indicator, _latest(then, indicator, of), _latest(known, indicator, of), then.at)
        found += [moved] if moved is not None else []
    order = {code: at for at, code in enumerate(HEADLINE)}
    return tuple(sorted(found, key=lambda each: (order.get(each.indicator.code, len(order)), -_size(each.change))))


def _latest(known: Known, indicator: Indicator, agency: Agency) -> Reading | None:
    """The figure of the latest period; of an agency that bore the same code before, none."""

    def make() -> Reading | None:
        found = known.observations_of(indicator.code, agency.code)
        own = [each for each in found if agency.valid_on(each.period.end)]
        last = max((each.period for each in own), default=None)
        readings = readings_of([each for each in own if each.period == last], indicator, known.register)
        return readings[0] if readings else None

    return known.once(("latest", indicator.code, agency), make)


def _figure(indicator: Indicator, old: Reading | None, new: Reading | None, on: date) -> FigureMoved | None:
    """None where the same figure is printed for the same period, or there is none now."""
    if new is None:
        return None
    before = None if old is None else _as_known(old, indicator, on)
    after = figure_of(new)
    same_period = old is not None and old.observation.period == new.observation.period
    if before is not None and same_period and before.quantity == after.quantity:
        return None
    alike = old is not None and old.observation.series == new.observation.series
    mark = f"changed/{on.isoformat()}/{mark_of(new)}"
    seen = [each.observation.status for each in (old, new) if each is not None]
    return FigureMoved(
        indicator,
        before,
        old.observation.period if old else None,
        after,
        new.observation.period,
        derived(mark, new.printed - old.printed, difference_unit(indicator), signed=True) if old and alike else None,
        simulated="simulated" in seen,
    )


def _as_known(reading: Reading, indicator: Indicator, on: date) -> Figure:
    """A figure as it was printed on an earlier day; its own mark is that of what is known now."""
    quantity = Quantity(reading.printed, reading.quantity.qualifier, reading.printed_upper)
    return derived(f"then/{on.isoformat()}/{mark_of(reading)}", quantity, indicator.unit)


def _size(change: Figure | None) -> float:
    return 0.0 if change is None else abs(float(change.quantity.number))


# What came, what did not, what was corrected


def _arrivals(known: Known, agency: Agency | None, since: date) -> tuple[list[news.Arrivals], list[news.Arrivals]]:
    """Figures and reports that became known since."""
    figures = known.ask(("figures since", since), _between(news.figures_since, since))
    reports = known.ask(("reports since", since), _between(news.reports_since, since))
    if agency is None:
        return figures, reports
    return [each for each in figures if each.agency == agency.code], [
        each for each in reports if each.agency == agency.code
    ]


def _between(question: Callable[..., list[news.Arrivals]], since: date) -> Callable[..., list[news.Arrivals]]:
    return partial(question, since=since)


def newly_late(known: Known, then: Known, agency: Agency | None) -> Iterator[Directive]:
    """The directives whose date passed since `then`, and that are not told done."""
    before = {each.code: each.standing for each in known_directives(then)}
    for each in known_directives(known):
        concerns = agency is None or each.everybody or each.concerns(agency)
        if concerns and each.standing in PASSED and before.get(each.code) not in PASSED:
            yield each


def _missing(known: Known, agency: Agency | None, since: date) -> Iterator[Report]:
    """The reports that nothing came of and whose due day was not over at the end of `since`."""
    for each in expected(known).troubled:
        if each.state is State.MISSING and each.due >= since and (agency is None or each.agency == agency):
            yield each


def _corrections(known: Known, agency: Agency | None, since: date) -> Iterator[Corrected]:
    def ask() -> list[Correction]:
        return known.ask(("corrections since", since), lambda *of: corrections(of[0], of[1], None, of[2], since))

    for each in ask():
        if agency is None or each.after.agency == agency.code:
            yield corrected(known, each, known.register.indicators[each.after.indicator])


__all__ = ["Changes", "Corrected", "Directive", "FigureMoved", "RankMoved", "Report", "Since", "changes", "since_of"]
