"""What a wall shows when something goes wrong, tried on a real screen: `python -m tests.wall_faults`, or `make soak`.

Each fault is done to a served product or to the screen's own browser and undone again; the table says what the screen
showed, after how many seconds, and how long it took to heal.
"""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from playwright.sync_api import Browser, Page, Route, sync_playwright

from data import screens, stock
from data.store import open_store
from tests.browser import CHROMIUM, FLAGS
from tests.centre import HEARTBEAT, QUESTION, Centre, beat_of

BANNER_SECONDS, HEALED_SECONDS = 15.0, 30.0
SCENES = "[data-scene] .wall-answers"
LOST = ".alive"
#: Nothing of these stands on a wall, whatever happens.
NEVER = "input, form, button, .error-container, pre"
#: What is on the screen: is anything there, is it grey, and does any figure read nothing or zero that did not before.
_SEEN = """() => ({
  figures: Array.from(document.querySelectorAll('[data-figure], [data-derived]'), (each) => each.textContent),
  banner: (document.querySelector('.alive') || {innerText: ''}).innerText.replace(/\\s+/g, ' '),
  lost: document.documentElement.dataset.lost || '',
  text: document.body.innerText,
})"""


@dataclass
class Hung:
    """A wall that hangs before a product of its own."""

    page: Page
    centre: Centre
    name: str
    loads: int = 0


@dataclass(frozen=True)
class Fault:
    """`begin` does it and gives what undoes it; `showing` is a selector of what the screen has to show, `healed` of
    what it shows once it is undone; None where nothing has to be shown, or there is no way back."""

    name: str
    begin: Callable[[Hung], Callable[[], None]]
    showing: str | None = LOST
    healed: str | None = "html:not([data-lost]) [data-scene]"


@dataclass(frozen=True)
class Tried:
    """What came of a fault: seconds until it was shown and until it was healed, None where that has no meaning; the
    words of the screen; whether the figures stayed; what must never be there and was."""

    name: str
    shown: float | None
    healed: float | None
    said: str
    kept: bool
    never: int


def _killed(hung: Hung) -> Callable[[], None]:
    hung.centre.kill()
    return hung.centre.start


def _failing(hung: Hung) -> Callable[[], None]:
    hung.page.route(QUESTION, lambda route: route.fulfill(status=500, body=""))
    return lambda: hung.page.unroute(QUESTION)


def _hanging(hung: Hung) -> Callable[[], None]:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    hung.page.route(QUESTION, hold)
    return lambda: hung.page.unroute(QUESTION)


def _database_gone(hung: Hung) -> Callable[[], None]:
    _rename(hung, "submission", "submission_away")
    return lambda: _rename(hung, "submission_away", "submission")


def _slow(hung: Hung) -> Callable[[], None]:
    """Slower than a page waits: it has given up before anything comes."""
    held: list[Route] = []

    def late(route: Route) -> None:
        held.append(route)

    hung.page.route(HEARTBEAT, late)
    return lambda: hung.page.unroute(HEARTBEAT)


def _cut(hung: Hung) -> Callable[[], None]:
    hung.page.context.set_offline(True)
    return lambda: hung.page.context.set_offline(False)


def _figure_raises(hung: Hung) -> Callable[[], None]:
    """What a day of its own is asked for: nothing of it was drawn before."""
    _rename(hung, "usage_month", "usage_month_away")
    hung.page.evaluate("history.replaceState(null, '', location.pathname + '?scene=usage&at=2020-02-13')")
    hung.page.evaluate("centre.ask(true)")
    hung.page.evaluate("centre.wall.go(centre.wall.scenes.findIndex((each) => each.name === 'usage'))")

    def mend() -> None:
        _rename(hung, "usage_month_away", "usage_month")
        hung.page.evaluate("centre.ask(true)")

    return mend


def _other_build(hung: Hung) -> Callable[[], None]:
    told = beat_of(hung.centre) | {"build": "0123456789abcdef"}
    hung.page.route(HEARTBEAT, lambda route: route.fulfill(json=told))
    return lambda: hung.page.unroute(HEARTBEAT)


def _revoked(hung: Hung) -> Callable[[], None]:
    store = open_store(hung.centre.database_url)
    screens.revoke(store, hung.name)
    store.close()
    return lambda: None


def _rename(hung: Hung, old: str, new: str) -> None:
    store = open_store(hung.centre.database_url)
    with store.writing() as connection:
        connection.execute(sa.text("PRAGMA legacy_alter_table = ON"))
        connection.execute(sa.text(f'ALTER TABLE "{old}" RENAME TO "{new}"'))
    store.close()


FAULTS = (
    Fault("server killed, started again", _killed),
    Fault("questions fail", _failing),
    Fault("questions hang", _hanging),
    Fault("database gone", _database_gone),
    Fault("answers too slow", _slow),
    Fault("network cut", _cut),
    Fault("one figure raises", _figure_raises, ".card-failed", "[data-scene=usage]:not(:has(.card-failed))"),
    Fault("another build", _other_build, None, None),
    Fault("screen revoked", _revoked, "main[data-screen=revoked]", None),
)


@contextmanager
def hung(browser: Browser, centre: Centre, name: str = "hall") -> Iterator[Hung]:
    """An enrolled screen before the product, in a browser of its own."""
    store = open_store(centre.database_url)
    token = screens.add(store, name, "national")
    store.close()
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="vi-VN", reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(f"{centre.base}/wall/national#enrol={token}")
        page.wait_for_function("() => !location.hash")
        page.wait_for_selector(SCENES)
        page.wait_for_function("() => window.centre.now() && !window.centre.asked")
        found = Hung(page, centre, name)

        def loaded(_page: Page) -> None:
            found.loads += 1

        page.on("load", loaded)
        yield found
    finally:
        context.close()


def tried(fault: Fault, wall: Hung) -> Tried:
    """Do it, wait for what the screen shows, undo it, wait until it is healed."""
    page = wall.page
    before = page.evaluate(_SEEN)
    began = time.monotonic()
    undo = fault.begin(wall)
    shown = healed = None
    try:
        if fault.showing is not None:
            page.wait_for_selector(fault.showing, timeout=2_000 * BANNER_SECONDS)
            shown = time.monotonic() - began
        else:
            page.wait_for_timeout(12_000)
        now = page.evaluate(_SEEN)
        never = page.locator(NEVER).count()
    finally:
        undo()
    if fault.healed is not None:
        began = time.monotonic()
        page.wait_for_selector(fault.healed, timeout=2_000 * HEALED_SECONDS)
        healed = time.monotonic() - began
    words = now["banner"] or (now["text"].split("\n")[0] if fault.showing else f"{wall.loads} load")
    return Tried(fault.name, shown, healed, words, now["figures"] == before["figures"], never)


def row(each: Tried) -> str:
    """One line of the table."""
    shown, healed = (f"{value:.1f} s" if value is not None else "–" for value in (each.shown, each.healed))
    return f"{each.name:30}  {shown:>7}  {healed:>7}  {'kept' if each.kept else 'other':5}  {each.said[:120]}"


def main() -> int:
    """Every fault before a product of its own."""
    good = True
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{Path(folder) / 'filled.db'}"
        store = open_store(url, create=True)
        stock.migrate(store)
        stock.demonstrate(store)
        store.close()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        print(f"{'fault':30}  {'shown':>7}  {'healed':>7}  figs   words")
        for number, fault in enumerate(FAULTS):
            place = Path(folder) / str(number)
            place.mkdir()
            shutil.copyfile(Path(folder) / "filled.db", place / "centre.db")
            centre = Centre(place, f"sqlite:///{place / 'centre.db'}", DEMO="on")
            centre.start()
            try:
                centre.answers()
                with hung(browser, centre) as wall:
                    found = tried(fault, wall)
            finally:
                centre.kill()
            print(row(found), flush=True)
            in_time = (found.shown or 0) <= BANNER_SECONDS and (found.healed or 0) <= HEALED_SECONDS
            good = good and in_time and not found.never
        browser.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
