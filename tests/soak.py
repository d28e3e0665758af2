"""Endurance: a thousand polls of the page against the served product: `python -m tests.soak`, or `make soak`.

What counts is memory after the polls beside memory after the warm-up, and the last polls beside the first. Ends with
1 where a poll failed or memory grew by more than a tenth.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from data import stock
from data.store import open_store
from tests.browser import question, serving

POLLS = 1_000
#: Each worker has to have drawn every screen some times before its memory says anything.
WARM_UP = 200
ENDS = 100
MOST_GROWTH = 0.10
#: Addresses in turn, so that nothing is answered from a single cached screen.
ADDRESSES = (
    "",
    "?lang=en",
    "?indicator=DVC02&period=2020-01",
    "?at=2019-08-01",
    "?indicator=VB01&figure=VB01/VN/2020-02-12",
)


def poll(base: str, address: str) -> float:
    """Ask for the page at an address and give the seconds it took; AssertionError where it is no screen."""
    body = json.dumps(question("/", address)).encode()
    request = Request(f"{base}/_dash-update-component", body, {"Content-Type": "application/json"})
    began = time.perf_counter()
    with urlopen(request, timeout=30) as answer:
        content = answer.read()
    spent = time.perf_counter() - began
    text = json.loads(content)["response"]["screen"]["answer"]
    assert '"data-screen":"overview"' in text, f"no overview at {address!r}"
    return spent


def memory(processes: Iterable[int]) -> int:
    """The memory of the processes, in KiB, without files that are mapped, which other programs share as they come and
    go; what several hold in common is divided among them."""
    return sum(_own_memory(process) for process in processes)


def below(parent: int) -> Iterator[int]:
    """Every process that this one started, and those that they did."""
    for task in Path(f"/proc/{parent}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from below(int(child))


def _own_memory(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:")))


def soak(base: str) -> bool:
    """Poll, print what was seen, and say whether it holds."""
    addresses = cycle(ADDRESSES)
    for address in islice(addresses, WARM_UP):
        poll(base, address)
    before = memory(below(os.getpid()))
    spent = [poll(base, address) for address in islice(addresses, POLLS)]
    after = memory(below(os.getpid()))
    growth = after / before - 1
    first, last = spent[:ENDS], spent[-ENDS:]
    print(f"{'what':24}  {'measured':>12}  {'beside':>12}  relation")
    print(f"{'memory after the polls':24}  {after:>8,} KiB  {before:>8,} KiB  {growth:+.1%} since the warm-up")
    for name, of in (("median", median), ("95th of a hundred", lambda times: quantiles(times, n=20)[-1])):
        now, then = of(last), of(first)
        print(f"{name:24}  {now * 1000:>9.1f} ms  {then * 1000:>9.1f} ms  last {ENDS} polls beside the first {ENDS}")
    print(f"\n{POLLS} polls of {len(ADDRESSES)} addresses after {WARM_UP}, {sum(spent):.0f} s, none failed")
    return growth <= MOST_GROWTH


def main() -> int:
    """Serve the demonstration and poll it."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'centre.db'}"
        store = open_store(url, create=True)
        stock.migrate(store)
        stock.demonstrate(store)
        store.close()
        with serving(url, Path(folder) / "log", DEMO="on") as base:
            return 0 if soak(base) else 1


if __name__ == "__main__":
    sys.exit(main())
