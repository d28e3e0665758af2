"""The state of a screen as its address holds it; links are made from it, and it is read back from them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

#: Read from the query of an address, in this order.
NAMES = (
    *("indicator", "period", "at", "theme", "lang", "map", "group", "region"),
    *("standing", "owner", "directive", "agency", "regime", "system", "list", "entry", "figure"),
)
HOME = "/"


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
    figure: str | None = None

    @property
    def whole(self) -> str:
        """Path and query as a browser shows them."""
        given = {name: value for name, value in asdict(self).items() if value and name != "path"}
        path = quote(self.path)
        return f"{path}?{urlencode(given, safe='/')}" if given else path


def change(**changes: str | None) -> str:
    """A link that changes these parts of the address and leaves the others; the panel of a figure closes unless it is
    named. `assets/navigate.js` completes the link, so that a part of the page need not know where it stands."""
    return only(**({"figure": None} | changes))


def only(**changes: str | None) -> str:
    """A link that changes these parts of the address and nothing else: an open panel stays open."""
    return "?" + urlencode({name: value or "" for name, value in changes.items()}, safe="/")


def to(path: str, **changes: str | None) -> str:
    """A link to another screen; `assets/navigate.js` adds indicator, day, theme, language unless they are named."""
    wanted = urlencode({name: value or "" for name, value in changes.items()}, safe="/")
    return f"{quote(path)}?{wanted}" if wanted else quote(path)


def agency_path(kind: str, code: str, **changes: str | None) -> str:
    """A link to the page of an agency: a province by its number, a ministry by its abbreviation."""
    return to(f"/{'province' if kind == 'province' else 'ministry'}/{code}", **changes)


def indicator_path(code: str) -> str:
    """A link to the page of an indicator."""
    return to(f"/indicator/{code}")


def rule_path(rule: str) -> str:
    """A link to a rule on the page of methods."""
    return f"/methods#rule-{rule}"


@dataclass(frozen=True)
class Visit:
    """One pull of a page: its address, its moment, and what of the address could not be used (name, value)."""

    address: Address
    moment: Moment
    unknown: tuple[tuple[str, str], ...]
