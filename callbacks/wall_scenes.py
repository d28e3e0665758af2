"""What each scene of a playlist is made of: which board answers it, for what the playlist names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any, TypeAlias

from access.viewer import Viewer
from callbacks.filters import Filters
from data.store import Store
from data.wall_profiles import TARGETS, TASKS, TODAY, Showing
from i18n import Say, speaker
from layouts import wall_targets, wall_tasks, wall_today
from layouts.wall_scene import Scene
from metrics.asked import Asked
from metrics.boards.overview import overview
from metrics.boards.quality import quality
from metrics.boards.systems import systems
from metrics.boards.tasks import tasks
from metrics.boards.today import today

#: The name of a scene and how many seconds it stays.
Named: TypeAlias = tuple[str, int]
#: Makes a scene: its name, what makes a board of what is asked, what is asked, and the speaker.
_Make: TypeAlias = Callable[[Named, Callable[[Any], Any], Asked, Say], Scene]


def scene_of(showing: Showing, filters: Filters, store: Store, viewer: Viewer) -> Scene:
    """The scene; its boards are computed when the first of its parts is drawn, so that a failing one fails alone."""
    named = ("-".join(part for part in (showing.show, showing.indicator, showing.agency) if part), showing.seconds)
    yesterday = filters.asked.at - timedelta(days=1)
    asked = replace(filters.asked, indicator=showing.indicator, since=yesterday.isoformat())
    say = speaker(filters.language)

    @cache
    def made(board: Callable[..., Any]) -> Any:
        return board(store, viewer.scope, asked)

    return _SCENES[showing.show](named, made, asked, say)


def _targets(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_targets.scene(named, lambda: made(overview), say)


def _tasks(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_tasks.scene(named, lambda: made(tasks), lambda: made(systems), say)


def _today(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_today.scene(named, lambda: made(today), lambda: made(quality), say)


_SCENES: Mapping[str, _Make] = {TARGETS: _targets, TASKS: _tasks, TODAY: _today}
