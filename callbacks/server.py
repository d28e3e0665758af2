"""How gunicorn serves the command centre: a few threaded workers, warmed before they answer."""

import gc
from typing import Any

from layouts import ids
from settings import Settings

_SETTINGS = Settings.from_env()

bind = f"{_SETTINGS.host}:{_SETTINGS.port}"
workers = 2
worker_class = "gthread"
threads = 8
timeout = 30
graceful_timeout = 10
# Longer than an open page waits between two beats.
keepalive = 15
# The application is made once and shared by the workers; it gives its connections back before they are forked.
preload_app = True
# Every server of one user would share the one socket in the home folder; none of ours is steered through it.
control_socket_disable = True
accesslog = None
loglevel = "warning"


def pre_fork(_server: Any, _worker: Any) -> None:
    """What is there before a fork stays shared: the collector would write to all of it."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Answer requests of our own first, so that nobody waits for what is read and loaded on first use."""
    asked = {"path": "/", "search": "", "number": 0, "shown": {}}
    question = {
        "output": f"{ids.SCREEN}.answer",
        "outputs": {"id": ids.SCREEN, "property": "answer"},
        "inputs": [{"id": ids.SCREEN, "property": "asked", "value": asked}],
        "changedPropIds": [f"{ids.SCREEN}.asked"],
    }
    with worker.wsgi.test_client() as client:
        client.get("/")
        client.get("/_dash-layout")
        client.get("/_dash-dependencies")
        client.post("/_dash-update-component", json=question)
