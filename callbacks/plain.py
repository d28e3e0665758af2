"""Pages that need no script to be read, and what every page of ours holds before anything is asked."""

from html import escape
from urllib.parse import quote

from flask import Response, request

from callbacks.bundle import ASSETS, STYLE, WALL_STYLE
from figures.node import Child
from i18n import LANGUAGES, speaker
from layouts.address import Address
from layouts.markup import markup
from layouts.shell import centre_name, plain_header, watch_words
from settings import Settings

#: In the document itself: some browsers would ask for it again at every change of the address.
_ICON = "data:image/svg+xml," + quote((ASSETS / "glyphs" / "flag.svg").read_text("utf-8").strip(), safe=" =:/'(),.-")
ICON = f'<link rel="icon" href="{_ICON}" type="image/svg+xml">'


def watch() -> str:
    """The words of the watch over an open page, in every language."""
    spoken = "".join(f' data-{language}="{escape(words)}"' for language, words in watch_words().items())
    return f'<span hidden id="watch"{spoken}></span>'


def wanted_language(settings: Settings) -> str:
    """The language that the address asks for, else that of the product."""
    asked = request.args.get("lang", settings.language)
    return asked if asked in LANGUAGES else settings.language


def plain_page(
    language: str, root: str, title: str, body: str, screen: str = "not-found", *, on_wall: bool = False
) -> str:
    """A page that says why there is no other; `screen` is what programs and the page's own script call it. `on_wall`
    makes it one that is read from afar and bears the name of the centre."""
    style = f'<link rel="stylesheet" href="{root}{STYLE}">'
    say = speaker(language)
    marks, name, header = "", "", ""
    if not on_wall:
        header = markup(plain_header(say, lambda code: f"?lang={code}"))
    else:
        marks, name = ' class="wall dark"', f"<p>{escape(centre_name(say))}</p>"
        style += f'<link rel="stylesheet" href="{root}{WALL_STYLE}">'
    return (
        f'<!doctype html><html lang="{language}"{marks}><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{ICON}{style}</head><body>{header}"
        f'<main id="main" data-screen="{screen}" class="{screen}">{name}<h1>{title}</h1>{body}</main></body></html>'
    )


def whole_page(language: str, root: str, title: str, body: Child) -> str:
    """A page of the elements of a layout, with head and foot of its own."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{ICON}<link rel="stylesheet" href="{root}{STYLE}"></head><body>{markup(body)}</body></html>'
    )


def refuse_unknown(path: str, settings: Settings, root: str) -> Response:
    """A 404 with a page of its own."""
    language = wanted_language(settings)
    say = speaker(language)
    body = (
        f"<p>{escape(say('not_found.text', path=path[:200]))}</p>"
        f'<p><a class="button" href="{escape(Address(lang=language).whole)}">{say("not_found.home")}</a></p>'
    )
    page = plain_page(language, root, say("not_found.title"), body)
    return Response(page, status=404, mimetype="text/html")
