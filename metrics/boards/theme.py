"""Which overview is shown: of e-Government, or of the socio-economic targets of the year."""

from data.scope import Scope
from data.store import Store
from metrics.asked import ECONOMY, Asked
from metrics.boards.economy import Economy, economy
from metrics.boards.known import knowing
from metrics.boards.overview import Overview, overview


def overview_of(store: Store, scope: Scope, asked: Asked) -> Overview | Economy:
    """The board of `/` in the theme that was asked for."""
    return economy(store, scope, asked) if theme_of(store, scope, asked) == ECONOMY else overview(store, scope, asked)


def theme_of(store: Store, scope: Scope, asked: Asked) -> str | None:
    """The theme that was asked for: by its name, or by an indicator of it; None where neither was."""
    if asked.theme is not None or asked.indicator is None:
        return asked.theme
    with knowing(store, scope, asked.at) as known:
        found = known.register.indicators.get(asked.indicator)
        return found.theme if found else None
