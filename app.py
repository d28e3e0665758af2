"""The command centre as a web application: `create_app(settings)`, and `server` for the WSGI server."""

from typing import Any

from dash import Dash

from callbacks import doors, router
from data import migration
from data.store import open_store
from i18n import speaker
from layouts.shell import shell
from settings import Settings


def create_app(settings: Settings) -> Dash:
    """The application on the store of the settings; raises StoreError where that is missing or of another version."""
    store = open_store(settings.database_url)
    migration.require_newest(store)
    say = speaker(settings.language)
    app = Dash(
        __name__,
        title=say("shell.name_short"),
        update_title=None,
        assets_folder="assets",
        assets_ignore=r".*\.(py|md|txt)$",
        index_string=_index(settings.language),
        serve_locally=True,
    )
    app.server.secret_key = settings.secret_key
    app.layout = shell(say)
    router.register(app, store, settings)
    doors.hang(app, settings)
    return app


def _index(language: str) -> str:
    return f"""<!doctype html>
<html lang="{language}">
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{%title%}}</title>
{{%favicon%}}
{{%css%}}
</head>
<body>
{{%app_entry%}}
<footer hidden>
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</footer>
</body>
</html>"""


def __getattr__(name: str) -> Any:
    """`app.server` for the WSGI server, made when it is asked for: a test may import this module without a store."""
    if name == "server":
        made = create_app(Settings.from_env()).server
        globals()["server"] = made
        return made
    raise AttributeError(name)
