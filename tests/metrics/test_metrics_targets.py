"""Which target governs, and what its glidepath expects."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import Path
from data.periods import parse_period
from metrics.targets import answers, expected, governing, judging, versions
from metrics.values import printed
from tests.metrics.sample_facts import target_of

RANKS = {"NQ17": 1, "B": 2, "C": 2}
TODAY = date(2020, 2, 14)


def test_the_latest_wording_governs_and_the_earlier_ones_stay_listed() -> None:
    by_act = target_of("at_least 50", set_on=date(2019, 3, 7))
    july = target_of("at_least 60", "2019", set_on=date(2019, 7, 23), source="B")
    february = target_of("at_least 100", set_on=date(2020, 2, 12), source="C")
    known = (by_act, july, february)
    assert versions(known, "VN", TODAY, RANKS) == (february, july, by_act)
    assert versions(known, "VN", date(2020, 2, 11), RANKS) == (july, by_act)
    assert governing(known, "VN", date(2020, 2, 12), RANKS) is february
    assert governing(known, "VN", date(2019, 3, 7), RANKS) is by_act
    assert governing(known, "VN", date(2019, 3, 6), RANKS) is None
    assert versions(known, "VN", date(2019, 3, 6), RANKS) == ()


def test_an_agency_with_a_target_of_its_own_is_not_governed_by_a_later_one_for_all() -> None:
    own = target_of("at_least 40", agency="48", set_on=date(2019, 6, 1))
    everyone = target_of("at_least 30", set_on=date(2020, 1, 1))
    assert versions((everyone, own), "48", TODAY, RANKS) == (own, everyone)
    assert governing((everyone, own), "40", TODAY, RANKS) is everyone
    assert governing((everyone, own), "48", date(2019, 5, 31), RANKS) is None
    assert versions((own,), "40", TODAY, RANKS) == ()


def test_an_own_target_set_later_does_not_govern_before_its_day() -> None:
    everyone = target_of("at_least 30")
    own = target_of("at_least 40", agency="48", set_on=date(2020, 3, 1))
    assert governing((everyone, own), "48", TODAY, RANKS) is everyone
    assert governing((everyone, own), "48", date(2020, 3, 1), RANKS) is own


def test_of_two_set_on_one_day_the_better_source_governs_then_the_nearest_due_date_ahead() -> None:
    later = target_of("at_least 40", "2025")
    sooner = target_of("at_least 20", "2020")
    unranked = target_of("at_least 99", "2030", source="X")
    second = target_of("at_least 98", "2030", source="B")
    open_ended = target_of("at_least 97", None)
    known = (unranked, open_ended, second, sooner, later)
    assert versions(known, "VN", TODAY, RANKS) == (sooner, later, open_ended, second, unranked)
    assert versions(known, "VN", date(2021, 1, 1), RANKS) == (later, sooner, open_ended, second, unranked)


def test_a_figure_is_judged_by_the_plan_of_its_own_period_and_answers_no_other() -> None:
    of_2019 = target_of("range 6.6..6.8", "2019", set_on=date(2018, 11, 8))
    of_2020 = target_of("about 6.8", "2020", set_on=date(2019, 11, 11))
    known = versions((of_2019, of_2020), "VN", TODAY, RANKS)
    assert known == (of_2020, of_2019)
    year_2018, year_2019, month = (parse_period(text) for text in ("2018", "2019", "2019-12"))
    assert year_2018 and year_2019 and month
    assert judging(known, year_2019) is of_2019
    assert [judging(known, each) for each in (year_2018, month, None)] == [of_2020] * 3
    assert judging((), year_2019) is None
    assert answers(of_2019, known, year_2019) and not answers(of_2020, known, year_2019)
    assert answers(of_2020, known, year_2018) and answers(of_2020, known, month)


LEVEL_4 = target_of()


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("2019-03-06", None),
        ("2019-03-07", "5.35"),
        ("2020-02-12", "18.03"),
        ("2020-12-30", "29.96"),
        ("2020-12-31", "30.00"),
        ("2021-06-30", "30.00"),
    ],
)
def test_a_linear_path(on: str, value: str | None) -> None:
    found = expected(LEVEL_4, date.fromisoformat(on))
    assert (None if found is None else str(printed(found, 2))) == value


STEPS = Path(
    "milestones", "approved", milestones=((date(2019, 12, 31), Decimal(20)), (date(2020, 6, 30), Decimal(25)))
)


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("2019-12-30", None),
        ("2019-12-31", "20"),
        ("2020-03-31", "22.5"),  # 91 of 182 days
        ("2020-06-30", "25"),
        ("2020-09-30", "27.5"),  # 92 of 184 days
        ("2020-12-31", "30"),
    ],
)
def test_a_path_of_milestones(on: str, value: str | None) -> None:
    found = expected(target_of(path=STEPS), date.fromisoformat(on))
    assert found == (None if value is None else Decimal(value))


def test_milestones_begin_at_the_start_where_one_is_given() -> None:
    started = Path("milestones", "approved", date(2019, 12, 1), Decimal(14), STEPS.milestones)
    assert expected(target_of(path=started), date(2019, 12, 16)) == 17  # 15 of 30 days
    assert expected(target_of(path=started), date(2019, 11, 30)) is None


def test_a_milestone_on_or_after_the_due_date_does_not_bend_the_path() -> None:
    odd = Path("milestones", "approved", milestones=(*STEPS.milestones, (date(2020, 12, 31), Decimal(99))))
    assert expected(target_of(path=odd), date(2020, 9, 30)) == Decimal("27.5")
    assert expected(target_of(path=odd), date(2020, 12, 31)) == 30


def test_a_path_down() -> None:
    down = target_of("at_most 10", "2020-12-31", path=Path("linear", "approved", date(2020, 12, 1), Decimal(40)))
    assert expected(down, date(2020, 12, 16)) == 25  # 15 of 30 days


def test_a_flat_path_is_the_target_on_any_day_and_none_is_none() -> None:
    flat = target_of("about 6.8", path=Path("flat", "approved"))
    assert expected(flat, date(2019, 1, 1)) == expected(flat, date(2021, 1, 1)) == Decimal("6.8")
    assert expected(target_of(path=Path("none", "")), date(2020, 12, 31)) is None
    assert expected(target_of(due=None), date(2020, 6, 30)) is None
    assert expected(target_of(due=None, path=Path("flat", "")), date(2020, 6, 30)) is None


@given(st.dates(date(2019, 3, 7), date(2022, 1, 1)), st.integers(0, 400))
def test_a_path_up_never_falls_and_stays_between_its_ends(on: date, days: int) -> None:
    sooner = expected(LEVEL_4, on)
    later = expected(LEVEL_4, date.fromordinal(on.toordinal() + days))
    assert sooner is not None
    assert later is not None
    assert Decimal("5.35") <= sooner <= later <= 30
