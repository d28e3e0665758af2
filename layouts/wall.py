"""The frame of the wall: flag, centre, day and clock, the scenes, and at the foot the hour of the last pull."""

from collections.abc import Sequence
from datetime import date

from figures.node import Node
from i18n import Say
from i18n.formats import day
from layouts import html
from layouts.classification import label_of
from layouts.screen import Page
from layouts.shell import centre_name
from layouts.wall_scene import Draw, Scene, own
from metrics.boards.wall import WallBoard

#: What the browser says of the playlist and of a meeting by itself.
WORDS = (
    *("place", "pinned", "paused", "late", "lag_none", "lag_minutes", "lag_hours", "figures_at"),
    *("frozen", "frozen_new", "saved", "saved_picture", "not_saved", "newer_at"),
    *("keys", "keys_open", "keys_opened", "opening", "not_opened"),
)


def page(scenes: Sequence[Scene], shown: tuple[str, date], say: Say, *, opens: bool = False) -> Page:
    """The wall in its parts; `shown` is the density and the day of the product, `opens` whether a meeting before it
    may open the scene of an agency."""
    return Page({"frame": lambda: _frame(scenes, shown, say, opens), **alone(scenes, say).parts})


def alone(scenes: Sequence[Scene], say: Say) -> Page:
    """Scenes in their parts, without the frame that turns them."""
    parts: dict[str, Draw] = {}
    for scene in scenes:
        parts |= scene.drawn(say)
    return Page(parts)


def filed(scenes: Sequence[Scene], board: WallBoard) -> Page:
    """What of the wall is written to a file: the tables of every scene, and every figure of its boards."""
    twins = {own(scene.name, name): make for scene in scenes for name, make in scene.twins.items()}
    return Page({}, twins, board)


def _frame(scenes: Sequence[Scene], shown: tuple[str, date], say: Say, opens: bool) -> Node:
    density, at = shown
    return html.Main(
        [
            html.Span(className="wall-flag", role="img", **{"aria-label": say("shell.flag")}),
            html.P(centre_name(say), className="wall-of"),
            html.P([html.Span(say(f"wall.weekday_{at.weekday()}")), html.Span(day(at))], className="wall-day"),
            Node("WallClock"),
            Node(
                "WallScenes",
                html.Part("freshness"),
                scenes=[{"name": each.name, "show": each.show, "seconds": each.seconds} for each in scenes],
                words={name: say.words[f"wall.{name}"] for name in WORDS} | {"label": label_of(say, public=False)},
                opens=opens,
            ),
        ],
        id="main",
        lang=say.language,
        className="wall-screen",
        **{
            "data-screen": "wall",
            "data-density": density,
            "data-title": f"{say('wall.name')} – {say('shell.name_short')}",
        },
    )
