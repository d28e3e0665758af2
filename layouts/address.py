"""The state of a screen as its address holds it; links are made from it, and it is read back from them."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

#: Read by the address, in this order.
NAMES = ("indicator", "period", "at", "lang", "figure")


@dataclass(frozen=True)
class Moment:
    """When the page was pulled, at UTC+7, and the day of the product, which a fixed clock may hold elsewhere."""

    pulled: datetime
    clock: date


@dataclass(frozen=True)
class Address:
    """The query of the overview; None where nothing was chosen and the screen decides."""

    indicator: str | None = None
    period: str | None = None
    at: str | None = None
    lang: str | None = None
    figure: str | None = None

    def href(self, **changes: str | None) -> str:
        """The address with these changes; a figure whose provenance is open closes unless it is named."""
        changed = replace(self, **({"figure": None} | changes))
        given = {name: value for name, value in asdict(changed).items() if value}
        return f"/?{urlencode(given, safe='/')}" if given else "/"


@dataclass(frozen=True)
class Visit:
    """One pull of a page: its address, its moment, and what of the address could not be used (name, value)."""

    address: Address
    moment: Moment
    unknown: tuple[tuple[str, str], ...]
