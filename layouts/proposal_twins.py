"""Corrections of closed periods as a table, over their page and as a file."""

from datetime import date, datetime

from i18n import Say
from i18n.formats import day
from layouts.twin import Row, Twin
from layouts.words import clock_text, name_of, period_of, title_of
from metrics.boards.proposals import ProposalsBoard, ProposedCorrection

_DAYS = frozenset({"published", "period_start", "period_end", "agency_from"})


def other_words(name: str, old: str, new: str, say: Say) -> str:
    """A cell that would be another, beside the number: what stands there, and what would."""
    return f"{say(f'proposals.cell_{name}')}: {_cell(name, old, say)} → {_cell(name, new, say)}"


def _cell(name: str, cell: str, say: Say) -> str:
    """A cell in words; a dash where there is nothing."""
    if not cell:
        return "–"
    if name in _DAYS:
        return day(date.fromisoformat(cell))
    if name == "embargo_until":
        moment = datetime.fromisoformat(cell)
        return clock_text(moment, moment.date())
    if name == "certainty":
        return say("label.unconfirmed" if cell == "unconfirmed" else "proposals.sourced")
    if name == "status":
        return say("provenance.withdrawn" if cell == "withdrawn" else f"data_status.{cell}")
    return cell


def proposals_twin(board: ProposalsBoard, say: Say) -> Twin | None:
    """A row for each proposal that is shown; None where there is none."""
    if not board.shown:
        return None
    columns = (
        *("line", "indicator", "agency", "code", "period", "source"),
        *("before", "numerator", "denominator"),
        *("after", "numerator_after", "denominator_after", "change", "others"),
        *("reason", "proposed_by", "proposed_at", "standing", "decided_by", "decided_at", "answer"),
    )
    return Twin(
        say("proposals.title"),
        columns,
        tuple(_row(each, say) for each in board.shown),
        note=say("proposals.note"),
        simulated=board.simulated,
    )


def _row(each: ProposedCorrection, say: Say) -> Row:
    found = each.proposal
    told = (other_words(*other, say) for other in each.others)
    decided = found.decided_at
    return (
        str(found.number),
        title_of(each.indicator, say),
        name_of(each.agency, say) if each.agency else found.agency,
        found.agency,
        period_of(found.period, say),
        found.source,
        *(each.before.value, each.before.numerator, each.before.denominator),
        *(each.after.value, each.after.numerator, each.after.denominator),
        each.change,
        "; ".join(told) or None,
        found.reason or None,
        each.proposed_by,
        clock_text(found.at, found.at.date()),
        say(f"proposals.of_{found.standing}"),
        each.decided_by,
        clock_text(decided, decided.date()) if decided else None,
        found.answer,
    )
