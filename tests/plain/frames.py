"""The figures of the demonstration as pandas frames held in memory: what a plain Dash application reads at its start.

They come through the same boards as our own page, so that both pages show the same numbers.
"""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data import queries
from data.clock import clock
from data.facts import Agency, Indicator
from data.scope import EVERYTHING
from data.store import open_store
from metrics.asked import Asked
from metrics.boards.agencies import AgencyRow
from metrics.boards.course import Course, agency_course, national_course
from metrics.boards.known import Known, knowing
from metrics.boards.national import COUNTRY, HEADLINE
from metrics.boards.overview import Overview, overview
from metrics.figure import Figure
from metrics.status import Status

STATUSES = {
    Status.EXCEEDED: "Vượt",
    Status.MET: "Đạt",
    Status.GOOD: "Đúng lộ trình",
    Status.WATCH: "Cần theo dõi",
    Status.BEHIND: "Chậm",
    Status.UNMET: "Chưa đạt",
    Status.OVERDUE: "Quá hạn",
    Status.STALE: "Số liệu cũ",
    Status.NR: "Chưa báo cáo",
}

_RANKING = ("indicator", "code", "name", "rank", "value", "gap", "moved", "status")
_STANDING = ("indicator", "code", "title", "unit", "value", "status", "target", "due", "gap", "projection", "as_of")
_COURSE = ("indicator", "code", "line", "day", "value")


@dataclass(frozen=True)
class Frames:
    """`ranking` has a row for each province and indicator, `standing` one for each place of which a figure is known
    and indicator (the nation is VN), `course` one for each point of a line: actual, path or projection. Values are
    floats in the unit of the indicator; NaN is absent. `headline` and `choices` are codes of indicators."""

    ranking: pd.DataFrame
    standing: pd.DataFrame
    course: pd.DataFrame
    titles: dict[str, str]
    provinces: dict[str, str]
    headline: tuple[str, ...]
    choices: tuple[str, ...]
    at: date


def read_frames(database_url: str) -> Frames:
    """Every figure of the page, read once. Raises what the store raises."""
    with closing(open_store(database_url)) as store:
        with store.reading() as snapshot:
            at = clock(None, queries.demonstration_clock(snapshot, EVERYTHING))
        first = overview(store, EVERYTHING, Asked(at))
        boards = {each.code: overview(store, EVERYTHING, Asked(at, each.code)) for each in first.choices}
        with knowing(store, EVERYTHING, at) as known:
            return _frames(boards, known)


def _frames(boards: dict[str, Overview], known: Known) -> Frames:
    ranking: list[tuple[Any, ...]] = []
    standing: list[tuple[Any, ...]] = []
    course: list[tuple[Any, ...]] = []
    provinces: dict[str, str] = {}
    for code, board in boards.items():
        _add(standing, course, (board.indicator, COUNTRY, national_course(known, board.indicator)))
        for row in _rows(board):
            agency = row.agency
            provinces[agency.code] = agency.name_vi
            ranking.append((code, agency.code, *_cells(agency, row)))
            if row.value is not None:
                _add(standing, course, (board.indicator, agency.code, agency_course(known, board.indicator, agency)))
    return Frames(
        pd.DataFrame(ranking, columns=_RANKING),
        pd.DataFrame(standing, columns=_STANDING),
        pd.DataFrame(course, columns=_COURSE),
        {code: board.indicator.name_vi for code, board in boards.items()},
        provinces,
        HEADLINE,
        tuple(boards),
        known.at,
    )


def _rows(board: Overview) -> Iterable[AgencyRow]:
    for table in board.tables:
        if table.group == "provinces":
            yield from (*table.rows, *table.unreported)


def _cells(agency: Agency, row: AgencyRow) -> tuple[Any, ...]:
    figures = (_float(each) for each in (row.rank, row.value, row.gap, row.moved))
    return agency.name_vi, *figures, _word(row.judgement.status)


def _add(
    standing: list[tuple[Any, ...]], course: list[tuple[Any, ...]], drawn: tuple[Indicator, str, Course]
) -> None:
    indicator, code, line = drawn
    last = line.last
    standing.append(
        (
            indicator.code,
            code,
            indicator.name_vi,
            indicator.unit,
            _float(last.value if last else None),
            _word(line.judgement.status),
            _float(line.target),
            line.due,
            _float(line.gap),
            _float(line.projection),
            last.period.end if last else None,
        )
    )
    key = indicator.code, code
    course += [(*key, "actual", point.period.end, _float(point.value)) for point in line.points]
    course += [(*key, "path", day, float(value)) for day, value in line.path]
    if last is not None and line.projection is not None:
        ends = (last.period.end, last.value), (line.due, line.projection)
        course += [(*key, "projection", day, _float(value)) for day, value in ends]


def _float(figure: Figure | None) -> float | None:
    return None if figure is None else float(figure.quantity.number)


def _word(status: Status) -> str:
    return STATUSES.get(status, "Chưa đánh giá")
