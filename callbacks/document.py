"""The document that is served before anything is asked: what the page needs is fetched at once, and nothing twice."""

from typing import Any

from dash import Dash

from callbacks.bundle import SCRIPT, STYLE

#: Fetched with the first bytes, since nothing is painted without them.
_FONTS = tuple(
    f"fonts/be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for weight in (400, 600)
    for subset in ("latin", "vietnamese")
)


class Centre(Dash):  # type: ignore[misc]  # Dash has no types
    """A Dash application whose page holds one component of ours, so that its component libraries are not sent."""

    def __init__(self, language: str, root: str, **given: Any) -> None:
        self._language = language
        self._root = root
        super().__init__(__name__, include_assets_files=False, update_title=None, serve_locally=True, **given)

    def interpolate_index(self, **parts: str) -> str:
        """The document; `parts` are what Dash makes: the place of the page, its settings, the call that starts it."""
        root = self._root
        fonts = "".join(
            f'<link rel="preload" href="{root}{name}" as="font" type="font/woff2" crossorigin>' for name in _FONTS
        )
        return (
            f'<!doctype html><html lang="{self._language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{parts['title']}</title>"
            f'<link rel="icon" href="{root}glyphs/flag.svg" type="image/svg+xml">'
            f'<link rel="stylesheet" href="{root}{STYLE}">{fonts}</head>'
            f"<body>{parts['app_entry']}<footer hidden>{parts['config']}"
            f'<script id="_dash-scripts" src="{root}{SCRIPT}"></script>{parts["renderer"]}</footer></body></html>'
        )


def plain_page(language: str, root: str, title: str, body: str) -> str:
    """A page that needs no script: what is told of a path that is none."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{root}{STYLE}"></head>'
        f'<body><main id="main" data-screen="not-found" class="not-found"><h1>{title}</h1>{body}</main></body></html>'
    )
