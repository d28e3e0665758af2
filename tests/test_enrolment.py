"""A screen in a real browser: enrolled by its address, revoked while somebody looks, and enrolled anew.

These pages are not watched as others are: a page that is refused is told on the console by the browser itself.
"""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route

from data import screens
from data.store import Store, open_store
from data.wall_profiles import read_profiles
from i18n import LANGUAGES, speaker
from layouts.shell import centre_name
from tests.browser import PHONE, WIDE, address, serving
from tests.looks import texts
from tests.wall_looks import misplaced, too_faint

pytestmark = pytest.mark.alone
PROFILE = next(iter(read_profiles(None)))
OWN = f"/wall/{PROFILE}"
QUESTION = re.compile("/_dash-update-component")
HEARTBEAT = re.compile("/heartbeat")
#: A page asks so often, and draws what it learns in less than the rest.
BEAT_MS, DRAWN_MS = 5_000, 1_000
FIGURES = "[data-figure], [data-derived], canvas, main svg"


@pytest.fixture(scope="module")
def kept(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demonstration of one's own."""
    file = tmp_path_factory.mktemp("enrolment") / "centre.db"
    shutil.copyfile(demonstration_url.removeprefix("sqlite:///"), file)
    with closing(open_store(f"sqlite:///{file}")) as store:
        yield store


@pytest.fixture(scope="module")
def base(kept: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it is served, walls open to all."""
    with serving(kept.url, tmp_path_factory.mktemp("open") / "log", DEMO="on") as found:
        yield found


@pytest.fixture(scope="module")
def shut(kept: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it is served, walls kept for enrolled screens."""
    log = tmp_path_factory.mktemp("shut") / "log"
    with serving(kept.url, log, DEMO="on", WALL_ACCESS="enrolled") as found:
        yield found


@contextmanager
def on_a_wall(browser: BrowserContext) -> Iterator[Page]:
    """A page of a browser that has no cookie yet."""
    assert browser.browser is not None
    own = browser.browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
    own.set_default_timeout(15_000)
    try:
        yield own.new_page()
    finally:
        own.close()


@pytest.fixture
def wall(browser: BrowserContext) -> Iterator[Page]:
    with on_a_wall(browser) as page:
        yield page


def enrol(page: Page, base: str, store: Store, name: str) -> None:
    """Give the browser the cookie of a new screen, as if it had been enrolled elsewhere."""
    cookie = screens.exchange(store, screens.add(store, name, PROFILE))
    page.context.add_cookies([{"name": "screen", "value": cookie, "url": base, "httpOnly": True}])


def shown(page: Page) -> str:
    return str(page.locator("main").get_attribute("data-screen"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_revoked_screen_shows_so_within_a_beat_and_keeps_no_figure(
    wall: Page, base: str, kept: Store, language: str
) -> None:
    say, name = speaker(language), f"revoked {language}"
    wall.goto(f"{base}{OWN}?lang={language}")
    wall.wait_for_selector("[data-scene] .wall-answers")
    enrol(wall, base, kept, name)
    with wall.expect_response(HEARTBEAT) as beat:
        pass
    assert beat.value.json()["screen"] == name
    assert wall.locator(FIGURES).count() > 50
    began = time.monotonic()
    screens.revoke(kept, name)
    wall.wait_for_selector("main[data-screen=revoked]", timeout=BEAT_MS + DRAWN_MS)
    assert time.monotonic() - began < (BEAT_MS + DRAWN_MS) / 1000
    assert wall.locator(FIGURES).count() == 0
    text = wall.locator("body").inner_text()
    assert text.split("\n\n") == [centre_name(say), say("alive.revoked"), say("alive.revoked_text")]
    assert wall.title() == say("alive.revoked")
    assert wall.locator("main").get_attribute("lang") == language

    questions: list[str] = []
    loads: list[str] = []

    def note(request: Request) -> None:
        if QUESTION.search(request.url):
            questions.append(request.url)

    wall.on("request", note)
    wall.on("load", lambda loaded: loads.append(loaded.url))
    wall.evaluate("() => window.centre.ask(true)")
    for _ in range(2):
        with wall.expect_response(HEARTBEAT):
            pass
    assert (questions, loads, shown(wall)) == ([], [], "revoked"), "it goes on beating and asks nothing"

    enrol(wall, base, kept, name)
    with wall.expect_event("load"):
        pass
    wall.wait_for_selector("main[data-screen=wall] [data-figure]")
    with wall.expect_response(HEARTBEAT):
        pass
    wall.wait_for_timeout(500)
    assert len(loads) == 1
    screens.revoke(kept, name)


def test_an_address_enrols_its_screen_and_forgets_the_token(wall: Page, base: str, kept: Store) -> None:
    token = screens.add(kept, "by address", PROFILE)
    wall.goto(f"{base}{address(lang='en')}#enrol={token}")
    wall.wait_for_selector("main[data-screen=not-here]")
    assert wall.url == base + address(lang="en")
    assert token not in str(wall.evaluate("() => [location.href, history.state, document.cookie]"))
    (cookie,) = wall.context.cookies(base)
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == ("screen", True, "Lax", "/")
    assert cookie["expires"] > time.time() + 300 * 24 * 3600
    found = screens.known(kept, cookie["value"])
    assert found is not None and found.name == "by address"
    for path in ("/ranking", "/dossier", "/table/board.csv", "/nothing"):
        answer = wall.goto(base + path)
        assert answer is not None and answer.status == 403


def test_a_wall_that_is_kept_for_screens_lets_in_who_brings_a_token(wall: Page, shut: str, kept: Store) -> None:
    answer = wall.goto(shut + OWN)
    assert answer is not None and answer.status == 403
    assert shown(wall) == "not-enrolled"
    assert wall.locator(f"{FIGURES}, form, input, a").count() == 0
    for size in (WIDE, PHONE):
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        box = wall.locator("h1").bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= size[0]
        assert wall.evaluate("() => document.documentElement.scrollWidth") <= size[0]
    wall.goto(f"{shut}{OWN}#enrol={'x' * 43}")
    wall.wait_for_selector(".enrol-said[role=alert]")
    assert wall.locator(".enrol-said").inner_text() == speaker("vi")("alive.not_taken")
    assert wall.url == shut + OWN
    token = screens.add(kept, "with a token", PROFILE)
    with wall.expect_event("load"):
        wall.goto(f"{shut}{OWN}#enrol={token}")
    wall.wait_for_selector("main[data-screen=wall] [data-figure]")
    assert wall.url.split("?")[0] == shut + OWN
    assert [each["name"] for each in wall.context.cookies(shut)] == ["screen"]
    assert wall.locator(".enrol-said").count() == 0


#: As parts of the height: the title and the rest are read from four metres.
TITLE, TEXT = 20, 40


def legible(page: Page) -> None:
    """What is said on the screen is dark, large, whole on it, and nothing that is clicked."""
    for size in ((1280, 720), WIDE, (3440, 1440)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert misplaced(page) == []
        assert too_faint(page) == []
        sizes = {each["place"]: each["size"] for each in texts(page)}
        assert sizes.pop("h1.") >= size[1] / TITLE
        assert min(sizes.values()) >= size[1] / TEXT
    assert page.locator("a, button, input, form, pre").count() == 0
    background = page.evaluate("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(background) < 0x40


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_on_a_wall_is_read_from_afar(wall: Page, shut: str, kept: Store, language: str) -> None:
    path = f"{shut}/wall/far?lang={language}"
    wall.goto(path)
    assert shown(wall) == "not-enrolled"
    legible(wall)
    enrol(wall, shut, kept, f"afar {language}")
    wall.goto(path)
    assert shown(wall) == "not-here"
    assert OWN in wall.locator("main").inner_text()
    legible(wall)
    screens.revoke(kept, f"afar {language}")
    wall.goto(path)
    assert shown(wall) == "revoked"
    legible(wall)
    wall.goto(f"{shut}/?lang={language}")
    assert shown(wall) == "revoked"
    assert wall.locator("html.wall, html.dark").count() == 0, "in a browser it is a page like all others"


def test_a_page_that_is_refused_opens_by_itself_once_its_screen_is_enrolled(
    wall: Page, shut: str, kept: Store
) -> None:
    wall.goto(shut + OWN)
    assert shown(wall) == "not-enrolled"
    with wall.expect_event("load"):
        enrol(wall, shut, kept, "elsewhere")
    wall.wait_for_selector("main[data-screen=wall] [data-figure]")


def test_a_token_waits_for_a_server_that_does_not_answer(wall: Page, base: str, kept: Store) -> None:
    token = screens.add(kept, "waiting", PROFILE)
    tried: list[str] = []

    def refuse(route: Route) -> None:
        tried.append("once")
        route.fulfill(status=503, body="")

    wall.route(re.compile("/wall/enrol"), refuse, times=1)
    wall.goto(f"{base}{address()}#enrol={token}")
    wall.wait_for_selector("main[data-screen=not-here]")
    assert tried == ["once"]
    assert wall.url == base + address()
