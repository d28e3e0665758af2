"""Periods as files write them, and the days they run from and to."""

from datetime import date

import pytest

from data.periods import CYCLE_MONTHS, add_months, parse_day, parse_period


@pytest.mark.parametrize(
    ("text", "cycle", "start", "end"),
    [
        ("2019", "year", "2019-01-01", "2019-12-31"),
        ("2019-H1", "half", "2019-01-01", "2019-06-30"),
        ("2019-H2", "half", "2019-07-01", "2019-12-31"),
        ("2019-Q1", "quarter", "2019-01-01", "2019-03-31"),
        ("2019-Q4", "quarter", "2019-10-01", "2019-12-31"),
        ("2019-02", "month", "2019-02-01", "2019-02-28"),
        ("2020-02", "month", "2020-02-01", "2020-02-29"),
        ("2020-12", "month", "2020-12-01", "2020-12-31"),
        ("2020-02-12", "day", "2020-02-12", "2020-02-12"),
        ("0001", "year", "0001-01-01", "0001-12-31"),
        ("9999", "year", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_period_runs_to_its_last_day(text: str, cycle: str, start: str, end: str) -> None:
    found = parse_period(text)
    assert found is not None
    assert (found.text, found.cycle) == (text, cycle)
    assert (found.start, found.end) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        *("", "19", "02019", "0000", "2019 ", " 2019", "2019\n", "２０１９"),
        *("2019-H0", "2019-H3", "2019-Q0", "2019-Q5", "2019-q1", "2019-Q1-01"),
        *("2019-00", "2019-13", "2019-2", "2019/02"),
        *("2019-02-29", "2019-2-3", "2019-02-30", "20190212"),
    ],
)
def test_anything_else_is_no_period(text: str) -> None:
    assert parse_period(text) is None


@pytest.mark.parametrize(
    "text", ["", "20200212", "2020-02-12T00:00", "2020-W07-3", "12/02/2020", "2020-02-30", "2020-2-1"]
)
def test_anything_else_is_no_day(text: str) -> None:
    assert parse_day(text) is None


def test_a_day_is_read() -> None:
    assert parse_day("2020-02-29") == date(2020, 2, 29)


def test_periods_stand_in_order_of_their_ends() -> None:
    texts = ["2020-02", "2019", "2019-12-31", "2019-Q4", "2019-H1", "2020-02-12"]
    found = sorted(period for text in texts if (period := parse_period(text)))
    assert [period.text for period in found] == ["2019-H1", "2019", "2019-Q4", "2019-12-31", "2020-02-12", "2020-02"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2019-09-30", 3, "2019-12-31"),
        ("2019-12-31", 2, "2020-02-29"),
        ("2019-01-30", 1, "2019-02-28"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2019-02-28", 1, "2019-03-31"),
        ("2019-12-15", 1, "2020-01-15"),
        ("2020-01-15", -1, "2019-12-15"),
        ("2020-03-31", -1, "2020-02-29"),
        ("2020-03-31", 0, "2020-03-31"),
    ],
)
def test_months_are_added_and_a_last_day_stays_one(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_a_cycle_is_as_long_as_its_periods() -> None:
    for text in ("2019-05", "2019-Q2", "2019-H2", "2019"):
        found = parse_period(text)
        assert found is not None
        months = (found.end.year - found.start.year) * 12 + found.end.month - found.start.month + 1
        assert months == CYCLE_MONTHS[found.cycle]
