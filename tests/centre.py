"""The product as a process that can be killed and started again, and the doors a page asks at."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.browser import ROOT, environment

QUESTION = re.compile("/_dash-update-component")
HEARTBEAT = re.compile("/heartbeat")
_START_SECONDS = 40


class Centre:
    """The product as it is served, on one port, which can be killed without warning and started again."""

    def __init__(self, folder: Path, database_url: str, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.database_url = database_url
        self.folder = folder
        self._settings = {"PORT": str(port), **settings}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, **settings: str) -> None:
        """Start it, with these settings over its own; whoever needs it to answer waits."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "cli.py", "serve"],
                cwd=ROOT,
                env=environment(self.database_url, **self._settings | settings),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def answers(self) -> None:
        """Wait until it lives; fails the test where it does not."""
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            if self.status("/livez") == 200:
                return
            time.sleep(0.1)
        pytest.fail(f"the product did not start:\n{(self.folder / 'log').read_text('utf-8')}")

    def status(self, path: str) -> int | None:
        """What a path answers; None where nobody does."""
        try:
            with urlopen(self.base + path, timeout=5) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return refused.code
        except (URLError, ConnectionError, TimeoutError):
            return None

    @property
    def process_id(self) -> int:
        """The first of its processes, which started all others. Raises AssertionError where it is not started."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End every process of it at once."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=30)
            self._process = None


def beat_of(centre: Centre) -> dict[str, str]:
    """What a beat of the server says."""
    with urlopen(f"{centre.base}/heartbeat", timeout=5) as answer:
        found: dict[str, str] = json.load(answer)
    return found


@contextmanager
def served_copy(url: str, folder: Path, **settings: str) -> Iterator[Centre]:
    """The product on a copy of the store at `url`, in that folder, once it answers; killed in the end."""
    shutil.copyfile(url.removeprefix("sqlite:///"), folder / "centre.db")
    served = Centre(folder, f"sqlite:///{folder / 'centre.db'}", DEMO="on", **settings)
    served.start()
    try:
        served.answers()
        yield served
    finally:
        served.kill()
