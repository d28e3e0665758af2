"""Who stands where."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.ranking import Ranking, movement, movements, rank, rank_changes
from tests.metrics.sample_facts import agency_of, reading_of


def ranking_of(direction: str = "higher", composition: str = "", **values: str | None) -> Ranking:
    entries = [
        (agency_of(name[1:]), None if value is None else reading_of(value, composition=composition))
        for name, value in values.items()
    ]
    return rank(entries, direction)


def told(ranking: Ranking) -> list[tuple[str, int | None]]:
    return [(row.agency.code, row.rank) for row in ranking.rows]


def test_ties_share_a_rank_and_the_unreported_stand_apart() -> None:
    ranking = ranking_of(p40="12", p31=None, p48="12.0", p01="15", p79="3", p04=None)
    assert told(ranking) == [("01", 1), ("40", 2), ("48", 2), ("79", 4)]
    assert [agency.code for agency in ranking.unreported] == ["31", "04"], "in the order they were given"
    assert (ranking.reported, ranking.owing) == (4, 6)


def test_zero_is_ranked_and_absent_is_not() -> None:
    ranking = ranking_of(p40="0", p01="1", p31=None)
    assert told(ranking) == [("01", 1), ("40", 2)]


def test_lower_is_better_where_the_indicator_says_so() -> None:
    assert told(ranking_of("lower", p40="12", p01="3", p48="12")) == [("01", 1), ("40", 2), ("48", 2)]


@pytest.mark.parametrize("direction", ["none", "range"])
def test_without_a_better_side_there_are_no_ranks(direction: str) -> None:
    assert told(ranking_of(direction, p40="12", p01="30")) == [("01", None), ("40", None)]


def test_nobody_reported() -> None:
    ranking = ranking_of(p40=None)
    assert (told(ranking), ranking.reported, ranking.owing) == ([], 0, 1)


def test_movement_counts_places_gained() -> None:
    before = ranking_of(p01="9", p40="8", p48="7", p79="6")
    now = ranking_of(p01="9", p40="5", p48="9", p79="9.5", p31="1")
    assert told(now) == [("79", 1), ("01", 2), ("48", 2), ("40", 4), ("31", 5)]
    assert movements(now, before) == {"79": 3, "01": -1, "48": 1, "40": -2, "31": None}


def test_no_movement_without_an_earlier_period_or_over_a_break_in_the_series() -> None:
    now = ranking_of(composition="SC81+SC82+SC83", p01="9", p40="8")
    before = ranking_of(composition="SC81+SC82", p01="9", p40="8")
    assert movements(now, None) == {"01": None, "40": None}
    assert movements(now, before) == {"01": None, "40": None}
    assert movements(now, now) == {"01": 0, "40": 0}


def test_no_movement_where_the_code_meant_another_agency_or_there_is_no_rank() -> None:
    old = rank([(agency_of("24"), reading_of("5"))], "higher").rows[0]
    new = rank([(agency_of("24", date(2025, 7, 1)), reading_of("5"))], "higher").rows[0]
    unranked = rank([(agency_of("24"), reading_of("5"))], "none").rows[0]
    assert movement(new, old) is None
    assert movement(old, unranked) is None
    assert movement(unranked, old) is None
    assert movement(old, old) == 0


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=12), st.randoms(use_true_random=False))
def test_a_rank_is_one_more_than_those_ahead_in_whatever_order_they_came(
    numbers: list[int | None], shuffler: Random
) -> None:
    entries = [
        (agency_of(f"{code:02}"), None if number is None else reading_of(str(number)))
        for code, number in enumerate(numbers)
    ]
    ranking = rank(entries, "higher")
    reported = [number for number in numbers if number is not None]
    for row in ranking.rows:
        assert row.rank == 1 + sum(number > row.reading.printed for number in reported)
    shuffled = list(entries)
    shuffler.shuffle(shuffled)
    anew = rank(shuffled, "higher")
    assert {(row.agency.code, row.rank) for row in anew.rows} == {(row.agency.code, row.rank) for row in ranking.rows}
    assert set(anew.unreported) == set(ranking.unreported)
    assert ranking.owing == len(numbers)


@pytest.mark.parametrize(
    ("direction", "ranks"),
    [
        ("higher", {"a": 1, "b": 2, "c": 2, "d": 4}),
        ("lower", {"d": 1, "b": 2, "c": 2, "a": 4}),
        ("range", {}),
        ("none", {}),
    ],
)
def test_changes_are_ranked_by_the_better_side_with_ties(direction: str, ranks: dict[str, int]) -> None:
    changes = {"a": Decimal("3"), "b": Decimal("0.5"), "c": Decimal("0.50"), "d": Decimal("-2")}
    assert rank_changes(changes, direction) == ranks
