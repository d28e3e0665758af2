"""The wall: from the profile of an address to its scenes."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from access.gate import WALL
from access.viewer import Viewer
from callbacks.filters import Filters
from callbacks.wall_scenes import scene_of
from data.store import Store
from data.wall_profiles import FAR, FOCUS, MAP, TARGETS, Profile, Showing, read_profiles, refuse_unknown
from i18n import speaker
from layouts import wall as layout
from layouts.screen import Page
from layouts.wall_scene import Scene, far_scenes
from metrics.boards.ministry import ministry_exists
from metrics.boards.province import province_exists
from metrics.boards.wall import wall_board
from settings import Settings

PATH = WALL
#: What the name of a scene begins with that a meeting opened; none of a playlist does.
OPENED = "opened"


@cache
def _read(file: Path | None) -> Mapping[str, Profile]:
    return read_profiles(file)


def profiles(settings: Settings) -> Mapping[str, Profile]:
    """The profiles of the settings, read once. Raises ProfileError."""
    return _read(settings.wall_profiles)


def check(settings: Settings, indicators: set[str], agencies: set[str]) -> None:
    """Raise ProfileError where the profiles cannot be used with these codes."""
    refuse_unknown(profiles(settings), indicators, agencies)


def profile_of(path: str, settings: Settings) -> Profile | None:
    """The profile that a path of the wall names, the first where it names none; None where there is none of it."""
    found = PATH.fullmatch(path)
    every = profiles(settings)
    if found is None:
        return None
    return every.get(found[1]) if found[1] else next(iter(every.values()))


def begins_with_map(profile: Profile) -> bool:
    """Whether the first scene that a wall shows draws a map: from far the first cards of targets are tiles, and a
    ministry has no place on it."""
    first = profile.scenes[0]
    if first.show == FOCUS:
        return first.agency is not None and first.agency.isdigit()
    return first.show == MAP or (first.show == TARGETS and profile.density != FAR)


def allowed(filters: Filters, store: Store, viewer: Viewer) -> Filters:
    """What the address asks of a wall, without an agency that a meeting may not open there or that means nobody on
    its day. Raises what the store raises."""
    code, profile, asked = filters.asked.agency, filters.profile, filters.asked
    if code is None:
        return filters
    known = profile is not None and profile.minutes
    if known and code.isdigit():
        known = province_exists(store, viewer.scope, code, asked)
    elif known:
        known = ministry_exists(store, viewer.scope, code, asked.at)
    if known:
        return filters
    address, unknown = replace(filters.address, agency=None), (*filters.unknown, ("agency", code[:40]))
    return replace(filters, address=address, asked=replace(asked, agency=None), unknown=unknown)


def exists(filters: Filters, store: Store, viewer: Viewer) -> bool:
    """Whether the path names a profile."""
    return filters.profile is not None


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """Every scene of the profile; what a scene shows is computed when its first part is drawn."""
    profile, say = _profile(filters), speaker(filters.language)
    scenes = _cut([scene_of(showing, filters, store, viewer) for showing in profile.scenes], profile, filters)
    return layout.page(scenes, (profile.density, filters.asked.at), say, opens=profile.minutes)


def opened(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """The scene of the agency that the address opens, which is none of the playlist; no part where it opens none."""
    scenes = _cut(_opened(filters, store, viewer), _profile(filters), filters)
    return layout.alone(scenes, speaker(filters.language))


def filed(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """What of the wall is written to a file. Raises what the store raises."""
    playlist = [scene_of(showing, filters, store, viewer) for showing in _profile(filters).scenes]
    scenes = [*playlist, *_opened(filters, store, viewer)]
    boards = [board for scene in scenes for board in scene.boards() if board is not None]
    return layout.filed(scenes, wall_board(filters.asked.at, boards, filters.unknown))


def _opened(filters: Filters, store: Store, viewer: Viewer) -> list[Scene]:
    code = filters.asked.agency
    if code is None:
        return []
    # It stays until somebody leaves it.
    return [scene_of(Showing(FOCUS, 0, agency=code), filters, store, viewer, OPENED)]


def _cut(scenes: list[Scene], profile: Profile, filters: Filters) -> list[Scene]:
    """The scenes as the density of the profile has them."""
    if profile.density != FAR:
        return scenes
    return [each for scene in scenes for each in far_scenes(scene, speaker(filters.language))]


def _profile(filters: Filters) -> Profile:
    assert filters.profile is not None  # the doors let no other path in
    return filters.profile
