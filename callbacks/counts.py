"""Where the workers of one server count together: a folder in memory, one for each server, gone when that ends."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: Memory that looks like files. On a disk that is full, a count would end the worker that counts.
_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it nobody else may open
_NAME = "centre-counts-"


def fresh() -> Path:
    """An empty folder for the server that this process becomes; what servers left that were killed is taken away.
    Raises OSError where none can be made."""
    for server, folder in _folders():
        if server == os.getpid() or not Path(f"/proc/{server}").exists():
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_NAME}{os.getpid()}-", dir=_place()))


def forget() -> None:
    """Take away what was counted for the server that this process is."""
    for server, folder in _folders():
        if server == os.getpid():
            shutil.rmtree(folder, ignore_errors=True)


def _folders() -> Iterator[tuple[int, Path]]:
    """This user's folders, each with the number of its server."""
    for folder in list(_place().glob(f"{_NAME}[0-9]*-*")):
        with suppress(OSError):
            if folder.stat().st_uid == os.getuid():
                yield int(folder.name.removeprefix(_NAME).partition("-")[0]), folder


def _place() -> Path:
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
