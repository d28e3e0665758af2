"""What a program sends, on its way into files that have no name: they are gone with the process, whatever ends it.

A body is never in memory as a whole.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any

from flask import request
from werkzeug.exceptions import ClientDisconnected
from werkzeug.formparser import FormDataParser

from data.refusal import escaped

#: No body may be longer; a million rows of usage are some 50 MB.
LARGEST = 256 * 1024 * 1024
#: So long is waited for more of a body, and for all of it: one that stands still must not keep others waiting.
_STILL_SECONDS, _WHOLE_SECONDS = 30.0, 600.0
_BLOCK = 64 * 1024
#: As many files as a delivery may have, and as much text beside them.
_MOST_PARTS, _LONGEST_TEXT = 100, 500_000
#: The end of a name is what says which kind of file it is.
_LONGEST_NAME = 120
_ENDINGS = {
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.apache.parquet": ".parquet",
}


class Cut(Exception):  # noqa: N818 - what happened to the body, and no fault of ours
    """The body ended before its end, came too slowly, or is no form although it says so."""


@dataclass(frozen=True)
class Spooled:
    """One file as it came: how it is called, and its content."""

    name: str
    content: IO[bytes]


def spooled(open_until: ExitStack) -> list[Spooled]:
    """The files of the request: each part of a form that is a file, else the body as one, called after its media
    type. They are open until the stack is left.

    Raises Cut, RequestEntityTooLarge, and OSError where the disk is full.
    """
    request.max_content_length = LARGEST
    body = _Body(request.stream)
    with _impatient():
        try:
            if request.mimetype == "multipart/form-data":
                return _parts(body, _opened(open_until))
            content = _opened(open_until)()
            while block := body.read(_BLOCK):
                content.write(block)
        except (ClientDisconnected, ValueError) as trouble:
            raise Cut from trouble
    # The server takes a connection that was closed for the end of the body.
    if request.content_length not in (None, body.size):
        raise Cut
    return [Spooled(f"body{_ENDINGS.get(request.mimetype, '')}", content)]


class _Body:
    """The body of the request, counted and timed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._until = time.monotonic() + _WHOLE_SECONDS
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """The next part of it; the empty bytes at its end. Raises Cut where it takes too long."""
        if time.monotonic() > self._until:
            raise Cut
        block = self._stream.read(size)
        self.size += len(block)
        return block


def _opened(open_until: ExitStack) -> Callable[[], IO[bytes]]:
    """What opens a file without a name until the stack is left."""
    return lambda: open_until.enter_context(TemporaryFile())


def _parts(body: Any, opened: Callable[[], IO[bytes]]) -> list[Spooled]:
    def make(*_: object, **__: object) -> IO[bytes]:
        return opened()

    parser = FormDataParser(make, _LONGEST_TEXT, max_form_parts=_MOST_PARTS, silent=False)
    _, _, files = parser.parse(body, request.mimetype, request.content_length, request.mimetype_params)
    return [Spooled(_name(file.filename or ""), file.stream) for _, file in files.items(multi=True)]


def _name(given: str) -> str:
    """A name as the user gave it, without folders; what cannot be seen is escaped."""
    return escaped(PurePosixPath(given.replace("\\", "/")).name)[-_LONGEST_NAME:] or "body"


class _impatient:  # noqa: N801 - reads as the verb it is
    """While it lasts, the connection gives up where nothing comes; elsewhere than under gunicorn nothing happens."""

    def __enter__(self) -> None:
        self._socket = request.environ.get("gunicorn.socket")
        self._wait(_STILL_SECONDS)

    def __exit__(self, *_: object) -> None:
        self._wait(None)

    def _wait(self, seconds: float | None) -> None:
        if self._socket is not None:
            self._socket.settimeout(seconds)
