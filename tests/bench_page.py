"""Our page beside a plain Dash page of the same content: `python -m tests.bench_page`, or the end of `make bench`.

Cold load, switch of the indicator and drill-down in Chromium, ours and plain alternating in one run; the processor
time of a server by replaying the browser's requests, its memory after all of it. Every host but the loopback is out
of reach.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from data import stock
from data.store import open_store
from tests.bench_browser import NotDrawnError, Sample, Switching, cold, drill, fresh, opened
from tests.bench_sides import Asked, Side, both, cpu_seconds, memory, replay
from tests.browser import CHROMIUM, FLAGS

TIMES = 7
#: How often requests are replayed, for an open and for a switch: a tick of the processor's clock is 10 ms.
OPENS, SWITCHES = 20, 60


@dataclass(frozen=True)
class Line:
    """One line of the table; None is what could not be measured. `most` is what the ratio or, where `absolute`, our
    own figure may be at most; None without an aim."""

    what: str
    ours: float | None
    plain: float | None
    unit: str
    most: float | None = None
    absolute: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours over the plain one's; None where either is absent."""
        return self.ours / self.plain if self.ours is not None and self.plain else None


Samples = dict[str, list[Sample] | None]


def alternating(sides: Sequence[Side], times: int, measure: Callable[[Side, int], Sample]) -> Samples:
    """So many samples of each side, in turn; None for a side that does not draw what is measured."""
    found: Samples = {side.name: [] for side in sides}
    for number in range(times):
        for side in sides:
            kept = found[side.name]
            if kept is None:
                continue
            try:
                kept.append(measure(side, number))
            except NotDrawnError as trouble:
                print(f"not measured: {trouble}", file=sys.stderr)
                found[side.name] = None
    return found


def _line(what: str, samples: Samples, name: str, most: float | None = None, *, absolute: bool = False) -> Line:
    """The medians of one property of the samples."""
    unit, scale = ("kB", 1000) if name == "wire" else ("ms", 1)
    middle = {
        side: median(getattr(each, name) for each in found) / scale if found else None
        for side, found in samples.items()
    }
    return Line(what, middle["ours"], middle["plain"], unit, most, absolute)


def measured(browser: Browser, sides: tuple[Side, Side], times: int) -> Iterator[Line]:
    """Every line of the table."""
    requests = {side.name: _recorded(browser, side) for side in sides}
    fast = alternating(sides, times, lambda side, _: cold(browser, side, slow=False))
    slow = alternating(sides, times, lambda side, _: cold(browser, side, slow=True))
    yield _line("cold load, loopback", fast, "ms", 0.5)
    yield _line("cold load, 20 Mbit/s + 30 ms", slow, "ms", 0.5)
    yield _line("… on the wire", fast, "wire", 0.55)
    yield _line("… main thread (TaskDuration)", fast, "busy")
    switches, floors, exchanged = _switched(browser, sides, times)
    yield _line("a click that asks nothing (floor)", floors, "ms")
    yield _line("switch the indicator", switches, "ms", 60, absolute=True)
    yield _line("… on the wire", switches, "wire", 6, absolute=True)
    with fresh(browser, sides[0]) as first, fresh(browser, sides[1]) as second:
        watches = {"ours": first, "plain": second}
        drills = alternating(sides, times, lambda side, number: drill(watches[side.name], side, number))
    yield _line("drill to one province", drills, "ms", 0.67)
    yield _line("… on the wire", drills, "wire")
    yield _cpu("server CPU, open", sides, requests, OPENS)
    yield _cpu("server CPU, switch", sides, exchanged, SWITCHES, most=0.5)
    ours, plain = ([size / 1e6 for size in memory(side)] for side in sides)
    yield Line("server memory (Pss), all", ours[0], plain[0], "MB", 140, absolute=True)
    yield Line("… with mapped files in full", ours[1], plain[1], "MB")
    yield Line("… its largest worker (Pss)", ours[2], plain[2], "MB")


def _recorded(browser: Browser, side: Side) -> list[Asked]:
    """What a browser asks for an open; asked again until both workers of the side are warm."""
    requests: list[Asked] = []
    for _ in range(2):
        with fresh(browser, side) as watch:
            try:
                opened(watch, side)
            except NotDrawnError as trouble:
                print(f"not drawn: {trouble}", file=sys.stderr)
            requests = watch.asked()
        replay(requests, 4)
    return requests


def _switched(
    browser: Browser, sides: tuple[Side, Side], times: int
) -> tuple[Samples, Samples, dict[str, list[Asked]]]:
    """Switches, clicks that ask nothing, and what is sent for a switch there and one back."""
    with fresh(browser, sides[0]) as ours, fresh(browser, sides[1]) as plain:
        ready: dict[str, Switching] = {}

        def switching(side: Side) -> Switching:
            if side.name not in ready:
                ready[side.name] = Switching(ours if side.name == "ours" else plain, side)
            return ready[side.name]

        switches = alternating(sides, times, lambda side, _: switching(side).sample())
        drawing = [side for side in sides if side.name in ready]
        floors = alternating(drawing, times, lambda side, _: switching(side).floor())
    exchanged = {
        side.name: [each for asked in ready[side.name].requests.values() for each in asked] for side in drawing
    }
    nothing: Samples = {side.name: None for side in sides}
    return switches, nothing | floors, exchanged


def _cpu(
    what: str, sides: Sequence[Side], requests: dict[str, list[Asked]], times: int, most: float | None = None
) -> Line:
    """Processor time of one open or one switch; a recorded switch is one there and one back."""
    share = 2 if times == SWITCHES else 1
    spent = {
        side.name: 1000 * cpu_seconds(requests[side.name], times // share, side) / share
        for side in sides
        if requests.get(side.name)
    }
    return Line(what, spent.get("ours"), spent.get("plain"), "ms", most)


def shown(lines: Sequence[Line]) -> str:
    """The lines as a table of text."""
    cells = [("what", "ours", "plain", "ratio", "aim", ""), *map(_cells, lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([texts[0], "  ".join("-" * width for width in widths[:-1]), *texts[1:]])


def _cells(line: Line) -> tuple[str, ...]:
    def printed(value: float | None) -> str:
        return "not drawn" if value is None else f"{value:,.{1 if value < 100 else 0}f} {line.unit}"

    ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
    told = (printed(line.ours), printed(line.plain), ratio)
    if line.most is None:
        return (line.what, *told, "", "")
    reached = line.ours if line.absolute else line.ratio
    aim = f"≤ {line.most:g} {line.unit}" if line.absolute else f"≤ {line.most:.2f}"
    return (line.what, *told, aim, "open" if reached is None else "met" if reached <= line.most else "missed")


def table(database_url: str, times: int = TIMES) -> str:
    """Measure both pages on the demonstration in this store; the table and what stands below it."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder, both(database_url, Path(folder)) as sides, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        lines = list(measured(browser, sides, times))
        browser.close()
    return f"{shown(lines)}\n\nmedians of {times}, {time.perf_counter() - began:.0f} s in all"


def main() -> None:
    """Measure on a demonstration of its own; the argument is how often, twice at least: there and back."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'demonstration.db'}"
        with closing(open_store(url, create=True)) as store:
            stock.migrate(store)
            stock.demonstrate(store)
        print(table(url, max(2, int(sys.argv[1])) if len(sys.argv) > 1 else TIMES))


if __name__ == "__main__":
    main()
