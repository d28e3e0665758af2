"""How long a figure stays fresh."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.periods import cycle_end, parse_period, same_measure, stale_after


@pytest.mark.parametrize(
    ("day", "cycle", "end"),
    [
        ("2020-08-19", "day", "2020-08-20"),
        ("2020-12-31", "day", "2021-01-01"),
        ("2020-02-12", "month", "2020-03-12"),
        ("2020-01-31", "month", "2020-02-29"),
        ("2020-09-30", "quarter", "2020-12-31"),
        ("2019-06-30", "half", "2019-12-31"),
        ("2019-12-31", "year", "2020-12-31"),
        ("2019-02-28", "year", "2020-02-29"),
        ("2018-12-31", "2Y", "2020-12-31"),
    ],
)
def test_one_cycle_after_a_day(day: str, cycle: str, end: str) -> None:
    assert cycle_end(date.fromisoformat(day), cycle) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("period", "indicator_cycle", "last_fresh"),
    [
        ("2020-02-12", "month", "2020-03-12"),
        ("2019", "month", "2020-12-31"),
        ("2020-Q1", "month", "2020-06-30"),
        ("2020-02-12", "day", "2020-02-13"),
        ("2018", "2Y", "2020-12-31"),
    ],
)
def test_the_longer_cycle_counts_from_the_end_of_the_period(
    period: str, indicator_cycle: str, last_fresh: str
) -> None:
    span = parse_period(period)
    assert span is not None
    assert stale_after(span, indicator_cycle) == date.fromisoformat(last_fresh)


def test_an_unknown_cycle_is_an_error() -> None:
    with pytest.raises(KeyError):
        cycle_end(date(2020, 1, 1), "week")


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["day", "month", "quarter", "half", "year", "2Y"]),
)
def test_a_figure_is_fresh_for_at_least_a_day_and_a_later_one_never_shorter(day: date, cycle: str) -> None:
    end = cycle_end(day, cycle)
    assert end > day
    assert cycle_end(day + timedelta(days=1), cycle) >= end


@pytest.mark.parametrize(
    ("one", "other", "cycle", "kind", "same"),
    [
        ("2020-01", "2019-12", "month", "count", True),
        ("2020-02-12", "2020-01", "month", "share", True),
        ("2020-02-12", "2020-01", "month", "count", False),
        ("2019", "2019-12", "month", "share", False),
        ("2020", "2018", "2Y", "score", True),
        ("2020-Q1", "2019-12", "quarter", "rate", True),
    ],
)
def test_figures_are_held_against_each_other_that_tell_of_as_long_a_time(
    one: str, other: str, cycle: str, kind: str, same: bool
) -> None:
    first, second = parse_period(one), parse_period(other)
    assert first is not None and second is not None
    assert same_measure(first, second, cycle, kind) is same is same_measure(second, first, cycle, kind)
