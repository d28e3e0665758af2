"""From an address to a screen: one callback for all of them."""

from typing import Any

from dash import Dash, Input, Output, State, no_update

from access.viewer import anybody
from callbacks import overview
from data.store import Store
from layouts import ids
from settings import Settings

#: The paths that are screens. Any other is a 404 before Dash sees it.
SCREENS = {overview.PATH: overview}


def route(query: str | None, shown: str | None, store: Store, settings: Settings) -> tuple[Any, Any, Any]:
    """Screen, panel and the address that is shown; what did not change is left as it stands."""
    query = query or ""
    try:
        viewer = anybody()
        filters = overview.filters_of(query, store, viewer, settings)
        key = filters.address.href()
        screen = no_update if key == shown else overview.show(filters, store, viewer)
        return screen, overview.show_panel(filters, store, viewer), key
    except Exception:
        return overview.show_failure(query, settings), None, ""


def register(app: Dash, store: Store, settings: Settings) -> None:
    """Tie the callback to the app."""

    def show(query: str | None, shown: str | None) -> tuple[Any, Any, Any]:
        return route(query, shown, store, settings)

    app.callback(
        Output(ids.SCREEN, "children"),
        Output(ids.PANEL, "children"),
        Output(ids.SHOWN, "data"),
        Input(ids.ADDRESS, "search"),
        State(ids.SHOWN, "data"),
    )(show)
