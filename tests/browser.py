"""The command centre as it is served, and a real browser that looks at it.

One server and one browser serve the whole run. A page of the browser fails its test on any request that leaves the
machine, any error on the console and any error of a script.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright

from data import stock
from data.store import Store, open_store
from settings import Settings

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = Path("/usr/bin/chromium")
#: No sandbox, since the run may be root's; nothing of its own accord; and no name but the loopback resolves.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
WIDE, DESKTOP, TABLET, PHONE = (3840, 2160), (1440, 900), (1024, 768), (390, 844)
_PATIENCE_MS = 15_000
#: Done when the fonts are there and two frames were drawn. A browser without a screen may leave out a frame, and what
#: is evaluated in a page waits without end: so each has its time.
PAINTED = """() => {
  const within = (promise, ms) => Promise.race([promise, new Promise((done) => setTimeout(done, ms))]);
  const frame = () => within(new Promise(requestAnimationFrame), 500);
  return within(document.fonts.ready.then(() => true), 5000).then(frame).then(frame).then(() => true);
}"""
_STARTS = 5
_START_SECONDS = 40

#: Opens an address of the served demonstration: `visit("/?lang=en", size=PHONE)`.
Visit = Callable[..., Page]


def address(**query: str | None) -> str:
    """The address of the overview with this query; what is None is left out."""
    given = {name: value for name, value in query.items() if value}
    return f"/?{urlencode(given, safe='/')}" if given else "/"


def question(path: str, search: str, shown: dict[str, str] | None = None) -> dict[str, Any]:
    """What the page asks the server for an address, as the renderer of Dash sends it."""
    asked = {"path": path, "search": search, "number": 1, "shown": shown or {}}
    return callback_body(asked)


def callback_body(asked: object) -> dict[str, Any]:
    """What the renderer of Dash sends for our one callback, whatever is asked."""
    return {
        "output": "screen.answer",
        "outputs": {"id": "screen", "property": "answer"},
        "inputs": [{"id": "screen", "property": "asked", "value": asked}],
        "changedPropIds": ["screen.asked"],
        "state": [],
    }


def environment(database_url: str, **settings: str) -> dict[str, str]:
    """What a process of the product reads: this store, and none of the settings of whoever runs the tests."""
    ours = {"READER_URL", "HOST", "PORT", "TODAY", "DEMO", "LANGUAGE", "AUTH", "WALL_ACCESS", "SECRET_KEY"}
    ours |= {"OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"}
    ours |= {"TRUSTED_PROXIES", "METRICS_TOKEN", "PROMETHEUS_MULTIPROC_DIR"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return inherited | {"DATABASE_URL": database_url} | settings


@contextmanager
def serving(database_url: str, log: Path, **settings: str) -> Iterator[str]:
    """The address of the product, served the way it is served in production; `log` takes what it prints."""
    for _ in range(_STARTS):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with log.open("wb") as written:
            server = subprocess.Popen(
                [sys.executable, "cli.py", "serve"],
                cwd=ROOT,
                env=environment(database_url, PORT=str(port), **settings),
                stdout=written,
                stderr=subprocess.STDOUT,
            )
        try:
            base = f"http://127.0.0.1:{port}"
            if _answers(base, server):
                yield base
                return
        finally:
            server.terminate()
            server.wait(timeout=30)
        if "in use" not in log.read_text("utf-8"):
            break
    pytest.fail(f"the product did not start:\n{log.read_text('utf-8')}")


def _answers(base: str, server: subprocess.Popen[bytes]) -> bool:
    """Whether the server answers before it ends or the patience does."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{base}/livez", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    return False


@pytest.fixture(scope="session")
def demonstration_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store with the demonstration, filled once; nobody writes to it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demonstration') / 'centre.db'}"
    store = open_store(url, create=True)
    stock.migrate(store)
    stock.demonstrate(store)
    store.close()
    return url


@pytest.fixture(scope="session")
def held(demonstration_url: str) -> Iterator[Store]:
    """The store with the demonstration, open; nobody writes to it."""
    opened = open_store(demonstration_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def settings(demonstration_url: str) -> Settings:
    """The settings under which the demonstration is served."""
    return Settings.from_env({"DATABASE_URL": demonstration_url, "DEMO": "on"})


@pytest.fixture(scope="session")
def served(demonstration_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the demonstration is served."""
    with serving(demonstration_url, tmp_path_factory.mktemp("served") / "log", DEMO="on") as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """Chromium of the distribution, with one context, so that files of the page are fetched once."""
    if not CHROMIUM.exists():
        pytest.fail("Chromium is not installed: `make test` installs it, or: apt-get install chromium")
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = program.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
        context.set_default_timeout(_PATIENCE_MS)
        yield context
        context.close()
        program.close()


class Watched:
    """A page, and what went wrong on it since somebody asked."""

    def __init__(self, browser: BrowserContext, origin: str = "http://127.0.0.1:") -> None:
        self.page = browser.new_page()
        self._origin = origin
        self.troubles: list[str] = []
        self.page.on("request", self._requested)
        self.page.on("console", self._said)
        self.page.on("pageerror", self._raised)

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self._origin, "data:", "blob:", "about:")):
            self.troubles.append(f"a request to {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"on the console: {message.text} {message.location['url']}")

    def _raised(self, trouble: Error) -> None:
        self.troubles.append(f"in a script: {trouble}")

    @contextmanager
    def look(self) -> Iterator[Page]:
        """The page; on leaving, what went wrong on it fails the test."""
        self.troubles.clear()
        yield self.page
        assert not self.troubles, "\n".join(self.troubles)


@contextmanager
def watched(browser: BrowserContext, origin: str = "http://127.0.0.1:") -> Iterator[Page]:
    """A page of its own, watched; what it asks for begins with `origin`."""
    window = Watched(browser, origin)
    try:
        with window.look() as page:
            yield page
    finally:
        window.page.close()


@pytest.fixture(scope="session")
def window(browser: BrowserContext) -> Iterator[Watched]:
    """The page that tests look at one after the other; a new one for each would cost each a second."""
    opened = Watched(browser)
    yield opened
    opened.page.close()


@pytest.fixture
def page(window: Watched) -> Iterator[Page]:
    """A page that is watched; whoever uses it goes to an address first."""
    with window.look() as opened:
        yield opened
        opened.unroute_all()
        # A request still under way would fail on the console of whoever comes next.
        opened.goto("about:blank")
        opened.emulate_media(media="null")


@pytest.fixture
def visit(page: Page, served: str) -> Visit:
    """Opens an address of the demonstration and waits until the overview is drawn."""

    def open_at(path: str = "/", size: tuple[int, int] = DESKTOP) -> Page:
        return go(page, served, path, size)

    return open_at


def go(page: Page, served: str, path: str, size: tuple[int, int] = DESKTOP) -> Page:
    """The page at an address of what is served, in a window of that size, once its screen is drawn."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(served + path)
    drawn(page, path.partition("?")[0].split("/")[1] or "overview")
    return page


def drawn(page: Page, screen: str = "overview") -> None:
    """Wait until the screen is there, the page's script has settled and the fonts are loaded."""
    page.wait_for_selector(f"main[data-screen={screen}]")
    page.evaluate(PAINTED)


def settled(page: Page, path: str) -> None:
    """Wait until a click inside the page led to this address and its screen was drawn."""
    page.wait_for_url(lambda url: url.endswith(path))
    page.wait_for_function("() => window.centre.asked === null")
    drawn(page)
