"""Which version of a target governs on a day, and what its glidepath expects."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from data.breaks import act_of
from data.facts import Target
from data.periods import Period

ALL = "ALL"


def governing(targets: Iterable[Target], agency: str, at: date, ranks: Mapping[str, int]) -> Target | None:
    """The target an agency stands under at the end of `at`; None where none was set by then.

    `targets` are those of one indicator; `ranks` maps a source code to its rank. See `versions` for the order.
    """
    known = versions(targets, agency, at, ranks)
    return known[0] if known else None


def judging(known: Sequence[Target], period: Period | None) -> Target | None:
    """The version that a figure of a period is judged by: the one due in that very period, where a plan is set anew
    for each, else the governing one; None without any. A version that was set before an act changed what is measured
    judges no figure of after it. `known` are versions in their order."""
    known = [each for each in known if period is None or _is_of_same(each, period)]
    own = (target for target in known if period is not None and _due_in(target, period))
    return next(own, known[0] if known else None)


def answers(target: Target, known: Iterable[Target], period: Period) -> bool:
    """Whether a figure of the period can be the result of this version: that of a period for which another one is
    due is the result of that one."""
    return _due_in(target, period) or not any(_due_in(other, period) for other in known)


def versions(targets: Iterable[Target], agency: str, at: date, ranks: Mapping[str, int]) -> tuple[Target, ...]:
    """Every target of one indicator that applies to the agency and was set by the end of `at`.

    The governing one comes first, the others follow, newest `set_on` first. A target of the agency's own
    precedes one of ALL. Among targets set on one day the better source governs (rank 1 before 2, a source
    without a rank last), then the nearest due date that has not passed. Whether the agency owes the indicator
    is the caller's question.
    """
    known = sorted(
        (target for target in targets if target.agency in (agency, ALL) and target.set_on <= at),
        key=lambda target: _precedence(target, ranks, at),
        reverse=True,
    )
    if not known:
        return ()
    first = next((target for target in known if target.agency == agency), known[0])
    return (first, *(target for target in known if target is not first))


def _is_of_same(target: Target, period: Period) -> bool:
    """Whether a figure of the period is measured under the act that held when the target was set."""
    return act_of(target.indicator, target.set_on) == act_of(target.indicator, period.end)


def _due_in(target: Target, period: Period) -> bool:
    """Whether it is due in the period of that name; the days of a report regime may be others."""
    return target.due is not None and target.due.text == period.text


def expected(target: Target, on: date) -> Decimal | None:
    """What the glidepath expects on a day, unrounded, in the indicator's unit; None where there is no path then.

    A linear path or one of milestones runs in straight lines from its start, or its first milestone, to the
    target value on the due day, and stays there. A flat path is the target value on any day. None: for a path
    of kind none, for a target without a due date, and before the path begins.
    """
    if target.due is None or target.path.kind == "none":
        return None
    if target.path.kind == "flat":
        return target.value
    if on >= target.due.end:
        return target.value
    points = _points(target, target.due.end)
    for (from_day, from_value), (to_day, to_value) in pairwise(points):
        if from_day <= on < to_day:
            return from_value + (to_value - from_value) * (on - from_day).days / (to_day - from_day).days
    return None


def path_points(target: Target) -> tuple[tuple[date, Decimal], ...]:
    """The corners of a glidepath from its beginning to the due day; empty without a path or a beginning. A flat path
    has none: it is the target."""
    if target.due is None or target.path.kind in ("none", "flat"):
        return ()
    points = _points(target, target.due.end)
    return tuple(points) if len(points) > 1 else ()


def _points(target: Target, due: date) -> list[tuple[date, Decimal]]:
    path = target.path
    start = [] if path.start_on is None or path.start_value is None else [(path.start_on, path.start_value)]
    between = [] if path.kind == "linear" else [point for point in path.milestones if point[0] < due]
    return [*sorted([*start, *between], key=lambda point: point[0]), (due, target.value)]


def _precedence(target: Target, ranks: Mapping[str, int], at: date) -> tuple[date, float, bool, int, int]:
    rank = float(ranks.get(target.source, float("inf")))
    left = (target.due.end - at).days if target.due else -date.max.toordinal()
    return (target.set_on, -rank, left >= 0, -abs(left), target.revision)
