"""A meeting before a wall that opens an agency from a row: of the figures it holds, and step by step back."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, Route

from data.scope import EVERYTHING
from data.store import Store, open_store
from i18n import speaker
from metrics.asked import Asked
from metrics.boards.province import province
from settings import Settings
from tests.browser import PAINTED, Watched, serving, watched
from tests.centre import QUESTION, Centre, served_copy
from tests.deliveries import CLOCK, deliver, figure, written
from tests.test_wall_page import HD, UHD, hang
from tests.trees import sent
from tests.wall_looks import misplaced, too_faint, too_small

MAP = "/wall/national?scene=map-DVC01"
PROFILES = """
[vi]
minutes = true
scene = [ { show = "map" }, { show = "tasks" } ]
[en]
minutes = true
language = "en"
scene = [ { show = "map" }, { show = "tasks" } ]
[far]
minutes = true
density = "far"
scene = [ { show = "map" } ]
"""
BAND = ".wall-meeting span"
OPENED = "[data-scene^='opened-'] .wall-body"
HERE = ".wall-scene:not(.is-under)"
#: Mark and text of every figure that is held, shown or under what is opened.
_FIGURES = """() => Array.from(document.querySelectorAll('.wall-scene:not([data-scene^="opened-"]) [data-figure]'),
  (each) => each.dataset.figure + ' ' + each.textContent)"""
#: What a meeting says of an agency.
SAID = ("opening", "not_opened", "newer_at")
#: Which of these the band has no room for; nothing for the keys.
_TOO_WIDE = """(names) => names.filter((name) => {
  window.centre.meeting.say(name, {at: '20:48'});
  const band = document.querySelector('.wall-meeting');
  return band.scrollWidth > band.clientWidth || band.lastChild.scrollWidth > band.lastChild.clientWidth + 1;
})"""
#: The hour as the page has it, each time an answer was drawn.
_HOURS = """() => { window.hours = [];
  document.addEventListener('centre:drawn', () => window.hours.push(window.centre.now())); }"""


def meet(page: Page) -> None:
    page.keyboard.press("m")
    page.wait_for_function("() => window.centre.frozen")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def cursor(page: Page) -> tuple[str, str]:
    """Code and name of the agency that the cursor is on."""
    row = page.locator(".is-cursor")
    assert row.count() == 1
    return row.get_attribute("data-agency") or "", row.locator(".rank-name").text_content() or ""


def opened(page: Page) -> None:
    page.wait_for_selector(OPENED)
    page.wait_for_function("() => !document.querySelector('.map-waiting')")
    page.evaluate(PAINTED)


def figures(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_FIGURES)
    return found


def begins(words: str) -> str:
    """What a sentence of the band begins with, before the first of its values."""
    return words.partition("{")[0]


def says(page: Page, words: str) -> None:
    page.wait_for_function(
        "([place, words]) => document.querySelector(place).textContent.includes(words)", arg=[BAND, begins(words)]
    )


def test_a_row_opens_its_province_and_leads_back_step_by_step(page: Page, served: str) -> None:
    hang(page, served, MAP)
    meet(page)
    before, place = figures(page), page.locator(".wall-place").text_content()
    press(page, "2", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp")
    code, name = cursor(page)
    value = page.locator(".is-cursor .rank-value").text_content()
    press(page, "Enter")
    opened(page)
    assert page.locator(f"{HERE} h1").text_content() == name
    assert f"agency={code}" in page.url
    assert value and value in (page.locator(f"{HERE} .wall-answer").first.text_content() or "")
    assert page.locator(".card.is-large:visible").count() == 0
    assert page.locator(".wall-place").text_content() == place, "no scene of the playlist"
    press(page, "Escape")
    assert page.locator(OPENED).count() == 0
    assert "agency" not in page.url
    assert page.locator(".card.is-large:visible").count() == 1
    assert cursor(page) == (code, name)
    press(page, "Backspace")
    assert page.locator(".card.is-large").count() == 0
    assert page.evaluate("centre.wall.here") == "map-DVC01"
    assert (figures(page), page.locator(".wall-place").text_content()) == (before, place)


def test_a_remote_moves_the_cursor_in_a_large_card_and_turns_without(page: Page, served: str) -> None:
    hang(page, served, MAP)
    meet(page)
    press(page, "2", "PageDown", "PageDown", "PageUp")
    first = cursor(page)
    press(page, "PageUp")
    assert cursor(page) != first
    press(page, "Escape", "PageDown")
    assert page.evaluate("centre.wall.here") == "usage"
    assert page.locator(".is-cursor").count() == 0
    press(page, "End", "ArrowDown")
    assert page.evaluate("centre.wall.here") == "targets", "where no agency is named the arrows turn as ever"


def test_the_provinces_of_a_large_map_are_walked_from_north_to_south(page: Page, served: str) -> None:
    hang(page, served, MAP)
    meet(page)
    press(page, "1", "ArrowDown")
    assert page.locator(".wall-cursor-name").text_content() == "Hà Giang"
    assert page.locator(".wall-cursor-shape").count() == 1
    press(page, "ArrowUp")
    assert page.locator(".wall-cursor-name").text_content() == "Cà Mau"
    press(page, "Enter")
    opened(page)
    assert page.locator(f"{HERE} h1").text_content() == "Cà Mau"
    assert page.locator(".wall-cursor-name").count() == 0
    press(page, "m")
    assert page.locator(".wall-cursor-shape").count() == 0


def test_a_scene_of_tasks_opens_the_ministry_that_leads(page: Page, served: str) -> None:
    hang(page, served, "/wall/national?scene=tasks")
    meet(page)
    press(page, "ArrowDown", "ArrowDown", "Enter")
    opened(page)
    assert page.locator(f"{HERE} h1").text_content() == "Bộ Nội vụ"
    press(page, "ArrowRight")
    assert page.evaluate("centre.wall.here") == "today"
    assert page.locator(OPENED).count() == 0
    assert "agency" not in page.url


def test_a_meeting_that_ends_leaves_the_address_without_what_it_opened(page: Page, served: str) -> None:
    hang(page, served, MAP)
    meet(page)
    press(page, "ArrowDown", "Enter")
    opened(page)
    press(page, "m")
    page.wait_for_function("() => !window.centre.asked")
    assert page.locator(f"{OPENED}, .is-cursor, .is-under, {BAND}").count() == 0
    assert page.url.endswith("scene=map-DVC01")
    assert not page.evaluate("centre.has('opened-48')")


def test_a_reload_begins_a_meeting_at_what_was_opened(page: Page, served: str) -> None:
    hang(page, served, MAP)
    meet(page)
    press(page, "ArrowDown", "Enter")
    opened(page)
    page.reload()
    opened(page)
    assert page.evaluate("centre.frozen") is True
    assert page.locator(f"{HERE} h1").text_content() == "Đà Nẵng"
    assert "agency=48" in page.url
    press(page, "Escape")
    assert page.evaluate("centre.wall.here") == "map-DVC01"
    press(page, "m")
    assert page.evaluate("centre.wall.held") == ""


@pytest.fixture
def timed(browser: BrowserContext) -> Iterator[Page]:
    """A page whose clock is ours."""
    window = Watched(browser)
    window.page.clock.install()
    try:
        with window.look() as page:
            yield page
    finally:
        window.page.close()


def test_three_hours_without_a_hand_end_everything(timed: Page, served: str) -> None:
    hang(timed, served, MAP)
    meet(timed)
    press(timed, "2", "ArrowDown", "Enter")
    opened(timed)
    timed.clock.fast_forward(2 * 3600 * 1000)
    assert timed.locator(OPENED).count() == 1
    timed.clock.fast_forward(3600 * 1000 + 1000)
    timed.wait_for_function("() => !window.centre.frozen && !window.centre.asked")
    assert timed.locator(f"{OPENED}, {BAND}, .card.is-large, .is-cursor").count() == 0
    assert "agency" not in timed.url


def saved(page: Page, folder: Path) -> dict[str, Path]:
    """The files that S saves, by their ending; the workbook is the last."""
    got: list[Any] = []

    def keep(file: Any) -> None:
        got.append(file)

    page.on("download", keep)
    with page.expect_download(lambda file: file.suggested_filename.endswith(".xlsx"), timeout=60_000):
        press(page, "s")
    page.remove_listener("download", keep)
    files = {Path(each.suggested_filename).suffix: folder / each.suggested_filename for each in got}
    for each in got:
        each.save_as(folder / each.suggested_filename)
    return files


def test_what_is_saved_of_an_agency_is_named_for_it_and_holds_its_figures(
    page: Page, served: str, held: Store, tmp_path: Path
) -> None:
    hang(page, served, MAP)
    meet(page)
    whole = saved(page, tmp_path)[".xlsx"]
    press(page, "ArrowDown", "Enter")
    opened(page)
    files = saved(page, tmp_path)
    assert set(files) == {".png", ".xlsx"}
    assert all(path.stem.endswith(" Đà Nẵng (Nội bộ)") for path in files.values())
    board = province(held, EVERYTHING, "48", Asked(CLOCK))
    assert board is not None
    own = {each.row.value.mark for each in board.own if each.row.value}
    marks = []
    for path in (whole, files[".xlsx"]):
        sheets = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
        marks.append({str(row[0]) for row in sheets["figures"].iter_rows(values_only=True)})
    assert own and own <= marks[1] and not own <= marks[0]
    assert marks[0] <= marks[1], "the figures of the scenes are in it too"


# Figures that come meanwhile


@pytest.fixture
def centre(demonstration_url: str, tmp_path: Path) -> Iterator[Centre]:
    """The demonstration, on a store of its own."""
    with served_copy(demonstration_url, tmp_path) as found:
        yield found


def delivered(centre: Centre, folder: Path) -> None:
    """A new figure of Đà Nẵng, and so a new rank of others."""
    store = open_store(centre.database_url)
    row = figure("88.8", agency_code="48", period="2020-02-13", published="2020-02-13", source="A")
    deliver(store, folder, written(row))
    store.close()


def test_figures_that_came_during_a_meeting_are_told_and_not_shown(
    browser: BrowserContext, centre: Centre, tmp_path: Path
) -> None:
    say = speaker("vi")
    with watched(browser) as page:
        hang(page, centre.base, MAP)
        meet(page)
        before = figures(page)
        press(page, "ArrowDown", "Enter")
        opened(page)
        shown = page.locator(f"{HERE}").text_content()
        delivered(centre, tmp_path)
        says(page, say.words["wall.frozen_new"])
        assert page.locator(f"{HERE}").text_content() == shown
        press(page, "Escape", "Enter")
        says(page, say.words["wall.newer_at"])
        at = page.request.get(f"{centre.base}/heartbeat").json()["delivered"][11:16]
        assert say("wall.newer_at", at=at) == page.locator(BAND).text_content()
        assert page.locator(OPENED).count() == 0
        assert "agency" not in page.url
        assert figures(page) == before
        assert "88,8" not in (page.locator("body").text_content() or "")
        press(page, "m")
        page.wait_for_function("() => document.body.textContent.includes('88,8')")


def test_figures_that_come_while_an_agency_is_asked_for_are_not_shown(
    browser: BrowserContext, centre: Centre, tmp_path: Path
) -> None:
    with watched(browser) as page:
        hang(page, centre.base, MAP)
        meet(page)
        before, pulled = figures(page), page.locator(".freshness").get_attribute("data-pulled")

        def late(route: Route) -> None:
            delivered(centre, tmp_path)
            route.continue_()

        page.route(QUESTION, late, times=1)
        press(page, "ArrowDown", "Enter")
        says(page, speaker("vi").words["wall.newer_at"])
        assert page.locator(OPENED).count() == 0
        assert figures(page) == before
        assert page.locator(".freshness").get_attribute("data-pulled") == pulled, "its hour stands still too"
        assert page.locator(".is-new").count() == 0


def test_the_watch_over_the_connection_goes_on_while_an_agency_is_asked_for(
    browser: BrowserContext, centre: Centre
) -> None:
    window = Watched(browser)
    page = window.page
    try:
        hang(page, centre.base, MAP)
        meet(page)
        before = figures(page)
        page.evaluate(_HOURS)
        page.route(QUESTION, lambda route: route.fulfill(status=500, body=""))
        press(page, "ArrowDown", "Enter")
        page.wait_for_selector(".alive")
        page.wait_for_timeout(3_000)
        assert page.locator(".alive").count() == 1, "it stays until something is answered"
        assert figures(page) == before
        hour = page.evaluate("centre.now()")
        page.unroute(QUESTION)
        opened(page)
        page.wait_for_selector("html:not([data-lost])")
        assert page.locator(".alive").count() == 0
        assert min(page.evaluate("window.hours")) >= hour, "the clock is not set back to what is held"
    finally:
        page.close()


# Who may


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("/wall/national?agency=40", True),
        ("/wall?agency=BNV&scene=tasks", True),
        *((f"/wall/national?agency={code}", False) for code in ("99", "VN", "01-SNV", "R-RRD", "x", "40x", "%22")),
        *((f"/wall/{name}?agency=40", False) for name in ("far", "nghe-an", "national-en")),
    ],
)
def test_an_agency_is_opened_where_the_profile_allows_it_and_it_is_one(
    held: Store, settings: Settings, address: str, opens: bool
) -> None:
    parts = set(sent(held, settings, address))
    assert any(name.startswith("opened-") for name in parts) is opens
    assert sent(held, settings, address.partition("?")[0]).keys() == {
        name for name in parts if not name.startswith("opened-")
    }


def test_a_profile_without_minutes_has_no_cursor(page: Page, served: str) -> None:
    hang(page, served, "/wall/nghe-an?agency=48&scene=map-DVC01")
    assert page.locator(OPENED).count() == 0
    assert page.evaluate("Boolean(centre.frozen)") is False
    meet(page)
    assert page.locator(BAND).text_content() == speaker("vi")("wall.keys")
    press(page, "ArrowUp")
    assert page.evaluate("centre.wall.here") == "targets", "the arrow turned"
    press(page, "Enter")
    assert page.locator(".is-cursor").count() == 0
    assert page.evaluate("centre.asked") is None


# How it looks


@pytest.fixture(scope="module")
def profiled(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration with profiles that allow minutes in both languages and from ten metres."""
    folder = tmp_path_factory.mktemp("profiled")
    file = folder / "wall.toml"
    file.write_text(PROFILES, "utf-8")
    with serving(demonstration_url, folder / "log", DEMO="on", WALL_PROFILES=str(file)) as base:
        yield base


@pytest.mark.parametrize("size", [HD, UHD], ids=["1280", "3840"])
@pytest.mark.parametrize("profile", ["vi", "en"])
def test_a_cursor_and_what_it_opens_fit(page: Page, profiled: str, profile: str, size: tuple[int, int]) -> None:
    hang(page, profiled, f"/wall/{profile}?scene=map-DVC01", size)
    meet(page)
    press(page, "ArrowDown", "ArrowDown")
    page.evaluate(PAINTED)
    assert page.locator(BAND).text_content() == speaker(profile)("wall.keys_open")
    assert page.evaluate(_TOO_WIDE, ["", *SAID]) == []
    row, card = (page.locator(each).bounding_box() for each in (".is-cursor", ".card:has(.is-cursor)"))
    assert row and card
    assert card["x"] <= row["x"] and row["x"] + row["width"] <= card["x"] + card["width"]
    press(page, "Enter")
    opened(page)
    assert page.locator(BAND).text_content() == speaker(profile)("wall.keys_opened")
    assert [*misplaced(page), *too_small(page), *too_faint(page)] == []
    assert page.locator(".card-failed").count() == 0
    press(page, "m")


def test_from_ten_metres_an_agency_is_told_in_three_scenes(page: Page, profiled: str) -> None:
    hang(page, profiled, "/wall/far?scene=map-DVC01-2")
    meet(page)
    press(page, "ArrowDown", "Enter")
    opened(page)
    name = page.locator(f"{HERE} h1").text_content()
    assert page.evaluate(_TOO_WIDE, ["", *SAID]) == []
    for key, part in (
        ("ArrowRight", "own"),
        ("ArrowRight", "duties"),
        ("ArrowLeft", "own"),
        ("ArrowLeft", "locality"),
    ):
        press(page, key)
        page.wait_for_selector(f"{HERE} .wall-{part}")
        page.evaluate(PAINTED)
        assert page.locator(f"{HERE} h1").text_content() == name
        assert [*misplaced(page), *too_small(page), *too_faint(page)] == []
    press(page, "Escape")
    assert page.evaluate("centre.wall.here") == "map-DVC01-2"
    press(page, "m")
