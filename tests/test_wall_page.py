"""The wall as whoever stands before it sees it: scenes fit, turn by themselves and by keys; a meeting holds them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page

from app import create_app
from data.scope import EVERYTHING
from data.store import Store
from data.wall_profiles import ProfileError, read_profiles
from i18n import speaker
from metrics.asked import Asked
from metrics.boards.overview import overview
from settings import Settings
from tests.browser import PAINTED, Watched, serving
from tests.deliveries import CLOCK
from tests.looks import PLACES, VIETNAMESE, texts
from tests.wall_looks import hollow, misplaced, too_faint, too_small

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
    # Tests share a window, which keeps how a wall was held.
    page.evaluate("centre.wall.hold('')")
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


@pytest.mark.parametrize("how", ["paused", "pinned"])
@pytest.mark.parametrize("profile", ["national", "national-en", "far"])
def test_how_a_wall_is_held_lies_over_nothing(page: Page, served: str, profile: str, how: str) -> None:
    hang(page, served, f"/wall/{profile}")
    page.evaluate("(how) => centre.wall.hold(how)", how)
    page.wait_for_selector(".wall-held")
    troubles = []
    for name in scenes(page):
        turn(page, name)
        troubles += [f"{name}: {each}" for each in misplaced(page)]
    assert troubles == []


@pytest.mark.parametrize("size", WINDOWS)
@pytest.mark.parametrize("profile", PLAYLISTS)
def test_every_scene_fits(page: Page, served: str, profile: str, size: tuple[int, int]) -> None:
    hang(page, served, f"/wall/{profile}", size)
    troubles = [f"{name}: {each}" for name in scenes(page) for each in unfit(page, name)]
    assert not troubles, "\n".join(troubles)


def unfit(page: Page, name: str) -> list[str]:
    """What is wrong with the look of a scene, once it is shown."""
    turn(page, name)
    assert not page.locator(".card-failed").count(), name
    maps = page.locator(".map").count()
    assert page.locator("[data-province]").count() == 63 * maps
    assert page.locator("[data-archipelago]").count() == 2 * maps
    assert page.locator("a[href], button, input").count() == 0
    return [*misplaced(page), *too_small(page), *too_faint(page)]


#: Ministries with much to do, with nothing of their own, with national systems; provinces that owe a report, that
#: have a dozen figures, and whose duties have long names.
FOCUSED = (
    """
[focus]
scene = [
  { show = "focus", agency = "BCA" }, { show = "focus", agency = "BNG" }, { show = "focus", agency = "62" },
  { show = "focus", agency = "40" },
]
[focus-en]
language = "en"
scene = [
  { show = "focus", agency = "VPCP" }, { show = "focus", agency = "40" }, { show = "focus", agency = "06" },
  { show = "focus", agency = "BTTTT" },
]
[focus-far]
density = "far"
scene = [
  { show = "focus", agency = "BCA" }, { show = "focus", agency = "62" }, { show = "focus", agency = "BNNPTNT" },
]
[many]
scene = ["""
    + '{ show = "map" }, { show = "today" }, ' * 6
    + """]
"""
)


@pytest.fixture(scope="module")
def focused(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration, served with walls of single agencies."""
    folder = tmp_path_factory.mktemp("focused")
    (folder / "wall.toml").write_text(FOCUSED, "utf-8")
    with serving(demonstration_url, folder / "log", DEMO="on", WALL_PROFILES=str(folder / "wall.toml")) as base:
        yield base


@pytest.mark.parametrize("size", WINDOWS)
@pytest.mark.parametrize("profile", ["focus", "focus-en", "focus-far"])
def test_the_scene_of_one_agency_fits_and_is_filled(
    page: Page, focused: str, profile: str, size: tuple[int, int]
) -> None:
    hang(page, focused, f"/wall/{profile}", size)
    troubles = []
    for name in scenes(page):
        troubles += [f"{name}: {each}" for each in unfit(page, name)]
        if profile != "focus-far":
            troubles += [f"{name}: ends in nothing: {each}" for each in hollow(page)]
            assert page.locator(".wall-body .card").count() >= 4
        code = name.split("-")[1]
        rows = page.locator(".wall-ranks tbody tr")
        if not code.isdigit() and rows.count():
            assert page.locator(f".wall-ranks tr[data-agency={code}][aria-current]").count() == 1
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("size", WINDOWS)
def test_the_foot_of_a_wall_of_many_scenes_lies_over_nothing(page: Page, focused: str, size: tuple[int, int]) -> None:
    hang(page, focused, "/wall/many", size)
    assert len(scenes(page)) == 12
    assert misplaced(page) == []


def test_the_duties_of_an_agency_fill_their_card(page: Page, focused: str) -> None:
    """As many as there is room for, and how many more there are."""
    hang(page, focused, "/wall/focus")
    turn(page, "focus-40")
    said = page.locator(".wall-duties .lags li").count()
    more = re.search(r"và (\d+) mục khác", page.locator(".wall-duties .wall-foot").inner_text())
    assert said == 3 and more is not None and int(more[1]) == 9


def test_a_wall_is_of_provinces_and_ministries_alone(demonstration_url: str, tmp_path: Path) -> None:
    """Others have no board: that is told at start, not on the wall."""
    (tmp_path / "wall.toml").write_text('[hall]\nscene = [{ show = "focus", agency = "BHXHVN" }]', "utf-8")
    given = {"DATABASE_URL": demonstration_url, "DEMO": "on", "WALL_PROFILES": str(tmp_path / "wall.toml")}
    with pytest.raises(ProfileError, match="agency is 'BHXHVN', which is no province and no ministry"):
        create_app(Settings.from_env(given))


#: The colour of each state of a report, whatever is drawn of it.
COLOURS = {"late": "--behind-f", "rejected": "--watch-f", "missing": "--over-f"}
#: The colour of what a selector finds, and that of a name of the design.
_COLOURED = """([found, name]) => {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = 'var(' + name + ')';
  const wanted = getComputedStyle(probe).color;
  probe.remove();
  const seen = getComputedStyle(document.querySelector(found));
  return [seen.fill !== 'rgb(0, 0, 0)' ? seen.fill : seen.backgroundImage + seen.backgroundColor, wanted];
}"""


@pytest.mark.parametrize(
    ("path", "drawn"),
    [("/reports?at=2020-08-20", "path.mark-{}"), ("/wall/national?scene=today&at=2020-08-20", ".days .sq-{}")],
)
def test_a_report_has_the_colour_of_its_state_on_the_wall_and_on_its_page(
    page: Page, served: str, path: str, drawn: str
) -> None:
    page.set_viewport_size({"width": HD[0], "height": HD[1]})
    page.goto(served + path)
    for state, name in COLOURS.items():
        page.wait_for_selector(drawn.format(state), state="attached")
        seen, wanted = page.evaluate(_COLOURED, [drawn.format(state), name])
        assert wanted in seen, state


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
    assert wanted <= set(found)
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
    """A page whose clock is ours; it is that of every page of a context, so that it has one of its own."""
    assert browser.browser is not None
    own = browser.browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
    window = Watched(own)
    window.page.clock.install()
    try:
        with window.look() as page:
            yield page
    finally:
        own.close()


def pass_by(page: Page, seconds: int) -> None:
    """Let time pass on the page, in steps that leave an answer time to come."""
    for _ in range(seconds // 5):
        page.clock.run_for(5_000)
        page.wait_for_function("() => !window.centre.asked")


def test_scenes_turn_by_themselves(timed: Page, served: str) -> None:
    hang(timed, served, "/wall/national")
    pass_by(timed, 55)
    assert timed.evaluate("centre.wall.here") == "targets"
    pass_by(timed, 10)
    assert timed.evaluate("centre.wall.here") == "map-DVC01"
    timed.keyboard.press(" ")
    pass_by(timed, 200)
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

    def keep(file: Any) -> None:
        saved.append(file)

    page.on("download", keep)
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


def test_nothing_that_was_asked_is_kept_for_an_undo(page: Page, served: str) -> None:
    """A wall asks thousands of times a day, and no page of ours takes anything back."""
    page.goto(f"{served}/wall")
    page.wait_for_selector("[data-scene]")
    for _ in range(5):
        page.evaluate(
            "() => new Promise((done) => {"
            " document.addEventListener('centre:drawn', () => done(), {once: true}); centre.ask(false); })"
        )
    assert page.evaluate("() => window.dash_stores.map((store) => store.getState().history.past.length)") == [0]
