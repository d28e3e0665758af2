"""Where a figure stands to a plan, what the next plan changes, and when a verdict wants a second look."""

from decimal import Decimal

import pytest

from metrics.plans import Change, Doubt, Side, change_of, doubt_of, place_of
from metrics.status import Status
from tests.metrics.sample_facts import reading_of, target_of


@pytest.mark.parametrize(
    ("value", "target", "side", "by"),
    [
        ("7.02", "range 6.6..6.8", "above", "0.22"),
        ("6.8", "range 6.6..6.8", "inside", None),
        ("6.5", "range 6.6..6.8", "below", "0.1"),
        ("2.79", "about 4", "below", "1.21"),
        ("61..62", "range 60..62", "inside", None),
        ("61..63", "range 60..62", "above", "1"),
        ("58..61", "range 60..62", "below", "2"),
        ("63..64", "range 60..62", "above", "1"),
        ("57..58", "range 60..62", "below", "2"),
        (">4", "at_least 4", "above", None),
        ("<4", "at_least 4", "below", None),
        ("≈4", "at_least 4", "equal", None),
        (">62", "range 60..62", "above", None),
        (">60", "range 60..62", "inside", None),
        ("≈24", "range 24..24.5", "inside", None),
        ("89", "at_least 89", "equal", None),
        ("89.0", "at_least 89", "equal", None),
        ("3.1", "at_most strict 4", "below", "0.9"),
    ],
)
def test_where_a_figure_stands(value: str, target: str, side: str, by: str | None) -> None:
    place = place_of(reading_of(value), target_of(target))
    assert (place.side, place.by) == (side, None if by is None else Decimal(by))


@pytest.mark.parametrize(
    ("old", "new", "change", "by"),
    [
        ("range 33..34", "range 33..34", "kept", None),
        ("range 6.6..6.8", "about 6.8", "reworded", None),
        ("about 4", "at_most strict 4", "reworded", None),
        ("at_most 4", "at_most strict 4", "reworded", None),
        ("range 1..1.5", "range 1..1.6", "reworded", None),
        ("range 60..62", "about 65", "raised", "3"),
        ("at_least 41.85", "at_least 42", "raised", "0.15"),
        ("range 7..8", "about 6.5", "lowered", "0.5"),
    ],
)
def test_what_a_plan_does_to_the_one_before(old: str, new: str, change: str, by: str | None) -> None:
    assert change_of(target_of(old, "2019"), target_of(new)) == (Change(change), None if by is None else Decimal(by))


@pytest.mark.parametrize(
    ("status", "verdict", "value", "doubt"),
    [
        (Status.MET, "exceeded", "61", Doubt.DIFFERS),
        (Status.EXCEEDED, "met", "63", Doubt.DIFFERS),
        (Status.UNMET, "met", "59", Doubt.DIFFERS),
        (Status.MET, "met", "61", None),
        (Status.MET, None, "61", None),
        (None, "met", "61", None),
    ],
)
def test_a_verdict_is_doubted_where_the_rule_says_otherwise(
    status: Status | None, verdict: str | None, value: str, doubt: Doubt | None
) -> None:
    assert doubt_of(status, verdict, reading_of(value), target_of("range 60..62")) is doubt
    assert doubt_of(status, verdict, None, target_of("range 60..62")) is None
    assert doubt_of(status, verdict, reading_of(value), None) is None


def test_a_figure_that_is_the_plan_to_the_last_digit_is_doubted_but_not_one_that_is_about_it() -> None:
    plan = target_of("at_least 89")
    assert doubt_of(Status.MET, "met", reading_of("89"), plan) is Doubt.AT_PLAN
    assert doubt_of(Status.MET, "met", reading_of("≈89"), plan) is None
    assert doubt_of(Status.MET, "exceeded", reading_of("89"), plan) is Doubt.DIFFERS
    assert place_of(reading_of("89"), plan).side == Side.EQUAL
