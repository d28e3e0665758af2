"""What the socio-economic targets of a year say: what was reached, whose verdict differs, what the next plan does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from data.facts import Source
from data.periods import Period
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.known import Known, knowing
from metrics.boards.overview import period_of
from metrics.boards.plan_lines import PlanLine, assessments_of, indicators_of_theme, plan_lines, plan_years
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, fresh_figures, limited
from metrics.plans import Change, Doubt
from metrics.status import Status

#: Under what a target counts as reached.
REACHED = frozenset({Status.MET, Status.EXCEEDED})
Word = TypeVar("Word", bound=str)


@dataclass(frozen=True)
class Economy:
    """The board of the theme, as known at the end of `at`, of the plan of `year`; None, and nothing else, where no
    plan is known by then. `years` are those that can be chosen, the latest first; `after` is that of the next plan.
    `reached` counts the lines that met or exceeded their plan by our rule, of `of` lines, `short` those that fell
    short; `unnumbered` are those of which a source prints words alone, `untold` those of which nothing is known.
    `verdicts`, `doubts` and `changes` count what they name, without what does not occur. `worst` falls short of its
    plan by the most of it. `published` is the latest day on which any of it became known. `fresh` is how new the
    results of the year are, by the cycle of a year; None where none is known."""

    at: date
    year: Period | None
    years: tuple[Period, ...]
    after: Period | None
    lines: tuple[PlanLine, ...]
    reached: Figure
    of: Figure
    short: Figure
    unnumbered: Figure
    untold: Figure
    verdicts: tuple[tuple[str, Figure], ...]
    doubts: tuple[tuple[Doubt, Figure], ...]
    doubtful: Figure
    changes: tuple[tuple[Change, Figure], ...]
    worst: PlanLine | None
    sources: tuple[Source, ...]
    published: date | None
    fresh: Freshness | None
    unconfirmed: bool
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool

    @property
    def told(self) -> bool:
        """Whether anything is known of the year beside its plan."""
        return any(line.known for line in self.lines)


def economy(store: Store, scope: Scope, asked: Asked) -> Economy:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        years = known.once("plan-years", lambda: plan_years(known))
        year, vain = _chosen(known, years, asked)
        after = next((each for each in reversed(years) if year and each > year), None)
        lines = known.once(("plan", year), lambda: plan_lines(known, year, after)) if year else ()
        board = _board(known, lines, (year, years, after), tuple(vain))
        return replace(board, fresh=limited(board.fresh, asked.fresh_days))


def _chosen(known: Known, years: Sequence[Period], asked: Asked) -> tuple[Period | None, list[tuple[str, str]]]:
    """The year that was asked for; else the latest of which anything was told, else the one that runs or comes."""
    found, vain = period_of(years, asked)
    if asked.period is not None and not vain:
        return found, vain
    told = {period.text for each in indicators_of_theme(known) for period in known.periods(each.code)}
    told |= {told.period for each in indicators_of_theme(known) for told in assessments_of(known, each.code)}
    measured = (year for year in years if year.text in told)
    ahead = [year for year in years if year.end >= known.at]
    return next(measured, ahead[-1] if ahead else found), vain


def _board(
    known: Known,
    lines: Sequence[PlanLine],
    when: tuple[Period | None, tuple[Period, ...], Period | None],
    unknown: tuple[tuple[str, str], ...],
) -> Economy:
    year, years, after = when
    every = [each for line in lines for each in (line, *line.parts)]
    mark = f"plan/{year.text if year else 'none'}"
    short = [line for line in lines if line.status is not None and line.status not in REACHED]
    sources = {each.source.code: each.source for each in every if each.source}
    words = [each for line in every for each in (line.words, line.verdict) if each]
    sources |= {each.source: known.register.sources[each.source] for each in words}
    traces = [each.value.trace for each in every if each.value and each.value.trace]
    days = [*(trace.published for trace in traces), *(each.published for each in words)]
    doubts = _counted(f"{mark}/doubt", (line.doubt for line in lines), tuple(Doubt))
    return Economy(
        at=known.at,
        year=year,
        years=years,
        after=after,
        lines=tuple(lines),
        reached=derived(f"{mark}/reached", sum(line.status in REACHED for line in lines)),
        of=derived(f"{mark}/of", len(lines)),
        short=derived(f"{mark}/short", len(short)),
        unnumbered=derived(f"{mark}/unnumbered", sum(line.words is not None for line in lines)),
        untold=derived(f"{mark}/untold", sum(not line.known for line in lines)),
        verdicts=_counted(
            f"{mark}/verdict",
            (line.verdict.verdict if line.verdict else None for line in lines),
            ("exceeded", "met", "unmet"),
        ),
        doubts=doubts,
        doubtful=derived(f"{mark}/doubtful", sum(line.doubt is not None for line in lines)),
        changes=_counted(f"{mark}/change", (line.change for line in lines), tuple(Change)),
        worst=max(short, key=_gravity, default=None),
        sources=tuple(sorted(sources.values(), key=lambda each: each.rank)),
        published=max(days, default=None),
        fresh=fresh_figures(year, year.cycle, days, known.at) if year else None,
        unconfirmed=any(trace.certainty == "unconfirmed" for trace in traces)
        or any(each.certainty == "unconfirmed" for each in words),
        unknown=unknown,
        updated=known.updated,
        simulated=any(trace.status == "simulated" for trace in traces),
    )


def _gravity(line: PlanLine) -> float:
    """How much of its plan a line is short of."""
    if line.missing is None or line.plan is None or not line.plan.target.value:
        return 0.0
    return float(line.missing.quantity.number / abs(line.plan.target.value))


def _counted(mark: str, words: Iterable[Word | None], order: Sequence[Word]) -> tuple[tuple[Word, Figure], ...]:
    counts = Counter(word for word in words if word is not None)
    return tuple((word, derived(f"{mark}/{word}", counts[word])) for word in order if counts[word])


__all__ = ["REACHED", "Economy", "economy"]
