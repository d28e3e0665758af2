"""The lines of a year's plan: each indicator with its target, its figure, the verdict of a source, the next plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.assessments import Assessment, assessments
from data.facts import Indicator, Source, Target
from data.periods import Period
from data.quantity import Quantity
from metrics.asked import ECONOMY
from metrics.boards.known import Known
from metrics.boards.national import COUNTRY, difference_unit
from metrics.figure import Figure, derived, figure_of, mark_of
from metrics.plans import Change, Doubt, Side, change_of, doubt_of, place_of
from metrics.status import Judgement, Status, judge
from metrics.targets import versions

_YEAR = "year"


@dataclass(frozen=True)
class Plan:
    """A target of one year, and on whose word."""

    target: Target
    source: Source
    value: Figure


@dataclass(frozen=True)
class PlanLine:
    """One indicator of the plan of a year. What is not known is None: `value` is the figure, `words` what a source
    prints in its place, `verdict` what a source says of the target. `judgement` is ours, by the rule of all screens;
    None without a number or a plan. `side` and `by` tell where the figure stands. `doubt` says why the verdict wants
    a second look; then `peer` is an indicator that stands likewise and whose verdict agrees with the rule. `next` is
    the plan of the year after, `change` what it does to this one. `parts` are the lines below it ("trong đó"), which
    have no `number`."""

    number: Figure | None
    indicator: Indicator
    plan: Plan | None
    value: Figure | None
    source: Source | None
    words: Assessment | None
    verdict: Assessment | None
    judgement: Judgement | None
    missing: Figure | None
    side: Side | None
    by: Figure | None
    doubt: Doubt | None
    peer: Indicator | None
    next: Plan | None
    change: Change | None
    change_by: Figure | None
    parts: tuple["PlanLine", ...]

    @property
    def status(self) -> Status | None:
        """Our status of the line; None where there is nothing to judge."""
        return self.judgement.status if self.judgement else None

    @property
    def known(self) -> bool:
        """Whether anything was told of the year: a number, or words in its place."""
        return self.value is not None or self.words is not None


def assessments_of(known: Known, code: str, agency: str = COUNTRY) -> tuple[Assessment, ...]:
    """What sources say in words of an agency's figures of an indicator, the better source of a period first."""
    every = known.ask("assessments", assessments)
    mine = [each for each in every if (each.indicator, each.agency) == (code, agency)]
    return tuple(sorted(mine, key=lambda each: (each.period, known.ranks[each.source])))


def indicators_of_theme(known: Known) -> list[Indicator]:
    """The socio-economic indicators, in the order of their table."""
    return [each for each in known.register.indicators.values() if each.theme == ECONOMY]


def _plans(known: Known, indicator: Indicator) -> dict[str, Target]:
    """The targets of an indicator set by then, one a year: by the text of the year."""
    found: dict[str, Target] = {}
    for target in versions(known.targets(indicator.code), COUNTRY, known.at, known.ranks):
        if target.due is not None and target.due.cycle == _YEAR:
            found.setdefault(target.due.text, target)
    return found


def plan_years(known: Known) -> tuple[Period, ...]:
    """Every year for which a plan of the theme is known, the latest first."""
    found = {plan.due for each in indicators_of_theme(known) for plan in _plans(known, each).values() if plan.due}
    return tuple(sorted(found, reverse=True))


def plan_lines(known: Known, year: Period, after: Period | None) -> tuple[PlanLine, ...]:
    """The lines of a year's plan, each with those below it; an indicator is below the one whose code it goes on."""
    every = {each.code: each for each in indicators_of_theme(known) if year.text in _plans(known, each)}
    tops = [code for code in every if _above(code) not in every]
    made = {code: _line(known, each, (year, after)) for code, each in every.items()}
    lines = [
        replace(
            made[top],
            number=derived(f"line/{top}", number),
            parts=tuple(made[code] for code in every if _above(code) == top),
        )
        for number, top in enumerate(tops, 1)
    ]
    return tuple(replace(line, peer=_peer(line, lines)) for line in lines)


def _above(code: str) -> str | None:
    """The code of which this one is a part: without the letter at its end; None where it ends with none."""
    return code[:-1] if code[-1].islower() else None


def _line(known: Known, indicator: Indicator, when: tuple[Period, Period | None]) -> PlanLine:
    year, after = when
    plans, code = _plans(known, indicator), indicator.code
    target, following = plans.get(year.text), plans.get(after.text) if after else None
    reading = known.readings(code, year.text).get(COUNTRY)
    told = [each for each in assessments_of(known, code) if each.period == year.text]
    verdict = next((each for each in told if each.verdict), None)
    judgement = judge(reading, target, indicator, reading.observation.period.end) if reading and target else None
    place = place_of(reading, target) if reading and target else None
    change, moved = change_of(target, following) if target and following else (None, None)
    unit, mark = difference_unit(indicator), mark_of(reading) if reading else ""
    short = judgement.shortfall if judgement else None
    return PlanLine(
        number=None,
        indicator=indicator,
        plan=_plan(known, target, indicator),
        value=figure_of(reading) if reading else None,
        source=known.register.sources[reading.observation.source] if reading else None,
        words=next((each for each in told if each.words_vi), None) if reading is None else None,
        verdict=verdict,
        judgement=judgement,
        missing=None if short is None else derived(f"missing/{mark}", short, unit),
        side=place.side if place else None,
        by=None if place is None or place.by is None else derived(f"beyond/{mark}", place.by, unit),
        doubt=doubt_of(
            judgement.status if judgement else None, verdict.verdict if verdict else None, reading, target
        ),
        peer=None,
        next=_plan(known, following, indicator),
        change=change,
        change_by=None if moved is None or after is None else derived(f"change/{code}/{after.text}", moved, unit),
        parts=(),
    )


def _plan(known: Known, target: Target | None, indicator: Indicator) -> Plan | None:
    if target is None or target.due is None:
        return None
    mark = f"target/{indicator.code}/{target.agency}/{target.due.text}/{target.source}"
    value = derived(mark, Quantity(target.value, upper=target.upper), indicator.unit)
    return Plan(target, known.register.sources[target.source], value)


def _peer(line: PlanLine, lines: Sequence[PlanLine]) -> Indicator | None:
    """Where a verdict differs from the rule, the first indicator that goes the same way, stands likewise, and whose
    verdict is the rule's; None where there is none."""
    if line.doubt is not Doubt.DIFFERS:
        return None
    same = (
        other.indicator
        for other in lines
        if other.indicator.direction == line.indicator.direction
        and other.status is line.status
        and other.verdict is not None
        and other.verdict.verdict == line.status
    )
    return next(same, None)


__all__ = ["Assessment", "Change", "Doubt", "Plan", "PlanLine", "Side", "assessments_of", "plan_lines"]
