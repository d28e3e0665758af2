"""What is sent to a browser, read as a browser would: elements, their marks and their texts."""

import json
from collections.abc import Iterator
from typing import Any

from access.viewer import ANYBODY
from callbacks.router import answer
from data.store import Store
from settings import Settings

Trees = dict[str, Any]


def sent(store: Store, settings: Settings, path: str) -> Trees:
    """Every part of the screen at an address, as a browser that shows nothing yet gets it."""
    where, _, query = path.partition("?")
    asked = {"path": where, "search": query, "number": 1, "shown": {}}
    found: Trees = json.loads(answer(asked, store, settings, ANYBODY))["trees"]
    return found


def nodes_of(tree: Any) -> Iterator[list[Any]]:
    """Every element of a tree, or of a list of them."""
    if isinstance(tree, list) and tree:
        if isinstance(tree[0], str):
            yield tree
        for child in tree if isinstance(tree[0], list) else tree[2:]:
            yield from nodes_of(child)


def marked(trees: Trees) -> list[tuple[str, str]]:
    """Mark and text of every figure in the parts that are sent, in the order of the page."""
    found: list[tuple[str, str]] = []

    def look(node: Any) -> str:
        if not isinstance(node, list):
            return str(node)
        if not node or isinstance(node[0], list):
            return "".join(look(each) for each in node)
        tag, given, *children = node
        if tag == "Part":
            return look(trees.get(given["name"], []))
        mark = given.get("data-figure") or given.get("data-derived")
        at = len(found)
        if mark:
            found.append((mark, ""))
        text = "".join(look(child) for child in children)
        if mark:
            found[at] = (mark, text)
        return text

    look(trees["frame"])
    return found


def pointed(trees: Trees) -> dict[str, str]:
    """Mark and text of what the map tells when a province is pointed at; provinces that did not report have none."""
    (drawn,) = [node for tree in trees.values() for node in nodes_of(tree) if node[0] == "ProvinceMap"]
    given = drawn[1]
    told = {code: words for code, (_, *words) in given["marks"].items() if words}
    patterns = {code: given["derived" if code in given["summed"] else "marked"] for code in told}
    return {patterns[code].replace("*", code): words[0] for code, words in told.items()}
