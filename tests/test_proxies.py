"""Who is believed about where a request comes from: nobody, or so many proxies as there are."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from flask import request
from flask.testing import FlaskClient

from app import create_app
from data import screens
from data.store import open_store
from data.wall_profiles import read_profiles
from settings import Settings
from tests.browser import serving

PROFILE = next(iter(read_profiles(None)))
HSTS = "Strict-Transport-Security"
#: Behind a proxy people sign in.
SIGNED = {"AUTH": "local", "SECRET_KEY": "k" * 32}
OVER_TLS = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}


def client_of(url: str, proxies: int) -> FlaskClient:
    given = {"DATABASE_URL": url, "DEMO": "on", "TRUSTED_PROXIES": str(proxies)} | (SIGNED if proxies else {})
    made: FlaskClient = create_app(Settings.from_env(given)).server.test_client()
    return made


def seen(client: FlaskClient, headers: Mapping[str, str]) -> tuple[str | None, str, str]:
    """Address, scheme and host of a request as the doors see them."""
    with client:
        client.get("/livez", headers=dict(headers))
        return request.remote_addr, request.scheme, request.host


@pytest.mark.parametrize(
    ("proxies", "forwarded_for", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (0, "203.0.113.7, 198.51.100.2", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        # What somebody wrote there stands before what the proxy put behind it.
        (1, "127.0.0.1, 203.0.113.7", "203.0.113.7"),
        (2, "127.0.0.1, 203.0.113.7, 198.51.100.2", "203.0.113.7"),
        # One that came past the first proxy.
        (2, "203.0.113.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_address_is_what_the_proxies_say(
    demonstration_url: str, proxies: int, forwarded_for: str, address: str
) -> None:
    headers = {"X-Forwarded-For": forwarded_for}
    assert seen(client_of(demonstration_url, proxies), headers) == (address, "http", "localhost")


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP", "Forwarded"]
)
@pytest.mark.parametrize("proxies", [0, 1])
def test_nothing_else_is_believed(demonstration_url: str, proxies: int, name: str) -> None:
    found = seen(client_of(demonstration_url, proxies), {name: "203.0.113.7"})
    assert found == ("127.0.0.1", "http", "localhost")


def test_tls_before_a_proxy_is_tls(demonstration_url: str) -> None:
    client = client_of(demonstration_url, 1)
    assert client.get("/", headers=OVER_TLS).headers[HSTS] == "max-age=31536000"
    assert client.get("/nothing", headers=OVER_TLS).headers[HSTS] == "max-age=31536000"
    assert HSTS not in client.get("/").headers
    assert HSTS not in client.get("/", headers={"X-Forwarded-Proto": "http"}).headers
    # Whoever wrote https there themselves came to the proxy without.
    assert HSTS not in client.get("/", headers={"X-Forwarded-Proto": "https, http"}).headers


def test_a_page_of_this_origin_is_one_of_its_scheme_too(demonstration_url: str) -> None:
    client = client_of(demonstration_url, 1)

    def status(origin: str, headers: Mapping[str, str]) -> int:
        return client.post("/logout", headers={"Origin": origin, **headers}).status_code

    assert status("https://localhost", OVER_TLS) == 303
    assert status("http://localhost", OVER_TLS) == 403
    assert status("https://localhost", {}) == 403
    assert status("http://localhost", {}) == 303
    assert status("http://localhost:80", {}) == 403


def test_without_a_proxy_nobody_makes_it_tls(demonstration_url: str, tmp_path: Path) -> None:
    """As it is served: the server itself believes what this machine says unless it is told otherwise."""
    with serving(demonstration_url, tmp_path / "log", DEMO="on") as base:
        forged = OVER_TLS | {"X-Forwarded-Ssl": "on", "X-Forwarded-Protocol": "ssl", "SCRIPT_NAME": "/x"}
        with urlopen(Request(f"{base}/ranking", headers=forged), timeout=10) as answer:
            assert HSTS not in answer.headers
            assert answer.status == 200
    with serving(demonstration_url, tmp_path / "log", DEMO="on", TRUSTED_PROXIES="1", **SIGNED) as base:
        told = Request(f"{base}/ranking", headers=OVER_TLS)
        with urlopen(told, timeout=10) as answer:
            assert answer.headers.get_all(HSTS) == ["max-age=31536000"]


@pytest.mark.parametrize(("proxies", "name"), [(0, "screen"), (1, "__Host-screen")])
def test_the_cookie_of_a_screen_is_that_of_the_connection(
    demonstration_url: str, tmp_path: Path, proxies: int, name: str
) -> None:
    file = tmp_path / "centre.db"
    file.write_bytes(Path(demonstration_url.removeprefix("sqlite:///")).read_bytes())
    with closing(open_store(f"sqlite:///{file}")) as store:
        token = screens.add(store, "hall", PROFILE)
        answer = client_of(store.url, proxies).post("/wall/enrol", json={"token": token}, headers=OVER_TLS)
    assert answer.status_code == 204
    assert answer.headers["Set-Cookie"].startswith(f"{name}=")
    assert ("Secure" in answer.headers["Set-Cookie"]) is bool(proxies)
