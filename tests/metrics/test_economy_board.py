"""The socio-economic board on the days that matter, against the table it was taken from, and on a few rows."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.clock import machine_today
from data.scope import EVERYTHING, Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.economy import Economy, economy
from metrics.boards.overview import Overview
from metrics.boards.plan_lines import PlanLine
from metrics.boards.provenance import provenance
from metrics.boards.theme import overview_of
from metrics.figure import Figure, figures_of
from tests.deliveries import assessment, deliver, figure, target, written

VERDICTS = {"Vượt": "exceeded", "Đạt": "met"}
#: Where the printed verdict is not what the rule says; the other nine with a number agree.
DIFFER = {"KTXH06": ("exceeded", "met"), "KTXH07": ("met", "exceeded")}
AT_PLAN = {"KTXH11", "KTXH12"}
CODES = tuple(f"KTXH{number:02}" for number in range(1, 13))
PARTS = ("KTXH06a", "KTXH08a")


def board_of(store: Store, at: str, period: str | None = None, scope: Scope = EVERYTHING) -> Economy:
    return economy(store, scope, Asked(date.fromisoformat(at), period=period, theme="economy"))


def every(board: Economy) -> dict[str, PlanLine]:
    return {each.indicator.code: each for line in board.lines for each in (line, *line.parts)}


def count(found: Figure) -> int:
    return int(found.quantity.number)


def counts(found: tuple[tuple[str, Figure], ...]) -> dict[str, int]:
    return {str(word): count(each) for word, each in found}


@pytest.fixture(scope="module")
def table(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / "reference" / "national_assembly_targets.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def ends(text: str) -> tuple[str, Decimal, Decimal]:
    """The word before it, and both ends: "about 4" is ("about", 4, 4), "61-62" is ("", 61, 62)."""
    word, _, numbers = text.rpartition(" ")
    low, _, high = numbers.partition("-")
    return word, Decimal(low), Decimal(high or low)


def verdict_by_hand(row: dict[str, str]) -> str | None:
    """The verdict on 2019 as one would give it by hand; None without a number."""
    if row["actual_2019"] == "xuất siêu":
        return None
    (_, low, high), (word, first, last) = ends(row["plan_2019"]), ends(row["actual_2019"])
    if row["plan_2019"].startswith("about"):
        first, last = round(first, 0), round(last, 0)
    up = row["shape_2019"] == "at_least" or row["direction"] == "higher"
    beyond = (first > high or (word == "over" and first == high)) if up else last < low
    # Inside 33 to 34 there is no better side.
    beyond = beyond and row["direction"] != "range"
    return "exceeded" if beyond else "met" if low <= first and last <= high else "unmet"


def test_every_line_of_2019_is_that_of_the_table_and_judged_as_by_hand(
    held: Store, table: dict[str, dict[str, str]]
) -> None:
    lines = every(board_of(held, "2020-02-14"))
    assert sorted(lines) == sorted(table)
    for code, row in table.items():
        line = lines[code]
        assert line.plan is not None and line.plan.source.code == "NQ69"
        assert (str(line.status) if line.status else None) == verdict_by_hand(row), code
        printed = VERDICTS.get(row["assessment_2019"])
        assert (line.verdict.verdict if line.verdict else None) == printed, code
        if line.value is None:
            assert line.words is not None and line.words.words_vi == row["actual_2019"]
        else:
            _, low, high = ends(row["actual_2019"])
            assert (line.value.quantity.number, line.value.quantity.upper or low) == (low, high), code


def test_the_list_of_agreements_and_differences_is_whole(held: Store) -> None:
    lines = every(board_of(held, "2020-02-14"))
    compared = {
        code: (line.verdict.verdict, str(line.status))
        for code, line in lines.items()
        if line.verdict is not None and line.status is not None
    }
    assert set(compared) == set(CODES) - {"KTXH04"}
    assert {code: pair for code, pair in compared.items() if pair[0] != pair[1]} == DIFFER
    doubts = {code: str(line.doubt) for code, line in lines.items() if line.doubt}
    assert doubts == dict.fromkeys(DIFFER, "differs") | dict.fromkeys(AT_PLAN, "at_plan")
    peers = {code: line.peer.code for code, line in lines.items() if line.peer}
    assert peers == {"KTXH06": "KTXH08", "KTXH07": "KTXH02"}


def test_the_title_counts_by_the_rule_and_the_facts_by_the_source(held: Store) -> None:
    board = board_of(held, "2020-02-14")
    assert [line.indicator.code for line in board.lines] == list(CODES)
    assert [count(line.number) for line in board.lines if line.number] == list(range(1, 13))
    assert [part.indicator.code for line in board.lines for part in line.parts] == list(PARTS)
    told = (board.reached, board.of, board.short, board.unnumbered, board.untold, board.doubtful)
    assert [count(each) for each in told] == [11, 12, 0, 1, 0, 4]
    assert counts(board.verdicts) == {"exceeded": 7, "met": 5}
    assert counts(board.doubts) == {"differs": 2, "at_plan": 2}
    assert counts(board.changes) == {"raised": 5, "reworded": 3, "kept": 4}
    assert (board.worst, board.published, board.unconfirmed) == (None, date(2020, 1, 1), False)


def test_a_surplus_without_a_number_is_no_number(held: Store) -> None:
    line = every(board_of(held, "2020-02-14"))["KTXH04"]
    assert (line.value, line.status, line.side, line.by, line.doubt) == (None, None, None, None, None)
    assert line.words is not None and (line.words.words_vi, line.words.words_en) == ("xuất siêu", "trade surplus")
    assert not [each for each in figures_of(line) if not each.quantity.number]


def test_what_the_plan_of_2020_changes_is_what_the_table_says(held: Store, table: dict[str, dict[str, str]]) -> None:
    for code, line in every(board_of(held, "2020-02-14")).items():
        row = table[code]
        (_, low, high), (_, new_low, new_high) = ends(row["plan_2019"]), ends(row["plan_2020"])
        if row["plan_2019"] == row["plan_2020"]:
            assert (line.change, line.change_by) == ("kept", None), code
        elif new_low > high:
            assert line.change == "raised" and line.change_by is not None
            assert line.change_by.quantity.number == new_low - high, code
        else:
            assert low <= new_low <= new_high <= high
            assert (line.change, line.change_by) == ("reworded", None), code


@pytest.mark.parametrize(
    ("at", "year", "after", "untold"),
    [
        ("2018-11-08", "2019", None, 12),
        ("2019-06-01", "2019", None, 12),
        ("2019-11-11", "2019", "2020", 12),
        ("2019-12-31", "2019", "2020", 12),
        ("2020-01-01", "2019", "2020", 0),
    ],
)
def test_a_day_shows_what_was_known_by_its_end(
    held: Store, at: str, year: str, after: str | None, untold: int
) -> None:
    board = board_of(held, at)
    assert (board.year and board.year.text, board.after.text if board.after else None) == (year, after)
    assert (len(board.lines), count(board.untold), board.told) == (12, untold, untold == 0)
    assert bool(board.verdicts) == bool(board.doubts) == (untold == 0)
    assert bool(board.changes) == (after is not None)


def test_before_any_plan_there_is_nothing(held: Store) -> None:
    board = board_of(held, "2018-01-01")
    assert (board.year, board.years, board.lines, board.told) == (None, (), (), False)
    assert board_of(held, "2018-11-07").year is None


def test_results_of_2020_have_no_date_and_are_known_from_the_day_they_were_taken(held: Store) -> None:
    before = board_of(held, (machine_today() - timedelta(days=1)).isoformat(), "2020")
    assert not before.told
    board = board_of(held, machine_today().isoformat())
    assert board.year is not None and board.year.text == "2020"
    assert [count(each) for each in (board.reached, board.short, board.unnumbered, board.untold)] == [1, 1, 1, 9]
    assert board.worst is not None and board.worst.indicator.code == "KTXH01"
    assert board.worst.missing is not None and board.worst.missing.quantity.number == Decimal("3.89")
    assert board.unconfirmed and board.verdicts == ()


def test_a_year_is_chosen_and_one_that_nobody_planned_is_told(held: Store) -> None:
    board = board_of(held, "2020-02-14", "2020")
    assert board.year is not None and board.year.text == "2020" and not board.told
    assert [each.text for each in board.years] == ["2020", "2019"]
    other = board_of(held, "2020-02-14", "2018")
    assert other.unknown == (("period", "2018"),) and other.year is not None and other.year.text == "2019"


def test_a_correction_and_a_withdrawn_verdict_are_known_from_their_day(store: Store, tmp_path: Path) -> None:
    plan = target("5", indicator_code="KTXH01", agency_code="VN", due="2019", set_on="2018-12-01", path="flat")
    deliver(store, tmp_path, written(plan), "targets")
    row = figure("6", indicator_code="KTXH01", agency_code="VN", period="2019", published="2020-01-10")
    deliver(store, tmp_path, written(row))
    deliver(store, tmp_path, written(row | {"value": "4", "published": "2020-02-10", "reason": "tính lại"}))
    said = assessment(indicator_code="KTXH01", agency_code="VN", period="2019", verdict="exceeded")
    deliver(store, tmp_path, written(said), "assessments")
    gone = said | {"verdict": "", "status": "withdrawn", "reason": "nhầm", "published": "2020-03-01"}
    deliver(store, tmp_path, written(gone), "assessments")
    seen = [every(board_of(store, at))["KTXH01"] for at in ("2020-01-31", "2020-02-05", "2020-02-10", "2020-03-01")]
    assert [str(line.status) for line in seen] == ["exceeded", "exceeded", "unmet", "unmet"]
    assert [line.verdict.verdict if line.verdict else None for line in seen] == [None, "exceeded", "exceeded", None]
    assert [str(line.doubt) if line.doubt else None for line in seen] == [None, None, "differs", None]


def test_a_scope_without_the_nation_sees_plans_alone(held: Store) -> None:
    board = board_of(held, "2020-02-14", scope=Scope(frozenset({"40"})))
    assert len(board.lines) == 12 and not board.told


def test_the_theme_is_named_or_that_of_the_indicator(held: Store) -> None:
    at = date(2020, 2, 14)
    for asked in (Asked(at, theme="economy"), Asked(at, "KTXH05"), Asked(at, "DVC01", theme="economy")):
        assert isinstance(overview_of(held, EVERYTHING, asked), Economy)
    for asked in (Asked(at), Asked(at, "DVC01"), Asked(at, "NO99"), Asked(at, "KTXH05", theme="egov")):
        board = overview_of(held, EVERYTHING, asked)
        assert isinstance(board, Overview)
        assert {each.theme for each in board.choices} == {"egov"}


def test_the_panel_judges_as_the_board_does(held: Store) -> None:
    for line in every(board_of(held, "2020-02-14")).values():
        if line.value is not None:
            found = provenance(held, EVERYTHING, line.value.mark, date(2020, 2, 14))
            assert found is not None and found.judgement.status is line.status
            assert found.aim is not None and line.plan is not None and found.aim == line.plan.target
            assert [each.verdict for each in found.said] == ([line.verdict.verdict] if line.verdict else [])


def test_a_mark_names_one_figure(held: Store) -> None:
    by_mark: dict[str, set[object]] = {}
    for each in figures_of(board_of(held, "2020-02-14")):
        by_mark.setdefault(each.mark, set()).add((each.quantity, each.unit))
    assert len(by_mark) > 50
    assert {mark: found for mark, found in by_mark.items() if len(found) > 1} == {}
