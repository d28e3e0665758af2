"""What the page of one ministry says: what it has to do, what it must be named for, and every figure it reported."""

from dataclasses import dataclass
from datetime import date, datetime

from data.facts import Agency
from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.agencies import GROUPS
from metrics.boards.changes import Changes, changes, since_of
from metrics.boards.duties import Duties, duties_of
from metrics.boards.fresh import fresh_months, fresh_own
from metrics.boards.known import Known, knowing
from metrics.boards.laggards import laggards_fresh
from metrics.boards.national import ON_TRACK
from metrics.boards.own_figures import AgencyFresh, OwnFigure, own_figures
from metrics.boards.usage_card import UsageCard, usage_card
from metrics.figure import Figure, derived
from metrics.freshness import limited
from metrics.status import Status

#: How a figure may stand that is held against a target.
_JUDGED = ON_TRACK | {Status.WATCH, Status.BEHIND, Status.UNMET, Status.OVERDUE}


@dataclass(frozen=True)
class MinistryBoard:
    """The board of `/ministry/<abbr>`, as known at the end of `at`. `ministries` are those of the day, by protocol;
    `own` is empty where it never reported anything, `usage` None without any; `judged` counts the figures held
    against a target, `on_track` those of these that are at it or on the way to it. `fresh` is how new its usage,
    figures and duties are. `unknown` names what was asked and
    cannot be used. `simulated` where any figure of it is."""

    at: date
    agency: Agency
    ministries: tuple[Agency, ...]
    duties: Duties
    usage: UsageCard | None
    own: tuple[OwnFigure, ...]
    on_track: Figure
    judged: Figure
    changes: Changes
    fresh: AgencyFresh
    unknown: tuple[tuple[str, str], ...]
    updated: datetime | None
    simulated: bool


def ministry_exists(store: Store, scope: Scope, code: str, at: date) -> bool:
    """Whether the code means a ministry on that day."""
    with knowing(store, scope, at) as known:
        return _ministry(known, code) is not None


def ministry(store: Store, scope: Scope, code: str, asked: Asked) -> MinistryBoard | None:
    """The board of one moment of the store; None where the code means no ministry on the day of `asked.at`."""
    with knowing(store, scope, asked.at) as known:
        agency = _ministry(known, code)
        if agency is None:
            return None
        own = known.once(("own", agency.code), lambda: own_figures(known, agency))
        stand = [each.row.judgement.status for each in own if each.row.judgement.status in _JUDGED]
        duties = duties_of(known, agency)
        since = since_of(known.at, (), asked.since)
        usage = usage_card(known, agency)
        return MinistryBoard(
            at=known.at,
            agency=agency,
            ministries=tuple(
                each
                for each in known.register.agencies
                if _is_ministry(each) and each.valid_on(known.at) and known.scope.covers(each.code)
            ),
            duties=duties,
            usage=usage,
            own=own,
            on_track=derived(f"on-track/{agency.code}", sum(each in ON_TRACK for each in stand)),
            judged=derived(f"judged/{agency.code}", len(stand)),
            changes=changes(known, None, agency, since),
            fresh=AgencyFresh(
                None,
                limited(fresh_months(usage.months if usage else (), known.at), asked.fresh_days),
                limited(fresh_own(own, known.at), asked.fresh_days),
                limited(laggards_fresh(known), asked.fresh_days),
            ),
            unknown=since.unknown,
            updated=known.updated,
            simulated=duties.simulated or any(each.row.simulated for each in own),
        )


def _ministry(known: Known, code: str) -> Agency | None:
    agency = known.register.agency(code, known.at)
    return agency if agency is not None and _is_ministry(agency) else None


def _is_ministry(agency: Agency) -> bool:
    return agency.kind in GROUPS["ministries"]
