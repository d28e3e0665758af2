"""What a wall shows when something goes wrong or something new comes, against real processes in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from data.scope import EVERYTHING
from data.store import open_store
from i18n import speaker
from layouts.shell import centre_name
from metrics.boards.expected import expected
from metrics.boards.known import knowing
from metrics.reporting import State
from tests.centre import Centre, served_copy
from tests.deliveries import CLOCK, deliver, directive, figure, receipt, written
from tests.engines import Server
from tests.wall_faults import FAULTS
from tests.wall_hung import BANNER_SECONDS, HEALED_SECONDS, SCENES, Fault, Place, hung, tried
from tests.wall_looks import misplaced

pytestmark = pytest.mark.alone

#: Waits for what is drawn with these letters in it.
_LISTEN = """(letters) => document.addEventListener('centre:drawn', (event) => {
  window.heard = window.heard || JSON.stringify(event.detail.trees).includes(letters);
})"""


@pytest.fixture
def centre(demonstration_url: str, tmp_path: Path) -> Iterator[Centre]:
    """The demonstration, on a store of its own."""
    with served_copy(demonstration_url, tmp_path) as served:
        yield served


@pytest.fixture
def program(browser: BrowserContext) -> Browser:
    assert browser.browser is not None
    return browser.browser


@pytest.fixture
def place(demonstration_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    def server() -> Server:
        found: Server = request.getfixturevalue("postgresql")
        return found

    return Place(tmp_path, demonstration_url, server)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_and_heals(fault: Fault, program: Browser, place: Place) -> None:
    with fault.serve(place) as centre, hung(program, centre, hurried=fault.hurried) as wall:
        found = tried(fault, wall, fault.short)
        assert found.wrong == ()
        assert (found.shown or 0) <= BANNER_SECONDS
        assert (found.healed or 0) <= HEALED_SECONDS
        assert found.never == 0
        if fault.showing in (".alive", None) and fault.name != "another build":
            assert found.kept, "the last figures stay"
        if fault.showing == ".alive":
            assert re.search(speaker("vi")("alive.figures", at=r"\d\d:\d\d, 14/02/2020"), found.said), found.said
        assert wall.loads == (1 if fault.name == "another build" else 0)


@pytest.fixture
def wall(program: Browser, centre: Centre) -> Iterator[Page]:
    with hung(program, centre) as found:
        yield found.page


def test_new_figures_come_within_a_poll_and_are_marked_for_ten_seconds(
    wall: Page, centre: Centre, tmp_path: Path
) -> None:
    borders: list[str] = []
    wall.on("request", lambda request: borders.append(request.url) if "/geo/" in request.url else None)
    assert wall.locator(".is-new").count() == 0
    store = open_store(centre.database_url)
    row = figure("12.3", agency_code="VN", period="2020-02-13", published="2020-02-13", source="A")
    deliver(store, tmp_path, written(row))
    store.close()
    new = wall.locator("[data-figure='DVC01/VN/2020-02-13'].is-new")
    new.first.wait_for(timeout=10_000)
    assert new.first.text_content() == "12,3%"
    wall.wait_for_function("() => !document.querySelector('.is-new')", timeout=14_000)
    assert wall.locator("[data-figure='DVC01/VN/2020-02-13']").count() > 0
    assert borders == [], "the borders were there already"


def test_a_wall_that_nobody_enrolled_empties_itself_once_walls_are_kept(program: Browser, centre: Centre) -> None:
    context = program.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{centre.base}/wall/national-en")
    page.wait_for_selector(SCENES)
    centre.kill()
    centre.start(WALL_ACCESS="enrolled")
    centre.answers()
    page.wait_for_selector("main[data-screen=not-enrolled]", timeout=1_000 * BANNER_SECONDS)
    assert page.locator("[data-figure], [data-derived], canvas, main svg, .alive").count() == 0
    say = speaker("en")
    told = [centre_name(say), say("gate.not_enrolled"), say("gate.not_enrolled_text")]
    assert page.locator("body").inner_text().split("\n\n") == told
    page.wait_for_timeout(6_000)
    assert page.locator("main").get_attribute("data-screen") == "not-enrolled"
    centre.kill()
    centre.start()
    page.wait_for_selector(SCENES, timeout=1_000 * HEALED_SECONDS)
    context.close()


def test_the_hour_is_the_servers_whatever_the_screen_believes(program: Browser, centre: Centre) -> None:
    context = program.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    context.add_init_script("const real = Date.now.bind(Date); Date.now = () => real() + 108_000_000;")
    page = context.new_page()
    page.goto(f"{centre.base}/wall/national")
    page.wait_for_selector(SCENES)
    page.wait_for_function("() => document.querySelector('.wall-clock').textContent")
    page.wait_for_timeout(6_000)
    at = (page.locator(".freshness").get_attribute("data-pulled") or "")[11:16]
    assert page.locator(".wall-clock").text_content() in (at, f"{at[:3]}{(int(at[3:]) + 1) % 60:02}")
    assert page.locator(".alive").count() == 0
    assert page.locator(".wall-lag").text_content() == speaker("vi")("wall.lag_none")
    context.close()


def test_a_report_that_came_is_outlined_for_ten_seconds(wall: Page, centre: Centre, tmp_path: Path) -> None:
    wall.evaluate("centre.wall.go(centre.wall.scenes.findIndex((each) => each.show === 'today'))")
    squares = wall.locator(f"[data-squares='debt/{CLOCK}'] .sq-late")
    wall.wait_for_selector(f"[data-squares='debt/{CLOCK}']")
    before = squares.count()
    store = open_store(centre.database_url)
    with knowing(store, EVERYTHING, CLOCK) as known:
        missing = next(each for each in expected(known).troubled if each.state is State.MISSING)
    row = receipt(regime_code=missing.regime.code, agency_code=missing.agency.code, period=missing.period.text)
    deliver(store, tmp_path, written(row | {"received_at": f"{CLOCK}T09:30"}), "receipts")
    store.close()
    wall.locator("[data-squares] .sq.is-new").first.wait_for(timeout=10_000)
    assert wall.locator("[data-squares] .sq.is-new").count() == 1
    assert squares.count() == before + 1
    assert "is-new" in (squares.last.get_attribute("class") or "")
    wall.wait_for_function("() => !document.querySelector('.sq.is-new')", timeout=14_000)
    assert squares.count() == before + 1


@pytest.mark.parametrize("held", ["", "paused"])
def test_the_playlist_turns_to_the_tasks_when_a_date_passes(
    wall: Page, centre: Centre, tmp_path: Path, held: str
) -> None:
    assert wall.evaluate("centre.wall.here") == "targets"
    if held:
        wall.keyboard.press("Space")
    store = open_store(centre.database_url)
    late = directive(code="LATE1", due="2020-02-13", set_on="2020-02-01")
    wall.evaluate(_LISTEN, "LATE1")
    deliver(store, tmp_path, written(late), "directives")
    store.close()
    if held:
        wall.wait_for_function("() => window.heard", timeout=10_000)
        assert wall.evaluate("[centre.wall.here, centre.wall.held]") == ["targets", "paused"]
        return
    wall.wait_for_function("() => centre.wall.held === 'late'", timeout=10_000)
    wall.wait_for_selector("[data-scene=tasks]:not(.is-leaving) [data-passed~=LATE1]")
    assert wall.locator(".wall-held").text_content() == speaker("vi")("wall.late")
    assert misplaced(wall) == []
    wall.keyboard.press("ArrowRight")
    wall.wait_for_selector("[data-scene=today]:not(.is-leaving)")
    assert wall.evaluate("centre.wall.held") == ""
