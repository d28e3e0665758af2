"""The state of a screen as its address holds it; links are made from it, and it is read back from them."""

from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

#: Read by the address, in this order.
NAMES = ("indicator", "period", "at", "lang", "figure")


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
