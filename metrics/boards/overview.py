"""What the overview says: are we on target, who is behind, what changed; as known at the end of one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data import queries
from data.facts import Indicator, Observation, Target
from data.periods import Period
from data.register import Register
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.agencies import GROUPS, AgencySum, AgencyTable, agency_sum, agency_table, readings_at
from metrics.boards.national import COUNTRY, ON_TRACK, National, national
from metrics.figure import Figure, derived
from metrics.status import Status

#: The four national targets of the screen, in its order.
HEADLINE = ("DVC01", "VB01", "HL01", "DL01")
#: Which failing is told in the title, the gravest first.
_GRAVITY = (Status.OVERDUE, Status.BEHIND, Status.UNMET, Status.WATCH)


@dataclass(frozen=True)
class Answer:
    """The title: how many of the headline targets are on track, of how many, the one that stands worst, and by how
    much: its distance to the path, or to the target where it has no path any more; without its sign."""

    on_track: Figure
    of: Figure
    measured: Figure
    worst: National | None
    amount: Figure | None


@dataclass(frozen=True)
class Overview:
    """The board of `/`. `tables` and `sum_beside` are of `indicator` at `period`; without any report they are empty
    and None. `unknown` names what was asked and does not exist. `empty` is True in a store without any figure."""

    at: date
    answer: Answer
    headline: tuple[National, ...]
    indicator: Indicator
    chosen: National
    period: Period | None
    periods: tuple[Period, ...]
    choices: tuple[Indicator, ...]
    tables: tuple[AgencyTable, ...]
    sum_beside: AgencySum | None
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool
    empty: bool


def overview(store: Store, scope: Scope, asked: Asked) -> Overview:
    """The board of one moment of the store, computed once and rendered many ways."""
    with store.reading() as snapshot:
        register = queries.register(snapshot, scope)
        measured = queries.indicators_with_figures(snapshot, scope, asked.at)
        targets = queries.targets(snapshot, scope)
        delivered = queries.last_delivery(snapshot, scope)
        unknown = []
        indicator = register.indicators.get(asked.indicator or HEADLINE[0])
        if indicator is None:
            unknown.append(("indicator", asked.indicator or ""))
            indicator = register.indicators[HEADLINE[0]]
        nation = scope.narrowed(COUNTRY)
        needed = dict.fromkeys((*HEADLINE, indicator.code))
        found = {code: queries.known_observations(snapshot, nation, code, asked.at) for code in needed}
        reported = queries.reported_periods(snapshot, scope, indicator.code, asked.at)
        periods = _periods(reported)
        period = next((each for each in periods if each.text == asked.period), periods[0] if periods else None)
        before = next((each for each in periods if period and each.end < period.end), None)
        both = [each.text for each in (period, before) if each]
        agencies = queries.known_observations(snapshot, scope, indicator.code, asked.at, both)
    nations = {code: national(register.indicators[code], found[code], targets, register, asked.at) for code in needed}
    headline = tuple(nations[code] for code in HEADLINE)
    if asked.period is not None and (period is None or period.text != asked.period):
        unknown.append(("period", asked.period))
    tables, beside = _agencies(agencies, (period, before), (indicator, targets, register, asked.at))
    return Overview(
        at=asked.at,
        answer=_answer(headline),
        headline=headline,
        indicator=indicator,
        chosen=nations[indicator.code],
        period=period,
        periods=periods,
        choices=_choices(register, measured, targets, asked.at),
        tables=tables,
        sum_beside=beside,
        unknown=tuple(unknown),
        updated=delivered[1] if delivered else None,
        simulated=any(nation.simulated for nation in headline) or any(table.simulated for table in tables),
        empty=not measured,
    )


def _answer(headline: Sequence[National]) -> Answer:
    by_gravity = sorted(
        (nation for nation in headline if nation.judgement.status in _GRAVITY),
        key=lambda nation: (_GRAVITY.index(nation.judgement.status), -(nation.judgement.shortfall or 0)),
    )
    worst = by_gravity[0] if by_gravity else None
    far = None
    if worst is not None:
        far = worst.gap if worst.judgement.status in (Status.BEHIND, Status.WATCH) else worst.missing
    return Answer(
        on_track=derived("on-track", sum(nation.judgement.status in ON_TRACK for nation in headline)),
        of=derived("targets", len(headline)),
        measured=derived("measured", sum(nation.value is not None for nation in headline)),
        worst=worst,
        amount=derived(f"answer/{far.mark}", abs(far.quantity.number), far.unit) if far else None,
    )


def _periods(reported: Sequence[tuple[Period, bool]]) -> tuple[Period, ...]:
    """The periods for which any agency reported, the latest first; those of the nation where only it reports."""
    by_agencies = tuple(period for period, below in reported if below)
    return by_agencies or tuple(period for period, _ in reported)


def _choices(register: Register, measured: set[str], targets: Sequence[Target], at: date) -> tuple[Indicator, ...]:
    """The indicators of e-Government that have a figure or a target by then."""
    targeted = {target.indicator for target in targets if target.set_on <= at}
    return tuple(
        indicator
        for code, indicator in register.indicators.items()
        if indicator.theme == "egov" and code in measured | targeted
    )


def _agencies(
    found: Sequence[Observation],
    periods: tuple[Period | None, Period | None],
    among: tuple[Indicator, Sequence[Target], Register, date],
) -> tuple[tuple[AgencyTable, ...], AgencySum | None]:
    indicator, targets, register, at = among
    period, before = periods
    owing = register.owing(indicator, period.end if period else at)
    if not owing:
        return (), None
    now_text, before_text = period.text if period else "", before.text if before else None
    readings = readings_at(found, now_text, indicator, register), readings_at(found, before_text, indicator, register)
    own_targets = [target for target in targets if target.indicator == indicator.code]
    tables = tuple(
        agency_table(group, owing, readings, (indicator, own_targets, register, at), (now_text, before_text))
        for group, kinds in GROUPS.items()
        if any(agency.kind in kinds for agency in owing)
    )
    return tables, agency_sum(readings[0], owing, indicator, now_text) if period else None
