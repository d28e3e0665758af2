"""How gunicorn serves the command centre: a few threaded workers, warmed before they answer."""

import gc
from typing import Any

from callbacks import counts, prometheus
from layouts import ids
from layouts.navigation import SCREENS
from settings import Settings

_SETTINGS = Settings.from_env()

bind = f"{_SETTINGS.host}:{_SETTINGS.port}"
workers = 2
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 10
# Longer than an open page waits between two beats.
keepalive = 15
# The application is made once and shared by the workers; it gives its connections back before they are forked.
preload_app = True
# Every server of one user would share the one socket in the home folder; none of ours is steered through it.
control_socket_disable = True
# Whoever speaks to the server can write what a proxy writes: whether that is believed, TRUSTED_PROXIES alone says.
forwarded_allow_ips = ""
accesslog = None
loglevel = "warning"


def when_ready(server: Any) -> None:
    """Answer requests of our own first, so that nobody waits for what is read and loaded on first use; the workers
    share it, and open connections of their own."""
    application = server.app.wsgi()
    with application.test_client() as client:
        client.environ_base[prometheus.UNCOUNTED] = "1"
        for address in ("/", "/_dash-layout", "/_dash-dependencies"):
            client.get(address)
        for _, path in SCREENS:
            client.post("/_dash-update-component", json=_question(path))
    application.extensions["store"].close()


def on_exit(_server: Any) -> None:
    """Take away what was counted."""
    counts.forget()


def pre_fork(_server: Any, _worker: Any) -> None:
    """What is there before a fork stays shared: the collector would write to all of it."""
    gc.collect()
    gc.freeze()


def _question(path: str) -> dict[str, Any]:
    """What the renderer of Dash sends for the callback of a screen."""
    asked = {"path": path, "search": "", "number": 0, "shown": {}}
    return {
        "output": f"{ids.SCREEN}.answer",
        "outputs": {"id": ids.SCREEN, "property": "answer"},
        "inputs": [{"id": ids.SCREEN, "property": "asked", "value": asked}],
        "changedPropIds": [f"{ids.SCREEN}.asked"],
    }
