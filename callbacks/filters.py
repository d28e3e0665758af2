"""The query string, read and checked; what it does not understand falls back, and the page says so."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from data import closings
from data.periods import parse_day
from data.wall_profiles import Profile
from i18n import LANGUAGES
from layouts.address import NAMES, Address
from layouts.navigation import CORRECTIONS
from metrics.asked import EDITIONS, LEVEL, MAPS, MEASURES, MOST_PINS, SERVICE_LEVELS, SORTS, THEMES, Asked
from metrics.boards.groups import CHOICES
from metrics.obligations import Standing

#: A query longer than this, or of more parts, is not read: no address of ours comes near it.
_LONGEST = 2_000
_MOST = 40
#: The one part of an address that may stand there several times.
_PIN = "pin"
#: What these may be; codes and periods are looked up by the boards.
_CHOICES = {
    **{"lang": LANGUAGES, "map": MAPS, "group": CHOICES, "standing": tuple(Standing)},
    **{"theme": THEMES, "edition": EDITIONS, "sort": SORTS},
    **{"level": SERVICE_LEVELS, "measure": MEASURES},
}
#: On the page of corrections a standing is that of a proposal.
_OF_CORRECTIONS = {"standing": tuple(closings.Standing)}


@dataclass(frozen=True)
class Filters:
    """What the address asks for. `unknown` holds (name, value) of what could not be used; `profile` is that of a wall
    screen, None on every other."""

    address: Address
    asked: Asked
    language: str
    clock: date
    unknown: tuple[tuple[str, str], ...]
    profile: Profile | None = None


def read_address(path: str, query: str, clock: date, language: str) -> Filters:
    """Read `/` and `?indicator=…&at=…`; `clock` and `language` are what counts where nothing usable is said."""
    query = query.removeprefix("?")
    readable = len(query) <= _LONGEST and query.count("&") < _MOST
    given = parse_qs(query) if readable else {}
    first = {name: values[0] for name, values in given.items() if name in NAMES and name != _PIN}
    unknown = [("name", name[:40]) for name in given if name not in NAMES]
    if not readable:
        unknown.append(("name", f"{query[:40]}…"))
    at = parse_day(first["at"]) if "at" in first else clock
    if at is None:
        unknown.append(("at", first.pop("at")[:40]))
        at = clock
    choices = _CHOICES | (_OF_CORRECTIONS if path == CORRECTIONS[1] else {})
    for name, known in choices.items():
        if name in first and first[name] not in known:
            unknown.append((name, first.pop(name)[:40]))
    pins = tuple(dict.fromkeys(given.get(_PIN, ())))
    unknown += [("pins", pin[:40]) for pin in pins[MOST_PINS:]]
    address = Address(path, **first, pin=pins[:MOST_PINS])
    asked = Asked(
        at,
        address.indicator,
        address.period,
        address.map or MAPS[0],
        address.group,
        address.region,
        address.standing,
        address.owner,
        address.directive,
        address.agency,
        address.regime,
        address.system,
        address.list,
        address.entry,
        address.edition,
        address.sort or LEVEL,
        address.pin,
        address.since,
        address.theme,
        address.level,
        address.measure,
    )
    return Filters(address, asked, address.lang or language, clock, tuple(unknown))
