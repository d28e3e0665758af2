"""The profiles of wall screens, from a file: which scenes, how long each, how dense, in which language.

The file is TOML. Each of its tables is a profile, the first is that of `/wall`:

    [national]
    language = "vi"            # vi or en; vi where it is left out
    density = "normal"         # normal, or far for one panel seen from 10 m; normal where it is left out
    minutes = true             # a meeting may open agencies and save its figures; false where it is left out
    scene = [
      { show = "targets", seconds = 60 },
      { show = "map", indicator = "DVC01", seconds = 90 },
      { show = "focus", agency = "40" },
      { show = "today", fresh_days = 3 },   # its cards are old after so many days, where their cycle is longer
    ]
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.sources.section import holds_mark
from data.sources.text import classified_line
from i18n import LANGUAGES

OWN = Path(__file__).parent / "reference" / "wall.toml"
#: What a scene can show; a map is of one indicator, a focus of one agency.
SHOWN = TARGETS, MAP, USAGE, TASKS, TODAY, ECONOMY, FOCUS = (
    *("targets", "map", "usage", "tasks", "today", "economy", "focus"),
)
DENSITIES = NORMAL, FAR = ("normal", "far")
_INDICATOR = "DVC01"
_SECONDS = 60
#: Shorter nobody reads a scene, longer nobody sees the next.
_SHORTEST, _LONGEST = 10, 3_600
#: A limit of a scene's own makes the cycles of what it shows shorter; of a year or more it would change nothing.
_FRESH_DAYS = (1, 366)
_MOST_SCENES = 12
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
#: What stands in its place in an address already.
_TAKEN = "enrol"
_OF_PROFILE = ("language", "density", "minutes", "scene")
_OF_EVERY_SCENE = ("show", "seconds", "fresh_days")
_OF_SCENE = dict.fromkeys(SHOWN, _OF_EVERY_SCENE) | {
    MAP: (*_OF_EVERY_SCENE, "indicator"),
    FOCUS: (*_OF_EVERY_SCENE, "agency"),
}


class ProfileError(Exception):
    """The file of profiles cannot be used; the message says where, which value, and what to write."""


@dataclass(frozen=True)
class Showing:
    """One scene of a playlist: what it shows, for how many seconds; `indicator` of a map alone, `agency` of a focus
    alone, else None. `fresh_days` is after how many days its cards are old, where their cycle is longer; None for the
    cycle alone."""

    show: str
    seconds: int
    indicator: str | None = None
    agency: str | None = None
    fresh_days: int | None = None


@dataclass(frozen=True)
class Profile:
    """What one kind of screen shows, by its name in the address; `minutes` says whether a meeting before it may open
    the scene of any province or ministry, and whether an enrolled screen of it may save its figures as a workbook."""

    name: str
    language: str
    density: str
    scenes: tuple[Showing, ...]
    minutes: bool


def read_profiles(file: Path | None) -> Mapping[str, Profile]:
    """Every profile by name, in the order of the file; `file` None for those of the product. Raises ProfileError."""
    named = "WALL_PROFILES" if file is None else file.name
    try:
        text = (file or OWN).read_text("utf-8")
        tables = None if classified_line(text) else tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as trouble:
        raise ProfileError(f"{named} cannot be read: {trouble}; give a TOML file in UTF-8.") from None
    except tomllib.TOMLDecodeError as trouble:
        raise ProfileError(f"{named} is not TOML: {trouble}.") from None
    if tables is None or holds_mark(tables):
        raise ProfileError(f"{named} bears a mark of secrecy; no secret document may enter this system.")
    if not tables:
        raise ProfileError(f"{named} holds no profile; write at least one, such as [national] with a list of scenes.")
    return {name: _profile(f"{named}, [{name}]", name, table) for name, table in tables.items()}


def refuse_unknown(profiles: Mapping[str, Profile], indicators: Collection[str], agencies: Collection[str]) -> None:
    """Raise ProfileError where a scene is of another indicator or agency than these: all indicators, and provinces
    and ministries, of which alone there is a board."""
    for profile in profiles.values():
        for at, scene in enumerate(profile.scenes, 1):
            where = f"[{profile.name}], scene {at}"
            if scene.indicator is not None and scene.indicator not in indicators:
                raise ProfileError(
                    f"{where}: indicator is {scene.indicator!r}, which is none; write one such as DVC01."
                )
            if scene.agency is not None and scene.agency not in agencies:
                words = "which is no province and no ministry; write one such as 40 or BNV."
                raise ProfileError(f"{where}: agency is {scene.agency!r}, {words}")


def _profile(where: str, name: str, table: Any) -> Profile:
    if not _NAME.fullmatch(name) or name == _TAKEN:
        words = "a name is of small letters, digits and hyphens, such as [hall-2]"
        raise ProfileError(f"{where}: {words}, and not {_TAKEN}.")
    if not isinstance(table, dict):
        raise ProfileError(f"{where} is no table; write [{name}] with a list of scenes under it.")
    _refuse_strange(where, table, _OF_PROFILE)
    scenes = table.get("scene")
    if not isinstance(scenes, list) or not 1 <= len(scenes) <= _MOST_SCENES:
        raise ProfileError(f'{where}: scene is a list of 1 to {_MOST_SCENES}, such as [{{ show = "targets" }}].')
    return Profile(
        name,
        _one_of(where, "language", table.get("language", "vi"), LANGUAGES),
        _one_of(where, "density", table.get("density", NORMAL), DENSITIES),
        tuple(_showing(f"{where}, scene {at}", scene) for at, scene in enumerate(scenes, 1)),
        _yes_or_no(where, "minutes", table.get("minutes", False)),
    )


def _showing(where: str, scene: Any) -> Showing:
    if not isinstance(scene, dict):
        raise ProfileError(f'{where} is {scene!r}; write {{ show = "targets", seconds = {_SECONDS} }}.')
    show = _one_of(where, "show", scene.get("show"), SHOWN)
    _refuse_strange(where, scene, _OF_SCENE[show])
    seconds = _whole(where, "seconds", scene.get("seconds", _SECONDS), (_SHORTEST, _LONGEST))
    fresh_days = _whole(where, "fresh_days", scene["fresh_days"], _FRESH_DAYS) if "fresh_days" in scene else None
    indicator = scene.get("indicator", _INDICATOR) if show == MAP else None
    agency = scene.get("agency") if show == FOCUS else None
    if show == FOCUS and not isinstance(agency, str):
        raise ProfileError(f'{where}: agency is {agency!r}; write the code of a province or ministry, such as "40".')
    return Showing(show, seconds, indicator if indicator is None else str(indicator), agency, fresh_days)


def _whole(where: str, key: str, value: Any, ends: tuple[int, int]) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not ends[0] <= value <= ends[1]:
        raise ProfileError(f"{where}: {key} is {value!r}; write a whole number from {ends[0]} to {ends[1]}.")
    return value


def _one_of(where: str, key: str, value: Any, allowed: Collection[str]) -> str:
    if value not in allowed:
        raise ProfileError(f"{where}: {key} is {value!r}; write {', '.join(allowed)}.")
    return str(value)


def _yes_or_no(where: str, key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ProfileError(f"{where}: {key} is {value!r}; write true or false.")
    return value


def _refuse_strange(where: str, table: Mapping[str, Any], known: Collection[str]) -> None:
    strange = next((key for key in table if key not in known), None)
    if strange is not None:
        raise ProfileError(f"{where}: {strange} is no key of it; there are {', '.join(known)}.")
