"""What an open page does when the centre falls silent and when it is back, against real processes in a real browser.

These pages are not watched as others are: a request that fails is told on the console by the browser itself.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, Route

from data.store import open_store
from i18n import speaker
from tests.browser import PHONE, address, drawn
from tests.centre import HEARTBEAT, QUESTION, Centre, beat_of, served_copy
from tests.deliveries import deliver, figure, written

pytestmark = pytest.mark.alone
#: What the reader is promised: the banner within, and gone again within.
BANNER_MS, HEALED_MS = 15_000, 30_000

#: The colours of every figure that somebody sees, and the grey of the page.
_COLOURS = """() => {
  const shown = Array.from(document.querySelectorAll('[data-figure], [data-derived]'))
    .filter((each) => each.getClientRects().length);
  const probe = document.createElement('i');
  probe.style.color = 'var(--ink-3)';
  document.body.append(probe);
  const grey = getComputedStyle(probe).color;
  probe.remove();
  return {grey, count: shown.length, others: shown.map((each) => getComputedStyle(each).color)
    .filter((colour) => colour !== grey).length};
}"""


@pytest.fixture(scope="module")
def centre(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """The demonstration, on a store of its own."""
    folder = tmp_path_factory.mktemp("alive")
    with served_copy(demonstration_url, folder) as served:
        yield served


@pytest.fixture
def tab(browser: BrowserContext) -> Iterator[Page]:
    """A page that nobody watches."""
    opened = browser.new_page()
    yield opened
    opened.unroute_all(behavior="ignoreErrors")
    opened.close()


def overview(tab: Page, centre: Centre, **query: str) -> None:
    tab.goto(centre.base + address(**query))
    drawn(tab)


def banner(tab: Page, timeout: float = BANNER_MS) -> str:
    """The words of the banner, once it is there."""
    tab.wait_for_selector(".alive", timeout=timeout)
    assert tab.locator(".alive").get_attribute("role") == "alert"
    return tab.locator(".alive").inner_text()


def healed(tab: Page, timeout: float = HEALED_MS) -> None:
    """Wait until the banner is gone; nothing is grey any more."""
    tab.wait_for_selector(".alive", state="detached", timeout=timeout)
    assert tab.locator("html[data-lost]").count() == 0
    assert tab.locator(".freshness").get_attribute("data-freshness") == "fresh"
    assert tab.evaluate(_COLOURS)["others"] > 0


def figures(tab: Page) -> list[str]:
    """Every figure on the page."""
    return tab.locator("[data-figure], [data-derived]").all_text_contents()


def assert_grey(tab: Page) -> None:
    """Every figure is still there and none looks alive; the chip says so too."""
    seen = tab.evaluate(_COLOURS)
    assert seen["count"] > 50
    assert seen["others"] == 0
    assert tab.locator(".freshness").get_attribute("data-freshness") == "lost"


def updated(tab: Page, language: str = "vi") -> str:
    """The hour and day that the chip names, as the banner has to say it."""
    prefix = speaker(language)("shell.updated", at="")
    at = (tab.locator(".freshness").text_content() or "").removeprefix(prefix)
    assert re.fullmatch(r"\d\d:\d\d, \d\d/\d\d/\d{4}", at)
    return speaker(language)("alive.figures", at=at)


def rename(database_url: str, old: str, new: str) -> None:
    """Take a table away, or bring it back."""
    store = open_store(database_url)
    with store.writing() as connection:
        connection.execute(sa.text("PRAGMA legacy_alter_table = ON"))
        connection.execute(sa.text(f'ALTER TABLE "{old}" RENAME TO "{new}"'))
    store.close()


def test_a_server_that_is_killed_is_told_and_a_new_one_heals_the_page(tab: Page, centre: Centre) -> None:
    overview(tab, centre)
    before, said = figures(tab), updated(tab)
    try:
        centre.kill()
        told = banner(tab)
        since = tab.evaluate("() => new Date(Date.now() + 7 * 3600e3).toISOString().slice(11, 16)")
        hours, minutes = (int(part) for part in re.findall(r"(\d\d):(\d\d)", told)[0])
        passed = (int(since[:2]) * 60 + int(since[3:]) - hours * 60 - minutes) % (24 * 60)
        assert passed <= 1, f"{told} at {since}"
        assert told.startswith(speaker("vi")("alive.gone", since="")), told
        assert said in told
        assert_grey(tab)
        assert figures(tab) == before
        bar, header = (tab.locator(name).bounding_box() for name in (".alive", ".topbar"))
        assert bar and header and bar["y"] == 0
        assert header["y"] >= bar["height"], "the banner hides the header"
    finally:
        centre.start()
    healed(tab)
    assert figures(tab) == before


def elapse(tab: Page, seconds: int) -> None:
    """Let the page's clock run ahead, slowly enough that what it asks meanwhile is answered in time."""
    for _ in range(seconds):
        tab.clock.run_for(1_000)
        tab.wait_for_timeout(100)


def come_back(tab: Page) -> None:
    """As if the reader had returned to this page from another: it looks at once whether the centre lives."""
    tab.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def fail(route: Route) -> None:
    route.fulfill(status=500, body="")


def test_questions_that_fail_are_told_and_the_address_asked_is_shown_in_the_end(tab: Page, centre: Centre) -> None:
    centre.answers()
    overview(tab, centre)
    before, said = figures(tab), updated(tab)
    tab.route(QUESTION, fail)
    tab.get_by_role("link", name="English").click()
    told = banner(tab)
    assert told.startswith(speaker("vi")("alive.silent", since="")), told
    assert said in told
    assert_grey(tab)
    assert figures(tab) == before
    tab.unroute(QUESTION)
    healed(tab)
    assert tab.url.endswith("/?lang=en")
    assert tab.locator("html").get_attribute("lang") == "en"
    assert figures(tab) != before


def test_one_question_that_fails_is_asked_again_before_anybody_is_told(tab: Page, centre: Centre) -> None:
    centre.answers()
    tab.clock.install()
    overview(tab, centre)
    tab.route(QUESTION, fail, times=1)
    tab.get_by_role("link", name="English").click()
    elapse(tab, 7)
    tab.wait_for_selector("html[lang=en]")
    assert tab.locator(".alive").count() == 0


def test_questions_that_hang_are_told_and_do_not_pile_up(tab: Page, centre: Centre) -> None:
    centre.answers()
    overview(tab, centre)
    waiting: list[Route] = []
    hanging = [True]

    def hold(route: Route) -> None:
        if hanging:
            waiting.append(route)
        else:
            route.continue_()

    tab.route(QUESTION, hold)
    tab.get_by_role("link", name="English").click()
    assert updated(tab) in banner(tab)
    assert_grey(tab)
    assert len(waiting) == 1, "asked again while the question is still open"
    hanging.clear()
    healed(tab)
    assert tab.locator("html").get_attribute("lang") == "en"
    assert len(waiting) == 1


def test_a_first_question_that_fails_is_told_in_the_language_of_the_address(tab: Page, centre: Centre) -> None:
    centre.answers()
    say = speaker("en")
    tab.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    tab.clock.install()
    tab.route(QUESTION, fail)
    tab.goto(centre.base + address(lang="en"))
    drawn(tab, "loading")
    elapse(tab, BANNER_MS // 1000)
    told = banner(tab, timeout=2_000)
    assert told.startswith(say("alive.silent", since="")), told
    assert say("alive.no_figures") in told
    assert tab.locator("main").get_attribute("data-screen") == "loading"
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= PHONE[0]
    tab.unroute(QUESTION)
    elapse(tab, 10)
    healed(tab)
    assert tab.locator("main").get_attribute("data-screen") == "overview"


def test_a_store_that_goes_away_leaves_its_last_figures_and_says_of_when(tab: Page, centre: Centre) -> None:
    centre.answers()
    tab.clock.install()
    overview(tab, centre)
    before, said = figures(tab), updated(tab)
    rename(centre.database_url, "submission", "submission_away")
    try:
        elapse(tab, BANNER_MS // 1000)
        told = banner(tab, timeout=2_000)
        assert told.startswith(speaker("vi")("alive.silent", since="")), told
        assert said in told
        assert figures(tab) == before
        assert_grey(tab)
        assert [centre.status(path) for path in ("/readyz", "/heartbeat", "/livez")] == [503, 503, 200]
    finally:
        rename(centre.database_url, "submission_away", "submission")
    elapse(tab, 10)
    healed(tab)
    assert figures(tab) == before


def test_new_figures_appear_by_themselves(tab: Page, migrated_sqlite: Path, tmp_path: Path) -> None:
    shutil.copyfile(migrated_sqlite, tmp_path / "centre.db")
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    centre = Centre(tmp_path, url, DEMO="off", TODAY="2020-02-14")
    centre.start()
    try:
        centre.answers()
        overview(tab, centre)
        assert tab.locator("[data-figure]").count() == 0
        with tab.expect_response(HEARTBEAT):
            come_back(tab)
        store = open_store(url)
        deliver(store, tmp_path, written(figure(agency_code="VN")))
        store.close()
        tab.wait_for_selector("[data-figure='DVC01/VN/2019-12']", timeout=HEALED_MS)
        assert tab.locator(".alive").count() == 0
    finally:
        centre.kill()


def test_another_build_is_loaded_once(tab: Page, centre: Centre) -> None:
    centre.answers()
    overview(tab, centre, lang="en")
    beat = beat_of(centre) | {"build": "0123456789abcdef"}
    loads: list[str] = []
    tab.on("load", lambda loaded: loads.append(loaded.url))
    tab.route(HEARTBEAT, lambda route: route.fulfill(json=beat))
    with tab.expect_event("load"):
        come_back(tab)
    drawn(tab)
    for _ in range(2):
        with tab.expect_response(HEARTBEAT):
            come_back(tab)
        tab.wait_for_timeout(300)
    assert loads == [centre.base + address(lang="en")]
    assert tab.locator(".alive").count() == 0


def test_time_that_passes_without_an_answer_is_said(tab: Page, centre: Centre) -> None:
    centre.answers()
    tab.clock.install()
    overview(tab, centre)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    tab.route(HEARTBEAT, hold)
    tab.clock.fast_forward("16:00")
    tab.wait_for_selector(".freshness[data-freshness=late]")
    tab.clock.run_for(15_000)
    banner(tab)
    tab.clock.fast_forward("49:00")
    tab.wait_for_function("() => /^1 giờ [56] phút$/.test(document.querySelector('.alive-age').textContent)")
    tab.unroute(HEARTBEAT)
    tab.clock.run_for(10_000)
    healed(tab)


def test_a_page_that_stays_open_is_renewed(tab: Page, centre: Centre) -> None:
    centre.answers()
    tab.clock.install()
    overview(tab, centre)
    before = tab.locator(".freshness").get_attribute("data-pulled")
    tab.wait_for_timeout(1_100)
    beat = beat_of(centre)
    later = datetime.fromisoformat(beat["now"]) + timedelta(minutes=6)
    ahead = beat | {"now": later.isoformat()}
    tab.route(HEARTBEAT, lambda route: route.fulfill(json=ahead), times=1)
    with tab.expect_request(QUESTION, timeout=BANNER_MS):
        tab.clock.fast_forward("00:06")
    tab.wait_for_function("(old) => document.querySelector('.freshness').dataset.pulled !== old", arg=before)
    assert tab.locator(".alive").count() == 0
