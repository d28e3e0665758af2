"""The screens on walls, as the command line speaks of them."""

from argparse import ArgumentParser
from typing import Any

from data import screens
from data.clock import minute_of, now
from data.refusal import shown
from data.screens import Screen
from data.store import Store
from data.wall_profiles import read_profiles
from i18n import Say
from settings import Settings

#: What each step needs.
_STEPS: dict[str, tuple[str, ...]] = {"add": ("name", "profile"), "list": (), "revoke": ("name",)}


def arguments(call: ArgumentParser) -> None:
    """What the call takes."""
    call.add_argument("step", choices=tuple(_STEPS))
    call.add_argument("name", nargs="?", help="how the screen is called")
    call.add_argument("--profile", help="what its wall shows")


def misused(asked: Any, say: Say) -> str | None:
    """What is wrong with how the call is put; None where nothing is."""
    needed = _STEPS[asked.step]
    if needed == tuple(name for name in ("name", "profile") if getattr(asked, name) is not None):
        return None
    words = {"name": "NAME", "profile": "--profile"}
    return say("cli.only_screen", step=asked.step, needed=" ".join(words[name] for name in needed) or "–")


def run(asked: Any, store: Store, settings: Settings, say: Say) -> tuple[list[str], int]:
    """Take a step and give what is told of it, line by line, and the exit code. Raises StoreError."""
    if asked.step == "add":
        return _add(asked, store, settings, say)
    if asked.step == "revoke":
        screens.revoke(store, asked.name)
        return [say("cli.screen_taken_back", name=shown(asked.name))], 0
    return [_line(each, say) for each in screens.every(store)] or [say("cli.no_screens")], 0


def _add(asked: Any, store: Store, settings: Settings, say: Say) -> tuple[list[str], int]:
    profiles = read_profiles(settings.wall_profiles)
    if asked.profile not in profiles:
        return [say("cli.unknown_profile", value=shown(asked.profile), known=", ".join(profiles))], 1
    token = screens.add(store, asked.name, asked.profile)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}/wall/{asked.profile}#enrol={token}"
    hours = int(screens.TOKEN_HOLDS.total_seconds()) // 3600
    return [say("cli.screen_token", token=token), say("cli.screen_address", address=address, hours=hours)], 0


def _line(screen: Screen, say: Say) -> str:
    """One screen and how it stands, with the hour of that."""
    if screen.revoked_at is not None:
        state, at = "cli.screen_revoked", screen.revoked_at
    elif screen.enrolled_at is not None:
        state, at = "cli.screen_enrolled", screen.enrolled_at
    else:
        at = screen.token_until
        state = "cli.screen_waiting" if at > now() else "cli.screen_expired"
    words = say(state, at=minute_of(at))
    return say("cli.screen", name=screen.name, profile=screen.profile, state=words)
