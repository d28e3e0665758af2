"""For each indicator whether a figure stands for the current period, and who owes it where none does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from data import reports
from data.facts import Indicator
from data.periods import Period
from data.scope import Scope
from data.store import Snapshot
from metrics.boards.known import Known
from metrics.figure import Figure, derived
from metrics.periods import cycle_end, stale_after


class Cover(StrEnum):
    """What stands for the current period of an indicator."""

    SHOWN = "shown"
    STALE = "stale"
    MISSING = "missing"
    NOT_DUE = "not_due"


@dataclass(frozen=True)
class Covered:
    """One indicator: `period` is the latest of which a figure is known, None without any. `owing` counts the
    ministries and provinces that owe it; None where the nation's figure is all that is owed. `simulated` where every
    figure of that period is."""

    indicator: Indicator
    state: Cover
    period: Period | None
    owing: Figure | None
    simulated: bool


@dataclass(frozen=True)
class Coverage:
    """Every indicator in the order of its table, and how many stand how."""

    indicators: tuple[Covered, ...]
    counts: tuple[tuple[Cover, Figure], ...]
    count: Figure
    simulated: bool


def coverage(known: Known) -> Coverage:
    """What stands of every indicator on the day.

    shown: the latest figure is not older than one cycle. stale: it is. missing: nothing was ever known. not_due:
    nothing was known, and the first target was set less than one cycle ago.
    """
    latest = known.ask("last periods", reports.last_periods)
    told = known.ask("told at", partial(_told_at, latest))
    found = tuple(
        _covered(known, each, latest.get(each.code), each.code in latest and each.code not in told)
        for each in known.register.indicators.values()
    )
    counts = tuple(
        (state, derived(f"coverage/{state}", sum(each.state is state for each in found))) for state in Cover
    )
    return Coverage(found, counts, derived("coverage", len(found)), any(each.simulated for each in found))


def _told_at(latest: Mapping[str, Period], snapshot: Snapshot, scope: Scope, at: date) -> set[str]:
    return reports.told_at(snapshot, scope, at, latest)


def _covered(known: Known, indicator: Indicator, latest: Period | None, simulated: bool) -> Covered:
    below = [level for level in indicator.levels if level != "national"]
    owing = len(known.register.owing(indicator, known.at))
    counted = derived(f"coverage/owing/{indicator.code}", owing) if below and owing else None
    return Covered(indicator, _state(known, indicator, latest), latest, counted, simulated)


def _state(known: Known, indicator: Indicator, latest: Period | None) -> Cover:
    if latest is not None:
        return Cover.STALE if known.at > stale_after(latest, indicator.cycle) else Cover.SHOWN
    asked = [each.set_on for each in known.targets(indicator.code) if each.set_on <= known.at]
    if asked and known.at < cycle_end(min(asked), indicator.cycle):
        return Cover.NOT_DUE
    return Cover.MISSING
