"""The state of a screen as its address holds it; links are made from it, and it is read back from them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TypeAlias
from urllib.parse import quote, urlencode

from access.gate import asked_at
from access.matrix import Member

#: Read from the query of an address, in this order.
NAMES = (
    *("indicator", "period", "at", "theme", "lang", "map", "group", "region"),
    *("standing", "owner", "directive", "agency", "regime", "system", "list", "entry", "edition", "figure"),
    *("sort", "pin", "table", "since", "level", "measure", "scene"),
    *("actor", "action", "find", "before"),
)
HOME = "/"
#: What a link does to one part of an address: another value, several of them (pins), or none any more.
Change: TypeAlias = str | tuple[str, ...] | None


@dataclass(frozen=True)
class Moment:
    """When the page was pulled, at UTC+7, and the day of the product, which a fixed clock may hold elsewhere."""

    pulled: datetime
    clock: date


@dataclass(frozen=True)
class Address:
    """Path and query of a screen; None where nothing was chosen and the screen decides."""

    path: str = HOME
    indicator: str | None = None
    period: str | None = None
    at: str | None = None
    theme: str | None = None
    lang: str | None = None
    map: str | None = None
    group: str | None = None
    region: str | None = None
    standing: str | None = None
    owner: str | None = None
    directive: str | None = None
    agency: str | None = None
    regime: str | None = None
    system: str | None = None
    list: str | None = None
    entry: str | None = None
    edition: str | None = None
    figure: str | None = None
    sort: str | None = None
    pin: tuple[str, ...] = ()
    table: str | None = None
    since: str | None = None
    level: str | None = None
    measure: str | None = None
    scene: str | None = None
    actor: str | None = None
    action: str | None = None
    find: str | None = None
    before: str | None = None

    @property
    def whole(self) -> str:
        """Path and query as a browser shows them."""
        given = {name: value for name, value in asdict(self).items() if value and name != "path"}
        path = quote(self.path)
        return f"{path}?{urlencode(given, doseq=True, safe='/')}" if given else path


def change(**changes: Change) -> str:
    """A link that changes these parts of the address and leaves the others; what is open over the screen closes
    unless it is named. `assets/navigate.js` completes the link, so that a part of the page need not know where it
    stands."""
    return only(**({"figure": None, "table": None} | changes))


def only(**changes: Change) -> str:
    """A link that changes these parts of the address and nothing else: an open panel stays open."""
    return "?" + _query(changes)


def to(path: str, **changes: Change) -> str:
    """A link to another screen; `assets/navigate.js` adds indicator, day, theme, language unless they are named."""
    wanted = _query(changes)
    return f"{quote(path)}?{wanted}" if wanted else quote(path)


def _query(changes: Mapping[str, Change]) -> str:
    """The changes as a query; a part that goes is named without a value."""
    return urlencode({name: value or "" for name, value in changes.items()}, doseq=True, safe="/")


def agency_path(kind: str, code: str, **changes: str | None) -> str:
    """A link to the page of an agency: a province by its number, a ministry by its abbreviation. A province that is
    told of as it was on the day is linked with `edition=None`, whatever edition of the map is shown beside it."""
    return to(f"/{'province' if kind == 'province' else 'ministry'}/{code}", **changes)


def indicator_path(code: str) -> str:
    """A link to the page of an indicator."""
    return to(f"/indicator/{code}")


def usage_path(*place: str, **changes: str | None) -> str:
    """A link to usage: of the nation, or of an agency, one of its groups of services, one of its procedures. What was
    chosen of the period and level stays."""
    return to("/".join(("/usage", *place)), **changes)


def rule_path(rule: str) -> str:
    """A link to a rule on the page of methods."""
    return f"/methods#rule-{rule}"


@dataclass(frozen=True)
class Visit:
    """One pull of a page: its address, its moment, and what of the address could not be used (name, value); `member`
    is whose page it is, None where nobody signs in and everything is open."""

    address: Address
    moment: Moment
    unknown: tuple[tuple[str, str], ...]
    member: Member | None = None

    def opens(self, path: str) -> bool:
        """Whether a link to this path leads anywhere for whoever asks."""
        return self.member is None or self.member.may(*asked_at(path))

    def sends(self, form: str, agency: str | None = None) -> bool:
        """Whether a form would be taken, by its name and the agency that it speaks for."""
        return self.member is None or self.member.may(f"form/{form}", agency)
