"""Any day: its choice in the header, the ribbon that says so on every screen, its line for pointer and keys."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from data.scope import EVERYTHING
from data.store import Store
from i18n import LANGUAGES
from metrics.boards.replay import replay
from tests.browser import Visit, go
from tests.looks import SIZES, VIETNAMESE, assert_fits, texts
from tests.test_search import SCREENS

CLOCK = date(2020, 2, 14)


def test_the_stops_are_the_ends_of_months_since_the_first_figure(held: Store) -> None:
    board = replay(held, EVERYTHING, date(2019, 8, 1), CLOCK)
    assert board.replayed
    assert list(board.stops) == sorted(set(board.stops))
    assert {date(2019, 8, 1), CLOCK} <= set(board.stops)
    between = set(board.stops[1:]) - {date(2019, 8, 1), CLOCK}
    assert all((day + timedelta(days=1)).day == 1 for day in between)
    assert {date(2019, month, 1) - timedelta(days=1) for month in range(6, 13)} <= between


def test_over_many_years_the_stops_stay_few(held: Store) -> None:
    board = replay(held, EVERYTHING, date(2026, 5, 5), CLOCK)
    assert 10 < len(board.stops) <= 30
    assert board.stops[-1] == date(2026, 5, 5)
    assert CLOCK in board.stops


def test_today_is_no_replay_and_sources_of_later_days_are_not_offered(held: Store) -> None:
    board = replay(held, EVERYTHING, CLOCK, CLOCK)
    assert not board.replayed
    told = [day for day, _ in board.sources]
    assert told == sorted(told, reverse=True)
    assert date(2020, 2, 12) in told
    assert max(told) <= CLOCK


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_says_that_another_day_is_shown(page: Page, served: str, path: str) -> None:
    go(page, served, path)
    assert page.locator(".ribbon").count() == 0
    go(page, served, f"{path}{'&' if '?' in path else '?'}at=2019-12-31")
    assert "31/12/2019" in (page.locator(".ribbon b").text_content() or "")


def test_a_day_is_chosen_in_the_header_and_left_by_the_ribbon(visit: Visit) -> None:
    page = visit("/ranking?indicator=VB01&period=2020-01")
    page.locator(".replay-open").click()
    page.locator("input[data-goes=at]").fill("2019-12-15")
    page.wait_for_selector(".ribbon")
    assert page.url.endswith("/ranking?indicator=VB01&at=2019-12-15")
    assert page.locator("details.menu-day[open]").count() == 0
    page.locator(".ribbon-back").click()
    page.wait_for_selector(".ribbon", state="detached")
    assert page.url.endswith("/ranking?indicator=VB01")
    page.go_back()
    page.wait_for_selector(".ribbon")


def test_what_changed_is_told_since_a_day_of_the_readers_own(visit: Visit) -> None:
    page = visit("/?indicator=VB01&period=2020-01")
    field = page.locator("input[data-goes=since]")
    assert field.get_attribute("max") == "2020-02-13"
    before = page.locator(".change-counts").inner_text()
    field.fill("2020-02-13")
    page.locator(".card-changes .card-title", has_text="13/02/2020").wait_for()
    assert page.url.endswith("/?indicator=VB01&period=2020-01&since=2020-02-13")
    assert page.locator(".change-counts").inner_text() != before
    # A day that is not before the day of the screen is no answer to anything: nothing is asked.
    page.locator("input[data-goes=since]").fill("2020-02-14")
    assert page.url.endswith("since=2020-02-13")


def test_arrow_keys_walk_along_the_line(visit: Visit) -> None:
    page = visit("/?at=2019-12-31")
    page.locator(".ribbon .slider-stop[aria-current]").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('.ribbon b').textContent.includes('30/11/2019')")
    page.keyboard.press("End")
    page.wait_for_selector(".ribbon", state="detached")
    assert page.url.endswith("/")


def test_the_line_of_periods_still_plays_beside_the_ribbon(visit: Visit) -> None:
    page = visit("/?at=2019-12-31")
    page.locator(".card-map .slider-play").click()
    page.wait_for_url(lambda url: "period=" in url)
    assert "at=2019-12-31" in page.url


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_replayed_screen_fits(page: Page, served: str, language: str, size: tuple[int, int]) -> None:
    go(page, served, f"/?at=2019-08-01&lang={language}", size)
    assert_fits(page, at_least=30)
    page.locator(".replay-open").click()
    box = page.locator(".replay-list").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]


def test_the_ribbon_is_english_in_english(page: Page, served: str) -> None:
    go(page, served, "/?at=2019-08-01&lang=en")
    words = page.locator(".ribbon").text_content() or ""
    assert not VIETNAMESE.search(words)
    assert any("As known" in each["text"] or "Figures as known" in each["text"] for each in texts(page))
