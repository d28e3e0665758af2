"""The national systems as the rows of a file: every milestone of each."""

from typing import Any

from i18n import Say
from layouts.sheet import Sheet
from layouts.system import step_name
from layouts.words import name_of
from metrics.boards.directive import EVERYBODY
from metrics.boards.systems import NationalSystem, Step, SystemsBoard

COLUMNS = (
    "system", "name", "owner", "owner_words", "co_owners", "owner_certainty", "stage", "stage_name", "shared_as",
    "milestone", "event", "state", "reached", "due", "silent", "standing", "standing_name", "days", "at_most",
    "certainty", "source", "source_ref", "phrase", "published", "connects", "indicators", "directives",
)  # fmt: skip


def system_sheet(board: SystemsBoard, say: Say) -> Sheet:
    """One row for each milestone of a system, in the order of the page, and one for a system without any. Days are
    whole; absent is None."""
    rows = [_row(each, step, say) for each in board.systems for step in (each.steps or (None,))]
    return Sheet("systems", COLUMNS, COLUMNS, rows)


def _row(each: NationalSystem, step: Step | None, say: Say) -> dict[str, Any]:
    system = each.system
    others = [agency.code for agency in each.co_owners] + ([EVERYBODY] if each.shared_with else [])
    owner = each.owner.code if each.owner else EVERYBODY if each.everybody else None
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "system": system.code,
        "name": name_of(system, say),
        "owner": owner,
        "owner_words": system.owner_words or None,
        "co_owners": ";".join(others) or None,
        "owner_certainty": system.owner_certainty if owner else None,
        "stage": str(each.stage),
        "stage_name": say(f"stage.{each.stage}"),
        "shared_as": system.shared_as,
        "connects": ";".join(system.connects) or None,
        "indicators": ";".join(system.indicators) or None,
        "directives": ";".join(system.directives) or None,
    }
    if step is None:
        return row
    milestone, verdict = step.milestone, step.verdict
    row |= {
        "milestone": step_name(step, say),
        "event": milestone.event,
        "state": milestone.state,
        "reached": milestone.day,
        "due": milestone.due.end if milestone.due else None,
        "silent": step.silent,
        "certainty": milestone.certainty,
        "source": milestone.source,
        "source_ref": milestone.source_ref or None,
        "phrase": milestone.phrase or None,
        "published": milestone.published,
    }
    if verdict is not None:
        row |= {
            "standing": str(verdict.standing),
            "standing_name": say(f"standing.{verdict.standing}"),
            "days": verdict.days,
            "at_most": verdict.at_most,
        }
    return row
