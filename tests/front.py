"""nginx as deploy/ has it, in front of the product: only its ports, folders and whom it asks are others.

`asked` asks it as a program does; a browser reaches it by name with `NAMED` among its flags.
"""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import ROOT

#: The name that stands in the configuration.
NAME = "centre.example"
#: No other name resolves, and this one without asking anybody.
NAMED = f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP * ~NOTFOUND"
CONFIGURATION = ROOT / "deploy" / "nginx.conf"
_START_SECONDS = 20


@dataclass(frozen=True)
class Front:
    """nginx: its port with TLS and the one without, its certificate, its log."""

    secure: int
    plain: int
    certificate: Path
    log: Path

    @property
    def origin(self) -> str:
        """What a browser calls it."""
        return f"https://{NAME}:{self.secure}"


@dataclass(frozen=True)
class Answer:
    """What was answered. `headers` may hold a name more than once."""

    status: int
    headers: Message
    body: bytes


def asked(
    front: Front,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    name: str = NAME,
    from_address: str = "127.0.0.1",
    tls: bool = True,
) -> Answer:
    """What nginx answers to whoever asks for `name` from an address of the loopback; raises what a client raises
    where it does not."""
    port = front.secure if tls else front.plain
    with closing(HTTPConnection("127.0.0.1", port, timeout=60, source_address=(from_address, 0))) as connection:
        connection.connect()
        if tls:
            context = ssl.create_default_context(cafile=str(front.certificate))
            connection.sock = context.wrap_socket(connection.sock, server_hostname=name)
        connection.request(method, path, body, {"Host": f"{name}:{port}", **(headers or {})})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


@contextmanager
def fronted(base: str) -> Iterator[Front]:
    """nginx in front of what is served at `base`, stopped in the end. Its configuration is looked at by itself first;
    a warning fails the test."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.fail("nginx is not installed: `make test` installs it, or: apt-get install nginx-light")
    folder = Path(tempfile.mkdtemp(prefix="nginx-"))
    try:
        folder.chmod(0o755)  # its workers are another user's
        front = Front(*_free_ports(), folder / "certificate.pem", folder / "access.log")
        _certify(folder)
        configuration = folder / "nginx.conf"
        configuration.write_text(_moved(front, folder, base), "utf-8")
        call = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(configuration)]
        looked = subprocess.run([*call, "-t"], capture_output=True, text=True, check=False)
        assert looked.returncode == 0, looked.stderr
        told = [line for line in looked.stderr.splitlines() if 'the "user" directive makes sense only' not in line]
        assert [line for line in told if "[" in line] == [], looked.stderr
        server = subprocess.Popen([*call, "-g", "daemon off;"])
        try:
            _wait(front, server, folder)
            yield front
        finally:
            server.terminate()
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _moved(front: Front, folder: Path, base: str) -> str:
    """The configuration with the ports and folders of a test, and nothing else of it changed."""
    text = CONFIGURATION.read_text("utf-8")
    places = {
        "/etc/centre/tls/certificate.pem": str(front.certificate),
        "/etc/centre/tls/key.pem": str(folder / "key.pem"),
        "/var/log/nginx/": f"{folder}/",
        "/var/lib/nginx/": f"{folder}/",
        "/run/nginx.pid": str(folder / "nginx.pid"),
        "server 127.0.0.1:8050;": f"server {urlsplit(base).netloc};",
        "listen 80": f"listen 127.0.0.1:{front.plain}",
        "listen 443": f"listen 127.0.0.1:{front.secure}",
        "listen [::]:80": f"listen [::1]:{front.plain}",
        "listen [::]:443": f"listen [::1]:{front.secure}",
    }
    for place, other in places.items():
        assert place in text, f"{place} is not in the configuration"
        text = text.replace(place, other)
    if _has_second_loopback():
        return text
    return "".join(line for line in text.splitlines(keepends=True) if "listen [::1]" not in line)


def _has_second_loopback() -> bool:
    """Whether this machine has the loopback of version 6."""
    with suppress(OSError), closing(socket.socket(socket.AF_INET6)) as probe:
        probe.bind(("::1", 0))
        return True
    return False


def _certify(folder: Path) -> None:
    """A certificate of its own word."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"),
            *("-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )


def _free_ports() -> tuple[int, int]:
    probes = socket.socket(), socket.socket()
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    first, second = (int(probe.getsockname()[1]) for probe in probes)
    for probe in probes:
        probe.close()
    return first, second


def _wait(front: Front, server: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", front.secure), timeout=1)):
            return
        time.sleep(0.05)
    pytest.fail(f"nginx did not start:\n{(folder / 'error.log').read_text('utf-8')}")
