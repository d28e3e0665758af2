"""The register of directives as the rows of a file: every demand with each of its dates."""

from typing import Any

from i18n import Say
from layouts.sheet import Sheet
from layouts.words import name_of
from metrics.boards.directive import EVERYBODY, Directive, Event, Version
from metrics.boards.directives import DirectivesBoard

COLUMNS = (
    "directive", "name", "event", "owner", "owner_certainty", "source", "set_on", "due", "due_certainty", "governs",
    "replaced", "standing", "standing_name", "days", "at_most", "told_on", "told_state", "told_source", "evidence",
    "indicators", "source_ref", "phrase", "simulated",
)  # fmt: skip


def directive_sheet(board: DirectivesBoard, say: Say) -> Sheet:
    """One row for each source's demand of an event of a directive, in the order of the register: none is left out
    because a later one gives another date. Days are whole; absent is None."""
    rows = [
        _demand(each, event, version, say)
        for each in board.shown
        for event in each.events
        for version in event.versions
    ]
    return Sheet("directives", COLUMNS, COLUMNS, rows)


def _demand(each: Directive, event: Event, version: Version, say: Say) -> dict[str, Any]:
    demand, verdict = version.demand, version.verdict
    told = verdict.told
    owner = each.owner.code if each.owner else EVERYBODY if each.everybody else None
    return {
        "directive": each.code,
        "name": name_of(each, say),
        "event": event.name,
        "owner": owner,
        "owner_certainty": each.owner_certainty if owner else None,
        "source": demand.source,
        "set_on": demand.set_on,
        "due": version.due,
        "due_certainty": demand.due_certainty if version.due else None,
        "governs": version.governs,
        "replaced": version.replaced,
        "standing": str(verdict.standing),
        "standing_name": say(f"standing.{verdict.standing}"),
        "days": verdict.days,
        "at_most": verdict.at_most,
        "told_on": told.day if told else None,
        "told_state": told.state if told else None,
        "told_source": told.source if told else None,
        "evidence": (told.evidence or None) if told else None,
        "indicators": ";".join(one.code for one in each.indicators) or None,
        "source_ref": demand.source_ref or None,
        "phrase": demand.phrase or None,
        "simulated": told is not None and told.status == "simulated",
    }
