"""Colours of the charts, the same values as assets/tokens.css: LIGHT for the browser, DARK for the wall."""

from dataclasses import dataclass

_FILLS = {
    "exceeded": "good",
    "met": "good",
    "good": "good",
    "watch": "watch",
    "behind": "behind",
    "unmet": "behind",
    "overdue": "over",
    "nr": "absent",
    "na": "absent",
    "stale": "old",
}


@dataclass(frozen=True)
class Palette:
    """Colours as #RRGGBB. `absent` is for what has no status yet, `old` for a figure older than its cycle."""

    surface: str
    ink: str
    track: str
    bar: str
    good: str
    watch: str
    behind: str
    over: str
    absent: str
    old: str

    def fill(self, status: str) -> str:
        """The fill of a status (exceeded, met, unmet, good, watch, behind, overdue, nr, na, stale).

        Raises KeyError for any other word.
        """
        return str(getattr(self, _FILLS[status]))


LIGHT = Palette(
    surface="#FFFFFF",
    ink="#13202C",
    track="#E4E8EB",
    bar="#5F7689",
    good="#0B5F99",
    watch="#BE8400",
    behind="#B23A0E",
    over="#7D0A3C",
    absent="#74808C",
    old="#B9C1C8",
)

DARK = Palette(
    surface="#141F2B",
    ink="#F1F4F7",
    track="#2B3A49",
    bar="#8A9DAF",
    good="#4FA6DC",
    watch="#F2C44A",
    behind="#E2702F",
    over="#FF8FA3",
    absent="#7F8D9B",
    old="#435566",
)
