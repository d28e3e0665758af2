"""Where a figure leads, and the pace that is needed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import Path, Target
from data.quantity import Qualifier
from metrics.forecast import Outlook, band, outlook, pace_needed, projection, within
from metrics.values import printed
from tests.metrics.sample_facts import indicator_of, reading_of, target_of

TODAY = date(2020, 2, 14)


def test_level_4_on_12_february_2020() -> None:
    found = outlook(reading_of("10.7"), target_of(), indicator_of(), TODAY)
    assert str(found.projected) == "15.8"
    assert str(found.pace_needed) == "1.8"  # 19,3 points in 323 days
    assert str(found.pace_so_far) == "0.5"  # 5,35 points in 342 days
    assert found.qualifier is Qualifier.EXACT


def test_the_two_rules_by_themselves() -> None:
    start, seen, due = (date(2019, 3, 7), Decimal("5.35")), (date(2020, 2, 12), Decimal("10.7")), date(2020, 12, 31)
    assert str(printed(projection(start, seen, due), 2)) == "15.75"
    assert str(printed(pace_needed(Decimal("10.7"), date(2020, 2, 12), Decimal(30), due), 2)) == "1.82"


def test_a_fall_is_negative() -> None:
    down = target_of("at_most 10", path=Path("linear", "approved", date(2019, 12, 31), Decimal(40)))
    found = outlook(reading_of("37.0", "2020-01-31"), down, indicator_of(direction="lower"), TODAY)
    assert str(found.pace_so_far) == "-2.9"  # 3 points in 31 days
    assert str(found.pace_needed) == "-2.5"  # 27 points in 335 days
    assert str(found.projected) == "4.6"  # 40 - 3 × 366/31 = 4,58


def test_a_bound_stays_a_bound() -> None:
    found = outlook(reading_of(">10.7"), target_of(), indicator_of(), TODAY)
    assert (str(found.projected), found.qualifier) == ("15.7", Qualifier.OVER)


def test_a_projection_stays_within_the_natural_limits() -> None:
    high = target_of("at_least 100", path=Path("linear", "", date(2020, 1, 12), Decimal(50)))
    assert str(outlook(reading_of("80"), high, indicator_of(), TODAY).projected) == "100.0"
    down = target_of("at_most 10", path=Path("linear", "", date(2020, 1, 12), Decimal(50)))
    assert str(outlook(reading_of("20"), down, indicator_of(direction="lower"), TODAY).projected) == "0.0"


def test_without_a_path_only_the_pace_needed_means_something() -> None:
    found = outlook(reading_of("50"), target_of("at_least 100", path=Path("none", "")), indicator_of(), TODAY)
    assert found == Outlook(pace_needed=Decimal("4.7"))  # 50 points in 323 days


@pytest.mark.parametrize(
    ("value", "period", "target", "at"),
    [
        ("30", "2020-02-12", target_of(), "2020-02-14"),  # met
        ("31", "2020-02-12", target_of(), "2020-02-14"),  # exceeded
        ("10.7", "2020-02-12", target_of(), "2020-08-20"),  # stale
        ("10.7", "2020-02-12", target_of(due=None), "2020-02-14"),
        ("10.7", "2020-12-31", target_of(), "2021-01-01"),  # the due date has come
        ("10.7", "2021-01-31", target_of(), "2021-02-01"),  # overdue
        ("2.91", "2020-06-30", target_of("about 6.8", path=Path("flat", "")), "2020-07-01"),
        ("10.7", "2020-02-12", None, "2020-02-14"),
    ],
)
def test_nothing_is_said_where_it_means_nothing(value: str, period: str, target: Target | None, at: str) -> None:
    found = outlook(reading_of(value, period), target, indicator_of(), date.fromisoformat(at))
    assert found == Outlook()


def test_nothing_is_said_without_a_figure_or_of_a_rank() -> None:
    assert outlook(None, target_of(), indicator_of(), TODAY) == Outlook()
    rank = indicator_of(unit="bậc", unit_kind="rank", band=None, decimals=0)
    assert outlook(reading_of("2"), target_of("at_least 10..15"), rank, TODAY) == Outlook()


def test_a_figure_of_the_day_the_path_begins_has_no_pace_yet() -> None:
    found = outlook(reading_of("5", "2019-03-07"), target_of(), indicator_of(), date(2019, 3, 8))
    assert (found.projected, found.pace_so_far) == (None, None)
    assert found.pace_needed is not None


@pytest.mark.parametrize("last", [date(2020, 1, 1), date(2019, 12, 31)])
def test_a_line_needs_two_days_in_order(last: date) -> None:
    with pytest.raises(ValueError, match="in order"):
        projection((date(2020, 1, 1), Decimal(1)), (last, Decimal(2)), date(2020, 12, 31))
    with pytest.raises(ValueError, match="in order"):
        pace_needed(Decimal(1), date(2020, 1, 1), Decimal(2), last)


shares = st.decimals(0, 100, places=2)


@given(st.dates(date(2019, 1, 1), date(2021, 12, 31)), st.integers(1, 700), st.integers(1, 700), shares, shares)
def test_the_pace_needed_leads_to_the_target(
    first: date, seen_after: int, due_after: int, begun: Decimal, ends: Decimal
) -> None:
    last = first + timedelta(days=seen_after)
    due = last + timedelta(days=due_after)
    line = projection((first, begun), (last, ends), due)
    assert abs(projection((first, begun), (due, line), last) - ends) < Decimal("1e-15")
    needed = pace_needed(begun, first, ends, due)
    assert abs(begun + needed * (due - first).days / Decimal("30.4375") - ends) < Decimal("1e-15")


YEAR_END = date(2020, 12, 31)
#: Values at the ends of months: 90, 91 and 91 days lie between those that are three months apart.
COURSE = [
    (date(2019, 10, 2), Decimal(1)),
    (date(2019, 12, 31), Decimal(10)),  # 9 in 90 days: 0,1 a day
    (date(2020, 3, 31), Decimal("28.2")),  # 18,2 in 91 days: 0,2 a day
]


def test_a_band_runs_from_the_last_value_at_the_slowest_and_the_fastest_pace() -> None:
    found = band(COURSE, (date(2020, 4, 1), Decimal(30)), date(2020, 4, 11))
    assert found is not None
    low, high = found
    assert low == Decimal(31)  # 10 days at 0,1
    assert high == 30 + 10 * Decimal(20) / 92  # 10 days at 20 in the 92 days from 31/12 to 01/04


def test_a_band_needs_two_paces() -> None:
    last = COURSE[1]
    assert band(COURSE[:1], last, YEAR_END) is None
    assert band([], last, YEAR_END) is None
    assert band(COURSE, COURSE[2], YEAR_END) is not None


@pytest.mark.parametrize(("days", "counts"), [(79, False), (80, True), (100, True), (101, False)])
def test_a_quarter_is_eighty_to_a_hundred_days(days: int, counts: bool) -> None:
    first, second = date(2019, 1, 1), date(2019, 6, 1)
    ends = [(day + timedelta(days=days), Decimal(2)) for day in (first, second)]
    series = [(first, Decimal(1)), ends[0], (second, Decimal(1))]
    assert (band(series, ends[1], YEAR_END) is not None) is counts


def test_a_band_knows_nothing_of_what_came_after_the_last_value() -> None:
    later = [*COURSE, (date(2020, 6, 29), Decimal(100))]
    assert band(later, COURSE[2], YEAR_END) == band(COURSE, COURSE[2], YEAR_END)


def test_a_band_is_the_same_in_whatever_order_the_series_comes() -> None:
    assert band(COURSE[::-1], COURSE[2], YEAR_END) == band(COURSE, COURSE[2], YEAR_END)


def test_a_band_needs_a_due_day_that_is_still_to_come() -> None:
    with pytest.raises(ValueError, match="after the last one"):
        band(COURSE, COURSE[2], COURSE[2][0])


def test_the_natural_limits_hold_the_ends_of_a_band() -> None:
    shares_only = indicator_of()
    assert [within(Decimal(number), shares_only) for number in (-3, 50, 120)] == [0, 50, 100]
    free = indicator_of(natural_min=None, natural_max=None)
    assert [within(Decimal(number), free) for number in (-3, 120)] == [-3, 120]


@given(st.lists(st.tuples(st.integers(0, 700), shares), min_size=2, max_size=20, unique_by=lambda point: point[0]))
def test_a_band_has_its_lower_end_first_and_holds_a_steady_course(points: list[tuple[int, Decimal]]) -> None:
    series = [(date(2019, 1, 1) + timedelta(days=days), value) for days, value in points]
    found = band(series, max(series), date(2021, 12, 31))
    assert found is None or found[0] <= found[1]
    steady = [(day, Decimal((day - date(2019, 1, 1)).days)) for day, _ in series]
    even = band(steady, max(steady), date(2021, 12, 31))
    assert even is None or all(abs(end - 1095) < Decimal("1e-15") for end in even)
