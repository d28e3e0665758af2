"""The one component of the page, and what a screen is made of: parts that are drawn and sent by themselves."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dash.development.base_component import Component

from figures.node import Child
from layouts.sheet import Board
from layouts.twin import Twins


@dataclass(frozen=True)
class Page:
    """A screen: `parts` draws each of its parts by name. The part `frame` holds the places of the others. `twins` are
    the tables of its cards, by the name of their part, and `board` is what both are made of; None where it has no
    file."""

    parts: Mapping[str, Callable[[], Child]]
    twins: Twins = field(default_factory=dict)
    board: Board | None = None


def written(tree: Any) -> str:
    """A tree, or an answer, as one text: the renderer of Dash would walk through it several times otherwise."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


class Screen(Component):  # type: ignore[misc]  # Dash has no types
    """What `assets/screen.js` draws.

    `root` is the address under which the files of the page are served. `asked` is set by the browser: path, query,
    number of the question, and the prints of the parts it shows. `answer` is set by the server, as text: prints of
    all parts, trees of those that are new to the browser, and the number of the question. `sent` is what somebody
    filled in, set by the browser: the name of the form, its cells, the address and a number; `receipt` is what became
    of it, as text: the number, whether it was taken, and what is said.
    """

    _namespace = "centre"
    _type = "Screen"
    _children_props: tuple[str, ...] = ()
    _base_nodes = ("children",)

    def __init__(self, id: str, root: str, answer: str) -> None:  # noqa: A002 - the name Dash gives it
        self._prop_names = ["id", "root", "asked", "answer", "sent", "receipt"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_properties = self._prop_names
        self.available_wildcard_properties: list[str] = []
        super().__init__(id=id, root=root, answer=answer)
