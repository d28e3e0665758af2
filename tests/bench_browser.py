"""What the benchmarks of the page do in Chromium: open it, switch the indicator, drill down, each timed in the page.

A time ends two frames after the page shows what was asked for; a click that asks nothing tells what those cost alone.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Request

from tests.bench_sides import INDICATORS, Asked, Side
from tests.browser import DESKTOP

_PATIENCE_MS = 15_000
#: What is still under way when the page is painted is counted if it ends within this.
_SETTLE_MS = 400
_LINE = {"offline": False, "latency": 30, "downloadThroughput": 20e6 / 8, "uploadThroughput": 20e6 / 8}
_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")


class NotDrawnError(Exception):
    """A page does not show, or does not offer, what was to be measured."""


@dataclass(frozen=True)
class Sample:
    """One measurement: milliseconds to the painted page, bytes on the wire, milliseconds of the main thread."""

    ms: float
    wire: float
    busy: float = 0.0


class Watch:
    """A page, the bytes that came over the wire, and the requests that were sent, since somebody asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wire = 0.0
        self.requests: list[Request] = []
        self.devtools: CDPSession = page.context.new_cdp_session(page)
        self.devtools.on("Network.loadingFinished", self._finished)
        self.devtools.send("Network.enable")
        self.devtools.send("Performance.enable")
        page.on("request", self._sent)

    def _sent(self, request: Request) -> None:
        self.requests.append(request)

    def _finished(self, event: Any) -> None:
        self.wire += event["encodedDataLength"]

    def forget(self) -> None:
        """Count anew."""
        self.wire = 0.0
        self.requests.clear()

    def busy_ms(self) -> float:
        """What the main thread has done so far: every task of it (TaskDuration)."""
        metrics = self.devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(each["value"]) for each in metrics if each["name"] == "TaskDuration")

    def asked(self) -> list[Asked]:
        """The requests since somebody asked, as they can be sent again."""
        dropped = {"host", "connection", "content-length"}
        return [
            Asked(
                each.method,
                each.url,
                {name: value for name, value in each.all_headers().items() if name not in dropped and name[0] != ":"},
                each.post_data_buffer,
            )
            for each in self.requests
            if each.url.startswith("http")
        ]


@contextmanager
def fresh(browser: Browser, side: Side) -> Iterator[Watch]:
    """A page of a context of its own, with nothing in its cache."""
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(_PATIENCE_MS)
    script = _SCRIPT.replace("MARKS", json.dumps(vars(side.marks))).replace("PATIENCE", str(_PATIENCE_MS))
    context.add_init_script(script)
    try:
        yield Watch(context.new_page())
    finally:
        context.close()


def opened(watch: Watch, side: Side) -> Sample:
    """Open the overview; raises NotDrawnError where map, ranking and trend do not appear."""
    watch.forget()
    watch.page.goto(f"{side.base}/", wait_until="commit")
    spent = watch.page.evaluate("() => bench.opened()")
    if spent is None:
        raise NotDrawnError(f"{side.name}: map, ranking and trend")
    watch.page.wait_for_timeout(_SETTLE_MS)
    return Sample(spent, watch.wire, watch.busy_ms())


def cold(browser: Browser, side: Side, *, slow: bool) -> Sample:
    """Open the overview in a fresh context, on the loopback or on a slow line."""
    with fresh(browser, side) as watch:
        if slow:
            watch.devtools.send("Network.emulateNetworkConditions", _LINE)
        return opened(watch, side)


def clicked(watch: Watch, where: str, arm: str, given: str | None = None) -> Sample:
    """A click of the mouse; raises NotDrawnError where there is nothing to click on or nothing comes of it."""
    page = watch.page
    target = page.locator(where).first
    if not page.locator(where).count():
        raise NotDrawnError(where)
    target.hover()
    page.wait_for_timeout(100)
    page.evaluate(f"(given) => bench.{arm}(given)", given)
    page.mouse.down()
    page.mouse.up()
    spent = page.evaluate("() => bench.span()")
    if spent is None:
        raise NotDrawnError(f"{where}: nothing came of a click")
    page.wait_for_timeout(_SETTLE_MS)
    return Sample(spent, watch.wire)


class Switching:
    """A page on which the indicator is switched to and fro. Raises NotDrawnError where the page does not offer it."""

    def __init__(self, watch: Watch, side: Side) -> None:
        self._watch = watch
        self._side = side
        self._at = 0
        self.requests: dict[int, list[Asked]] = {}
        opened(watch, side)
        # What each indicator looks like, seen once without haste.
        self._looks: dict[int, str] = {0: self._seen()}
        for number in (1, 0):
            self._offer(number).click()
            watch.page.wait_for_timeout(4 * _SETTLE_MS)
            self._looks[number] = self._seen()
        if self._looks[0] == self._looks[1]:
            raise NotDrawnError(f"{side.name}: the indicator does not switch")

    def sample(self) -> Sample:
        """One switch to the other indicator."""
        self._at = 1 - self._at
        self._watch.forget()
        self._offer(self._at)
        found = clicked(self._watch, self._choice(self._at), "armSwitch", self._looks[self._at])
        self.requests[self._at] = self._watch.asked()
        return found

    def floor(self) -> Sample:
        """A click on the title, which asks for nothing."""
        self._watch.forget()
        return clicked(self._watch, "h1", "armNothing")

    def _seen(self) -> str:
        return str(self._watch.page.evaluate("() => bench.looks()"))

    def _choice(self, number: int) -> str:
        return self._side.marks.choice.format(code=INDICATORS[number])

    def _offer(self, number: int) -> Any:
        """The choice in its menu, which is opened where it is not."""
        page = self._watch.page
        choice = page.locator(self._choice(number)).first
        if not choice.is_visible():
            if not page.locator(self._side.marks.menu).count():
                raise NotDrawnError(f"{self._side.name}: no menu of indicators")
            page.locator(self._side.marks.menu).first.click()
            choice.wait_for(state="visible")
        return choice


def drill(watch: Watch, side: Side, number: int) -> Sample:
    """From the overview to the province in this row of the ranking; what the page needs is cached."""
    opened(watch, side)
    watch.forget()
    return clicked(watch, f":nth-match({side.marks.link}, {number + 1})", "armDrill")
