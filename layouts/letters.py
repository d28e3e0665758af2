"""Reminders and replies as lines of a history, and the forms by which new ones are recorded."""

from collections.abc import Iterable, Iterator

from figures.node import Child, Node
from i18n import Say
from layouts import html
from layouts.address import Visit
from layouts.forms import area, form, line, signer
from layouts.parts import simulated
from metrics.boards.laggard import Letter

#: Who reminds.
SENT_BY = "sent_by"


def letter_words(letters: Iterable[Letter], say: Say) -> Iterator[tuple[Letter, Child]]:
    """Each letter, by day, with what is said of it; reminders are numbered."""
    number = 0
    for letter in sorted(letters, key=lambda each: each.day):
        number += letter.kind == "reminder"
        yield letter, list(_words(letter, number, say))


def _words(letter: Letter, number: int, say: Say) -> Iterator[Child]:
    if letter.kind == "reminder":
        yield html.B(say("letters.reminder", n=number))
        yield html.Small([html.Span(letter.document, lang="vi"), ", ", html.Span(letter.sent_by, lang="vi")])
    else:
        yield html.B(say("letters.reply"))
        yield html.Small(html.Span(f"“{letter.words}”", lang="vi"))
        if letter.document:
            yield html.Small(html.Span(letter.document, lang="vi"))
    if letter.status == "simulated":
        yield simulated(say)


def letter_forms(agency: str, about: tuple[str, str], visit: Visit, say: Say) -> Iterator[Node]:
    """The forms of a reminder to an agency and of its reply, about a subject and its part: those of them that whoever
    asks may send."""
    given = {"agency_code": agency, "subject": about[0], "part": about[1]}
    if visit.sends("reminder", agency):
        yield form("reminder", [signer(visit, say, SENT_BY), line("document", say), _again(say)], given, say)
    if visit.sends("reply", agency):
        yield form("reply", [area("words", say), line("document", say), _again(say)], given, say)


def _again(say: Say) -> Node:
    """Why what was sent on the same day is put otherwise."""
    return line("reason", say, hint=say("field.reason_hint"))
