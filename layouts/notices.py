"""What a page has to say of itself: what it could not use, that there is nothing yet."""

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.address import Visit
from layouts.parts import card, head, notice


def notices(visit: Visit, say: Say) -> list[Node]:
    """A line for each part of the address that could not be used."""
    return [notice(say(f"notice.unknown_{name}", value=value)) for name, value in visit.unknown]


def empty_store(say: Say) -> Node:
    """A store without a figure says what to do next."""
    steps = html.Ol([html.Li(html.Code(line)) for line in say("empty.steps").split("\n")])
    return html.Div([card([head(say("empty.title")), html.P(say("empty.text")), steps])], className="grid-main")
