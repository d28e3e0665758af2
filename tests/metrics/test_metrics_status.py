"""How a figure stands: every row of the rule, every shape of target."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import Path, Target
from metrics.freshness import freshness
from metrics.status import Judgement, Status, judge
from metrics.values import reading_of as read
from tests.metrics.sample_facts import indicator_of, observation_of, reading_of, target_of

TODAY = date(2020, 2, 14)
NO_PATH = Path("none", "")
FLAT = Path("flat", "")
YEAR = {"band": None, "cycle": "year", "decimals": 2}


def test_level_4_on_12_february_2020() -> None:
    found = judge(reading_of("10.7"), target_of(), indicator_of(), TODAY)
    assert found.status is Status.BEHIND
    assert (str(found.expected), str(found.gap), str(found.shortfall)) == ("18.0", "-7.3", "19.3")
    assert found.days_overdue is None


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("30.1", "exceeded"),
        ("30.0", "met"),
        ("29.9", "good"),
        ("18.1", "good"),
        ("18.0", "good"),  # the path is 18,03 and prints 18,0
        ("18", "good"),
        ("17.9", "watch"),
        ("13.1", "watch"),
        ("13.0", "behind"),
        ("0", "behind"),
        (">18.0", "good"),
        ("<18.0", "watch"),  # "gần 18,0" lies below it
        (">13.0", "watch"),
        ("<13.1", "watch"),
        (">2.7", "behind"),  # decided on the printed number
        ("≈18.0", "good"),
    ],
)
def test_on_the_path(value: str, status: str) -> None:
    assert judge(reading_of(value), target_of(), indicator_of(), TODAY).status == status


@pytest.mark.parametrize(
    ("value", "status"),
    [("25.1", "watch"), ("25.0", "good"), ("24.9", "good"), ("29.9", "watch"), ("30.0", "behind"), ("10", "met")],
)
def test_the_path_down_is_mirrored(value: str, status: str) -> None:
    down = target_of("at_most 10", "2020-03-13", path=Path("linear", "", date(2020, 1, 13), Decimal(40)))
    lower = indicator_of(direction="lower")
    found = judge(reading_of(value), down, lower, TODAY)  # halfway: 30 of 60 days, 25,0
    assert found.status == status
    assert found.expected == 25
    assert found.gap == Decimal(value) - 25


NO_PATH_TARGET = target_of(path=NO_PATH)


@pytest.mark.parametrize(
    ("period", "at", "target", "band", "status"),
    [
        # the rule's table, row by row, for 20 against at least 30
        ("2020-02-12", "2020-02-14", target_of(), 5, "good"),
        ("2020-06-30", "2020-07-01", target_of(), 5, "watch"),  # the path is 23,2
        ("2020-12-31", "2020-12-31", target_of(), 5, "behind"),
        ("2020-02-12", "2020-02-14", target_of(), None, "unmet"),
        ("2020-12-31", "2020-12-31", target_of(), None, "unmet"),
        ("2020-02-12", "2020-02-14", NO_PATH_TARGET, 5, "na"),
        ("2020-02-12", "2020-02-14", NO_PATH_TARGET, None, "na"),
        ("2020-12-31", "2020-12-31", NO_PATH_TARGET, 5, "unmet"),
        ("2020-12-31", "2020-12-31", NO_PATH_TARGET, None, "unmet"),
        ("2020-02-12", "2020-02-14", target_of(due=None), 5, "na"),
        ("2020-02-12", "2020-02-14", target_of(due=None), None, "unmet"),
        ("2020-02-12", "2020-02-14", target_of(path=FLAT), 5, "behind"),
        ("2020-02-12", "2020-02-14", target_of(path=FLAT), None, "unmet"),
        # after the due date, whatever the path
        ("2021-01-01", "2021-01-01", target_of(), 5, "overdue"),
        ("2021-01-01", "2021-01-01", NO_PATH_TARGET, None, "overdue"),
        ("2021-01-01", "2021-01-01", target_of(path=FLAT), None, "overdue"),
        ("2099-12-31", "2099-12-31", target_of(due=None), 5, "na"),
        # before the path begins there is none
        ("2019-03-06", "2019-03-06", target_of(), 5, "na"),
        # a figure of before the due date, seen after it
        ("2020-12-30", "2021-01-15", target_of(), 5, "behind"),
    ],
)
def test_short_of_the_target(period: str, at: str, target: Target, band: int | None, status: str) -> None:
    indicator = indicator_of(band=None if band is None else Decimal(band))
    found = judge(reading_of("20", period), target, indicator, date.fromisoformat(at))
    assert found.status == status
    assert found.shortfall == 10


def test_overdue_counts_to_the_last_day_known() -> None:
    found = judge(reading_of("29.0", "2021-01-31"), target_of(), indicator_of(), date(2021, 2, 10))
    assert found == Judgement(Status.OVERDUE, Decimal("30.0"), Decimal("-1.0"), Decimal("1.0"), 31)
    met_late = judge(reading_of("30", "2021-01-31"), target_of(), indicator_of(), date(2021, 2, 10))
    assert (met_late.status, met_late.shortfall, met_late.days_overdue) == (Status.MET, None, None)


@pytest.mark.parametrize("value", ["10.7", "30", "31"])
def test_stale_stands_before_everything(value: str) -> None:
    stale = judge(reading_of(value), target_of(), indicator_of(), date(2020, 8, 20))
    assert stale == Judgement(Status.STALE)
    assert judge(reading_of(value), None, indicator_of(), date(2020, 8, 20)) == Judgement(Status.STALE)


def test_the_first_stale_day() -> None:
    assert judge(reading_of("10.7"), target_of(), indicator_of(), date(2020, 3, 12)).status is Status.BEHIND
    assert judge(reading_of("10.7"), target_of(), indicator_of(), date(2020, 3, 13)).status is Status.STALE
    daily = indicator_of(cycle="day")
    assert not freshness(reading_of("1").observation.period, daily, date(2020, 2, 13)).stale
    found = freshness(reading_of("1").observation.period, daily, date(2020, 2, 14))
    assert (found.stale, found.age_days, found.fresh_until) == (True, 2, date(2020, 2, 13))


def test_no_report_and_no_target() -> None:
    assert judge(None, target_of(), indicator_of(), TODAY) == Judgement(Status.NR)
    assert judge(None, None, indicator_of(), TODAY) == Judgement(Status.NR)
    assert judge(reading_of("10.7"), None, indicator_of(), TODAY) == Judgement(Status.NA)


def judged(value: str, target: str, direction: str, **other: Any) -> Judgement:
    """A figure of 2020 against a flat target of 2020, without a band, as the yearly ones are."""
    indicator = indicator_of(direction=direction, **YEAR)
    return judge(reading_of(value, "2020"), target_of(target, path=FLAT, **other), indicator, date(2021, 3, 1))


BEYOND_AT_SHORT = [
    ("at_least 28", "higher", "28.1", "28", "27.9"),
    ("at_least 28", "none", "28.1", "28", "27.9"),
    ("at_least 10..15", "higher", "16", "10 12.5 15", "9 2"),
    ("at_most 4", "lower", "3.9", "4 4.0", "4.1"),
    ("at_most 10..15", "lower", "9", "10 12 15", "16"),
    ("at_most strict 4", "lower", "3.9 <4.0 -1", "", "4 4.0 >4 ≈4 4.1"),
    ("at_least strict 5", "higher", "5.1 >5", "", "5 <5 4.9"),
    ("at_least strict 10..15", "higher", "16 >15", ">10 11 15", "10 <10 9"),
    ("range 33..34", "range", "", "33 33.9 34 >33 <34", "32.9 34.1 >34 <33"),
    ("range 33..34", "none", "", "33 34", "32.9 34.1"),
    ("range 1..1.5", "higher", "1.6 >1.5", "1 1.1 1.5", "0.9 <1"),
    ("range 1..1.5", "lower", "0.9", "1 1.5", "1.6"),
    ("about 6.8", "higher", "7.02 6.85", "6.8 6.84 6.75 >6.8", "6.74 2.91"),
    ("about 4", "lower", "2.79 3.49", "4 3.5 4.4 <4", "4.5 5"),
    ("about 7", "higher", "8.1", "6.5 7", "6.4"),
    ("about 6.8", "range", "", "6.8", "6.7 6.9"),
    ("about 24..24.5", "higher", "24.6", "24 24.5 24.54", "23.9"),
    ("at_least 4", "higher", ">4", "≈4", "<4"),
]


@pytest.mark.parametrize(("target", "direction", "beyond", "at", "short"), BEYOND_AT_SHORT)
def test_every_shape_beyond_at_and_short_of_the_target(
    target: str, direction: str, beyond: str, at: str, short: str
) -> None:
    for values, status in ((beyond, "exceeded"), (at, "met"), (short, "unmet")):
        for value in values.split():
            assert (value, judged(value, target, direction).status) == (value, status)


@pytest.mark.parametrize(
    ("value", "target", "direction", "shortfall"),
    [
        ("27.5", "at_least 28", "higher", "0.5"),
        ("4.6", "at_most 4", "lower", "0.6"),
        ("32.5", "range 33..34", "range", "0.5"),
        ("34.5", "range 33..34", "range", "0.5"),
        ("2.91", "about 6.8", "higher", "3.89"),
        ("2", "at_least 10..15", "higher", "8"),
        ("4", "at_most strict 4", "lower", None),
        ("28", "at_least 28", "higher", None),
    ],
)
def test_what_is_still_missing(value: str, target: str, direction: str, shortfall: str | None) -> None:
    found = judged(value, target, direction).shortfall
    assert found == (None if shortfall is None else Decimal(shortfall))


@pytest.mark.parametrize(
    ("value", "target", "direction", "status"),
    [
        ("61..62", "range 60..62", "higher", "met"),
        ("59..61", "range 60..62", "higher", "unmet"),
        ("61..63", "range 60..62", "higher", "met"),
        ("61..63", "range 60..62", "range", "unmet"),
        ("63..64", "range 60..62", "higher", "exceeded"),
        ("3..5", "at_most 4", "lower", "unmet"),
    ],
)
def test_a_figure_with_two_ends_is_judged_at_the_worse_one(
    value: str, target: str, direction: str, status: str
) -> None:
    assert judged(value, target, direction).status == status


def test_the_rank_of_the_united_nations_missed_its_target() -> None:
    ranks = indicator_of(code="XH01D", unit="bậc", unit_kind="rank", cycle="2Y", band=None, decimals=0)
    target = target_of("at_least 10..15", path=NO_PATH)
    found = judge(reading_of("2", "2020"), target, ranks, date(2021, 1, 1))
    assert found == Judgement(Status.UNMET, shortfall=Decimal(8))
    assert judge(reading_of("2", "2020-07-10"), target, ranks, date(2020, 8, 1)).status is Status.NA


def test_a_share_of_an_approximate_number_of_services() -> None:
    services = read(observation_of(terms=("50", "<1800")), indicator_of())
    found = judge(services, target_of(), indicator_of(), TODAY)
    assert (found.status, str(found.gap)) == (Status.BEHIND, "-15.3")


ORDER = [Status.BEHIND, Status.WATCH, Status.GOOD, Status.MET, Status.EXCEEDED]


@given(st.decimals(0, 40, places=1), st.decimals(0, 40, places=1))
def test_a_higher_share_never_stands_worse(first: Decimal, second: Decimal) -> None:
    lower, higher = sorted((first, second))
    status = [judge(reading_of(str(v)), target_of(), indicator_of(), TODAY).status for v in (lower, higher)]
    assert ORDER.index(status[0]) <= ORDER.index(status[1])


@given(st.decimals(0, 60, places=1))
def test_lower_is_the_mirror_of_higher(value: Decimal) -> None:
    up = target_of("at_least 30", path=Path("linear", "", date(2020, 1, 13), Decimal(10)))
    down = target_of("at_most 30", path=Path("linear", "", date(2020, 1, 13), Decimal(50)))
    ups = judge(reading_of(str(value)), up, indicator_of(decimals=4), TODAY)
    downs = judge(reading_of(str(60 - value)), down, indicator_of(decimals=4, direction="lower"), TODAY)
    assert ups.status is downs.status
    assert ups.gap is not None
    assert ups.gap == -(downs.gap or 0)
    assert ups.shortfall == downs.shortfall


@given(st.decimals(0, 40, places=3))
def test_the_status_can_be_checked_on_the_printed_digits(value: Decimal) -> None:
    exact = read(observation_of(str(value)), indicator_of())
    assert exact is not None
    found = judge(exact, target_of(), indicator_of(), TODAY)
    assert found == judge(reading_of(str(exact.printed)), target_of(), indicator_of(), TODAY)
    assert found.expected is not None
    assert found.gap == exact.printed - found.expected
