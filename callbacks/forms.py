"""What somebody filled in on a page: taken by the same doors as files are, or told what is wrong with it."""

import csv
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dash import Dash, Input, Output
from dash.exceptions import PreventUpdate

from access.viewer import Viewer
from callbacks import gate, visitors
from callbacks.deciding import Untaken, approve_correction, refuse_correction
from callbacks.filters import Filters
from callbacks.lists import draft_list, report_list, sign_list
from callbacks.router import filters_of
from data import secrecy
from data.clock import machine_today
from data.delivery import Delivery
from data.periods import parse_day
from data.refusal import Held, Problem, Proposed, Refusal, reason
from data.sources.kinds import CHECKINS, KINDS, LETTERS
from data.store import Store
from figures.node import Node
from i18n import Say, speaker
from layouts import html, ids
from layouts.letters import SENT_BY
from layouts.parts import glyph
from layouts.screen import written
from layouts.shell import plain
from settings import Settings

_LOG = logging.getLogger("centre")
#: No form of ours has more cells, and none is longer.
_MOST, _LONGEST = 20, 4_000
#: Rules that are told in other words than of a file.
OWN_WORDS = ("no_reason", secrecy.RULE)
#: The source of what an agency tells of itself.
OWN_WORD = "CQ"


@dataclass(frozen=True)
class Sent:
    """A form as it came: its cells, the address it was sent from, and under what conditions it is taken; `viewer` is
    who sent it."""

    cells: Mapping[str, str]
    filters: Filters
    store: Store
    delivery: Delivery
    viewer: Viewer

    def signed(self, cell: str = "person") -> str:
        """In whose name it is: of whoever is signed in, whatever was typed; the cell, where nobody signs in."""
        member = self.viewer.member
        return self[cell] if member is None else member.display

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def register(app: Dash, store: Store, settings: Settings) -> None:
    """Tie the callback to the app."""

    def take(sent: Any) -> str:
        return taken(sent, store, settings, visitors.viewer())

    tie = app.callback(Output(ids.SCREEN, "receipt"), Input(ids.SCREEN, "sent"), prevent_initial_call=True)
    tie(gate.for_who_may_send(take))


def taken(sent: Any, store: Store, settings: Settings, viewer: Viewer) -> str:
    """What became of a form, as JSON: its number, whether it was taken, what is said of it, and which fields to empty
    since what they hold may not be here. Raises PreventUpdate where it is no form of ours."""
    name, number, cells, place = _form(sent)
    said, wrong = speaker(settings.language), secrecy.marked(cells)
    try:
        filters, _ = filters_of(*place, store, viewer, settings)
        said = speaker(filters.language)
        delivery = Delivery(
            filters.clock, machine_today(), settings.demo, viewer.writes, viewer.name, cells.get("reason", "")
        )
        if wrong:
            # How a browser calls a field may be anything, too.
            known = [each if said.knows(f"field.{each}") else secrecy.WITHHELD for each in wrong]
            secrecy.note(store, viewer.name, f"form {name}", known)
            raise secrecy.refused(known, said("form.name"))
        words = FORMS[name](Sent(cells, filters, store, delivery, viewer), said)
        tree, right = _told("met", [words]), True
    except Untaken as trouble:
        tree, right = _told("overdue", [str(trouble)]), False
    except Refusal as trouble:
        tree, right = _told("overdue", _troubles(trouble, said)), False
    except Exception:
        reference = secrets.token_hex(4)
        _LOG.exception("form %s failed [%s]", name, reference)
        tree, right = _told("overdue", [said("form.failed", reference=reference)]), False
    return written({"number": number, "taken": right, "tree": plain(tree), "drop": wrong})


def _form(sent: Any) -> tuple[str, int, dict[str, str], tuple[str, str]]:
    """Name, number, cells and address of what a browser sent, which may be anything."""
    if not isinstance(sent, dict):
        raise PreventUpdate
    name, number, cells, path, search = (sent.get(key) for key in ("name", "number", "cells", "path", "search"))
    if (
        not isinstance(name, str)
        or name not in FORMS
        or not isinstance(number, int)
        or not isinstance(cells, dict)
        or len(cells) > _MOST
    ):
        raise PreventUpdate
    if not (isinstance(path, str) and isinstance(search, str)):
        raise PreventUpdate
    texts = (*cells, *cells.values(), path, search)
    if not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts):
        raise PreventUpdate
    return name, number, cells, (path, search)


def _told(sign: str, lines: list[str]) -> Node:
    return html.Ul([html.Li([glyph(sign), html.Span(each)]) for each in lines])


def _troubles(trouble: Refusal, say: Say) -> list[str]:
    """Each trouble with the field it is in; the codes are those of files."""
    found = []
    for problem in trouble.problems:
        field = f"field.{problem.column}"
        place = f"{say(field)}: " if problem.column and say.knows(field) else ""
        found.append(place + _why(problem, say))
    return [*found, say("form.held")] if isinstance(trouble, Held) and not isinstance(trouble, Proposed) else found


def _why(problem: Problem, say: Say) -> str:
    """What is wrong, as it is told of files; in words that fit a form where a correction gives no reason, and where a
    field bears a mark of secrecy."""
    if problem.rule in OWN_WORDS:
        return f"{say(f'form.{problem.rule}')} [{problem.code}]"
    return reason(problem, say)


# The forms of files


def _letter(kind: str) -> Callable[[Sent, Say], str]:
    def take(sent: Sent, say: Say) -> str:
        names = ("agency_code", "subject", "part", "document", "words")
        row = {name: sent[name] for name in names} | {"kind": kind, "date": sent.delivery.clock.isoformat()}
        # A reply is the agency's own, and bears no other name.
        row["sent_by"] = sent.signed(SENT_BY) if kind == "reminder" else ""
        return _ingest(LETTERS.name, row | {"status": _status(sent)}, sent, say)

    return take


def _checkin(sent: Sent, say: Say) -> str:
    names = ("directive_code", "event", "agency_code", "date", "state", "note", "evidence", "link")
    row = {name: sent[name] for name in names} | {"source": OWN_WORD, "status": _status(sent)}
    return _ingest(CHECKINS.name, row | {"published": sent.delivery.clock.isoformat()}, sent, say)


def _status(sent: Sent) -> str:
    """In a demonstration nothing that is typed may pass for what an agency really said."""
    return "simulated" if sent.delivery.demo else "official"


def _ingest(kind: str, row: Mapping[str, str], sent: Sent, say: Say) -> str:
    """Deliver one row as a file of its kind: what is refused in a file is refused here."""
    from data.ingest import ingest  # noqa: PLC0415 - reading files takes 45 MB, which only who sends something needs

    kept = KINDS[kind]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, [*kept.required, *kept.optional], restval="", lineterminator="\n")
            table.writeheader()
            table.writerow(row)
        (found,) = ingest(kind, [(path, f"{say('form.name')}.csv")], sent.store, sent.delivery)
    if found.identical_to is not None or not found.new + found.corrected:
        return say("form.same")
    return say("form.corrected" if found.corrected else "form.taken")


# The steps of a list


def _draft(sent: Sent, say: Say) -> str:
    at = parse_day(sent["at"]) or sent.filters.asked.at
    return say("form.drafted", number=draft_list(sent.store, sent.delivery, sent.signed(), at))


def _sign(sent: Sent, say: Say) -> str:
    number = _number(sent)
    sign_list(sent.store, sent.delivery, sent.signed(), number)
    return say("form.signed", number=number)


def _report(sent: Sent, say: Say) -> str:
    number = _number(sent)
    report_list(sent.store, sent.delivery, sent.signed(), number, sent["document"])
    return say("form.reported", number=number)


# What a second person decides


def _approve(sent: Sent, say: Say) -> str:
    return approve_correction(sent.store, sent.viewer, _number(sent), say)


def _refuse(sent: Sent, say: Say) -> str:
    return refuse_correction(sent.store, sent.viewer, _number(sent), sent["answer"], say)


def _number(sent: Sent) -> int:
    text = sent["number"]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


FORMS: dict[str, Callable[[Sent, Say], str]] = {
    "draft": _draft,
    "sign": _sign,
    "report": _report,
    "reminder": _letter("reminder"),
    "reply": _letter("reply"),
    "checkin": _checkin,
    "approve": _approve,
    "refuse": _refuse,
}
