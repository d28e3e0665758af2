"""Whether the time of a refusal tells if a name is known: `python -m tests.bench_login`.

Known and unknown names are tried with a wrong password in turn, on a store of each engine, each from an address of
its own so that nobody is throttled: once within this process, once by HTTP at the product as it is served, where the
answers are also compared byte for byte. The difference of their ranks is compared with that of random divisions of
the same times into two (the test of Mann and Whitney, by permutation). Exit code 1 where one of them is rarer than
one in a hundred would be for all that were looked at together: then somebody who listens long enough can tell.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

import numpy as np
import numpy.typing as npt

from data.people import add, give_password
from data.person_roles import Role
from data.sessions import log_in
from data.store import Store, StoreError
from tests.bench_places import ENGINES, machine, ms
from tests.browser import serving

TRIES = 200
#: Not counted: pools are opened, statements compiled, in each of the processes that serve.
WARM = 10
DIVISIONS = 20_000
LEAST = 0.01
PASSWORD = "mười hai chữ là đủ"
Times = npt.NDArray[np.float64]
#: Tries to sign in by a name from an address; raises where that is not refused as all others are.
Attempt = Callable[[str, str], None]


@contextmanager
def within(store: Store) -> Iterator[Attempt]:
    """Tries within this process."""

    def attempt(name: str, address: str) -> None:
        try:
            log_in(store, name, f"{PASSWORD}?", address)
        except StoreError as trouble:
            if trouble.rule != "login_refused":
                raise

    yield attempt


@contextmanager
def by_http(store: Store) -> Iterator[Attempt]:
    """Tries at the product as it is served, which believes one proxy about the address."""
    settings = {"AUTH": "local", "DEMO": "off", "SECRET_KEY": "k" * 32, "TRUSTED_PROXIES": "1"}
    told: set[tuple[int, bytes]] = set()
    with TemporaryDirectory() as folder, serving(store.url, Path(folder) / "log", **settings) as base:

        def attempt(name: str, address: str) -> None:
            form = urlencode({"name": name, "password": f"{PASSWORD}?"})
            headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address}
            with closing(HTTPConnection(urlsplit(base).netloc, timeout=60)) as connection:
                connection.request("POST", "/login", form, headers)
                answer = connection.getresponse()
                told.add((answer.status, answer.read()))
            if {status for status, _ in told} != {401} or len(told) != 1:
                raise RuntimeError(f"answers that differ: {told}")

        yield attempt


def refusals(attempt: Attempt) -> tuple[Times, Times]:
    """Seconds of the refusals of known and of unknown names, tried in turn; which of a pair is first is random."""
    drawn = np.random.default_rng(7)
    found: dict[str, list[float]] = {"known": [], "other": []}
    for number in range(TRIES + WARM):
        for name in drawn.permutation(list(found)):
            address = f"10.{name == 'known':d}.{number // 250}.{number % 250}"
            began = time.perf_counter()
            attempt(str(name), address)
            found[str(name)].append(time.perf_counter() - began)
    return np.array(found["known"][WARM:]), np.array(found["other"][WARM:])


def chance(first: Times, second: Times) -> float:
    """How often two groups that differ by nothing differ in their ranks as much as these do; 0 to 1."""
    together = np.concatenate([first, second])
    ranks = np.argsort(np.argsort(together)).astype(np.float64)
    expected = ranks.mean() * len(first)
    seen = abs(ranks[: len(first)].sum() - expected)
    drawn = np.random.default_rng(11)
    sums = np.array([drawn.permutation(ranks)[: len(first)].sum() for _ in range(DIVISIONS)])
    return float((1 + (np.abs(sums - expected) >= seen).sum()) / (1 + DIVISIONS))


def main() -> int:
    """Measure, print, and give the exit code."""
    found = []
    with machine() as place:
        for engine in ENGINES:
            for how, trying in (("in this process", within), ("by HTTP", by_http)):
                with place.store(engine) as store:
                    add(store, "known", Role.ADMIN)
                    give_password(store, "known", PASSWORD)
                    with trying(store) as attempt:
                        known, unknown = refusals(attempt)
                found.append(chance(known, unknown))
                print(
                    f"{engine}, {how}: {TRIES} refusals each, median of known names {ms(median(known))},"
                    f" of unknown ones {ms(median(unknown))}; p = {found[-1]:.4f}",
                    flush=True,
                )
    return 1 if min(found) < LEAST / len(found) else 0


if __name__ == "__main__":
    sys.exit(main())
