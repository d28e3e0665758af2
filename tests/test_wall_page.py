"""The wall as whoever stands before it sees it: scenes fit, turn by themselves and by keys; a meeting holds them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page

from data.scope import EVERYTHING
from data.store import Store
from data.wall_profiles import read_profiles
from i18n import speaker
from metrics.asked import Asked
from metrics.boards.overview import overview
from tests.browser import PAINTED, Watched
from tests.deliveries import CLOCK
from tests.looks import PLACES, VIETNAMESE, texts
from tests.wall_looks import misplaced, too_faint, too_small

HD, UHD, ULTRAWIDE = (1280, 720), (3840, 2160), (3440, 1440)
WINDOWS = (HD, UHD, ULTRAWIDE)
#: Every scene of the playlists that come with the product.
PLAYLISTS = {name: [scene.show for scene in profile.scenes] for name, profile in read_profiles(None).items()}


def hang(page: Page, served: str, path: str = "/wall", size: tuple[int, int] = HD) -> Page:
    """The wall in a window of that size, once its first scene is drawn."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(served + path)
    page.wait_for_selector("[data-scene] .wall-answers")
    page.wait_for_function("() => !window.centre.asked")
    page.evaluate(PAINTED)
    return page


def scenes(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.centre.wall.scenes.map((scene) => scene.name)")
    return found


def turn(page: Page, name: str) -> None:
    """Show a scene, and wait until the one before it is gone."""
    page.evaluate("(name) => centre.wall.go(centre.wall.scenes.findIndex((each) => each.name === name))", name)
    page.wait_for_selector(f"[data-scene='{name}'] .wall-body")
    page.wait_for_function("() => !document.querySelector('.is-leaving')")
    page.wait_for_function("() => !document.querySelector('.map-waiting')")
    page.evaluate(PAINTED)


@pytest.mark.parametrize("size", WINDOWS)
@pytest.mark.parametrize("profile", PLAYLISTS)
def test_every_scene_fits(page: Page, served: str, profile: str, size: tuple[int, int]) -> None:
    hang(page, served, f"/wall/{profile}", size)
    troubles = []
    for name in scenes(page):
        turn(page, name)
        found = [*misplaced(page), *too_small(page), *too_faint(page)]
        troubles += [f"{name}: {each}" for each in found]
        assert not page.locator(".card-failed").count(), name
        maps = page.locator(".map").count()
        assert page.locator("[data-province]").count() == 63 * maps
        assert page.locator("[data-archipelago]").count() == 2 * maps
        assert page.locator("a[href], button, input").count() == 0
    assert not troubles, "\n".join(troubles)


def test_english_speaks_english(page: Page, served: str) -> None:
    hang(page, served, "/wall/national-en")
    left = []
    for name in scenes(page):
        turn(page, name)
        left += [each["text"] for each in texts(page) if VIETNAMESE.search(PLACES.sub("", each["text"]))]
    assert [each for each in left if not re.search(r"\d+/\d{4}/(NĐ|QH|NQ|QĐ)", each)] == []


def test_the_same_figures_as_on_the_overview(page: Page, served: str, held: Store) -> None:
    """To the digit: what the wall prints of the targets is what the board of the overview holds."""
    hang(page, served, "/wall/national?scene=targets")
    board = overview(held, EVERYTHING, Asked(CLOCK))
    marks = page.locator(".wall-tile [data-figure]")
    found = {marks.nth(at).get_attribute("data-figure"): marks.nth(at).text_content() for at in range(marks.count())}
    wanted = {nation.value.mark for nation in board.headline if nation.value}
    assert wanted == set(found)
    assert found["DVC01/VN/2020-02-12"] == "10,7%"


def test_keys_turn_hold_and_keep_the_place(page: Page, served: str) -> None:
    hang(page, served, "/wall/national")
    names = scenes(page)
    assert names[:2] == ["targets", "map-DVC01"]
    page.keyboard.press("PageDown")
    assert page.evaluate("centre.wall.here") == names[1]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("centre.wall.here") == names[-1]
    page.keyboard.press("2")
    assert "scene=map-DVC01" in page.url
    page.keyboard.press("p")
    page.reload()
    page.wait_for_selector("[data-scene='map-DVC01']")
    assert page.evaluate("centre.wall.held") == "pinned"
    assert speaker("vi")("wall.pinned") in (page.locator(".wall-place").text_content() or "")
    page.keyboard.press("p")
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


def test_scenes_turn_by_themselves(timed: Page, served: str) -> None:
    hang(timed, served, "/wall/national")
    timed.clock.run_for(59_000)
    assert timed.evaluate("centre.wall.here") == "targets"
    timed.clock.run_for(2_000)
    assert timed.evaluate("centre.wall.here") == "map-DVC01"
    timed.keyboard.press(" ")
    timed.clock.run_for(600_000)
    assert timed.evaluate("centre.wall.here") == "map-DVC01"


def test_a_meeting_holds_enlarges_and_saves(page: Page, served: str, tmp_path: Path) -> None:
    say = speaker("vi")
    hang(page, served, "/wall/national?scene=targets")
    page.keyboard.press("m")
    page.wait_for_function("() => window.centre.frozen")
    band = page.locator(".wall-meeting")
    assert (band.locator("b").text_content() or "").startswith(say("wall.frozen", at="").rstrip())
    before = page.locator(".wall-rank").bounding_box()
    page.keyboard.press("6")
    large = page.locator(".card.is-large").bounding_box()
    assert before and large and large["height"] > 1.4 * before["height"]
    page.keyboard.press("Escape")
    assert page.locator(".card.is-large").count() == 0
    saved: list[Any] = []
    page.on("download", saved.append)
    page.keyboard.press("s")
    page.wait_for_function(
        "(words) => document.querySelector('.wall-meeting').textContent.includes(words)",
        arg=say("wall.saved", at="").rstrip(),
    )
    page.wait_for_timeout(200)
    files = {}
    for each in saved:
        each.save_as(tmp_path / each.suggested_filename)
        files[Path(each.suggested_filename).suffix] = tmp_path / each.suggested_filename
    assert set(files) == {".png", ".xlsx"}
    assert files[".png"].read_bytes().startswith(b"\x89PNG")
    sheets = load_workbook(io.BytesIO(files[".xlsx"].read_bytes()), read_only=True)
    marks = [row[0] for row in sheets["figures"].iter_rows(values_only=True)]
    assert "DVC01/VN/2020-02-12" in marks
    page.keyboard.press("m")
    assert page.locator(".wall-meeting").count() == 0
    assert page.evaluate("centre.frozen") is False


def test_a_profile_that_is_none_is_not_found(page: Page, served: str) -> None:
    answer = page.request.get(f"{served}/wall/nowhere")
    assert answer.status == 404
