"""The matrix of reports: a mark for each, told by its height as well as by its colour, and named on demand."""

from collections.abc import Mapping, Sequence

from figures.node import Child, Node

#: Height of a row, width of a mark, from one column to the next, and the room between two cycles.
_HIGH, _MARK, _PITCH, _BETWEEN = 13.0, 3.0, 5.0, 12.0
#: From the foot of the row: where each part of a mark begins and how high it is.
_PARTS: dict[str, tuple[tuple[float, float], ...]] = {
    "on_time": ((0, 4),),
    "late": ((0, 8),),
    "missing": ((0, 12.5),),
    "rejected": ((0, 4.5), (6.5, 4.5)),
    "waiting": ((0, 2.6),),
    "not_due": ((0, 1.6),),
}


def places(groups: Sequence[int]) -> tuple[list[float], float]:
    """Where each column begins, with room between groups of so many; and the width of all."""
    found: list[float] = []
    at = 0.0
    for count in groups:
        found += [at + _PITCH * number for number in range(count)]
        at += _PITCH * count + _BETWEEN
    return found, max(1.0, at - _BETWEEN)


def matrix(
    table: Child, columns: Sequence[tuple[str, str]], groups: Sequence[int], states: Mapping[str, tuple[str, str]]
) -> Node:
    """The table of the rows, in which the browser names a mark: `columns` holds two texts for each column, `states`
    the shape and the word of each state."""
    lefts, width = places(groups)
    return Node(
        "ReportMatrix", table, columns=columns, lefts=lefts, width=width, pitch=_PITCH, mark=_MARK, states=states
    )


def matrix_row(columns: Mapping[str, Sequence[int]], groups: Sequence[int], description: str) -> Node:
    """The marks of one agency: `columns` says in which columns each state stands; elsewhere none is owed."""
    lefts, width = places(groups)
    paths = [
        Node(
            "path",
            d="".join(_mark(lefts[at], state) for at in found),
            className=f"mark-{state}",
            **{"data-state": state},
        )
        for state, found in columns.items()
    ]
    return Node(
        "svg",
        paths,
        className="matrix-row",
        viewBox=f"0 0 {width:g} {_HIGH:g}",
        preserveAspectRatio="none",
        role="img",
        **{"aria-label": description},
    )


def _mark(left: float, state: str) -> str:
    return "".join(f"M{left:g} {_HIGH - foot:g}v-{height:g}h{_MARK:g}v{height:g}z" for foot, height in _PARTS[state])
