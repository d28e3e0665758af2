"""What one agency had to report: of every regime it owes the report that was due last."""

from dataclasses import dataclass

from data.scope import Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.expected import expected
from metrics.boards.fresh import fresh_reports
from metrics.boards.known import knowing
from metrics.figure import Figure, derived
from metrics.freshness import Freshness, limited
from metrics.reporting import State


@dataclass(frozen=True)
class OwnReports:
    """How many of the reports of one agency stand how, by the states that there are; empty where it owes none.
    `simulated` where any report is; `fresh` is how new the reports of all are, None where nothing ever came."""

    counts: tuple[tuple[State, Figure], ...]
    simulated: bool
    fresh: Freshness | None


def own_reports(store: Store, scope: Scope, asked: Asked) -> OwnReports:
    """The reports of the agency whose code is asked for, as known at the end of the day."""
    with knowing(store, scope, asked.at) as known:
        made = expected(known)
        columns = next((each.columns for each in made.agencies if each.agency.code == asked.agency), ())
        counts = ((state, derived(f"reports/{asked.agency}/{state}", len(found))) for state, found in columns)
        return OwnReports(tuple(counts), made.simulated, limited(fresh_reports(known), asked.fresh_days))
