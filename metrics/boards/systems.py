"""The national systems: who owns each, how far it is told to have come, what was planned, and which figures speak."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from data import systems as told
from data.facts import Agency, Indicator, Milestone, Source, System
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.directive import EVERYBODY, known_directives
from metrics.boards.known import Known, knowing
from metrics.boards.national import readings_of
from metrics.figure import Figure, derived, figure_of
from metrics.freshness import Freshness, fresh_events, limited
from metrics.milestones import Heard, Stage, judge_plan, silent, stage_of
from metrics.obligations import Standing, Verdict

_DAYS = "ngày"


@dataclass(frozen=True)
class Step:
    """A milestone with its source. `verdict` is None where it is told and not planned; `days` and `at_most` are None
    where the verdict counts none. `silent` for a planned period that is over with nothing known since."""

    milestone: Milestone
    source: Source
    verdict: Verdict[Heard] | None
    days: Figure | None
    at_most: Figure | None

    @property
    def silent(self) -> bool:
        """Whether its planned period is over and nothing is known since."""
        return self.verdict is not None and silent(self.verdict)

    @property
    def on(self) -> date:
        """The day it was reached or told, else the last day of the period it is planned for."""
        due = self.milestone.due
        return self.milestone.day or (due.end if due else self.milestone.published)


@dataclass(frozen=True)
class Linked:
    """A figure that speaks of a system. `value` and `source` are None where nothing is known;
    `target` and `due` where none was set; `target_source` names who set it."""

    indicator: Indicator
    value: Figure | None
    source: Source | None
    target: Figure | None
    target_source: Source | None
    due: date | None
    simulated: bool


@dataclass(frozen=True)
class Demanded:
    """A directive that speaks of a system, and how it stands."""

    code: str
    name_vi: str
    name_en: str
    standing: Standing
    due: date | None


@dataclass(frozen=True)
class NationalSystem:
    """One system. `owner` is None where `everybody` is meant or nobody is named; `source` where none is named.

    `steps` are its milestones, the latest first; `told` those that were told, `planned` those that were planned, in
    the order of their periods. `connects` are the figures that say who is connected, `linked` others of it.
    """

    system: System
    source: Source | None
    owner: Agency | None
    everybody: bool
    co_owners: tuple[Agency, ...]
    shared_with: bool
    stage: Stage
    steps: tuple[Step, ...]
    connects: tuple[Linked, ...]
    linked: tuple[Linked, ...]
    demanded: tuple[Demanded, ...]

    @property
    def told(self) -> tuple[Step, ...]:
        """What was told of it, the latest first."""
        return tuple(step for step in self.steps if step.verdict is None)

    @property
    def planned(self) -> tuple[Step, ...]:
        """What was planned of it, the first period first."""
        return tuple(reversed([step for step in self.steps if step.verdict is not None]))

    @property
    def simulated(self) -> bool:
        """Whether any figure of it is simulated."""
        return any(each.simulated for each in (*self.connects, *self.linked))


@dataclass(frozen=True)
class SystemsBoard:
    """The board of `/systems`: every system known by the end of `at`, those that need a word first. `chosen` is the
    one shown in full, None without any.

    `running` counts those told to be in operation, `silent` those of which a planned period is over with nothing
    known since; `counts` says how many are how far. `shared` are the platforms that agencies are to share, of which
    `shared_running` are told to be in operation. `fresh` is how new what is told of them is, None where nothing is.
    `unknown` names what was asked and does not exist.
    """

    at: date
    systems: tuple[NationalSystem, ...]
    chosen: NationalSystem | None
    counts: tuple[tuple[Stage, Figure], ...]
    count: Figure
    running: Figure
    silent: Figure
    milestones: Figure
    shared: tuple[NationalSystem, ...]
    shared_count: Figure
    shared_running: Figure
    fresh: Freshness | None
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def systems(store: Store, scope: Scope, asked: Asked) -> SystemsBoard:
    """The board of one moment of the store, computed once and rendered many ways."""
    with knowing(store, scope, asked.at) as known:
        found = known_systems(known)
        chosen = next((each for each in found if each.system.code == asked.system), None)
        unknown = (("system", asked.system),) if asked.system and chosen is None else ()
        shared = tuple(sorted((each for each in found if each.system.shared_as), key=lambda each: each.system.code))
        return SystemsBoard(
            at=asked.at,
            systems=found,
            chosen=chosen or (found[0] if found else None),
            counts=tuple((stage, _count(f"stage/{stage}", found, stage)) for stage in Stage),
            count=derived("systems", len(found)),
            running=_count("systems/running", found, Stage.RUNNING),
            silent=derived("systems/silent", sum(any(step.silent for step in each.steps) for each in found)),
            milestones=derived("milestones", sum(len(each.steps) for each in found)),
            shared=shared,
            shared_count=derived("systems/shared", len(shared)),
            shared_running=_count("systems/shared-running", shared, Stage.RUNNING),
            fresh=limited(fresh_events(told_days(found), known.at), asked.fresh_days),
            unknown=unknown,
            updated=known.updated,
            simulated=any(each.simulated for each in found),
            empty=not found,
        )


def told_days(found: Iterable[NationalSystem]) -> Iterator[date]:
    """The days that the milestones of systems tell of; of what is planned, the day on which that became known."""
    return (step.milestone.day or step.milestone.published for each in found for step in each.steps)


def known_systems(known: Known) -> tuple[NationalSystem, ...]:
    """Every system named by the end of the day, those that need a word first."""
    return known.once("systems", partial(_made, known))


def _made(known: Known) -> tuple[NationalSystem, ...]:
    milestones: dict[str, list[Milestone]] = {}
    for milestone in known.ask("milestones", told.milestones):
        milestones.setdefault(milestone.system, []).append(milestone)
    named = known.ask("named-systems", told.systems)
    found = [_system(known, each, milestones.get(each.code, [])) for each in named]
    order = list(Stage)
    return tuple(sorted(found, key=lambda each: (order.index(each.stage), each.system.code)))


def _system(known: Known, system: System, milestones: Sequence[Milestone]) -> NationalSystem:
    register = known.register
    owner = register.agency(system.owner, known.at) if system.owner and system.owner != EVERYBODY else None
    others = [register.agency(code, known.at) for code in system.co_owners if code != EVERYBODY]
    agency = owner if owner is not None and owner.kind == "province" else None
    steps = sorted(
        (_step(known, each, milestones) for each in milestones),
        key=lambda step: (step.on, step.milestone.event),
        reverse=True,
    )
    return NationalSystem(
        system=system,
        source=register.sources[system.source] if system.source else None,
        owner=owner,
        everybody=system.owner == EVERYBODY,
        co_owners=tuple(each for each in others if each is not None),
        shared_with=EVERYBODY in system.co_owners,
        stage=stage_of(milestones, known.at),
        steps=tuple(steps),
        connects=_all_linked(known, system.connects, agency),
        linked=_all_linked(known, system.indicators, agency),
        demanded=tuple(
            Demanded(each.code, each.name_vi, each.name_en, each.standing, each.lead.due)
            for each in sorted(known_directives(known), key=lambda each: each.code)
            if each.code in system.directives
        ),
    )


def _step(known: Known, milestone: Milestone, milestones: Sequence[Milestone]) -> Step:
    verdict = judge_plan(milestone, milestones, known.at) if milestone.state == "planned" else None
    mark = f"{milestone.system}/{milestone.event}/{milestone.source}"
    days, at_most = (verdict.days, verdict.at_most) if verdict else (None, None)
    return Step(
        milestone,
        known.register.sources[milestone.source],
        verdict,
        None if days is None else derived(f"days/{mark}", days, _DAYS),
        None if at_most is None else derived(f"at-most/{mark}", at_most, _DAYS),
    )


def _all_linked(known: Known, codes: Iterable[str], agency: Agency | None) -> tuple[Linked, ...]:
    """The figures of a system of one agency are seen by those who see more of it than its ranks."""
    if agency is not None and not known.scope.covers(agency.code):
        return ()
    indicators = [known.register.indicators[code] for code in codes if code in known.register.indicators]
    return tuple(_of_agency(known, each, agency) if agency else _of_nation(known, each) for each in indicators)


def _of_nation(known: Known, indicator: Indicator) -> Linked:
    """The published figure of the nation, which is none of ours, with the target in force."""
    nation = known.national(indicator.code)
    aim = nation.governing
    return Linked(
        indicator,
        nation.value,
        nation.source,
        aim.value if aim else None,
        aim.source if aim else None,
        aim.target.due.end if aim and aim.target.due else None,
        nation.simulated,
    )


def _of_agency(known: Known, indicator: Indicator, agency: Agency) -> Linked:
    """The latest figure that one agency reported; a system of its own has no target."""
    own = [each for each in known.observations(indicator.code) if each.agency == agency.code]
    last = max((each.period for each in own), default=None)
    readings = readings_of([each for each in own if each.period == last], indicator, known.register)
    if not readings:
        return Linked(indicator, None, None, None, None, None, simulated=False)
    seen = readings[0].observation
    source = known.register.sources[seen.source]
    return Linked(indicator, figure_of(readings[0]), source, None, None, None, simulated=seen.status == "simulated")


def _count(mark: str, found: Iterable[NationalSystem], stage: Stage) -> Figure:
    return derived(mark, sum(each.stage is stage for each in found))
