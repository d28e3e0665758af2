"""Endurance of a wall: one page, twenty thousand polls and two thousand scenes, its hours gone by in minutes:
`python -m tests.soak_wall`, or `make soak`.

The page's clock is moved from poll to poll; server, store, network and what is drawn are real, and new figures come
in between. Ends with 1 where the heap grew by a tenth, nodes or listeners did not stay, a poll was missed, or the
server grew.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from data import stock
from data.store import Store, open_store
from tests.browser import CHROMIUM, FLAGS, PAINTED, serving
from tests.deliveries import deliver, figure, written
from tests.soak import below, memory

POLLS, WARM_UP = 20_000, 1_000
MOST_GROWTH = 0.10
#: What a page waits between two polls, and how often of these a wall asks anew whatever is new.
BEAT_MS, ASKED_EVERY = 5_000, 12
#: New figures come after so many polls.
NEWS_EVERY = 500
#: So many deliveries while the server warms up: more than versions that each of its workers keeps, which share them.
WARM_NEWS = 125
#: Waits until nothing is asked.
_SETTLED = """() => new Promise((done) => {
  if (!window.centre.asked) done();
  else document.addEventListener('centre:drawn', () => done(), {once: true});
})"""
#: A wall reloads itself at an hour of Viet Nam's night that it draws by lot; for this page that is in twelve hours.
_NIGHT_ELSEWHERE = """() => {
  const hour = (new Date().getUTCHours() + 7 + 12) % 24;
  Math.random = () => hour - 3;
}"""
_BROWSER = (b"chrom", b"playwright", b"node")
_PROFILE = """[soak]
scene = [
  { show = "targets", seconds = 45 }, { show = "map", seconds = 45 }, { show = "usage", seconds = 45 },
  { show = "tasks", seconds = 45 }, { show = "today", seconds = 45 }, { show = "economy", seconds = 45 },
  { show = "focus", agency = "40", seconds = 45 },
]
"""


_COUNTING = """
window.polls = window.scenes = window.losses = 0;
window.came = () => {};
const send = window.fetch;
window.fetch = function (address) {
  const answer = send.apply(this, arguments);
  const told = () => { window.polls += 1; window.came(); };
  if (String(address) === '/heartbeat') answer.then((it) => it.clone().text()).then(told);
  return answer;
};
document.addEventListener('centre:scene', () => { window.scenes += 1; });
document.addEventListener('DOMContentLoaded', () => {
  new MutationObserver(() => { if (document.documentElement.dataset.lost) window.losses += 1; })
    .observe(document.documentElement, {attributeFilter: ['data-lost']});
});
"""


@dataclass(frozen=True)
class Seen:
    """What the page and the server hold: bytes of heap after a collection, nodes, listeners; KiB, file handles."""

    heap: float
    nodes: float
    listeners: float
    memory: int
    handles: int


def look(page: Page, session: CDPSession) -> Seen:
    """What is held now, on the first scene, after everything that can be collected was."""
    page.evaluate("centre.wall.go(0)")
    page.clock.run_for(1_000)
    page.evaluate(PAINTED)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    found: dict[str, Any] = {
        each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]
    }
    handles = sum(len(list(Path(f"/proc/{process}/fd").iterdir())) for process in servers())
    return Seen(found["JSHeapUsedSize"], found["Nodes"], found["JSEventListeners"], memory(servers()), handles)


def servers() -> list[int]:
    """The processes of the server: those below this one that are neither the browser nor what steers it."""
    commands = {each: Path(f"/proc/{each}/cmdline").read_bytes() for each in below(os.getpid())}
    return [each for each, command in commands.items() if not any(name in command for name in _BROWSER)]


def poll(page: Page, times: int, *, warming: bool = False) -> None:
    """Let the page poll so often, one after the other, each once the one before is answered and drawn. While it is
    `warming` it asks anew and turns with each: what is done often the browser compiles, and keeps."""
    for at in range(times):
        page.evaluate(_SETTLED)
        page.evaluate("() => { window.coming = new Promise((done) => { window.came = done; }); }")
        page.clock.run_for(BEAT_MS)
        page.evaluate("() => window.coming")
        if warming:
            page.evaluate("(at) => centre.wall.go(at % centre.wall.scenes.length)", at)
        if warming or at % ASKED_EVERY == 0:
            page.evaluate("() => { if (!centre.asked) centre.ask(false); }")
    page.evaluate(_SETTLED)


def live(page: Page, store: Store, folder: Path, polls: int, news_every: int, *, warming: bool = False) -> None:
    """So many polls, with new figures after so many of them each time."""
    for at in range(polls // news_every):
        poll(page, news_every, warming=warming)
        value = f"{10 + at % 7}.{at % 10}"
        row = figure(value, agency_code="VN", period="2020-02-13", published="2020-02-13", source="A")
        deliver(store, folder, written(row | {"reason": f"round {at}"}))


def soak(page: Page, store: Store, folder: Path) -> bool:
    """Poll, print what was seen, and say whether it holds."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    # As many deliveries as fill what a server keeps of versions.
    live(page, store, folder, WARM_UP, WARM_UP // WARM_NEWS, warming=True)
    before = look(page, session)
    began, scenes, lost = time.perf_counter(), page.evaluate("window.scenes"), page.evaluate("window.losses")
    live(page, store, folder, POLLS, NEWS_EVERY)
    after = look(page, session)
    scenes, lost = page.evaluate("window.scenes") - scenes, page.evaluate("window.losses") - lost
    print(f"{'what':32}  {'before':>12}  {'after':>12}  growth")
    good = lost == 0
    for name in ("heap", "nodes", "listeners", "memory", "handles"):
        then, now = getattr(before, name), getattr(after, name)
        good = good and now <= then * (1 + MOST_GROWTH)
        print(f"{name:32}  {then:>12,.0f}  {now:>12,.0f}  {now / then - 1:+.1%}")
    spent = time.perf_counter() - began
    print(
        f"\n{POLLS} polls after {WARM_UP}, {scenes} scenes, {POLLS // NEWS_EVERY} deliveries, {spent:.0f} s;"
        f" lost {lost} times"
    )
    return bool(good)


@contextmanager
def wall(base: str) -> Iterator[Page]:
    """The wall in a browser whose clock is ours; it counts its polls, its scenes and how often it was lost."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = program.new_page(viewport={"width": 1920, "height": 1080})
        page.add_init_script("window.setTimeout.real = window.setTimeout;")
        page.clock.install()
        page.add_init_script(f"({_NIGHT_ELSEWHERE})()")
        page.add_init_script(_COUNTING)

        page.goto(f"{base}/wall/soak")
        page.wait_for_selector("[data-scene]")
        yield page
        program.close()


def main() -> int:
    """Serve the demonstration and hang a wall before it."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'centre.db'}"
        store = open_store(url, create=True)
        stock.migrate(store)
        stock.demonstrate(store)
        profiles = Path(folder) / "wall.toml"
        profiles.write_text(_PROFILE, "utf-8")
        with serving(url, Path(folder) / "log", DEMO="on", WALL_PROFILES=str(profiles)) as base, wall(base) as page:
            good = soak(page, store, Path(folder))
        store.close()
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
