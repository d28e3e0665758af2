"""What a page has to say of itself: what it could not use, that there is nothing yet."""

from figures.node import Node
from i18n import Say
from layouts import html
from layouts.address import Visit
from layouts.parts import card, head, notice, state
from metrics.asked import ECONOMY

#: Screens of agencies, who owe none of the socio-economic indicators.
_OF_AGENCIES = ("/ranking", "/province/", "/ministry/")


def notices(visit: Visit, say: Say) -> list[Node]:
    """A line for each part of the address that could not be used, and one where the theme has nothing here."""
    told = [notice(say(f"notice.unknown_{name}", value=value)) for name, value in visit.unknown]
    if visit.address.theme == ECONOMY and visit.address.path.startswith(_OF_AGENCIES):
        told.append(notice(say("economy.national_only"), shape="na"))
    return told


def outside(title: str, say: Say) -> Node:
    """What stands where figures would be that lie outside what the reader may see."""
    return card([head(title), state(say("scope.outside_title"), say("scope.outside"), shape="na")])


def empty_store(say: Say) -> Node:
    """A store without a figure says what to do next."""
    steps = html.Ol([html.Li(html.Code(line)) for line in say("empty.steps").split("\n")])
    return html.Div([card([head(say("empty.title")), html.P(say("empty.text")), steps])], className="grid-main")
