"""What programs and open pages ask to learn whether the centre lives: `/livez`, `/readyz` and `/heartbeat`."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from flask import Flask, Response, jsonify

from access.viewer import anybody
from callbacks import gate
from callbacks.bundle import Bundle
from callbacks.glance import Glance
from data import migration, queries
from data.clock import clock, now
from data.embargo import Version
from data.scope import EVERYTHING, Scope
from data.standby import CutOff, Following
from data.store import QUICK_MS, Store
from data.timekeeping import Timekeeping
from settings import Settings

#: A look at the store serves every screen for so long.
_BEAT_SECONDS, _READY_SECONDS = 1.0, 5.0
#: A proxy waits no longer for a statement before it is told that the store does not answer.
_READY_MS = 1_000
#: Why an answer is 503; nothing of the inside is told.
_UNREADABLE, _VERSION = "store", "version"
_OK = "ok"


@dataclass(frozen=True)
class Beat:
    """Which data there are, None in a store without any; the day of the product; and how the standby that figures
    come from is cut off, None where it is not or there is none."""

    version: Version | None
    clock: date
    cut_off: CutOff | None


def hang(server: Flask, store: Store, settings: Settings, files: Bundle) -> None:
    """Hang the three doors; the headers of every answer are added where those of all others are."""
    needed = migration.newest()
    following, timekeeping = Following(), Timekeeping()
    looks = (following, timekeeping)
    # Whoever sees no figure under embargo may not hear either that one was delivered.
    beats = {
        embargoed: Glance(partial(beat, store, settings, *looks, Scope(embargoed=embargoed)), _BEAT_SECONDS)
        for embargoed in (True, False)
    }
    readiness = Glance(lambda: readable(store, needed, following), _READY_SECONDS)

    @server.get("/livez")
    def live() -> Response:
        return _plain(_OK)

    @server.get("/readyz")
    def ready() -> Response:
        found = readiness.seen()
        if found is None or isinstance(found, str):
            return _plain(found or _UNREADABLE, 503)
        return _plain(_OK if found.cut_off is None else _told(found.cut_off))

    @server.get("/heartbeat")
    def heart() -> Response:
        seen = beats[anybody().scope.embargoed].seen()
        if seen is None:
            return _plain(_UNREADABLE, 503)
        return jsonify(
            build=files.folder.name,
            data=None if seen.version is None else seen.version.text,
            delivered=None if seen.version is None else _moment(seen.version.delivered),
            now=_moment(now()),
            clock=seen.clock.isoformat(),
            cut_off=None if seen.cut_off is None else _moments(seen.cut_off),
            **gate.told(),
        )


def beat(store: Store, settings: Settings, following: Following, timekeeping: Timekeeping, scope: Scope) -> Beat:
    """What an open page compares with what it shows; a clock that is wrong is told to the log. Raises what the store
    raises."""
    with store.reading(QUICK_MS) as snapshot:
        version = queries.version(snapshot, scope)
        demonstration = None if settings.today else queries.demonstration_clock(snapshot, scope)
        cut_off = following.look(snapshot)
        timekeeping.look(snapshot, version.delivered if version else None)
    return Beat(version, clock(settings.today, demonstration), cut_off)


@dataclass(frozen=True)
class Readable:
    """A store that can be served; `cut_off` as in a beat."""

    cut_off: CutOff | None


def readable(store: Store, needed: str, following: Following) -> Readable | str:
    """The store as it can be served by this code, or in one word why it cannot. Raises what the store raises."""
    if migration.version_of(store, _READY_MS) != needed:
        return _VERSION
    with store.reading(_READY_MS) as snapshot:
        queries.last_delivery(snapshot, EVERYTHING)
        return Readable(following.look(snapshot))


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _moments(cut_off: CutOff) -> dict[str, str | None]:
    return {"since": _moment(cut_off.since), "replayed": _moment(cut_off.replayed)}


def _told(cut_off: CutOff) -> str:
    """Ready, and what a proxy does not ask for but its keeper does."""
    return " ".join([_OK, "cut_off", *(f"{name}={at or 'unknown'}" for name, at in _moments(cut_off).items())])


def _plain(word: str, status: int = 200) -> Response:
    return Response(word, status=status, mimetype="text/plain")
