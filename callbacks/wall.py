"""The wall: from the profile of an address to its scenes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from access.gate import WALL
from access.viewer import Viewer
from callbacks.filters import Filters
from callbacks.wall_scenes import scene_of
from data.store import Store
from data.wall_profiles import FAR, Profile, read_profiles, refuse_unknown
from i18n import speaker
from layouts import wall as layout
from layouts.screen import Page
from layouts.wall_scene import far_scenes
from metrics.boards.wall import wall_board
from settings import Settings

PATH = WALL


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


def exists(filters: Filters, store: Store, viewer: Viewer) -> bool:
    """Whether the path names a profile."""
    return filters.profile is not None


def show(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """Every scene of the profile; what a scene shows is computed when its first part is drawn."""
    profile, say = _profile(filters), speaker(filters.language)
    scenes = [scene_of(showing, filters, store, viewer) for showing in profile.scenes]
    if profile.density == FAR:
        scenes = [each for scene in scenes for each in far_scenes(scene, say)]
    return layout.page(scenes, (profile.density, filters.asked.at), say)


def filed(filters: Filters, store: Store, viewer: Viewer) -> Page:
    """What of the wall is written to a file. Raises what the store raises."""
    scenes = [scene_of(showing, filters, store, viewer) for showing in _profile(filters).scenes]
    boards = [board for scene in scenes for board in scene.boards() if board is not None]
    return layout.filed(scenes, wall_board(filters.asked.at, boards, filters.unknown))


def _profile(filters: Filters) -> Profile:
    assert filters.profile is not None  # the doors let no other path in
    return filters.profile
