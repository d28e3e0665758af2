"""Of a screen what leads somewhere for whoever asks: a link, a form or a name to search for that would be refused to
them is not drawn as one. Screens are laid out for everybody; what is taken here is taken of all of them alike."""

from collections.abc import Iterator, Mapping
from typing import Any

from access.viewer import Viewer

#: Links of these kinds have nothing to say once they lead nowhere.
_BARE = frozenset({"button", "card-link", "crumb-own"})
_FORM = "form-fold"


def openings(tree: list[Any], viewer: Viewer) -> list[Any]:
    """A part as it is sent to a viewer: what they may not open stands as words, or not at all."""
    if viewer.member is None or not tree:
        return tree
    if isinstance(tree[0], list):
        return [kept for each in tree for kept in _kept(each, viewer)]
    return next(_kept(tree, viewer), [])


def _kept(node: Any, viewer: Viewer) -> Iterator[Any]:
    """The node as it may be drawn; nothing where it is left out."""
    if not isinstance(node, list):
        yield node
        return
    tag, given, *children = node
    if tag == "Form" and not viewer.takes(given["name"], given["given"].get("agency_code")):
        return
    if tag == "a" and not _opens(given, viewer):
        if _BARE & set(str(given.get("className", "")).split()):
            return
        tag, given = "span", {name: value for name, value in given.items() if name != "href"}
    elif tag == "Search":
        given = {**given, "things": [each for each in given["things"] if viewer.opens(_path(each[3]))]}
    elif tag == "ProvinceMap" and given.get("path"):
        given = {**given, "leads": [code for code in given["marks"] if viewer.opens(f"{given['path']}{code}")]}
    kept = [each for child in children for each in _kept(child, viewer)]
    if given.get("className") != _FORM or any(isinstance(each, list) and each[0] == "Form" for each in kept):
        yield [tag, given, *kept]


def _opens(given: Mapping[str, Any], viewer: Viewer) -> bool:
    """Whether a link opens for the viewer. One without an address opens what stands behind the figure that it is."""
    address = given.get("href")
    if address is None:
        mark = str(given.get("data-figure", "")).split("/")
        return len(mark) < len(("indicator", "agency", "period")) or viewer.scope.covers(mark[1])
    return not str(address).startswith("/") or viewer.opens(_path(address))


def _path(address: str) -> str:
    return address.partition("?")[0].partition("#")[0]
