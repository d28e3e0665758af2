"""Elements of a page as plain values: a tag, its attributes, its children. Charts and layouts are made of them.

A node is sent to the browser as a list, `[tag, attributes, child, …]`, and drawn there by `assets/screen.js`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

Child: TypeAlias = "Node | str | int | Iterable[Child] | None"


class Node:
    """One element. Attributes are named as React names them (className, colSpan, data-figure, strokeWidth); those
    that are None are left out. A capital first letter names a part that the browser draws itself (ProvinceMap)."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, children: Child = None, **attributes: Any) -> None:
        self.tag = tag
        self.attributes = {name: value for name, value in attributes.items() if value is not None}
        self.children = tuple(_flat(children))

    def plain(self) -> list[Any]:
        """The node as lists, texts and numbers, as it is sent."""
        children = (child.plain() if isinstance(child, Node) else child for child in self.children)
        return [self.tag, self.attributes, *children]

    def nodes(self) -> Iterator["Node"]:
        """This node and every one below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.nodes()

    @property
    def text(self) -> str:
        """The words of the node, as a reader without pictures has them."""
        return "".join(child.text if isinstance(child, Node) else child for child in self.children)

    def __getitem__(self, name: str) -> Any:
        return self.attributes[name]


def _flat(children: Child) -> Iterator["Node | str"]:
    if children is None:
        return
    if isinstance(children, Node | str):
        if children != "":
            yield children
    elif isinstance(children, int):
        yield str(children)
    else:
        for child in children:
            yield from _flat(child)
