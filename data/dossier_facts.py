"""Lists of those who were slow, as they were drafted, signed and reported."""

from dataclasses import dataclass
from datetime import date, datetime

#: The steps of a list, in the order in which one follows another.
DRAFTED, SIGNED, REPORTED = STEPS = ("drafted", "signed", "reported")


@dataclass(frozen=True)
class Step:
    """One step of a list: who took it, on which day of the product. `document` is that by which it was reported."""

    name: str
    person: str
    day: date
    document: str
    recorded_at: datetime


@dataclass(frozen=True)
class Dossier:
    """A list as known on `at`, with its steps so far. `sha256` is the hash of what it says, `file_sha256` that of the
    signed file, None before it was signed. `simulated` where any of it rests on simulated data."""

    number: int
    at: date
    sha256: str
    file_sha256: str | None
    simulated: bool
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """The step of that name; None where it was not taken yet."""
        return next((each for each in self.steps if each.name == name), None)

    @property
    def state(self) -> str:
        """The name of its last step."""
        return self.steps[-1].name
