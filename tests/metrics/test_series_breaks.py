"""In 2022 an act replaced the four levels by partial and full online services: two series, never one line."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from data.breaks import act_of, breaks_of
from data.delivery import Delivery
from data.scope import EVERYTHING
from data.store import Store
from i18n import LANGUAGES, speaker
from layouts.course import course_card
from metrics.asked import IMPROVEMENT, Asked
from metrics.boards.indicator import indicator
from metrics.boards.province import province
from metrics.boards.ranking import ranking
from metrics.status import Status
from tests.deliveries import deliver, figure, target, written

DAY = date(2022, 6, 24)
AT = date(2023, 1, 20)
LATER = Delivery(AT, date(2026, 1, 1), demo=False, actor="tester")
#: Level 4 up to March 2022, full online services from September on.
VALUES = {
    "01": {"2021-12": "40", "2022-03": "44", "2022-09": "30", "2022-12": "36"},
    "31": {"2021-12": "35", "2022-03": "46", "2022-09": "32", "2022-12": "34"},
}


@pytest.fixture
def across(store: Store, tmp_path: Path) -> Store:
    """The figures of two cities and of the country on both sides of the act, and a target of before it."""
    rows = [
        figure(value, agency_code=code, period=period, published="2023-01-15")
        for code, values in {**VALUES, "VN": VALUES["01"]}.items()
        for period, value in values.items()
    ]
    deliver(store, tmp_path, written(*rows), delivery=LATER)
    aims = [target("50", agency_code=code, due="2022", set_on="2021-01-15") for code in ("01", "VN")]
    deliver(store, tmp_path, written(*aims), "targets", LATER)
    return store


def test_the_act_holds_from_its_day_on() -> None:
    assert [each.day for each in breaks_of("DVC01")] == [DAY]
    assert act_of("DVC01", DAY - timedelta(days=1)) == ""
    assert act_of("DVC01", DAY) == "42/2022/NĐ-CP"
    assert act_of("VB01", date(2030, 1, 1)) == ""


def test_a_rank_does_not_move_over_the_break_but_after_it(across: Store) -> None:
    def moves(period: str) -> dict[str, int | None]:
        board = ranking(across, EVERYTHING, Asked(AT, "DVC01", period))
        assert board.table is not None
        return {
            row.agency.code: None if row.moved is None else int(row.moved.quantity.number) for row in board.table.rows
        }

    assert moves("2022-03") == {"31": 1, "01": -1}
    assert moves("2022-09") == {"31": None, "01": None}
    assert moves("2022-12") == {"01": 1, "31": -1}


def test_improvement_is_counted_within_one_series(across: Store) -> None:
    board = ranking(across, EVERYTHING, Asked(AT, "DVC01", "2022-12", sort=IMPROVEMENT))
    assert board.improvement is not None and board.improvement.since is not None
    assert board.improvement.since.text == "2022-09"
    assert {each.code: str(each.amount.quantity.number) for each in board.improvement.changes} == {
        "01": "6",
        "31": "2",
    }


def test_a_target_of_before_judges_no_figure_of_after(across: Store) -> None:
    before = ranking(across, EVERYTHING, Asked(AT, "DVC01", "2022-03")).table
    after = ranking(across, EVERYTHING, Asked(AT, "DVC01", "2022-12")).table
    assert before is not None and after is not None
    assert next(row for row in before.rows if row.agency.code == "01").target is not None
    row = next(row for row in after.rows if row.agency.code == "01")
    assert (row.target, row.judgement.status) == (None, Status.NA)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_joins_the_two_and_the_card_says_why(across: Store, language: str) -> None:
    board = indicator(across, EVERYTHING, "DVC01", Asked(AT))
    assert board is not None
    assert [each.day for each in board.course.breaks] == [DAY]
    assert {point.series for point in board.course.points} == {"", "42/2022/NĐ-CP: "}
    card = course_card(board.course, speaker(language))
    lines = [each for each in card.nodes() if each.attributes.get("className") == "trend-actual"]
    assert len(lines) == 2
    assert not [each for each in card.nodes() if each.attributes.get("className") == "trend-bridge"]
    assert len([each for each in card.nodes() if each.attributes.get("className") == "trend-break"]) == 1
    assert "42/2022/NĐ-CP" in card.text


def test_the_row_of_an_agency_draws_its_last_series_only(across: Store) -> None:
    board = province(across, EVERYTHING, "01", Asked(AT, "DVC01"))
    assert board is not None
    own = next(each for each in board.own if each.indicator.code == "DVC01")
    assert [None if each is None else int(each) for each in own.series] == [None, None, 30, 36]
    assert own.change is None
