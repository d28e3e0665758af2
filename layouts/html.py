"""The elements of HTML and SVG as functions that make nodes: `html.P("…", className="count")`."""

from collections.abc import Callable
from typing import Any

from figures.node import Child, Node


def _element(tag: str) -> Callable[..., Node]:
    def make(children: Child = None, **attributes: Any) -> Node:
        return Node(tag, children, **attributes)

    make.__name__ = tag
    make.__doc__ = f"An element <{tag}>: its children, then attributes as React names them."
    return make


A = _element("a")
Article = _element("article")
Aside = _element("aside")
B = _element("b")
Button = _element("button")
Caption = _element("caption")
Code = _element("code")
Col = _element("col")
Colgroup = _element("colgroup")
Dd = _element("dd")
Details = _element("details")
Div = _element("div")
Dl = _element("dl")
Dt = _element("dt")
Em = _element("em")
Footer = _element("footer")
H1 = _element("h1")
H2 = _element("h2")
H3 = _element("h3")
Header = _element("header")
Img = _element("img")
Input = _element("input")
Label = _element("label")
Li = _element("li")
Main = _element("main")
Nav = _element("nav")
Ol = _element("ol")
Option = _element("option")
P = _element("p")
Section = _element("section")
Select = _element("select")
Small = _element("small")
Span = _element("span")
Summary = _element("summary")
Table = _element("table")
Tbody = _element("tbody")
Td = _element("td")
Textarea = _element("textarea")
Th = _element("th")
Thead = _element("thead")
Tr = _element("tr")
Ul = _element("ul")


def Part(name: str) -> Node:  # noqa: N802 - an element like the others
    """The place of a part that is sent, and drawn again, by itself."""
    return Node("Part", name=name)
