"""From an address to a screen: one callback for all of them, which sends what the browser does not show yet."""

import json
import logging
import secrets
from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from dash import Dash, Input, Output
from dash.exceptions import PreventUpdate

from access.viewer import Viewer, anybody
from callbacks import overview, panel
from callbacks.filters import Filters, read_address
from data import queries
from data.clock import clock, now
from data.store import Store
from figures.node import Child
from i18n import speaker
from layouts import ids
from layouts.address import Moment, Visit
from layouts.parts import failed
from layouts.screen import Page
from layouts.shell import failure, plain
from settings import Settings

_LOG = logging.getLogger("centre")
#: The screens, each with the pattern of its path.
SCREENS = (overview,)
#: No path, query or name of a part that we give out is longer.
_LONGEST = 4_000


def screen_at(path: str) -> Any:
    """The screen of a path; None where there is none."""
    return next((screen for screen in SCREENS if screen.PATH.fullmatch(path)), None)


def answer(asked: Any, store: Store, settings: Settings) -> dict[str, Any]:
    """The prints of every part of the screen, and the trees of those the browser does not show yet.

    `asked` is what the browser says: path, search, number, and `shown` (the prints of the parts it shows). Raises
    PreventUpdate where it is no question, or there is no screen at the path.
    """
    path, search, number, shown = _question(asked)
    screen = screen_at(path)
    if screen is None:
        raise PreventUpdate
    viewer = anybody()
    try:
        filters = filters_of(path, search, store, viewer, settings)
        page = screen.show(filters, store, viewer)
        page = Page({**page.parts, "panel": lambda: panel.show(filters, store, viewer)})
    except Exception:
        filters = read_address(path, search, clock(settings.today, None), settings.language)
        page = _failure(filters)
    prints, trees = {}, {}
    for name, draw in page.parts.items():
        tree = plain(_drawn(name, draw, filters))
        prints[name] = _print(tree)
        if prints[name] != shown.get(name):
            trees[name] = tree
    return {"number": number, "prints": prints, "trees": trees}


def filters_of(path: str, query: str, store: Store, viewer: Viewer, settings: Settings) -> Filters:
    """What the address asks, on the day of the product."""
    demonstration = None
    if settings.today is None:
        with store.reading() as snapshot:
            demonstration = queries.demonstration_clock(snapshot, viewer.scope)
    return read_address(path, query, clock(settings.today, demonstration), settings.language)


def register(app: Dash, store: Store, settings: Settings) -> None:
    """Tie the callback to the app."""

    def show(asked: Any) -> dict[str, Any]:
        return answer(asked, store, settings)

    app.callback(Output(ids.SCREEN, "answer"), Input(ids.SCREEN, "asked"), prevent_initial_call=True)(show)


def _question(asked: Any) -> tuple[str, str, int, Mapping[str, Any]]:
    """What a browser sent, which may be anything; PreventUpdate for what no page of ours sends."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    path, search, number, shown = (asked.get(name) for name in ("path", "search", "number", "shown"))
    if not (isinstance(path, str) and isinstance(search, str) and len(path) <= _LONGEST):
        raise PreventUpdate
    if not (isinstance(number, int) and isinstance(shown, dict)):
        raise PreventUpdate
    return path, search, number, shown


def _drawn(name: str, draw: Any, filters: Filters) -> Child:
    """A part, or in its place what failed and under which number the log has it."""
    try:
        drawn: Child = draw()
    except Exception:
        reference = secrets.token_hex(4)
        _LOG.exception("part %s of %s failed [%s]", name, filters.address.path, reference)
        return failed(reference, speaker(filters.language))
    return drawn


def _failure(filters: Filters) -> Page:
    """What is shown where a screen could not be made; the log has the trouble under the same reference."""
    reference = secrets.token_hex(4)
    _LOG.exception("screen %s failed [%s]", filters.address.path, reference)
    pulled = now()
    visit = Visit(filters.address, Moment(pulled, pulled.date()), ())
    return Page({"frame": lambda: failure(speaker(filters.language), visit, reference)})


def _print(tree: Any) -> str:
    """What tells one tree from another."""
    return blake2s(json.dumps(tree, separators=(",", ":")).encode("utf-8"), digest_size=8).hexdigest()
