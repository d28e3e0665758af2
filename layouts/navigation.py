"""The bar of screens: which there are, and which of them whoever asks may open."""

from collections.abc import Iterator, Sequence

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import HOME, Visit, to
from layouts.parts import glyph

#: The screens there are, in the order of the navigation: (key of the word, path).
SCREENS = (
    ("overview", HOME),
    ("ranking", "/ranking"),
    ("province", "/province/01"),
    ("usage", "/usage"),
    ("directives", "/directives"),
    ("reports", "/reports"),
    ("systems", "/systems"),
)
#: Of what a screen without a place of its own in the navigation is a part, by the beginning of its path.
_PART_OF = {"": "overview", "indicator": "overview", "compare": "ranking", "dossier": "directives"}
#: On phones a screen has a sign; these have that of another.
_SIGNS = {"ministry": "province", "audit": "reports"}


def navigation(visit: Visit, say: Say) -> Child:
    """The links to the screens that whoever asks may open; the one that the screen is a part of is marked."""
    first = visit.address.path.split("/")[1]
    return links_to(tuple(_leading(visit)), say, _PART_OF.get(first, first))


def _leading(visit: Visit) -> Iterator[tuple[str, str]]:
    for each, path in SCREENS:
        if visit.opens(path):
            yield each, path
        elif each == "province" and visit.member is not None and visit.member.agency is not None:
            # In its place their own: a province by its number, a ministry by its abbreviation.
            kind = "province" if visit.member.agency.isdigit() else "ministry"
            path = f"/{kind}/{visit.member.agency}"
            if visit.member.agency.isalnum() and visit.opens(path):
                yield kind, path
    if visit.member is not None and visit.opens("/audit"):
        yield "audit", "/audit"


def links_to(screens: Sequence[tuple[str, str]], say: Say, here: str = "") -> list[Node]:
    """Links to these screens, by the key of their word and their path; the one of the key `here` is marked."""
    return [
        html.A(
            [glyph(f"nav-{_SIGNS.get(each, each)}"), html.Span(say(f"nav.{each}"))],
            href=to(path),
            **current(each == here, "page"),
        )
        for each, path in screens
    ]


def current(is_here: bool, kind: str = "true") -> dict[str, str]:
    """The mark of a link to what is shown already."""
    return {"aria-current": kind} if is_here else {}
