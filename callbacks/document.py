"""The document that is served before anything is asked: what the page needs is fetched at once, and nothing twice."""

from typing import Any

from dash import Dash
from flask import request

from callbacks import wall
from callbacks.bundle import BORDERS, SCRIPT, STYLE, WALL_SCRIPT, WALL_STYLE
from callbacks.plain import ICON, watch
from callbacks.router import WITH_MAP, screen_at
from geo.editions import Edition
from metrics.asked import ECONOMY
from settings import Settings

#: Fetched with the first bytes, since nothing is painted without them.
_FONTS = (
    *(f"be-vietnam-pro-{subset}-{weight}-normal" for weight in (400, 500, 600) for subset in ("latin", "vietnamese")),
    "bvp-tab-400",
    "bvp-tab-600",
)

#: What the renderer of Dash asks for as soon as it runs.
_ASKED_FIRST = ("/_dash-layout", "/_dash-dependencies")


class Centre(Dash):  # type: ignore[misc]  # Dash has no types
    """A Dash application whose page holds one component of ours, so that its component libraries are not sent."""

    def __init__(self, settings: Settings, root: str, **given: Any) -> None:
        self._settings = settings
        self._root = root
        super().__init__(__name__, include_assets_files=False, update_title=None, serve_locally=True, **given)

    def interpolate_index(self, **parts: str) -> str:
        """The document; `parts` are what Dash makes: the place of the page, its settings, the call that starts it."""
        root = self._root
        ahead = [f'href="{root}fonts/{name}.woff2" as="font" type="font/woff2"' for name in _FONTS]
        profile = wall.profile_of(request.path, self._settings)
        has_map = _has_map() if profile is None else wall.begins_with_map(profile)
        borders = (f"{root}{BORDERS[_edition()]}",) if has_map else ()
        ahead += [f'href="{address}" as="fetch"' for address in (*borders, *_ASKED_FIRST)]
        language = profile.language if profile else self._settings.language
        marks, style, script = "", "", ""
        if profile is not None:
            every = f"{self._settings.wall_refresh_seconds}"
            marks = f' class="wall dark" data-density="{profile.density}" data-refresh="{every}"'
            style = f'<link rel="stylesheet" href="{root}{WALL_STYLE}">'
            script = f'<script src="{root}{WALL_SCRIPT}"></script>'
        preloads = "".join(f'<link rel="preload" {each} crossorigin>' for each in ahead)
        return (
            f'<!doctype html><html lang="{language}"{marks}><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{parts['title']}</title>"
            f'{ICON}<link rel="stylesheet" href="{root}{STYLE}">{style}{preloads}</head>'
            f"<body>{parts['app_entry']}{watch()}<footer hidden>{parts['config']}"
            f'<script id="_dash-scripts" src="{root}{SCRIPT}"></script>{script}{parts["renderer"]}'
            "</footer></body></html>"
        )


def _has_map() -> bool:
    """Whether the screen that is asked for draws a map; a browser complains of what it fetched in vain."""
    return screen_at(request.path) in WITH_MAP and request.args.get("theme") != ECONOMY


def _edition() -> Edition:
    """The edition whose map is drawn first: the one the address asks for, else that of the demonstration's days."""
    return Edition.OF_34 if request.args.get("edition") == Edition.OF_34 else Edition.OF_63
