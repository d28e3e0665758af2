"""How far a system has come: every row of the rule, and nothing late on silence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import Milestone
from data.periods import parse_period
from metrics.milestones import Stage, judge_plan, silent, stage_of
from metrics.obligations import Standing


def told(text: str) -> tuple[Milestone, ...]:
    """`trial planned 2019-09, operate running 2019-12-01`: event, state and period or day."""
    return tuple(
        Milestone(
            system="SYS03",
            event=event,
            source="B",
            name_vi="",
            name_en="",
            due=parse_period(when) if state == "planned" else None,
            day=None if state == "planned" else date.fromisoformat(when),
            state=state,
            certainty="sourced",
            source_ref="",
            phrase="",
            published=date(2019, 7, 23),
            revision=1,
        )
        for event, state, when in (row.split() for row in text.split(",") if row.strip())
    )


@pytest.mark.parametrize(
    ("words", "at", "stage"),
    [
        ("", "2020-01-01", "nothing"),
        ("build running 2019-07-23", "2020-01-01", "under_way"),
        ("connect reached 2019-07-23", "2020-01-01", "under_way"),
        ("trial planned 2019-09", "2019-09-30", "planned"),
        ("trial planned 2019-09", "2019-10-01", "unknown"),
        ("build running 2019-07-23, trial planned 2019-09", "2019-09-30", "planned"),
        ("build running 2019-07-23, trial planned 2019-09", "2019-10-01", "unknown"),
        ("trial planned 2019-09, operate planned 2019-11", "2019-10-01", "unknown"),
        ("trial planned 2019-09, trial reached 2019-10-05", "2019-10-06", "under_way"),
        ("trial planned 2019-09, build running 2019-10-05", "2019-10-06", "unknown"),
        ("trial planned 2019-09, trial running 2019-10-05", "2019-10-06", "under_way"),
        ("trial planned 2019-09, operate running 2019-12-01", "2019-12-02", "running"),
        ("launch reached 2019-12-09", "2019-12-09", "running"),
        ("launch reached 2019-12-09, trial planned 2020-03", "2020-04-01", "running"),
    ],
)
def test_a_system_stands_by_what_is_told_of_it(words: str, at: str, stage: str) -> None:
    assert stage_of(told(words), date.fromisoformat(at)) == stage


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        ("trial planned 2019-09", "2019-09-20", ("not_due", 10, None)),
        ("trial planned 2019-09", "2020-02-14", ("unknown", 137, None)),
        ("trial planned 2019-09, trial reached 2019-09-30", "2020-02-14", ("done_in_time", None, None)),
        ("trial planned 2019-09, trial reached 2019-10-05", "2020-02-14", ("done_late", 5, None)),
        ("trial planned 2019-09, trial running 2019-10-05", "2020-02-14", ("overdue", 5, None)),
        # That it was in operation on a day bounds what was planned before; it does not say when that was reached.
        ("trial planned 2019-09, operate running 2019-12-01", "2020-02-14", ("unknown", 137, 62)),
        ("operate planned 2019-09, operate running 2019-12-01", "2020-02-14", ("unknown", 137, 62)),
        ("operate planned 2019-09, launch reached 2019-12-09", "2020-02-14", ("unknown", 137, 70)),
        ("operate planned 2019-09, extend reached 2019-12-09", "2020-02-14", ("unknown", 137, 70)),
        ("operate planned 2019-09, trial reached 2019-12-09", "2020-02-14", ("unknown", 137, None)),
        ("connect planned 2019-09, operate running 2019-12-01", "2020-02-14", ("unknown", 137, None)),
        ("extend planned 2019-09, operate running 2019-12-01", "2020-02-14", ("unknown", 137, None)),
    ],
)
def test_a_plan_is_judged_like_a_demand(words: str, at: str, expected: tuple[str, int | None, int | None]) -> None:
    plan, *_ = known = told(words)
    verdict = judge_plan(plan, known, date.fromisoformat(at))
    assert (verdict.standing, verdict.days, verdict.at_most) == expected
    assert silent(verdict) == (expected[0] == "unknown" and expected[2] is None)


days = st.dates(date(2019, 1, 1), date(2021, 12, 31))
EVENTS = st.sampled_from(["draft", "build", "connect", "trial", "operate", "launch", "extend"])


@given(EVENTS, days, st.lists(st.tuples(EVENTS, days), max_size=4))
def test_a_plan_is_late_only_where_a_source_tells_so(event: str, at: date, known: list[tuple[str, date]]) -> None:
    words = ", ".join(f"{name} running {day}" for name, day in known if day <= at)
    plan, *_ = milestones = told(f"{event} planned 2020-03, {words}")
    verdict = judge_plan(plan, milestones, at)
    open_after = [day for name, day in known if name == event and date(2020, 3, 31) < day <= at]
    in_use = event in ("operate", "launch")
    used = [day for name, day in known if name in ("operate", "launch") and day <= at]
    over = event in ("draft", "build", "trial") and bool(used) and min(used) >= max(open_after, default=at)
    late = bool(open_after) and not in_use
    assert (verdict.standing is Standing.OVERDUE) == (late and not over)
    assert (verdict.standing is Standing.DONE_LATE) == (late and over)


def test_the_stages_are_in_the_order_of_the_page() -> None:
    assert next(iter(Stage)) is Stage.UNKNOWN
    assert list(Stage)[-1] is Stage.RUNNING
