"""Where a report stands: its days, its due day, and the midnight at UTC+7 after which it is late or missing."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.clock import VIETNAM, machine_today
from data.periods import civil_period, parse_period
from data.report_facts import Regime
from metrics.reporting import Standing, State, current_period, stand

DUE = date(2020, 8, 14)
CYCLES = ("month", "quarter", "half", "year")


def regime(
    periodicity: str = "month", *, cutoff: int = 14, grace: int = 0, begins: str = "", ends: str = ""
) -> Regime:
    return Regime(
        code="R01",
        name_vi="Chế độ",
        name_en="Regime",
        periodicity=periodicity,
        owners=("provinces",),
        document="",
        cutoff_day=cutoff,
        grace_days=grace,
        digitised=None,
        indicators=(),
        status="official",
        valid_from=date.fromisoformat(begins) if begins else None,
        valid_to=date.fromisoformat(ends) if ends else None,
        source="",
        source_ref="",
    )


def at(text: str) -> datetime:
    """A moment at UTC+7."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Kiritimati"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The machine stands in another zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("periodicity", "cutoff", "name", "start", "end"),
    [
        ("month", 14, "2020-08", "2020-07-15", "2020-08-14"),
        ("month", 14, "2020-01", "2019-12-15", "2020-01-14"),
        ("month", 14, "2020-03", "2020-02-15", "2020-03-14"),
        ("month", 28, "2020-03", "2020-02-29", "2020-03-28"),
        ("month", 28, "2019-03", "2019-03-01", "2019-03-28"),
        ("month", 31, "2020-02", "2020-02-01", "2020-02-29"),
        ("month", 30, "2019-02", "2019-01-31", "2019-02-28"),
        ("month", 30, "2019-03", "2019-03-01", "2019-03-30"),
        ("quarter", 14, "2020-Q1", "2019-12-15", "2020-03-14"),
        ("quarter", 14, "2020-Q2", "2020-03-15", "2020-06-14"),
        ("half", 14, "2020-H1", "2019-12-15", "2020-06-14"),
        ("half", 14, "2020-H2", "2020-06-15", "2020-12-14"),
        ("year", 14, "2019", "2018-12-15", "2019-12-14"),
    ],
)
def test_a_period_runs_from_the_day_after_one_cut_off_to_the_next(
    periodicity: str, cutoff: int, name: str, start: str, end: str
) -> None:
    named = parse_period(name)
    assert named is not None
    found = regime(periodicity, cutoff=cutoff).days_of(named)
    assert (str(found.start), str(found.end), found.text) == (start, end, name)
    assert regime(periodicity, cutoff=cutoff, grace=4).due(found) == found.end + timedelta(4)


@given(
    cycle=st.sampled_from(CYCLES),
    cutoff=st.integers(1, 31),
    day=st.dates(date(1990, 1, 1), date(2090, 12, 31)),
)
def test_periods_follow_each_other_without_a_gap(cycle: str, cutoff: int, day: date) -> None:
    owed = regime(cycle, cutoff=cutoff)
    periods = [owed.days_of(civil_period(cycle, day, back)) for back in (2, 1, 0)]
    for before, after in pairwise(periods):
        assert before.start <= before.end
        assert after.start == before.end + timedelta(1)
    assert civil_period(cycle, day).start <= day <= civil_period(cycle, day).end
    assert parse_period(civil_period(cycle, day).text) == civil_period(cycle, day)


@pytest.mark.parametrize(
    ("now", "state", "days"),
    [
        ("2020-08-13T23:59:59", State.NOT_DUE, 1),
        ("2020-08-14T00:00:00", State.WAITING, None),
        ("2020-08-14T23:59:59.999999", State.WAITING, None),
        ("2020-08-15T00:00:00", State.MISSING, 1),
        ("2020-09-14T12:00:00", State.MISSING, 31),
    ],
)
def test_a_report_that_did_not_come_is_missing_from_midnight_on(
    zone: str, now: str, state: State, days: int | None
) -> None:
    assert stand(DUE, None, None, at(now)) == Standing(state, days)
    assert stand(DUE, None, None, at(now).astimezone(UTC)) == Standing(state, days)
    assert stand(DUE, None, None, at(now).astimezone()) == Standing(state, days), zone


@pytest.mark.parametrize(
    ("taken", "state", "days"),
    [
        ("2020-08-14T23:59:59.999999", State.ON_TIME, None),
        ("2020-08-15T00:00:00", State.LATE, 1),
        ("2020-08-15T06:59:00", State.LATE, 1),
        ("2020-08-20T09:00:00", State.LATE, 6),
    ],
)
def test_a_report_is_late_from_midnight_at_utc_7_on(zone: str, taken: str, state: State, days: int | None) -> None:
    later = at("2020-08-31T12:00:00")
    for moment in (at(taken), at(taken).astimezone(UTC), at(taken).astimezone()):
        assert stand(DUE, moment, None, later) == Standing(state, days), zone


def test_the_day_of_the_machine_is_that_of_viet_nam(zone: str) -> None:
    assert machine_today() == datetime.now(UTC).astimezone(VIETNAM).date(), zone


@pytest.mark.parametrize(
    ("due", "taken", "state"),
    [
        (date(2020, 2, 29), "2020-02-29T23:59:00", State.ON_TIME),
        (date(2020, 2, 29), "2020-03-01T00:00:00", State.LATE),
        (date(2019, 2, 28), "2019-03-01T00:00:00", State.LATE),
        (date(2019, 12, 31), "2020-01-01T00:00:00", State.LATE),
        (date(2020, 4, 30), "2020-04-30T23:59:00", State.ON_TIME),
    ],
)
def test_month_ends_and_the_leap_day_are_days_like_others(due: date, taken: str, state: State) -> None:
    assert stand(due, at(taken), None, at("2020-06-30T00:00:00")).state is state


def test_refused_until_taken_and_taken_for_good() -> None:
    refused, taken = at("2020-08-14T10:00:00"), at("2020-08-16T10:00:00")
    assert stand(DUE, None, refused, at("2020-08-14T09:59:59")) == Standing(State.WAITING)
    assert stand(DUE, None, refused, at("2020-08-14T12:00:00")) == Standing(State.REJECTED, 0)
    assert stand(DUE, taken, refused, at("2020-08-15T12:00:00")) == Standing(State.REJECTED, 1)
    assert stand(DUE, taken, refused, at("2020-08-16T12:00:00")) == Standing(State.LATE, 2)
    again = at("2020-08-18T10:00:00")
    assert stand(DUE, taken, again, at("2020-08-20T12:00:00")) == Standing(State.LATE, 2)


@pytest.mark.parametrize(
    ("owed", "on", "name"),
    [
        (regime(), "2020-08-13", "2020-07"),
        (regime(), "2020-08-14", "2020-08"),
        (regime(grace=4), "2020-08-17", "2020-07"),
        (regime(grace=4), "2020-08-18", "2020-08"),
        (regime(cutoff=31), "2020-02-28", "2020-01"),
        (regime(cutoff=31), "2020-02-29", "2020-02"),
        (regime("quarter"), "2020-06-13", "2020-Q1"),
        (regime("quarter"), "2020-06-14", "2020-Q2"),
        (regime("half"), "2020-12-13", "2020-H1"),
        (regime("year"), "2020-12-14", "2020"),
        (regime("year", grace=366), "2020-12-13", "2018"),
        (regime(begins="2020-08-01"), "2020-08-10", "2020-08"),
        (regime(begins="2020-10-01"), "2020-08-10", None),
        (regime(ends="2020-08-14", grace=4), "2020-08-18", "2020-08"),
        (regime(ends="2020-08-14", grace=4), "2020-08-19", None),
        (regime(ends="2020-08-31"), "2020-09-01", None),
    ],
)
def test_the_report_that_was_due_last_is_looked_at(owed: Regime, on: str, name: str | None) -> None:
    found = current_period(owed, date.fromisoformat(on))
    assert (found and found.text) == name
