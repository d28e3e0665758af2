"""Whether the reports that carry an indicator came in time for a period: from what was received, and from nothing
else. Where no regime names the indicator, or nothing arrived of its reports, nothing is said."""

from dataclasses import dataclass

from data.facts import Indicator
from data.periods import Period
from metrics.boards.expected import Owed, arrivals, end_of
from metrics.boards.known import Known
from metrics.figure import Figure, derived
from metrics.reporting import State, stand

_DAYS = "ngày"
#: Of several reports that carry the indicator the one that stands worst is told.
_WORST = (State.MISSING, State.REJECTED, State.LATE, State.WAITING, State.NOT_DUE, State.ON_TIME)


@dataclass(frozen=True)
class Punctual:
    """How the report of one agency stands; `days` as in metrics.reporting, None where it counts none."""

    code: str
    state: State
    days: Figure | None
    simulated: bool


def punctuality(known: Known, indicator: Indicator, period: Period | None) -> tuple[Punctual, ...]:
    """Of each agency that owes such a report for the period how it stands; empty where nothing arrived of any."""
    if period is None:
        return ()
    return known.once(("punctual", indicator.code, period), lambda: _made(known, indicator, period))


def _made(known: Known, indicator: Indicator, period: Period) -> tuple[Punctual, ...]:
    owed = tuple(_owed(known, indicator, period))
    came = arrivals(known, owed) if owed else None
    if came is None or not (came.in_time or came.others):
        return ()
    found: dict[str, Punctual] = {}
    for each in owed:
        for agency in each.owing:
            key = (each.regime.code, agency.code)
            arrived = came.others.get(key)
            if key in came.in_time:
                state, days = State.ON_TIME, None
            else:
                times = (arrived.taken_at, arrived.refused_at) if arrived else (None, None)
                stands = stand(each.due, *times, end_of(known.at))
                state, days = stands.state, stands.days
            mark = f"report-days/{each.regime.code}/{agency.code}/{period.text}"
            made = Punctual(
                agency.code,
                state,
                None if days is None else derived(mark, days, _DAYS),
                each.regime.status == "simulated" or (arrived is not None and arrived.simulated),
            )
            other = found.get(agency.code)
            if other is None or _WORST.index(state) < _WORST.index(other.state):
                found[agency.code] = made
    return tuple(found.values())


def _owed(known: Known, indicator: Indicator, period: Period) -> list[Owed]:
    """The reports of the period that carry the indicator."""
    found = []
    for regime in known.register.regimes.values():
        if indicator.code in regime.indicators and regime.periodicity == period.cycle:
            days = regime.days_of(period)
            owing = known.register.reporting(regime, days.end)
            visible = tuple(each for each in owing if known.scope.covers(each.code))
            if regime.in_force(days.end):
                found.append(Owed(regime, days, regime.due(days), visible))
    return found
