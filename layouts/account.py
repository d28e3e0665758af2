"""One's own account in words: who it is, what it shows, where it is signed in, and how to leave."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from access.gate import LOGOUT
from access.matrix import Grant, Member, cells
from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit
from layouts.notices import notices
from layouts.parts import card, fact, footer, glyph, head, plain_source, state
from layouts.screen import Page
from layouts.shell import frame, titled
from layouts.words import clock_text, name_of
from metrics.boards.account import AccountBoard, Session

NAME = "account"
#: Where the other sessions of whoever asks are ended.
_END = "/account/end"
_OWN = ("answer", "who", "seen", "sessions")
Parts: TypeAlias = Mapping[str, Callable[[], Child]]


def page(visit: Visit, say: Say) -> Page:
    """The frame; what stands in it is of one person."""
    side = html.Div([html.Part("who"), html.Part("sessions")], className="stack")
    body = html.Div([side, html.Part("seen")], className="grid-account")
    return Page({"frame": lambda: frame(NAME, say, body), "notices": lambda: notices(visit, say)})


def own(board: AccountBoard, say: Say) -> Parts:
    """The parts of one person at one moment."""
    member = board.member
    if member is None:
        text = state(say("account.open_title"), say("foot.open_text"), shape="na")
        return {"answer": lambda: titled(say("account.title"), None, say), "who": lambda: card([text])} | {
            name: lambda: None for name in _OWN[2:]
        }
    return {
        "answer": lambda: titled(member.display, html.Span(say(f"role.{member.role}"), className="answer-fact"), say),
        "who": lambda: _who(member, board, say),
        "seen": lambda: _seen(member, say),
        "sessions": lambda: _sessions(board, say),
    }


def _who(member: Member, board: AccountBoard, say: Say) -> Node:
    agency = name_of(board.agency, say) if board.agency else member.agency or say("account.no_agency")
    rows = [
        fact(say("account.display"), member.display),
        fact(say("account.name"), member.name),
        fact(say("account.role"), say(f"role.{member.role}")),
        fact(say("account.agency"), agency),
    ]
    note = footer(plain_source(say("account.keeper")))
    return card([head(say("account.title")), html.Dl(rows, className="account-facts"), note])


# What is seen


def _seen(member: Member, say: Say) -> Node:
    """Every row of the matrix, as it is for this person."""
    groups = []
    for kind in ("rows", "screen", "form"):
        names = [asked for asked, role in cells() if role == member.role and asked.startswith(f"{kind}/")]
        groups += [html.H3(say(f"account.{kind}")), html.Ul([_row(each, member, say) for each in names])]
    note = footer(plain_source(say("account.matrix")))
    return card([head(say("account.seen")), *groups, note], name="card account-seen")


def _row(asked: str, member: Member, say: Say) -> Node:
    grant = cells()[asked, member.role]
    is_own = grant in (Grant.OWN, Grant.OWN_OR_OFFICE) and member.agency
    how = "yes" if member.may(asked) else "own" if is_own else "no"
    kind, name = asked.split("/")
    made = {"rows": f"rows.{name}", "screen": f"screen.{name}", "form": f"form.{name}"}
    words = [html.Span(say(made[kind])), html.Span(say(f"account.{how}"), className="account-how")]
    return html.Li([glyph("na" if how == "no" else "met"), *words], **{"data-asked": asked, "data-granted": how})


# Where they are signed in


def _sessions(board: AccountBoard, say: Say) -> Node:
    here, others = board.sessions[:1], board.sessions[1:]
    body: list[Child] = [head(say("account.sessions"))]
    body += [html.Dl([*_here(each, say)], className="account-facts") for each in here if each.own]
    body.append(html.H3(say("account.others", n=len(others)) if others else say("account.no_others")))
    if others:
        body.append(html.Ul([html.Li(_other(each, say)) for each in others], className="account-others"))
        body.append(_button(_END, say("account.end_others"), say))
    body.append(_button(LOGOUT, say("account.leave"), say))
    return card([*body, footer(plain_source(say("account.ends")))])


def _here(session: Session, say: Say) -> Iterator[Node]:
    yield fact(say("account.since"), _text(session.made_at))
    yield fact(say("account.until"), _text(session.until))


def _other(session: Session, say: Say) -> str:
    return say("account.other", made=_text(session.made_at), seen=_text(session.seen_at))


def _button(address: str, words: str, say: Say) -> Node:
    return Node("Post", action=f"{address}?lang={say.language}", words=words)


def _text(moment: datetime) -> str:
    return clock_text(moment, moment.date())
