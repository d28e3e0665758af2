"""Elements written out as HTML, for the pages that need no script."""

from html import escape

from figures.node import Child, Node

#: Elements without an end.
_VOID = frozenset({"input", "img", "br"})
#: Attributes that HTML names otherwise than React does.
_NAMES = {"className": "class", "htmlFor": "for"}


def markup(child: Child) -> str:
    """A tree as the text of a document; every word of it is escaped. An attribute that is True has no value, one that
    is False is not there. `style` is no attribute of these pages."""
    return "".join(_node(each) if isinstance(each, Node) else escape(each) for each in Node("all", child).children)


def _node(node: Node) -> str:
    given = "".join(_attribute(name, value) for name, value in node.attributes.items() if value is not False)
    if node.tag in _VOID:
        return f"<{node.tag}{given}>"
    return f"<{node.tag}{given}>{markup(node.children)}</{node.tag}>"


def _attribute(name: str, value: object) -> str:
    named = _NAMES.get(name, name.lower())
    return f" {named}" if value is True else f' {named}="{escape(str(value))}"'
