"""Every screen beside the overview in one run: `python -m tests.bench_screens`, or the end of `make bench`.

Cold load of each screen in a browser without a cache, and every control changed to and fro: how long until the change
is painted, at the 95th percentile, and what went over the wire. Every host but the loopback is out of reach.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from data import stock
from data.store import open_store
from tests.bench_sides import ours
from tests.browser import CHROMIUM, DESKTOP, FLAGS

#: How often a screen is opened, and a control changed there and back.
OPENS, CHANGES = 7, 30
#: The aims: a change against the overview's switch of the indicator, a cold load against the overview's.
MOST_CHANGE, MOST_COLD = 1.5, 1.2
#: Every screen with its controls: the name of each, and the two queries between which it changes.
SCREENS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "/": {
        "indicator": ("?indicator=VB01&period=", "?indicator=&period="),
        "period": ("?period=2019-12", "?period="),
        "map": ("?map=gap", "?map="),
        "day": ("?at=2019-12-31", "?at="),
        "edition": ("?edition=34", "?edition="),
        "since": ("?since=2020-02-13", "?since="),
        "theme": ("?theme=economy", "?theme="),
        "table": ("?table=map", "?table="),
        "figure": ("?figure=DVC01/40/2020-02-12", "?figure="),
    },
    "/ranking": {
        "indicator": ("?indicator=VB01&period=", "?indicator=&period="),
        "period": ("?period=2019-12", "?period="),
        "group": ("?group=ministries", "?group="),
        "part": ("?group=cities", "?group="),
        "order": ("?sort=improvement", "?sort="),
        "pin": ("?pin=40&pin=48", "?pin="),
        "edition": ("?edition=34", "?edition="),
    },
    "/compare?pin=40&pin=46&pin=48": {
        "indicator": ("?indicator=VB01&period=", "?indicator=&period="),
        "period": ("?period=2019-12", "?period="),
    },
    "/indicator/DVC01": {
        "period": ("?period=2019-12", "?period="),
        "map": ("?map=gap", "?map="),
    },
    "/province/40": {
        "indicator": ("?indicator=VB01&period=", "?indicator=&period="),
        "period": ("?period=2019-12", "?period="),
        "since": ("?since=2020-02-13", "?since="),
    },
    "/ministry/BTC": {"since": ("?since=2020-02-13", "?since=")},
    "/directives": {
        "standing": ("?standing=open", "?standing="),
        "owner": ("?owner=BNV", "?owner="),
        "directive": ("?directive=NV01", "?directive="),
    },
    "/dossier": {"entry": ("?entry=2", "?entry=")},
    "/reports": {"agency": ("?agency=01", "?agency="), "day": ("?at=2019-12-31", "?at=")},
    "/systems": {"system": ("?system=SYS02", "?system=")},
    "/usage": {
        "level": ("?level=4", "?level="),
        "measure": ("?measure=online", "?measure="),
        "group": ("?group=ministries", "?group="),
        "period": ("?period=2019-12", "?period="),
    },
    "/usage/40/ho-tich-chung-thuc/MP0002": {"period": ("?period=2019-12", "?period=")},
    "/methods": {},
    "/?theme=economy": {"year": ("?period=2020", "?period=")},
}
_PATIENCE_MS = 15_000
#: Tells when a screen is painted, and when a change of the address is: two frames after it was drawn.
_SCRIPT = """
window.screens = (() => {
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  });
  const drawn = () => document.querySelector('main[data-screen]:not([data-screen=loading])')
    && !Array.from(document.querySelectorAll('.map')).some((map) => !map.querySelector('path[data-province]'));
  const opened = () => new Promise((done) => {
    const look = () => (drawn() ? painted().then(done) : setTimeout(look, 4));
    look();
  });
  const changed = (query) => new Promise((done) => {
    const start = performance.now();
    document.addEventListener('centre:drawn', () => painted().then((end) => done(end - start)), { once: true });
    window.centre.go(query);
  });
  return { opened, changed };
})();
"""


@dataclass(frozen=True)
class Line:
    """One line of the table: milliseconds (median of cold loads, 95th percentile of changes), bytes over the wire,
    and the relation to the overview."""

    what: str
    ms: float
    wire: float
    ratio: float
    most: float


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A page with nothing in its cache."""
    context: BrowserContext = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(_PATIENCE_MS)
    context.add_init_script(_SCRIPT)
    try:
        yield context.new_page()
    finally:
        context.close()


class Wire:
    """The bytes that came over the wire."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0.0
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.loadingFinished", self._finished)
        devtools.send("Network.enable")

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += event["encodedDataLength"]


def opened(page: Page, address: str) -> float:
    """Open an address and give the milliseconds until its screen is painted whole."""
    page.goto(address, wait_until="commit")
    return float(page.evaluate("() => window.screens.opened()"))


def _cold(browser: Browser, base: str, path: str) -> tuple[float, float]:
    with fresh_page(browser) as page:
        wire = Wire(page)
        spent = opened(page, base + path)
        page.wait_for_timeout(200)
        return spent, wire.bytes


def _changes(browser: Browser, base: str, path: str, queries: tuple[str, str]) -> tuple[float, float]:
    """The 95th percentile of a control changed to and fro, and the mean bytes of a change; the first two changes warm
    the server and are not counted."""
    with fresh_page(browser) as page:
        wire = Wire(page)
        opened(page, base + path)
        page.wait_for_timeout(300)
        spent = []
        for number in range(CHANGES + 2):
            if number == 2:
                wire.bytes = 0.0
            spent.append(float(page.evaluate("(query) => window.screens.changed(query)", queries[number % 2])))
            page.wait_for_timeout(120)
        return quantiles(spent[2:], n=20, method="inclusive")[-1], wire.bytes / CHANGES


def measured(browser: Browser, base: str) -> Iterator[Line]:
    """Every screen and every control; the overview comes first and is what the others are held against."""
    opens: dict[str, list[tuple[float, float]]] = {path: [] for path in SCREENS}
    for path in SCREENS:
        _cold(browser, base, path)  # the first open of a screen fills what the server keeps
    for _ in range(OPENS):
        for path, found in opens.items():
            found.append(_cold(browser, base, path))
    cold = {path: (median(ms for ms, _ in found), median(wire for _, wire in found)) for path, found in opens.items()}
    for path, (ms, wire) in cold.items():
        yield Line(f"cold {path}", ms, wire, ms / cold["/"][0], MOST_COLD)
    least = 0.0
    for path, controls in SCREENS.items():
        for name, queries in controls.items():
            ms, wire = _changes(browser, base, path, queries)
            least = least or ms
            yield Line(f"{path} {name}, p95", ms, wire, ms / least, MOST_CHANGE)


def shown(lines: Sequence[Line]) -> str:
    """The lines as a table of text."""
    cells = [("what", "ms", "kB", "of the overview's", "aim", "")]
    for line in lines:
        state = "met" if line.ratio <= line.most else "missed"
        cells.append(
            (line.what, f"{line.ms:.0f}", f"{line.wire / 1000:.1f}", f"{line.ratio:.2f}", f"≤ {line.most:g}", state)
        )
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def table(database_url: str) -> str:
    """Measure on the demonstration in this store."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder, ours(database_url, Path(folder)) as side, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        lines = list(measured(browser, side.base))
        browser.close()
    spent = time.perf_counter() - began
    return f"{shown(lines)}\n\ncold: medians of {OPENS}; changes: p95 of {CHANGES}; {spent:.0f} s in all"


def main() -> None:
    """Measure on a demonstration of its own."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demonstration.db'}"
        with closing(open_store(url, create=True)) as store:
            stock.migrate(store)
            stock.demonstrate(store)
        print(table(url))


if __name__ == "__main__":
    main()
