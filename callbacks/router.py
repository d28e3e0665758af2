"""From an address to a screen: one callback for all of them, which sends what the browser does not show yet."""

import logging
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import blake2s
from typing import Any
from urllib.parse import unquote

from dash import Dash, Input, Output
from dash.exceptions import PreventUpdate
from flask import abort

from access.viewer import Viewer
from callbacks import (
    account,
    around,
    audit,
    compare,
    corrections,
    directives,
    dossier,
    gate,
    indicator,
    methods,
    ministry,
    overview,
    panel,
    province,
    ranking,
    replay,
    reports,
    search,
    systems,
    table,
    usage,
    visitors,
    wall,
    within,
)
from callbacks.filters import Filters, read_address
from callbacks.openings import openings
from data import queries
from data.clock import clock, now
from data.embargo import Version
from data.scope import EVERYTHING
from data.store import QUICK_MS, Store
from figures.node import Child
from i18n import speaker
from layouts import ids
from layouts.address import Moment, Visit
from layouts.parts import failed
from layouts.screen import Page, written
from layouts.shell import failure, freshness, plain, whole_file
from settings import Settings

_LOG = logging.getLogger("centre")
#: The screens, each with the pattern of its path.
SCREENS = (
    *(overview, ranking, indicator, province, ministry),
    *(directives, dossier, reports, systems, usage, compare, methods, wall, account, corrections, audit),
)
#: Those that draw a map.
WITH_MAP = (overview, ranking, indicator, province, wall)
#: No path, query or name of a part that we give out is longer.
_LONGEST = 4_000


def screen_at(path: str) -> Any:
    """The screen of a path; None where there is none."""
    return next((screen for screen in SCREENS if screen.PATH.fullmatch(path)), None)


@dataclass(frozen=True)
class Drawn:
    """One part of a screen: its tree as the text that is sent, what tells it from others, and whether it failed. The
    text is kept in UTF-8: Python holds a Vietnamese one in twice the memory."""

    text: bytes
    print: str
    failed: bool


def answer(asked: Any, store: Store, settings: Settings, viewer: Viewer) -> str:
    """The prints of every part of the screen, or of those that `changed` where the browser shows the same parts, and
    the trees of those that it does not show yet, as JSON; where a wall asks for it also `of` which data and day it
    is, null where that cannot be told.

    `asked` is what the browser says: path, search, number, `shown` (the prints of the parts it shows) and, in a
    meeting alone, `of`: it costs two reads of the store. Raises PreventUpdate where it is no question, or there is no
    screen at the path.
    """
    path, query, number, shown = _question(asked)
    screen = screen_at(path)
    if screen is None:
        raise PreventUpdate
    is_told = _is_alone(screen) and asked.get("of") is True
    before = _of(store, settings, viewer) if is_told else None
    parts = _screen(screen, (path, query), store, settings, viewer)
    new = {name: part for name, part in parts.items() if part.print != shown.get(name)}
    # A screen that has the parts it had needs to hear of those alone that changed.
    told, named = ("changed", new) if parts.keys() == shown.keys() else ("prints", parts)
    prints = written({name: part.print for name, part in named.items()})
    # Put together as text: what was drawn before is neither read nor written again.
    trees = ",".join(f'"{name}":{part.text.decode()}' for name, part in new.items())
    of = ""
    if is_told:
        after = _of(store, settings, viewer)
        of = f'"of":{written(after if after == before else None)},'
    return f'{{"number":{number},{of}"{told}":{prints},"trees":{{{trees}}}}}'


def _of(store: Store, settings: Settings, viewer: Viewer) -> str | None:
    """Which data the store has, and the day of the product, in the words of a beat; None where the store cannot say.
    An answer before and after which they are the same is of these and of no other."""
    try:
        version, day = _moment(store, viewer, settings)
    except Exception:
        _LOG.exception("of which data an answer is could not be read")
        return None
    return f"{version.text if version else ''} {day.isoformat()}"


def _screen(
    screen: Any, place: tuple[str, str], store: Store, settings: Settings, viewer: Viewer
) -> dict[str, Drawn]:
    """Every part of a screen; drawn once for an address and a version of the data, but for what tells the time."""
    try:
        filters, version = filters_of(*place, store, viewer, settings)
        address = replace(filters.address, figure=None, table=None, scene=None)
        # What a meeting opened lies beside the scenes that turn, which are the same with and without it.
        address = replace(address, agency=None) if _is_alone(screen) else address
        key = (version, viewer.scope, viewer.standing, address, filters.unknown, filters.language, filters.clock)

        def draw() -> dict[str, Drawn]:
            page = within.told(screen.show(filters, store, viewer), filters, store, viewer)
            sheet = partial(whole_file, page, speaker(filters.language))
            more: dict[str, Callable[[], Child]] = {
                "file": sheet,
                "label": partial(table.label, page, filters, store, viewer),
            }
            whole = page if _is_alone(screen) else replace(page, parts={**page.parts, **more})
            return _drawn(whole, filters, store, viewer)

        kept = store.screens.once(key, draw, _whole)
        beside = _opened if _is_alone(screen) else _beside
        found = beside(filters, version, store, viewer)
        return kept | found | _drawn(Page(_timed(screen, filters, store, viewer)), filters, store, viewer)
    except Exception:
        filters = read_address(*place, clock(settings.today, None), settings.language)
        page = _failure(filters, viewer)
        if _is_alone(screen):
            # It keeps the figures it has, and says of when they are.
            abort(503)
        return _drawn(page, filters, store, viewer)


def _timed(screen: Any, filters: Filters, store: Store, viewer: Viewer) -> dict[str, Callable[[], Child]]:
    """The parts that are drawn anew for each question."""
    visit = Visit(filters.address, Moment(now(), filters.clock), ())
    own: dict[str, Callable[[], Child]] = {"freshness": lambda: freshness(visit, speaker(filters.language))}
    if not _is_alone(screen):
        own |= {
            "panel": lambda: panel.show(filters, store, viewer),
            "twin": lambda: table.show(screen, filters, store, viewer),
        }
    return own | (screen.timed(filters, store, viewer) if hasattr(screen, "timed") else {})


def _whole(parts: Mapping[str, Drawn]) -> bool:
    """Whether nothing of it failed, so that it may be kept."""
    return not any(part.failed for part in parts.values())


def _is_alone(screen: Any) -> bool:
    """Whether nobody chooses or opens anything on it: a wall."""
    return screen is wall


def _beside(filters: Filters, version: Any, store: Store, viewer: Viewer) -> dict[str, Drawn]:
    """What stands beside the screen itself on every one with a reader."""
    found = _search(filters, version, store, viewer) | _days(filters, version, store, viewer)
    return found | _around(filters, store, viewer)


def _opened(filters: Filters, version: Any, store: Store, viewer: Viewer) -> dict[str, Drawn]:
    """The scene that a meeting opened on a wall; nothing where it opened none."""
    if filters.asked.agency is None:
        return {}
    address = replace(filters.address, scene=None)
    key = ("opened", version, viewer.scope, viewer.standing, address, filters.language, filters.clock)
    return store.screens.once(
        key, lambda: _drawn(wall.opened(filters, store, viewer), filters, store, viewer), _whole
    )


def _around(filters: Filters, store: Store, viewer: Viewer) -> dict[str, Drawn]:
    """What stands around every screen of a path; it is drawn again only for who may have something to decide."""
    page = Page(around.parts(filters, store, viewer))
    if viewer.decides.agencies != frozenset():
        return _drawn(page, filters, store, viewer)
    key = (viewer.member, filters.address.path, filters.language)
    return store.frames.once(key, lambda: _drawn(page, filters, store, viewer), _whole)


def _search(filters: Filters, version: Any, store: Store, viewer: Viewer) -> dict[str, Drawn]:
    """The search, which is the same on every screen of a day."""
    key = ("search", version, viewer.scope, viewer.standing, filters.asked.at, filters.language)
    page = Page({"search": lambda: search.show(filters, store, viewer)})
    return store.screens.once(key, lambda: _drawn(page, filters, store, viewer), _whole)


def _days(filters: Filters, version: Any, store: Store, viewer: Viewer) -> dict[str, Drawn]:
    """The choice of a day and the ribbon, which are the same on every screen of a day."""
    key = ("days", version, viewer.scope, viewer.standing, filters.asked.at, filters.clock, filters.language)
    return store.screens.once(
        key, lambda: _drawn(replay.show(filters, store, viewer), filters, store, viewer), _whole
    )


def filters_of(
    path: str, query: str, store: Store, viewer: Viewer, settings: Settings
) -> tuple[Filters, Version | None]:
    """What the address asks, on the day of the product, and the version of the data it is asked of."""
    version, day = _moment(store, viewer, settings)
    if not wall.PATH.fullmatch(path):
        return read_address(path, query, day, settings.language), version
    profile = wall.profile_of(path, settings)
    filters = read_address(path, query, day, profile.language if profile else settings.language)
    return wall.allowed(replace(filters, profile=profile), store, viewer), version


def _moment(store: Store, viewer: Viewer, settings: Settings) -> tuple[Version | None, date]:
    """The version of the data, None where there are none, and the day of the product."""
    with store.reading(QUICK_MS) as snapshot:
        day = clock(settings.today, queries.demonstration_clock(snapshot, viewer.scope))
        return queries.version(snapshot, viewer.scope), day


def register(app: Dash, store: Store, settings: Settings) -> None:
    """Tie the callback to the app."""

    def show(asked: Any) -> str:
        return answer(asked, store, settings, visitors.viewer())

    tie = app.callback(Output(ids.SCREEN, "answer"), Input(ids.SCREEN, "asked"), prevent_initial_call=True)
    tie(gate.for_who_may_see(show))


def _question(asked: Any) -> tuple[str, str, int, Mapping[str, Any]]:
    """What a browser sent, which may be anything; PreventUpdate for what no page of ours sends."""
    if not isinstance(asked, dict):
        raise PreventUpdate
    path, query, number, shown = (asked.get(name) for name in ("path", "search", "number", "shown"))
    if not (isinstance(path, str) and isinstance(query, str) and len(path) <= _LONGEST):
        raise PreventUpdate
    if not (isinstance(number, int) and isinstance(shown, dict)):
        raise PreventUpdate
    return unquote(path), query, number, shown


def _drawn(page: Page, filters: Filters, store: Store, viewer: Viewer) -> dict[str, Drawn]:
    """The parts of a page; in the place of one that cannot be drawn what failed, and its number in the log. Raises
    what the store raises where it does not answer at all: each further part would wait as long."""
    found = {}
    for name, draw in page.parts.items():
        broken = False
        try:
            text = written(openings(plain(draw()), viewer)).encode()
        except Exception:
            broken = True
            reference = secrets.token_hex(4)
            _LOG.exception("part %s of %s failed [%s]", name, filters.address.path, reference)
            _require_answer(store)
            text = written(plain(failed(reference, speaker(filters.language)))).encode()
        found[name] = Drawn(text, _print(text), broken)
    return found


def _require_answer(store: Store) -> None:
    with store.reading(QUICK_MS) as snapshot:
        queries.last_delivery(snapshot, EVERYTHING)


def _failure(filters: Filters, viewer: Viewer) -> Page:
    """What is shown where a screen could not be made; the log has the trouble under the same reference."""
    reference = secrets.token_hex(4)
    _LOG.exception("screen %s failed [%s]", filters.address.path, reference)
    pulled = now()
    visit = Visit(filters.address, Moment(pulled, pulled.date()), (), viewer.member)
    return Page({"frame": lambda: failure(speaker(filters.language), visit, reference)})


def _print(text: bytes) -> str:
    """What tells one tree from another, in eight letters."""
    return urlsafe_b64encode(blake2s(text, digest_size=6).digest()).decode("ascii")
