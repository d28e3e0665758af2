"""What holds for every request, before and after Dash: which paths there are, and the headers of every answer."""

import logging
from typing import Any
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from access.gate import BACK, ELSEWHERE, ENROL, INGEST, LOGIN, LOGOUT
from callbacks import visitors
from callbacks.bundle import Bundle
from callbacks.dossier import FILES
from callbacks.login import END_OTHERS
from callbacks.openapi import OPENAPI
from callbacks.plain import refuse_unknown
from callbacks.router import filters_of, screen_at
from callbacks.table_files import FILES as TABLES
from data.store import Store
from settings import OPEN, Settings

_LOG = logging.getLogger("centre")
_POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
#: What every answer carries.
_HEADERS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
#: What says something of a page alone: headers are not compressed, and most answers are smaller than these.
_PAGE_HEADERS = _HEADERS | {
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
}
#: What is no page may load nothing, should a browser ever open it as one.
_NOTHING = "default-src 'none'; frame-ancestors 'none'"
#: What Dash answers itself, which would answer any other path with the page; then what programs ask.
_DOORS = (
    *("/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/_reload-hash"),
    *("/livez", "/readyz", "/heartbeat", OPENAPI),
)
#: A browser that came over TLS comes no other way for a year. Other hosts of the domain are not ours to speak for.
_TLS_ONLY = "max-age=31536000"
#: No request of ours carries more.
_LARGEST = 256 * 1024
#: Of a switch of the indicator, 31 kB, this leaves 4.2 kB in 0.9 ms; 4 leaves 4.5 in 0.6, 9 leaves 4.1 in 10.
_QUALITY = 5


def hang(app: Dash, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the doors of an app; after every callback is registered, since the policy holds their hashes."""
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = _LARGEST
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_BR_LEVEL"] = _QUALITY
    Compress(server)
    policy = _POLICY.format(hashes=" ".join(app.csp_hashes()))
    of_page = _PAGE_HEADERS | {"Content-Security-Policy": policy}
    of_others = _HEADERS | {"Content-Security-Policy": _NOTHING}

    def dress(headers: Any) -> None:
        is_page = str(headers.get("Content-Type", "")).startswith("text/html")
        for name, value in (of_page if is_page else of_others).items():
            headers[name] = value

    @server.before_request
    def only_from_here() -> Response | None:
        return Response(status=403) if request.method == "POST" and _is_foreign() else None

    @server.before_request
    def only_what_exists() -> Response | None:
        signs = request.path in (LOGIN, LOGOUT, END_OTHERS) and settings.auth != OPEN
        signs = signs or (request.path in (ELSEWHERE, BACK) and settings.single_sign_on is not None)
        is_file = FILES.fullmatch(request.path) or TABLES.fullmatch(request.path)
        taken = (request.path == ENROL and request.method == "POST") or request.path.startswith(INGEST)
        if request.path in _DOORS or is_file or taken or signs or _is_there(request.path, store, settings):
            return None
        return refuse_unknown(request.path, settings, files.root)

    @server.errorhandler(404)
    def nowhere(_trouble: Exception) -> Response:
        return refuse_unknown(request.path, settings, files.root)

    @server.after_request
    def dressed(answer: Response) -> Response:
        dress(answer.headers)
        answer.headers["Cache-Control"] = "no-store"
        if request.is_secure:
            answer.headers["Strict-Transport-Security"] = _TLS_ONLY
        return answer

    server.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the way Flask itself names for a middleware
        server.wsgi_app,
        root=str(files.folder),
        prefix=files.root.strip("/"),
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=lambda headers, _path, _url: dress(headers),
    )
    if settings.trusted_proxies:
        # The host is not among them: a proxy hands on the one that was asked for.
        proxies = {"x_for": settings.trusted_proxies, "x_proto": settings.trusted_proxies, "x_host": 0}
        server.wsgi_app = ProxyFix(server.wsgi_app, **proxies)  # type: ignore[method-assign]  # as above


def _is_foreign() -> bool:
    """Whether a page of another origin sends this: browsers say so, programs say nothing. What came without TLS
    is of another origin than what came from the same host with it."""
    origin = request.headers.get("Origin")
    elsewhere = origin is not None and urlsplit(origin)[:2] != (request.scheme, request.host)
    return elsewhere or request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")


def _is_there(path: str, store: Store, settings: Settings) -> bool:
    """Whether a screen has the path, and what the path names is known on the day of the address. Where the store does
    not answer the screen is served, and says so itself."""
    screen = screen_at(path)
    if screen is None or not hasattr(screen, "exists"):
        return screen is not None
    try:
        viewer = visitors.viewer()
        filters, _ = filters_of(path, request.query_string.decode("ascii", "replace"), store, viewer, settings)
        return bool(screen.exists(filters, store, viewer))
    except Exception:
        _LOG.exception("whether %s is there could not be asked", path)
        return True
