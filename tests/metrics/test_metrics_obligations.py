"""How an event stands: every row of the rule, and nobody late without evidence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import CheckIn
from metrics.obligations import FINISHED, Standing, Verdict, judge

DUE = date(2020, 3, 31)


def told(text: str) -> tuple[CheckIn, ...]:
    """`issue open 2020-02-12, issue done 2020-04-09`, by day."""
    rows = [row.split() for row in text.split(",") if row.strip()]
    return tuple(
        CheckIn(
            directive="NV01",
            event=event,
            day=date.fromisoformat(day),
            state=state,
            source="A",
            agency=None,
            status="official",
            certainty="sourced",
            note="",
            evidence="",
            link="",
            source_ref="",
            phrase="",
            published=date.fromisoformat(day),
            revision=1,
        )
        for event, state, day in rows
    )


def verdict(event: str, due: date | None, words: str, at: str) -> tuple[str, int | None, int | None]:
    found = judge(event, due, told(words), date.fromisoformat(at))
    return found.standing, found.days, found.at_most


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        ("", "2020-03-30", ("not_due", 1, None)),
        ("", "2020-03-31", ("not_due", 0, None)),
        ("", "2020-04-01", ("unknown", 1, None)),
        ("issue open 2020-02-12", "2020-03-31", ("in_time", 0, None)),
        ("issue open 2020-02-12", "2020-04-10", ("unknown", 10, None)),
        ("issue open 2020-03-31", "2020-04-10", ("unknown", 10, None)),
        ("issue open 2020-04-01", "2020-04-10", ("overdue", 1, None)),
        ("issue at_risk 2020-03-01", "2020-03-15", ("at_risk", 16, None)),
        ("issue at_risk 2020-03-01, issue open 2020-03-10", "2020-03-15", ("in_time", 16, None)),
        ("issue done 2020-03-31", "2020-03-31", ("done_in_time", None, None)),
        ("issue open 2020-02-12, issue done 2020-04-09", "2020-05-01", ("done_late", 9, None)),
        ("issue done 2020-03-31, issue open 2020-04-05", "2020-04-10", ("done_in_time", None, None)),
        ("submit open 2020-04-05", "2020-04-10", ("unknown", 10, None)),
    ],
)
def test_an_event_with_a_date(words: str, at: str, expected: tuple[str, int | None, int | None]) -> None:
    assert verdict("issue", DUE, words, at) == expected


@pytest.mark.parametrize(
    ("words", "standing"),
    [("", "no_date"), ("issue open 2020-04-01", "no_date"), ("issue done 2020-04-01", "done")],
)
def test_an_event_without_a_date_is_never_late(words: str, standing: str) -> None:
    assert verdict("issue", None, words, "2099-12-31") == (standing, None, None)


def test_a_later_event_bounds_an_earlier_one_and_does_not_make_it_late() -> None:
    assert verdict("submit", date(2019, 9, 30), "issue done 2020-03-05", "2020-12-31") == ("unknown", 458, 157)
    assert verdict("submit", DUE, "issue done 2020-03-05", "2020-12-31") == ("unknown", 275, 0)
    assert verdict("issue", DUE, "submit done 2020-04-05", "2020-12-31") == ("unknown", 275, None)
    assert verdict("report", DUE, "issue done 2020-04-05", "2020-12-31") == ("unknown", 275, None)


def test_who_was_told_open_after_the_date_is_late_until_a_later_event_is_done_and_has_been_late_since() -> None:
    words = "submit open 2020-04-20, issue done 2020-05-31"
    assert verdict("submit", DUE, "submit open 2020-04-20", "2020-05-30") == ("overdue", 20, None)
    assert verdict("submit", DUE, words, "2020-05-31") == ("done_late", None, 61)
    again = f"{words}, submit open 2020-06-15"
    assert verdict("submit", DUE, again, "2020-06-30") == ("overdue", 76, None)


days = st.dates(date(2019, 1, 1), date(2021, 12, 31))


@given(days, days, st.lists(st.tuples(st.sampled_from(["open", "at_risk"]), days), max_size=4))
def test_nobody_is_overdue_without_having_been_told_open_after_the_date(
    due: date, at: date, states: list[tuple[str, date]]
) -> None:
    known = sorted((day, state) for state, day in states if day <= at)
    found = judge("issue", due, told(",".join(f"issue {state} {day}" for day, state in known)), at)
    assert (found.standing is Standing.OVERDUE) == any(day > due for day, _ in known)
    assert found.standing not in FINISHED
    if found.standing is Standing.OVERDUE:
        assert found.days == (max(day for day, _ in known) - due).days


def test_the_words_are_in_order_of_urgency() -> None:
    assert next(iter(Standing)) is Standing.OVERDUE
    assert Verdict(Standing.NO_DATE).days is None
