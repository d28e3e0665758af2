"""The command centre as a web application: `create_app(settings)`, and `server` for the WSGI server."""

from typing import Any

from dash import Dash

from callbacks import (
    bundle,
    doors,
    dossier,
    exported,
    forms,
    gate,
    health,
    ingest_door,
    login,
    openapi,
    prometheus,
    router,
    table_files,
    troubles,
    wall,
)
from callbacks.document import Centre
from data import migration, queries, roles
from data.report_facts import OWNER_GROUPS
from data.scope import EVERYTHING
from data.store import Store, StoreError, open_store
from geo.draw import drawing_files
from i18n import speaker
from layouts.shell import shell
from settings import OPEN, VAR, Settings


def create_app(settings: Settings) -> Dash:
    """The application on the store of the settings; raises StoreError where that is missing or of another version,
    and where who reads may do more than read."""
    store = _opened(settings)
    _check_walls(store, settings)
    files = bundle.prepare(VAR / "static", drawing_files(settings.boundaries, VAR / "borders"))
    say = speaker(settings.language)
    app = Centre(settings, files.root, title=say("shell.name_short"))
    app.server.secret_key = settings.secret_key
    app.layout = shell(say, files.root, signed=settings.auth != OPEN)
    router.register(app, store, settings)
    forms.register(app, store, settings)
    prometheus.hang(app.server, store, settings, files)
    # Before all others: whoever may not ask is not told what there is.
    gate.hang(app.server, store, settings, files)
    login.hang(app.server, store, settings, files)
    ingest_door.hang(app.server, settings)
    openapi.hang(app.server)
    exported.hang(app.server, store)
    dossier.hang(app.server, store)
    table_files.hang(app.server, store, settings)
    health.hang(app.server, store, settings, files)
    troubles.hang(app, settings, files.root)
    doors.hang(app, store, settings, files)
    prometheus.count(app.server)
    app.server.extensions["store"] = store
    store.close()  # a process that is forked from this one opens its own connections
    return app


def _opened(settings: Settings) -> Store:
    store = open_store(settings.database_url, reader_url=settings.reader_url)
    try:
        migration.require_newest(store)
        if settings.reader_url is not None:
            roles.require_reader(store)
    except StoreError:
        store.close()
        raise
    return store


def _check_walls(store: Store, settings: Settings) -> None:
    """Raise ProfileError where the profiles of the walls cannot be used with the reference tables of the store."""
    with store.reading() as snapshot:
        register = queries.register(snapshot, EVERYTHING)
    focused = {each.code for each in register.agencies if each.kind in OWNER_GROUPS["ALL"]}
    wall.check(settings, set(register.indicators), focused)


def __getattr__(name: str) -> Any:
    """`app.server` for the WSGI server, made when it is asked for: a test may import this module without a store."""
    if name == "server":
        made = create_app(Settings.from_env()).server
        globals()["server"] = made
        return made
    raise AttributeError(name)
