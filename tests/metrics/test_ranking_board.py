"""The board of the ranking against ranks, counts and changes worked out anew from what the store holds."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.scope import EVERYTHING
from data.store import Store
from metrics.asked import Asked
from metrics.boards.known import knowing
from metrics.boards.lines import alike, span
from metrics.boards.ranking import RankingBoard, ranking
from metrics.figure import figures_of
from metrics.values import Reading

DAY = date(2020, 2, 14)
LATER = date(2021, 1, 15)
REGIONS = ("R-RRD", "R-NMM", "R-NCC", "R-CHL", "R-SE", "R-MRD")
CASES = [(indicator, at) for indicator in ("DVC01", "VB01", "DVC02", "HL02") for at in (DAY, LATER)]


def printed_values(store: Store, indicator: str, at: date, period: str) -> dict[str, Decimal]:
    """The figure of every province as printed, by its code, read from the store once more."""
    with knowing(store, EVERYTHING, at) as known:
        owing = known.register.owing(known.register.indicators[indicator], at)
        provinces = {agency.code for agency in owing if agency.kind == "province"}
        found = known.readings(indicator, period)
    return {code: reading.printed for code, reading in found.items() if code in provinces}


def ranks_by_hand(values: dict[str, Decimal]) -> dict[str, int]:
    """One more than how many are better: the rule 1, 2, 2, 4 for indicators of which more is better."""
    return {code: 1 + sum(other > value for other in values.values()) for code, value in values.items()}


def shown(board: RankingBoard) -> dict[str, Decimal]:
    assert board.table is not None
    return {row.agency.code: row.rank.quantity.number for row in board.table.rows if row.rank}


def count(figure: object) -> int:
    return int(figure.quantity.number)  # type: ignore[attr-defined]  # any figure of the row


@pytest.mark.parametrize(("indicator", "at"), CASES)
def test_national_ranks_are_those_of_the_printed_values(held: Store, indicator: str, at: date) -> None:
    board = ranking(held, EVERYTHING, Asked(at, indicator))
    assert board.period is not None
    values = printed_values(held, indicator, at, board.period.text)
    assert len(values) > 50
    assert shown(board) == ranks_by_hand(values)


def test_equal_printed_values_share_a_rank_and_the_next_is_left_out(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, "DVC01"))
    assert board.table is not None
    by_value: dict[Decimal, set[Decimal]] = {}
    for row in board.table.rows:
        assert row.number is not None and row.rank is not None
        by_value.setdefault(row.number, set()).add(row.rank.quantity.number)
    assert all(len(ranks) == 1 for ranks in by_value.values())
    counted = Counter(shown(board).values())
    tied = {rank: size for rank, size in counted.items() if size > 1}
    assert tied, "the demonstration holds no tie: the test can show nothing"
    for rank, size in tied.items():
        assert not any(rank < other < rank + size for other in counted)


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_ranks_its_own_members_and_keeps_the_rank_of_the_nation(held: Store, region: str) -> None:
    nation = ranking(held, EVERYTHING, Asked(DAY, "DVC01"))
    board = ranking(held, EVERYTHING, Asked(DAY, "DVC01", region=region))
    assert board.table is not None and nation.table is not None and board.period is not None
    assert board.region is not None and board.region.code == region
    members = [row for row in nation.table.rows if row.agency.parent == region]
    assert [row.agency.code for row in board.table.rows] == [row.agency.code for row in members]
    assert shown(board) == {code: rank for code, rank in shown(nation).items() if code in shown(board)}
    values = printed_values(held, "DVC01", DAY, board.period.text)
    own = {row.agency.code: values[row.agency.code] for row in members}
    places = {line.code: line.place.quantity.number for line in board.lines if line.place}
    assert places == ranks_by_hand(own)
    assert [row.moved for row in board.table.rows] == [row.moved for row in members]


def test_the_regions_together_are_the_nation(held: Store) -> None:
    nation = ranking(held, EVERYTHING, Asked(DAY, "VB01"))
    parts = [ranking(held, EVERYTHING, Asked(DAY, "VB01", region=region)) for region in REGIONS]
    for name in ("reported", "owing", "risen", "fallen"):
        assert sum(count(getattr(each.table, name)) for each in parts) == count(getattr(nation.table, name)), name
    assert sum(count(each.on_track) for each in parts) == count(nation.on_track)
    assert sum(count(each.owing) for each in nation.regions) == 63
    codes = [row.agency.code for each in parts if each.table for row in (*each.table.rows, *each.table.unreported)]
    assert len(codes) == len(set(codes)) == 63


@pytest.mark.parametrize("asked", [Asked(DAY), Asked(DAY, region="R-MRD"), Asked(DAY, group="ministries")])
def test_counts_add_up_to_all_that_owe_a_report(held: Store, asked: Asked) -> None:
    board = ranking(held, EVERYTHING, asked)
    table = board.table
    assert table is not None and board.on_track is not None
    assert sum(count(figure) for _, figure in table.counts) == count(table.owing)
    assert len(table.rows) == count(table.reported)
    assert len(table.rows) + len(table.unreported) == count(table.owing) == len(board.lines)
    good = sum(row.judgement.status in ("exceeded", "met", "good") for row in table.rows)
    assert count(board.on_track) == good


def test_who_did_not_report_has_no_rank_no_place_and_no_change(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, "DVC01", region="R-CHL"))
    assert board.table is not None
    assert [row.agency.name_vi for row in board.table.unreported] == ["Kon Tum"]
    line = board.lines[-1]
    assert line.code == "62"
    assert (line.place, line.change, line.since) == (None, None, None)
    assert line.series[-1] is None
    assert any(each is not None for each in line.series), "what was reported before stays"


def test_a_change_is_the_difference_of_the_first_and_the_last_printed_figure(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(LATER, "DVC01"))
    assert board.table is not None
    assert {len(line.series) for line in board.lines} == {12}
    for line, row in zip(board.lines, board.table.rows, strict=False):
        present = [each for each in line.series if each is not None]
        assert line.code == row.agency.code
        assert present[-1] == row.number
        assert line.change is not None
        assert line.change.quantity.number == present[-1] - present[0]
        assert line.change.unit == "điểm %"
        assert line.change.signed


def test_one_period_alone_gives_no_change(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, "DVC01", "2019-03"))
    assert board.period is not None and board.period.text == "2019-03"
    assert {len(line.series) for line in board.lines} == {1}
    assert all(line.change is None for line in board.lines)


def readings_of(store: Store, code: str) -> list[Reading | None]:
    """The figures of one province, month by month."""
    with knowing(store, EVERYTHING, DAY) as known:
        periods = sorted(known.periods("DVC01"))
        return [known.readings("DVC01", period.text).get(code) for period in periods]


def test_figures_made_up_of_other_parts_are_not_compared(held: Store) -> None:
    readings = readings_of(held, "01")
    assert span(readings) == (readings[0], readings[-1])
    assert alike(readings) == tuple(readings)
    first = readings[0]
    assert first is not None
    other = replace(first, observation=replace(first.observation, composition="other parts"))
    broken = [other, *readings[1:]]
    assert span(broken) is None
    assert alike(broken) == (None, *readings[1:])


def test_a_change_needs_two_figures_and_the_latest_period(held: Store) -> None:
    readings = readings_of(held, "01")
    assert span(readings[:1]) is None
    assert span([*readings, None]) is None
    assert span([None, None]) is None
    assert span([None, *readings]) == (readings[0], readings[-1])


def test_an_unknown_region_or_group_falls_back_and_is_told(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, region="R-XYZ"))
    assert board.unknown == (("region", "R-XYZ"),)
    assert board.region is None and board.table == board.whole
    board = ranking(held, EVERYTHING, Asked(DAY, "TC01", group="ministries"))
    assert board.unknown == (("group", "ministries"),)
    assert board.group == "provinces"


def test_ministries_have_no_regions(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, group="ministries", region="R-RRD"))
    assert board.unknown == (("region", "R-RRD"),)
    assert board.regions == () and board.map is None and board.course is not None
    assert board.table is not None and count(board.table.owing) == 22


def test_what_only_the_nation_reports_has_no_ranking(held: Store) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, "VB02"))
    assert (board.table, board.whole, board.group, board.lines, board.groups) == (None, None, None, (), ())
    assert board.nation.value is not None
    assert board.indicator not in board.choices


@pytest.mark.parametrize("indicator", ["DVC08", "VB04"])
def test_without_a_target_or_a_report_nobody_is_called_on_track(held: Store, indicator: str) -> None:
    board = ranking(held, EVERYTHING, Asked(DAY, indicator))
    assert (board.judged_by, board.on_track) == ("nothing", None)


@pytest.mark.parametrize("asked", [Asked(DAY), Asked(LATER, "VB01", region="R-SE"), Asked(DAY, group="ministries")])
def test_a_mark_names_one_figure(held: Store, asked: Asked) -> None:
    by_mark: dict[str, set[object]] = {}
    for figure in figures_of(ranking(held, EVERYTHING, asked)):
        by_mark.setdefault(figure.mark, set()).add((figure.quantity, figure.unit, figure.signed))
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}
    assert len(by_mark) > 100
