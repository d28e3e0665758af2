"""What a wall shows when something goes wrong, tried on a real screen: `python -m tests.wall_faults`, or `make soak`.

Each fault is done to a served product or to the screen's own browser and undone again; the table says what the screen
showed, after how many seconds, and how long it took to heal.
"""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from playwright.sync_api import Route, sync_playwright

from data import screens, stock
from data.store import open_store
from tests.browser import CHROMIUM, FLAGS
from tests.centre import HEARTBEAT, QUESTION, beat_of
from tests.engines import Server, cluster
from tests.wall_hung import BANNER_SECONDS, HEALED_SECONDS, Fault, Hung, Place, hung, opened, row, tried
from tests.wall_store_faults import STORE_FAULTS
from tests.wall_time_faults import TIME_FAULTS, cut


def _killed(hung: Hung) -> Callable[[], None]:
    hung.centre.kill()
    return hung.centre.start


def _failing(hung: Hung) -> Callable[[], None]:
    hung.page.route(QUESTION, lambda route: route.fulfill(status=500, body=""))
    return lambda: hung.page.unroute(QUESTION)


def _hanging(hung: Hung) -> Callable[[], None]:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    hung.page.route(QUESTION, hold)
    return lambda: hung.page.unroute(QUESTION)


def _database_gone(hung: Hung) -> Callable[[], None]:
    _rename(hung, "submission", "submission_away")
    hung.ask()
    return lambda: _rename(hung, "submission_away", "submission")


def _slow(hung: Hung) -> Callable[[], None]:
    """Slower than a page waits: it has given up before anything comes."""
    held: list[Route] = []

    def late(route: Route) -> None:
        held.append(route)

    hung.page.route(HEARTBEAT, late)
    return lambda: hung.page.unroute(HEARTBEAT)


def _figure_raises(hung: Hung) -> Callable[[], None]:
    """What a day of its own is asked for: nothing of it was drawn before."""
    _rename(hung, "usage_month", "usage_month_away")
    hung.page.evaluate("history.replaceState(null, '', location.pathname + '?scene=usage&at=2020-02-13')")
    hung.page.evaluate("centre.ask(true)")
    hung.page.evaluate("centre.wall.go(centre.wall.scenes.findIndex((each) => each.name === 'usage'))")

    def mend() -> None:
        _rename(hung, "usage_month_away", "usage_month")
        hung.page.evaluate("centre.ask(true)")

    return mend


def _other_build(hung: Hung) -> Callable[[], None]:
    told = beat_of(hung.centre) | {"build": "0123456789abcdef"}
    hung.page.route(HEARTBEAT, lambda route: route.fulfill(json=told))
    return lambda: hung.page.unroute(HEARTBEAT)


def _revoked(hung: Hung) -> Callable[[], None]:
    with opened(hung.centre) as store:
        screens.revoke(store, hung.name)
    return lambda: None


def _rename(hung: Hung, old: str, new: str) -> None:
    with opened(hung.centre) as store, store.writing() as connection:
        connection.execute(sa.text("PRAGMA legacy_alter_table = ON"))
        connection.execute(sa.text(f'ALTER TABLE "{old}" RENAME TO "{new}"'))


FAULTS = (
    Fault("server killed, started again", _killed),
    Fault("questions fail", _failing),
    Fault("questions hang", _hanging),
    Fault("database gone", _database_gone),
    Fault("answers too slow", _slow),
    Fault("network cut", cut),
    Fault("one figure raises", _figure_raises, ".card-failed", "[data-scene=usage]:not(:has(.card-failed))"),
    Fault("another build", _other_build, None, None),
    Fault("screen revoked", _revoked, "main[data-screen=revoked]", None),
    *STORE_FAULTS,
    *TIME_FAULTS,
)


def main() -> int:
    """Every fault before a product of its own, or those whose names hold a word that is given."""
    wanted = [fault for fault in FAULTS if all(word in fault.name for word in sys.argv[1:])]
    good = True
    with TemporaryDirectory() as folder, ExitStack() as stack:
        url = f"sqlite:///{Path(folder) / 'filled.db'}"
        store = open_store(url, create=True)
        stock.migrate(store)
        stock.demonstrate(store)
        store.close()

        @cache
        def postgresql() -> Server:
            made = stack.enter_context(cluster())
            stack.callback(made.stop)
            return made.start()

        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        stack.callback(browser.close)
        print(f"{'fault':34}  {'shown':>7}  {'healed':>7}  figs   words")
        for number, fault in enumerate(wanted):
            place = Path(folder) / str(number)
            place.mkdir()
            with fault.serve(Place(place, url, postgresql)) as centre, hung(browser, centre) as wall:
                found = tried(fault, wall, fault.seconds)
            print(row(found), flush=True)
            in_time = (found.shown or 0) <= BANNER_SECONDS and (found.healed or 0) <= HEALED_SECONDS
            good = good and in_time and not found.never and not found.wrong
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
