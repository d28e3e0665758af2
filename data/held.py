"""Figures that may be right and look wrong: held until somebody confirms them."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from data.facts import Indicator
from data.ledger.entries import Change, Content, Kept, Key
from data.refusal import Problems

#: A share that moves by more points than this, or anything else by more than so many times, is held.
JUMP_POINTS = Decimal(20)
JUMP_TIMES = 3
_HUNDRED = Decimal(100)

#: What a row says in one number; None where it was withdrawn.
Valued = Callable[[Content, Indicator], Decimal | None]


class Series:
    """Past values per indicator and agency, in order of time; simulated ones apart from the others."""

    def __init__(self) -> None:
        self._values: dict[Key, list[tuple[date, Decimal]]] = {}

    def add(self, content: Content, value: Decimal | None) -> None:
        """Remember one figure, in the line of its source and in that of all sources."""
        if value is not None:
            for line in _lines_of(content):
                insort(self._values.setdefault(line, []), (content["period_end"], value))

    def last_before(self, content: Content) -> Decimal | None:
        """The figure of the period before: of the same source, else of any; None for the first of its line."""
        for line in _lines_of(content):
            values = self._values.get(line, [])
            at = bisect_left(values, content["period_end"], key=lambda point: point[0])
            if at:
                return values[at - 1][1]
        return None


def _lines_of(content: Content) -> tuple[Key, Key]:
    """A code that means another place since is another line."""
    simulated = "simulated" if content["status"] == "simulated" else ""
    figure = (content["indicator_code"], content["agency_code"], content["agency_from"].isoformat(), simulated)
    return (*figure, content["source"]), figure


def look(
    changes: Iterable[Change],
    stored: Mapping[Key, Kept],
    indicators: Mapping[str, Indicator],
    valued: Valued,
    problems: Problems,
) -> None:
    """Note every new figure that lies a hundredfold off, or jumps, against the last value.

    The last value is the one it corrects, else that of the period before; a first figure has none.
    """
    changes = list(changes)
    series = Series()
    for kept in stored.values():
        series.add(kept.content, valued(kept.content, indicators[kept.content["indicator_code"]]))
    for change in changes:
        series.add(change.content, valued(change.content, indicators[change.content["indicator_code"]]))
    for change in changes:
        indicator = indicators[change.content["indicator_code"]]
        value = valued(change.content, indicator)
        if value is None:
            continue
        replaced = valued(change.before, indicator) if change.before else None
        last = series.last_before(change.content) if replaced is None else replaced
        if last is not None:
            _compare(change, value, last, indicator, problems)


def _compare(change: Change, value: Decimal, last: Decimal, indicator: Indicator, problems: Problems) -> None:
    shown = {"value": f"{value:.6g}" if value else "0", "last": f"{last:.6g}" if last else "0"}
    for factor in (_HUNDRED, 1 / _HUNDRED):
        expected = last * factor
        if last and abs(value - expected) <= abs(expected) / 10:
            problems.add("W_UNIT_SUSPECT", "hundredfold", line=change.line, column="value", **shown)
            return
    if indicator.unit_kind == "share":
        if abs(value - last) > JUMP_POINTS:
            problems.add("W_JUMP", "points", line=change.line, column="value", limit=str(JUMP_POINTS), **shown)
    elif last and (value * last < 0 or not abs(last) / JUMP_TIMES <= abs(value) <= abs(last) * JUMP_TIMES):
        problems.add("W_JUMP", "times", line=change.line, column="value", limit=str(JUMP_TIMES), **shown)
