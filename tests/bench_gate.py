"""What the gate and the scope cost: `python -m tests.bench_gate [FOLDER]`, or the end of `make bench`.

The server's time for each screen of who asks without signing in, of the Prime Minister's office (signed in, sees
everything) and of a leader of a province (signed in, sees a part), asked in turn in one run. With the folder of an
earlier build, whose time stands before theirs. Once for a screen that is kept as it was drawn, and once for one that
is made anew: each time for another day, of which nothing is kept.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from data import people, sessions
from data.person_roles import Role
from data.store import open_store
from settings import ROOT
from tests.browser import environment, question

#: How often a kept screen is asked for, and one that is made anew.
KEPT, ANEW = 40, 15
#: Not counted: each of the workers has pools and caches of its own.
WARM = 6
#: The gate and the scope may add a tenth.
MOST = 1.10
SCREENS = ("/", "/ranking", "/indicator/DVC01", "/province/40", "/compare?pin=40&pin=46", "/directives", "/reports")
LAST = date(2020, 2, 14)
PASSWORD = "mười hai chữ là đủ"
_MAKE = (
    "import sys; from data import stock; from data.store import open_store;"
    " made = open_store(sys.argv[1], create=True); stock.migrate(made); stock.demonstrate(made); made.close()"
)
Ask = Callable[[str, str], float]


@contextmanager
def served(build: Path, folder: Path, **given: str) -> Iterator[tuple[str, int]]:
    """The store and the port of a build that serves the demonstration, once it answers."""
    url = f"sqlite:///{folder / 'centre.db'}"
    folder.mkdir()
    subprocess.run([sys.executable, "-c", _MAKE, url], cwd=build, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = environment(url, DEMO="on", PORT=str(port), **given)
    log = (folder / "log").open("wb")
    server = subprocess.Popen([sys.executable, "cli.py", "serve"], cwd=build, env=settings, stdout=log, stderr=log)
    try:
        _wait(port)
        yield url, port
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/livez")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def asks(port: int, cookie: str | None) -> Ask:
    """What asks for a screen and gives the seconds until it is there."""
    headers = {"Content-Type": "application/json"} | ({} if cookie is None else {"Cookie": f"sid={cookie}"})

    def ask(path: str, search: str) -> float:
        # A connection of its own, or one worker would hear one asker alone.
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.connect()
            body = json.dumps(question(path, search))
            began = time.perf_counter()
            connection.request("POST", "/_dash-update-component", body, headers)
            answer = connection.getresponse()
            content = answer.read()
            spent = time.perf_counter() - began
        assert answer.status == 200 and b"data-screen" in content, (path, search, answer.status)
        return spent

    return ask


def measured(askers: Mapping[str, Ask], screen: str, times: int, *, anew: bool) -> dict[str, float]:
    """The median seconds of each, asked in turn."""
    path, _, query = screen.partition("?")
    found: dict[str, list[float]] = {name: [] for name in askers}
    for number in range(times + WARM):
        day = LAST - timedelta(days=7 * number if anew else 0)
        for name, ask in askers.items():
            spent = ask(path, f"?{query}&at={day}" if query else f"?at={day}")
            if number >= WARM:
                found[name].append(spent)
    return {name: median(spent) for name, spent in found.items()}


def tell(askers: Mapping[str, Ask], times: int, *, anew: bool) -> bool:
    """A table of every screen, and whether nobody waits longer than a tenth more than the first who asks."""
    first, *others = askers
    print(f"{'made anew' if anew else 'kept':24}" + "".join(f"  {name:>20}" for name in askers))
    sums = dict.fromkeys(askers, 0.0)
    for screen in SCREENS:
        spent = measured(askers, screen, times, anew=anew)
        sums = {name: sums[name] + spent[name] for name in askers}
        print(_line(screen, spent, first))
    print(_line("all", sums, first), "\n", flush=True)
    return all(sums[name] <= sums[first] * MOST for name in others)


def _line(what: str, spent: Mapping[str, float], first: str) -> str:
    cells = [f"{spent[name] * 1000:8.1f} ms  {spent[name] / spent[first]:6.2f} ×" for name in spent]
    return f"{what:24}" + "".join(f"  {cell:>20}" for cell in cells)


def main(arguments: Sequence[str] = ()) -> int:
    """Measure and print; 1 where a build before was given and the gate costs more than a tenth of its time."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        askers: dict[str, Ask] = {}
        if arguments:
            _, port = stack.enter_context(served(Path(arguments[0]).resolve(), folder / "before"))
            askers["before"] = asks(port, None)
        _, port = stack.enter_context(served(ROOT, folder / "open"))
        askers["nobody signed in"] = asks(port, None)
        local = {"AUTH": "local", "SECRET_KEY": "k" * 32}
        url, port = stack.enter_context(served(ROOT, folder / "local", **local))
        for name, role, agency in (("office", Role.PM_OFFICE, None), ("leader", Role.PROVINCE_LEADER, "40")):
            with closing(open_store(url)) as store:
                people.add(store, name, role, agency)
                people.give_password(store, name, PASSWORD)
                askers[name] = asks(port, sessions.log_in(store, name, PASSWORD, "127.0.0.1"))
        good = [tell(askers, KEPT, anew=False), tell(askers, ANEW, anew=True)]
    return 0 if all(good) or not arguments else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
