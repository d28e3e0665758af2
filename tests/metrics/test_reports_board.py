"""The board of the reports on the days that matter, on the demonstration and on files of a few rows."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.clock import VIETNAM
from data.sample.reports import LAST_DAY, simulated_regimes
from data.scope import EVERYTHING, Scope
from data.store import Store
from metrics.asked import Asked
from metrics.boards.coverage import Cover
from metrics.boards.reports import ReportsBoard, reports
from metrics.figure import figures_of
from metrics.reporting import TROUBLED, State
from tests.deliveries import MACHINE_TODAY, deliver, figure, receipt, regime, said, written

DAYS = ("2020-02-14", "2020-08-20")


def board_of(store: Store, at: str, scope: Scope = EVERYTHING, **asked: Any) -> ReportsBoard:
    return reports(store, scope, Asked(date.fromisoformat(at), **asked))


def states(board: ReportsBoard) -> dict[str, int]:
    """How many reports stand how, those of which there are none left out."""
    return {str(state): int(count.quantity.number) for state, count in board.counts if count.quantity.number}


@pytest.mark.parametrize("at", DAYS)
def test_every_expected_report_of_the_demonstration_is_counted_once(held: Store, at: str) -> None:
    board, found = board_of(held, at), list(simulated_regimes())
    assert board.regimes.quantity.number == len(found) == 200
    assert len({each.agency.code for each in board.agencies}) == 85
    assert board.expected.quantity.number == sum(len(each.owing) for each in found)
    assert sum(states(board).values()) == board.expected.quantity.number
    assert set(states(board)) == {"missing", "rejected", "late", "waiting", "on_time"}
    assert len(board.listed) == sum(states(board)[each] for each in TROUBLED)
    columns = Counter(state for row in board.agencies for state, at in row.columns for _ in at)
    assert {str(state): count for state, count in columns.items()} == states(board)
    assert board.simulated
    marks = Counter(each.mark for each in figures_of(board))
    assert {mark for mark, count in marks.items() if count > 1} <= {
        mark for mark in marks if mark.startswith("days/")
    }


@pytest.mark.parametrize("at", DAYS)
def test_the_list_runs_by_state_and_days_and_nobody_is_on_it_before_the_due_day_is_over(held: Store, at: str) -> None:
    day = date.fromisoformat(at)
    listed = board_of(held, at).listed
    order = [(TROUBLED.index(each.state), -int(each.days.quantity.number)) for each in listed if each.days]
    assert len(order) == len(listed) and order == sorted(order)
    for each in listed:
        if each.state is State.MISSING:
            assert each.due < day and each.came_at is None
            assert each.days is not None and each.days.quantity.number == (day - each.due).days
        elif each.state is State.LATE:
            assert each.came_at is not None and each.due < each.came_at.date() <= day
        else:
            assert each.refusals and each.came_at is not None


def test_the_days_are_printed_as_the_regime_counts_them(held: Store) -> None:
    told = {(each.name, each.period.text): each.period for each in board_of(held, "2020-08-20").cycles}
    august = told["month", "2020-08"]
    assert (august.start, august.end) == (date(2020, 7, 15), date(2020, 8, 14))
    assert ("quarter", "2020-Q2") in told and ("half", "2020-H1") in told and ("year", "2019") in told


@pytest.mark.parametrize("at", DAYS)
def test_the_intake_holds_the_deliveries_of_the_day_and_no_other(held: Store, at: str) -> None:
    intake = board_of(held, at).intake
    assert {each.receipt.received_at.astimezone(VIETNAM).date() for each in intake.deliveries} == {
        date.fromisoformat(at)
    }
    assert intake.received.quantity.number == sum(count.quantity.number for _, count in intake.counts)
    assert intake.expected.quantity.number == intake.received.quantity.number + intake.waiting.quantity.number
    assert intake.received.quantity.number > 20 and intake.waiting.quantity.number > 0


def test_after_the_simulation_nobody_is_missing(held: Store) -> None:
    assert not board_of(held, str(LAST_DAY)).empty
    after = board_of(held, "2020-09-30")
    assert after.empty and not after.listed and not after.simulated


def test_nothing_is_digitised_as_long_as_no_source_tells(held: Store) -> None:
    before, after = (board_of(held, day) for day in ("2020-08-18", "2020-08-19"))
    assert before.digitised is None and before.digitising is None
    assert after.digitised is None
    assert after.digitising is not None and after.digitising.target.source == "E"


def test_every_indicator_has_a_cover_and_says_who_owes_it(held: Store) -> None:
    found = board_of(held, "2020-02-14").coverage
    cover = {each.indicator.code: each for each in found.indicators}
    assert len(cover) == found.count.quantity.number == sum(count.quantity.number for _, count in found.counts)
    assert (cover["DVC01"].state, cover["BC01"].state) == (Cover.SHOWN, Cover.MISSING)
    assert cover["DVC01"].owing is not None and cover["DVC01"].owing.quantity.number == 85
    assert cover["BC01"].owing is None and not cover["DVC01"].simulated and cover["TT04"].simulated
    later = {each.indicator.code: each for each in board_of(held, "2020-08-20").coverage.indicators}
    assert (later["DVC08"].state, later["BC01"].state) == (Cover.STALE, Cover.NOT_DUE)


def test_a_choice_narrows_the_list_and_an_unknown_one_is_told(held: Store) -> None:
    whole = board_of(held, "2020-08-20")
    code = whole.listed[0].agency.code
    mine = board_of(held, "2020-08-20", agency=code)
    assert mine.listed == tuple(each for each in whole.listed if each.agency.code == code)
    assert mine.counts == whole.counts
    assert {each.regime.code for each in board_of(held, "2020-08-20", regime="MP001").listed} <= {"MP001"}
    assert board_of(held, "2020-08-20", agency="XX", regime="YY").unknown == (("agency", "XX"), ("regime", "YY"))


# Files of a few rows, on both engines


@pytest.fixture
def small(store: Store, tmp_path: Path) -> Store:
    """The Ministry of Home Affairs and two provinces owe a monthly report, due on the 16th; nothing came."""
    deliver(store, tmp_path, written(regime(owners="BNV;01;40", valid_from="2020-01-01")), "regimes")
    return store


def bring(store: Store, folder: Path, *rows: dict[str, str], **conditions: object) -> None:
    deliver(store, folder, written(*rows), "receipts", said(**conditions))


def test_nothing_stored_is_an_empty_board_and_no_zero_per_cent(store: Store) -> None:
    board = board_of(store, "2020-01-20")
    assert board.empty and board.share is None and not board.agencies


def test_silence_is_waiting_on_the_due_day_and_missing_after_it(small: Store) -> None:
    assert states(board_of(small, "2020-01-15")) == {"not_due": 3}
    assert states(board_of(small, "2020-01-16")) == {"waiting": 3}
    board = board_of(small, "2020-01-17")
    assert states(board) == {"missing": 3}
    assert board.share is not None and board.share.quantity.number == 0
    assert board.agencies_missing.quantity.number == 3
    assert not board.simulated


def test_replaying_a_day_tells_what_was_known_on_it(small: Store, tmp_path: Path) -> None:
    refused = receipt(received_at="2020-01-16T23:59", result="rejected")
    taken = receipt(received_at="2020-01-18T08:00")
    other = receipt(agency_code="40", received_at="2020-01-16T23:59")
    bring(small, tmp_path, refused, taken, other)
    assert states(board_of(small, "2020-01-16")) == {"rejected": 1, "waiting": 1, "on_time": 1}
    assert states(board_of(small, "2020-01-17")) == {"rejected": 1, "missing": 1, "on_time": 1}
    board = board_of(small, "2020-01-18")
    assert states(board) == {"late": 1, "missing": 1, "on_time": 1}
    (late,) = [each for each in board.listed if each.state is State.LATE]
    assert late.days is not None and (int(late.days.quantity.number), late.refusals) == (2, 1)
    assert f"{late.came_at:%Y-%m-%d %H:%M}" == "2020-01-18 08:00"
    assert board.share is not None and str(board.share.quantity.number) == "33.3"


def test_a_correction_counts_from_the_day_it_is_known(small: Store, tmp_path: Path) -> None:
    bring(small, tmp_path, receipt())
    withdrawn = receipt(status="withdrawn", published="2020-02-01", reason="nhận nhầm")
    bring(small, tmp_path, withdrawn)
    assert states(board_of(small, "2020-01-20")) == {"missing": 2, "on_time": 1}
    assert states(board_of(small, "2020-02-01")) == {"missing": 3}


def test_what_becomes_known_later_is_not_known_before(small: Store, tmp_path: Path) -> None:
    bring(small, tmp_path, receipt(published="2020-01-20"))
    assert states(board_of(small, "2020-01-19")) == {"missing": 3}
    assert states(board_of(small, "2020-01-20")) == {"missing": 2, "on_time": 1}
    assert board_of(small, "2020-01-15").intake.received.quantity.number == 0


def test_one_simulated_receipt_marks_the_board(small: Store, tmp_path: Path) -> None:
    bring(small, tmp_path, receipt(status="simulated"), demo=True, machine_today=MACHINE_TODAY)
    assert not board_of(small, "2020-01-14").simulated
    assert board_of(small, "2020-01-16").simulated


def test_a_scope_hides_the_reports_of_others(small: Store, tmp_path: Path) -> None:
    bring(small, tmp_path, receipt(), receipt(agency_code="40"))
    board = board_of(small, "2020-01-17", Scope(frozenset({"01"})))
    assert [each.agency.code for each in board.agencies] == ["01"]
    assert states(board) == {"on_time": 1}


def test_only_the_nation_of_an_indicator_that_it_owes(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(figure("10.7")))
    found = {each.indicator.code: each for each in board_of(store, "2020-02-10").coverage.indicators}
    assert (found["DVC01"].state, found["DVC02"].state) == (Cover.STALE, Cover.MISSING)
    assert not any(each.simulated for each in found.values())
