"""The single sign-on of an agency for the tests: a real OpenID Connect server in a process of its own, which asks for
PKCE, and which can be told to lie.

`python -m tests.single_sign_on PORT` serves it.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from settings import ROOT

_START_SECONDS = 30
#: So long it takes to answer where it is told to be slow: longer than anybody waits.
_SLOW_SECONDS = 20
Claims = dict[str, Any]


@dataclass(frozen=True)
class Agency:
    """The server, and what the product is to it."""

    issuer: str
    client_id: str
    client_secret: str

    @property
    def settings(self) -> dict[str, str]:
        """What the product has to be told of it."""
        return {
            "AUTH": "oidc",
            "OIDC_ISSUER": self.issuer,
            "OIDC_CLIENT_ID": self.client_id,
            "OIDC_CLIENT_SECRET": self.client_secret,
        }

    def lie(self, how: str = "") -> None:
        """Answer so from now on, one of LIES; the empty text is to tell the truth again."""
        requests.post(f"{self.issuer}/lie", json={"how": how}, timeout=30).raise_for_status()

    def confirm(self, address: str, subject: str | None) -> str:
        """Sign in there as somebody at the address to which the product led, and give where one is led back; with
        None one declines."""
        cells = {"action": "deny"} if subject is None else {"sub": subject}
        answer = requests.post(address, data=cells, timeout=30, allow_redirects=False)
        assert answer.is_redirect, answer.text
        return answer.headers["Location"]


@contextmanager
def agency(back: str) -> Iterator[Agency]:
    """The server as a process, to which the product is known as one that is led back to that address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.single_sign_on", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(issuer)
        wanted = {"redirect_uris": [back], "token_endpoint_auth_method": "client_secret_basic"}
        told = requests.post(f"{issuer}/oauth2/clients", json=wanted, timeout=30).json()
        yield Agency(issuer, told["client_id"], told["client_secret"])
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(issuer: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            requests.get(f"{issuer}/.well-known/openid-configuration", timeout=2).raise_for_status()
            return
        except requests.RequestException:
            time.sleep(0.1)
    pytest.fail("the single sign-on did not start")


def _in_an_hour(claims: Claims) -> Claims:
    return claims | {"iat": claims["iat"] + 3600, "exp": claims["exp"] + 3600}


def _without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def _with(**other: Any) -> Callable[[Claims], Claims]:
    return lambda claims: claims | other


#: What it says of somebody where it lies, each signed with its own key.
TOLD: dict[str, Callable[[Claims], Claims]] = {
    "another nonce": _with(nonce="of another sign-in"),
    "no nonce": _without("nonce"),
    "nonce is not supported": lambda claims: _without("nonce")(claims) | {"nonce_supported": False},
    "for another client": _with(aud="another"),
    "for another client, azp ours": lambda claims: claims | {"azp": claims["aud"], "aud": "another"},
    "for two, azp another": lambda claims: claims | {"aud": [claims["aud"], "another"], "azp": "another"},
    "for nobody": _without("aud"),
    "by another issuer": _with(iss="http://localhost:1"),
    "by nobody": _without("iss"),
    "expired": lambda claims: claims | {"exp": claims["iat"] - 3600},
    "never expires": _without("exp"),
    "of the future": _in_an_hour,
    "of nobody": _without("sub"),
    "of an empty name": _with(sub=""),
    "of a number": _with(sub=7),
    "of another access": _with(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
}
#: How it signs, or answers, where it lies.
SIGNED = (
    "by a strange key",
    "by an unknown key",
    "by nobody's key",
    "by the public key",
    "by the secret",
    "by another algorithm",
    "no token of who",
    "an empty token",
    "no JSON",
    "an error",
    "slow",
)
#: Of these it cannot be said that it did not vouch: it was not to be understood.
AWAY = ("no JSON", "slow")


def _serve(port: int) -> None:
    """The server. What is lied about is put in the place of what the library made."""
    import base64
    import hashlib
    import hmac

    import flask
    import oidc_provider_mock
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    app = oidc_provider_mock.app(require_client_registration=True, require_nonce=True)
    challenges: dict[str, str] = {}
    state = {"how": ""}

    @app.post("/lie")  # type: ignore[untyped-decorator]  # its library has no types
    def lie() -> tuple[str, int]:
        state["how"] = flask.request.get_json()["how"]
        return "", 204

    @app.before_request  # type: ignore[untyped-decorator]  # its library has no types
    def only_with_pkce() -> tuple[dict[str, str], int] | None:
        if flask.request.path == "/oauth2/authorize" and flask.request.args.get("code_challenge_method") != "S256":
            return {"error": "invalid_request"}, 400
        if flask.request.path == "/oauth2/token":
            proof = hashlib.sha256(flask.request.form.get("code_verifier", "").encode()).digest()
            shown = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
            if challenges.pop(flask.request.form.get("code", ""), None) != shown:
                return {"error": "invalid_grant"}, 400
        return None

    @app.after_request  # type: ignore[untyped-decorator]  # its library has no types
    def remember(answer: flask.Response) -> flask.Response:
        code = parse_qs(urlsplit(answer.headers.get("Location", "")).query).get("code")
        if code and flask.request.path == "/oauth2/authorize":
            challenges[code[0]] = flask.request.args["code_challenge"]
        if flask.request.path == "/oauth2/token" and answer.status_code == 200 and state["how"]:
            return _lied(state["how"], answer)
        return answer

    def _lied(how: str, answer: flask.Response) -> flask.Response:
        told = answer.get_json()
        own = RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
        parts = [part + "=" * (-len(part) % 4) for part in told["id_token"].split(".")[:2]]
        header, claims = (json.loads(base64.urlsafe_b64decode(part)) for part in parts)
        if how == "slow":
            time.sleep(_SLOW_SECONDS)
        if how == "no JSON":
            return flask.Response("<h1>busy</h1>", mimetype="text/html")
        if how == "an error":
            return flask.Response('{"error": "server_error"}', status=400, mimetype="application/json")
        if how == "no token of who":
            del told["id_token"]
        elif how == "an empty token":
            told["id_token"] = ""
        elif how in TOLD:
            told["id_token"] = jwt.encode(header, TOLD[how](claims), own)
        elif how == "by nobody's key":
            unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
            told["id_token"] = f"{unsigned}.{told['id_token'].split('.')[1]}."
        elif how in ("by the public key", "by the secret"):
            given = base64.b64decode(flask.request.headers["Authorization"].split()[1]).decode().split(":")[1]
            key = own.as_pem(private=False) if how == "by the public key" else given.encode()
            # By hand: the library does not sign with what is no secret.
            parts = [json.dumps(part).encode() for part in (header | {"alg": "HS256"}, claims)]
            signed = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
            mark = base64.urlsafe_b64encode(hmac.digest(key, signed, "sha256")).rstrip(b"=")
            told["id_token"] = (signed + b"." + mark).decode()
        elif how == "by another algorithm":
            told["id_token"] = jwt.encode(header | {"alg": "RS512"}, claims, own, ["RS512"])
        else:
            kid = {"kid": "unknown"} if how == "by an unknown key" else {}
            told["id_token"] = jwt.encode(header | kid, claims, RSAKey.generate_key(2048))
        return flask.Response(json.dumps(told), mimetype="application/json")

    app.run("127.0.0.1", port, debug=False)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
