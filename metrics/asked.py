"""What somebody asks of the overview, as plain values; nothing in it is trusted before a board looked it up."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Asked:
    """`at` is the day as known on; `indicator` and `period` are None where the screen chooses; `figure` names one
    figure (INDICATOR/AGENCY/PERIOD) whose provenance is open, or is None."""

    at: date
    indicator: str | None = None
    period: str | None = None
    figure: str | None = None
