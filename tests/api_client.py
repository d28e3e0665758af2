"""A program that delivers, by raw HTTP; whatever it is answered is looked at beside what the description says."""

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlencode, urlsplit

from openapi_schema_validator import OAS31Validator

from callbacks.openapi import description

PATH = "/api/v1/ingest"
CSV = "text/csv"
_BOUNDARY = "----a-boundary"


@dataclass(frozen=True)
class Told:
    """What was answered: the status, what is said, and the headers."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def lines(self) -> list[str]:
        """What the command line would print."""
        found: list[str] = self.body["told"]
        return found

    @property
    def codes(self) -> set[str]:
        """The codes of the problems."""
        return {each["code"] for each in self.body["problems"]}


def form(*files: tuple[str, bytes]) -> tuple[str, bytes]:
    """Media type and body of a form with these files."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, content in files
    ]
    return f"multipart/form-data; boundary={_BOUNDARY}", b"".join((*parts, f"--{_BOUNDARY}--\r\n".encode()))


@dataclass(frozen=True)
class Caller:
    """A program at one server with one token; None for none."""

    base: str
    token: str | None

    def headers(self, **more: str) -> dict[str, str]:
        """The headers of a request."""
        bears = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        return bears | {name.replace("_", "-"): value for name, value in more.items()}

    def deliver(
        self, body: bytes, kind: str = "observations", *, media: str = CSV, method: str = "POST", **query: str
    ) -> Told:
        """Deliver one body; English unless asked otherwise."""
        return self.ask(method, address(kind, **query), body, self.headers(Content_Type=media))

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Told:
        """One request on a connection of its own."""
        connection = HTTPConnection(urlsplit(self.base).netloc, timeout=120)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            raw = answer.read()
            return told(answer.status, raw, dict(answer.getheaders()))
        finally:
            connection.close()

    def begun(self, body: bytes, *, length: int | None = None, media: str = CSV, **query: str) -> socket.socket:
        """A delivery that is under way: the head, which promises `length` bytes, and this much of the body."""
        where = urlsplit(self.base)
        opened = socket.create_connection((str(where.hostname), int(where.port or 0)), timeout=120)
        lines = [
            f"POST {address('observations', **query)} HTTP/1.1",
            f"Host: {where.netloc}",
            f"Content-Type: {media}",
        ]
        lines += [f"{name}: {value}" for name, value in self.headers().items()]
        lines.append("Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}")
        opened.sendall("\r\n".join((*lines, "", "")).encode() + body)
        return opened


def address(kind: str, **query: str) -> str:
    """Where files of a kind are delivered."""
    return f"{PATH}/{kind}?{urlencode({'lang': 'en'} | query)}"


def heard(opened: socket.socket) -> Told:
    """What is answered on a connection."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        block = opened.recv(65_536)
        assert block, raw
        raw += block
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers["Content-Length"]):
        body += opened.recv(65_536)
    return told(int(first.split()[1]), body, headers)


def told(status: int, raw: bytes, headers: dict[str, str]) -> Told:
    """An answer, once it is what the description promises."""
    if status == 403:
        assert raw == b""
        return Told(status, {}, headers)
    assert headers["Content-Type"] == "application/json"
    body = json.loads(raw)
    assert complaints(status, body) == []
    return Told(status, body, headers)


def complaints(status: int, body: object) -> Sequence[str]:
    """What the description says against an answer of this status."""
    whole = description()
    operation = whole["paths"][f"{PATH}/{{kind}}"]["post"]
    schema = operation["responses"][str(status)]["content"]["application/json"]["schema"]
    checked = OAS31Validator(schema | {"components": whole["components"]})
    return [each.message for each in checked.iter_errors(body)]


def plain_name(name: str) -> str:
    """The name of a file without its folders."""
    return PurePosixPath(name).name
