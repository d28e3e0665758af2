"""The two pages that are measured beside each other, ours and the plain one: how they are served, where things stand
on them, and what their servers use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.browser import ROOT, environment

#: The servers of a run take the first of these that are free.
_PORTS = range(8080, 8090)
_START_SECONDS = 60
_TICKS = os.sysconf("SC_CLK_TCK")
#: The indicators between which is switched: both reported by the provinces, both with a target and a path.
INDICATORS = ("DVC01", "VB01")


@dataclass(frozen=True)
class Marks:
    """Where things stand on a page, as CSS selectors. `choice` holds {code}, that of an indicator; `province` are
    those that are all there when the page of a province is drawn."""

    map: str
    rows: str
    trend: str
    menu: str
    choice: str
    link: str
    province: tuple[str, ...]


OURS = Marks(
    map=".map path[data-province]",
    rows="[data-part=ranking] tbody tr, table.rank tbody tr",
    trend=".trend path",
    menu="details.menu:has(a[href*='indicator=']) > summary",
    choice="details.menu a[href*='indicator={code}']",
    link="[data-part=ranking] a[href*='province'], table.rank a[href*='province']",
    province=(
        "main[data-screen=province] .map path[data-province]",
        "main[data-screen=province] .trend path",
    ),
)
PLAIN = Marks(
    map="#map path.choroplethlocation",
    rows="#ranking tbody tr",
    trend="#trend path.js-line",
    menu="#indicator",
    choice="[role=option]:has(input[value='{code}'])",
    link="#ranking a[href^='/province/']",
    province=(
        "#province path.choroplethlocation",
        "#province path.js-line",
    ),
)


@dataclass(frozen=True)
class Side:
    """One of the two pages, served at `base` by the process `pid` and its children."""

    name: str
    marks: Marks
    base: str
    pid: int


@dataclass(frozen=True)
class Asked:
    """A request as the browser sent it."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None


@contextmanager
def ours(database_url: str, folder: Path) -> Iterator[Side]:
    """Ours alone, with two workers."""
    with _served([], database_url, folder / "ours.log") as (base, pid):
        yield Side("ours", OURS, base, pid)


@contextmanager
def both(database_url: str, folder: Path) -> Iterator[tuple[Side, Side]]:
    """Ours and the plain page, each with two workers on the same store; `folder` takes their logs."""
    plain = ["-m", "gunicorn", "--workers", "2", "--threads", "8", "--worker-class", "gthread"]
    plain += ["--no-control-socket", "--log-level", "warning", "tests.plain.app:server", "--bind"]
    with ours(database_url, folder) as first, _served(plain, database_url, folder / "plain.log") as (base, pid):
        yield first, Side("plain", PLAIN, base, pid)


@contextmanager
def _served(program: Sequence[str], database_url: str, log: Path) -> Iterator[tuple[str, int]]:
    """Address and process of a program that takes its address as last argument; ours takes it from its settings."""
    port = _free_port()
    given = [*program, f"127.0.0.1:{port}"] if program else ["cli.py", "serve"]
    settings = {"PORT": str(port), "DEMO": "on"}
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, *given],
            cwd=ROOT,
            env=environment(database_url, **settings),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base, server, log)
        yield base, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    for port in _PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"no port is free from {_PORTS.start} to {_PORTS.stop - 1}")


def _wait(base: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(f"{base}/_dash-layout", timeout=30) as answer:
                assert answer.status == 200
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit(f"a server did not start:\n{log.read_text('utf-8')}")


def replay(requests: Sequence[Asked], times: int) -> None:
    """Send what the browser sent so many times, one request after the other."""
    for _ in range(times):
        for asked in requests:
            request = Request(asked.url, asked.body, dict(asked.headers), method=asked.method)
            with urlopen(request, timeout=30) as answer:
                answer.read()


def cpu_seconds(requests: Sequence[Asked], times: int, side: Side) -> float:
    """What the processes of a side compute, user and system, for one round of the requests."""
    before = _cpu(side.pid)
    replay(requests, times)
    return (_cpu(side.pid) - before) / times


def memory(side: Side) -> tuple[int, int, int]:
    """Bytes of all processes of a side, the same with files in full, and bytes of the largest process.

    A page that several processes have counts by its share in each (Pss). The two sides, and whoever measures, map the
    files of one interpreter and make each other look smaller; so the second figure counts those as if only this side
    mapped them, once.
    """
    sizes = [_sizes(pid) for pid in _family(side.pid)]
    files = max(each["Rss"] - each["Anonymous"] for each in sizes)
    shares = [each["Pss"] for each in sizes]
    return sum(shares), sum(each["Pss_Anon"] for each in sizes) + files, max(shares)


def _cpu(pid: int) -> float:
    return sum(sum(map(int, _stat(each)[11:13])) for each in _family(pid)) / _TICKS


def _sizes(pid: int) -> dict[str, int]:
    """What the kernel adds up of a process, in bytes by name."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    return {name: int(size.split()[0]) * 1024 for name, _, size in (line.partition(":") for line in lines)}


def _family(pid: int) -> list[int]:
    """The process and its children; ours and the plain one have no grandchildren."""
    every = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return [pid, *(each for each in every if _parent(each) == pid)]


def _parent(pid: int) -> int | None:
    """None for a process that has ended meanwhile."""
    try:
        return int(_stat(pid)[1])
    except OSError:
        return None


def _stat(pid: int) -> list[str]:
    """The fields after the name, which is in parentheses and may hold blanks: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
