"""How gunicorn serves the command centre: a few threaded workers, warmed before they answer."""

from typing import Any

from settings import Settings

_SETTINGS = Settings.from_env()

bind = f"{_SETTINGS.host}:{_SETTINGS.port}"
workers = 2
worker_class = "gthread"
threads = 8
timeout = 30
graceful_timeout = 10
keepalive = 5
# Every server of one user would share the one socket in the home folder; none of ours is steered through it.
control_socket_disable = True
accesslog = None
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """Answer requests of our own first, so that nobody waits for what is loaded on first use."""
    with worker.wsgi.test_client() as client:
        client.get("/")
        client.get("/_dash-layout")
