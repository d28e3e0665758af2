"""A figure that was corrected: what stood there, what stands there since, and the difference."""

from dataclasses import dataclass

from data.corrections import Correction
from data.facts import Agency, Indicator, Observation, Source
from data.quantity import Quantity
from metrics.boards.known import Known
from metrics.boards.national import difference_unit
from metrics.figure import Figure, derived
from metrics.values import Reading, reading_of


@dataclass(frozen=True)
class Corrected:
    """One correction: what stood there, what stands there since, None where it was withdrawn or could not be read."""

    correction: Correction
    agency: Agency | None
    source: Source
    before: Figure | None
    after: Figure | None
    change: Figure | None


def corrected(known: Known, correction: Correction, found: Indicator) -> Corrected:
    """A correction with its figures as they were printed, and the difference."""
    seen = correction.after
    mark = f"{seen.indicator}/{seen.agency}/{seen.period.text}/{seen.source}/{seen.revision}"
    before, after, change = compared(correction.before, None if correction.withdrawn else seen, mark, found)
    return Corrected(
        correction=correction,
        agency=known.register.agency(seen.agency, seen.period.end),
        source=known.register.sources[seen.source],
        before=before,
        after=after,
        change=change,
    )


def compared(
    before: Observation, after: Observation | None, mark: str, found: Indicator
) -> tuple[Figure | None, Figure | None, Figure | None]:
    """What stood there, what stands there since, and the difference, as they are printed; None where there is none.
    `after` is None where the figure was withdrawn; `mark` tells the correction from others."""
    old = reading_of(before, found)
    new = None if after is None else reading_of(after, found)
    moved = new.printed - old.printed if new and old else None
    return (
        _printed(f"replaced/{mark}", old, found),
        _printed(f"corrected/{mark}", new, found),
        None if moved is None else derived(f"moved-by/{mark}", moved, difference_unit(found), signed=True),
    )


def _printed(mark: str, reading: Reading | None, found: Indicator) -> Figure | None:
    """A revision as it was printed; the mark of the figure itself is that of its newest revision."""
    if reading is None:
        return None
    quantity = Quantity(reading.printed, reading.quantity.qualifier, reading.printed_upper)
    return derived(mark, quantity, found.unit)
