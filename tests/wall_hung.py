"""A wall that hangs before a product of its own, what is done to it, and what it shows meanwhile and afterwards."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from data import screens, stock
from data.store import Store, open_store
from tests.centre import HEARTBEAT, QUESTION, Centre, served_copy
from tests.engines import Server

BANNER_SECONDS, HEALED_SECONDS = 15.0, 30.0
SCENES = "[data-scene] .wall-answers"
LOST = ".alive"
#: Nothing of these stands on a wall, whatever happens.
NEVER = "input, form, button, .error-container, pre, main[data-screen=failure]"
#: More than these are never under way at once: a beat, and a question.
MOST_OPEN = 2
#: A page clock that is hurried goes so far at a time, and then waits until what it asked is answered.
_STRIDE_MS, _ANSWERED_MS = 5_000, 50
#: What is on the screen: is anything there, is it grey, and does any figure read nothing or zero that did not before.
_SEEN = """() => ({
  figures: Array.from(document.querySelectorAll('[data-figure], [data-derived]'), (each) => each.textContent),
  banner: (document.querySelector('.alive') || {innerText: ''}).innerText.replace(/\\s+/g, ' '),
  lost: document.documentElement.dataset.lost || '',
  text: document.body.innerText,
})"""
_COUNTING = """() => {
  window.turned = 0;
  document.addEventListener('centre:scene', () => { window.turned += 1; });
}"""
_NEGATIVE_AGE = re.compile(r"[-−]\s?\d+\s(?:phút|giờ)")


@dataclass
class Hung:
    """A wall that hangs before a product of its own. `hurried` is whether the page's clock is ours to move; `settled`
    how many seconds it took until its time was right, None where nothing waited for that."""

    page: Page
    centre: Centre
    name: str
    hurried: bool = False
    loads: int = 0
    asked: int = 0
    beats: int = 0
    most_open: int = 0
    settled: float | None = None
    _open: set[Request] = field(default_factory=set)

    def watch(self) -> None:
        """Count what the page loads and asks from now on."""
        self.page.on("load", self._loaded)
        self.page.on("request", self._began)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)
        self.page.evaluate(_COUNTING)

    def _loaded(self, _page: Page) -> None:
        self.loads += 1

    def _began(self, request: Request) -> None:
        is_beat, is_question = HEARTBEAT.search(request.url), QUESTION.search(request.url)
        self.beats, self.asked = self.beats + bool(is_beat), self.asked + bool(is_question)
        if is_beat or is_question:
            self._open.add(request)
            self.most_open = max(self.most_open, len(self._open))

    def _ended(self, request: Request) -> None:
        self._open.discard(request)

    def ask(self) -> None:
        """Let the page ask for its screen at once, before it has noticed anything."""
        self.page.evaluate("() => { if (!centre.asked) centre.ask(false); }")

    def now(self) -> float:
        """Seconds by the page's own clock that nobody sets."""
        return float(self.page.evaluate("performance.now()")) / 1000

    def wait(self) -> None:
        """Let some time go by on the page: a second, or where it is hurried some more."""
        if self.hurried:
            self.page.clock.run_for(_STRIDE_MS)
        self.page.wait_for_timeout(_ANSWERED_MS if self.hurried else 1_000)


@dataclass(frozen=True)
class Place:
    """Where a product is made for a fault: an empty folder, the address of a demonstration to be copied, and what
    gives a PostgreSQL server when one is needed."""

    folder: Path
    demonstration: str
    postgresql: Callable[[], Server]


@cache
def _published(server: Server) -> str:
    """The name of a database with what sources publish, to be copied; nobody stays connected to it."""
    name = server.fresh()
    store = open_store(server.url(name))
    stock.migrate(store)
    stock.published_figures(store)
    store.close()
    return name


@contextmanager
def on_sqlite(place: Place, **settings: str) -> Iterator[Centre]:
    """The demonstration, on a copy of its own."""
    with served_copy(place.demonstration, place.folder, **settings) as centre:
        yield centre


@contextmanager
def on_postgresql(place: Place, **settings: str) -> Iterator[Centre]:
    """What sources publish, in a database of its own, on the day of the demonstration."""
    server = place.postgresql()
    name = server.fresh(_published(server))
    centre = Centre(place.folder, server.url(name), DEMO="off", TODAY="2020-02-14", **settings)
    centre.start()
    try:
        centre.answers()
        yield centre
    finally:
        centre.kill()
        server.drop(name)


@dataclass(frozen=True)
class Fault:
    """`begin` does it and gives what undoes it; `showing` is a selector of what the screen has to show, `healed` of
    what it shows once it is undone; None where nothing has to be shown, or there is no way back.

    It is held for `seconds`, in tests for `short`, which a page whose clock is `hurried` there does not wait for.
    `during` looks at the wall for so long and `after` once it is healed: each gives what did not hold.
    """

    name: str
    begin: Callable[[Hung], Callable[[], None]]
    showing: str | None = LOST
    healed: str | None = "html:not([data-lost]) [data-scene]"
    serve: Callable[[Place], AbstractContextManager[Centre]] = on_sqlite
    seconds: float = 0.0
    short: float = 0.0
    hurried: bool = False
    during: Callable[[Hung, float], list[str]] | None = None
    after: Callable[[Hung], list[str]] | None = None


@dataclass(frozen=True)
class Tried:
    """What came of a fault: seconds until it was shown and until it was healed, None where that has no meaning; the
    words of the screen; whether the figures stayed; what must never be there and was; what else did not hold."""

    name: str
    shown: float | None
    healed: float | None
    said: str
    kept: bool
    never: int
    wrong: tuple[str, ...] = ()


@contextmanager
def hung(browser: Browser, centre: Centre, name: str = "hall", *, hurried: bool = False) -> Iterator[Hung]:
    """An enrolled screen before the product, in a browser of its own."""
    with opened(centre) as store:
        token = screens.add(store, name, "national")
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="vi-VN", reduced_motion="reduce")
    try:
        page = context.new_page()
        if hurried:
            page.clock.install()
        page.goto(f"{centre.base}/wall/national#enrol={token}")
        page.wait_for_function("() => !location.hash")
        page.wait_for_selector(SCENES)
        page.wait_for_function("() => window.centre.now() && !window.centre.asked")
        found = Hung(page, centre, name, hurried)
        found.watch()
        yield found
    finally:
        context.close()


@contextmanager
def opened(centre: Centre) -> Iterator[Store]:
    """The store of a product, past the product."""
    store = open_store(centre.database_url)
    try:
        yield store
    finally:
        store.close()


def tried(fault: Fault, wall: Hung, seconds: float) -> Tried:
    """Do it, wait for what the screen shows, hold it so long, undo it, wait until it is healed."""
    page = wall.page
    before = page.evaluate(_SEEN)
    wrong: list[str] = []
    began = time.monotonic()
    undo = fault.begin(wall)
    shown = healed = None
    wall.settled = None
    try:
        if fault.showing is not None:
            page.wait_for_selector(fault.showing, timeout=2_000 * BANNER_SECONDS)
            shown = time.monotonic() - began
        elif fault.during is None:
            page.wait_for_timeout(12_000)
        if fault.during is not None:
            wrong += fault.during(wall, seconds)
            _first_scene(page)
        now = page.evaluate(_SEEN)
        never = page.locator(NEVER).count()
    finally:
        undo()
    if fault.healed is not None:
        began = time.monotonic()
        page.wait_for_selector(fault.healed, timeout=2_000 * HEALED_SECONDS)
        healed = time.monotonic() - began
    healed = healed if wall.settled is None else wall.settled
    wrong += fault.after(wall) if fault.after else []
    wrong += _troubles(wall, now["text"], page.evaluate(_SEEN)["text"])
    words = now["banner"] or (now["text"].split("\n")[0] if fault.showing else f"{wall.loads} load")
    return Tried(fault.name, shown, healed, words, now["figures"] == before["figures"], never, tuple(wrong))


def _first_scene(page: Page) -> None:
    """Back to where the figures were read before; what leaves has gone."""
    page.evaluate("centre.wall.go(0)")
    page.wait_for_function("() => document.querySelectorAll('[data-scene]').length === 1")


def _troubles(wall: Hung, *texts: str) -> list[str]:
    """What holds in every fault."""
    found = [f"an age below zero: {each}" for text in texts for each in _NEGATIVE_AGE.findall(text)]
    if wall.most_open > MOST_OPEN:
        found.append(f"{wall.most_open} requests at once")
    if "WORKER TIMEOUT" in logged(wall.centre):
        found.append("a worker was killed")
    return found


def logged(centre: Centre) -> str:
    """What the product has printed."""
    return (centre.folder / "log").read_text("utf-8")


def row(each: Tried) -> str:
    """One line of the table."""
    shown, healed = (f"{value:.1f} s" if value is not None else "–" for value in (each.shown, each.healed))
    words = " | ".join((*(f"WRONG: {wrong}" for wrong in each.wrong), each.said[:120]))
    return f"{each.name:34}  {shown:>7}  {healed:>7}  {'kept' if each.kept else 'other':5}  {words}"
