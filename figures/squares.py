"""One square for each report, by its state: small ones where there are many, one bar of the parts above that."""

from collections.abc import Sequence

from figures.lines import percent
from figures.node import Node

#: So many stand as squares of full size, and so many as small ones; above that a bar shows the parts.
_FULL, _SMALL = 48, 105


def square(state: str) -> Node:
    """The sign of a state: a square with its own mark and colour."""
    return Node("span", className=f"sq sq-{state}", **{"aria-hidden": "true"})


def squares(
    counts: Sequence[tuple[str, int]], described: str, *, name: str | None = None, most: int = _SMALL
) -> Node:
    """The squares of every state in this order; `most` is how many squares there may be. A group with a name tells
    its counts in the page, so that what comes can be seen."""
    total = sum(count for _, count in counts)
    told = {"role": "img", "aria-label": described}
    if name:
        told |= {"data-squares": name, "data-counts": " ".join(f"{state}:{count}" for state, count in counts)}
    if total > most:
        parts = [
            Node("span", className=f"sq-part sq-{state}", style={"width": percent(100 * count / total)})
            for state, count in counts
            if count
        ]
        return Node("div", parts, className="sq-bar", **told)
    size = "" if total <= _FULL else " sq-small"
    return Node(
        "div", [square(state) for state, count in counts for _ in range(count)], className=f"sqs{size}", **told
    )
