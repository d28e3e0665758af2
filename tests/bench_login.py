"""Whether the time of a refusal tells if a name is known: `python -m tests.bench_login`.

Known and unknown names are tried with a wrong password in turn, on a store of each engine, each from an address of
its own so that nobody is throttled. The difference of their ranks is compared with that of random divisions of the
same times into two (the test of Mann and Whitney, by permutation). Exit code 1 where it is rarer than one in a
hundred: then somebody who listens long enough can tell.
"""

import sys
import time
from statistics import median

import numpy as np
import numpy.typing as npt

from data.people import add, give_password
from data.person_roles import Role
from data.sessions import log_in
from data.store import Store, StoreError
from tests.bench_places import ENGINES, machine, ms

TRIES = 200
#: Not counted: pools are opened, statements compiled.
WARM = 5
DIVISIONS = 20_000
LEAST = 0.01
PASSWORD = "mười hai chữ là đủ"
Times = npt.NDArray[np.float64]


def refusals(store: Store) -> tuple[Times, Times]:
    """Seconds of the refusals of known and of unknown names, tried in turn; which of a pair is first is random."""
    drawn = np.random.default_rng(7)
    found: dict[str, list[float]] = {"known": [], "other": []}
    for number in range(TRIES + WARM):
        for name in drawn.permutation(list(found)):
            began = time.perf_counter()
            try:
                log_in(store, str(name), f"{PASSWORD}?", f"10.{name == 'known':d}.{number // 250}.{number % 250}")
            except StoreError as trouble:
                if trouble.rule != "login_refused":
                    raise
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
    told_apart = False
    with machine() as place:
        for engine in ENGINES:
            with place.store(engine) as store:
                add(store, "known", Role.ADMIN)
                give_password(store, "known", PASSWORD)
                known, unknown = refusals(store)
            probability = chance(known, unknown)
            told_apart |= probability < LEAST
            print(
                f"{engine}: {TRIES} refusals each, median of known names {ms(median(known))},"
                f" of unknown ones {ms(median(unknown))}; p = {probability:.4f}"
            )
    return 1 if told_apart else 0


if __name__ == "__main__":
    sys.exit(main())
