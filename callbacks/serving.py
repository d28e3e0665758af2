"""From the call `serve` to the server: the store as it has to be, the files of the page, and where workers count."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from typing import NoReturn

from callbacks import bundle, counts
from data import migration, stock
from data.store import Store, open_store
from geo.draw import drawing_files
from i18n import Say
from settings import ROOT, VAR, Settings

#: More freed bytes than these go back to the machine.
_GIVEN_BACK = 8 * 1024 * 1024


def serve(settings: Settings, tell: Callable[[str], object], say: Say) -> NoReturn:
    """Become the server, once the store is what this version needs; `tell` takes a line. The process is another
    program from then on.

    Raises StoreError where the store cannot be served, and OSError where the files of the page cannot be written.
    """
    if settings.embedded:
        with closing(open_store(settings.database_url, create=True)) as store:
            _stock(store, settings, tell, say)
    else:
        stock.ready(settings.database_url).close()
    bundle.prepare(VAR / "static", drawing_files(settings.boundaries, VAR / "borders"))
    tell(say("cli.serving", address=f"http://{settings.host}:{settings.port}"))
    server = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "callbacks" / "server.py"), "app:server"]
    os.chdir(ROOT)
    # The C library raises this limit by itself as larger things are freed; one that was set stays.
    os.putenv("MALLOC_TRIM_THRESHOLD_", str(_GIVEN_BACK))
    # Where workers count together; the library of Prometheus reads it when it is loaded.
    os.putenv("PROMETHEUS_MULTIPROC_DIR", str(counts.fresh()))
    os.execv(sys.executable, server)  # noqa: S606 - our own interpreter, no shell


def _stock(store: Store, settings: Settings, tell: Callable[[str], object], say: Say) -> None:
    """Bring the embedded store to this version, and to its first figures where it has none yet."""
    if migration.version_of(store) != migration.newest():
        stock.migrate(store)
    if settings.demo and stock.wants_demonstration(store):
        tell(say("cli.demonstration"))
        stock.demonstrate(store)
