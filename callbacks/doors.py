"""What holds for every request, before and after Dash: which paths there are, and the headers of every answer."""

from html import escape

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, request

from callbacks.router import SCREENS
from i18n import LANGUAGES, speaker
from layouts.address import Address
from settings import Settings

_POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
}
#: What Dash answers itself. It would answer any other path with the page.
_DOORS = ("/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/_reload-hash", "/_favicon.ico")
_SUITES = "/_dash-component-suites/"
#: Beside what the page needs the folder of files holds what made it.
_NOT_SERVED = (".py", ".md")
#: No request of ours carries more.
_LARGEST = 256 * 1024


def hang(app: Dash, settings: Settings) -> None:
    """Hang the doors of an app; after every callback is registered, since the policy holds their hashes."""
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = _LARGEST
    policy = _POLICY.format(hashes=" ".join(app.csp_hashes()))

    @server.before_request
    def only_what_exists() -> Response | None:
        return refuse_unknown(request.path, settings)

    @server.after_request
    def dress(answer: Response) -> Response:
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers["Content-Security-Policy"] = policy
        if not request.path.startswith(("/assets/", _SUITES)):
            answer.headers["Cache-Control"] = "no-store"
        return answer

    @server.errorhandler(DependencyException)
    def no_such_file(_trouble: DependencyException) -> Response:
        return _not_found(request.path, settings)


def refuse_unknown(path: str, settings: Settings) -> Response | None:
    """A 404 with a page of its own for every path that is no screen, no file and no door of Dash."""
    if path in SCREENS or path in _DOORS or (path.startswith("/assets/") and not path.endswith(_NOT_SERVED)):
        return None
    if path.startswith(_SUITES) and "/" in path.removeprefix(_SUITES).strip("/"):
        return None
    return _not_found(path, settings)


def _not_found(path: str, settings: Settings) -> Response:
    asked = request.args.get("lang", settings.language)
    language = asked if asked in LANGUAGES else settings.language
    say = speaker(language)
    title = say("not_found.title")
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + "".join(
            f'<link rel="stylesheet" href="/assets/{name}.css">' for name in ("tokens", "fonts", "base", "parts")
        )
        + f'</head><body><main id="main" data-screen="not-found" class="not-found"><h1>{title}</h1>'
        f"<p>{escape(say('not_found.text', path=path[:200]))}</p>"
        f'<p><a href="{escape(Address(lang=language).href())}">{say("not_found.home")}</a></p></main></body></html>'
    )
    return Response(page, status=404, mimetype="text/html")
