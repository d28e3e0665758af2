"""The wall beside the overview, and five hundred of them before one server: `python -m tests.bench_wall`, or the end
of `make bench`.

A cold wall and a cold overview are opened in turn; a refresh with nothing new is weighed; then as many screens as a
country has poll every ten seconds, each on a connection of its own, and the slowest of them stand beside one alone.
"""

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from data import stock
from data.store import open_store
from tests.bench_screens import Wire, opened
from tests.bench_screens import fresh_page as fresh
from tests.bench_sides import ours
from tests.browser import CHROMIUM, FLAGS, callback_body

WALL = "/wall/national"
OPENS = 7
SCREENS, POLLS, EVERY = 500, 6, 10.0
#: A wall asks for its screen with every so many of its polls, beside the beat that each of them is.
ASKS_EVERY = 6
MOST_COLD, MOST_REFRESH, MOST_SLOWER = 1.5, 1_000, 5.0
_HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "br"}


@dataclass(frozen=True)
class Line:
    """One line of the table: what, as measured, beside what, and whether the aim was met."""

    what: str
    measured: str
    beside: str
    met: bool | None = None


def cold(browser: Browser, base: str) -> Iterator[Line]:
    """First paint and complete, of both in turn."""
    found: dict[str, list[tuple[float, float]]] = {"/": [], WALL: []}
    for path in found:
        _open(browser, base + path)
    for _ in range(OPENS):
        for path, times in found.items():
            times.append(_open(browser, base + path))
    for at, what in enumerate(("first paint, cold", "complete, cold")):
        wall, overview = (median(each[at] for each in found[path]) for path in (WALL, "/"))
        ratio = wall / overview
        yield Line(what, f"{wall:.0f} ms", f"{overview:.0f} ms, overview: {ratio:.2f}", ratio <= MOST_COLD)


def _open(browser: Browser, address: str) -> tuple[float, float]:
    with fresh(browser) as page:
        complete = opened(page, address)
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        return float(painted), complete


def refresh(browser: Browser, base: str) -> Iterator[Line]:
    """What a beat and an answer with nothing new take over the wire."""
    with fresh(browser) as page:
        wire = Wire(page)
        opened(page, base + WALL)
        page.wait_for_timeout(500)
        for what, asked in (("a beat", "fetch('/heartbeat').then((it) => it.text())"), ("a refresh", _ASK)):
            wire.bytes = 0.0
            page.evaluate(f"() => {asked}")
            page.wait_for_timeout(200)
            yield Line(f"{what} with nothing new", f"{wire.bytes:.0f} bytes", "aim < 1 kB", wire.bytes < MOST_REFRESH)


_ASK = """new Promise((done) => {
  document.addEventListener('centre:drawn', () => done(true), {once: true});
  window.centre.ask(false);
})"""


class _Screen(threading.Thread):
    """One screen that polls on a connection of its own; `spent` are its seconds, `failed` counts what failed."""

    def __init__(self, base: str, shown: dict[str, str], polls: int, every: float, begin: float) -> None:
        super().__init__(daemon=True)
        self.spent: list[float] = []
        self.failed = 0
        self._place = urlsplit(base)
        self._shown, self._polls, self._every, self._begin = shown, polls, every, begin

    def run(self) -> None:
        asked = {"path": WALL, "search": "", "number": 1, "shown": self._shown}
        body = json.dumps(callback_body(asked)).encode()
        connection = http.client.HTTPConnection(self._place.hostname or "", self._place.port, timeout=30)
        for at in range(self._polls):
            time.sleep(max(0.0, self._begin + at * self._every - time.monotonic()))
            began = time.perf_counter()
            try:
                self._ask(connection, "GET", "/heartbeat", None)
                if at % ASKS_EVERY == 0:
                    self._ask(connection, "POST", "/_dash-update-component", body)
            except (OSError, http.client.HTTPException, AssertionError):
                self.failed += 1
                connection.close()
            self.spent.append(time.perf_counter() - began)
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes | None) -> None:
        connection.request(method, path, body, _HEADERS)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200


def _prints(base: str) -> dict[str, str]:
    """What a wall that shows everything says it shows."""
    place = urlsplit(base)
    with closing(http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)) as connection:
        asked = {"path": WALL, "search": "", "number": 1, "shown": {}}
        body, plain = json.dumps(callback_body(asked)).encode(), {"Content-Type": "application/json"}
        connection.request("POST", "/_dash-update-component", body, plain)
        told = json.loads(connection.getresponse().read())
    found: dict[str, str] = json.loads(told["response"]["screen"]["answer"])["prints"]
    return found


def many(base: str) -> Iterator[Line]:
    """One screen alone, then all of them, spread over the ten seconds."""
    shown = _prints(base)
    alone = _Screen(base, shown, POLLS * 10, 0.25, time.monotonic())
    alone.run()
    begin = time.monotonic() + 2
    every = [_Screen(base, shown, POLLS, EVERY, begin + EVERY * at / SCREENS) for at in range(SCREENS)]
    for each in every:
        each.start()
    for each in every:
        each.join()
    one, of_many = _p95(alone.spent), _p95([spent for each in every for spent in each.spent])
    failed = alone.failed + sum(each.failed for each in every)
    ratio = of_many / one
    beside = f"{1000 * one:.1f} ms, one alone: {ratio:.1f}"
    yield Line(f"p95 of {SCREENS} screens", f"{1000 * of_many:.1f} ms", beside, ratio <= MOST_SLOWER)
    yield Line("… errors", f"{failed}", f"of {SCREENS * POLLS:,} polls", failed == 0)


def _p95(spent: list[float]) -> float:
    return quantiles(spent, n=20, method="inclusive")[-1]


def tell(database_url: str) -> bool:
    """Measure on the demonstration in this store, print it, and say whether every aim was met."""
    good = True
    with TemporaryDirectory() as folder, ours(database_url, Path(folder)) as side, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for lines in (cold(browser, side.base), refresh(browser, side.base), many(side.base)):
            for line in lines:
                state = {True: "met", False: "missed", None: ""}[line.met]
                print(f"{line.what:28}  {line.measured:>12}  {line.beside:36}  {state}".rstrip(), flush=True)
                good = good and line.met is not False
        browser.close()
    return good


def main() -> int:
    """Measure on a demonstration of its own."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demonstration.db'}"
        with closing(open_store(url, create=True)) as store:
            stock.migrate(store)
            stock.demonstrate(store)
        return 0 if tell(url) else 1


if __name__ == "__main__":
    sys.exit(main())
