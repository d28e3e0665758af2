"""A plan that is set anew for each year: where a figure stands to it, what the next one changed, and where the
verdict of a source wants a second look."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from data.facts import Target
from data.quantity import Qualifier
from metrics.status import Status
from metrics.values import Reading


class Side(StrEnum):
    """Where a figure stands to the two ends of a target, whichever side is the good one."""

    ABOVE = "above"
    BELOW = "below"
    INSIDE = "inside"
    EQUAL = "equal"


class Change(StrEnum):
    """What a plan does to the one before: the number moves up or down, stays, or is only put otherwise."""

    RAISED = "raised"
    LOWERED = "lowered"
    REWORDED = "reworded"
    KEPT = "kept"


class Doubt(StrEnum):
    """Why a verdict wants a second look: our rule says otherwise, or the figure is the plan to the last digit."""

    DIFFERS = "differs"
    AT_PLAN = "at_plan"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printed figure stands: `by` is how far outside, in the indicator's unit; None inside and at the number,
    and where only "over" or "under" puts it outside."""

    side: Side
    by: Decimal | None = None


def place_of(reading: Reading, target: Target) -> Place:
    """Where a figure stands to the ends of a target, on the values as printed. A figure with two ends that reaches
    over one of the target's is told by that end."""
    first = reading.printed
    last = first if reading.printed_upper is None else reading.printed_upper
    low, high = ends(target)
    if last > high:
        return Place(Side.ABOVE, (first if first > high else last) - high)
    if first < low:
        return Place(Side.BELOW, low - (last if last < low else first))
    qualifier = reading.quantity.qualifier
    if last == high and qualifier is Qualifier.OVER:
        return Place(Side.ABOVE)
    if first == low and qualifier is Qualifier.UNDER:
        return Place(Side.BELOW)
    return Place(Side.EQUAL if first == last == low == high else Side.INSIDE)


def ends(target: Target) -> tuple[Decimal, Decimal]:
    """The two ends of a target; one number is both."""
    return target.value, target.value if target.upper is None else target.upper


def change_of(old: Target, new: Target) -> tuple[Change, Decimal | None]:
    """What the new version of a yearly target does to the old one, and by how much the number moved: from the nearer
    end of the old; None where it did not leave its ends."""
    (low, high), (new_low, new_high) = ends(old), ends(new)
    if new_low > high:
        return Change.RAISED, new_low - high
    if new_high < low:
        return Change.LOWERED, low - new_high
    same = (old.shape, old.strict, low, high) == (new.shape, new.strict, new_low, new_high)
    return (Change.KEPT if same else Change.REWORDED), None


def doubt_of(
    status: Status | None, verdict: str | None, reading: Reading | None, target: Target | None
) -> Doubt | None:
    """Why the verdict of a source wants a second look; None where it does not, or where we cannot judge."""
    if reading is None or target is None:
        return None
    if verdict is not None and status is not None and verdict != status:
        return Doubt.DIFFERS
    exact = reading.quantity.qualifier is Qualifier.EXACT
    return Doubt.AT_PLAN if exact and place_of(reading, target).side is Side.EQUAL else None
