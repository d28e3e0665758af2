"""People who may sign in, as the command line speaks of them."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from getpass import getpass
from typing import Any

from data import people, sessions
from data.clock import minute_of
from data.people import Person
from data.person_roles import Role
from data.refusal import shown
from data.sessions import Session
from data.store import Store
from i18n import Say
from settings import Settings

_Told = tuple[list[str], int]


def arguments(call: ArgumentParser) -> None:
    """What the call takes; a password is no argument, which other people of the machine could read."""
    call.add_argument("step", choices=(*_STEPS, "link"))
    call.add_argument("name", nargs="?", help="what the person signs in with")
    call.add_argument("--role", choices=tuple(str(role) for role in Role), help="what the person is here for")
    call.add_argument("--agency", help="whose person it is, by its code")
    call.add_argument("--display", help="how the person is called; else by the name")
    call.add_argument("--subject", help="what the single sign-on of AUTH=oidc calls the person")


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    needed = {"add": ("name", "role"), "list": (), "link": ("name", "subject")}.get(asked.step, ("name",))
    allowed = (*needed, "agency", "display") if asked.step == "add" else needed
    given = {name for name in ("name", "role", "agency", "display", "subject") if getattr(asked, name) is not None}
    if given.issuperset(needed) and given.issubset(allowed):
        return None
    words = {"name": "NAME", "role": "--role", "agency": "[--agency]", "display": "[--display]"}
    words["subject"] = "--subject"
    return say("cli.only_person", step=asked.step, needed=" ".join(words[name] for name in allowed) or "–")


def run(asked: Any, store: Store, settings: Settings, say: Say) -> _Told:
    """Take a step and give what is told of it, line by line, and the exit code. Raises StoreError."""
    if asked.step == "link":
        return _link(asked, store, settings, say)
    return _STEPS[asked.step](asked, store, say)


def _add(asked: Any, store: Store, say: Say) -> _Told:
    made = people.add(store, asked.name, Role(asked.role), asked.agency, asked.display)
    return [say("cli.person_added", name=made.name)], 0


def _password(asked: Any, store: Store, say: Say) -> _Told:
    # Nobody should think of a password for a name that was mistyped.
    person = people.named(store, asked.name)
    if sys.stdin.isatty():
        given = getpass(f"{say('cli.password_new', name=person.name)} ")
        if getpass(f"{say('cli.password_again')} ") != given:
            return [say("cli.password_differs")], 1
    else:
        given = sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    people.give_password(store, person.name, given)
    return [say("cli.password_given", name=person.name)], 0


def _list(_asked: Any, store: Store, say: Say) -> _Told:
    return [_line(each, say) for each in people.every(store)] or [say("cli.no_people")], 0


def _disable(asked: Any, store: Store, say: Say) -> _Told:
    count = people.disable(store, asked.name)
    return [say("cli.person_shut_out", name=shown(people.folded(asked.name)), count=count)], 0


def _enable(asked: Any, store: Store, say: Say) -> _Told:
    people.enable(store, asked.name)
    return [say("cli.person_let_in", name=shown(people.folded(asked.name)))], 0


def _link(asked: Any, store: Store, settings: Settings, say: Say) -> _Told:
    if settings.single_sign_on is None:
        return [say("cli.person_no_issuer")], 1
    people.link(store, asked.name, settings.single_sign_on.issuer, asked.subject)
    return [say("cli.person_linked", name=shown(people.folded(asked.name)), subject=shown(asked.subject))], 0


def _unlink(asked: Any, store: Store, say: Say) -> _Told:
    people.unlink(store, asked.name)
    return [say("cli.person_unlinked", name=shown(people.folded(asked.name)))], 0


def _sessions(asked: Any, store: Store, say: Say) -> _Told:
    found = sessions.sessions_of(store, asked.name)
    return [_session(each, say) for each in found] or [say("cli.no_sessions")], 0


def _end(asked: Any, store: Store, say: Say) -> _Told:
    count = sessions.end_every(store, asked.name)
    return [say("cli.sessions_ended", name=shown(people.folded(asked.name)), count=count)], 0


def _line(person: Person, say: Say) -> str:
    """One person and how they stand."""
    if person.disabled_at is not None:
        state = say("cli.person_disabled", at=minute_of(person.disabled_at))
    else:
        may = person.has_password or person.subject is not None
        state = say("cli.person_may" if may else "cli.person_waits", at=minute_of(person.added_at))
    role = str(person.role)
    if person.agency_code is not None:
        role = say("cli.person_of", role=role, agency=person.agency_code)
    if person.subject is not None:
        state = say("cli.person_elsewhere", state=state, subject=shown(person.subject))
    return say("cli.person", name=person.name, display=person.display, role=role, state=state)


def _session(session: Session, say: Say) -> str:
    """One session, and why it is over."""
    if session.ended_at is not None:
        state = say("cli.session_ended", at=minute_of(session.ended_at))
    else:
        state = say("cli.session_goes_on" if session.over is None else "cli.session_over")
    return say("cli.session", made=minute_of(session.made_at), seen=minute_of(session.seen_at), state=state)


#: What each step does.
_STEPS: dict[str, Callable[[Any, Store, Say], _Told]] = {
    "add": _add,
    "password": _password,
    "list": _list,
    "disable": _disable,
    "enable": _enable,
    "unlink": _unlink,
    "sessions": _sessions,
    "end": _end,
}
