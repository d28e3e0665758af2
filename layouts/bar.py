"""Who asks, as every screen says it: in the bar over it, beside what is signed, and at its foot where nobody does."""

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit, to
from layouts.parts import glyph


def account(visit: Visit, mark: str, screen: str, say: Say) -> Node | None:
    """The link to their account; None where nobody signs in. `mark` tells the page whose it is without a name, and
    `screen` is what it is called where it is returned to."""
    member = visit.member
    if member is None:
        return None
    here = {"aria-current": "page"} if visit.address.path == "/account" else {}
    name = f"{say('account.title')}: {member.display}"
    return html.A(
        [glyph("account"), html.Span(member.display, className="account-name")],
        href=to("/account"),
        className="account",
        title=name,
        **{"aria-label": name, "data-person": mark, "data-page": say(f"screen.{screen}")},
        **here,
    )


def openly(visit: Visit, say: Say) -> Node | None:
    """That nobody signs in here; None where people do."""
    return html.Span(say("foot.open"), className="der", title=say("foot.open_text")) if visit.member is None else None


def sender(visit: Visit, say: Say) -> Child:
    """In whose name a form is sent; None where nobody signs in."""
    return None if visit.member is None else [say("form.sender"), " ", html.B(visit.member.display)]
