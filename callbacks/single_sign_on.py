"""The single sign-on of an agency: OpenID Connect by its code flow, with PKCE, a nonce and pinned algorithms.

Who somebody is, is told by the other side; whether they may enter and as what is known here alone (`cli.py person`).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, Response, request, session
from flask.sessions import SecureCookieSessionInterface
from joserfc.errors import JoseError

from access.gate import BACK, LOGIN
from settings import SingleSignOn, is_loopback

_LOG = logging.getLogger("centre")
#: Signatures that are believed, whatever the other side says it makes.
ALGORITHMS = ("RS256", "PS256", "ES256")
#: So long the other side may take for one answer, and somebody for signing in there.
_ANSWER_SECONDS, _SIGNING_SECONDS = 5, 10 * 60
#: Clocks of two machines differ by as much.
_CLOCKS_SECONDS = 60
_DISCOVERY = "/.well-known/openid-configuration"
#: What of its description is used; each is an address.
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_NAME = "agency"


class SignOnError(Exception):
    """Nobody was vouched for. `told` is what is said over the form: `failed`, or `away` where nobody answers."""

    def __init__(self, told: str) -> None:
        self.told = told
        super().__init__(told)


class SignOn:
    """The way to the single sign-on and back. Meanwhile a signed cookie, sent to the doors alone, keeps what has to
    come back unchanged."""

    def __init__(self, server: Flask, known: SingleSignOn) -> None:
        server.session_interface = _Underway()
        server.config.update(
            SESSION_COOKIE_PATH=LOGIN,
            SESSION_COOKIE_SAMESITE="Lax",
            PERMANENT_SESSION_LIFETIME=_SIGNING_SECONDS,
        )
        self.issuer = known.issuer
        self._known = known
        self._client = OAuth(server).register(
            _NAME,
            client_cls=_Client,
            client_id=known.client_id,
            client_secret=known.client_secret,
            server_metadata_url=known.issuer.removesuffix("/") + _DISCOVERY,
            client_kwargs={
                "scope": "openid",
                "code_challenge_method": "S256",
                "default_timeout": _ANSWER_SECONDS,
                "max_redirects": 0,
            },
            known=known,
        )

    def begin(self, wanted: str, language: str) -> Response:
        """The way there, from which somebody comes back to `wanted`. Raises SignOnError where nobody answers."""
        session.clear()
        with _trouble_told():
            answer = self._client.authorize_redirect(request.host_url.removesuffix("/") + BACK)
        session["wanted"], session["language"] = wanted, language
        return cast(Response, answer)

    def vouched(self) -> str:
        """Whom the other side vouches for to whoever comes back, as it calls them. Raises SignOnError where it does
        for nobody."""
        if not request.args.get("code"):
            raise SignOnError("failed")
        required = {"iss": self._known.issuer, "aud": self._known.client_id}
        options = {claim: {"essential": True, "value": value} for claim, value in required.items()}
        with _trouble_told():
            token = self._client.authorize_access_token(
                grant_type="authorization_code", claims_options=options, leeway=_CLOCKS_SECONDS
            )
        # Who may use something there, as a token without this says, is not who somebody is.
        if not (token.get("userinfo") or {}).get("sub"):
            raise SignOnError("failed")
        return str(token["userinfo"]["sub"])

    @staticmethod
    def asked_for() -> tuple[str, str]:
        """What somebody asked for before they went, and in which language; empty texts where that is not known."""
        return str(session.get("wanted", "")), str(session.get("language", ""))


class _Client(FlaskOAuth2App):  # type: ignore[misc]  # Authlib has no types
    """The library's client, which believes no more of the other side's description than is needed."""

    def __init__(self, *given: Any, known: SingleSignOn, **more: Any) -> None:
        super().__init__(*given, **more)
        self._single_sign_on = known

    def load_server_metadata(self) -> dict[str, Any]:
        if "issuer" not in self.server_metadata:
            try:
                believed = _believed(dict(super().load_server_metadata()), self._single_sign_on)
            finally:
                # What is not believed is asked for again.
                self.server_metadata.clear()
            self.server_metadata.update(believed)
        return cast(dict[str, Any], self.server_metadata)


class _Underway(SecureCookieSessionInterface):
    """The cookie that goes along to the single sign-on."""

    def get_cookie_name(self, app: Flask) -> str:
        return "__Secure-signing" if request.is_secure else "signing"

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def _believed(described: dict[str, Any], known: SingleSignOn) -> dict[str, Any]:
    """What is used of the other side's description. ValueError where it is another's, or leads where one can listen
    in."""
    if described.get("issuer") != known.issuer:
        raise ValueError("the description is of another issuer than OIDC_ISSUER")
    believed = {name: described.get(name) for name in _ADDRESSES}
    for name, address in believed.items():
        parts = urlsplit(str(address))
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        if not safe:
            raise ValueError(f"the address of {name} is not one of https")
    return believed | {"issuer": known.issuer, "id_token_signing_alg_values_supported": list(ALGORITHMS)}


@contextmanager
def _trouble_told() -> Iterator[None]:
    """What goes wrong with the other side as SignOnError. The log is told what, and nothing of what was sent."""
    try:
        yield
    except (AuthlibBaseError, JoseError) as trouble:
        _LOG.warning("the single sign-on vouched for nobody: %s", type(trouble).__name__)
        raise SignOnError("failed") from None
    except (requests.RequestException, ValueError, KeyError, TypeError, RuntimeError) as trouble:
        _LOG.warning("the single sign-on could not be asked: %s", type(trouble).__name__)
        raise SignOnError("away") from None
