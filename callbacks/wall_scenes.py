"""What each scene of a playlist is made of: which board answers it, for what the playlist names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any, TypeAlias

from access.viewer import Viewer
from callbacks.filters import Filters
from data.scope import Scope
from data.store import Store
from data.wall_profiles import ECONOMY, FOCUS, MAP, TARGETS, TASKS, TODAY, USAGE, Showing
from i18n import Say, speaker
from layouts import wall_economy, wall_focus, wall_map, wall_targets, wall_tasks, wall_today, wall_usage
from layouts.wall_scene import Scene
from metrics.asked import Asked
from metrics.boards.economy import economy
from metrics.boards.ministry import MinistryBoard, ministry
from metrics.boards.overview import overview
from metrics.boards.own_reports import own_reports
from metrics.boards.province import ProvinceBoard, province
from metrics.boards.quality import quality
from metrics.boards.ranking import RankingBoard, ranking
from metrics.boards.systems import systems
from metrics.boards.tasks import tasks
from metrics.boards.today import today
from metrics.boards.wall_usage import wall_usage as usage_of_wall

#: The name of a scene and how many seconds it stays.
Named: TypeAlias = tuple[str, int]
#: Makes a scene: its name, what makes a board of what is asked, what is asked, and the speaker.
_Make: TypeAlias = Callable[[Named, Callable[[Any], Any], Asked, Say], Scene]


def scene_of(showing: Showing, filters: Filters, store: Store, viewer: Viewer, first: str | None = None) -> Scene:
    """The scene; its boards are computed when the first of its parts is drawn, so that a failing one fails alone.
    Its name begins with `first`, or with what it shows."""
    parts = (first or showing.show, showing.indicator, showing.agency)
    named = ("-".join(part for part in parts if part), showing.seconds)
    yesterday = filters.asked.at - timedelta(days=1)
    asked = replace(
        filters.asked,
        indicator=showing.indicator,
        agency=showing.agency,
        since=yesterday.isoformat(),
        fresh_days=showing.fresh_days,
    )
    say = speaker(filters.language)

    @cache
    def made(board: Callable[..., Any]) -> Any:
        return board(store, viewer.scope, asked)

    return _SCENES[showing.show](named, made, asked, say)


def _targets(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_targets.scene(named, lambda: made(overview), say)


def _usage(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_usage.scene(named, lambda: made(usage_of_wall), say)


def _economy(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_economy.scene(named, lambda: made(economy), say)


def _map(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_map.scene(named, lambda: made(ranking), lambda: made(overview).changes, say)


def _focus(named: Named, made: Callable[[Any], Any], asked: Asked, say: Say) -> Scene:
    code = asked.agency or ""

    def of_agency(store: Store, scope: Scope, asked: Asked) -> ProvinceBoard | MinistryBoard | None:
        plain = replace(asked, agency=None)
        return province(store, scope, code, plain) if code.isdigit() else ministry(store, scope, code, plain)

    def of_ministries(store: Store, scope: Scope, asked: Asked) -> RankingBoard:
        return ranking(store, scope, replace(asked, agency=None, group="ministries"))

    return wall_focus.scene(
        named, lambda: made(of_agency), lambda: made(of_ministries), lambda: made(own_reports), say
    )


def _tasks(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_tasks.scene(named, lambda: made(tasks), lambda: made(systems), say)


def _today(named: Named, made: Callable[[Any], Any], _asked: Asked, say: Say) -> Scene:
    return wall_today.scene(named, lambda: made(today), lambda: made(quality), say)


_SCENES: Mapping[str, _Make] = {
    TARGETS: _targets,
    MAP: _map,
    USAGE: _usage,
    TASKS: _tasks,
    TODAY: _today,
    ECONOMY: _economy,
    FOCUS: _focus,
}
