"""How long what is shown stays fresh: the last fresh day and the next, of figures, usage, reports and events."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.periods import parse_period
from data.scope import EVERYTHING
from data.store import Store
from metrics.asked import Asked
from metrics.boards.economy import economy
from metrics.boards.fresh import fresh_nation
from metrics.boards.ministry import ministry
from metrics.boards.overview import overview
from metrics.boards.province import province
from metrics.boards.quality import quality
from metrics.boards.ranking import ranking
from metrics.boards.systems import systems
from metrics.boards.tasks import tasks
from metrics.boards.today import today
from metrics.boards.wall_usage import wall_usage
from metrics.freshness import Freshness, fresh_events, fresh_figures, fresh_since, freshness, limited, newest
from metrics.status import Status
from tests.data.usage_files import USUAL, deliver_services, service, used
from tests.deliveries import checkin, deliver, directive, milestone, receipt, regime, said, system, written
from tests.metrics.sample_facts import indicator_of

#: Days before, on and after the clock of the demonstration, and the edges of what it shows.
DAYS = (
    *("2019-07-23", "2020-01-10", "2020-02-14", "2020-02-29", "2020-03-01", "2020-03-12", "2020-03-13", "2020-03-31"),
    *("2020-08-20", "2020-12-31", "2021-01-01", "2021-12-31"),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def told(found: Freshness | None) -> tuple[str, str] | None:
    """The newest day and the last fresh one."""
    return None if found is None else (found.as_of.isoformat(), found.fresh_until.isoformat())


@pytest.mark.parametrize(
    ("period", "cycle", "published", "as_of", "until"),
    [
        ("2020-02-12", "month", "2020-02-12", "2020-02-12", "2020-03-12"),
        ("2020-02-12", "year", "2020-02-20", "2020-02-12", "2021-02-12"),
        ("2020-01", "month", "2020-02-05", "2020-01-31", "2020-02-29"),
        ("2019-Q4", "month", "2020-02-05", "2019-12-31", "2020-03-31"),
        ("2019", "month", "2020-02-05", "2019-12-31", "2020-12-31"),
        # A period that runs tells of nothing after the day on which it was told.
        ("2020-02", "month", "2020-02-10", "2020-02-10", "2020-03-10"),
        ("2020-02", "month", "2020-02-29", "2020-02-29", "2020-03-31"),
        ("2020", "year", "2020-10-20", "2020-10-20", "2021-10-20"),
    ],
)
def test_figures_stay_fresh_for_a_cycle(period: str, cycle: str, published: str, as_of: str, until: str) -> None:
    span = parse_period(period)
    assert span is not None
    last = day(until)
    for at, past in ((last, None), (last + timedelta(days=1), 1), (last + timedelta(days=31), 31)):
        found = fresh_figures(span, cycle, [day("2019-01-01"), day(published)], at)
        assert found is not None and told(found) == (as_of, until)
        assert found.stale is (past is not None)
        assert (found.past.quantity.number if found.past else None) == past
    assert fresh_figures(span, cycle, [], last) is None


def test_age_counts_from_the_last_day_of_the_period() -> None:
    as_at, year = parse_period("2020-02-12"), parse_period("2020")
    assert as_at is not None and year is not None
    assert freshness(as_at, indicator_of(), day("2020-08-20")).age_days == 190
    assert freshness(year, indicator_of(), day("2020-12-30")).age_days == -1


def test_several_things_are_as_new_as_the_newest() -> None:
    at = day("2020-02-14")
    month, year = fresh_since(day("2020-01-31"), "month", at), fresh_since(day("2019-12-31"), "year", at)
    assert told(newest(month, None, year)) == ("2020-01-31", "2020-12-31")
    assert newest(None, None) is None and newest() is None


def test_a_limit_of_ones_own_only_shortens() -> None:
    month = fresh_since(day("2020-01-31"), "month", day("2020-02-14"))
    assert told(limited(month, 3)) == ("2020-01-31", "2020-02-03")
    assert limited(month, 366) == limited(month, None) == month
    assert limited(None, 3) is None
    assert limited(replace(month, at=day("2020-02-03")), 3).stale is False  # type: ignore[union-attr]  # known on that day
    assert limited(replace(month, at=day("2020-02-04")), 3).stale is True  # type: ignore[union-attr]  # known on that day


def test_what_is_told_of_a_later_day_is_no_news_yet() -> None:
    days = [day("2020-01-10"), day("2020-02-10"), day("2020-02-20")]
    assert told(fresh_events(days, day("2020-02-14"))) == ("2020-02-10", "2020-03-10")
    assert fresh_events(days, day("2020-01-09")) is None


# Boards


def shown(store: Store, text: str, fresh_days: int | None = None) -> dict[str, Freshness | None]:
    """The freshness of whatever the scenes of a wall show on a day."""
    asked = Asked(day(text), since=(day(text) - timedelta(days=1)).isoformat(), fresh_days=fresh_days)
    of_usage, first = wall_usage(store, EVERYTHING, asked).fresh, overview(store, EVERYTHING, asked).fresh
    place, agency = province(store, EVERYTHING, "40", asked), ministry(store, EVERYTHING, "BTP", asked)
    of_day = today(store, EVERYTHING, asked)
    assert place is not None and agency is not None
    return {
        **{f"tile {at}": each for at, each in enumerate(first.headline)},
        "table": first.table,
        "laggards": first.laggards,
        "map": ranking(store, EVERYTHING, replace(asked, indicator="DVC01")).fresh,
        "months": of_usage.months,
        "month": of_usage.month,
        "portal": of_usage.portal,
        "tasks": tasks(store, EVERYTHING, asked).fresh,
        "systems": systems(store, EVERYTHING, asked).fresh,
        "reports": of_day.fresh,
        "coverage": of_day.fresh_covered,
        "quality": quality(store, EVERYTHING, asked).fresh,
        "economy": economy(store, EVERYTHING, asked).fresh,
        **{f"40 {name}": getattr(place.fresh, name) for name in ("place", "usage", "own", "duties")},
        **{f"BTP {name}": getattr(agency.fresh, name) for name in ("place", "usage", "own", "duties")},
    }


@pytest.mark.parametrize("at", DAYS)
def test_nothing_tells_of_days_to_come(held: Store, at: str) -> None:
    found = {name: each for name, each in shown(held, at).items() if each is not None}
    assert len(found) >= 12
    assert [name for name, each in found.items() if each.as_of > day(at) or each.at != day(at)] == []
    assert [name for name, each in found.items() if each.fresh_until < each.as_of] == []


@pytest.mark.parametrize("at", DAYS)
def test_a_figure_is_old_on_the_day_its_status_says_so(held: Store, at: str) -> None:
    """What was published after its period was over: both follow one rule."""
    for nation in overview(held, EVERYTHING, Asked(day(at))).headline:
        found = fresh_nation(nation, day(at))
        assert (found is not None) is (nation.value is not None)
        assert (found is not None and found.stale) is (nation.judgement.status is Status.STALE)


def test_the_demonstration_on_its_own_day_is_fresh(held: Store) -> None:
    found = shown(held, "2020-02-14")
    assert [name for name, each in found.items() if each is not None and each.stale] == []
    # One target was never measured, and a ministry lies nowhere.
    assert [name for name, each in found.items() if each is None] == ["tile 2", "BTP place"]
    assert told(found["month"]) == ("2020-01-31", "2020-02-29")
    assert told(found["months"]) == ("2020-02-12", "2020-03-12")
    assert told(found["economy"]) == ("2019-12-31", "2020-12-31")


def test_a_limit_of_ones_own_holds_for_every_board(held: Store) -> None:
    """Of one day: whatever tells of a day before the day before is old, and nothing else changes."""
    plain, short = shown(held, "2020-02-14"), shown(held, "2020-02-14", fresh_days=1)
    for name, each in plain.items():
        found = short[name]
        assert (found is None) is (each is None)
        if found is not None and each is not None:
            assert found.as_of == each.as_of
            assert found.fresh_until == min(each.fresh_until, each.as_of + timedelta(days=1))
    assert {each.stale for each in short.values() if each is not None} == {True, False}


def test_a_store_without_anything_has_no_freshness(store: Store) -> None:
    assert set(shown(store, "2020-02-14").values()) == {None}


def test_usage_tells_of_the_last_day_that_was_delivered(store: Store, tmp_path: Path) -> None:
    deliver_services(store, tmp_path, service())

    def bring(*days: str) -> None:
        deliver(store, tmp_path, written(*(used(date=each) for each in days)), "usage", USUAL)

    def months(at: str) -> list[tuple[str, str] | None]:
        found = shown(store, at)
        return [told(found["month"]), told(found["months"])]

    bring("2020-01-06", "2020-01-17")
    # The month is over and was not delivered to its end: it is no newer for that.
    assert months("2020-02-14") == [("2020-01-17", "2020-02-17")] * 2
    bring("2020-02-03")
    assert months("2020-02-14") == [("2020-01-31", "2020-02-29"), ("2020-02-03", "2020-03-03")]
    # Of a month that runs, the card of whole months says nothing before it is over.
    assert months("2020-02-28") == [("2020-01-31", "2020-02-29"), ("2020-02-03", "2020-03-03")]
    assert months("2020-03-03") == [("2020-02-03", "2020-03-03")] * 2
    assert shown(store, "2020-03-03")["month"].stale is False  # type: ignore[union-attr]  # known on that day
    assert shown(store, "2020-03-04")["month"].stale is True  # type: ignore[union-attr]  # known on that day


@pytest.mark.parametrize(
    ("cycles", "until"),
    [(["month"], "2020-02-15"), (["quarter"], "2020-04-15"), (["year", "quarter"], "2020-04-15")],
)
def test_reports_stay_fresh_for_the_shortest_cycle(
    store: Store, tmp_path: Path, cycles: list[str], until: str
) -> None:
    names = {"month": "2019-12", "quarter": "2019-Q4", "year": "2019"}
    regimes = [regime(code=f"R{at}", periodicity=cycle, owners="01") for at, cycle in enumerate(cycles)]
    deliver(store, tmp_path, written(*regimes), "regimes")
    assert shown(store, "2020-01-20")["reports"] is None  # due, and nothing came
    came = receipt(regime_code="R0", period=names[cycles[0]], received_at="2020-01-15T09:30")
    deliver(store, tmp_path, written(came), "receipts", said())
    assert shown(store, "2020-01-14")["reports"] is None
    found = shown(store, "2020-01-15")["reports"]
    assert told(found) == ("2020-01-15", until)


def test_a_report_that_was_refused_arrived_and_one_withdrawn_did_not(store: Store, tmp_path: Path) -> None:
    deliver(store, tmp_path, written(regime(owners="01;40", valid_from="2020-01-01")), "regimes")
    first = receipt(received_at="2020-01-13T09:30")
    second = receipt(agency_code="40", received_at="2020-01-17T23:30", result="rejected")
    deliver(store, tmp_path, written(first, second), "receipts", said())
    assert [told(shown(store, at)["reports"]) for at in ("2020-01-16", "2020-01-17", "2020-01-20")] == [
        ("2020-01-13", "2020-02-13"),
        ("2020-01-17", "2020-02-17"),
        ("2020-01-17", "2020-02-17"),
    ]
    gone = second | {"status": "withdrawn", "published": "2020-02-01", "reason": "nhận nhầm"}
    deliver(store, tmp_path, written(gone), "receipts", said())
    assert told(shown(store, "2020-01-31")["reports"]) == ("2020-01-17", "2020-02-17")
    assert told(shown(store, "2020-02-01")["reports"]) == ("2020-01-13", "2020-02-13")


def test_what_is_ordered_or_told_stays_fresh_for_a_month(store: Store, tmp_path: Path) -> None:
    late = said(machine_today=day("2020-12-31"), clock=day("2020-12-31"))
    deliver(store, tmp_path, written(directive(set_on="2020-02-01")), "directives", late)
    deliver(store, tmp_path, written(checkin(date="2020-03-03", published="2020-03-10")), "checkins", late)
    deliver(store, tmp_path, written(system()), "systems", late)
    deliver(store, tmp_path, written(milestone(reached="2020-03-03", published="2020-03-04")), "milestones", late)
    told_of = {at: shown(store, at) for at in ("2020-02-01", "2020-03-09", "2020-03-10", "2020-04-03", "2020-04-04")}
    assert told(told_of["2020-02-01"]["tasks"]) == ("2020-02-01", "2020-03-01")
    assert told(told_of["2020-03-09"]["tasks"]) == ("2020-02-01", "2020-03-01")
    assert told(told_of["2020-03-10"]["tasks"]) == ("2020-03-03", "2020-04-03")
    assert told_of["2020-02-01"]["systems"] is None
    assert told(told_of["2020-03-10"]["systems"]) == ("2020-03-03", "2020-04-03")
    for name in ("tasks", "systems", "laggards"):
        last, after = told_of["2020-04-03"][name], told_of["2020-04-04"][name]
        assert last is not None and after is not None
        assert (last.stale, after.stale) == (False, True)
