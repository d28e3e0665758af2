"""One directive as it stands on a day: its events, every date of every source, and what was told of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from data import tasks
from data.facts import Agency, CheckIn, Demand, Indicator, Letter, Source
from data.scope import Scope
from metrics.boards.known import Known
from metrics.figure import Figure, derived
from metrics.obligations import Standing, Verdict, judge

#: Stands for every ministry and province.
EVERYBODY = "ALL"
_DAYS = "ngày"
#: The order of a register, and whether more days stand first: what is late, what nobody knows of, what comes next,
#: what has no date, what is done. Those of one place are ordered by their days alone.
_PLACE = {
    Standing.OVERDUE: (0, -1),
    Standing.UNKNOWN: (1, -1),
    Standing.AT_RISK: (2, 1),
    Standing.IN_TIME: (2, 1),
    Standing.NOT_DUE: (2, 1),
    Standing.NO_DATE: (3, 1),
    Standing.DONE_LATE: (4, -1),
    Standing.DONE: (5, 1),
    Standing.DONE_IN_TIME: (6, 1),
}


@dataclass(frozen=True)
class Told:
    """A check-in with its source and, where an agency speaks, that agency."""

    checkin: CheckIn
    source: Source
    agency: Agency | None


@dataclass(frozen=True)
class Version:
    """One source's demand of an event and how the event stands against its date.

    `governs` for the latest text that demands the event. `replaced` where a later text gives another date, so that
    this one stands struck through. `days` is None where the verdict counts none; `at_most` where nothing bounds it.
    """

    demand: Demand
    source: Source
    verdict: Verdict[CheckIn]
    governs: bool
    replaced: bool
    days: Figure | None
    at_most: Figure | None

    @property
    def due(self) -> date | None:
        """The last day of the period it is due in; None where no date is given."""
        return self.demand.due.end if self.demand.due else None


@dataclass(frozen=True)
class Event:
    """What is demanded of one event, the governing version first, and what was told of it, latest first."""

    name: str
    versions: tuple[Version, ...]
    told: tuple[Told, ...]

    @property
    def governing(self) -> Version | None:
        """The version that counts; None for an event that was told and never demanded."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True)
class Directive:
    """One directive: `lead` is the version of its most urgent event; `letters` are the reminders and replies about
    any event, by day. `owner` is None where `everybody` is meant or no source names anybody; `owner_words` is how the
    source words it. `indicators` are those it must move."""

    code: str
    name_vi: str
    name_en: str
    owner: Agency | None
    everybody: bool
    owner_words: str
    owner_certainty: str
    co_owners: tuple[Agency, ...]
    indicators: tuple[Indicator, ...]
    events: tuple[Event, ...]
    lead: Version
    letters: tuple[Letter, ...]
    simulated: bool

    @property
    def standing(self) -> Standing:
        """How its most urgent event stands."""
        return self.lead.verdict.standing

    def concerns(self, agency: Agency) -> bool:
        """Whether the agency leads it or shares in it; what everybody has to do names nobody."""
        return agency in (self.owner, *self.co_owners)

    @property
    def phrases(self) -> int:
        """How many phrases of its sources demand it."""
        return sum(bool(version.demand.phrase) for event in self.events for version in event.versions)


def known_directives(known: Known) -> tuple[Directive, ...]:
    """Every directive given by the end of the day that concerns anybody who may be seen, the most urgent first."""
    return known.once("directives", partial(_made, known))


def _made(known: Known) -> tuple[Directive, ...]:
    demands: dict[str, list[Demand]] = {}
    for demand in known.ask("demands", tasks.demands):
        demands.setdefault(demand.code, []).append(demand)
    told: dict[str, list[CheckIn]] = {}
    # How a task of several stands is decided by all that was told of it.
    for checkin in known.whole.ask("checkins", tasks.checkins):
        told.setdefault(checkin.directive, []).append(checkin)
    letters: dict[str, list[Letter]] = {}
    for letter in known.ask("letters", tasks.letters):
        letters.setdefault(letter.subject, []).append(letter)
    found = [
        _directive(known, code, rows, (told.get(code, []), letters.get(code, []))) for code, rows in demands.items()
    ]
    return tuple(sorted((within(each, known.scope) for each in found if concerns(each, known.scope)), key=_urgency))


def concerns(directive: Directive, scope: Scope) -> bool:
    """Whether it is for everybody, for nobody who is named, or for somebody of whom a scope sees the rows."""
    named = [each for each in (directive.owner, *directive.co_owners) if each is not None]
    return directive.everybody or not named or any(scope.covers(each.code) for each in named)


def within(directive: Directive, scope: Scope) -> Directive:
    """The directive without the words of those of whom a scope does not see the rows; how it stands stays."""
    if scope.agencies is None:
        return directive
    events = tuple(
        replace(
            event,
            versions=tuple(_without_evidence(version, scope) for version in event.versions),
            told=tuple(each for each in event.told if _is_heard(each.checkin, scope)),
        )
        for event in directive.events
    )
    return replace(directive, events=events, lead=_without_evidence(directive.lead, scope))


def _without_evidence(version: Version, scope: Scope) -> Version:
    told = version.verdict.told
    if told is None or _is_heard(told, scope):
        return version
    return replace(version, verdict=replace(version.verdict, told=None))


def _is_heard(checkin: CheckIn, scope: Scope) -> bool:
    """What no agency says is said by a source that everybody may read."""
    return not checkin.agency or scope.covers(checkin.agency)


def _directive(
    known: Known, code: str, demands: Sequence[Demand], heard: tuple[Sequence[CheckIn], Sequence[Letter]]
) -> Directive:
    told, letters = heard
    statuses = [*(each.status for each in told), *(each.status for each in letters)]
    latest = sorted(demands, key=partial(_precedence, known))
    events = tuple(
        _event(known, code, name, [each for each in latest if each.event == name], told)
        for name in dict.fromkeys([*(each.event for each in demands), *(each.event for each in told)])
    )
    named = next((each for each in latest if each.owner), latest[0])
    register = known.register
    agencies = [register.agency(each, known.at) for each in named.co_owners]
    return Directive(
        code=code,
        name_vi=latest[0].name_vi,
        name_en=latest[0].name_en,
        owner=register.agency(named.owner, known.at) if named.owner and named.owner != EVERYBODY else None,
        everybody=named.owner == EVERYBODY,
        owner_words=named.owner_words,
        owner_certainty=named.owner_certainty,
        co_owners=tuple(each for each in agencies if each is not None),
        indicators=tuple(
            register.indicators[each]
            for each in dict.fromkeys(code for demand in latest for code in demand.indicators)
            if each in register.indicators
        ),
        events=events,
        lead=_lead([event.versions[0] for event in events if event.versions]),
        letters=tuple(letters),
        simulated=any(status == "simulated" for status in statuses),
    )


def _lead(governing: Sequence[Version]) -> Version:
    """The most urgent of the events; one that is over because a later one was told done leads only where none else
    does."""
    open_ones = [each for each in governing if each.verdict.at_most is None]
    return min(open_ones or governing, key=_rank_of)


def _precedence(known: Known, demand: Demand) -> tuple[int, int]:
    """The latest text first; of two of one day that of the better source."""
    return -demand.set_on.toordinal(), known.ranks.get(demand.source, 0)


def _event(known: Known, code: str, name: str, demands: Sequence[Demand], told: Sequence[CheckIn]) -> Event:
    governing = demands[0].due if demands else None
    versions = []
    for at, demand in enumerate(demands):
        verdict = judge(name, demand.due.end if demand.due else None, told, known.at)
        mark = f"{code}/{name}/{demand.source}"
        replaced = at > 0 and demand.due is not None and governing is not None and demand.due != governing
        versions.append(
            Version(
                demand,
                known.register.sources[demand.source],
                verdict,
                at == 0,
                replaced,
                None if verdict.days is None else derived(f"days/{mark}", verdict.days, _DAYS),
                None if verdict.at_most is None else derived(f"at-most/{mark}", verdict.at_most, _DAYS),
            )
        )
    own = [each for each in told if each.event == name]
    return Event(name, tuple(versions), tuple(_told(known, each) for each in reversed(own)))


def _told(known: Known, checkin: CheckIn) -> Told:
    agency = known.register.agency(checkin.agency, checkin.day) if checkin.agency else None
    return Told(checkin, known.register.sources[checkin.source], agency)


def _rank_of(version: Version) -> tuple[int, int]:
    place, way = _PLACE[version.verdict.standing]
    return place, way * (version.verdict.days or 0)


def _urgency(directive: Directive) -> tuple[int, int, str]:
    return (*_rank_of(directive.lead), directive.code)
