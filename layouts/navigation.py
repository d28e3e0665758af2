"""The bar of screens: which there are, and which of them whoever asks may open."""

from collections.abc import Iterator, Mapping, Sequence

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import HOME, Visit, to
from layouts.parts import glyph, number
from metrics.figure import Figure

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
_SIGNS = {"ministry": "province", "audit": "reports", "corrections": "directives"}
#: What waits for a second person; those alone are led there, and to the log, who signed in and may open it.
CORRECTIONS = ("corrections", "/corrections")
_FOR_SOME = (CORRECTIONS, ("audit", "/audit"))


def navigation(visit: Visit, say: Say, waits: Figure | None = None) -> Child:
    """The links to the screens that whoever asks may open; the one that the screen is a part of is marked. `waits` is
    how many corrections wait for them, None for none."""
    first = visit.address.path.split("/")[1]
    return links_to(tuple(_leading(visit)), say, _PART_OF.get(first, first), {"corrections": waits})


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
    for each, path in _FOR_SOME:
        if visit.member is not None and visit.opens(path):
            yield each, path


def links_to(
    screens: Sequence[tuple[str, str]], say: Say, here: str = "", counts: Mapping[str, Figure | None] | None = None
) -> list[Node]:
    """Links to these screens, by the key of their word and their path; the one of the key `here` is marked. `counts`
    are of what waits there, by the same keys."""
    return [
        html.A(
            [
                glyph(f"nav-{_SIGNS.get(each, each)}"),
                html.Span(say(f"nav.{each}")),
                _count((counts or {}).get(each), say),
            ],
            href=to(path),
            **current(each == here, "page"),
        )
        for each, path in screens
    ]


def _count(count: Figure | None, say: Say) -> Node | None:
    if count is None:
        return None
    told = html.Span(say("proposals.to_decide"), className="offscreen")
    return html.Span([number(count, say), told], className="nav-count", title=say("proposals.to_decide"))


def current(is_here: bool, kind: str = "true") -> dict[str, str]:
    """The mark of a link to what is shown already."""
    return {"aria-current": kind} if is_here else {}
