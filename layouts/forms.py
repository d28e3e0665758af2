"""Forms: what somebody fills in beside what they look at, each folded until it is wanted."""

from collections.abc import Iterable, Mapping

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.address import Visit


def form(name: str, fields: Iterable[Node], given: Mapping[str, str], say: Say) -> Node:
    """A form under its title; `given` are the cells that its place fills in."""
    body = Node(
        "Form",
        [*fields],
        name=name,
        given=dict(given),
        send=say(f"form.{name}_send"),
        sending=say("form.sending"),
        late=say("form.late"),
    )
    return html.Details([html.Summary(say(f"form.{name}")), body], className="form-fold")


def signer(visit: Visit, say: Say, cell: str = "person") -> Node:
    """In whose name it is sent: of whoever is signed in, else as it is typed into this cell."""
    return line(cell, say) if visit.member is None else html.P(html.Part("sender"), className="form-sender")


def line(name: str, say: Say, *, hint: str | None = None, value: str | None = None) -> Node:
    """A field of one line, with what stands there before anybody wrote; `hint` shows how it is written."""
    told = {"placeholder": hint, "defaultValue": value}
    return _field(name, html.Input(name=name, type="text", maxLength=500, autoComplete="off", **told), say)


def area(name: str, say: Say) -> Node:
    """A field of several lines, at most 500 characters."""
    return _field(name, html.Textarea(name=name, rows=3, maxLength=500), say)


def choice(name: str, options: Iterable[tuple[str, str]], say: Say) -> Node:
    """One of some words: (value, word)."""
    return _field(name, html.Select([html.Option(word, value=value) for value, word in options], name=name), say)


def _field(name: str, control: Node, say: Say) -> Node:
    return html.Label([html.Span(say(f"field.{name}")), control], className="form-field")
